"""Quién ve un expediente: la misma tabla de derechos de los elementos, con su área y sus personas nombradas."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from archivo.catalogo.puerta import NIVELES, puede_desclasificar, senas
from archivo.identidad.puerta import Circulo, Lector

if TYPE_CHECKING:
    from archivo.archivistica.models import Expediente

_POR_SENA = (Circulo.OFICINA, Circulo.TRANSPARENCIA, Circulo.AUDITORIA)


def _con(circulo: Circulo) -> list[str]:
    return [n.clave for n in NIVELES.values() if circulo in n.ficha]


def q_expedientes(lector: Lector) -> Q:
    """Condición SQL de los expedientes que ve esa persona. Sin rol de oficina, ninguno: el sitio público no los lista."""
    suyas = lector.fichas()
    condicion = Q(pk__in=[])
    for circulo in _POR_SENA:
        if str(circulo) in suyas:
            condicion |= Q(acceso__in=_con(circulo))
    return condicion | (Q(acceso__in=_con(Circulo.AREA)) & q_area(lector))


def q_area(lector: Lector) -> Q:
    """Los de las áreas en que la persona ejerce."""
    suyas = lector.fichas()
    if "area:*" in suyas:
        return Q()
    areas = [int(s.removeprefix("area:")) for s in suyas if s.startswith("area:")]
    return Q(area_id__in=areas) if areas else Q(pk__in=[])


def q_nombradas(lector: Lector, expedientes: QuerySet) -> Q:
    """Los de sus áreas en que la persona está nombrada; `expedientes` son sus claves, de la tabla de nombradas."""
    return Q(acceso__in=_con(Circulo.NOMBRADAS), pk__in=expedientes) & q_area(lector)


def senas_de(expediente: "Expediente", nombradas: Collection[int]) -> frozenset[str]:
    """Las señas de quienes ven el expediente, comparables con `Lector.fichas()`."""
    return senas(NIVELES[expediente.acceso].ficha, expediente.area_id, nombradas)


def puede_gestionar(lector: Lector, expediente: "Expediente") -> bool:
    """¿Puede abrir, integrar y cerrar? Archivo de trámite, en su área."""
    return lector.tiene("archivo_tramite", area_id=expediente.area_id)


ABRE = frozenset({"acceso", "clasificacion"})
"""Lo que corrige quien desclasifica sin llevar el expediente."""
_ORDEN = tuple(NIVELES)


def puede_abrir(lector: Lector, expediente: "Expediente") -> bool:
    """¿Puede abrir uno reservado o confidencial? Titular o Comité, en su área (LGTAIP arts. 102-104)."""
    return se_audita(expediente) and puede_desclasificar(lector, expediente.area_id)


def se_abre(antes: str, despues: str) -> bool:
    """¿Pasar de un nivel a otro abre algo reservado o confidencial?"""
    return NIVELES[antes].se_audita and _ORDEN.index(despues) < _ORDEN.index(antes)


def se_audita(expediente: "Expediente") -> bool:
    """¿Verlo deja constancia obligatoria?"""
    return NIVELES[expediente.acceso].se_audita
