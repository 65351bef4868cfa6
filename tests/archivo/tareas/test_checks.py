"""Lo que se dice de una instalación sin correo."""

import pytest

from archivo.tareas.checks import correo_configurado


@pytest.mark.parametrize(("servidores", "dice"), [({}, ["tareas.I001"]), ({"default": {}}, [])])
def test_sin_servidor_de_correo_se_avisa_con_su_remedio(settings, servidores, dice):
    settings.MAILERS = servidores
    avisos = correo_configurado(None)
    assert [aviso.id for aviso in avisos] == dice
    assert all("ACERVO_CORREO" in aviso.hint for aviso in avisos)
