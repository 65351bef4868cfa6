"""La página de un elemento y las de sus páginas."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from archivo.catalogo.puerta import Relacion
from archivo.indexacion.puerta import asegurar, poner_al_dia
from tests import fabricas

pytestmark = pytest.mark.django_db


def test_un_boletin_muestra_su_texto_sus_datos_y_como_citarlo(client):
    obras = fabricas.area("Dirección de Obras")
    item = fabricas.boletin(
        estado="publicado", area=obras, titulo="Concluye la obra", texto="Primera.\n\nSegunda.", temas=["Agua"]
    )
    pagina = client.get(item.get_absolute_url()).content.decode()
    assert "<h1>Concluye la obra</h1>" in pagina
    assert "Primera.</p>" in pagina
    assert "?area=Direcci%C3%B3n%20de%20Obras" in pagina
    assert "?tema=Agua" in pagina
    assert f"http://testserver/elemento/{item.clave}/" in pagina
    assert '<time datetime="2026-05-06">6 de mayo de 2026</time>' in pagina


def test_lo_buscado_va_marcado_en_el_titulo_y_en_el_texto(client):
    asegurar()
    item = fabricas.publico(titulo="La vacuna llega", texto="Las vacunas llegaron el lunes.")
    poner_al_dia()
    pagina = client.get(item.get_absolute_url(), {"q": "vacunas"}).content.decode()
    assert "La <mark>vacuna</mark> llega" in pagina
    assert "Las <mark>vacunas</mark> llegaron" in pagina


def test_el_cuerpo_redactado_conserva_su_formato_y_nada_peligroso(client):
    asegurar()
    item = fabricas.publico(texto="x")
    redactado = "<p>Agua <strong>potable</strong> <a href='https://ejemplo.mx'>aquí</a></p><script>alert(1)</script>"
    fabricas.guardar(item, fabricas.Edicion(actor=None, cuerpo_html=redactado))
    pagina = client.get(item.get_absolute_url(), {"q": "potable"}).content.decode()
    assert "<strong><mark>potable</mark></strong>" in pagina
    assert "alert(1)" not in pagina


def test_titulos_y_textos_se_escapan(client):
    asegurar()
    malo = '<img src=x onerror="alert(1)"> zarza'
    item = fabricas.publico(titulo=malo, resumen=malo, texto=malo, lugar=malo, autor=malo, temas=[malo])
    poner_al_dia()
    for direccion in (item.get_absolute_url(), f"{item.get_absolute_url()}pagina/1/", "/buscar/", "/"):
        pagina = client.get(direccion, {"q": "zarza"}).content.decode()
        assert "<img src=x" not in pagina
        assert "&lt;img src=x" in pagina


def test_una_direccion_de_origen_con_guion_no_se_enlaza(client):
    item = fabricas.publico(url="javascript:alert(1)")
    assert "javascript:" not in client.get(item.get_absolute_url()).content.decode()


def test_la_fe_de_erratas_se_ve_de_los_dos_lados(client):
    corregido = fabricas.publico(titulo="Boletín con error")
    fe = fabricas.publico(titulo="Fe de erratas")
    Relacion.objects.create(
        origen=fe,
        destino=corregido,
        clase="fe_de_erratas_de",
        correcciones=[{"donde": "P. 2", "dice": "martes", "debe": "jueves"}],
    )
    de_este_lado = client.get(corregido.get_absolute_url()).content.decode()
    assert "tiene una fe de erratas" in de_este_lado
    assert "dice «martes», debe decir «jueves»" in de_este_lado
    del_otro = client.get(fe.get_absolute_url()).content.decode()
    assert corregido.get_absolute_url() in del_otro
    assert "<td>martes</td>" in del_otro


def test_una_relacion_con_algo_que_no_se_puede_ver_no_existe(client):
    publico = fabricas.publico()
    oculto = fabricas.publico(titulo="Secreto zarzuplex", acceso="reservado")
    Relacion.objects.create(origen=oculto, destino=publico, clase="fe_de_erratas_de")
    Relacion.objects.create(origen=publico, destino=oculto, clase="alcance_de")
    assert "zarzuplex" not in client.get(publico.get_absolute_url()).content.decode()


@pytest.mark.parametrize("estado", ["borrador", "en_revision", "autorizado", "retirado", "cancelado"])
def test_lo_que_no_esta_publicado_es_404(client, estado):
    assert client.get(fabricas.boletin(estado=estado).get_absolute_url()).status_code == 404


def test_el_embargo_se_abre_solo(client):
    item = fabricas.boletin(estado="programado", embargo_hasta=timezone.now() + timedelta(hours=1))
    assert client.get(item.get_absolute_url()).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert client.get(item.get_absolute_url()).status_code == 200


def test_lo_restringido_por_derechos_muestra_solo_titulo_fecha_resumen_y_enlace(client):
    item = fabricas.publico(
        titulo="Nota ajena", acceso="restringido_derechos", texto="Texto ajeno", resumen="De qué trata", url="https://ejemplo.mx/nota",
        autor="Autora Ajena", area=fabricas.area("Área que guarda"), temas=["Tema interno"],
    )  # fmt: skip
    pagina = client.get(item.get_absolute_url()).content.decode()
    assert all(visto in pagina for visto in ("Nota ajena", "De qué trata", "6 de mayo de 2026", "https://ejemplo.mx/nota"))
    assert not any(oculto in pagina for oculto in ("Texto ajeno", "Autora Ajena", "Área que guarda", "Tema interno"))
    assert client.get(f"{item.get_absolute_url()}pagina/1/").status_code == 404


def test_un_texto_largo_se_lee_por_partes(client):
    parrafo = "Una oración que llena el renglón con palabras. " * 20 + "\n"
    item = fabricas.publico(texto=parrafo * 40)
    assert item.partes > 3
    pagina = client.get(item.get_absolute_url()).content.decode()
    assert f"Seguir leyendo: parte 4 de {item.partes}" in pagina
    cuarta = client.get(f"{item.get_absolute_url()}pagina/4/").content.decode()
    assert "Una oración que llena" in cuarta
    assert f'href="{item.get_absolute_url()}pagina/3/" rel="prev"' in cuarta


def test_la_pagina_de_un_pdf_lleva_su_imagen_sus_marcas_y_su_texto(client, publicacion):
    asegurar()
    item = publicacion()
    poner_al_dia()
    pagina = client.get(f"{item.get_absolute_url()}pagina/2/", {"q": "rehabilitaciones"}).content.decode()
    assert "La <mark>rehabilitación</mark> del pozo 14" in pagina
    assert "/imagen/" in pagina
    assert "Página 2 de 3" in pagina
    assert 'rel="next"' in pagina


def test_los_rectangulos_caen_sobre_las_palabras(client, publicacion):
    asegurar()
    direccion = f"{publicacion().get_absolute_url()}pagina/1/"
    marcada = client.get(direccion, {"q": "pozo"}).content.decode()
    cajas = [tuple(map(int, c)) for c in re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>', marcada)]
    assert len(cajas) > 3
    assert all(0 < x < 1000 and 0 < y < 1000 and 10 < ancho < 100 and 3 < alto < 40 for x, y, ancho, alto in cajas)
    assert "<rect " not in client.get(direccion, {"q": "zarzuplex"}).content.decode()


def test_la_imagen_de_una_pagina_es_webp_y_se_revalida(client, publicacion):
    item = publicacion()
    sha = item.adjuntos.get().objeto.sha256
    respuesta = client.get(f"/elemento/{item.clave}/imagen/{sha}/1/", {"ancho": "320"})
    assert respuesta["Content-Type"] == "image/webp"
    assert b"".join(respuesta.streaming_content)[8:12] == b"WEBP"
    de_nuevo = client.get(f"/elemento/{item.clave}/imagen/{sha}/1/?ancho=320", headers={"if-none-match": respuesta["ETag"]})
    assert de_nuevo.status_code == 304


@pytest.mark.parametrize("cola", ["pagina/0/", "pagina/99/", "pagina/99999999999999999999/", "archivo/nada/", "imagen/nada/1/"])
def test_lo_que_el_elemento_no_tiene_es_404(client, publicacion, cola):
    assert client.get(f"{publicacion().get_absolute_url()}{cola}").status_code == 404


def test_el_mosaico_lleva_a_cada_pagina(client, publicacion):
    item = publicacion()
    pagina = client.get(item.get_absolute_url(), {"vista": "miniaturas"}).content.decode()
    assert [f"pagina/{n}/" in pagina for n in (1, 2, 3)] == [True] * 3


def test_el_boletin_se_descarga_en_pdf(client):
    item = fabricas.publico(titulo="Boletín impreso", texto="Cuerpo del boletín.")
    assert client.get(item.get_absolute_url()).content.decode().count(f"{item.get_absolute_url()}documento.pdf") == 2
    respuesta = client.get(f"{item.get_absolute_url()}documento.pdf")
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta.content.startswith(b"%PDF")
    assert (
        client.get(f"{fabricas.elemento('publicacion', estado='publicado').get_absolute_url()}documento.pdf").status_code == 404
    )


def test_un_archivo_mas_restringido_que_su_ficha_no_se_anuncia(client, publicacion):
    item = publicacion(acceso_del_archivo="interno", nombre="zarzuplex.pdf")
    sha = item.adjuntos.get().objeto.sha256
    pagina = client.get(item.get_absolute_url()).content.decode()
    assert "zarzuplex" not in pagina
    assert sha not in pagina
    for cola in (f"archivo/{sha}/", f"imagen/{sha}/1/", "pagina/1/", "miniatura/"):
        assert client.get(f"{item.get_absolute_url()}{cola}").status_code == 404


def test_las_consultas_de_una_pagina_no_crecen_con_el_documento(client, publicacion, django_assert_max_num_queries):
    item = publicacion()
    with django_assert_max_num_queries(14):
        elemento = client.get(item.get_absolute_url())
    with django_assert_max_num_queries(8):
        hoja = client.get(f"{item.get_absolute_url()}pagina/2/")
    assert (elemento.status_code, hoja.status_code) == (200, 200)
    assert item.titulo in elemento.content.decode()


def test_un_resumen_que_repite_un_balazo_no_se_dice_dos_veces(client):
    item = fabricas.boletin(estado="publicado", resumen="Habrá pipas", texto="Uno.", ficha={"balazos": ["Habrá pipas"]})
    pagina = client.get(item.get_absolute_url()).content.decode()
    assert pagina.count(">Habrá pipas<") == 1
