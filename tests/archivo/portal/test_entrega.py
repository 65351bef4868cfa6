"""Descargas por HTTP: rangos, nombres, condiciones y encierro."""

import hashlib

import pytest

from archivo.portal.entrega import RangoInsatisfacible, disposicion, leer_rango

pytestmark = pytest.mark.django_db


@pytest.fixture
def direccion(publicacion, pdf):
    """La dirección del archivo de una publicación pública."""
    return f"/elemento/{publicacion().clave}/archivo/{hashlib.sha256(pdf).hexdigest()}/"


def contenido(respuesta):
    return b"".join(respuesta.streaming_content)


def test_se_entrega_entero_y_encerrado(client, direccion, pdf):
    respuesta = client.get(direccion)
    assert respuesta.status_code == 200
    assert contenido(respuesta) == pdf
    assert respuesta["Content-Length"] == str(len(pdf))
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in respuesta["Content-Security-Policy"]
    assert respuesta["Accept-Ranges"] == "bytes"
    assert respuesta["Content-Disposition"].startswith('attachment; filename="plan agua.pdf"; filename*=UTF-8')


@pytest.mark.parametrize(
    ("rango", "desde", "hasta"),
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=5-", 5, None), ("bytes=-7", -7, None), ("bytes=3-99999999", 3, None)],
)
def test_un_rango_da_esos_bytes(client, direccion, pdf, rango, desde, hasta):
    respuesta = client.get(direccion, headers={"range": rango})
    esperado = pdf[desde:] if hasta is None else pdf[desde : hasta + 1]
    primero = desde if desde >= 0 else len(pdf) + desde
    assert respuesta.status_code == 206
    assert contenido(respuesta) == esperado
    assert respuesta["Content-Range"] == f"bytes {primero}-{primero + len(esperado) - 1}/{len(pdf)}"
    assert respuesta["Content-Length"] == str(len(esperado))


@pytest.mark.parametrize(
    "rango", ["bytes=5-2", "bytes=-", "bytes=a-b", "lineas=0-1", "bytes=0-1,3-4", "bytes=0-1,-2", "0-1", "bytes=١-٢"]
)
def test_un_rango_ilegible_o_multiple_da_todo(client, direccion, pdf, rango):
    respuesta = client.get(direccion, headers={"range": rango})
    assert respuesta.status_code == 200
    assert contenido(respuesta) == pdf


@pytest.mark.parametrize("rango", ["bytes=-0", "bytes=99999999-", "bytes=99999999-100000000"])
def test_un_rango_fuera_del_archivo_es_416(client, direccion, pdf, rango):
    respuesta = client.get(direccion, headers={"range": rango})
    assert respuesta.status_code == 416
    assert respuesta["Content-Range"] == f"bytes */{len(pdf)}"


def test_mil_rangos_no_multiplican_la_respuesta(client, direccion, pdf):
    respuesta = client.get(direccion, headers={"range": "bytes=" + ",".join(["0-"] * 1000)})
    assert respuesta.status_code == 200
    assert len(contenido(respuesta)) == len(pdf)


def test_lo_que_no_cambio_no_se_manda_otra_vez(client, direccion):
    etag = client.get(direccion)["ETag"]
    repetida = client.get(direccion, headers={"if-none-match": f'"otro", {etag}'})
    assert repetida.status_code == 304
    assert repetida["ETag"] == etag


def test_si_el_archivo_es_otro_el_rango_no_vale(client, direccion, pdf):
    respuesta = client.get(direccion, headers={"range": "bytes=0-3", "if-range": '"otro"'})
    assert respuesta.status_code == 200
    assert contenido(respuesta) == pdf
    etag = respuesta["ETag"]
    assert client.get(direccion, headers={"range": "bytes=0-3", "if-range": etag}).status_code == 206


def test_head_dice_lo_mismo_sin_cuerpo(client, direccion, pdf):
    respuesta = client.head(direccion)
    assert respuesta.status_code == 200
    assert respuesta["Content-Length"] == str(len(pdf))
    assert contenido(respuesta) == b""


def test_un_archivo_vacio_no_tiene_rangos():
    with pytest.raises(RangoInsatisfacible):
        leer_rango("bytes=-5", 0)
    with pytest.raises(RangoInsatisfacible):
        leer_rango("bytes=0-", 0)


@pytest.mark.parametrize(
    ("nombre", "llano"),
    [
        ("acta.pdf", 'filename="acta.pdf"'),
        ('a"b\r\nSet-Cookie: x=1.pdf', 'filename="a\'bSet-Cookie: x=1.pdf"'),
        ("../../etc/passwd", 'filename="-..-etc-passwd"'),
        ("\u202egnp.exe", 'filename="gnp.exe"'),
        ("ñandú 100%.pdf", 'filename="nandu 100_.pdf"'),
        ("", 'filename="archivo"'),
        ("日本.pdf", 'filename="archivo.pdf"'),
    ],
)
def test_los_nombres_no_rompen_la_cabecera(nombre, llano):
    hecha = disposicion(nombre)
    assert llano in hecha
    assert "\r" not in hecha
    assert "\n" not in hecha
    assert len(disposicion("x" * 5000 + ".pdf")) < 500


def test_un_metodo_que_escribe_no_se_admite(client, direccion):
    assert client.post(direccion).status_code == 405
