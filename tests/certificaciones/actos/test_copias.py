"""La orden `copias`: ensayar con nada configurado y decir de cualquier archivo si es una copia expedida aquí."""

import io
import json
import random

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.objetos.puerta import guardar
from certificaciones.actos.models import Certificacion
from tests import fabricas
from tests.certificaciones.actos.mundo import con_pdf, pdf

pytestmark = pytest.mark.django_db


def orden(*argumentos):
    """Lo que responde la orden y con qué código sale."""
    salida = io.StringIO()
    try:
        call_command("copias", *map(str, argumentos), "--json", stdout=salida)
    except SystemExit as fin:
        return json.loads(salida.getvalue()), fin.code
    return json.loads(salida.getvalue()), 0


@pytest.fixture
def ensayo(tmp_path):
    """Un ensayo de tres fojas: su respuesta y su archivo."""
    ruta = tmp_path / "copia.pdf"
    respuesta, codigo = orden("ensayo", "--elemento", con_pdf(3).clave, "--salida", ruta)
    assert codigo == 0
    return respuesta, ruta


def test_ensayo_con_nada_configurado(ensayo):
    respuesta, ruta = ensayo
    assert {"folio", "codigo", "fojas", "sha256", "ruta", "prueba", "segundos"} <= respuesta.keys()
    assert (respuesta["fojas"], respuesta["ruta"]) == (3, str(ruta))
    assert respuesta["folio"].startswith("ENSAYO/00001/")
    with pikepdf.open(ruta) as copia:
        assert len(copia.pages) > 3
    veredicto, codigo = orden("verificar", ruta, "--prueba", respuesta["prueba"])
    assert (veredicto["resultado"], veredicto["ensayo"], veredicto["folio"], codigo) == ("vigente", True, respuesta["folio"], 0)


def test_un_byte_cambiado_o_agregado_se_nota(ensayo, tmp_path):
    respuesta, ruta = ensayo
    original, azar, otra = ruta.read_bytes(), random.Random(7), tmp_path / "otra.pdf"
    for lugar in [azar.randrange(200, len(original) - 200) for _ in range(6)]:
        cambiado = bytearray(original)
        cambiado[lugar] ^= 1 << azar.randrange(8)
        otra.write_bytes(cambiado)
        veredicto, codigo = orden("verificar", otra)
        assert (veredicto["resultado"] in {"alterada", "desconocida"}, codigo) == (True, 1)
    otra.write_bytes(original + b"\n%%EOF\n")
    veredicto, codigo = orden("verificar", otra)
    assert (veredicto["resultado"], veredicto["folio"], codigo) == ("alterada", respuesta["folio"], 1)


@pytest.mark.parametrize(
    "contenido",
    [b"", b"%PDF-1.7\n", b"\x00" * 5000, b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>", pdf(2)],
)
def test_lo_ajeno_y_lo_hostil_es_desconocido(contenido, tmp_path):
    ajeno = tmp_path / "ajeno.pdf"
    ajeno.write_bytes(contenido)
    veredicto, codigo = orden("verificar", ajeno)
    assert (veredicto["resultado"], veredicto["folio"], codigo) == ("desconocida", None, 1)


def test_una_prueba_de_otra_copia_no_sirve(ensayo, tmp_path):
    _, ruta = ensayo
    otra = tmp_path / "otra.pdf"
    segunda, _ = orden("ensayo", "--elemento", con_pdf(1).clave, "--salida", otra)
    veredicto, codigo = orden("verificar", ruta, "--prueba", segunda["prueba"])
    assert (veredicto["resultado"], codigo) == ("alterada", 1)
    assert "no de este archivo" in veredicto["motivos"][0]


def test_una_fila_cambiada_por_fuera_se_nota(ensayo, tmp_path):
    _, ruta = ensayo
    falsa = tmp_path / "falsa.pdf"
    falsa.write_bytes(ruta.read_bytes() + b"%otra\n")
    objeto = guardar(falsa)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER certificacion_fija")
        cursor.execute("UPDATE actos_certificacion SET sha256 = %s, objeto_id = %s", [objeto.sha256, objeto.pk])
    veredicto, codigo = orden("verificar", falsa)
    assert (veredicto["resultado"], codigo) == ("alterada", 1)
    assert "la base de datos fue alterada" in " ".join(veredicto["motivos"])


def test_ensayo_de_un_texto_sin_archivo_y_de_unas_paginas(tmp_path):
    boletin = fabricas.publico(texto="Jornada de salud.\n\nArranca el lunes en la plaza.")
    respuesta, _ = orden("ensayo", "--elemento", boletin.clave, "--salida", tmp_path / "texto.pdf")
    assert respuesta["fojas"] == 1
    parte, _ = orden("ensayo", "--elemento", con_pdf(9).clave, "--paginas", "2-4, 7", "--salida", tmp_path / "parte.pdf")
    assert parte["fojas"] == 4
    assert Certificacion.objects.get(folio=parte["folio"]).documentos.get().paginas == [2, 3, 4, 7]


@pytest.mark.parametrize(
    ("paginas", "frase"), [("0-3", "No se entiende"), ("tres", "No se entiende"), ("5-2", "No se entiende"), ("1,1", "repetidas")]
)
def test_paginas_que_no_se_entienden(paginas, frase, tmp_path):
    with pytest.raises(CommandError, match=frase) as error:
        call_command(
            "copias", "ensayo", "--elemento", con_pdf(2).clave, "--paginas", paginas, "--salida", str(tmp_path / "x.pdf")
        )
    assert error.value.returncode == 2


def test_lo_que_no_sirve_sale_con_su_codigo(tmp_path):
    for argumentos, codigo in (
        (("ensayo", "--elemento", "noexiste", "--salida", tmp_path / "x.pdf"), 2),
        (("ensayo", "--elemento", con_pdf(1).clave, "--salida", tmp_path / "no" / "x.pdf"), 2),
        (("ensayo", "--elemento", con_pdf(2).clave, "--paginas", "3", "--salida", tmp_path / "x.pdf"), 1),
        (("verificar", tmp_path / "no-esta.pdf"), 2),
    ):
        with pytest.raises(CommandError) as error:
            call_command("copias", *map(str, argumentos))
        assert error.value.returncode == codigo
    assert not Certificacion.objects.expedidas().exists()


def test_una_copia_de_una_copia_dice_que_firmas_traia(ensayo, tmp_path):
    _, ruta = ensayo
    item = fabricas.publico()
    adjuntar(item, AdjuntoNuevo(guardar(ruta, mime="application/pdf", paginas=5), "copia.pdf"), None)
    respuesta, _ = orden("ensayo", "--elemento", item.clave, "--salida", tmp_path / "segunda.pdf")
    dictamen = Certificacion.objects.get(folio=respuesta["folio"]).documentos.get().dictamen
    assert "MARÍA ÑÚÑEZ DE ENSAYO" in dictamen
