"""Lo que sale vuelve a entrar y sale igual, y cumple su esquema: en los tres formatos, con árboles al azar y por la base."""

import pytest
from hypothesis import HealthCheck, given, settings

from archivo.archivistica.puerta import CuadroClasificacion
from archivo.identidad.puerta import lector_de
from archivo.ingesta.intercambio.atom_escritura import escribir_atom
from archivo.ingesta.intercambio.ead import EAD3, EAD2002
from archivo.ingesta.intercambio.ead_escritura import escribir_ead
from archivo.ingesta.intercambio.exportacion import FORMATOS, PedidoDeExportacion, exportar_cuadro
from archivo.ingesta.intercambio.opciones import Opciones
from archivo.ingesta.intercambio.servicio import importar_descripciones, leer
from archivo.ingesta.models import InstrumentoRecibido
from tests.archivo.ingesta.intercambio.arboles import MOMENTO, instrumentos, validar

AL_AZAR = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ESCRITORES = {
    "ead2002": lambda i: escribir_ead(i, EAD2002, MOMENTO),
    "ead3": lambda i: escribir_ead(i, EAD3, MOMENTO),
    "atom": escribir_atom,
}
EXTENSION = {"ead2002": "xml", "ead3": "xml", "atom": "csv"}


@pytest.mark.parametrize("formato", ESCRITORES)
@AL_AZAR
@given(instrumento=instrumentos())
def test_lo_escrito_vale_y_se_lee_igual(formato, tmp_path, instrumento):
    escrito = ESCRITORES[formato](instrumento)
    if formato != "atom":
        validar(escrito, formato)
    ruta = tmp_path / f"fondo.{EXTENSION[formato]}"
    ruta.write_bytes(escrito)
    leido = leer(ruta, ruta.name)
    assert not leido.errores
    assert [u.titulo for u in leido.unidades] == [u.titulo for u in _en_orden(instrumento.raices)]
    assert ESCRITORES[formato](leido) == escrito


def _en_orden(unidades):
    for unidad in unidades:
        yield unidad
        yield from _en_orden(unidad.hijas)


def _exportado(cuadro, formato, persona):
    pedido = PedidoDeExportacion(formato, lector_de(persona), persona, momento=MOMENTO)
    return exportar_cuadro(cuadro, pedido).contenido


@pytest.mark.parametrize("formato", FORMATOS)
@settings(AL_AZAR, max_examples=3)
@given(instrumento=instrumentos())
def test_por_la_base_sale_lo_que_entro(formato, instrumento, tmp_path, quien_recibe, area_que_recibe):
    """Importado en una base sin él, exportado, importado de nuevo con otro nombre y exportado: los dos son iguales."""
    ruta = tmp_path / f"fondo.{EXTENSION[formato]}"
    exportados = []
    ruta.write_bytes(ESCRITORES[formato](instrumento))
    for vuelta in ("primera", "segunda"):
        fuente = f"{vuelta}-{InstrumentoRecibido.objects.count()}"
        hecho = importar_descripciones(ruta, Opciones(actor=quien_recibe, area=area_que_recibe, fuente=fuente))
        assert not hecho.rechazadas
        cuadro = CuadroClasificacion.objects.get(pk=hecho.cuadro)
        exportado = _exportado(cuadro, formato, quien_recibe)
        if formato != "atom":
            validar(exportado, formato)
        exportados.append(exportado.replace(fuente.encode(), b"FUENTE"))
        ruta.write_bytes(exportado)
    assert exportados[0] == exportados[1]


def test_repetir_no_duplica_y_lo_que_cambio_se_pone_al_dia(csv_de, quien_recibe, area_que_recibe):
    opciones = Opciones(actor=quien_recibe, area=area_que_recibe)
    filas = [
        {"legacyId": "1", "title": "Fondo", "levelOfDescription": "Fondo", "identifier": "F"},
        {"legacyId": "2", "parentId": "1", "title": "Serie", "levelOfDescription": "Serie", "identifier": "S"},
        {"legacyId": "3", "parentId": "2", "title": "Expediente", "levelOfDescription": "Expediente", "identifier": "E"},
        {"legacyId": "4", "parentId": "3", "title": "Carta", "levelOfDescription": "Unidad documental simple"},
    ]
    assert importar_descripciones(csv_de(*filas), opciones).creadas == 4
    igual = importar_descripciones(csv_de(*filas), opciones)
    assert (igual.creadas, igual.actualizadas, igual.sin_cambio) == (0, 0, 4)
    filas[3]["title"] = "Carta corregida"
    distinta = importar_descripciones(csv_de(*filas), opciones)
    assert (distinta.creadas, distinta.actualizadas, distinta.sin_cambio) == (0, 1, 3)
    carta = InstrumentoRecibido.objects.get().unidades.get(id_externo="4").item
    assert carta.titulo == "Carta corregida"
    assert carta.integraciones.vigentes().count() == 1
    menos = importar_descripciones(csv_de(*filas[:3]), opciones)
    assert menos.ya_no_vienen == 1
    assert InstrumentoRecibido.objects.get().unidades.count() == 4
