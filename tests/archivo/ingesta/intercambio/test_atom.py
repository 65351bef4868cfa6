"""El CSV de AtoM: lo que se acepta, lo que se conserva y lo que se rechaza con su fila y su razón."""

import csv
import io
from dataclasses import replace

import pytest

from archivo.archivistica.puerta import CuadroClasificacion
from archivo.catalogo.puerta import Item
from archivo.ingesta.intercambio.atom_escritura import escribir_atom
from archivo.ingesta.intercambio.opciones import Opciones
from archivo.ingesta.intercambio.servicio import importar_descripciones, leer
from archivo.ingesta.models import InstrumentoRecibido
from archivo.ingesta.puerta import ArchivoInutilizable

FONDO = {"legacyId": "1", "title": "Fondo Almería", "levelOfDescription": "Fondo Documental", "identifier": "AL"}
SERIE = {"legacyId": "2", "parentId": "1", "title": "Congresos", "levelOfDescription": "Serie Documental", "identifier": "01"}
EXPEDIENTE = {
    "legacyId": "3",
    "parentId": "2",
    "title": "V Congreso",
    "levelOfDescription": "Unidad Documental",
    "identifier": "E1",
}
CARTA = {"legacyId": "4", "parentId": "3", "title": "Carta", "levelOfDescription": "Unidad documental simple"}


@pytest.fixture
def opciones(quien_recibe, area_que_recibe):
    return Opciones(actor=quien_recibe, area=area_que_recibe)


def _errores(resultado):
    return [(e["fila"], e["campo"]) for e in resultado.errores]


def test_una_fila_con_celdas_de_menos_se_rechaza_con_su_numero_y_no_entra_nada(tmp_path, opciones):
    ruta = tmp_path / "malformado.csv"
    ruta.write_text(
        "legacyId,parentId,title,levelOfDescription,culture\n1,,Fondo,Fondo,es\n2,1,Serie,Serie\n3,1,Otra,Serie\n", "utf-8"
    )
    resultado = importar_descripciones(ruta, opciones)
    assert _errores(resultado) == [(3, ""), (4, "")]
    assert "4 columnas y el encabezado 5" in resultado.errores[0]["motivo"]
    assert (resultado.filas, resultado.creadas, resultado.rechazadas) == (3, 0, 2)
    assert not CuadroClasificacion.objects.filter(clase="recibido").exists()


def test_las_filas_llegan_en_cualquier_orden(csv_de, opciones):
    resultado = importar_descripciones(csv_de(CARTA, EXPEDIENTE, SERIE, FONDO), opciones)
    assert resultado.creadas == 4
    unidades = InstrumentoRecibido.objects.get().unidades
    carta = unidades.get(id_externo="4")
    expediente = unidades.get(id_externo="3").expediente
    assert carta.item.integraciones.get().expediente == expediente
    assert str(expediente.serie.codigo) == "AL/01"
    assert CuadroClasificacion.objects.get(clase="recibido").estado == "recibido"


@pytest.mark.parametrize(
    ("filas", "campo", "frase"),
    [
        ([FONDO, SERIE | {"parentId": "9"}], "parentId", "no está en el archivo"),
        ([FONDO, SERIE | {"parentId": "3"}, EXPEDIENTE], "parentId", "de sí misma"),
        ([FONDO, SERIE, SERIE | {"title": "Repetida"}], "legacyId", "ya está en la fila 3"),
        ([FONDO, SERIE | {"legacyId": ""}], "legacyId", "Falta legacyId"),
        ([FONDO, SERIE, FONDO | {"legacyId": "5", "parentId": "2"}], "levelOfDescription", "más estrecho"),
        ([CARTA | {"parentId": ""}], "levelOfDescription", "no depende de nadie"),
    ],
)
def test_lo_que_no_cabe_en_el_arbol_se_dice_y_no_entra_nada(csv_de, opciones, filas, campo, frase):
    resultado = importar_descripciones(csv_de(*filas), opciones)
    assert any(e["campo"] == campo and frase in e["motivo"] for e in resultado.errores)
    assert resultado.creadas == 0
    assert not InstrumentoRecibido.objects.exists()


def test_lo_que_depende_de_algo_rechazado_tampoco_entra_aunque_se_pida_parcial(csv_de, opciones, quien_recibe):
    huerfana = SERIE | {"legacyId": "8", "parentId": "9"}
    nieta = EXPEDIENTE | {"legacyId": "10", "parentId": "8"}
    parcial = Opciones(actor=quien_recibe, area=opciones.area, parcial=True)
    resultado = importar_descripciones(csv_de(FONDO, SERIE, huerfana, nieta), parcial)
    assert (resultado.creadas, resultado.rechazadas) == (2, 2)
    assert "que no entra" in next(e["motivo"] for e in resultado.errores if e["id"] == "10")


def test_la_superior_se_puede_nombrar_por_su_slug(csv_de, opciones):
    resultado = importar_descripciones(csv_de(FONDO, SERIE | {"parentId": "", "qubitParentSlug": "fondo-almeria"}), opciones)
    assert resultado.por_nivel == {"fondo": 1, "serie": 1}
    assert InstrumentoRecibido.objects.get().unidades.get(id_externo="2").madre.id_externo == "1"


