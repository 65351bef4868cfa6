"""Cómo se enlazan las autoridades entre sí: quién precedió a quién, quién depende de quién."""

from dataclasses import dataclass

from django.db import transaction

from archivo.catalogo.fechas import FechaIlegible, leer
from archivo.catalogo.models import Autoridad, RelacionDeAutoridad
from archivo.catalogo.models.autoridad import CLASES_DE_RELACION
from archivo.catalogo.servicios.autoridades import Cambio, anotar
from archivo.catalogo.servicios.errores import CambioRechazado

CON_DIRECCION = {"antecesora", "superior"}


@dataclass(frozen=True)
class Parentesco:
    """`origen` es antecesora, superior o asociada de `destino`, entre dos fechas EDTF."""

    origen: Autoridad
    clase: str
    destino: Autoridad
    desde: str = ""
    hasta: str = ""


@transaction.atomic
def emparentar(nuevo: Parentesco, cambio: Cambio) -> RelacionDeAutoridad:
    """Enlaza dos autoridades (o corrige las fechas del enlace).

    Raises:
        CambioRechazado: consigo misma, con una fundida, con una fecha que no se entiende, o si formaría un círculo.
    """
    _revisar(nuevo)
    relacion, _ = RelacionDeAutoridad.objects.update_or_create(
        origen=nuevo.origen, destino=nuevo.destino, clase=nuevo.clase, defaults={"desde": nuevo.desde, "hasta": nuevo.hasta}
    )
    detalle = {"relacion": nuevo.clase, "con": nuevo.destino.clave}
    anotar("relacionada", nuevo.origen, Cambio(cambio.actor, cambio.motivo, detalle=detalle))
    return relacion


def _revisar(nuevo: Parentesco) -> None:
    if nuevo.clase not in dict(CLASES_DE_RELACION):
        raise CambioRechazado(f"No existe la relación «{nuevo.clase}». Use antecesora, superior o asociada.")
    if nuevo.origen.pk == nuevo.destino.pk:
        raise CambioRechazado("Una autoridad no se relaciona consigo misma. Elija otra.")
    if nuevo.origen.fundida_en_id or nuevo.destino.fundida_en_id:
        raise CambioRechazado("Una de las dos se fundió en otra. Elija la vigente.")
    if nuevo.clase in CON_DIRECCION and alcanza(nuevo.destino, nuevo.origen, nuevo.clase):
        raise CambioRechazado(f"«{nuevo.destino}» ya es {nuevo.clase} de «{nuevo.origen}»: enlazarlas así formaría un círculo.")
    for texto in (nuevo.desde, nuevo.hasta):
        try:
            leer(texto)
        except FechaIlegible as error:
            raise CambioRechazado(str(error)) from error


def alcanza(desde: Autoridad, hasta: Autoridad, clase: str) -> bool:
    """¿Se llega de una a otra siguiendo enlaces de esa clase? Una consulta por generación."""
    frontera, vistas = {desde.pk}, set()
    while frontera:
        if hasta.pk in frontera:
            return True
        vistas |= frontera
        siguientes = RelacionDeAutoridad.objects.filter(clase=clase, origen_id__in=frontera).values_list("destino_id", flat=True)
        frontera = set(siguientes) - vistas
    return False


@transaction.atomic
def desemparentar(relacion: RelacionDeAutoridad, cambio: Cambio) -> None:
    """Quita un enlace; el suceso conserva lo que decía."""
    detalle = {"relacion": relacion.clase, "con": relacion.destino.clave, "desde": relacion.desde, "hasta": relacion.hasta}
    anotar("relacion_quitada", relacion.origen, Cambio(cambio.actor, cambio.motivo, detalle=detalle))
    relacion.delete()
