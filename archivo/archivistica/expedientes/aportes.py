"""Lo que los expedientes aportan a los pisos de junto: su nivel de acceso, su candado y su nombre en el índice de búsqueda."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from archivo.archivistica.claves import SEPARADOR
from archivo.archivistica.expedientes.acceso import senas_de
from archivo.archivistica.expedientes.contenido import huellas_de
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.models import Expediente, Integracion, NivelClasificacion
from archivo.catalogo.puerta import Item

LOTE = 1000


def _en_lotes(ids: Iterable[int]) -> Iterable[list[int]]:
    llaves = list(ids)
    return (llaves[desde : desde + LOTE] for desde in range(0, len(llaves), LOTE))


def niveles_de(ids: Collection[int]) -> Mapping[int, str]:
    """El nivel del expediente de cada elemento integrado; limita el del elemento."""
    niveles: dict[int, str] = {}
    for lote in _en_lotes(ids):
        niveles |= dict(Integracion.objects.vigentes().filter(item_id__in=lote).values_list("item_id", "expediente__acceso"))
    return niveles


def cuidar_lo_cerrado(sender: Any, ids: Sequence[int], **kwargs: Any) -> None:
    """Receptor de `elementos_cambiados`: lo que un índice congeló no cambia mientras su expediente esté cerrado.

    Corre en la transacción del cambio, así que rechazarlo lo deshace.

    Raises:
        ExpedienteRechazado: cambió la fecha, el texto o los archivos de un documento de un expediente cerrado.
    """
    for lote in _en_lotes(ids):
        congeladas = Integracion.objects.vigentes().filter(item_id__in=lote).exclude(expediente__estado="abierto")
        por_item = {i.item_id: i for i in congeladas.select_related("item", "expediente")}
        huellas = huellas_de([i.item for i in por_item.values()]) if por_item else {}
        for item_id, integracion in por_item.items():
            if huellas[item_id] != integracion.huella_contenido:
                raise ExpedienteRechazado(
                    f"Está en un expediente {integracion.expediente.situacion.nombre.lower()}: su fecha, su texto y sus archivos quedaron "
                    "en el índice. Reabra el expediente, con motivo, antes de corregirlos."
                )


@dataclass(frozen=True)
class ExpedienteEnIndice:
    """Lo que el índice de búsqueda necesita: el código, quiénes pueden leerlo y si es de cualquiera.

    `clases`: los códigos del fondo a la serie («AE», «AE/9C», «AE/9C/9C.7»), para buscar dentro de cualquiera de ellas.
    """

    codigo: str
    clases: tuple[str, ...]
    senas: frozenset[str]
    publico: bool


def expedientes_de(items: Sequence[Item]) -> dict[int, ExpedienteEnIndice]:
    """El expediente de cada elemento integrado. Dos consultas."""
    vigentes = Integracion.objects.vigentes().filter(item_id__in=[i.pk for i in items])
    por_item = dict(vigentes.values_list("item_id", "expediente_id"))
    if not por_item:
        return {}
    llaves = set(por_item.values())
    nombradas: dict[int, set[int]] = defaultdict(set)
    for expediente_id, usuario_id in Expediente.nombradas.through.objects.filter(expediente_id__in=llaves).values_list(
        "expediente_id", "usuario_id"
    ):
        nombradas[expediente_id].add(usuario_id)
    hallados = {}
    for e in (
        Expediente.objects.filter(pk__in=llaves).select_related("serie").only("codigo", "acceso", "area_id", "serie__codigo")
    ):
        senas = senas_de(e, nombradas[e.pk])
        clases = tuple(accumulate(e.serie.codigo.split(SEPARADOR), lambda madre, clave: f"{madre}{SEPARADOR}{clave}"))
        hallados[e.pk] = ExpedienteEnIndice(e.codigo, clases, senas, publico=e.acceso == "publico")
    return {item_id: hallados[expediente_id] for item_id, expediente_id in por_item.items()}


def nombres_de_clases(codigos: Collection[str]) -> dict[str, str]:
    """El nombre de cada clase publicada, por su código: el del cuadro vigente o, si ya no está en él, el del último que rigió.

    De un borrador, o del fondo de otra institución, no se dice ninguno. Una consulta.
    """
    if not codigos:
        return {}
    publicadas = NivelClasificacion.objects.filter(
        codigo__in=codigos, cuadro__clase="institucional", cuadro__estado__in=["vigente", "sustituido"]
    )
    return dict(publicadas.order_by("cuadro__vigente_desde").values_list("codigo", "nombre"))
