"""La página de verificación: los trece elementos, sus estados, y nada de lo que no debe decir."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from archivo.objetos.puerta import ruta_local
from certificaciones.consulta.frenos import CODIGOS
from certificaciones.registro.puerta import llave_publica
from tests.certificaciones.actos.fabricas import libro
from tests.certificaciones.consulta.fabricas import cancelar, copia, sustituir
from tests.fabricas import publico
from verificador.__main__ import main
from verificador.prueba import leer_prueba

pytestmark = pytest.mark.django_db
PRIVADO = ("Rosalía", "Canaria", "SECRETO-9", "alimentos")


@pytest.fixture(autouse=True)
def sin_intentos():
    cache.clear()


def pagina(client, acto, status=200):
    respuesta = client.get(reverse("consulta:copia", args=[acto.codigo]))
    assert respuesta.status_code == status
    return respuesta.content.decode()


def test_una_vigente_dice_los_trece_elementos(client):
    acto = copia()
    texto = pagina(client, acto)
    for dicho in (
        "VIGENTE", acto.folio, "Original con firma autógrafa", acto.documentos.get().titulo, "AE/2S/2S.3/0142/2026", "2 (dos fojas útiles)",
        "Alcaldía Ejemplo", "Mtra. Eloísa Ejemplo Tamariz", "Directora de Archivo y Certificación", "AD/003/2026", acto.sha256[:4],
        "||1.0|", "Autógrafa", "Compare su archivo", "acredita la existencia del registro; no sustituye a la copia certificada",
        "Consultada el", "sello de tiempo",
    ):  # fmt: skip
        assert dicho in texto, dicho
    assert acto.documentos.get().sha256[:4] in texto


def test_no_dice_quien_la_pidio_ni_para_que(client):
    acto = copia()
    cancelar(acto, motivo="La pidió Rosalía Canaria Prueba y no pagó.")
    texto = pagina(client, acto)
    assert "CANCELADA" in texto
    assert not [dato for dato in PRIVADO if dato in texto]


def test_de_lo_que_nadie_puede_ver_no_dice_titulo_ni_huella(client):
    acto = copia(item=publico(titulo="Canario reservado", acceso="reservado"))
    texto = pagina(client, acto)
    assert "Canario" not in texto
    assert "no está abierto al público" in texto
    assert "Huella del original" not in texto


def test_de_una_version_publica_no_dice_la_huella_del_original(client):
    assert "Huella del original" not in pagina(client, copia(version_publica=True))


def test_cancelada_y_sustituida_siguen_en_200_y_llevan_a_la_otra(client):
    vieja = copia()
    nueva = sustituir(vieja)
    texto = pagina(client, vieja)
    assert "SUSTITUIDA" in texto
    assert nueva.folio in texto
    assert vieja.folio in pagina(client, nueva)
    cancelar(vieja)
    texto = pagina(client, vieja)
    assert f"CANCELADA — sustituida por {nueva.folio}" in texto
    assert "error de fojas" in texto


def test_un_ensayo_dice_sin_validez(client):
    texto = pagina(client, copia(libro(prefijo="ENSAYO", registro="ensayos"), firma_tipo="ensayo"))
    assert "SIN VALIDEZ" in texto
    assert "VIGENTE" not in texto


@pytest.mark.parametrize("escrito", ["{}", "{} ", "con-guiones", "minusculas", "/VERIFICAR/{}/"])
def test_el_codigo_se_lee_como_se_escriba(client, escrito):
    acto = copia()
    codigo = acto.codigo
    grupos = "-".join(codigo[i : i + 4] for i in range(0, 16, 4))
    codigo = {"con-guiones": grupos, "minusculas": codigo.lower().replace("0", "o")}.get(escrito, escrito.format(codigo))
    direccion = codigo if codigo.startswith("/") else f"/verificar/{codigo}/"
    assert client.get(direccion).status_code == 200


def test_el_formulario_lleva_a_la_pagina_del_codigo(client):
    acto = copia()
    respuesta = client.get("/verificar/", {"codigo": acto.codigo}, follow=True)
    assert "VIGENTE" in respuesta.content.decode()
    assert client.get("/verificar/").status_code == 200


@pytest.mark.parametrize("codigo", ["ZZZZZZZZZZZZZZZZ", "1", "no!existe", "x" * 500, "ñ", "0000-0000-0000-0000"])
def test_uno_que_no_existe_es_un_404_que_lo_dice(client, codigo):
    copia()
    respuesta = client.get(reverse("consulta:copia", args=[codigo]))
    assert respuesta.status_code == 404
    assert "No existe registro con ese código" in respuesta.content.decode()


def test_un_borrador_no_se_consulta_ni_con_codigo_vacio(client):
    copia()
    assert client.get("/verificar/-/").status_code == 404


def test_quien_prueba_codigos_se_detiene(client):
    acto = copia()
    for _ in range(CODIGOS.tope):
        assert client.get("/verificar/ZZZZZZZZZZZZZZZZ/").status_code == 404
    respuesta = client.get("/verificar/ZZZZZZZZZZZZZZZZ/")
    assert (respuesta.status_code, respuesta["Retry-After"]) == (429, "900")
    assert client.get(reverse("consulta:copia", args=[acto.codigo])).status_code == 429
    assert client.get("/verificar/", {"huella": "0" * 64}).status_code == 429
    assert Client(REMOTE_ADDR="10.9.9.9").get(reverse("consulta:copia", args=[acto.codigo])).status_code == 200


def test_ningun_buscador_la_guarda_ni_el_navegador(client):
    respuesta = client.get(reverse("consulta:copia", args=[copia().codigo]))
    assert respuesta["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in respuesta["Cache-Control"]
    assert respuesta["Referrer-Policy"] == "same-origin"
    assert "noindex" in respuesta.content.decode()


def test_una_huella_dice_folio_y_estado_y_nada_mas(client):
    acto = copia()
    texto = client.get("/verificar/", {"huella": acto.sha256.upper()}).content.decode()
    assert acto.folio in texto
    assert "<strong>vigente</strong>" in texto
    assert acto.codigo not in texto
    assert acto.documentos.get().titulo not in texto
    cancelar(acto)
    assert "<strong>cancelada</strong>" in client.get("/verificar/", {"huella": acto.sha256}).content.decode()
    assert client.get("/verificar/", {"huella": "0" * 64}).status_code == 404
    assert client.get("/verificar/", {"huella": "corta"}).status_code == 404


def test_la_prueba_se_lleva_y_se_comprueba_sin_red(client, tmp_path, capsys):
    acto = copia()
    prueba = client.get(reverse("consulta:prueba", args=[acto.codigo]))
    llave = client.get(reverse("consulta:llave", args=[acto.codigo]))
    assert prueba["Content-Disposition"] == f'attachment; filename="{acto.folio.replace("/", "-")}.prueba"'
    assert llave.content.decode().strip() == llave_publica("expedidas")
    assert leer_prueba(prueba.content.decode()).datos()["folio"] == acto.folio
    assert not [dato for dato in (*PRIVADO, acto.codigo) if dato.encode() in prueba.content]
    for nombre, bytes_ in (("c.pdf", ruta_local(acto.objeto).read_bytes()), ("p", prueba.content), ("k", llave.content)):
        (tmp_path / nombre).write_bytes(bytes_)
    argumentos = [str(tmp_path / "c.pdf"), "--prueba", str(tmp_path / "p"), "--llave", str(tmp_path / "k"), "--json"]
    assert main(argumentos) == 0
    assert json.loads(capsys.readouterr().out)["folio"] == acto.folio
    (tmp_path / "c.pdf").write_bytes((tmp_path / "c.pdf").read_bytes() + b" ")
    assert main(argumentos) == 1


def test_la_pagina_hace_las_mismas_pocas_consultas_con_historia_o_sin_ella(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    una, otra = copia(), copia()
    for _ in range(5):
        cancelar(copia())
    cancelar(otra)
    pagina(client, una)
    with django_assert_max_num_queries(9) as contadas:
        pagina(client, una)
    with django_assert_num_queries(len(contadas)):
        assert "CANCELADA" in pagina(client, otra)
