"""Una certificación, una solicitud y una memoria, para recorrer sus pantallas."""

from datetime import date
from typing import Any

from certificaciones.actos.puerta import mandar_a_cotejo
from certificaciones.solicitudes.puerta import QuienPide, Solicitud, SolicitudNueva, pedido_de, recibir
from memoria_anual.cortes.puerta import cortar
from memoria_anual.edicion.puerta import MemoriaNueva, abrir_memoria
from memoria_anual.indicadores.puerta import leer_periodo
from tests import fabricas
from tests.certificaciones.actos import mundo


def poner() -> dict[str, Any]:
    """Un borrador y otra por cotejar, una solicitud recibida, un corte y una memoria recién abierta."""
    oficina = mundo.oficina()
    documento = oficina.documento()
    cotejando = mandar_a_cotejo(oficina.borrador(documento), oficina.tramite)
    publico = fabricas.publico(area=oficina.area)
    recibida = recibir(SolicitudNueva(Solicitud(finalidad="un juicio"), QuienPide(), [pedido_de(publico)]), None)
    periodo = leer_periodo(str(date.today().year))
    memoria = abrir_memoria(MemoriaNueva(periodo, area=oficina.area), fabricas.persona("redaccion", en=oficina.area))
    return {
        "certificaciones": [oficina.borrador().clave, cotejando.clave],
        "folio": recibida.solicitud.folio,
        "libro": oficina.libro.pk,
        "corte": cortar(periodo).pk,
        "memoria": memoria.pk,
        "capitulo": memoria.capitulos.first().pk,
    }
