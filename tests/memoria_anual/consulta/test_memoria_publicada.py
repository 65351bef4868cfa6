"""La memoria en el sitio: lo que se publica, lo que una lista enseña a cada quien y lo que nadie puede tocar."""

import hashlib
import io

import pikepdf
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from archivo.auditoria.puerta import HistoriaInmutable
from archivo.catalogo.puerta import Item
from archivo.indexacion.puerta import asegurar
from memoria_anual.edicion.puerta import EdicionPublicada, MemoriaNueva, abrir_memoria, publicar
from memoria_anual.indicadores.puerta import leer_periodo
from tests.memoria_anual.edicion.conftest import parrafo

pytestmark = pytest.mark.django_db


@pytest.fixture
def edicion(escribir, autorizada_con_texto, titular):
    asegurar()
    return publicar(autorizada_con_texto, titular)


@pytest.fixture
def autorizada_con_texto(request, escribir):
    escribir(parrafo("Van <b>{{cifra:BOL}}</b> boletines."), ("grafica", {"clave": "BOL", "por": "mes", "titulo": ""}))
    return request.getfixturevalue("autorizada")


def test_antes_de_publicarse_no_existe_para_nadie(autorizada, client, titular):
    for cola in ("", "capitulo/1/", "cifra/BOL/", "cifra/BOL.csv", "archivo/memoria-2026.pdf"):
        assert client.get(f"/memoria/2026/{cola}").status_code == 404
    assert "Todavía no se publica" in client.get("/memoria/").content.decode()


def test_cada_cifra_del_texto_y_de_la_grafica_abre_su_lista(edicion, client):
    pagina = client.get("/memoria/2026/capitulo/1/").content.decode()
    assert '<a href="/memoria/2026/cifra/BOL/"><strong>5</strong>' in pagina
    assert 'href="/memoria/2026/cifra/BOL/?mes=2026-01">2</a>' in pagina and "<title id=" in pagina
    assert "Deslice la gráfica para verla completa." in pagina
    enero = client.get("/memoria/2026/cifra/BOL/", {"mes": "2026-01"}).content.decode()
    assert "2 elementos de enero de 2026" in enero and "Boletín de 9" not in enero
    for raro in ("2026-13", "2026-00", "0000-01", "٢٠٢٦-٠١", "9999", "x"):
        assert "5 elementos" in client.get("/memoria/2026/cifra/BOL/", {"mes": raro}).content.decode()


def test_quien_puede_verlo_ve_en_la_lista_lo_que_a_los_demas_no_se_nombra(edicion, client, redactora):
    anonima = client.get("/memoria/2026/cifra/BOL/").content.decode()
    assert "Boletín canario" not in anonima and "hay 1 elemento que usted no puede" in anonima
    lista = b"".join(client.get("/memoria/2026/cifra/BOL.csv").streaming_content).decode()
    assert "canario" not in lista and "1 elemento que no es de consulta pública: cuenta y no se nombra." in lista
    client.force_login(redactora)
    suya = client.get("/memoria/2026/cifra/BOL/").content.decode()
    assert "Boletín canario" in suya and "usted no puede" not in suya


def test_sus_archivos_se_descargan_y_lo_inventado_es_404(edicion, client):
    pdf = b"".join(client.get("/memoria/2026/archivo/memoria-2026.pdf").streaming_content)
    with pikepdf.open(io.BytesIO(pdf)) as abierto:
        assert len(abierto.pages) > 15
    for cola in ("capitulo/99/", "cifra/NOHAY/", "cifra/NOHAY.csv", "archivo/otro.pdf"):
        assert client.get(f"/memoria/2026/{cola}").status_code == 404
    assert client.get("/memoria/2031/").status_code == 404


@pytest.mark.parametrize("formato", ["pdf", "docx", "xlsx"])
def test_publicada_se_entrega_lo_que_se_guardo_sin_volver_a_componer(edicion, client, redactora, formato):
    guardado = edicion.archivos.filter(nombre__endswith=f".{formato}").first()
    Item.objects.update(acceso="interno", acceso_efectivo="interno")
    client.force_login(redactora)
    entregado = client.get(f"/admin/memorias/{edicion.memoria_id}/borrador.{formato}")
    assert hashlib.sha256(entregado.content).hexdigest() == guardado.objeto.sha256
    assert guardado.nombre in entregado["Content-Disposition"] and entregado["Content-Type"] == guardado.mime


def test_ni_por_la_base_se_cambia_lo_publicado(edicion):
    edicion.huella = "0" * 64
    with pytest.raises(HistoriaInmutable):
        edicion.save()
    with pytest.raises(HistoriaInmutable):
        EdicionPublicada.objects.update(huella="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE edicion_edicionpublicada SET huella = 'x' WHERE id = %s", [edicion.pk])


def test_esta_en_el_mapa_del_sitio_solo_publicada(edicion, client, redactora):
    otra = abrir_memoria(MemoriaNueva(leer_periodo("2024"), area=edicion.memoria.area), redactora)
    mapa = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/memoria/</loc>" in mapa and "/memoria/2026/</loc>" in mapa
    assert mapa.count("/memoria/2026/capitulo/") == 17 and otra.get_absolute_url() not in mapa


def test_una_lista_larga_no_pregunta_mas(edicion, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        assert client.get("/memoria/2026/cifra/BOL/").status_code == 200
