"""El recuadro visible de la firma: una página Typst del tamaño del campo, con letras incrustadas (sin ellas no hay PDF/A)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
from pyhanko.stamp import StaticStampStyle

from archivo.salidas import ErrorDeImpreso, componer_hojas

from .errores import FirmaRechazada


@dataclass(frozen=True, slots=True)
class DatosDelSello:
    """Lo que se lee en el recuadro."""

    leyenda: str
    nombre: str
    certificado: str
    momento: datetime
    prueba: bool


def _momento(momento: datetime) -> str:
    return f"{timezone.localtime(momento):%d/%m/%Y, %H:%M:%S (UTC%:z)}"


def dibujar(datos: DatosDelSello, ancho: float, alto: float) -> bytes:
    """El recuadro en PDF, de ese tamaño en puntos. Lanza `FirmaRechazada` si no se puede componer."""
    medida = {"ancho": round(ancho, 3), "alto": round(alto, 3), "etiquetado": False}
    try:
        return componer_hojas(
            "sello_de_firma", asdict(datos) | medida | {"momento": _momento(datos.momento)}, {}, datos.momento
        ).pdf
    except ErrorDeImpreso as error:
        raise FirmaRechazada(f"El recuadro de la firma no se pudo componer: {error}") from error


def estilo(recuadro: Path) -> StaticStampStyle:
    """Cómo pone pyHanko el recuadro en el campo: a su tamaño, sin marco ni fondo."""
    centrado = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID)
    return StaticStampStyle(
        background=ImportedPdfPage(str(recuadro)), border_width=0, background_opacity=1.0, background_layout=centrado
    )
