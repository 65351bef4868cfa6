"""Elasticsearch y OpenSearch de verdad para las pruebas: bajan de Maven y corren en loopback, uno de cada uno por corrida.

Los comparten todos los procesos de la corrida. Un guardián los apaga cuando ya no vive ninguno que los use, aunque a todos
los maten. Los dos servidores rechazan a root: en ese caso corren como `nobody`.
"""

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servidores.espera import hasta_que
from tests.servidores.postgres import ES_ROOT, NoDisponible

JAVA_MINIMO = 21
VERSIONES = {"elasticsearch": "9.5.3", "opensearch": "3.8.0"}
VARIABLES = {"elasticsearch": "ES", "opensearch": "OPENSEARCH"}
PROPIOS = {"elasticsearch": "xpack.security.enabled: false\n", "opensearch": ""}
SOBRAN = {"ingest-geoip", "opensearch-dashboards", "transport-grpc"}  # 100 MB que ninguna prueba usa
ALMACEN = Path("/var/cache" if ES_ROOT else "~/.cache").expanduser() / "acervo-servidores"
PLAZO_DE_ARRANQUE = 180.0
AJUSTES = """cluster.name: acervo-pruebas
discovery.type: single-node
thread_pool.estimated_time_interval: 0
network.host: 127.0.0.1
http.port: {puerto}
transport.port: {transporte}
path.data: {datos}/data
path.logs: {datos}/logs
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
"""
GUARDIAN = Path(__file__).with_name("guardian.py")
_sin_intermediario = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


@dataclass(frozen=True)
class Motor:
    """Un servidor de búsqueda en marcha, y el proceso que lo atiende."""

    nombre: str
    url: str
    pid: int

    @property
    def ajuste(self) -> str:
        """Lo que se escribe en ACERVO_BUSQUEDA para usarlo."""
        return f"{self.nombre}:{self.url}"


def _version(casa: Path) -> int:
    ficha = casa / "release"
    texto = ficha.read_text() if ficha.exists() and (casa / "bin" / "java").exists() else ""
    return int((re.findall(r'^JAVA_VERSION="(\d+)', texto, re.MULTILINE) or [0])[0])


