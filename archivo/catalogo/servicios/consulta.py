"""Abrir un elemento para leerlo: la regla de acceso y, si el nivel lo pide, la constancia."""

import logging
from collections.abc import Iterable

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from archivo.auditoria.puerta import Suceso, SucesoNuevo, registrar, registrar_varios, sucesos_de
from archivo.catalogo import acceso
from archivo.catalogo.claves import es_valida
from archivo.catalogo.models import Item
from archivo.identidad.puerta import ANONIMO, Lector, Usuario

bitacora = logging.getLogger("archivo.catalogo")
ENTRE_LECTURAS = 600
CLASES_DE_LECTURA = ("item.consultado", "archivo.descargado")


def abrir(clave: str, lector: Lector) -> Item | None:
    """El elemento con esa clave si esa persona puede ver su ficha; si no, None (como si no existiera)."""
    if not es_valida(clave):
        return None
    item = Item.objects.select_related("area", "serie", "medio").filter(clave=clave).first()
    return item if item is not None and acceso.puede_ver_ficha(lector, item) else None


def dejar_constancia_de_lectura(item: Item, usuario: Usuario | None, superficie: str, ip: str | None = None) -> None:
    """Anota quién leyó lo que no es público.

    De lo reservado y confidencial, cada mirada; si no se puede anotar, la excepción impide la lectura. De lo demás que no ve
    cualquiera (lo interno, un borrador), una por persona y documento cada diez minutos; si no se puede, se lee igual.
    """
    suceso = SucesoNuevo(
        clase="item.consultado", objeto=f"item:{item.clave}", actor=usuario, ip=ip, detalle={"superficie": superficie}
    )
    if acceso.se_audita(item):
        registrar(suceso)
    elif usuario is not None and not acceso.puede_ver_texto(ANONIMO, item):
        _anotar_una_vez(suceso, usuario)


def dejar_constancia_de_lista(items: Iterable[Item], usuario: Usuario | None, superficie: str, ip: str | None = None) -> None:
    """Anota quién vio en una lista lo reservado y lo confidencial; si no se puede, la excepción impide mostrarla."""
    vistos = [item for item in items if acceso.se_audita(item)]
    detalle = {"superficie": superficie}
    registrar_varios(
        SucesoNuevo(clase="item.consultado", objeto=f"item:{i.clave}", actor=usuario, ip=ip, detalle=detalle) for i in vistos
    )


def _anotar_una_vez(suceso: SucesoNuevo, usuario: Usuario) -> None:
    if not cache.add(f"leido:{usuario.pk}:{suceso.objeto}", 1, ENTRE_LECTURAS):
        return
    try:
        with transaction.atomic():
            registrar(suceso)
    except DatabaseError:
        bitacora.exception("No se pudo anotar que %s leyó %s", usuario.pk, suceso.objeto)


def lecturas_de(item: Item) -> QuerySet[Suceso]:
    """Quién abrió o descargó el documento, lo último primero."""
    return sucesos_de(f"item:{item.clave}").filter(clase__in=CLASES_DE_LECTURA).order_by("-id")
