"""SIGKILL en cada paso de una expedición: o quedó expedida con su documento, o no se consumió folio."""

import json
import signal

from archivo.objetos.puerta import revisar
from certificaciones.actos.models import Certificacion
from tests.certificaciones.actos.test_folios_a_la_vez import comprobar_libro, lanzar


def test_muere_en_cada_paso_y_no_se_consume_folio(cada_base, settings):
    proceso = lanzar(cada_base, settings.ACERVO_DATOS, "morir")
    salida, errores = proceso.communicate(timeout=300)
    assert proceso.returncode == 0, errores[-800:]
    muertes = json.loads(salida)
    assert muertes == {paso: [signal.SIGKILL, 0, 1] for paso in muertes}
    assert len(muertes) == 5
    siguiente = lanzar(cada_base, settings.ACERVO_DATOS, 1)
    salida, errores = siguiente.communicate(timeout=120)
    assert siguiente.returncode == 0, errores[-800:]
    assert salida.startswith("ENSAYO/00001/")
    comprobar_libro(1)


def test_muere_ya_expedida_y_queda_con_su_documento(cada_base, settings):
    proceso = lanzar(cada_base, settings.ACERVO_DATOS, 1000)
    try:
        assert proceso.stdout.readline().startswith("ENSAYO/00001/"), (
            proceso.stderr.read()[-800:] if proceso.poll() is not None else ""
        )
    finally:
        proceso.send_signal(signal.SIGKILL)
        proceso.communicate(timeout=30)
    expedidas = Certificacion.objects.expedidas()
    comprobar_libro(expedidas.count())
    assert all(revisar(c.objeto).motivo == "" for c in expedidas)