def _java() -> Path:
    """La carpeta de un Java que sirve: el de JAVA_HOME o el más nuevo de la máquina."""
    casas = [*Path("/usr/lib/jvm").glob("*"), *Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home")]
    dada = Path(os.environ.get("JAVA_HOME") or "/nada")
    casa = dada if _version(dada) >= JAVA_MINIMO else max(casas, key=_version, default=dada)
    if _version(casa) < JAVA_MINIMO:
        raise NoDisponible(f"hace falta Java {JAVA_MINIMO} o superior (en JAVA_HOME o en /usr/lib/jvm)")
    return casa


def _bajar(nombre: str, destino: Path) -> Path:
    if not shutil.which("mvn"):
        raise NoDisponible("hace falta Maven (mvn) para bajar el servidor de pruebas")
    version = VERSIONES[nombre]
    artefacto = f"org.{nombre}.distribution.integ-test-zip:{nombre}:{version}:zip"
    orden = ["mvn", "-B", "-q", "dependency:copy", f"-DoutputDirectory={destino}", f"-Dartifact={artefacto}"]
    hecho = subprocess.run(
        orden, cwd=destino, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1800, check=False
    )
    if hecho.returncode:
        causa = re.sub(r"\x1b\[\d*m| \(?http\S+", "", hecho.stdout.strip().partition("\n")[0])
        raise NoDisponible(f"no se pudo bajar {nombre} {version}: {causa}")
    return destino / f"{nombre}-{version}.zip"


@contextmanager
def _en_turno(candado: Path) -> Iterator[None]:
    candado.parent.mkdir(parents=True, exist_ok=True)
    with candado.open("w") as archivo:
        fcntl.flock(archivo, fcntl.LOCK_EX)
        yield


def _instalar(nombre: str) -> Path:
    """La carpeta del servidor desempaquetado; la primera vez lo baja."""
    casa = ALMACEN / f"{nombre}-{VERSIONES[nombre]}"
    with _en_turno(ALMACEN / f".{nombre}.candado"):
        if not casa.exists():
            with tempfile.TemporaryDirectory(dir=ALMACEN) as obra:
                _desempaquetar(_bajar(nombre, Path(obra)), Path(obra))
                (Path(obra) / casa.name).rename(casa)
    return casa


def _desempaquetar(paquete: Path, obra: Path) -> None:
    with zipfile.ZipFile(paquete) as archivo:
        for ficha in archivo.infolist():
            _, parte, *resto = (*Path(ficha.filename).parts, "")
            if parte != "modules" or resto[0] not in SOBRAN:
                salida = Path(archivo.extract(ficha, obra))
                salida.chmod(0o755 if ficha.is_dir() or parte == "bin" else 0o644)
    (obra / paquete.stem / "plugins").mkdir(exist_ok=True)


def _puerto_libre() -> int:
    with socket.create_server(("127.0.0.1", 0)) as zocalo:
        return int(zocalo.getsockname()[1])


def _configurar(nombre: str, casa: Path, datos: Path, puerto: int) -> None:
    conf = datos / "config"
    shutil.copytree(casa / "config", conf)
    for carpeta in ("data", "logs", "tmp", "config/jvm.options.d"):
        (datos / carpeta).mkdir(exist_ok=True)
    ajustes = AJUSTES.format(puerto=puerto, transporte=_puerto_libre(), datos=datos)
    (conf / f"{nombre}.yml").write_text(PROPIOS[nombre] + ajustes)
    lineas = (conf / "jvm.options").read_text().splitlines(keepends=True)
    utiles = [linea for linea in lineas if not re.search(r"Xlog:gc|HeapDump|ErrorFile|^-Xm[sx]", linea)]
    (conf / "jvm.options").write_text("".join(utiles))
    # sólo C1: arranca un tercio antes
    (conf / "jvm.options.d" / "acervo.options").write_text("-Xms256m\n-Xmx768m\n-XX:TieredStopAtLevel=1\n")


def _como_nadie(datos: Path, *ajenas: Path) -> list[str]:
    """El principio de una orden que corre como `nobody`; nada si no somos root."""
    if not ES_ROOT:
        return []
    subprocess.run(["chown", "-R", "nobody:nogroup", datos], check=True)
    prefijo = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    entra = subprocess.run([*prefijo, "ls", *ajenas, datos], capture_output=True, check=False)
    if entra.returncode:
        raise NoDisponible(f"el usuario nobody no puede entrar en {datos} (elija otra carpeta temporal con TMPDIR)")
    return prefijo


def responde(url: str) -> bool:
    """¿Contesta ya, con sus índices listos?"""
    try:
        with _sin_intermediario(f"{url}/_cluster/health?wait_for_status=yellow&timeout=5s", timeout=10) as respuesta:
            return json.load(respuesta)["status"] in {"green", "yellow"}
    except (OSError, ValueError):
        return False


@dataclass(frozen=True)
class Nodo:
    """Un servidor configurado en su carpeta, por arrancar."""

    nombre: str
    datos: Path
    url: str
    orden: list[str | Path]
    ambiente: dict[str, str]


def nodo_de(nombre: str, carpeta: Path) -> Nodo:
    jdk, casa, puerto = _java(), _instalar(nombre), _puerto_libre()
    datos = carpeta / "nodo"
    datos.mkdir(parents=True)
    carpeta.chmod(0o755)
    _configurar(nombre, casa, datos, puerto)
    prefijo, variable = _como_nadie(datos, casa / "lib", jdk / "bin"), VARIABLES[nombre]
    ambiente = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": str(datos)} | {
        f"{variable}_JAVA_HOME": str(jdk), f"{variable}_TMPDIR": f"{datos}/tmp", f"{variable}_PATH_CONF": f"{datos}/config"
    }  # fmt: skip
    return Nodo(
        nombre, datos, f"http://127.0.0.1:{puerto}", [*prefijo, casa / "bin" / nombre, "-d", "-p", datos / "pid"], ambiente
    )


