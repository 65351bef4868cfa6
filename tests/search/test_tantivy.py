"""El motor embebido: el contrato, y lo suyo (archivos, procesos, caídas)."""

import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from search import (
    IndexBusy,
    IndexOutdated,
    Integer,
    Keyword,
    Schema,
    Scope,
    SearchEngine,
    SearchRequest,
    SearchUnavailable,
    Upsert,
    open_engine,
)
from search.backends.tantivy.layout import create, item_schema
from search.backends.tantivy.writer import _Target
from tests.search import mundo
from tests.search.contrato import PUBLICO, ContratoDelMotor, claves, nodo, publico
from tests.search.mundo import ESQUEMA, llenar

PROCESOS = multiprocessing.get_context("spawn")
PACIENCIA = 30.0


def abrir(carpeta: Path, esquema: Schema = ESQUEMA) -> SearchEngine:
    return open_engine("tantivy", carpeta, esquema, heap_mb=64)


def hasta_que(condicion: Callable[[], bool], que: str) -> None:
    limite = time.monotonic() + PACIENCIA
    while not condicion():
        assert time.monotonic() < limite, f"No llegó: {que}"


class TestTantivy(ContratoDelMotor):
    def abrir(self, carpeta: Path) -> SearchEngine:
        return abrir(carpeta)


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    return tmp_path / "indice"


# Generaciones


def test_al_activar_se_conserva_la_generacion_anterior_y_no_mas(carpeta: Path) -> None:
    motor = llenar(abrir(carpeta), [publico("k1", "una")])
    for numero in range(2, 5):
        with motor.writer() as escritor:
            nueva = escritor.begin_generation()
            escritor.apply([publico(f"k{numero}", "otra")], generation=nueva)
            escritor.activate(nueva)
        assert claves(motor, None) == [f"k{numero}"]
    assert sorted(ruta.name.split("-")[1] for ruta in carpeta.glob("gen-*")) == ["3", "4"]


def test_una_construccion_abandonada_no_estorba(carpeta: Path) -> None:
    motor = llenar(abrir(carpeta), [publico("k1", "una")])
    with motor.writer() as escritor:
        escritor.apply([publico("k2", "a medias")], generation=escritor.begin_generation())
    assert claves(motor, None) == ["k1"]
    with motor.writer() as escritor:
        nueva = escritor.begin_generation()
        assert [ruta.name for ruta in carpeta.glob("gen-2-*")] == []
        escritor.activate(nueva)
    assert claves(motor, None) == []


