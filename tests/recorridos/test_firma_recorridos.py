"""Quien certifica firma con su e.firma en un navegador de verdad: una copia, y varias con abrir la clave una sola vez."""

import base64
import hashlib
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from django.urls import reverse
from playwright.sync_api import expect

from archivo.objetos.puerta import ruta_local
from certificaciones.firma import validar
from tests.certificaciones.oficina.efirma_de_prueba import ELLA
from tests.certificaciones.oficina.llaves import CONTRASENA, con_3des, con_aes, escribir
from tests.certificaciones.oficina.por_firmar import casa_con_autoridades, poner_mesa

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def abierta(abrir, client, settings, pki, tmp_path):
    """La página de firma con esas copias elegidas, y todo lo que el navegador manda."""

    with casa_con_autoridades(settings, pki, tmp_path):

        def nueva(cuantas, **opciones):
            mesa = poner_mesa(cuantas)
            client.force_login(mesa.certificadora)
            galleta = {"name": "sessionid", "value": client.cookies["sessionid"].value}
            ventana = abrir(cookies=[galleta], **opciones)
            mandado = []
            ventana.pagina.on("request", lambda peticion: mandado.append(peticion.post_data_buffer or b""))
            elegidas = "&".join(f"c={copia.clave}" for copia in mesa.copias)
            ventana.ir(f"{reverse('certificaciones_firma')}?{elegidas}")
            return mesa, ventana, mandado

        yield nueva


def llenar(pagina, archivos, contrasena=CONTRASENA, una_por_una=True):
    cer, key = archivos
    pagina.get_by_label("Certificado (.cer)").set_input_files(cer)
    pagina.get_by_label("Clave privada (.key)").set_input_files(key)
    pagina.get_by_label("Contraseña de la clave").fill(contrasena)
    pagina.get_by_label("Detenerme en cada copia").set_checked(una_por_una)


def mirar(ventana, nombre):
    """Sin faltas de accesibilidad ni desborde; si `CAPTURAS` dice una carpeta, además guarda la imagen."""
    assert ventana.faltas_de_accesibilidad() == []
    assert not ventana.desborda()
    if carpeta := os.environ.get("CAPTURAS"):
        ventana.pagina.screenshot(path=Path(carpeta) / f"firma-{nombre}.png", full_page=True)


def exigir_validas(mesa, pki):
    """Cada copia, con su folio y su propia firma válida."""
    for copia in mesa.copias:
        copia.refresh_from_db()
        dictamen = validar(ruta_local(copia.objeto), pki.confianza)
        assert dictamen.valida, dictamen.motivos
        assert dictamen.titular == ELLA.nombre
    assert len({copia.folio for copia in mesa.copias}) == len(mesa.copias)


def exigir_que_no_salio(mandado, efirma, archivos):
    """Ni la contraseña, ni el .key, ni la clave abierta están en nada de lo que el navegador mandó."""
    clara = efirma.clave.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    cifrada = archivos[1].read_bytes()
    primo = efirma.clave.private_numbers().p.to_bytes(128, "big")
    secretos = [CONTRASENA.encode(), cifrada[60:120], clara[200:260], primo[10:70]]
    secretos += [forma for s in secretos for forma in (base64.b64encode(s)[4:-4], s.hex().encode())]
    todo = b"\n".join(mandado)
    assert todo.count(b"certificado") >= 2
    assert [s for s in secretos if s in todo] == []


@pytest.mark.parametrize("cifrar", [con_3des, con_aes])
def test_una_copia_se_ve_y_se_firma_y_nada_secreto_sale(abierta, pki, efirma, tmp_path, cifrar):
    mesa, ventana, mandado = abierta(1)
    pagina, archivos = ventana.pagina, escribir(efirma, tmp_path, cifrar)
    mirar(ventana, "antes")
    llenar(pagina, archivos)
    pagina.get_by_role("button", name="Abrir la clave y firmar 1 copia").click()
    firmar = pagina.get_by_role("button", name="Firmar esta copia")
    expect(firmar).to_be_focused(timeout=60_000)
    expect(pagina.get_by_text("SHA-256 de la copia que va a firmar")).to_be_visible()
    expect(pagina.get_by_label("Contraseña de la clave")).to_have_value("")
    mirar(ventana, "revisar")
    firmar.click()
    expect(pagina.get_by_text("La clave se borró de este equipo")).to_be_visible(timeout=60_000)
    expect(pagina.get_by_role("link", name="Abrir la certificación")).to_be_visible()
    assert pagina.workers == []
    mirar(ventana, "firmada")
    exigir_validas(mesa, pki)
    exigir_que_no_salio(mandado, efirma, archivos)


