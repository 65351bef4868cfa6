"""E19: una ciudadana escanea el QR, compara su PDF y uno con un byte cambiado; la certificadora cancela y sustituye; revisa el OIC."""

import json
import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from archivo.auditoria.disparadores import quitar
from archivo.objetos.puerta import ruta_local
from certificaciones.actos.codigos import huella_del_segundo
from certificaciones.actos.models import Certificacion
from certificaciones.consulta.remisiones import RemisionNueva, remitir
from tests.certificaciones.consulta.fabricas import cancelar, copia, sustituir

pytestmark = pytest.mark.django_db(transaction=True)
SEGUNDO = "4T7K9QWM2X"


@pytest.fixture(autouse=True)
def sin_intentos():
    cache.clear()


def pagina_de(acto):
    return reverse("consulta:copia", args=[acto.codigo])


def texto_de(ventana):
    return re.sub(r"\s+", " ", ventana.pagina.inner_text("main"))


@pytest.fixture
def pdf(tmp_path):
    """Una función que deja en disco el PDF de una copia; `cambiado` altera un byte."""

    def dejar(acto, *, cambiado=False):
        datos = bytearray(ruta_local(acto.objeto).read_bytes())
        if cambiado:
            datos[len(datos) // 2] ^= 1
        ruta = tmp_path / ("cambiada.pdf" if cambiado else "copia.pdf")
        ruta.write_bytes(datos)
        return str(ruta)

    return dejar


def test_e19_la_ciudadana_verifica_y_compara_sin_enviar_su_archivo(abrir, pdf):
    acto, ventana = copia(), abrir()
    enviados = []
    ventana.pagina.on("request", lambda r: r.method == "POST" and enviados.append(r.url))
    ventana.ir(f"/VERIFICAR/{acto.codigo}/")
    dicho = texto_de(ventana)
    assert "VIGENTE" in dicho
    assert "Rosalía" not in dicho
    ventana.pagina.set_input_files("#archivo", pdf(acto))
    ventana.pagina.wait_for_selector(".aviso--bien")
    assert "Coincide" in ventana.pagina.inner_text("[data-respuesta]")
    ventana.pagina.set_input_files("#archivo", pdf(acto, cambiado=True))
    ventana.pagina.wait_for_selector(".aviso--mal")
    assert "No coincide" in ventana.pagina.inner_text("[data-respuesta]")
    assert enviados == []
    assert ventana.faltas_de_accesibilidad() == []


def test_e19_cancelada_y_sustituida_sigue_en_200_y_lleva_a_la_otra(abrir):
    vieja = copia()
    cancelar(vieja, motivo="Un error en el número de fojas.")
    nueva, ventana = sustituir(vieja), abrir()
    respuesta = ventana.pagina.goto(f"{ventana.base}{pagina_de(vieja)}")
    assert respuesta.status == 200
    assert "CANCELADA" in texto_de(ventana)
    assert "error en el número de fojas" in texto_de(ventana)
    assert ventana.faltas_de_accesibilidad() == []
    ventana.pagina.click(f"text=Ver la copia que la sustituye: {nueva.folio}")
    assert "VIGENTE" in texto_de(ventana)
    assert nueva.folio in texto_de(ventana)


def test_e19_un_codigo_al_azar_es_un_404_y_el_formulario_se_usa_con_el_teclado(abrir):
    acto, ventana = copia(), abrir()
    ventana.ir("/verificar/")
    assert ventana.faltas_de_accesibilidad() == []
    ventana.pagina.focus("#codigo")
    ventana.pagina.keyboard.type("zzzz-zzzz-zzzz-zzzz")
    ventana.pagina.keyboard.press("Enter")
    ventana.pagina.wait_for_url("**/verificar/zzzz-zzzz-zzzz-zzzz/")
    assert "No existe registro con ese código" in texto_de(ventana)
    assert ventana.faltas_de_accesibilidad() == []
    ventana.pagina.focus("#codigo")
    ventana.pagina.keyboard.type(acto.codigo.lower())
    ventana.pagina.keyboard.press("Tab")
    ventana.pagina.keyboard.press("Enter")
    ventana.pagina.wait_for_selector(".dictamen")
    assert "VIGENTE" in texto_de(ventana)


@pytest.mark.parametrize(("ancho", "oscuro"), [(320, False), (1280, True)])
def test_sin_guion_y_en_pantallas_chicas_u_oscuras_se_lee_todo(abrir, ancho, oscuro):
    acto, ventana = copia(), abrir(ancho=ancho, oscuro=oscuro, con_guion=False)
    ventana.ir(pagina_de(acto))
    dicho = texto_de(ventana)
    assert "Este paso necesita JavaScript" in dicho
    assert "Datos técnicos de la firma" in dicho
    assert not ventana.pagina.is_visible("#archivo")
    ventana_con_guion = abrir(ancho=ancho, oscuro=oscuro)
    ventana_con_guion.ir(pagina_de(acto))
    assert not ventana_con_guion.desborda()
    assert ventana_con_guion.faltas_de_accesibilidad() == []


def test_en_papel_se_comparan_las_fojas_con_el_segundo_codigo(abrir):
    acto, ventana = copia(consulta="doble_codigo", segundo_codigo=huella_del_segundo(SEGUNDO)), abrir()
    ventana.ir(pagina_de(acto))
    ventana.pagina.fill("#segundo", "4t7k-9qwm-2x")
    ventana.pagina.press("#segundo", "Enter")
    ventana.pagina.wait_for_selector(".fojas img")
    assert SEGUNDO not in ventana.pagina.url
    ventana.pagina.wait_for_load_state("networkidle")
    anchos = ventana.pagina.evaluate("[...document.querySelectorAll('.fojas img')].map(i => i.naturalWidth)")
    assert anchos == [850, 850]
    assert ventana.faltas_de_accesibilidad() == []


def test_el_destinatario_recibe_con_acuse(abrir):
    remision, testigo = remitir(copia(), RemisionNueva("Órgano Interno de Control"))
    ventana = abrir()
    ventana.ir(f"/remision/{testigo}/")
    assert ventana.faltas_de_accesibilidad() == []
    ventana.pagina.fill("#recibe", "C.P. Elena Control")
    ventana.pagina.fill("#cargo", "Titular")
    ventana.pagina.click("text=Recibir y acusar recibo")
    with ventana.pagina.expect_download() as bajada:
        ventana.pagina.click("text=Descargar el acuse")
    assert bajada.value.suggested_filename == f"acuse-{remision.certificacion.folio.replace('/', '-')}.pdf"
    assert ventana.faltas_de_accesibilidad() == []


def test_el_registro_se_lee_y_es_accesible(abrir):
    acto, ventana = copia(), abrir()
    ventana.ir("/registro/")
    assert acto.folio in texto_de(ventana)
    assert ventana.faltas_de_accesibilidad() == []


def test_e19_el_oic_revisa_y_lo_alterado_por_fuera_se_nota(capsys):
    una, otra = copia(), copia()
    cancelar(una)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE actos_certificacion SET folio = 'CC/9' WHERE id = %s", [una.pk])
    consecutivos = sorted(Certificacion.objects.expedidas().values_list("consecutivo", flat=True))
    assert consecutivos == [una.consecutivo, otra.consecutivo] == [1, 2]
    call_command("registro", "verificar", "--json")
    assert json.loads(capsys.readouterr().out)["integro"]
    quitar("registro_asiento", None, SimpleNamespace(connection=connection))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registro_asiento SET hoja = replace(hoja, 'cancelacion', 'emision') WHERE evento = 'cancelacion'")
    with pytest.raises(SystemExit):
        call_command("registro", "verificar", "--json")
    assert not json.loads(capsys.readouterr().out)["integro"]
