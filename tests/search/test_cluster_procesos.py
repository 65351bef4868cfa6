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

from search import (
    ClusterOptions,
    EngineAbsent,
    IndexBusy,
    IndexOutdated,
    Integer,
    Keyword,
    Schema,
    SearchEngine,
    SearchRequest,
    open_engine,
    parse,
)
from search.backends.cluster import compaction, lease
from search.backends.cluster.engine import ClusterEngine
from search.backends.cluster.transport import Overloaded, Unreachable
from tests.search.contrato import PUBLICO, claves, publico
from tests.search.mundo import ESQUEMA, llenar
from tests.servidores.motores import Motor

pytestmark = pytest.mark.motores
PROCESOS = multiprocessing.get_context("spawn")
PACIENCIA = 60.0
MUERE_TRAS = 3
_numeros = itertools.count(1)


def abrir(ajuste: str, esquema: Schema = ESQUEMA, **otras: int) -> SearchEngine:
    opciones = ClusterOptions(prefix=f"q{os.environ['ACERVO_PRUEBA']}", patience=30.0, **otras)
    return open_engine(ajuste, Path(), esquema, cluster=opciones)


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


def test_quien_espera_sin_escribir_sostiene_su_turno(ajuste: str, monkeypatch: pytest.MonkeyPatch) -> None:
    motor = llenar(abrir(ajuste), [publico("k1", "una")])
    with ExitStack() as pila:
        with pytest.MonkeyPatch.context() as alla:
            alla.setattr(lease.socket, "gethostname", lambda: "otra-maquina")
            alla.setattr(lease, "LASTS", -1.0)
            lento = pila.enter_context(motor.writer())
        monkeypatch.setattr(lease, "RENEWED_AFTER", 0.0)
        lento.hold()
        with pytest.raises(IndexBusy), motor.writer():
            pass
        lento.apply([publico("k2", "dos")])
    assert sorted(claves(motor, None)) == ["k1", "k2"]


def test_una_construccion_grande_se_pone_en_orden_antes_de_entrar_en_uso(ajuste: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "WORTH", 2)
    monkeypatch.setattr(compaction, "AGREED", 0.0)
    motor = llenar(abrir(ajuste), [])
    assert isinstance(motor, ClusterEngine)
    with motor.writer() as escritor:
        nueva = escritor.begin_generation()
        for parte in (range(3), range(3, 6)):
            escritor.load(motor.prepare([publico(f"k{n}", "acta", "una hoja") for n in parte]), nueva)
        sin_terminar = escritor.settle(nueva)
        escritor.apply([publico("k9", "acta", "última")], generation=nueva)
        escritor.activate(nueva)
    indice = motor._generations.index(nueva, "pub", "items")
    piezas = motor._server._ask(f"/{indice}/_segments", method="GET")["indices"][indice]["shards"]["0"][0]["segments"]
    assert not sin_terminar
    assert len(claves(motor, "acta")) == 7
    assert sorted(pieza["num_docs"] for pieza in piezas.values()) in ([1, 6], [7])


@pytest.mark.parametrize("fragmentos", [1, 2])
def test_las_juntas_van_primero_y_la_lista_es_la_de_la_exportacion(ajuste: str, fragmentos: int) -> None:
    """Con un fragmento, lo que ganan viene con la lista; con varios, en otra petición, como al exportar."""
    sueltas = [publico(f"k{n}", "", f"agua {'clara ' * (n % 7)} del pozo, y después de mucho hablar, potable") for n in range(60)]
    motor = llenar(abrir(ajuste, shards=fragmentos), [*sueltas, publico("k77", "", f"agua potable {'del pozo ' * 9}")])
    pedido = SearchRequest(PUBLICO, parse("agua potable"), limit=61)
    lista = [hallado.key for hallado in motor.search(pedido).hits]
    assert (lista[0], len(lista)) == ("k77", 61)
    assert lista == [clave for lote in motor.export(pedido, batch=7) for clave in lote]


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


def test_un_tropiezo_al_preguntar_por_el_indice_no_pone_en_uso_uno_vacio(ajuste: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Al volver, un clúster contesta 503 a lo de sus índices un momento antes que a lo demás."""
    motor = llenar(abrir(ajuste), [publico("k1", "una")])
    assert isinstance(motor, ClusterEngine)
    de_verdad, tropiezos = motor._server.indexes, iter([Overloaded("state not recovered")])

    def indices(patron: str) -> dict[str, list[str]]:
        for tropiezo in tropiezos:
            raise tropiezo
        return de_verdad(patron)

    with motor.writer() as escritor:
        monkeypatch.setattr(motor._server, "indexes", indices)
        with pytest.raises(EngineAbsent):
            escritor.ensure_generation()
    assert claves(motor, None) == ["k1"]


def test_el_turno_que_no_se_pudo_soltar_lo_toma_otra_vez_el_mismo_proceso(ajuste: str, monkeypatch: pytest.MonkeyPatch) -> None:
    motor = llenar(abrir(ajuste), [publico("k1", "una")])
    assert isinstance(motor, ClusterEngine)

    def sin_red(*_: object) -> None:
        raise Unreachable("gone")

    with monkeypatch.context() as roto, pytest.raises(EngineAbsent), motor.writer():
        roto.setattr(motor._server, "discard", sin_red)
    with motor.writer() as escritor:
        escritor.apply([publico("k2", "dos")])
        with pytest.raises(IndexBusy), motor.writer():
            pass
    assert sorted(claves(motor, None)) == ["k1", "k2"]
