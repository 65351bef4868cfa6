"""El cuaderno: sin cuenta, de un solo navegador, con lo que se puede ver hoy, y se borra entero."""

import csv
import json
import re
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from archivo.catalogo.puerta import fijar_acceso
from archivo.salidas import ComposicionImposible, compositor
from buscador.cuaderno import servicios
from buscador.exportacion.formatos import FORMATOS
from buscador.frenos import AL_ABRIR_CUADERNO
from buscador.models import Apunte, Cuaderno
from tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sin_cuentas_de_otra_prueba():
    cache.clear()


@pytest.fixture
def tres():
    """Tres boletines públicos."""
    return [fabricas.publico(titulo=f"Documento {letra}", texto="Texto.") for letra in "ABC"]


def guardar(client, item, nota="", pagina=""):
    return client.post(f"/cuaderno/agregar/?clave={item.clave}&pagina={pagina}", {"nota": nota}, follow=True).content.decode()


def titulos(client):
    filas = csv.reader(StringIO(b"".join(client.get("/cuaderno/descargar/?en=csv").streaming_content).decode("utf-8-sig")))
    return [fila[3] for fila in list(filas)[1:]]


def test_guardar_anotar_ordenar_y_quitar(client, tres):
    assert "Su cuaderno está vacío" in client.get("/cuaderno/").content.decode()
    for item in tres:
        pagina = guardar(client, item, f"Nota de {item.titulo}")
    assert "Nota de Documento C" in pagina
    ultimo = Apunte.objects.get(clave=tres[2].clave)
    client.post(f"/cuaderno/apunte/{ultimo.pk}/", {"hacer": "subir"})
    assert titulos(client) == ["Documento A", "Documento C", "Documento B"]
    client.post(f"/cuaderno/apunte/{ultimo.pk}/", {"hacer": "anotar", "nota": "Otra nota"})
    client.post(f"/cuaderno/apunte/{Apunte.objects.get(clave=tres[0].clave).pk}/", {"hacer": "quitar"})
    assert "Otra nota" in client.get("/cuaderno/").content.decode()
    assert titulos(client) == ["Documento C", "Documento B"]


def test_repetir_no_duplica_y_la_pagina_cuenta_aparte(client, tres):
    guardar(client, tres[0], "una")
    guardar(client, tres[0], "dos")
    guardar(client, tres[0], "de la página", pagina=1)
    assert list(Apunte.objects.values_list("pagina", "nota")) == [(0, "dos"), (1, "de la página")]


def test_ver_no_pone_galleta_y_guardar_pone_una_firmada(client, tres):
    assert "cuaderno" not in client.get("/cuaderno/").cookies
    assert "cuaderno" not in client.get(tres[0].get_absolute_url()).cookies
    guardar(client, tres[0])
    galleta = client.cookies["cuaderno"]
    assert (galleta["httponly"], galleta["samesite"]) == (True, "Lax")
    intruso = Client()
    intruso.cookies["cuaderno"] = Cuaderno.objects.get().llave
    assert "Su cuaderno está vacío" in intruso.get("/cuaderno/").content.decode()


def test_el_de_otro_navegador_no_se_toca(client, tres):
    guardar(client, tres[0], "mía")
    otra = Client()
    guardar(otra, tres[1], "suya")
    ajeno = Apunte.objects.get(clave=tres[0].clave)
    assert otra.post(f"/cuaderno/apunte/{ajeno.pk}/", {"hacer": "quitar"}).status_code == 404
    assert Client().post(f"/cuaderno/apunte/{ajeno.pk}/", {"hacer": "quitar"}).status_code == 404
    assert Client().get("/cuaderno/descargar/?en=csv").status_code == 404
    assert "mía" not in otra.get("/cuaderno/").content.decode()


def test_lo_que_se_cierra_deja_de_decirse(client, tres):
    guardar(client, tres[0])
    fijar_acceso(tres[0], "reservado", fabricas.persona("titular"), motivo="Prueba")
    pagina = client.get("/cuaderno/").content.decode()
    assert "Un documento que ya no está disponible" in pagina
    assert "Documento A" not in pagina
    assert titulos(client) == []
    assert client.get(f"/cuaderno/agregar/?clave={tres[0].clave}").status_code == 404
    assert client.get("/cuaderno/agregar/?clave=noexiste").status_code == 404


def test_sale_en_pdf_y_en_referencias(client, tres):
    guardar(client, tres[0], "Nota con #signos $ y \\orden")
    guardar(client, tres[0], "otra", pagina=1)
    pdf = client.get("/cuaderno/descargar/?en=pdf")
    texto = "".join(hoja.extract_text() for hoja in PdfReader(BytesIO(pdf.content)).pages)
    assert "Documento A" in texto
    assert "#signos $ y \\orden" in texto
    assert b"".join(client.get("/cuaderno/descargar/?en=bibtex").streaming_content).count(b"@misc{") == 1
    assert b"".join(client.get("/cuaderno/descargar/?en=ris").streaming_content).count(b"TY  - ") == 1


def test_si_el_pdf_no_se_compone_se_ofrece_otra_cosa(client, tres, monkeypatch, caplog):
    def nunca(plantilla, *_):
        raise ComposicionImposible(plantilla, "detalle secreto")

    guardar(client, tres[0])
    monkeypatch.setattr(compositor, "_compilar", nunca)
    respuesta = client.get("/cuaderno/descargar/?en=pdf")
    pagina = respuesta.content.decode()
    assert (respuesta.status_code, 'href="/cuaderno/descargar/?en=csv"' in pagina, "detalle secreto" in pagina) == (
        503,
        True,
        False,
    )
    assert "detalle secreto" in caplog.text


