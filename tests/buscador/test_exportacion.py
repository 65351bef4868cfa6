"""Sacar una búsqueda entera: lo mismo que la lista, sin fórmulas, y sólo lo que se puede ver al descargar."""

import csv
import json
import re
from html import unescape
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.cache import cache

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import fijar_acceso
from archivo.catalogo.tipos import audiovisual, impreso, publicacion
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion.puerta import poner_al_dia
from archivo.portal.puerta import Visita
from archivo.tareas.puerta import Trabajo
from buscador.exportacion import hoja, servicios
from buscador.exportacion.citas import CLASES
from buscador.exportacion.filas import COLUMNAS
from buscador.exportacion.formatos import FORMATOS
from buscador.frenos import AL_EXPORTAR
from buscador.models import Exportacion
from buscador.peticion import Peticion
from buscador.servicios import buscar
from buscador.tasks import juntar_exportacion
from tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sin_cuentas_de_otra_prueba():
    cache.clear()


def bajar(client, **datos):
    return b"".join(client.get("/buscar/exportar/", datos).streaming_content)


def en_lista(texto, **campos):
    return [r.item.clave for r in buscar(Peticion(texto, tamano=100, **campos), ANONIMO).resultados]


def test_el_csv_trae_la_lista_entera_en_su_orden(client, acervo):
    filas = list(csv.reader(StringIO(bajar(client, q="vacunación", orden="titulo", en="csv").decode("utf-8-sig"))))
    assert filas[0] == list(COLUMNAS.values())
    assert [f[0] for f in filas[1:]] == en_lista("vacunación", orden="titulo")


def test_los_cinco_formatos_traen_lo_mismo(client, acervo):
    claves = en_lista("vacunación")
    de_json = [json.loads(r)["clave"] for r in bajar(client, q="vacunación", en="jsonl").decode().splitlines()]
    libro = openpyxl.load_workbook(BytesIO(bajar(client, q="vacunación", en="xlsx")))
    de_hoja = [fila[0] for fila in libro.worksheets[0].iter_rows(min_row=2, values_only=True)]
    de_bibtex = re.findall(r"@misc\{acervo-(\w+),", bajar(client, q="vacunación", en="bibtex").decode())
    de_ris = re.findall(r"^ID  - (\w+)\r$", bajar(client, q="vacunación", en="ris").decode(), re.MULTILINE)
    assert de_json == de_hoja == de_bibtex == de_ris == claves


def test_ninguna_celda_es_formula_ni_orden_de_tex(client, acervo):
    fabricas.publico(titulo='=HYPERLINK("http://mal","x")', texto="zarandaja", resumen="50 % de {agua}\nTY  - FALSO \\input{x}")
    poner_al_dia()
    fila = list(csv.reader(StringIO(bajar(client, q="zarandaja", en="csv").decode("utf-8-sig"))))[1]
    libro = openpyxl.load_workbook(BytesIO(bajar(client, q="zarandaja", en="xlsx")))
    celda = libro.worksheets[0].cell(2, 4)
    assert fila[3] == celda.value == '\'=HYPERLINK("http://mal","x")'
    assert celda.data_type != "f"
    bibtex = bajar(client, q="zarandaja", en="bibtex").decode()
    assert (
        r"50 \% de \textbraceleft{}agua\textbraceright{} TY - FALSO \textbackslash{}input\textbraceleft{}x\textbraceright{}"
        in bibtex
    )
    assert len(re.findall(r"^TY  - ", bajar(client, q="zarandaja", en="ris").decode(), re.MULTILINE)) == 1


def test_de_lo_restringido_sale_solo_la_ficha_minima_y_la_cita(client, acervo):
    fabricas.boletin(
        estado="publicado", acceso="restringido_derechos", titulo="Zarandaja ajena", autor="Autora Citable", temas=["TemaSecreto"],
        area=fabricas.area("AreaSecreta"),
    )  # fmt: skip
    poner_al_dia()
    salida = bajar(client, q="zarandaja", en="jsonl").decode()
    assert "Zarandaja ajena" in salida
    assert "Autora Citable" in salida
    assert "Secret" not in salida


def test_lo_grande_se_encarga_y_se_descarga_con_los_permisos_de_ese_momento(client, acervo, settings):
    settings.ACERVO_EXPORTACION_INMEDIATA = 3
    propuesta = client.get("/buscar/exportar/", {"q": "vacunación", "en": "jsonl"})
    assert "Descargar 10 resultados" in propuesta.content.decode()
    assert Exportacion.objects.count() == 0
    seguimiento = client.post("/buscar/exportar/?q=vacunación&en=jsonl", follow=True)
    assert "Estamos preparando su descarga" in seguimiento.content.decode()
    exportacion = Exportacion.objects.get()
    archivo = f"{exportacion.get_absolute_url()}archivo/"
    assert client.get(archivo).url == exportacion.get_absolute_url()
    assert juntar_exportacion.func(exportacion.pk) == juntar_exportacion.func(exportacion.pk) == 10
    assert Trabajo.objects.get().actor is None
    assert "Su descarga está lista" in client.get(exportacion.get_absolute_url()).content.decode()
    fijar_acceso(acervo[4], "reservado", fabricas.persona("titular"), motivo="Prueba")
    salida = b"".join(client.get(archivo).streaming_content).decode()
    assert len(salida.splitlines()) == 9
    assert acervo[4].clave not in salida


