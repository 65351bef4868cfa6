"""El indizador muere de golpe (SIGKILL) mientras se guarda: al volver, el índice es la base, elemento por elemento."""

import os
import signal
from random import Random

import pytest
from django.db import connections

from archivo.catalogo.puerta import Edicion, Item, fijar_acceso, guardar
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion.management.commands.indizador import Command
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.puerta import ambito_de, asegurar, motor, poner_al_dia, verificar
from search import SearchRequest
from tests import fabricas
from tests.servidores.espera import hasta_que

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
PLAZO = 60


def _indizador() -> int:
    """Otro proceso con el indizador del producto, sobre la misma base y la misma carpeta."""
    connections.close_all()
    hijo = os.fork()
    if hijo == 0:
        Command().handle()
        os._exit(1)
    return hijo


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


def tras_morir(veces):
    """Mata al indizador esas veces, cuando ya escribía y sin dejar de guardar: cuántas murió, y al final qué falta y qué difiere."""
    azar, muertes = Random(veces), 0
    asegurar()
    for _ in range(veces):
        hijo = _indizador()
        for _ in range(azar.randrange(2, 6)):
            _cambiar(azar)
        antes = CambioIndice.objects.count()
        hasta_que(lambda antes=antes: CambioIndice.objects.count() < antes, PLAZO, "que el indizador escriba")
        _cambiar(azar)
        _cambiar(azar)
        os.kill(hijo, signal.SIGKILL)
        muertes += os.WTERMSIG(os.waitpid(hijo, 0)[1]) == signal.SIGKILL
    poner_al_dia()
    estado = verificar()
    publicos = motor().search(SearchRequest(ambito_de(ANONIMO))).total
    sobran = estado.elementos - Item.objects.count(), publicos - Item.objects.publicos().count()
    return muertes, estado.pendientes, estado.diferencias, sobran


def test_muere_dos_veces_bajo_carga_y_no_difiere_nada(base_sqlite):
    assert tras_morir(2) == (2, 0, 0, (0, 0))


@pytest.mark.lento
def test_muere_veinte_veces_bajo_carga_y_no_difiere_nada(base_sqlite):
    assert tras_morir(20) == (20, 0, 0, (0, 0))
