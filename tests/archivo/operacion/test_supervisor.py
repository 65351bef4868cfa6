"""Las decisiones del supervisor, sin procesos de verdad."""

import signal
import time

import pytest

from archivo.operacion import supervisor as modulo
from archivo.operacion.procesos import PAUSA_MAXIMA, VIDA_SANA, Hijo
from archivo.operacion.supervisor import CAIDAS_TOLERADAS, NoArranca, Supervisor


class HijoFingido(Hijo):
    """Nace, y muere cuando se le dice."""

    def __init__(self, nombre, diario, *, muere_al_nacer=False):
        super().__init__(nombre, [nombre])
        self.diario, self.vivo, self.muere_al_nacer = diario, False, muere_al_nacer

    def nacer(self):
        self.diario.append(f"nace {self.nombre}")
        self.nacido = time.monotonic()
        self.vivo = not self.muere_al_nacer

    @property
    def vive(self):
        return self.vivo

    def pedir_fin(self):
        self.diario.append(f"fin {self.nombre}")
        self.vivo = False

    def esperar(self, plazo):
        return not self.vivo

    def matar(self):
        self.vivo = False

    def anotar_caida(self):
        super().anotar_caida()
        self.renacer_en = 0.001
        return 0.0


@pytest.fixture
def diario(monkeypatch):
    monkeypatch.setattr(modulo, "RONDA", 0)
    return []


def correr(hijos, rondas):
    avisos = []
    supervisor = Supervisor(hijos, avisos.append)
    pendientes = iter(rondas)

    def cada_ronda():
        paso = next(pendientes, None)
        if paso is None:
            supervisor.al_recibir(signal.SIGTERM, None)
        else:
            paso()

    supervisor.correr(cada_ronda)
    return avisos


def test_la_web_termina_antes_que_los_demas(diario):
    correr([HijoFingido("web", diario), HijoFingido("trabajador", diario), HijoFingido("indizador", diario)], [])
    assert diario[-3:] == ["fin web", "fin trabajador", "fin indizador"]


def test_el_que_muere_vuelve_y_se_avisa(diario):
    web = HijoFingido("web", diario)
    avisos = correr([web], [lambda: setattr(web, "vivo", False), lambda: None, lambda: None])
    assert diario.count("nace web") == 2
    assert "web terminó sin que se le pidiera" in avisos[0]


def test_el_que_nunca_arranca_se_dice(diario):
    with pytest.raises(NoArranca, match="web no se mantiene en marcha"):
        correr([HijoFingido("web", diario, muere_al_nacer=True)], [lambda: None] * 100)
    assert diario.count("nace web") == CAIDAS_TOLERADAS + 1


def test_la_espera_crece_y_una_vida_sana_la_olvida():
    hijo = Hijo("web", ["web"], nacido=1e12)
    esperas = [hijo.anotar_caida() for _ in range(9)]
    assert esperas[:4] == [0.5, 1, 2, 4]
    assert esperas[-1] == PAUSA_MAXIMA
    hijo.nacido = -VIDA_SANA * 1e6
    assert hijo.anotar_caida() == 0.5


def test_el_segundo_ctrl_c_apura_pero_un_segundo_sigterm_no():
    """`make` reenvía SIGTERM a sus hijos, que ya lo recibieron."""
    supervisor = Supervisor([], lambda _: None)
    supervisor.al_recibir(signal.SIGTERM, None)
    supervisor.al_recibir(signal.SIGTERM, None)
    assert (supervisor.terminar, supervisor.con_prisa) == (True, False)
    supervisor.al_recibir(signal.SIGINT, None)
    assert supervisor.con_prisa
