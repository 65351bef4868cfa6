"""Audio y video: se abren de verdad, lo dañado se aparta, y de una foto se lee lo que dice de sí."""

import io

import pytest
from PIL import Image

from archivo.catalogo.puerta import Adjunto
from archivo.ingesta.lectores.toma import _texto
from archivo.ingesta.puerta import Pedido, procesar, recibir
from archivo.objetos.puerta import copia_de_difusion, imagen_de_pagina
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db


def ingresar(contenido, nombre, tipo="audiovisual", **pedido):
    return procesar(recibir(io.BytesIO(contenido), nombre, Pedido(tipo=tipo, **pedido)).pk)


@pytest.mark.parametrize(
    ("formato", "con_video", "clase"), [("wav", False, "audio"), ("ogg", False, "audio"), ("mp4", True, "video")]
)
def test_una_grabacion_entra_con_su_clase_y_su_duracion(formato, con_video, clase):
    ingreso = ingresar(fabrica.grabacion(formato, 2.0, con_video=con_video), f"toma.{formato}")
    assert ingreso.estado == "aceptado", ingreso.motivo
    ficha = ingreso.item.ficha
    assert (ficha["clase"], ficha["duracion"]) == (clase, "00:00:02")
    datos = Adjunto.objects.get().datos
    assert {p["clase"] for p in datos["pistas"]} == ({"audio", "video"} if con_video else {"audio"})


def test_un_video_tiene_cuadro_de_presentacion():
    ingreso = ingresar(fabrica.grabacion("mp4", 2.0, con_video=True), "toma.mp4")
    with Image.open(imagen_de_pagina(ingreso.objeto, 1, 320)) as cuadro:
        assert cuadro.size == (64, 48)


@pytest.mark.parametrize("corte", [60, 200])
def test_una_grabacion_cortada_va_a_cuarentena(corte):
    ingreso = ingresar(fabrica.grabacion("mp4", 1.0, con_video=True)[:corte], "toma.mp4")
    assert ingreso.estado == "cuarentena" and "otra copia" in ingreso.motivo


def test_el_testigo_de_radio_es_de_un_recorte_y_una_publicacion_no_recibe_audio():
    assert ingresar(fabrica.grabacion("ogg"), "nota.ogg", tipo="recorte").estado == "aceptado"
    rechazado = ingresar(fabrica.grabacion("wav"), "nota.wav", tipo="publicacion")
    assert rechazado.estado == "rechazado" and "no recibe este formato" in rechazado.motivo


def foto(**exif):
    imagen, datos = Image.new("RGB", (64, 48), "navy"), Image.Exif()
    datos[0x010E], datos[0x013B] = "Jornada de vacunas", "Ana Ruiz"
    datos.get_ifd(0x8769)[0x9003] = exif.get("fecha", "2026:03:14 10:20:30")
    datos.get_ifd(0x8825)[1] = "N"
    salida = io.BytesIO()
    imagen.save(salida, "JPEG", exif=datos)
    return salida.getvalue()


def test_lo_que_la_foto_dice_de_si_es_una_sugerencia_por_verificar():
    ingreso = ingresar(foto(), "DSC_0001.jpg")
    item = ingreso.item
    assert str(item.fecha) == "2026-03-14" and "fecha_por_verificar" in item.pendientes
    assert item.ficha["pie"] == "Jornada de vacunas" and item.ficha["autor_captura"] == "Ana Ruiz"
    assert Adjunto.objects.get().datos["con_posicion"] is True
    assert item.estado == "borrador"


def test_una_fecha_de_camara_imposible_no_estorba():
    ingreso = ingresar(foto(fecha="0000:00:00 00:00:00"), "DSC_0002.jpg")
    assert ingreso.estado == "aceptado" and ingreso.item.fecha is None


def test_la_copia_de_difusion_mide_lo_mismo_y_no_dice_donde_se_tomo():
    objeto = ingresar(foto(), "DSC_0003.jpg").objeto
    with Image.open(copia_de_difusion(objeto)) as copia:
        assert copia.size == (64, 48) and not copia.getexif() and copia.format == "JPEG"


@pytest.mark.parametrize("crudo", ["Iztapalapa, México", "Iztapalapa, México".encode(), "Iztapalapa, México".encode("cp1252")])
def test_los_acentos_de_una_foto_se_leen_en_cualquier_codificacion(crudo):
    como_lo_da_pillow = crudo if isinstance(crudo, str) else crudo.decode("latin-1")
    assert _texto(crudo) == _texto(como_lo_da_pillow) == "Iztapalapa, México"
    assert _texto("日本") == "日本"
