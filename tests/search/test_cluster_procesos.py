"""El escritor de un motor externo entre procesos: uno a la vez, y si lo matan otro toma su lugar sin perder lo confirmado."""

import itertools
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from search import ClusterOptions, IndexBusy, IndexOutdated, Integer, Keyword, Schema, SearchEngine, SearchRequest, open_engine
from search.backends.cluster import lease
from tests.search.contrato import PUBLICO, claves, publico
from tests.search.mundo import ESQUEMA, llenar
from tests.servidores.motores import Motor

pytestmark = pytest.mark.motores
PROCESOS = multiprocessing.get_context("spawn")
PACIENCIA = 60.0
MUERE_TRAS = 3
_numeros = itertools.count(1)


def abrir(ajuste: str, esquema: Schema = ESQUEMA) -> SearchEngine:
    return open_engine(ajuste, Path(), esquema, cluster=ClusterOptions(prefix=f"q{os.environ['ACERVO_PRUEBA']}", patience=30.0))


@pytest.fixture(params=["elasticsearch", "opensearch"])
def ajuste(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """La dirección de un servidor; el prefijo es de esta prueba y lo heredan sus procesos."""
    servidor: Motor = request.getfixturevalue(request.param)
    monkeypatch.setenv("ACERVO_PRUEBA", f"{os.getpid()}_{request.param[:2]}_{next(_numeros)}")
    yield servidor.ajuste
    abrir(servidor.ajuste).forget_everything()


def _escribir_sin_fin(ajuste: str, aviso: Connection) -> None:
    with abrir(ajuste).writer(timeout=PACIENCIA) as escritor:
        for numero in range(1, 10**6):
            escritor.apply([publico(f"k{numero}", f"acta {numero}", "una parte", "y otra")], seq=numero)
            aviso.send(numero)


def test_matar_al_escritor_no_pierde_lo_confirmado_y_otro_sigue(ajuste: str) -> None:
    motor = llenar(abrir(ajuste), [])
    recibe, aviso = PROCESOS.Pipe(duplex=False)
    proceso = PROCESOS.Process(target=_escribir_sin_fin, args=(ajuste, aviso))
    proceso.start()
    confirmado = 0
    while confirmado < MUERE_TRAS:
        confirmado = recibe.recv()
    with pytest.raises(IndexBusy), motor.writer():
        pass
    os.kill(proceso.pid or 0, signal.SIGKILL)
    proceso.join(PACIENCIA)
    while recibe.poll():
        confirmado = recibe.recv()
    llenar(motor, [publico(f"k{numero}", "acta", "una parte", "y otra") for numero in range(1, confirmado + 2)])
    assert motor.applied_seq() >= confirmado
    assert motor.search(SearchRequest(PUBLICO)).total == len(list(motor.inventory("pub"))) >= confirmado + 1
    assert not motor.verify().faults


def test_el_arriendo_de_otra_maquina_vence(ajuste: str) -> None:
    motor = llenar(abrir(ajuste), [publico("k1", "una")])
    with ExitStack() as pila:
        with pytest.MonkeyPatch.context() as alla:
            alla.setattr(lease.socket, "gethostname", lambda: "otra-maquina")
            alla.setattr(lease, "LASTS", 1.0)
            ajeno = pila.enter_context(motor.writer())
        with pytest.raises(IndexBusy), motor.writer():
            pass
        with motor.writer(timeout=PACIENCIA) as escritor:
            escritor.apply([publico("k2", "dos")])
        with pytest.MonkeyPatch.context() as despues, pytest.raises(IndexBusy, match="took over"):
            despues.setattr(lease, "RENEWED_AFTER", 0.0)
            ajeno.apply([publico("k3", "tres")])
    assert sorted(claves(motor, None)) == ["k1", "k2"]


def test_otro_esquema_pide_reconstruir_y_volver_al_de_antes_tambien(ajuste: str) -> None:
    antes = llenar(abrir(ajuste), [publico("k1", "una")])
    otro = abrir(ajuste, Schema([Keyword("tipo"), Integer("anio")]))
    with pytest.raises(IndexOutdated):
        otro.search(SearchRequest(PUBLICO))
    assert otro.health().rebuild
    llenar(otro, [])
    with pytest.raises(IndexOutdated):
        antes.search(SearchRequest(PUBLICO))
    llenar(antes, [publico("k2", "dos")])
    assert claves(antes, None) == ["k2"]
