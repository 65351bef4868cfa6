"""Un motor externo que no está, tarda o contesta a medias: se dice a tiempo, y nunca con números que no son."""

import itertools
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from search import (
    ClusterOptions,
    EngineAbsent,
    InvalidRequest,
    SearchEngine,
    SearchRequest,
    SearchUnavailable,
    deadline,
    open_engine,
    time_limit,
)
from search.backends.cluster import bulk, server
from search.backends.cluster.bulk import Action, send
from search.backends.cluster.transport import Call, Json, Overloaded, TooLarge, Unreachable
from search.deadline import stepping
from tests.search.contrato import PUBLICO, nodo
from tests.search.mundo import ESQUEMA
from tests.search.red_rota import A_MEDIAS, en_json, puerto_sin_nadie, que_contesta

CLASES = ("elasticsearch", "opensearch")
PACIENCIA = 5.0
TARDANZA = 20
"""Segundos: lo que tarda un motor que no llega a tiempo. Que se note antes de la mitad basta, por cargada que esté la máquina."""


def motor_en(clase: str, puerto: int) -> SearchEngine:
    direccion = f"{clase}:http://persona:secreto@127.0.0.1:{puerto}"
    return open_engine(direccion, Path(), ESQUEMA, cluster=ClusterOptions(patience=PACIENCIA))


def lo_que_dice(motor: SearchEngine) -> str:
    """El mensaje con que se declara ausente; vacío si contesta."""
    try:
        with time_limit(0.6):
            motor.search(SearchRequest(PUBLICO, nodo("agua")))
    except EngineAbsent as error:
        return str(error)
    return ""


def callado(mensaje: str) -> bool:
    """¿Dice algo, sin repetir lo que se buscó ni la contraseña?"""
    return bool(mensaje) and "secreto" not in mensaje and "agua" not in mensaje


@pytest.mark.parametrize("clase", CLASES)
def test_si_no_esta_se_dice_al_momento(clase: str) -> None:
    motor = motor_en(clase, puerto_sin_nadie())
    inicio = time.monotonic()
    assert callado(lo_que_dice(motor))
    salud = motor.health()
    assert (bool(salud.problem), salud.rebuild) == (True, False)
    assert time.monotonic() - inicio < PACIENCIA
    with pytest.raises(EngineAbsent), motor.writer():
        pass


@pytest.mark.parametrize("clase", CLASES)
def test_si_tarda_se_dice_dentro_del_plazo(clase: str) -> None:
    with que_contesta(200, b"{}", espera=TARDANZA) as puerto:
        motor = motor_en(clase, puerto)
        inicio = time.monotonic()
        assert callado(lo_que_dice(motor))
        assert 0.5 < time.monotonic() - inicio < TARDANZA / 2


@pytest.mark.parametrize("clase", CLASES)
def test_el_plazo_es_de_todas_las_preguntas_juntas(clase: str) -> None:
    with que_contesta(200, en_json(A_MEDIAS["otra cosa"]), espera=0.25) as puerto, time_limit(0.6):
        motor = motor_en(clase, puerto)
        inicio = time.monotonic()
        for _ in range(20):
            with pytest.raises(EngineAbsent):
                motor.search(SearchRequest(PUBLICO))
        assert time.monotonic() - inicio < 20 * 0.25


@pytest.mark.parametrize("clase", CLASES)
def test_recorrer_una_lista_entera_tampoco_pasa_del_plazo(clase: str) -> None:
    with que_contesta(200, b"{}", espera=TARDANZA) as puerto, time_limit(0.6):
        motor = motor_en(clase, puerto)
        inicio = time.monotonic()
        for _ in range(3):
            with pytest.raises(EngineAbsent):
                list(motor.export(SearchRequest(PUBLICO)))
        assert time.monotonic() - inicio < TARDANZA / 2


def test_un_recorrido_que_avanza_no_gasta_el_plazo_y_uno_que_falla_si(monkeypatch: pytest.MonkeyPatch) -> None:
    segundos = itertools.count()
    monkeypatch.setattr(deadline, "time", SimpleNamespace(monotonic=lambda: float(next(segundos))))
    with time_limit(5.0):
        for _ in range(9):
            with stepping(60.0) as quedan:
                assert quedan == 5.0
        with pytest.raises(EngineAbsent), stepping(60.0):
            raise EngineAbsent("late")
        with stepping(60.0) as quedan:
            assert quedan == 4.0


@pytest.mark.parametrize("clase", CLASES)
@pytest.mark.parametrize("caso", A_MEDIAS)
def test_una_respuesta_a_medias_no_es_respuesta(clase: str, caso: str) -> None:
    with que_contesta(200, en_json(A_MEDIAS[caso])) as puerto:
        assert callado(lo_que_dice(motor_en(clase, puerto)))


@pytest.mark.parametrize("clase", CLASES)
@pytest.mark.parametrize(
    ("codigo", "cuerpo", "corta"),
    [(200, b"<html>Mantenimiento</html>", False), (200, b"[1, 2]", False), (502, b"x", False), (503, b"{}", False),
     (401, b"{}", False), (200, b'{"hits": {"total": {"value": 3}}}', True)],
)  # fmt: skip
def test_lo_que_no_es_un_motor_sano_se_dice(clase: str, codigo: int, cuerpo: bytes, *, corta: bool) -> None:
    with que_contesta(codigo, cuerpo, corta=corta) as puerto:
        mensaje = lo_que_dice(motor_en(clase, puerto))
        assert callado(mensaje) and "cluster" in mensaje


