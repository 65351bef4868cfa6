"""Muchos expiden a la vez, en procesos distintos y en las dos bases: folios seguidos y únicos, registro íntegro."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from certificaciones.actos.models import Certificacion, LibroCertificacion, ReservaDeFolio
from certificaciones.registro.puerta import Asiento, verificar_registros

RAIZ = Path(__file__).resolve().parents[3]
EMISOR = "import django; django.setup(); from tests.certificaciones.actos.emisor import main; main()"


def ambiente(base, datos):
    propios = {"DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo", "ACERVO_BASE": base.url, "ACERVO_DATOS": str(datos)}
    return os.environ | propios


def lanzar(base, datos, *argumentos):
    orden = [sys.executable, "-c", EMISOR, *map(str, argumentos)]
    return subprocess.Popen(orden, cwd=RAIZ, env=ambiente(base, datos), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def comprobar_libro(cuantas):
    """El libro tiene exactamente esas copias, con folios del 1 al último, y el registro las asienta todas, íntegro."""
    libro = LibroCertificacion.objects.get()
    expedidas = Certificacion.objects.expedidas().order_by("consecutivo")
    assert list(expedidas.values_list("consecutivo", flat=True)) == list(range(1, cuantas + 1))
    assert [c.folio for c in expedidas] == [libro.folio(n) for n in range(1, cuantas + 1)]
    asentados = Asiento.objects.filter(registro="ensayos").order_by("indice").values_list("indice", "folio")
    assert list(asentados) == [(c.asiento, c.folio) for c in expedidas]
    informe = verificar_registros()
    assert (informe.integro, informe.asientos) == (True, cuantas), informe.fallas


def comprobar_a_la_vez(base, datos, procesos, copias):
    emisores = [lanzar(base, datos, copias) for _ in range(procesos)]
    salidas = [p.communicate(timeout=3000) for p in emisores]
    assert [p.returncode for p in emisores] == [0] * procesos, [e[-600:] for _, e in salidas if e]
    folios = [folio for salida, _ in salidas for folio in salida.split()]
    assert len(set(folios)) == len(folios) == procesos * copias
    comprobar_libro(procesos * copias)
    assert not ReservaDeFolio.objects.exists()


def test_seis_expiden_cinco_cada_uno(cada_base, settings):
    comprobar_a_la_vez(cada_base, settings.ACERVO_DATOS, 6, 5)


@pytest.mark.lento
def test_veinte_expiden_cincuenta_cada_uno(cada_base, settings):
    comprobar_a_la_vez(cada_base, settings.ACERVO_DATOS, 20, 50)