def test_una_columna_ajena_se_conserva_y_se_avisa(csv_de, opciones):
    resultado = importar_descripciones(csv_de(FONDO | {"xIDMSSQL": "77"}), opciones)
    assert [a["campo"] for a in resultado.avisos] == ["xIDMSSQL"]
    assert InstrumentoRecibido.objects.get().unidades.get().recibido["otros"] == {"xIDMSSQL": "77"}


def test_una_traduccion_es_de_la_misma_unidad(csv_de, opciones):
    ingles = FONDO | {"title": "Almeria fonds", "culture": "en"}
    resultado = importar_descripciones(csv_de(FONDO | {"culture": "es"}, ingles), opciones)
    assert (resultado.creadas, resultado.rechazadas) == (1, 0)
    assert InstrumentoRecibido.objects.get().unidades.get().recibido["traducciones"] == {"en": {"titulo": "Almeria fonds"}}


def test_fechas_autoridades_y_archivos(csv_de, opciones):
    carta = CARTA | {
        "eventDates": "1986/05/24-1986/05/25",
        "eventActors": "Unión Provincial de Almería|Pérez, Juan",
        "eventTypes": "NULL|Creación",
        "subjectAccessPoints": "Congresos|Actas",
        "placeAccessPoints": "Almería",
        "nameAccessPoints": "García, Ana",
        "digitalObjectPath": "/ruta/de/otra/computadora.pdf",
        "scopeAndContent": "Lo que dice.",
        "archivalHistory": "Estuvo en una bodega.",
    }
    resultado = importar_descripciones(csv_de(FONDO, SERIE, EXPEDIENTE, carta), opciones)
    item = Item.objects.get(titulo="Carta")
    assert (item.fecha.isoformat(), item.fecha_hasta.isoformat(), item.fecha_texto) == (
        "1986-05-24",
        "1986-05-25",
        "1986/05/24-1986/05/25",
    )
    assert (item.resumen, item.descripcion) == ("Lo que dice.", {"historia_archivistica": "Estuvo en una bodega."})
    assert sorted(t.nombre for t in item.temas.all()) == ["Actas", "Congresos"]
    menciones = {(m.papel, m.autoridad.nombre, m.autoridad.clase) for m in item.menciones.select_related("autoridad")}
    assert menciones == {
        ("autor", "Unión Provincial de Almería", "organismo"),
        ("autor", "Pérez, Juan", "persona"),
        ("persona", "García, Ana", "persona"),
        ("lugar", "Almería", "lugar"),
    }
    assert all(m.autoridad.por_verificar for m in item.menciones.select_related("autoridad"))
    assert [(e["fila"], e["campo"]) for e in resultado.errores] == [(5, "archivos")]


def test_un_archivo_junto_al_instrumento_se_cuelga_una_sola_vez(csv_de, opciones, tmp_path):
    ruta = csv_de(FONDO, SERIE, EXPEDIENTE, CARTA | {"digitalObjectPath": "carta.txt"})
    (tmp_path / "carta.txt").write_text("Texto de la carta, con unas cuantas palabras.", "utf-8")
    for _ in range(2):
        assert importar_descripciones(ruta, opciones).errores == []
    assert [a.nombre for a in Item.objects.get(titulo="Carta").adjuntos.all()] == ["carta.txt"]


def test_el_ensayo_no_escribe(csv_de, opciones):
    resultado = importar_descripciones(csv_de(FONDO, SERIE, EXPEDIENTE, CARTA), replace(opciones, ensayo=True))
    assert resultado.creadas == 4
    assert [u["profundidad"] for u in resultado.muestra] == [0, 1, 2, 3]
    assert not InstrumentoRecibido.objects.exists()
    assert not Item.objects.exists()


def test_un_csv_que_no_es_de_atom_lo_dice(tmp_path, opciones):
    ruta = tmp_path / "otro.csv"
    ruta.write_text("nombre,edad\nAna,3\n", "utf-8")
    with pytest.raises(ArchivoInutilizable, match="levelOfDescription"):
        importar_descripciones(ruta, opciones)


@pytest.mark.parametrize("titulo", ["=HYPERLINK(1)", "+1 a +9", "-raya", "@arroba", "'=ya con apóstrofo"])
def test_lo_que_parece_formula_sale_guardado_y_vuelve_igual(tmp_path, csv_de, titulo):
    ruta = csv_de(FONDO | {"title": titulo if titulo[0] != "'" else f"'{titulo}"})
    escrito = escribir_atom(leer(ruta, ruta.name))
    celdas = next(csv.DictReader(io.StringIO(escrito.decode(), newline="")))
    assert celdas["title"].startswith("'")
    otra = tmp_path / "otra.csv"
    otra.write_bytes(escrito)
    leido = leer(otra, otra.name)
    assert [u.titulo for u in leido.unidades] == [titulo]
    assert escribir_atom(leido) == escrito
