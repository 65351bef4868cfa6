"""Piezas para probar los impresos: una institución, una fotografía y cómo leer un PDF."""

import io
import re
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from archivo.salidas import DatosDeBoletin, Foto, Institucion

FECHA = date(2026, 11, 24)


def texto_de(pdf: bytes) -> str:
    """Lo que un lector copia del PDF, página tras página."""
    documento = pypdfium2.PdfDocument(pdf)
    return "\n".join(pagina.get_textpage().get_text_range() for pagina in documento)


def apretado(texto: str) -> str:
    """Sin blancos ni cortes invisibles: dónde acaba un renglón no es parte del texto."""
    return re.sub(r"[\s\u200b]+", "", texto)


def jpeg(tamano: tuple[int, int] = (120, 80), color: str = "teal", **opciones: object) -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", tamano, color).save(salida, "JPEG", **opciones)
    return salida.getvalue()


@pytest.fixture
def institucion() -> Institucion:
    return Institucion("Alcaldía Ejemplo", "Coordinación de Comunicación Social", "Plaza Mayor 1", "acervo.ejemplo.mx")


@pytest.fixture
def foto() -> Foto:
    return Foto(jpeg(), "Dibujo de un kiosco", "El kiosco de la plaza.", "Coordinación", "AE-FOT-1")


@pytest.fixture
def boletin(institucion: Institucion) -> DatosDeBoletin:
    return DatosDeBoletin(
        institucion=institucion,
        serie="Boletín de prensa",
        titulo="Arranca la jornada de salud en quince colonias",
        fecha=FECHA,
        cuerpo=[
            {"tipo": "parrafo", "texto": "La brigada salió a las ocho de la mañana."},
            {"tipo": "parrafo", "texto": "El pingüino cruzó la avenida."},
        ],
        folio="No. 123/2026",
        lugar="Iztacalco, CDMX",
        codigo="AE/CCS/0123/2026",
        enlace="https://acervo.ejemplo.mx/d/k3v8q",
        balazos=["Del 24 de noviembre al 4 de diciembre", "No se pide cita"],
    )
