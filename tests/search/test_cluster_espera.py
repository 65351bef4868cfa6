"""Un motor externo que pide tiempo: ni el turno de escribir ni una construcción se pierden por esperarlo."""

import itertools
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from search import IndexBusy
from search.backends.cluster import compaction, lease
from search.backends.cluster.transport import Json, Overloaded


class ServidorQueNoOrdena:
    """Toma todo, pero siempre pide que se espere a poner en orden lo escrito."""

    def __init__(self) -> None:
        self.veces = 0

    def flush(self, indices: list[str]) -> None:
        self.veces += 1
        raise Overloaded("busy")


def test_si_el_motor_no_deja_ponerlo_en_orden_el_indice_sirve_asi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "MOMENT", 0.0)
    servidor = ServidorQueNoOrdena()
    orden = compaction.Compaction(servidor, ["i"], 1)  # type: ignore[arg-type]
    vueltas = next(n for n in itertools.count(1) if orden.done())
    assert vueltas == servidor.veces == compaction.FORGIVEN


class NotaDeMentira:
    """Un clúster que guarda la nota de quien escribe, y a ratos pide que se espere."""

    def __init__(self) -> None:
        self.nota: dict[str, object] | None = None
        self.saturado = False
        self.al_guardar: Callable[[], None] = lambda: None

    def create(self, indice: str, cuerpo: Json) -> None:
        """Ya está."""

    def note(self, indice: str, nombre: str) -> tuple[dict[str, object], tuple[int, int]] | None:
        return (self.nota, (1, 1)) if self.nota else None

    def keep(
        self, indice: str, nombre: str, nota: dict[str, object], guarda: object = None, *, new: bool = False
    ) -> tuple[int, int]:
        if self.saturado:
            raise Overloaded("busy")
        self.nota = nota
        self.al_guardar()
        return 1, 1

    def discard(self, indice: str, nombre: str, guarda: object) -> None:
        self.nota = None


def test_dos_hilos_del_mismo_proceso_no_escriben_a_la_vez() -> None:
    """Ni en el instante en que el primero acaba de dejar su nota."""
    servidor, rechazados = NotaDeMentira(), []

    def otro_hilo() -> None:
        servidor.al_guardar = lambda: None
        with pytest.raises(IndexBusy), lease.leased(servidor, "c", 0.0):  # type: ignore[arg-type]
            pass
        rechazados.append(1)

    servidor.al_guardar = otro_hilo
    with lease.leased(servidor, "c", 0.0):  # type: ignore[arg-type]
        assert rechazados == [1]
    assert servidor.nota is None


def test_si_el_motor_pide_esperar_el_turno_se_renueva_despues(monkeypatch: pytest.MonkeyPatch) -> None:
    reloj, servidor = [1000.0], NotaDeMentira()
    monkeypatch.setattr(lease, "time", SimpleNamespace(monotonic=lambda: reloj[0], time=lambda: reloj[0], sleep=lambda _: None))
    with lease.leased(servidor, "c", 0.0) as turno:  # type: ignore[arg-type]
        servidor.saturado = True
        reloj[0] += lease.RENEWED_AFTER + 1
        turno.renew()
        servidor.saturado = False
        turno.renew()
        assert servidor.nota is not None and servidor.nota["until"] == reloj[0] + lease.LASTS
        servidor.saturado = True
        reloj[0] += lease.LATEST + 1
        with pytest.raises(Overloaded):
            turno.renew()
