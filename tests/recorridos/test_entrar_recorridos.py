"""El primer día de quien administra: el enlace de un solo uso, en un navegador de verdad."""

import pytest

from archivo.identidad.puerta import crear_usuario, enlace_para

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
CLAVE = "colibrí de la tarde 2031"


def test_el_enlace_de_un_solo_uso_abre_la_oficina(chromium, live_server):
    """Un cliente de pruebas no manda Origin; el navegador sí, y de él depende que el formulario se acepte."""
    enlace = enlace_para(crear_usuario("alta", "administracion"))
    contexto = chromium.new_context(locale="es-MX", base_url=live_server.url)
    pagina = contexto.new_page()
    pagina.goto(enlace)
    pagina.fill("[name=new_password1]", CLAVE)
    pagina.fill("[name=new_password2]", CLAVE)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/admin/", timeout=15_000)
    assert pagina.goto(enlace).status == 410
    contexto.close()
