"""Las primeras filas como quedarían, sin escribir nada."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from archivo.catalogo.puerta import NIVELES, Item, tipo_de
from archivo.ingesta.importacion.autoridades import Autoridades
from archivo.ingesta.importacion.filas import Fila, FilaIlegible, FilaRechazada
from archivo.ingesta.importacion.opciones import OpcionesDeImportacion
from archivo.ingesta.importacion.origen import Origen
from archivo.ingesta.importacion.traduccion import Traducida, traducir

FILAS = 50


@dataclass
class FilaPrevia:
    """Una fila como quedaría: qué le pasaría (`nueva`, `cambia`, `igual`, `rechazada`) y lo que se vería de ella."""

    numero: int
    suerte: str
    motivo: str = ""
    campo: str = ""
    titulo: str = ""
    fecha: str = ""
    tipo: str = ""
    area: str = ""
    acceso: str = ""
    estado: str = ""
    serie: str = ""
    propios: dict[str, str] = field(default_factory=dict)


class _NoSeGuarda(Exception):
    """Deshace las áreas que la vista previa dio de alta."""


def previsualizar(origen: Origen, opciones: OpcionesDeImportacion, cuantas: int = FILAS) -> list[FilaPrevia]:
    """Las primeras filas. Lanza `ArchivoInutilizable`."""
    previas: list[FilaPrevia] = []
    try:
        with transaction.atomic():
            previas = list(_previas(origen, opciones, cuantas))
            raise _NoSeGuarda
    except _NoSeGuarda:
        return previas


def _previas(origen: Origen, opciones: OpcionesDeImportacion, cuantas: int) -> Iterator[FilaPrevia]:
    autoridades = Autoridades(opciones.facultades)
    for leida in islice(origen.filas(), cuantas):
        if isinstance(leida, FilaIlegible):
            yield FilaPrevia(leida.numero, "rechazada", leida.motivo, leida.campo)
            continue
        try:
            traducida = traducir(leida, opciones, autoridades)
            yield _previa(traducida, opciones)
        except FilaRechazada as rechazo:
            yield FilaPrevia(leida.numero, "rechazada", str(rechazo), rechazo.campo, titulo=leida.datos["titulo"])


def _previa(traducida: Traducida, opciones: OpcionesDeImportacion) -> FilaPrevia:
    item = traducida.item
    existente = Item.objects.filter(id_externo=traducida.id).first()
    if existente is not None:
        opciones.facultades.revisar_cambio(existente, item)
    opciones.facultades.revisar_fila(item, traducida.fila.datos["dependencia"])
    suerte = "nueva" if existente is None else "igual" if existente.huella_fila == item.huella_fila else "cambia"
    return FilaPrevia(
        numero=traducida.fila.numero,
        suerte=suerte,
        titulo=item.titulo,
        fecha=_fecha(item),
        tipo=tipo_de(item.tipo).nombre,
        area=item.area.nombre if item.area else "",
        acceso=NIVELES[item.acceso].nombre,
        estado=item.clase_de_estado.nombre,
        serie=item.folio or (item.serie.nombre if item.serie else ""),
        propios=_propios(traducida.fila),
    )


def _fecha(item: Item) -> str:
    if item.fecha_texto or item.fecha is None or item.fecha_hasta is None:
        return item.fecha_texto
    if item.fecha == item.fecha_hasta:
        return item.fecha.strftime("%d/%m/%Y")
    return item.fecha.strftime("%Y") if (item.fecha_hasta - item.fecha).days > 31 else item.fecha.strftime("%m/%Y")


def _propios(fila: Fila) -> dict[str, str]:
    return {c: ", ".join(map(str, v)) if isinstance(v, list) else str(v) for c, v in fila.datos["extra"].items()}