def test_borrarlo_no_deja_nada(client, tres):
    guardar(client, tres[0], "secreta")
    respuesta = client.post("/cuaderno/borrar/")
    assert respuesta.cookies["cuaderno"].value == ""
    assert Cuaderno.objects.count() == Apunte.objects.count() == 0


def test_caben_doscientos_y_no_se_abren_sin_fin(client, tres, monkeypatch):
    monkeypatch.setattr(servicios, "TOPE", 2)
    paginas = [guardar(client, item) for item in tres]
    assert "Su cuaderno está lleno" in paginas[2]
    respuestas = [
        Client().post(f"/cuaderno/agregar/?clave={tres[0].clave}", {"nota": ""}).status_code
        for _ in range(AL_ABRIR_CUADERNO.tope)
    ]
    assert (respuestas[0], respuestas[-1]) == (302, 429)


def test_los_que_nadie_usa_se_borran(client, tres):
    guardar(client, tres[0])
    Cuaderno.objects.update(usado="2020-01-01T00:00:00Z")
    guardar(Client(), tres[1])
    assert servicios.olvidar_viejos() == 1
    assert Cuaderno.objects.count() == 1


def varios(client, items):
    return client.post("/cuaderno/agregar-varios/?q=vacunación", {"clave": [i.clave for i in items]}, follow=True)


def test_cada_resultado_se_guarda_desde_la_lista(client, acervo):
    pagina = client.get("/buscar/?q=vacunación").content.decode()
    enlaces = re.findall(r'href="(/cuaderno/agregar/\?clave=\w+)"', pagina)
    assert len(enlaces) == 10
    assert 'Guardar en el cuaderno<span class="oculto">: Boletín' in pagina
    client.post(enlaces[3], {"nota": ""})
    assert titulos(client) == [next(b.titulo for b in acervo if b.clave in enlaces[3])]


def test_una_pagina_de_resultados_se_guarda_junta(client, acervo):
    propuesta = client.get("/cuaderno/agregar-varios/", {"q": "vacunación", "tamano": "50", "orden": "titulo"})
    ofrecidas = re.findall(r'name="clave" value="(\w+)" checked', propuesta.content.decode())
    assert sorted(ofrecidas) == sorted(i.clave for i in acervo)
    assert "cuaderno" not in propuesta.cookies
    guardar(client, acervo[3], "ya estaba")
    varios(client, acervo[:5])
    assert [a.clave for a in Apunte.objects.all()] == [acervo[n].clave for n in (3, 0, 1, 2, 4)]
    assert Apunte.objects.first().nota == "ya estaba"


def test_al_quitar_uno_se_sigue_en_el_que_queda_en_su_lugar(client, acervo):
    varios(client, acervo[:3])
    uno, dos, tres = Apunte.objects.all()
    quitar = {"hacer": "quitar"}
    idas = [client.post(f"/cuaderno/apunte/{a.pk}/", quitar).url for a in (dos, tres, uno)]
    assert idas == [f"/cuaderno/#apunte-{tres.pk}", f"/cuaderno/#apunte-{uno.pk}", "/cuaderno/"]


def test_las_fechas_se_dicen_y_la_nota_vacia_no_ocupa(client, acervo):
    propuesta = client.get("/cuaderno/agregar-varios/", {"q": "vacunación"}).content.decode()
    assert "(15 de enero de 2021)" in propuesta
    guardar(client, acervo[0])
    pagina = guardar(client, acervo[1], "Una nota")
    assert "15 de enero de 2021" in pagina
    assert [bool(abierta) for abierta in re.findall(r'<details class="ayuda"( open)?><summary>(?:Su|Escribir una) nota', pagina)] == [
        False, True,
    ]  # fmt: skip


def test_si_no_caben_todos_no_se_guarda_ninguno(client, acervo, monkeypatch):
    monkeypatch.setattr(servicios, "TOPE", 3)
    respuesta = varios(client, acervo[:4])
    assert (respuesta.status_code, Apunte.objects.count()) == (400, 0)
    assert "No caben todos" in respuesta.content.decode()
    assert "No marcó ningún documento" in varios(client, []).content.decode()
    assert client.post("/cuaderno/agregar-varios/", {"clave": ["zzz", "\0"]}).status_code == 400


def test_lo_reservado_no_entra_al_cuaderno_de_cualquiera(client, acervo):
    secreto = fabricas.boletin(estado="publicado", acceso="reservado", titulo="Zarandaja reservada", texto="x")
    varios(client, [acervo[0], secreto])
    assert list(Apunte.objects.values_list("clave", flat=True)) == [acervo[0].clave]


def test_el_cuaderno_sale_en_todos_los_formatos(client, acervo):
    guardar(client, acervo[0], "=nota")
    bajados = {f: b"".join(client.get("/cuaderno/descargar/", {"en": f}).streaming_content) for f in FORMATOS}
    libro = openpyxl.load_workbook(BytesIO(bajados["xlsx"]))
    assert [c.value for c in libro.worksheets[0][2]][-1] == "'=nota"
    assert json.loads(bajados["jsonl"])["nota"] == "=nota"
    assert all(acervo[0].clave.encode() in bajados[f] for f in ("csv", "bibtex", "ris"))
    assert client.get("/cuaderno/descargar/", {"en": "exe"}).status_code == 404
