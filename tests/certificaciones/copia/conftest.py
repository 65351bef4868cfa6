"""Un acta de ejemplo y cómo se mira una copia."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image

from archivo.salidas import Institucion
from certificaciones.copia.puerta import Acta, Fuente

EMITIDA = datetime(2026, 11, 12, 13, 26, 8, tzinfo=timezone(timedelta(hours=-6)))
URL = "HTTPS://ARCHIVO.EJEMPLO.GOB.MX/VERIFICAR/7K4QFW2M9XD0HT6R/"
CUERPO = "Que la presente copia fue cotejada con su original, que se tuvo a la vista, y concuerda fiel y exactamente con él."


def acta(**cambios: Any) -> Acta:
    """El acta de ejemplo, con lo que la prueba cambie."""
    datos: dict[str, Any] = {
        "folio": "CC/00318/2026",
        "codigo": "7K4Q-FW2M-9XD0-HT6R",
        "url_verificacion": URL,
        "institucion": Institucion("Alcaldía Ejemplo", "Coordinación de Comunicación Social"),
        "parrafos": ("La suscrita, con fundamento en el numeral segundo,", "C E R T I F I C A", CUERPO),
        "lugar_y_fecha": "Alcaldía Ejemplo, 12 de noviembre de 2026",
        "certificador": "Mtra. Eloísa Ejemplo Tamariz",
        "cargo": "Directora de Archivo",
        "emitida": EMITIDA,
        "cotejo": "Lic. Noé Muestra",
    }
    return Acta(**(datos | cambios))


def fuente(ruta: Path, **cambios: Any) -> Fuente:
    """El archivo como fuente."""
    return Fuente(**({"nombre": ruta.name, "titulo": f"Documento {ruta.stem}", "ruta": ruta} | cambios))


def texto_de(ruta: Path, pagina: int) -> str:
    """Lo que se lee en una página (desde 0), en un solo renglón."""
    with pdfium.PdfDocument(ruta) as documento:
        return " ".join(documento[pagina].get_textpage().get_text_range().split())


def dibujo(ruta: Path, pagina: int, escala: float = 0.5) -> Image.Image:
    """La página (desde 0) dibujada."""
    with pdfium.PdfDocument(ruta) as documento:
        documento.init_forms()
        dibujada: Image.Image = documento[pagina].render(scale=escala, may_draw_forms=True).to_pil()
        return dibujada.convert("RGB")


def rojos(imagen: Image.Image) -> int:
    """Puntos rojos de la imagen."""
    return sum(1 for r, g, b in zip(*(canal.tobytes() for canal in imagen.split()), strict=True) if r > 200 and g < 60 and b < 60)


def oscuros(imagen: Image.Image) -> int:
    """Puntos oscuros de la imagen."""
    return sum(imagen.convert("L").histogram()[:120])


@pytest.fixture
def original(tmp_path: Path) -> Callable[..., Path]:
    """Escribe un original con ese contenido (bytes o PDF) y devuelve dónde quedó."""

    def escribir(contenido: Any, nombre: str = "original.pdf", **opciones: Any) -> Path:
        ruta = tmp_path / nombre
        if isinstance(contenido, bytes):
            ruta.write_bytes(contenido)
        else:
            crudo = io.BytesIO()
            contenido.save(crudo, **opciones)
            ruta.write_bytes(crudo.getvalue())
        return ruta

    return escribir
