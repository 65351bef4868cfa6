"""Abrir el archivo con su lector de verdad y decidir si se puede recibir."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from archivo.catalogo.puerta import GRABACIONES
from archivo.ingesta.contraste import contrastar
from archivo.ingesta.formatos import IMAGENES, PDF, TEXTO
from archivo.ingesta.veredictos import Cuarentena
from archivo.objetos.puerta import FallaAislada, Limites, ejecutar

LECTORES = "archivo.ingesta.lectores"
MIB = 1024 * 1024
PIXELES_MAXIMOS = 120_000_000


@dataclass
class Lectura:
    """Lo que se supo de un archivo al abrirlo. `paginas` null si el formato no tiene; `textos`, uno por página o parte.

    `datos` se guarda con el adjunto: `ancho`, `alto` (pixeles), `con_posicion`, `toma` (lo que la foto dice de sí), `duracion`
    (segundos), `pistas`.
    """

    mime: str
    paginas: int | None = None
    textos: list[str] = field(default_factory=list)
    lectura: str = "pdf"
    titulo: str = ""
    renglones: list[tuple[str, float]] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    datos: dict[str, Any] = field(default_factory=dict)


def limites_de(ruta: Path) -> Limites:
    """Los topes del primer lector: 28 s, y un segundo más por cada 2 MB. Con los de los otros pasos, menos de un minuto."""
    extra = min(ruta.stat().st_size // (2 * MIB), 240)
    return Limites(cpu=22 + extra, tiempo=28 + extra)


@contextmanager
def archivo_temporal() -> Iterator[Path]:
    """Un lugar donde el proceso aislado deja el texto; desaparece al salir."""
    carpeta = Path(settings.ACERVO_DATOS) / "temporal"
    carpeta.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=carpeta, prefix="ingesta-") as propia:
        yield Path(propia) / "texto.jsonl"


def leer_textos(salida: Path) -> list[str]:
    """Un texto por renglón, como los deja el lector."""
    with salida.open(encoding="utf-8") as abierto:
        return [json.loads(renglon) for renglon in abierto]


def _exigir_abierto(ficha: dict[str, Any]) -> None:
    if ficha["contrasena"]:
        raise Cuarentena(
            "Está cifrado y pide contraseña para abrirse. Pida a quien lo entregó una copia sin contraseña y vuelva a ingresarla."
        )
    if not ficha["abre"]:
        detalle = ficha["detalle"]
        if "security" in detalle:
            raise Cuarentena("Está cifrado para destinatarios con certificado. Pida una copia sin cifrar y vuelva a ingresarla.")
        raise Cuarentena("Está dañado: no se puede abrir como PDF. Consiga otra copia del original y vuelva a ingresarla.")
    if ficha["cifrado"]:
        raise Cuarentena(
            "Está cifrado con restricciones de uso (se lee sin contraseña, pero no podrá conservarse ni certificarse así). "
            "Guárdelo sin protección y vuelva a ingresarlo."
        )
    if not ficha["paginas"]:
        raise Cuarentena("Está dañado: no tiene ninguna página. Consiga otra copia del original y vuelva a ingresarla.")


def _exigir_paginas(ficha: dict[str, Any]) -> None:
    maximo = settings.ACERVO_PAGINAS_MAXIMAS
    if ficha["paginas"] > maximo:
        raise Cuarentena(
            f"Tiene {ficha['paginas']} páginas y se reciben hasta {maximo}. Divídalo o pida que se amplíe el límite."
        )
    if malas := ficha["ilegibles"]:
        cuales = ", ".join(map(str, malas[:10]))
        raise Cuarentena(
            f"Está dañado: no se pueden abrir estas páginas de {ficha['paginas']}: {cuales}. Consiga otra copia del original."
        )


def _avisos_de(ficha: dict[str, Any]) -> list[str]:
    sin_texto, adentro = ficha["paginas"] - ficha["con_texto"], ficha["adjuntos"]
    posibles = {
        f"Páginas sin texto (parecen imágenes) que no se encontrarán por su contenido: {sin_texto} de {ficha['paginas']}.": sin_texto,
        "Trae programas (JavaScript): el archivo nunca los ejecuta; quien lo descargue debe saberlo.": ficha["javascript"],
        f"Trae archivos adentro ({adentro}), que no se abren ni se buscan.": adentro,
        "Tiene tanto texto que sólo se guardó para la búsqueda la primera parte.": ficha["recortado"],
    }
    return [aviso for aviso, aplica in posibles.items() if aplica]


def inspeccionar_pdf(ruta: Path) -> Lectura:
    """Abre el PDF con los dos lectores y saca el texto de cada página. Lanza `Cuarentena` con el motivo."""
    with archivo_temporal() as salida:
        argumentos = {"ruta": str(ruta), "salida": str(salida), "paginas_maximas": settings.ACERVO_PAGINAS_MAXIMAS}
        ficha = ejecutar(f"{LECTORES}.pdf:leer", argumentos, limites_de(ruta))
        _exigir_abierto(ficha)
        if ficha["paginas"] <= settings.ACERVO_PAGINAS_MAXIMAS:
            textos = leer_textos(salida)
        else:
            ficha["ilegibles"], textos = [], []
        _exigir_paginas(ficha)
    avisos = _avisos_de(ficha) + contrastar(ruta, textos)
    renglones = [(r[0], r[1]) for r in ficha["renglones"]]
    return Lectura(PDF, ficha["paginas"], textos, titulo=ficha["titulo"], renglones=renglones, avisos=avisos)


def inspeccionar_imagen(ruta: Path) -> Lectura:
    """Abre la imagen entera. Una imagen de varios cuadros (TIFF) tiene páginas."""
    try:
        ficha = ejecutar(f"{LECTORES}.imagen:leer", {"ruta": str(ruta), "pixeles_maximos": PIXELES_MAXIMOS}, limites_de(ruta))
    except FallaAislada as falla:
        if falla.clase == "error":
            raise Cuarentena(
                "La imagen está dañada o incompleta. Consiga otra copia del original y vuelva a ingresarla."
            ) from falla
        raise
    if ficha["ancho"] * ficha["alto"] > PIXELES_MAXIMOS:
        medida = f"{ficha['ancho']} × {ficha['alto']}"
        raise Cuarentena(f"Mide {medida} pixeles, más de lo que se puede abrir sin riesgo. Entregue una copia más chica.")
    cuadros = ficha["cuadros"]
    es_documento = cuadros > 1 and ficha["mime"] == "image/tiff"
    avisos = ["Lleva la posición geográfica de la toma; las copias que se muestran no."] if ficha["con_posicion"] else []
    paginas = min(cuadros, settings.ACERVO_PAGINAS_MAXIMAS) if es_documento else None
    datos = {c: ficha[c] for c in ("ancho", "alto", "con_posicion", "toma")}
    return Lectura(ficha["mime"], paginas, [""] * (paginas or 0), avisos=avisos, datos=datos)


def inspeccionar_grabacion(ruta: Path) -> Lectura:
    """Abre un audio o un video y comprueba que de cada pista sale sonido o imagen."""
    try:
        ficha = ejecutar(f"{LECTORES}.medios:leer", {"ruta": str(ruta)}, limites_de(ruta))
    except FallaAislada as falla:
        if falla.clase == "error":
            raise Cuarentena(
                "La grabación está dañada o incompleta. Consiga otra copia del original y vuelva a ingresarla."
            ) from falla
        raise
    if not ficha["pistas"]:
        raise Cuarentena("No trae sonido ni imagen. Consiga otra copia del original y vuelva a ingresarla.")
    if not ficha["decodifica"]:
        raise Cuarentena("Está dañada: de una de sus pistas no sale nada. Consiga otra copia del original y vuelva a ingresarla.")
    datos = {c: ficha[c] for c in ("ancho", "alto", "duracion", "pistas")}
    return Lectura("", datos=datos)


def inspeccionar_texto(ruta: Path) -> Lectura:
    """Lee texto llano, venga en la codificación que venga."""
    with archivo_temporal() as salida:
        ficha = ejecutar(f"{LECTORES}.texto:leer", {"ruta": str(ruta), "salida": str(salida)}, limites_de(ruta))
        textos = leer_textos(salida)
    if not any(t.strip() for t in textos):
        raise Cuarentena("Es un archivo de texto sin ninguna palabra. Revise el original.")
    raro = ficha["codificacion"] != "utf-8-sig"
    avisos = [f"El texto no venía en UTF-8; se leyó como {ficha['codificacion']}: revise los acentos."] if raro else []
    return Lectura(TEXTO, None, textos, lectura="texto", avisos=avisos)


INSPECTORES: dict[str, Callable[[Path], Lectura]] = {PDF: inspeccionar_pdf, TEXTO: inspeccionar_texto}
INSPECTORES |= dict.fromkeys(IMAGENES, inspeccionar_imagen)
INSPECTORES |= dict.fromkeys(GRABACIONES, inspeccionar_grabacion)
