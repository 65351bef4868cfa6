"""El indizador muere de golpe (SIGKILL) mientras se guarda: al volver, el índice es la base, elemento por elemento."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from archivo.catalogo.puerta import Edicion, Item, fijar_acceso, guardar
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.puerta import ambito_de, asegurar, motor, poner_al_dia, verificar
from search import SearchRequest
from tests import fabricas
from tests.servidores.espera import hasta_que

RAIZ = Path(__file__).resolve().parents[3]
PLAZO = 60


@contextmanager
def _indizador(base, datos) -> Iterator[subprocess.Popen[bytes]]:
    """El indizador del producto, en su proceso, sobre la misma base y la misma carpeta; no sobrevive a la prueba."""
    propios = {"DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo", "ACERVO_BASE": base.url, "ACERVO_DATOS": str(datos)}
    orden = [sys.executable, "manage.py", "indizador"]
    with subprocess.Popen(orden, cwd=RAIZ, env=os.environ | propios, stderr=subprocess.DEVNULL) as proceso:
        try:
            yield proceso
        finally:
            proceso.kill()


def _cambiar(azar):
    """Un cambio cualquiera del catálogo."""
    items = list(Item.objects.order_by("?")[:1])
    que = azar.choice(("nuevo", "nuevo", "otro titulo", "acceso", "borrar")) if items else "nuevo"
    if que == "nuevo":
        fabricas.publico(titulo=f"Acta {azar.randrange(10**6)}", texto="renglón\n" * azar.choice((2, 1500)))
    elif que == "otro titulo":
        items[0].titulo = f"Corregida {azar.randrange(10**6)}"
        guardar(items[0], Edicion(actor=None))
    elif que == "acceso":
        fijar_acceso(items[0], azar.choice(("publico", "interno", "reservado")), None)
    else:
        items[0].delete()


def tras_morir(veces, base, datos):
    """Mata al indizador esas veces, cuando ya escribía y sin dejar de guardar: cuántas murió, y al final qué falta y qué difiere."""
    azar, muertes = Random(veces), 0
    asegurar()
    for _ in range(veces):
        for _ in range(azar.randrange(2, 6)):
            _cambiar(azar)
        antes = CambioIndice.objects.count()
        with _indizador(base, datos) as proceso:
            hasta_que(lambda antes=antes: CambioIndice.objects.count() < antes, PLAZO, "que el indizador escriba")
            _cambiar(azar)
            _cambiar(azar)
            proceso.kill()
        muertes += proceso.returncode == -signal.SIGKILL
    poner_al_dia()
    estado = verificar()
    publicos = motor().search(SearchRequest(ambito_de(ANONIMO))).total
    sobran = estado.elementos - Item.objects.count(), publicos - Item.objects.publicos().count()
    return muertes, estado.pendientes, estado.diferencias, sobran


def test_muere_dos_veces_bajo_carga_y_no_difiere_nada(base_sqlite, settings):
    assert tras_morir(2, base_sqlite, settings.ACERVO_DATOS) == (2, 0, 0, (0, 0))


@pytest.mark.lento
def test_muere_veinte_veces_bajo_carga_y_no_difiere_nada(base_sqlite, settings):
    assert tras_morir(20, base_sqlite, settings.ACERVO_DATOS) == (20, 0, 0, (0, 0))
