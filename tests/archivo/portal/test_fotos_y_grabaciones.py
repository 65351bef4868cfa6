"""Lo que el público recibe de una foto y de una grabación."""

import io

import pytest
from PIL import Image

from archivo.ingesta.puerta import Pedido, procesar, recibir
from tests.fabricas import elemento, persona
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db


def con_archivo(contenido, nombre, rol="original"):
    item = elemento("audiovisual", estado="publicado", titulo="Jornada", ficha={"clase": "fotografia", "pie": "Un pie"})
    ingreso = procesar(recibir(io.BytesIO(contenido), nombre, Pedido(tipo="audiovisual", destino=item, rol=rol)).pk)
    assert ingreso.estado == "aceptado", ingreso.motivo
    return f"/elemento/{item.clave}/", ingreso.objeto.sha256


def cuerpo(respuesta):
    return b"".join(respuesta.streaming_content)


def test_el_publico_recibe_la_foto_sin_posicion_y_la_oficina_el_original(client):
    original = fabrica.imagen("JPEG", con_posicion=True)
    pagina, sha256 = con_archivo(original, "DSC_0001.jpg")
    respuesta = client.get(f"{pagina}archivo/{sha256}/")
    entregado = cuerpo(respuesta)
    assert respuesta["Content-Type"] == "image/jpeg" and entregado != original
    with Image.open(io.BytesIO(entregado)) as copia:
        assert not copia.getexif()
    client.force_login(persona("fotografia_video"))
    assert cuerpo(client.get(f"{pagina}archivo/{sha256}/")) == original


def test_una_foto_sin_posicion_se_entrega_tal_cual(client):
    original = fabrica.imagen("PNG")
    pagina, sha256 = con_archivo(original, "plano.png")
    assert cuerpo(client.get(f"{pagina}archivo/{sha256}/")) == original


def test_un_audio_se_oye_en_la_pagina_y_se_puede_adelantar(client):
    original = fabrica.grabacion("ogg")
    pagina, sha256 = con_archivo(original, "nota.ogg")
    hoja = client.get(pagina)
    assert f'<source src="{pagina}archivo/{sha256}/" type="audio/ogg">' in hoja.content.decode()
    assert "media-src 'self'" in hoja["Content-Security-Policy"]
    trozo = client.get(f"{pagina}archivo/{sha256}/", headers={"Range": "bytes=0-99"})
    assert trozo.status_code == 206 and cuerpo(trozo) == original[:100]


def test_un_video_se_ve_en_la_pagina_con_su_cuadro(client):
    pagina, sha256 = con_archivo(fabrica.grabacion("mp4", con_video=True), "recorrido.mp4")
    hoja = client.get(pagina).content.decode()
    assert "<video controls" in hoja and f'poster="{pagina}' in hoja
    assert client.get(f"{pagina}imagen/{sha256}/1/?ancho=320")["Content-Type"] == "image/webp"
