"""La historia de una solicitud como se cuenta a quien la hizo: lo que ya pasó, lo de ahora y lo que falta."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archivo.auditoria.puerta import sucesos_de
from certificaciones.solicitudes.puerta import Solicitud

_CAMINO = (
    ("solicitud.recibida", "Recibimos su solicitud", "Recibimos su solicitud", "Se le dio folio."),
    ("solicitud.localizar", "Localizamos los documentos", "Estamos localizando los documentos", "En el expediente donde obran."),
    ("solicitud.acreditar", "Los derechos quedaron cubiertos", "Pago de los derechos", "Se cubren, o se exime de pagarlos."),
    (
        "solicitud.disponer",
        "La copia está cotejada y firmada",
        "Cotejo y firma",
        "Una persona la compara foja por foja con el original; otra la firma, y recibe folio y código.",
    ),
    ("solicitud.entregar", "Se entregó", "Entrega", "Con constancia de recibo."),
)
"""Suceso, cómo se dice cuando ya pasó, cómo mientras no, y en qué consiste."""
_EQUIVALEN = {"solicitud.eximir": "solicitud.acreditar"}
_TERMINAN = {
    "solicitud.no_procede": "No procedió",
    "solicitud.desistir": "Usted desistió",
    "solicitud.concluir_sin_pago": "Concluyó sin pago",
}


@dataclass(frozen=True)
class PasoDado:
    """Un paso de la historia: `clase` es «», `ahora` o `falta`."""

    titulo: str
    detalle: str
    momento: datetime | None = None
    clase: str = ""


def avance_de(solicitud: Solicitud) -> list[PasoDado]:
    """Los pasos en su orden. Una consulta."""
    dados: dict[str, datetime] = {}
    for suceso in sucesos_de(f"solicitud:{solicitud.folio}").filter(resultado="hecho"):
        dados[_EQUIVALEN.get(suceso.clase, suceso.clase)] = suceso.momento
    fin = next((c for c in _TERMINAN if c in dados), None)
    if fin is not None:
        hechos = [p for p in _recorrer(dados) if not p.clase]
        return [*hechos, PasoDado(_TERMINAN[fin], solicitud.respuesta, dados[fin])]
    return list(_recorrer(dados))


def _recorrer(dados: dict[str, datetime]) -> Iterator[PasoDado]:
    pendiente = False
    for clase, hecho, por_hacer, detalle in _CAMINO:
        if clase in dados:
            yield PasoDado(hecho, "", dados[clase])
        else:
            yield PasoDado(por_hacer, detalle, clase="falta" if pendiente else "ahora")
            pendiente = True