def test_una_construccion_que_perdio_algo_no_entra_en_uso(carpeta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    motor = llenar(abrir(carpeta), [publico("k1", "una")])
    with motor.writer() as escritor:
        nueva = escritor.begin_generation()
        escritor.apply([publico("k2", "dos")], generation=nueva)
        with monkeypatch.context() as sin_disco:
            sin_disco.setattr(_Target, "add", falta_espacio)
            with pytest.raises(SearchUnavailable, match="espacio"):
                escritor.apply([publico("k3", "tres")], generation=nueva)
        with pytest.raises(SearchUnavailable, match="again"):
            escritor.activate(nueva)
    assert claves(motor, None) == ["k1"]


def falta_espacio(*_: object) -> None:
    raise OSError("no queda espacio")


def test_otro_esquema_pide_reconstruir(carpeta: Path) -> None:
    llenar(abrir(carpeta), [publico("k1", "una")])
    otro = abrir(carpeta, Schema([Keyword("tipo"), Integer("anio")]))
    with pytest.raises(IndexOutdated, match="rebuild"):
        otro.search(SearchRequest(PUBLICO))
    assert "rebuild" in otro.health().problem
    with otro.writer() as escritor:
        escritor.ensure_generation()
    assert otro.search(SearchRequest(PUBLICO)).total == 0


@pytest.mark.parametrize("dano", ["meta.json", "*.idx", "CURRENT"])
def test_un_indice_danado_se_dice_y_se_rehace(carpeta: Path, dano: str) -> None:
    llenar(abrir(carpeta), [publico("k1", "una"), publico("k2", "dos")])
    for ruta in carpeta.rglob(dano):
        ruta.write_bytes(b"")
    motor = abrir(carpeta)
    with pytest.raises(SearchUnavailable, match="ebuild"):
        motor.search(SearchRequest(PUBLICO, nodo("una")))
    with motor.writer() as escritor:
        nueva = escritor.begin_generation()
        escritor.apply([publico("k1", "una")], generation=nueva)
        escritor.activate(nueva)
    assert claves(motor, "una") == ["k1"]


def test_el_indice_publico_no_guarda_una_palabra_de_lo_demas(carpeta: Path) -> None:
    reservado = publico("k1", "zarzuplex", "quimbolán").documents[0]
    motor = llenar(abrir(carpeta), [Upsert("all", replace(reservado, acl=frozenset({"titular"})))])
    motor.close()
    assert any(b"zarzuplex" in ruta.read_bytes() for ruta in carpeta.glob("gen-*/all/**/*") if ruta.is_file())
    assert not any(b"zarzuplex" in ruta.read_bytes() for ruta in carpeta.glob("gen-*/pub/**/*") if ruta.is_file())


# Procesos


def _escribir(carpeta: str, desde: int, hasta: int, aviso: Connection) -> None:
    motor = abrir(Path(carpeta))
    with motor.writer(timeout=PACIENCIA) as escritor:
        for numero in range(desde, hasta):
            escritor.apply([publico(f"k{numero}", f"acta {numero}", "una parte", "y otra")], seq=numero)
            aviso.send(numero)
    aviso.send(-1)


def test_lo_que_otro_proceso_escribe_se_ve_al_momento(carpeta: Path) -> None:
    motor = llenar(abrir(carpeta), [publico("k0", "acta")])
    assert claves(motor, "acta") == ["k0"]
    recibe, aviso = PROCESOS.Pipe(duplex=False)
    proceso = PROCESOS.Process(target=_escribir, args=(str(carpeta), 1, 4, aviso))
    proceso.start()
    for numero in range(1, 4):
        assert recibe.recv() == numero
        assert f"k{numero}" in claves(motor, "acta")
        assert motor.applied_seq() >= numero
    proceso.join(PACIENCIA)
    assert proceso.exitcode == 0
    assert motor.health().items["pub"] == 4


def test_dos_procesos_escriben_por_turnos(carpeta: Path) -> None:
    motor = llenar(abrir(carpeta), [])
    recibe, aviso = PROCESOS.Pipe(duplex=False)
    procesos = [PROCESOS.Process(target=_escribir, args=(str(carpeta), n, n + 3, aviso)) for n in (1, 11)]
    for proceso in procesos:
        proceso.start()
    for proceso in procesos:
        proceso.join(PACIENCIA)
    assert [proceso.exitcode for proceso in procesos] == [0, 0]
    assert motor.search(SearchRequest(PUBLICO)).total == 6
    assert not motor.verify().faults
    recibe.close()


def _escribir_sin_fin(carpeta: str, aviso: Connection) -> None:
    motor = abrir(Path(carpeta))
    with motor.writer(timeout=PACIENCIA) as escritor:
        for numero in range(1, 10**6):
            escritor.apply([publico(f"k{numero}", f"acta {numero}", "una parte", "y otra")], seq=numero)
            aviso.send(numero)


@pytest.mark.parametrize("muere_tras", [1, 6])
def test_matar_al_escritor_no_pierde_lo_confirmado(carpeta: Path, muere_tras: int) -> None:
    motor = llenar(abrir(carpeta), [])
    recibe, aviso = PROCESOS.Pipe(duplex=False)
    proceso = PROCESOS.Process(target=_escribir_sin_fin, args=(str(carpeta), aviso))
    proceso.start()
    while recibe.recv() < muere_tras:
        pass
    os.kill(proceso.pid or 0, signal.SIGKILL)
    proceso.join(PACIENCIA)
    confirmado = muere_tras
    while recibe.poll():
        confirmado = recibe.recv()
    assert motor.applied_seq() >= confirmado
    quedan = {clave for clave, _ in motor.inventory("pub")}
    assert {f"k{numero}" for numero in range(1, confirmado + 1)} <= quedan
    llenar(motor, [publico(f"k{numero}", "acta", "una parte", "y otra") for numero in range(1, confirmado + 2)])
    respuesta = motor.search(SearchRequest(PUBLICO, nodo("acta")))
    assert respuesta.total == len(list(motor.inventory("pub"))) >= confirmado + 1
    assert not motor.verify().faults


def test_el_candado_espera_lo_que_se_le_dice(carpeta: Path) -> None:
    motor = llenar(abrir(carpeta), [])
    suelto = threading.Event()
    tomado = threading.Event()

    def ocupar() -> None:
        with abrir(carpeta).writer():
            tomado.set()
            suelto.wait(PACIENCIA)

    hilo = threading.Thread(target=ocupar)
    hilo.start()
    assert tomado.wait(PACIENCIA)
    with pytest.raises(IndexBusy), motor.writer(timeout=0.05):
        pass
    suelto.set()
    with motor.writer(timeout=PACIENCIA) as escritor:
        escritor.apply([publico("k1", "al fin")])
    hilo.join(PACIENCIA)
    assert claves(motor, None) == ["k1"]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_tras_un_fork_el_hijo_abre_lo_suyo(carpeta: Path) -> None:
    motor = llenar(abrir(carpeta), [publico("k1", "acta")])
    assert claves(motor, "acta") == ["k1"]
    hijo = os.fork()
    if hijo == 0:
        os._exit(0 if claves(motor, "acta") == ["k1"] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(hijo, 0)[1]) == 0


def test_buscar_desde_varios_hilos_mientras_se_reconstruye(carpeta: Path) -> None:
    operaciones = mundo.archivo(5, 40)
    motor = llenar(abrir(carpeta), operaciones)
    total = motor.search(SearchRequest(PUBLICO)).total
    fallas: list[object] = []
    terminado = threading.Event()

    def buscar(semilla: int) -> None:
        azar = Random(semilla)
        while not terminado.is_set():
            try:
                if motor.search(SearchRequest(PUBLICO)).total != total:
                    fallas.append("total")
                motor.search(SearchRequest(Scope("all", frozenset({"oficina"}), frozenset()), mundo.consulta(azar)))
            except Exception as error:  # noqa: BLE001 - cualquier error del hilo es una falla de la prueba
                fallas.append(error)

    hilos = [threading.Thread(target=buscar, args=(n,)) for n in range(3)]
    for hilo in hilos:
        hilo.start()
    for _ in range(3):
        with motor.writer() as escritor:
            nueva = escritor.begin_generation()
            escritor.apply(operaciones, generation=nueva)
            escritor.activate(nueva)
    terminado.set()
    for hilo in hilos:
        hilo.join(PACIENCIA)
    assert fallas == []


def test_lo_que_solo_ordena_no_se_busca_ni_se_mide(tmp_path: Path) -> None:
    create(tmp_path, item_schema(Schema([Keyword("tipo")])))
    campos = {campo["name"]: campo["options"] for campo in json.loads((tmp_path / "meta.json").read_text())["schema"]}
    assert [nombre for nombre in ("by_title", "signature") if "indexing" in campos[nombre]] == []
    medidos = {nombre for nombre, suyo in campos.items() if (suyo.get("indexing") or {}).get("fieldnorms")}
    assert medidos == {"title", "text", "x"}
