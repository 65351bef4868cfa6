"""Información y prensa: boletines, fes de erratas, discursos, versiones, conferencias y su impacto."""

from functools import partial

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from archivo.catalogo.puerta import Item, Relacion
from memoria_anual.indicadores.declaracion import Indicador, Medida, Semantica
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.registro import registrar_indicador
from memoria_anual.indicadores.reglas.comunes import EMITIDOS, NO_EMITIDO, desglose_de_columna, elementos

SERIES_DE_BOLETIN = ("boletin", "comunicado")
_SERIE = desglose_de_columna("serie", "Por serie", "serie__nombre")
_POR_FECHA = "La fecha de emisión (local); una imprecisa cuenta por su primer día."


def _es_errata() -> Exists:
    return Exists(Relacion.objects.filter(origen_id=OuterRef("pk"), clase="fe_de_erratas_de"))


def _de_serie(*series: str) -> QuerySet[Item]:
    return elementos(EMITIDOS, "boletin", serie__clave__in=series)


def boletines() -> QuerySet[Item]:
    """Los que BOL cuenta: de las series boletín y comunicado, sin las fes de erratas."""
    return _de_serie(*SERIES_DE_BOLETIN).filter(~_es_errata())


def _erratas() -> QuerySet[Item]:
    suyas = elementos(EMITIDOS, "boletin")
    return suyas.filter(_es_errata()) | suyas.filter(serie__clave="fe-de-erratas")


def _con_nota() -> Case:
    nota = Relacion.objects.filter(destino_id=OuterRef("pk"), clase="cobertura_de", origen__estado__in=EMITIDOS)
    return Case(When(Exists(nota), then=Value(1)), default=Value(0), output_field=IntegerField())


BOL = registrar_indicador(
    Indicador(
        clave="BOL",
        nombre="Boletines emitidos",
        unidad="boletines",
        cuenta="Cada boletín o comunicado publicado o archivado, una vez.",
        excluye=f"{NO_EMITIDO} Fes de erratas (FER), discursos (DSC), versiones (VES), conferencias (CON) y entrevistas (ENT).",
        base=_POR_FECHA,
        fuente=FuenteDeFilas(boletines, grupos=(_SERIE,)),
        capitulo=4,
    )
)

FER = registrar_indicador(
    Indicador(
        clave="FER",
        nombre="Fes de erratas",
        unidad="fes de erratas",
        cuenta="Cada comunicación publicada o archivada que corrige a otra, o de la serie de fes de erratas.",
        excluye=NO_EMITIDO,
        base=_POR_FECHA,
        fuente=FuenteDeFilas(_erratas, grupos=(_SERIE,)),
        capitulo=4,
    )
)

for _clave, _nombre, _unidad, _serie in (
    ("DSC", "Discursos y mensajes", "discursos", "discurso"),
    ("VES", "Versiones estenográficas", "versiones", "version-estenografica"),
    ("CON", "Conferencias de prensa transcritas", "conferencias", "conferencia-prensa"),
):
    registrar_indicador(
        Indicador(
            clave=_clave,
            nombre=_nombre,
            unidad=_unidad,
            cuenta=f"Cada documento publicado o archivado de la serie «{_serie}», una vez.",
            excluye=NO_EMITIDO,
            base=_POR_FECHA,
            fuente=FuenteDeFilas(partial(_de_serie, _serie)),
            capitulo=4,
        )
    )

IMP = registrar_indicador(
    Indicador(
        clave="IMP",
        nombre="Impacto de boletín",
        unidad="%",
        cuenta="De los boletines de BOL, cuántos tienen al menos un recorte que los publicó.",
        excluye="Los recortes sin publicar, cancelados o retirados.",
        base="La fecha de emisión del boletín.",
        semantica=Semantica.RAZON,
        medida=Medida.PORCENTAJE,
        fuente=FuenteDeFilas(boletines, peso=_con_nota(), grupos=(_SERIE,)),
        capitulo=4,
    )
)