def encender(nodo: Nodo, guardia: Path) -> Motor:
    """Arranca el proceso, sin esperar a que atienda; su guardián mira la carpeta `guardia`."""
    bitacora, ficha = nodo.datos / "arranque.log", nodo.datos / "pid"
    ficha.unlink(missing_ok=True)
    with bitacora.open("wb") as salida:
        hecho = subprocess.run(
            nodo.orden, cwd=nodo.datos, env=nodo.ambiente, stdin=subprocess.DEVNULL, stdout=salida, stderr=salida,
            timeout=PLAZO_DE_ARRANQUE, start_new_session=True, check=False,
        )  # fmt: skip
    if hecho.returncode:
        raise RuntimeError(f"{nodo.nombre} no arrancó:\n{bitacora.read_text(errors='replace')[-2000:]}")
    hasta_que(lambda: ficha.exists() and ficha.read_text().strip(), PLAZO_DE_ARRANQUE, f"el número de proceso de {nodo.nombre}")
    motor = Motor(nodo.nombre, nodo.url, int(ficha.read_text()))
    subprocess.run([sys.executable, GUARDIAN, guardia, str(motor.pid)], stdin=subprocess.DEVNULL, check=True)
    return motor


def _arrancar(nombre: str, carpeta: Path) -> Motor:
    motor = encender(nodo_de(nombre, carpeta), carpeta)
    hasta_que(lambda: responde(motor.url), PLAZO_DE_ARRANQUE, f"que {nombre} atienda")
    return motor


@contextmanager
def en_marcha(nombre: str, corrida: Path) -> Iterator[Motor]:
    """El servidor de esta corrida: lo arranca el primer proceso que lo pide y lo apaga el último que lo suelta.

    `corrida` es una carpeta que conocen todos los procesos de la corrida.

    Raises:
        NoDisponible: falta algo en la máquina; el texto dice qué.
    """
    with _en_turno(corrida / f"{nombre}.candado"):
        ficha = corrida / f"{nombre}.json"
        motor, usan = _ya_en_marcha(ficha) or _nuevo(nombre, ficha)
    try:
        yield motor
    finally:
        (usan / str(os.getpid())).unlink(missing_ok=True)
        hasta_que(lambda: not usan.exists() or any(usan.glob("*")), 60, f"que {nombre} se apague")


def _ya_en_marcha(ficha: Path) -> tuple[Motor, Path] | None:
    """El que otro proceso arrancó, si el guardián no lo está apagando ya."""
    if not ficha.exists():
        return None
    dato = json.loads(ficha.read_text())
    usan = Path(dato["usan"])
    try:
        (usan / str(os.getpid())).touch()
    except FileNotFoundError:
        return None
    return Motor(**dato["motor"]), usan


def _nuevo(nombre: str, ficha: Path) -> tuple[Motor, Path]:
    carpeta = Path(tempfile.mkdtemp(prefix="acervo-motor-"))
    usan = carpeta / "usan"
    usan.mkdir()
    (usan / str(os.getpid())).touch()
    motor = _arrancar_o_limpiar(nombre, carpeta)
    ficha.write_text(json.dumps({"usan": str(usan), "motor": motor.__dict__}))
    return motor, usan


def _arrancar_o_limpiar(nombre: str, carpeta: Path) -> Motor:
    try:
        return _arrancar(nombre, carpeta)
    except BaseException:
        shutil.rmtree(carpeta, ignore_errors=True)  # el guardián, si llegó a nacer, ve que no está y apaga el servidor
        raise
