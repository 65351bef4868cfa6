"""El indizador muere de golpe (SIGKILL) mientras se guarda: al volver, el índice es la base, elemento por elemento."""

import signal
from random import Random

import pytest

from archivo.indexacion.models import CambioIndice
from archivo.indexacion.puerta import asegurar, poner_al_dia
from tests.archivo.indexacion import caos
from tests.servidores.espera import hasta_que

PLAZO = 60


def tras_morir(veces, base):
    """Mata al indizador esas veces, cuando ya escribía y sin dejar de guardar: cuántas murió, y al final qué falta y qué difiere."""
    azar, muertes = Random(veces), 0
    asegurar()
    for _ in range(veces):
        for _ in range(azar.randrange(2, 6)):
            caos.cambiar(azar)
        antes = CambioIndice.objects.count()
        with caos.orden_en_marcha(base, "indizador") as proceso:
            hasta_que(lambda antes=antes: CambioIndice.objects.count() < antes, PLAZO, "que el indizador escriba")
            caos.cambiar(azar)
            caos.cambiar(azar)
            proceso.kill()
        muertes += proceso.returncode == -signal.SIGKILL
    poner_al_dia()
    return muertes, *caos.como_quedo()


def test_muere_dos_veces_bajo_carga_y_no_difiere_nada(base_sqlite):
    assert tras_morir(2, base_sqlite) == (2, 0, 0, (0, 0))


@pytest.mark.lento
def test_muere_veinte_veces_bajo_carga_y_no_difiere_nada(base_sqlite):
    assert tras_morir(20, base_sqlite) == (20, 0, 0, (0, 0))
