"""Leer por máquina las páginas que son imágenes: qué falta, con qué motor y página por página.

Nunca detiene una entrada: el documento se acepta y esto va después, como trabajo. Se puede matar y repetir: lo ya leído no se vuelve
a leer. Si faltan los datos de Tesseract en español, el elemento conserva su pendiente y la salud del archivo dice cómo ponerlos.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from archivo.catalogo.puerta import (
    Adjunto,
    Pagina,
    anotar_lectura_optica,
    cerrar_lectura_optica,
    esperar_lectura_optica,
    todos_los_tipos,
)
from archivo.ingesta.formatos import IMAGENES, PDF
from archivo.objetos.puerta import FallaAislada, Limites, ObjetoAusente, ejecutar, ruta_local

IDIOMA = "spa"
COMO_INSTALAR = (
    "Falta el español de Tesseract: las páginas que son imágenes no se leen. Instale el paquete tesseract-ocr-spa "
    "(o ponga en ACERVO_TESSDATA la carpeta donde está spa.traineddata) y corra `python manage.py ocr pendientes`."
)
LIMITES = Limites(memoria=1536 * 1024 * 1024, cpu=120, tiempo=180)
PIXELES = 24_000_000
TURNO = 300.0
ROLES_QUE_SE_LEEN = ("original", "version_publica", "anexo")
_CARPETAS = ("/usr/share/tessdata", "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata")


class SinMotor(Exception):
    """No están los datos del reconocimiento en español; el mensaje dice cómo ponerlos."""

    def __init__(self) -> None:
        super().__init__(COMO_INSTALAR)


@dataclass
class Resultado:
    """Cómo quedó un archivo: páginas leídas ahora, las que faltan, y las que no se pudo con su motivo."""

    leidas: int = 0
    faltan: int = 0
    fallas: list[tuple[str, str]] = field(default_factory=list)


Progreso = Callable[[int, int], bool]
"""Recibe (páginas recorridas, total) y dice si hay que parar."""


def tessdata() -> Path | None:
    """La carpeta con el español de Tesseract: la del ajuste, la del entorno o la del sistema. None si no está en ninguna."""
    dichas = [getattr(settings, "ACERVO_TESSDATA", ""), os.environ.get("TESSDATA_PREFIX", "")]
    del_sistema = sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
    posibles = [*(Path(d) for d in dichas if d), *del_sistema, *(Path(c) for c in _CARPETAS)]
    return next((p for p in posibles if (p / f"{IDIOMA}.traineddata").is_file()), None)


def por_leer() -> QuerySet[Adjunto]:
    """Los archivos con páginas sin texto, o imágenes sueltas de un documento, que nadie ha leído todavía; lo más antiguo primero."""
    paginas = Pagina.objects.filter(adjunto=OuterRef("pk"))
    suelta = Q(objeto__mime__in=IMAGENES, rol__in=ROLES_QUE_SE_LEEN) & Q(item__tipo__in=_tipos_que_se_leen()) & ~Exists(paginas)
    con_hueco = Q(objeto__mime__in=[PDF, *IMAGENES]) & Exists(paginas.filter(lectura="sin_texto"))
    return Adjunto.objects.filter(suelta | con_hueco).exclude(datos__has_key="ocr").order_by("pk")


def estado() -> dict[str, Any]:
    """Cuántos archivos esperan y con qué se leen: `{"idioma", "tessdata", "por_leer", "aviso"}`; `aviso` dice qué falta, o «»."""
    carpeta = tessdata()
    datos = {"idioma": IDIOMA, "tessdata": str(carpeta or ""), "por_leer": por_leer().count()}
    return datos | {"aviso": "" if carpeta else COMO_INSTALAR}


def _tipos_que_se_leen() -> list[str]:
    return [t.codigo for t in todos_los_tipos() if t.se_lee_la_imagen]


def se_lee(adjunto: Adjunto) -> bool:
    """¿Tiene ese archivo algo que sólo se sabe viéndolo?"""
    return por_leer().filter(pk=adjunto.pk).exists()


def pedir(adjunto: Adjunto) -> bool:
    """Deja anotado que ese archivo espera lectura. True si además hay con qué leerlo: quien llama encarga la tarea."""
    if not se_lee(adjunto):
        return False
    esperar_lectura_optica(adjunto.item)
    return tessdata() is not None


def sin_parar(hechas: int, total: int) -> bool:
    """Nadie mira ni pide parar."""
    return False


def leer(pk: int, progreso: Progreso = sin_parar) -> Resultado:
    """Lee lo que falte de un archivo. Devuelve lo hecho; `faltan` mayor que cero si se acabó el turno o se pidió parar.

    Raises:
        SinMotor: no están los datos de Tesseract.
    """
    adjunto = Adjunto.objects.select_related("item", "objeto").filter(pk=pk).first()
    if adjunto is None or not se_lee(adjunto):
        return Resultado()
    carpeta = tessdata()
    if carpeta is None:
        raise SinMotor
    numeros = list(adjunto.paginas.filter(lectura="sin_texto").order_by("n").values_list("n_en_archivo", flat=True)) or [1]
    resultado = _leer_paginas(adjunto, [n or 1 for n in numeros], carpeta, progreso)
    cerrar_lectura_optica(adjunto, terminada=not resultado.faltan, fallas=len(resultado.fallas))
    return resultado


def _leer_paginas(adjunto: Adjunto, numeros: list[int], carpeta: Path, progreso: Progreso) -> Resultado:
    resultado, fin = Resultado(), time.monotonic() + TURNO
    total = adjunto.objeto.paginas or 1
    antes = total - len(numeros)
    for i, numero in enumerate(numeros):
        if progreso(antes + i, total) or time.monotonic() > fin:
            resultado.faltan = len(numeros) - i
            return resultado
        try:
            leida = _leer_una(adjunto, numero, carpeta)
        except (FallaAislada, ObjetoAusente) as falla:
            resultado.fallas.append((f"página {numero}", getattr(falla, "motivo", str(falla))))
            continue
        anotar_lectura_optica(adjunto, numero, leida["texto"], leida["confianza"])
        resultado.leidas += 1
    progreso(total, total)
    return resultado


def _leer_una(adjunto: Adjunto, numero: int, carpeta: Path) -> dict[str, Any]:
    argumentos = {
        "ruta": str(ruta_local(adjunto.objeto)),
        "mime": adjunto.objeto.mime,
        "pagina": numero,
        "pixeles": PIXELES,
        "tessdata": f"{carpeta}/",
    }
    leida: dict[str, Any] = ejecutar("archivo.ingesta.lectores.ocr:leer_pagina", argumentos, LIMITES)
    return leida
