"""Guardar una búsqueda, confirmarla, revisarla y darla de baja."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from archivo.identidad.puerta import ANONIMO, Usuario
from archivo.indexacion.puerta import anotar_falla, motor
from archivo.salidas import CorreoNoSalio
from archivo.tareas.puerta import Reintentar
from buscador import direcciones
from buscador.avisos.cartas import mandar_confirmacion, mandar_novedades
from buscador.models import BusquedaGuardada
from buscador.models.busqueda import huella_de_consulta
from buscador.peticion import Peticion
from buscador.servicios import pedido_entero
from search import SearchError

bitacora = logging.getLogger("archivo.busqueda")

TOMADA = timedelta(minutes=30)
ENTRE_REVISIONES = timedelta(days=1)
TRAS_UNA_FALLA = timedelta(hours=1)
POR_CORREO = 20
LARGO_DE_HUELLA = 8
SE_PREGUNTAN = 5_000


def guardar(peticion: Peticion, nombre: str, usuario: Usuario, *, con_aviso: bool) -> BusquedaGuardada:
    """La búsqueda de una cuenta de la oficina; guardarla otra vez cambia su nombre y su aviso."""
    ahora, consulta = timezone.now(), _consulta(peticion)
    guardada, nueva = BusquedaGuardada.objects.update_or_create(
        usuario=usuario,
        huella=huella_de_consulta(consulta),
        defaults={
            "consulta": consulta,
            "nombre": nombre[:200],
            "con_aviso": con_aviso,
            "confirmada_en": ahora,
            "proximo": ahora + ENTRE_REVISIONES,
        },
    )
    if nueva and con_aviso:
        _empezar(guardada)
    return guardada


def suscribir(peticion: Peticion, nombre: str, correo: str) -> BusquedaGuardada | None:
    """El pedido de aviso de un correo, sin confirmar; None si no hay nada que mandar (ya lo recibe, o tiene demasiados).

    Quien llama contesta lo mismo en todos los casos: la página no dice qué correos están en la lista.
    """
    suyas, consulta = BusquedaGuardada.objects.filter(correo=correo), _consulta(peticion)
    ya = suyas.filter(huella=huella_de_consulta(consulta)).first()
    if ya is not None:
        return None if ya.confirmada_en else ya
    if suyas.count() >= POR_CORREO:
        return None
    return BusquedaGuardada.objects.create(consulta=consulta, nombre=nombre[:200], correo=correo)


def pedir_confirmacion(pk: int) -> bool:
    """Escribe a quien pidió el aviso para que diga que fue él; no escribe a lo ya confirmado o borrado."""
    guardada = BusquedaGuardada.objects.filter(pk=pk, confirmada_en__isnull=True).first()
    if guardada is None:
        return False
    try:
        mandar_confirmacion(guardada)
    except CorreoNoSalio as error:
        raise Reintentar("El servidor de correo no tomó la confirmación de un aviso.", timedelta(minutes=5)) from error
    return True


def confirmar(guardada: BusquedaGuardada) -> None:
    """Desde ahora se le avisa; lo que hoy ya está no se manda."""
    if guardada.confirmada_en is None:
        guardada.confirmada_en = timezone.now()
        guardada.proximo = guardada.confirmada_en + ENTRE_REVISIONES
        guardada.save(update_fields=["confirmada_en", "proximo"])
        _empezar(guardada)


def _empezar(guardada: BusquedaGuardada) -> None:
    """Lo que ya hay se da por conocido. Sin motor, lo hará la primera revisión, que entonces no manda nada: se adelanta."""
    try:
        conocidas = _huellas(_claves(guardada))
    except SearchError as error:
        anotar_falla(bitacora, "Un aviso nuevo empieza sin saber lo que ya hay", error)
        BusquedaGuardada.objects.filter(pk=guardada.pk).update(proximo=timezone.now())
        return
    BusquedaGuardada.objects.filter(pk=guardada.pk).update(huellas=b"".join(sorted(conocidas)))


def revisar(pk: int) -> int:
    """Busca lo nuevo de una búsqueda y lo manda; puede correr dos veces. Devuelve cuántos documentos se anunciaron.

    Sólo cuenta lo público. Lo nuevo queda escrito antes de mandarlo: si el correo falla se insiste, y no se busca otra vez.
    """
    ahora = timezone.now()
    if not BusquedaGuardada.objects.por_revisar().filter(pk=pk).update(proximo=ahora + TOMADA):
        return 0
    guardada = BusquedaGuardada.objects.select_related("usuario").get(pk=pk)
    try:
        if not guardada.por_enviar:
            _anotar_lo_nuevo(guardada)
        enviados = mandar_novedades(guardada) if guardada.por_enviar else 0
    except (SearchError, CorreoNoSalio) as error:
        anotar_falla(bitacora, "No se pudo revisar una búsqueda guardada; se insiste en una hora", error)
        BusquedaGuardada.objects.filter(pk=pk).update(proximo=ahora + TRAS_UNA_FALLA)
        return 0
    novedades = {"enviado_en": timezone.now()} if enviados else {}
    BusquedaGuardada.objects.filter(pk=pk).update(por_enviar={}, proximo=ahora + ENTRE_REVISIONES, **novedades)
    return enviados


def _anotar_lo_nuevo(guardada: BusquedaGuardada) -> None:
    claves = list(_claves(guardada))
    conocidas = _separadas(bytes(guardada.huellas or b""))
    nuevas = [c for c in claves if _huella(c) not in conocidas]
    guardada.por_enviar = _resumen(nuevas) if nuevas and guardada.huellas is not None else {}
    guardada.huellas = b"".join(sorted(conocidas | _huellas(nuevas)))
    with transaction.atomic():
        guardada.save(update_fields=["huellas", "por_enviar"])


def _resumen(nuevas: list[str]) -> dict[str, object]:
    """De lo que se anuncia, las claves que se volverán a preguntar al mandarlo: hasta `SE_PREGUNTAN`."""
    return {"claves": nuevas[:SE_PREGUNTAN], "total": len(nuevas)}


def _claves(guardada: BusquedaGuardada) -> Iterable[str]:
    peticion = replace(direcciones.leer(QueryDict(guardada.consulta)).peticion, orden="-fecha")
    return chain.from_iterable(motor().export(pedido_entero(peticion, ANONIMO)))


def _huella(clave: str) -> bytes:
    return hashlib.blake2b(clave.encode(), digest_size=LARGO_DE_HUELLA).digest()


def _huellas(claves: Iterable[str]) -> set[bytes]:
    return {_huella(c) for c in claves}


def _separadas(huellas: bytes) -> set[bytes]:
    return {huellas[i : i + LARGO_DE_HUELLA] for i in range(0, len(huellas), LARGO_DE_HUELLA)}


def _consulta(peticion: Peticion) -> str:
    return direcciones.cola(replace(peticion, pagina=1, tras="")).removeprefix("?")


def olvidar_sin_confirmar() -> int:
    """Borra los pedidos que nadie confirmó a tiempo, con su correo; devuelve cuántos."""
    limite = timezone.now() - timedelta(hours=settings.ACERVO_AVISOS_HORAS_PARA_CONFIRMAR)
    return BusquedaGuardada.objects.filter(confirmada_en__isnull=True, creada__lt=limite).delete()[0]
