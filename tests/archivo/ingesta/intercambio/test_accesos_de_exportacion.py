"""Lo que sale sólo lleva lo que ve quien lo pide, y lo que el archivo cierra entra cerrado."""

import json

import pytest
from django.core.management import CommandError, call_command

from archivo.archivistica.puerta import CuadroClasificacion, Expediente
from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import Item, fijar_acceso, lecturas_de
from archivo.identidad.puerta import ANONIMO, lector_de
from archivo.ingesta.intercambio.exportacion import (
    FORMATOS,
    NadaQueExportar,
    PedidoDeExportacion,
    exportar_cuadro,
    exportar_expediente,
)
from archivo.ingesta.intercambio.opciones import Opciones, SinFacultad
from archivo.ingesta.intercambio.servicio import importar_descripciones
from tests.fabricas import area, persona

CANARIO = "CANARIO-DE-LO-RESERVADO"
FILAS = (
    {"legacyId": "1", "title": "Fondo", "levelOfDescription": "Fondo", "identifier": "F", "publicationStatus": "Published"},
    {"legacyId": "2", "parentId": "1", "title": "Serie", "levelOfDescription": "Serie", "identifier": "S"},
    {"legacyId": "3", "parentId": "2", "title": "Expediente abierto", "levelOfDescription": "Expediente"},
    {"legacyId": "4", "parentId": "3", "title": "Carta visible", "levelOfDescription": "Item"},
    {
        "legacyId": "5",
        "parentId": "2",
        "title": f"Expediente {CANARIO}",
        "levelOfDescription": "Expediente",
        "accessConditions": "Reservado por cinco años",
    },
    {"legacyId": "6", "parentId": "5", "title": f"Carta {CANARIO}", "levelOfDescription": "Item", "subjectAccessPoints": CANARIO},
)


@pytest.fixture
def cuadro(csv_de, quien_recibe, area_que_recibe):
    hecho = importar_descripciones(csv_de(*FILAS), Opciones(actor=quien_recibe, area=area_que_recibe))
    return CuadroClasificacion.objects.get(pk=hecho.cuadro)


def _sale(cuadro, usuario, formato):
    return exportar_cuadro(cuadro, PedidoDeExportacion(formato, lector_de(usuario), usuario)).contenido.decode()


def test_lo_que_las_condiciones_cierran_entra_cerrado_con_lo_que_contiene(cuadro):
    assert Expediente.objects.get(titulo="Expediente abierto").acceso == "interno"
    assert Expediente.objects.get(titulo__contains=CANARIO).acceso == "reservado"
    assert Item.objects.get(titulo__contains=CANARIO).acceso_efectivo == "reservado"


@pytest.mark.parametrize("texto", ["Libre acceso", "Abierto al público", "Sin restricciones", "Texto que nadie entiende"])
def test_ninguna_condicion_abre_mas_de_lo_pedido(csv_de, quien_recibe, area_que_recibe, texto):
    filas = [*FILAS[:3], FILAS[3] | {"accessConditions": texto}]
    importar_descripciones(csv_de(*filas), Opciones(actor=quien_recibe, area=area_que_recibe))
    assert Item.objects.get().acceso == "interno"


@pytest.mark.parametrize("formato", FORMATOS)
def test_lo_reservado_no_sale_para_quien_no_lo_ve(cuadro, formato, area_que_recibe):
    ajena = persona("redaccion", en=area("Otra"))
    dueno = persona("archivo_tramite", en=area_que_recibe)
    assert CANARIO not in _sale(cuadro, ajena, formato)
    assert "Carta visible" in _sale(cuadro, dueno, formato)
    assert CANARIO in _sale(cuadro, dueno, formato)


def test_al_publico_le_sale_lo_publicado_y_nada_mas(cuadro, csv_de, quien_recibe, area_que_recibe):
    with pytest.raises(NadaQueExportar):
        exportar_cuadro(cuadro, PedidoDeExportacion("atom", ANONIMO))
    abierto = Opciones(actor=quien_recibe, area=area_que_recibe, acceso="publico", fuente="abierto")
    hecho = importar_descripciones(csv_de(*FILAS, nombre="b.csv"), abierto)
    publico = exportar_cuadro(CuadroClasificacion.objects.get(pk=hecho.cuadro), PedidoDeExportacion("atom", ANONIMO))
    assert publico.unidades == 1
    assert CANARIO not in publico.contenido.decode()


