"""Quien administra, quien se ausenta y quien audita, en un navegador de verdad: sus pantallas, con axe en cada una."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from archivo.auditoria.puerta import sellar
from archivo.catalogo.models import Adjunto
from archivo.catalogo.puerta import fijar_acceso
from archivo.identidad.puerta import Nombramiento, Usuario, lector_de
from archivo.objetos.puerta import ObjetoDigital
from tests import fabricas

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gente(db):
    """Quien administra, una titular, una redactora cuyo rol vence pronto y una auditora."""
    area = fabricas.area("Coordinación de Comunicación Social")
    pronto = timezone.localdate() + timedelta(days=12)
    datos = {
        "admin": ("administracion", "Inés", "Paz", None), "ana": ("titular", "Ana", "Ruiz", None), "laura": ("redaccion", "Laura", "Soto", pronto),
        "marta": ("auditoria", "Marta", "Gil", None), "luis": ("monitoreo", "Luis", "Vega", None),
    }  # fmt: skip
    personas = {}
    for cuenta, (rol, nombre, apellidos, hasta) in datos.items():
        personas[cuenta] = Usuario.objects.create_user(cuenta, password="clave de prueba", first_name=nombre, last_name=apellidos)
        Nombramiento.objects.create(
            usuario=personas[cuenta], rol=rol, area=area if rol != "administracion" else None, hasta=hasta
        )
    return personas


@pytest.fixture
def como(abrir, client, gente):
    """Una ventana con la sesión de alguien."""

    def entrar(cuenta, ancho=1280):
        client.force_login(gente[cuenta])
        return abrir(ancho=ancho, cookies=[{"name": "sessionid", "value": client.cookies["sessionid"].value}])

    return entrar


def mirar(ventana, nombre):
    """Sin faltas de accesibilidad ni desborde; si `CAPTURAS` dice una carpeta, además guarda la imagen."""
    ventana.pagina.evaluate("Promise.all(document.getAnimations().map(a => a.finished))")
    if carpeta := os.environ.get("CAPTURAS"):
        ventana.pagina.screenshot(path=Path(carpeta) / f"{nombre}.png", full_page=True)
    assert ventana.faltas_de_accesibilidad() == []
    assert not ventana.desborda()


def test_quien_administra_da_de_alta_y_la_persona_recibe_su_enlace(como, gente):
    ventana = como("admin")
    pagina = ventana.pagina
    ventana.ir("/admin/personas/")
    expect(pagina.get_by_role("heading", name="Vencen en los próximos 30 días")).to_be_visible()
    mirar(ventana, "personas")
    pagina.get_by_role("link", name="Dar de alta a una persona").click()
    pagina.locator("#id_nombre").fill("Rosa")
    pagina.locator("#id_usuario").fill("rosa")
    pagina.locator("#id_rol").select_option("diseno")
    mirar(ventana, "persona-nueva")
    pagina.get_by_role("button", name="Dar de alta").click()
    assert "/entrar/" in pagina.locator("#enlace").input_value()
    mirar(ventana, "enlace")
    assert lector_de(Usuario.objects.get(username="rosa")).tiene("diseno")


def test_la_titular_anota_su_ausencia(como, gente):
    ventana = como("ana")
    pagina = ventana.pagina
    ventana.ir("/admin/mi-cuenta/")
    mirar(ventana, "mi-cuenta")
    pagina.get_by_role("link", name="Registrar una ausencia").click()
    pagina.locator("#id_suplente").select_option(label="Luis Vega (luis)")
    pagina.locator("#id_motivo").fill("Vacaciones")
    pagina.locator("#id_fundamento").fill("Oficio CCS/118/2026")
    mirar(ventana, "suplencia")
    pagina.get_by_role("button", name="Registrar la suplencia").click()
    expect(pagina.get_by_text("La suple Luis Vega")).to_be_visible()
    mirar(ventana, "persona-con-suplencia")
    assert lector_de(Usuario.objects.get(username="luis")).tiene("titular")
    chica = como("ana", ancho=390)
    chica.ir("/admin/mi-cuenta/")
    mirar(chica, "mi-cuenta-390")


def test_quien_audita_filtra_la_bitacora_y_ve_quien_abrio_lo_reservado(como, gente, client):
    area = Nombramiento.objects.get(usuario=gente["ana"]).area
    item = fabricas.publico(area=area, titulo="Dictamen de la obra")
    fijar_acceso(item, "reservado", gente["ana"], "Prueba de daño 4/2026")
    client.force_login(gente["ana"])
    client.get(item.get_absolute_url())
    client.force_login(gente["laura"])
    client.get("/admin/personas/")
    sellar()
    ventana = como("marta")
    ventana.ir("/admin/bitacora/")
    expect(ventana.pagina.get_by_role("heading", name="Sellado hasta el suceso")).to_be_visible()
    mirar(ventana, "bitacora")
    ventana.pagina.locator("#id_clase").select_option("lecturas")
    ventana.pagina.get_by_role("button", name="Filtrar").click()
    expect(ventana.pagina.get_by_role("cell", name="Se consultó").first).to_be_visible()
    ventana.ir(f"/admin/elementos/boletin/inspect/{item.pk}/")
    expect(ventana.pagina.get_by_role("heading", name="Quién lo abrió")).to_be_visible()
    mirar(ventana, "quien-lo-abrio")


def test_los_derechos_de_un_album_en_una_hoja(como, gente):
    area = Nombramiento.objects.get(usuario=gente["ana"]).area
    item = fabricas.publico(area=area, titulo="Jornada de salud")
    for n in range(2):
        objeto = ObjetoDigital.objects.create(sha256=f"{n:064x}", bytes=2048, mime="image/jpeg")
        Adjunto.objects.create(item=item, objeto=objeto, rol="fotografia", nombre=f"DSC_{n:04}.jpg", acceso_efectivo="publico")
    ventana = como("ana")
    ventana.ir(f"/admin/derechos/{item.clave}/")
    segunda = ventana.pagina.get_by_role("group", name="DSC_0001.jpg")
    segunda.get_by_label("Aparecen menores de edad reconocibles").check()
    ventana.pagina.get_by_role("button", name="Guardar los derechos").click()
    expect(ventana.pagina.get_by_role("group", name="DSC_0001.jpg")).to_contain_text("acceso que resulta: interno")
    mirar(ventana, "derechos")
