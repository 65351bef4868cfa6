import io
import os
import resource
import subprocess
import sys
import time

import pytest

from archivo.objetos.deposito import DepositoLocal, ObjetoAusente, SinEspacio, barrer_parciales
from tests.servidores.espera import hasta_que

SHA_DE_HOLA = "b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79"
RAIZ = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))  # noqa: PTH100, PTH118, PTH120


@pytest.fixture
def deposito(tmp_path):
    return DepositoLocal(tmp_path / "objetos")


def _archivos(deposito):
    return sorted(str(p.relative_to(deposito.raiz)) for p in deposito.raiz.rglob("*") if p.is_file())


def test_el_nombre_es_el_sha256_en_dos_carpetas(deposito):
    escrito = deposito.guardar(io.BytesIO(b"hola"))
    assert escrito.sha256 == SHA_DE_HOLA
    assert _archivos(deposito) == [f"b2/21/{SHA_DE_HOLA}"]
    with deposito.abrir(SHA_DE_HOLA) as abierto:
        assert abierto.read() == b"hola"


def test_el_mismo_contenido_es_el_mismo_archivo(deposito):
    uno = deposito.guardar(io.BytesIO(b"hola"))
    antes = uno.ruta.stat().st_mtime_ns
    otro = deposito.guardar(io.BytesIO(b"hola"))
    assert otro.ruta == uno.ruta
    assert otro.ruta.stat().st_mtime_ns == antes
    assert len(_archivos(deposito)) == 1


def test_queda_de_solo_lectura(deposito):
    assert deposito.guardar(io.BytesIO(b"hola")).ruta.stat().st_mode & 0o222 == 0


def test_un_archivo_cortado_se_repone_al_guardar_otra_vez(deposito):
    ruta = deposito.guardar(io.BytesIO(b"hola")).ruta
    ruta.chmod(0o600)
    ruta.write_bytes(b"ho")
    deposito.guardar(io.BytesIO(b"hola"))
    assert ruta.read_bytes() == b"hola"


def test_un_origen_que_falla_no_deja_nada(deposito):
    class Roto(io.RawIOBase):
        veces = 0

        def read(self, cuantos=-1):
            self.veces += 1
            if self.veces > 1:
                raise ConnectionError("se cortó la carga")
            return b"x" * 1000

    with pytest.raises(ConnectionError):
        deposito.guardar(Roto())
    assert _archivos(deposito) == []


def test_el_disco_lleno_es_un_error_claro_y_no_deja_restos(deposito):
    blando, duro = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, duro))
    try:
        with pytest.raises(SinEspacio, match="Libere espacio"):
            deposito.guardar(io.BytesIO(b"x" * 3_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (blando, duro))
    assert _archivos(deposito) == []


@pytest.mark.parametrize("malo", ["", "../../etc/passwd", "b2", SHA_DE_HOLA.upper(), SHA_DE_HOLA + "\n"])
def test_solo_un_sha256_es_un_nombre(deposito, malo):
    with pytest.raises(ObjetoAusente):
        deposito.ruta(malo)


GUION = """
import sys
sys.path.insert(0, sys.argv[1])
import django
from django.conf import settings
settings.configure()
from pathlib import Path
from archivo.objetos.deposito import DepositoLocal
class Lento:
    def read(self, n=-1):
        sys.stdout.write("x"); sys.stdout.flush()
        sys.stdin.read(1)
        return b"y" * 100_000
DepositoLocal(Path(sys.argv[2])).guardar(Lento())
"""


def test_matar_a_media_escritura_no_deja_nada_con_nombre_final(deposito):
    proceso = subprocess.Popen(
        [sys.executable, "-c", GUION, RAIZ, str(deposito.raiz)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with proceso:
        for _ in range(5):
            assert proceso.stdout.read(1) == b"x"
            proceso.stdin.write(b".")
            proceso.stdin.flush()
        hasta_que(lambda: any(p.stat().st_size for p in deposito.parciales.glob("*.parcial")), que="el parcial con bytes")
        proceso.kill()
    restos = _archivos(deposito)
    assert len(restos) == 1
    assert restos[0].endswith(".parcial")
    assert barrer_parciales(deposito.parciales) == 0, "un parcial reciente puede ser de alguien vivo"
    viejo = time.time() - 90_000
    os.utime(deposito.raiz / restos[0], (viejo, viejo))
    assert barrer_parciales(deposito.parciales) == 1
    assert _archivos(deposito) == []
