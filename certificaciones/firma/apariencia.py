"""El recuadro visible de la firma: una página Typst del tamaño del campo, con letras incrustadas (sin ellas no hay PDF/A)."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast

import typst
from django.conf import settings
from django.utils import timezone
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
from pyhanko.stamp import StaticStampStyle

from archivo.salidas import limpiar

from .errores import FirmaRechazada

_PLANTILLA = "sello_de_firma.typ"


@dataclass(frozen=True, slots=True)
class DatosDelSello:
    """Lo que se lee en el recuadro."""

    leyenda: str
    nombre: str
    certificado: str
    momento: datetime
    prueba: bool


@cache
def _letras(carpeta: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(carpeta / "fuentes")])


def _momento(momento: datetime) -> str:
    return f"{timezone.localtime(momento):%d/%m/%Y, %H:%M:%S (UTC%:z)}"


def dibujar(datos: DatosDelSello, ancho: float, alto: float) -> bytes:
    """El recuadro en PDF, de ese tamaño en puntos. Lanza `FirmaRechazada` si no se puede componer."""
    carpeta = Path(settings.RAIZ) / "templates" / "pdf"
    limpios, _ = limpiar(asdict(datos) | {"momento": _momento(datos.momento)})
    entrada = json.dumps(limpios | {"ancho": round(ancho, 3), "alto": round(alto, 3)}, ensure_ascii=False)
    compositor = typst.Compiler(root=str(carpeta), font_paths=_letras(carpeta), sys_inputs={"datos": entrada})
    try:
        pdf, avisos = compositor.compile_with_warnings(
            str(carpeta / _PLANTILLA), timestamp=datos.momento, pdf_standards=["a-3b"], pdf_tags=False
        )
    except typst.TypstError as error:
        raise FirmaRechazada(f"El recuadro de la firma no se pudo componer: {error.message}") from error
    if avisos:
        raise FirmaRechazada(f"El recuadro de la firma salió con avisos: {avisos[0].message}")
    return cast("bytes", pdf)


def estilo(recuadro: Path) -> StaticStampStyle:
    """Cómo pone pyHanko el recuadro en el campo: a su tamaño, sin marco ni fondo."""
    centrado = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID)
    return StaticStampStyle(
        background=ImportedPdfPage(str(recuadro)), border_width=0, background_opacity=1.0, background_layout=centrado
    )
