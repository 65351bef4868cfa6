"""El plazo de un freno corre desde la primera falla, también con la memoria en archivos que usa la producción."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from archivo.identidad.puerta import contar, cuentas_de

INICIO = datetime(2026, 11, 22, 12, tzinfo=UTC)
EN_ARCHIVOS = "django.core.cache.backends.filebased.FileBasedCache"


@pytest.fixture(params=["memoria", "archivos"])
def memoria(request, settings, tmp_path):
    if request.param == "archivos":
        settings.CACHES = {"default": {"BACKEND": EN_ARCHIVOS, "LOCATION": tmp_path}}
    cache.clear()


@pytest.mark.usefixtures("memoria")
def test_la_cuenta_dura_su_plazo_y_no_lo_alarga():
    with time_machine.travel(INICIO, tick=False) as reloj:
        assert [contar("freno:x", 900) for _ in range(3)] == [1, 2, 3]
        reloj.move_to(INICIO + timedelta(seconds=600))
        assert cuentas_de(["freno:x", "freno:y"]) == [3, 0]
        assert contar("freno:x", 900) == 4
        reloj.move_to(INICIO + timedelta(seconds=901))
        assert cuentas_de(["freno:x"]) == [0]


@pytest.mark.usefixtures("memoria")
def test_las_que_llegan_a_la_vez_se_cuentan_todas():
    with ThreadPoolExecutor(8) as hilos:
        dichas = list(hilos.map(lambda _: contar("freno:z", 900), range(200)))
    assert sorted(dichas) == list(range(1, 201))
    assert cuentas_de(["freno:z"]) == [200]
