"""El archivo: expedientes abiertos y cerrados, y fojas digitalizadas."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from archivo.archivistica.puerta import Expediente, Integracion, NivelClasificacion
from archivo.catalogo.puerta import Adjunto
from memoria_anual.indicadores.declaracion import Desglose, Indicador, Medida
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.registro import registrar_indicador

_COLUMNAS = {
    "clave": "clave", "titulo": "titulo", "estado": "estado", "area": "area__nombre", "folio": "codigo", "acceso": "acceso",
}  # fmt: skip
_DEL_DOCUMENTO = {
    "clave": "item__clave", "titulo": "item__titulo", "tipo": "item__tipo", "estado": "item__estado", "area": "item__area__nombre",
    "folio": "item__folio", "acceso": "item__acceso_efectivo",
}  # fmt: skip


def _de_series(claves: Collection[str]) -> Mapping[str, str]:
    series = NivelClasificacion.objects.filter(pk__in=[int(c) for c in claves if c])
    return {str(s.pk): str(s) for s in series}


_SERIE = Desglose("serie", "Por serie", F("serie_id"), _de_series)


def _fojas_con_imagen() -> QuerySet[Integracion]:
    """Los documentos en papel integrados que tienen al menos un archivo."""
    con_archivo = Exists(Adjunto.objects.filter(item_id=OuterRef("item_id")))
    return Integracion.objects.vigentes().filter(con_archivo, foja_inicial__isnull=False)


registrar_indicador(
    Indicador(
        clave="ARC",
        nombre="Expedientes abiertos",
        unidad="expedientes",
        cuenta="Cada expediente que se abrió en el periodo, aunque ya esté cerrado.",
        base="La fecha de apertura del expediente.",
        fuente=FuenteDeFilas(Expediente.objects.all, "expediente", "fecha_apertura", grupos=(_SERIE,), columnas=_COLUMNAS),
        capitulo=14,
    )
)

registrar_indicador(
    Indicador(
        clave="ARC-C",
        nombre="Expedientes cerrados",
        unidad="expedientes",
        cuenta="Cada expediente cerrado cuyo cierre cae en el periodo.",
        excluye="Los que se reabrieron.",
        base="La fecha de cierre del expediente.",
        fuente=FuenteDeFilas(
            lambda: Expediente.objects.filter(fecha_cierre__isnull=False).exclude(estado="abierto"),
            "expediente", "fecha_cierre", grupos=(_SERIE,), columnas=_COLUMNAS,
        ),
        capitulo=14,
    )
)  # fmt: skip

registrar_indicador(
    Indicador(
        clave="ARC-F",
        nombre="Fojas digitalizadas",
        unidad="fojas",
        cuenta="Las fojas de los documentos en papel integrados a un expediente que tienen su imagen en el archivo.",
        excluye="Lo que se retiró del expediente y lo que no tiene archivo.",
        base="El día local en que se integró al expediente.",
        medida=Medida.SUMA,
        fuente=FuenteDeFilas(
            _fojas_con_imagen, dia=TruncDate("integrado_en"), peso=F("foja_final") - F("foja_inicial") + 1,
            columnas=_DEL_DOCUMENTO, area="item__area_id", fila="item_id",
        ),
        capitulo=14,
    )
)  # fmt: skip
