"""La página pública de cada tipo, lo que calla cuando el texto es de terceros y lo que dice a las máquinas."""

import json
import re

import pytest

from archivo.catalogo.puerta import Autoridad, Mencion, RelacionNueva, relacionar, tipo_de, todos_los_tipos
from archivo.indexacion.puerta import asegurar
from tests import fabricas

pytestmark = pytest.mark.django_db


def publicado(tipo, **campos):
    ficha = dict(tipo_de(tipo).ficha.ejemplo) | campos.pop("ficha", {})
    return fabricas.elemento(tipo, estado="publicado", ficha=ficha, **campos)


def pagina(client, item):
    respuesta = client.get(item.get_absolute_url())
    assert respuesta.status_code == 200
    return respuesta.content.decode()


@pytest.mark.parametrize("tipo", todos_los_tipos(), ids=lambda t: t.codigo)
def test_cada_tipo_tiene_su_pagina_y_su_json_ld(client, tipo):
    asegurar()
    html = pagina(client, publicado(tipo.codigo, titulo='El título </script> "raro"'))
    datos = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert (datos["@type"], datos["name"]) == (tipo.esquema_org, 'El título </script> "raro"')


def test_un_recorte_restringido_dice_donde_salio_y_calla_su_texto(client):
    medio = Autoridad.objects.create(clase="medio", nombre="El Pregón")
    ficha = {"transcripcion": "palabra secreta", "transcripcion_estado": "revisada", "valoracion": "negativa"}
    item = publicado(
        "recorte", acceso="restringido_derechos", medio=medio, autor="Redacción", resumen="Resumen propio.", ficha=ficha
    )
    html = pagina(client, item)
    for dicho in ("El Pregón", "Ciudad", "pág. A3", "Redacción", "Resumen propio."):
        assert dicho in html
    for callado in ("palabra secreta", "egativa"):
        assert callado not in html


def test_la_oficina_si_ve_la_valoracion(client):
    client.force_login(fabricas.persona("monitoreo"))
    assert "Negativa" in pagina(client, publicado("recorte", ficha={"valoracion": "negativa"}))


def test_un_audiovisual_restringido_no_dice_su_pie_ni_quien_lo_tomo(client):
    html = pagina(client, publicado("audiovisual", acceso="restringido_derechos"))
    assert "Recorrido por la obra" not in html and "Área de Audiovisual" not in html


def test_la_transcripcion_separa_el_tiempo_de_lo_dicho(client):
    html = pagina(client, publicado("audiovisual", ficha={"transcripcion": "2:05 Buenos días\nSin tiempo"}))
    assert "<li><b>2:05</b><p>Buenos días</p></li><li><b></b><p>Sin tiempo</p></li>" in html


def test_las_relaciones_se_ven_en_los_dos_extremos_y_solo_lo_visible(client):
    boletin = fabricas.publico(titulo="Arranca la jornada")
    notas = [publicado("recorte", titulo=f"Nota {n}") for n in range(3)]
    oculta = fabricas.elemento("recorte", titulo="Nota oculta", estado="borrador")
    for nota in [*notas, oculta]:
        relacionar(nota, RelacionNueva(boletin, "cobertura_de"), None)
    relacionar(notas[1], RelacionNueva(notas[0], "nota_madre"), None)
    html = pagina(client, boletin)
    assert "Impacto en medios" in html and "3 impactos" in html and "2 notas únicas" in html
    assert "Nota oculta" not in html
    assert "Publicó el boletín" in pagina(client, notas[0]) and "También publicada en" in pagina(client, notas[0])


def test_un_evento_muestra_todo_lo_que_produjo(client):
    evento = publicado("evento", titulo="Entrega del pozo 14", ficha={"presidium": ["Titular de Obras"]})
    for tipo in ("boletin", "audiovisual", "recorte"):
        relacionar(publicado(tipo, titulo=f"Salió un {tipo}"), RelacionNueva(evento, "producido_en"), None)
    html = pagina(client, evento)
    assert all(f"Salió un {tipo}" in html for tipo in ("boletin", "audiovisual", "recorte"))
    assert "Titular de Obras" in html and "20 de noviembre de 2026, a las 10:00 h, hasta las 12:00 h" in html


def test_una_sintesis_muestra_sus_secciones_en_orden(client):
    sintesis = fabricas.elemento("sintesis", ficha=dict(tipo_de("sintesis").ficha.ejemplo))
    for orden, (seccion, titulo) in enumerate([("cartones", "El cartón"), ("ocho_columnas", "La principal")]):
        nota = publicado("recorte", titulo=titulo, resumen=f"De {titulo}")
        relacionar(sintesis, RelacionNueva(nota, "incluye", grupo=seccion, orden=orden), None)
    type(sintesis).objects.filter(pk=sintesis.pk).update(estado="publicado")
    html = pagina(client, sintesis)
    assert html.index("Ocho columnas") < html.index("La principal") < html.index("El cartón")


def test_las_personas_y_lugares_que_nombra_se_enlazan(client):
    item = publicado("audiovisual")
    for clase, nombre, papel in (("persona", "Ana Ruiz", "retratada"), ("lugar", "La Noria", "lugar")):
        Mencion.objects.create(item=item, autoridad=Autoridad.objects.create(clase=clase, nombre=nombre), papel=papel)
    html = pagina(client, item)
    assert re.search(r"<a [^>]*>Ana Ruiz</a>", html) and re.search(r"<a [^>]*>La Noria</a>", html)
