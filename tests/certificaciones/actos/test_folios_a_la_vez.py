"""Muchos expiden a la vez, en procesos distintos y en las dos bases: folios seguidos y únicos, registro íntegro."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archivo.objetos.puerta import revisar, ruta_local
from certificaciones.actos.models import Certificacion, LibroCertificacion, ReservaDeFolio
from certificaciones.actos.puerta import verificar_archivo
from certificaciones.registro.puerta import Asiento, verificar_registros
from tests.certificaciones.actos.emisor import BYTES
from tests.certificaciones.actos.mundo import con_pdf

RAIZ = Path(__file__).resolve().parents[3]
EMISOR = "import django; django.setup(); from tests.certificaciones.actos.emisor import main; main()"


def ambiente(base, datos):
    propios = {"DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo", "ACERVO_BASE": base.url, "ACERVO_DATOS": str(datos)}
    return os.environ | propios


def lanzar(base, datos, *argumentos):
    orden = [sys.executable, "-c", EMISOR, *map(str, argumentos)]
    tubos = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(orden, cwd=RAIZ, env=ambiente(base, datos), start_new_session=True, **tubos)


def fallas_del_libro(cuantas):
    """Qué falta para que el libro tenga exactamente esas copias, con folios del 1 al último, y el registro las asiente, íntegro."""
    libro = LibroCertificacion.objects.get()
    expedidas = list(Certificacion.objects.expedidas().order_by("consecutivo"))
    fallas = [f.motivo for f in verificar_registros().fallas]
    if [c.consecutivo for c in expedidas] != list(range(1, cuantas + 1)):
        fallas.append(f"consecutivos: {[c.consecutivo for c in expedidas]}")
    if mal := [c.folio for c in expedidas if c.folio != libro.folio(c.consecutivo)]:
        fallas.append(f"folios que no son los suyos: {mal}")
    asentados = Asiento.objects.filter(registro="ensayos").order_by("indice").values_list("indice", "folio")
    if list(asentados) != [(c.asiento, c.folio) for c in expedidas]:
        fallas.append(f"el registro asienta otra cosa: {list(asentados)[:20]}")
    return fallas


def fallas_a_la_vez(base, datos, procesos, copias, que=BYTES):
    """Expiden a la vez, y dice qué quedó mal: un proceso que falló, un folio repetido o saltado, un registro que no cuadra."""
    emisor = lanzar(base, datos, que, copias, procesos)
    salida, errores = emisor.communicate(timeout=3000)
    folios, fallas = salida.split(), [errores[-600:]] if emisor.returncode else []
    if not len(set(folios)) == len(folios) == procesos * copias:
        fallas.append(f"{len(folios)} folios, {len(set(folios))} distintos")
    if ReservaDeFolio.objects.exists():
        fallas.append("quedó un folio arrendado")
    return fallas + fallas_del_libro(procesos * copias)


def fallas_de_las_copias():
    """Qué copias no están completas en el depósito o no las da por vigentes quien verifica archivos."""
    expedidas = Certificacion.objects.expedidas()
    danadas = [c.folio for c in expedidas if revisar(c.objeto).motivo]
    return danadas + [c.folio for c in expedidas if verificar_archivo(ruta_local(c.objeto)).resultado != "vigente"]


def test_seis_expiden_cinco_cada_uno(cada_base, settings):
    assert fallas_a_la_vez(cada_base, settings.ACERVO_DATOS, 6, 5) == []


def test_tres_componen_y_firman_dos_cada_uno(base_sqlite, settings):
    assert fallas_a_la_vez(base_sqlite, settings.ACERVO_DATOS, 3, 2, con_pdf(2).clave) == []
    assert fallas_de_las_copias() == []


@pytest.mark.lento
def test_veinte_expiden_cincuenta_cada_uno(cada_base, settings):
    assert fallas_a_la_vez(cada_base, settings.ACERVO_DATOS, 20, 50) == []


@pytest.mark.lento
def test_seis_componen_y_firman_cinco_cada_uno(cada_base, settings):
    assert fallas_a_la_vez(cada_base, settings.ACERVO_DATOS, 6, 5, con_pdf(2).clave) == []
    assert fallas_de_las_copias() == []