def test_un_lote_se_detiene_en_la_que_falla_y_sigue_sin_volver_a_abrir(abierta, pki, efirma, settings, tmp_path):
    mesa, ventana, mandado = abierta(3)
    pagina, archivos = ventana.pagina, escribir(efirma, tmp_path)
    llenar(pagina, archivos, una_por_una=False)
    falladas = []

    def fallar(ruta):
        if falladas or mesa.copias[1].clave not in (ruta.request.post_data or ""):
            ruta.continue_()
        else:
            falladas.append(1)
            ruta.abort()

    pagina.route("**/preparar/", fallar)
    pagina.get_by_role("button", name="Abrir la clave y firmar 3 copias").click()
    expect(pagina.get_by_text("Se firmaron 1; faltan 2.")).to_be_visible(timeout=60_000)
    expect(pagina.get_by_text("La clave está abierta.")).to_be_visible()
    assert len(pagina.workers) == 1
    mirar(ventana, "detenida")
    ventana.quejas.clear()
    pagina.get_by_role("button", name="Seguir con las 2 que faltan").click()
    expect(pagina.get_by_text("Se firmaron 2 copias. La clave se borró de este equipo.")).to_be_visible(timeout=60_000)
    mirar(ventana, "lote")
    exigir_validas(mesa, pki)
    exigir_que_no_salio(mandado, efirma, archivos)


def test_lo_que_no_abre_se_dice_y_no_se_compone_nada(abierta, pki, efirma, tmp_path):
    mesa, ventana, mandado = abierta(1)
    pagina, archivos = ventana.pagina, escribir(efirma, tmp_path)
    (tmp_path / "otra").mkdir()
    ajena = escribir(pki.emitir(ELLA), tmp_path / "otra")
    boton = pagina.get_by_role("button", name="Abrir la clave y firmar 1 copia")
    casos = (
        ((archivos[0], archivos[1]), "otra", "La contraseña no abre esa clave"),
        ((archivos[0], ajena[1]), CONTRASENA, "no son de la misma e.firma"),
        ((archivos[0], archivos[0]), CONTRASENA, "no es una clave de e.firma"),
    )
    for elegidos, contrasena, dicho in casos:
        llenar(pagina, elegidos, contrasena)
        boton.click()
        expect(pagina.get_by_text(dicho)).to_be_visible(timeout=60_000)
        expect(pagina.get_by_label("Contraseña de la clave")).to_have_value("")
    mirar(ventana, "no-abre")
    mesa.copias[0].refresh_from_db()
    assert mesa.copias[0].estado == "en_firma"
    assert not any(b'clave":"' in cuerpo for cuerpo in mandado)


def test_un_sello_digital_se_rechaza_antes_de_abrir_nada(abierta, pki, tmp_path):
    _, ventana, _ = abierta(1, ancho=360)
    csd = pki.emitir(ELLA, usos=("digital_signature", "non_repudiation"))
    llenar(ventana.pagina, escribir(csd, tmp_path))
    ventana.pagina.get_by_role("button", name="Abrir la clave y firmar 1 copia").click()
    expect(ventana.pagina.get_by_text("certificado de sello digital (CSD)")).to_be_visible(timeout=60_000)
    mirar(ventana, "csd")
    ventana.quejas.clear()


@pytest.mark.parametrize("cambio", ["otra cosa", "otro certificado"])
def test_la_clave_no_firma_sino_una_copia_con_su_certificado(abierta, efirma, tmp_path, cambio):
    """Aunque el servidor lo pida: ni un texto cualquiera, ni los atributos de una firma hecha con otro certificado."""
    _, ventana, mandado = abierta(1)
    pagina, huella = ventana.pagina, hashlib.sha256(efirma.certificado.dump()).digest()

    def cambiar(ruta):
        respuesta = ruta.fetch()
        dicho = respuesta.json()
        ajenos = base64.b64decode(dicho["atributos"][0]).replace(huella, bytes(32))
        dicho["atributos"] = [base64.b64encode(b"Debo mil pesos" if cambio == "otra cosa" else ajenos).decode()]
        ruta.fulfill(response=respuesta, json=dicho)

    pagina.route("**/preparar/", cambiar)
    llenar(pagina, escribir(efirma, tmp_path), una_por_una=False)
    pagina.get_by_role("button", name="Abrir la clave y firmar 1 copia").click()
    expect(pagina.get_by_text("Se firmaron 0; falta 1.")).to_be_visible(timeout=60_000)
    assert mandado and not any(b"firmas" in cuerpo for cuerpo in mandado)
