"""La facultad que una persona puede ejercer un día sobre unas áreas, o por qué no puede."""

from collections.abc import Collection
from datetime import date
from typing import Any

from archivo.identidad.puerta import Area
from certificaciones.reglas.errores import SinFacultad
from certificaciones.reglas.models import FacultadCertificacion

_PIDA = "Pida a quien administra las facultades que registre la que corresponda."


def facultad_para(usuario: Any, dia: date, areas: Collection[Area]) -> FacultadCertificacion:
    """La facultad vigente ese día que alcanza todas esas áreas; si hay varias, la propia antes que la delegada o la suplencia.

    Raises:
        SinFacultad: no tiene ninguna, la que tiene no rige ese día, o no alcanza alguna de las áreas.
    """
    suyas = FacultadCertificacion.objects.de(usuario)
    vigentes = list(suyas.vigentes(dia).prefetch_related("areas"))
    if not vigentes:
        raise SinFacultad(_por_que_ninguna_rige(suyas, dia))
    pedidas = {a.pk: a for a in areas}
    fuera: dict[int, Area] = pedidas
    for facultad in sorted(vigentes, key=lambda f: f.tipo != FacultadCertificacion.Tipo.PROPIA):
        no_alcanza = _fuera_de(facultad, pedidas)
        if not no_alcanza:
            return facultad
        fuera = min(fuera, no_alcanza, key=len)
    nombres = ", ".join(sorted(f"«{a.nombre}»" for a in fuera.values()))
    raise SinFacultad(f"Su facultad para certificar no alcanza los expedientes de {nombres}. {_PIDA}")


def rfc_registrado(usuario: Any, dia: date) -> str:
    """El RFC escrito en una facultad suya que rige ese día; «» si ninguna lo trae."""
    con_rfc = FacultadCertificacion.objects.de(usuario).vigentes(dia).exclude(rfc="")
    return con_rfc.order_by("-vigente_desde", "-pk").values_list("rfc", flat=True).first() or ""


def areas_al_alcance(usuario: Any, dia: date) -> frozenset[int] | None:
    """Las claves de las áreas cuyos expedientes puede certificar ese día; None es toda la institución."""
    vigentes = list(FacultadCertificacion.objects.de(usuario).vigentes(dia).prefetch_related("areas"))
    if any(f.toda_la_institucion for f in vigentes):
        return None
    return frozenset().union(*(_con_hijas({a.pk for a in f.areas.all()}) for f in vigentes))


def _fuera_de(facultad: FacultadCertificacion, pedidas: dict[int, Area]) -> dict[int, Area]:
    if facultad.toda_la_institucion:
        return {}
    alcanza = _con_hijas({a.pk for a in facultad.areas.all()})
    return {pk: area for pk, area in pedidas.items() if pk not in alcanza}


def _con_hijas(areas: set[int]) -> frozenset[int]:
    """Esas áreas y las que dependen de ellas, a cualquier profundidad."""
    todas, nivel = set(areas), set(areas)
    while nivel:
        nivel = set(Area.objects.filter(padre_id__in=nivel).values_list("pk", flat=True)) - todas
        todas |= nivel
    return frozenset(todas)


def _por_que_ninguna_rige(suyas: Any, dia: date) -> str:
    ultima = suyas.filter(vigente_hasta__lt=dia).order_by("-vigente_hasta").first()
    if ultima is not None:
        return f"Su facultad para certificar venció el {ultima.vigente_hasta:%d/%m/%Y} ({ultima.documento_soporte}). {_PIDA}"
    proxima = suyas.filter(vigente_desde__gt=dia).order_by("vigente_desde").first()
    if proxima is not None:
        return f"Su facultad para certificar rige desde el {proxima.vigente_desde:%d/%m/%Y}, y hoy es {dia:%d/%m/%Y}."
    return f"No hay una facultad para certificar a su nombre. {_PIDA}"
