"""La consulta de una copia en papel: con el segundo código por formulario, con freno, con marca, y fichas de lo que no se muestra."""

import io

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from PIL import Image

from archivo.catalogo.models import Adjunto
from certificaciones.actos.codigos import huella_del_segundo
from certificaciones.consulta.frenos import SEGUNDOS_POR_COPIA
from tests.certificaciones.consulta.fabricas import copia
from tests.fabricas import publico

pytestmark = pytest.mark.django_db
SEGUNDO = "4T7K9QWM2X"


@pytest.fixture(autouse=True)
def sin_intentos():
    cache.clear()


def de_papel(**campos):
    campos = {"consulta": "doble_codigo", "segundo_codigo": huella_del_segundo(SEGUNDO)} | campos
    return copia(**campos)


def direccion(acto, numero=None):
    return (
        reverse("consulta:fojas", args=[acto.codigo]) if numero is None else reverse("consulta:foja", args=[acto.codigo, numero])
    )


def entrar(client, acto, segundo=SEGUNDO):
    return client.post(direccion(acto), {"segundo": segundo}, follow=True)


def test_con_el_segundo_codigo_se_ven_las_fojas_y_sin_el_no(client):
    acto = de_papel()
    assert "Ver las fojas de su copia" in client.get(direccion(acto)).content.decode()
    assert client.get(direccion(acto, 1)).status_code == 404
    respuesta = entrar(client, acto, "4t7k-9qwm-2x")
    assert respuesta.redirect_chain[-1][0].endswith("/fojas/")
    assert "Compare estas fojas" in respuesta.content.decode()
    imagen = client.get(direccion(acto, 1))
    assert (imagen.status_code, imagen["Content-Type"], imagen["X-Robots-Tag"]) == (200, "image/jpeg", "noindex, nofollow")
    assert Image.open(io.BytesIO(imagen.content)).width == 850


def test_la_imagen_lleva_marca(client):
    acto = de_papel()
    entrar(client, acto)
    hoja = Image.open(io.BytesIO(client.get(direccion(acto, 1)).content)).convert("RGB")
    rojos = sum(1 for r, g, _ in hoja.get_flattened_data() if r > g + 12)
    assert rojos > 2000, "una hoja en blanco sólo tiene el rojo de la marca"


def test_el_segundo_codigo_no_queda_en_ninguna_direccion_ni_galleta(client, caplog):
    acto = de_papel()
    respuesta = entrar(client, acto)
    assert SEGUNDO not in str(respuesta.redirect_chain)
    assert SEGUNDO not in respuesta.content.decode()
    galleta = client.cookies["fojas"]
    assert SEGUNDO not in galleta.value
    assert acto.codigo not in galleta.value
    assert (galleta["httponly"], galleta["samesite"], galleta["max-age"]) == (True, "Strict", 1800)
    assert SEGUNDO not in caplog.text
    assert client.get(direccion(acto), {"segundo": SEGUNDO}).status_code == 200
    assert "Compare" not in Client().get(direccion(acto), {"segundo": SEGUNDO}).content.decode()


def test_quien_prueba_segundos_codigos_se_detiene_aunque_cambie_de_red(client):
    acto = de_papel()
    for n in range(SEGUNDOS_POR_COPIA.tope):
        respuesta = Client(REMOTE_ADDR=f"10.0.0.{n}").post(direccion(acto), {"segundo": "0000000000"})
        assert respuesta.status_code == 403
        assert "no es el de esta copia" in respuesta.content.decode()
    assert entrar(client, acto).status_code == 429


def test_el_permiso_de_una_copia_no_sirve_para_otra(client):
    una, otra = de_papel(), de_papel()
    entrar(client, una)
    permiso = client.cookies["fojas"].value
    ajeno = Client()
    ajeno.cookies["fojas"] = permiso
    assert ajeno.get(direccion(una, 1)).status_code == 200
    assert ajeno.get(direccion(otra, 1)).status_code == 404
    ajeno.cookies["fojas"] = permiso[:-2]
    assert ajeno.get(direccion(una, 1)).status_code == 404


def test_si_quien_certifico_no_lo_permitio_no_existe(client):
    acto = copia()
    assert client.get(direccion(acto)).status_code == 404
    assert client.post(direccion(acto), {"segundo": ""}).status_code == 404
    assert "Ver las fojas" not in client.get(reverse("consulta:copia", args=[acto.codigo])).content.decode()


def test_la_publica_se_ve_sin_codigo_pero_nunca_su_hoja_de_certificacion(client):
    acto = copia(consulta="publica")
    texto = client.get(direccion(acto)).content.decode()
    assert texto.count("<img") == 2
    assert client.get(direccion(acto, 1)).status_code == 200
    assert client.get(direccion(acto, 3)).status_code == 404


@pytest.mark.parametrize(
    ("consulta", "acceso"),
    [("publica", "interno"), ("publica", "reservado"), ("doble_codigo", "reservado"), ("doble_codigo", "confidencial")],
)
def test_de_lo_que_no_se_muestra_hay_ficha_de_cotejo_y_ninguna_imagen(client, consulta, acceso):
    acto = de_papel(consulta=consulta, item=publico(titulo="Canario", acceso=acceso))
    texto = entrar(client, acto).content.decode() if consulta == "doble_codigo" else client.get(direccion(acto)).content.decode()
    assert "Ficha de cotejo" in texto
    assert "<img" not in texto.split("<main")[1]
    assert "Canario" not in texto
    assert client.get(direccion(acto, 1)).status_code == 404


def test_lo_interno_lo_ve_quien_tiene_el_papel(client):
    acto = de_papel(item=publico(acceso="interno"))
    entrar(client, acto)
    assert client.get(direccion(acto, 1)).status_code == 200


def test_si_no_se_sabe_de_quien_es_cada_pagina_ninguna_de_lo_reservado_se_muestra(client):
    acto = de_papel(item=publico(acceso="reservado"), papel="carta")
    entrar(client, acto)
    assert client.get(direccion(acto, 2)).status_code == 404


def test_muchas_fojas_van_por_tramos(client):
    acto = copia(consulta="publica", fojas=30)
    primera = client.get(direccion(acto)).content.decode().split("<main")[1]
    assert primera.count("<img") == 12
    assert "Foja 12 de 30" in primera
    assert "?desde=13" in primera
    ultima = client.get(direccion(acto), {"desde": "25"}).content.decode().split("<main")[1]
    assert ultima.count("<img") == 6
    assert "Siguientes" not in ultima
    assert client.get(direccion(acto), {"desde": "x"}).status_code == 200


@pytest.mark.parametrize("consulta", ["doble_codigo", "publica"])
def test_un_archivo_reservado_de_un_documento_publico_no_se_muestra(client, consulta):
    acto = de_papel(consulta=consulta)
    documento = acto.documentos.select_related("item").get()
    adjunto = Adjunto.objects.create(item=documento.item, objeto_id=documento.objeto_id, rol="documento", nombre="anexo.pdf")
    Adjunto.objects.filter(pk=adjunto.pk).update(acceso="reservado", acceso_efectivo="reservado")
    entrar(client, acto)
    assert client.get(direccion(acto, 1)).status_code == 404
    assert documento.sha256 not in client.get(reverse("consulta:copia", args=[acto.codigo])).content.decode()
