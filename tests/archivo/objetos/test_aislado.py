import os
import signal
import threading
import time
from pathlib import Path

import pytest

from archivo.objetos import aislado
from archivo.objetos.puerta import FallaAislada, Limites, ejecutar
from tests.servidores.espera import hasta_que

OFICIOS = "tests.archivo.objetos.oficios"
CORTOS = Limites(tiempo=2, cpu=1)


def _pedir(funcion, limites=None, **argumentos):
    return ejecutar(f"{OFICIOS}:{funcion}", argumentos, limites)


def _vivo(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z" if Path("/proc").is_dir() else True


def test_devuelve_lo_que_la_funcion_devuelve():
    assert _pedir("eco", valor=["á", 1, None])["valor"] == ["á", 1, None]


def test_no_hereda_el_entorno_ni_importa_django(monkeypatch):
    monkeypatch.setenv("ACERVO_CLAVE_SECRETA", "secreta")
    monkeypatch.setenv("HTTPS_PROXY", "http://ejemplo.invalid")
    visto = _pedir("eco", valor=1)
    assert not {"ACERVO_CLAVE_SECRETA", "HTTPS_PROXY", "HOME"} & set(visto["entorno"])
    assert visto["django"] is False


def test_cada_encargo_es_un_proceso_distinto():
    pids = {_pedir("eco", valor=1)["pid"] for _ in range(3)}
    assert len(pids) == 3
    assert os.getpid() not in pids


@pytest.mark.parametrize(
    ("funcion", "clase"),
    [("girar", "tiempo"), ("engordar", "memoria"), ("caer", "caida"), ("fallar", "error"), ("salir", "caida")],
)
def test_cada_falla_tiene_su_clase_y_una_frase(funcion, clase):
    with pytest.raises(FallaAislada) as falla:
        _pedir(funcion, CORTOS)
    assert falla.value.clase == clase
    assert falla.value.motivo.endswith(".")
    assert _pedir("eco", valor="sigue")["valor"] == "sigue"


def test_lo_que_el_lector_imprima_no_estorba():
    assert _pedir("hablar") == "bien"


def test_no_escribe_mas_de_lo_permitido(tmp_path):
    with pytest.raises(FallaAislada):
        _pedir("llenar", Limites(salida=1_000_000), destino=str(tmp_path / "lleno"))
    assert (tmp_path / "lleno").stat().st_size <= 1_000_000


def test_al_vencer_el_plazo_mueren_tambien_sus_procesos(tmp_path):
    aviso = tmp_path / "pid"
    antes = time.monotonic()
    with pytest.raises(FallaAislada) as falla:
        _pedir("colgarse", Limites(tiempo=1), aviso=str(aviso))
    assert falla.value.clase == "tiempo"
    assert time.monotonic() - antes < 5
    nieto = int(aviso.read_text())
    hasta_que(lambda: not _vivo(nieto), que="que muera el nieto")


def test_si_quien_encargo_se_va_el_trabajo_muere(tmp_path):
    celda = aislado.Celda()
    aviso = tmp_path / "pid"
    encargo = {"funcion": f"{OFICIOS}:colgarse", "argumentos": {"aviso": str(aviso)}, "limites": vars(Limites()) | {}}
    hilo = threading.Thread(target=celda.pedir, args=[encargo])
    hilo.start()
    hasta_que(lambda: aviso.exists() and aviso.read_text(), que="que arranque")
    celda.proceso.stdin.close()
    hasta_que(lambda: not _vivo(int(aviso.read_text())), que="que muera lo encargado")
    hilo.join(10)
    celda.cerrar()
    assert not hilo.is_alive() and celda.proceso.poll() is not None


def test_una_matriz_muerta_se_sustituye():
    _pedir("eco", valor=1)
    for celda in aislado._celdas.libres:
        os.kill(celda.proceso.pid, signal.SIGKILL)
        celda.proceso.wait()
    assert _pedir("eco", valor=2)["valor"] == 2


def test_una_funcion_que_no_existe_es_un_error():
    with pytest.raises(FallaAislada) as falla:
        ejecutar(f"{OFICIOS}:nada", {})
    assert falla.value.clase == "error"


def test_varios_hilos_a_la_vez_reciben_cada_uno_lo_suyo():
    vistos = {}
    hilos = [threading.Thread(target=lambda n=n: vistos.update({n: _pedir("eco", valor=n)["valor"]})) for n in range(6)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(30)
    assert vistos == {n: n for n in range(6)}