def test_lo_que_la_oficina_cambio_sale_cambiado(cuadro, quien_recibe):
    carta = Item.objects.get(titulo="Carta visible")
    carta.titulo = "Carta con otro título"
    carta.save()
    assert "Carta con otro título" in _sale(cuadro, quien_recibe, "ead3")
    fijar_acceso(carta, "confidencial", None, "Datos personales")
    assert "Carta con otro título" not in _sale(cuadro, quien_recibe, "ead3")


def test_cada_salida_y_cada_entrada_dejan_constancia(cuadro, quien_recibe):
    _sale(cuadro, quien_recibe, "ead2002")
    clases = [s.clase for s in sucesos_de(f"cuadro:{cuadro.pk}")]
    assert clases == ["descripciones.importadas", "descripciones.exportadas"]
    expediente = Expediente.objects.get(titulo="Expediente abierto")
    exportar_expediente(expediente, PedidoDeExportacion("atom", lector_de(quien_recibe), quien_recibe))
    ultimo = list(sucesos_de(f"expediente:{expediente.clave}"))[-1]
    assert (ultimo.clase, ultimo.actor) == ("descripciones.exportadas", quien_recibe)
    assert ultimo.detalle["unidades"] == 4


def test_quien_no_recibe_fondos_no_importa_ni_abre_de_mas(csv_de, area_que_recibe, quien_recibe):
    with pytest.raises(SinFacultad, match="archivo histórico"):
        importar_descripciones(csv_de(*FILAS), Opciones(actor=persona("redaccion"), area=area_que_recibe))
    with pytest.raises(SinFacultad, match="titular"):
        importar_descripciones(csv_de(*FILAS), Opciones(actor=quien_recibe, publicar=True))
    with pytest.raises(SinFacultad, match="--como"):
        importar_descripciones(csv_de(*FILAS), Opciones(area=area_que_recibe))


def test_la_orden_importa_y_exporta(csv_de, quien_recibe, area_que_recibe, tmp_path, capsys):
    ruta = str(csv_de(*FILAS))
    comun = ("--como", quien_recibe.username, "--area", area_que_recibe.clave, "--json")
    call_command("descripciones", "importar", ruta, "--ensayo", *comun)
    ensayo = json.loads(capsys.readouterr().out)
    assert {"filas", "creadas", "actualizadas", "sin_cambio", "rechazadas", "errores", "segundos"} <= set(ensayo)
    assert not Expediente.objects.exists()
    call_command("descripciones", "importar", ruta, *comun)
    hecho = json.loads(capsys.readouterr().out)
    assert (hecho["filas"], hecho["creadas"]) == (6, 6)
    salida = tmp_path / "fondo.xml"
    call_command(
        "descripciones", "exportar", "--cuadro", str(hecho["cuadro"]), "--formato", "ead3", "--salida", str(salida), *comun[:2]
    )
    assert "Carta visible" in salida.read_text("utf-8")
    with pytest.raises(CommandError, match="nada que pueda ver"):
        call_command("descripciones", "exportar", "--cuadro", str(hecho["cuadro"]), "--formato", "atom")


def test_sacar_lo_reservado_queda_anotado_en_cada_documento(cuadro, area_que_recibe):
    dueno = persona("archivo_tramite", en=area_que_recibe)
    _sale(cuadro, dueno, "atom")
    reservado, abierto = Item.objects.get(titulo__contains=CANARIO), Item.objects.get(titulo="Carta visible")
    lecturas = [(s.clase, s.actor, s.detalle["superficie"]) for s in lecturas_de(reservado)]
    assert lecturas == [("item.consultado", dueno, "exportacion")]
    assert not lecturas_de(abierto).exists()


def test_una_serie_reservada_la_saca_su_area_y_no_otra(csv_de, quien_recibe, area_que_recibe):
    reservada = FILAS[1] | {"accessConditions": "Reservado", "title": f"Serie {CANARIO}"}
    hecho = importar_descripciones(csv_de(FILAS[0], reservada, *FILAS[2:4]), Opciones(actor=quien_recibe, area=area_que_recibe))
    cuadro = CuadroClasificacion.objects.get(pk=hecho.cuadro)
    assert CANARIO in _sale(cuadro, persona("archivo_tramite", en=area_que_recibe), "ead3")
    ajeno = _sale(cuadro, persona("archivo_tramite", en=area("Otra")), "ead3")
    assert CANARIO not in ajeno
    assert "Expediente abierto" not in ajeno