def test_la_de_la_oficina_es_de_quien_la_pidio_y_deja_constancia(client, acervo, settings):
    settings.ACERVO_EXPORTACION_INMEDIATA = 0
    secreto = fabricas.boletin(estado="publicado", acceso="reservado", titulo="Zarandaja reservada", texto="x")
    poner_al_dia()
    titular = fabricas.persona("titular")
    client.force_login(titular)
    client.post("/buscar/exportar/?q=zarandaja&en=csv")
    exportacion = Exportacion.objects.get()
    juntar_exportacion.func(exportacion.pk)
    archivo = f"{exportacion.get_absolute_url()}archivo/"
    assert secreto.clave in b"".join(client.get(archivo).streaming_content).decode()
    assert Suceso.objects.filter(objeto=f"item:{secreto.clave}", detalle__superficie="exportacion", actor=titular).count() == 1
    client.logout()
    assert client.get(archivo).status_code == 404
    client.force_login(fabricas.persona("titular"))
    assert client.get(exportacion.get_absolute_url()).status_code == 404


ENTRADA = re.compile(r"@[a-z]+\{([\w-]+),\n((?:  [a-z]+ = \{.*\},\n)*  [a-z]+ = \{.*\}\n)\}\n\n")
FICHA_RIS = re.compile(r"TY  - [A-Z]+\r\n((?:[A-Z][A-Z0-9]  - \S[^\r\n]*\r\n)+)ER  - \r\n\r\n")


def abiertas(valor):
    """Cuántas llaves quedan sin cerrar después de cada una. BibTeX cuenta también las escapadas."""
    hondura, vistas = 0, []
    for llave in re.findall("[{}]", valor):
        hondura += 1 if llave == "{" else -1
        vistas.append(hondura)
    return vistas


def test_bibtex_y_ris_cumplen_su_gramatica_con_cualquier_texto(client, acervo):
    for titulo in ("Llave } suelta {", "Diagonal al final \\", "ER  - \r\nTY  - GEN", "50 % & #1_~^$", "@misc{x, title={y}}"):
        fabricas.publico(titulo=titulo, texto="zarandaja", resumen=titulo, temas=[titulo])
    poner_al_dia()
    bibtex = bajar(client, q="zarandaja", en="bibtex").decode()
    entradas = ENTRADA.findall(bibtex)
    assert ENTRADA.sub("", bibtex) == ""
    assert len({clave for clave, _ in entradas}) == 5
    valores = [v for _, campos in entradas for v in re.findall(r"^  [a-z]+ = \{(.*)\},?$", campos, re.MULTILINE)]
    assert [v for v in valores if abiertas(v) and (min(abiertas(v)) < 0 or abiertas(v)[-1])] == []
    ris = bajar(client, q="zarandaja", en="ris").decode()
    assert (FICHA_RIS.sub("", ris), len(FICHA_RIS.findall(ris))) == ("", 5)


@pytest.mark.parametrize(("clase", "entrada", "quien_edita", "de_ris"), [
    ("libro", "book", "publisher", "BOOK"), ("informe", "techreport", "institution", "RPRT"), ("gaceta", "misc", "howpublished", "GEN"),
])  # fmt: skip
def test_la_cita_es_del_tipo_que_le_toca(client, acervo, clase, entrada, quien_edita, de_ris):
    datos = {"titulo": "Zarandaja", "area": fabricas.area("Obras"), "ficha": {"clase": clase}}
    item = fabricas.elemento("publicacion", estado="publicado", **datos)
    poner_al_dia()
    bibtex = bajar(client, q="zarandaja", en="bibtex").decode()
    assert f"@{entrada}{{acervo-{item.clave}," in bibtex
    assert f"  {quien_edita} = {{" in bibtex
    ris = bajar(client, q="zarandaja", en="ris").decode()
    assert ris.startswith(f"TY  - {de_ris}\r\n")
    assert f"M3  - {clase.capitalize()}\r\n" in ris


def test_cada_clase_que_se_cita_existe():
    ofrecidas = {nombre for lista in (audiovisual.CLASES, impreso.CLASES, publicacion.CLASES) for _, nombre in lista}
    assert set(CLASES) - ofrecidas == set()


def test_pedir_sin_parar_se_frena(client, acervo):
    for _ in range(AL_EXPORTAR.tope):
        ultima = client.get("/buscar/exportar/", {"q": "xyzzyqw", "en": "csv"})
    assert ultima.status_code == 200
    frenada = client.get("/buscar/exportar/", {"q": "xyzzyqw", "en": "csv"})
    assert frenada.status_code == 429
    assert "Espere una hora" in frenada.content.decode()


def test_de_mas_de_una_hoja_cada_una_lleva_encabezado(monkeypatch):
    monkeypatch.setattr(hoja, "RENGLONES_POR_HOJA", 3)
    libro = openpyxl.load_workbook(BytesIO(b"".join(hoja.en_xlsx(["n"], [[str(n)] for n in range(8)]))))
    assert [[c.value for c in h["A"]] for h in libro.worksheets] == [["n", "0", "1", "2"], ["n", "3", "4", "5"], ["n", "6", "7"]]


def test_un_formato_que_no_hay_no_existe(client, acervo):
    assert client.get("/buscar/exportar/", {"q": "x", "en": "exe"}).status_code == 404
    assert client.get("/buscar/exportar/", {"q": "x"}).status_code == 404
    pagina = client.get("/buscar/", {"q": "vacunación", "area": "Obras"}).content.decode()
    enlaces = re.findall(r'<a href="(/buscar/exportar/[^"]+)"', pagina)
    assert len(enlaces) == len(FORMATOS)
    assert all("area=Obras" in unescape(e) for e in enlaces)


def test_cada_lote_hace_las_mismas_consultas(acervo, django_assert_num_queries):
    claves = [i.clave for i in acervo]
    with django_assert_num_queries(3):
        assert len(list(servicios.escribir(claves, "jsonl", Visita(), ""))) == 10