def test_tras_varias_fallas_descansa_un_segundo() -> None:
    motor = motor_en("opensearch", puerto_sin_nadie())
    primeros = [lo_que_dice(motor) for _ in range(3)]
    assert all(map(callado, primeros)) and "in time" in lo_que_dice(motor)


class Ausente:
    """Un transporte en que nadie contesta; mientras espera, `mientras` pregunta otra cosa."""

    name = "ausente"

    def __init__(self) -> None:
        self.llamadas = 0
        self.mientras: Callable[[], None] = lambda: None

    def call(self, call: Call) -> Json:
        self.llamadas += 1
        self.mientras()
        raise Unreachable("nobody")


def test_tras_el_descanso_una_sola_pregunta_va_a_ver_y_las_demas_no_esperan_con_ella(monkeypatch: pytest.MonkeyPatch) -> None:
    reloj, transporte = [100.0], Ausente()
    monkeypatch.setattr(server, "time", SimpleNamespace(monotonic=lambda: reloj[0]))
    servidor = server.Server(transporte, 5.0)  # type: ignore[arg-type]

    def preguntar() -> None:
        with pytest.raises(EngineAbsent):
            servidor.count("x")

    for _ in range(server.TRIPS_AFTER + 2):
        preguntar()
    assert transporte.llamadas == server.TRIPS_AFTER
    reloj[0] += server.REST
    transporte.mientras = preguntar
    preguntar()
    assert transporte.llamadas == server.TRIPS_AFTER + 1


@pytest.mark.parametrize(
    "direccion",
    [
        "elasticsearch",
        "elasticsearch:",
        "elasticsearch:anfitrion",
        "opensearch:ftp://x",
        "solr:http://x",
        "opensearch:http://x:noventa,http://y",
    ],
)
def test_una_direccion_que_no_sirve_se_dice_sin_repetirla(direccion: str) -> None:
    with pytest.raises(InvalidRequest) as error:
        open_engine(direccion, Path(), ESQUEMA)
    assert "anfitrion" not in str(error.value)


class ServidorSaturado:
    """Rechaza peticiones grandes y, la primera vez, la mitad de los documentos."""

    def __init__(self) -> None:
        self.tomados: list[str] = []
        self.peticiones: list[int] = []

    def bulk(self, lineas: bytes) -> list[dict[str, dict[str, int]]]:
        nombres = [linea.split(b'"_id":"')[1].split(b'"')[0].decode() for linea in lineas.splitlines() if b'"_id"' in linea]
        self.peticiones.append(len(nombres))
        if len(nombres) > 3:
            raise Overloaded("busy")
        toma = [n for i, n in enumerate(nombres) if len(self.peticiones) > 6 or i % 2 == 0]
        self.tomados += toma
        return [{"index": {"status": 201 if nombre in toma else 429}} for nombre in nombres]


def test_la_escritura_cede_y_repite_solo_lo_que_no_entro(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_WAIT", 0.0)
    servidor = ServidorSaturado()
    nombres = [f"k{n}#0" for n in range(10)]
    send(servidor, [Action("i", nombre, 1, {"a": 1}) for nombre in nombres])  # type: ignore[arg-type]
    assert sorted(servidor.tomados) == sorted(nombres)
    assert servidor.peticiones[0] == 10 and max(servidor.peticiones[-3:]) <= 3


def test_si_nunca_cede_se_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_WAIT", 0.0)
    servidor = ServidorSaturado()
    servidor.bulk = lambda lineas: [{"index": {"status": 429}}]  # type: ignore[method-assign]
    with pytest.raises(SearchUnavailable, match="overloaded"):
        send(servidor, [Action("i", "k1#0", 1, {})])  # type: ignore[arg-type]


def test_un_documento_que_no_cabe_en_ninguna_peticion_se_aparta(monkeypatch: pytest.MonkeyPatch) -> None:
    """De cuantos vayan juntos, y sin esperar: que uno no quepa no es que el motor pida tiempo."""
    monkeypatch.setattr(bulk.time, "sleep", lambda _: pytest.fail("esperó"))
    servidor, tomados, todos = ServidorSaturado(), [], [*(f"k{n}#0" for n in range(bulk.MOST_ACTIONS - 1)), "enorme#0"]

    def tomar(lineas: bytes) -> list[dict[str, dict[str, int]]]:
        if b"enorme" in lineas:
            raise TooLarge("413")
        tomados.append(lineas)
        return [{"index": {"status": 201}}] * (lineas.count(b"\n") // 2)

    servidor.bulk = tomar  # type: ignore[method-assign]
    rechazados = send(servidor, [Action("i", n, 1, {}) for n in todos])  # type: ignore[arg-type]
    assert list(rechazados) == ["enorme#0"]
    assert b"".join(tomados).count(b'"_id"') == bulk.MOST_ACTIONS - 1
