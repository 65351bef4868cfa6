"""Compara, en el proceso aislado, una copia con su original: dibuja los dos y mira páginas, puntos, franja y fojas."""

import io
import itertools
import re
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps

FRANJA = 34.0
PLIEGO = 1_010.0
UMBRAL = 64
LADO_MENOR, LADO_MAYOR = 300, 2_400
TOLERABLE = 0.005
AUMENTO = 4
FOJA = re.compile(r"FOJA\s+\d+\s+DE\s+\d+")


def _dibujo(pagina: Any, escala: float) -> Image.Image:
    dibujada: Image.Image = pagina.render(scale=escala, may_draw_forms=True).to_pil()
    return dibujada.convert("RGB")


class OriginalPdf:
    """Un PDF como lo dibuja pdfium."""

    def __init__(self, ruta: str) -> None:
        self.documento = pdfium.PdfDocument(ruta)
        self.documento.init_forms()
        self.paginas = len(self.documento)

    def medida(self, n: int) -> tuple[float, float]:
        """Ancho y alto de la página, en puntos."""
        ancho, alto = self.documento[n].get_size()
        return float(ancho), float(alto)

    def dibujar(self, n: int, medida: tuple[int, int]) -> Image.Image:
        """La página a esa medida en puntos de imagen."""
        pagina = self.documento[n]
        dibujada = _dibujo(pagina, medida[0] / pagina.get_width())
        return dibujada if dibujada.size == medida else dibujada.resize(medida, Image.Resampling.BILINEAR)


class OriginalImagen:
    """Una imagen como la dibuja Pillow, derecha y sobre blanco."""

    def __init__(self, ruta: str) -> None:
        Image.MAX_IMAGE_PIXELS = None
        self.imagen = Image.open(io.BytesIO(Path(ruta).read_bytes()))
        self.paginas = int(getattr(self.imagen, "n_frames", 1)) if self.imagen.format == "TIFF" else 1

    def medida(self, n: int) -> tuple[float, float]:
        """Ancho y alto a la vista, en puntos de imagen."""
        derecha = self._derecha(n)
        return float(derecha.width), float(derecha.height)

    def dibujar(self, n: int, medida: tuple[int, int]) -> Image.Image:
        """El cuadro a esa medida."""
        return self._derecha(n).resize(medida, Image.Resampling.BOX)

    def _derecha(self, n: int) -> Image.Image:
        self.imagen.seek(n)
        derecha = ImageOps.exif_transpose(self.imagen)
        if derecha.mode.startswith("I"):
            derecha = derecha.convert("F").point(lambda v: v / 257).convert("L")
        if "A" not in derecha.getbands() and "transparency" not in derecha.info:
            return derecha.convert("RGB")
        fondo = Image.new("RGBA", derecha.size, "white")
        fondo.alpha_composite(derecha.convert("RGBA"))
        return fondo.convert("RGB")


def _distintos(una: Image.Image, otra: Image.Image, radio: int) -> float:
    suave = ImageFilter.BoxBlur(radio)
    diferencia = (
        ImageChops.difference(una.filter(suave), otra.filter(suave)).convert("L").point(lambda v: 255 if v > UMBRAL else 0)
    )
    return float(diferencia.histogram()[255]) / max(1, una.width * una.height)


def cambio(una: Image.Image, otra: Image.Image) -> float:
    """Fracción de puntos que cambian más de lo que mueve el suavizado de un borde o un punto de corrimiento."""
    directo = _distintos(una, otra, 1)
    if directo <= TOLERABLE:
        return directo
    corridas = (ImageChops.offset(otra, x, y) for x, y in itertools.product((-1, 0, 1), repeat=2))
    return min(directo, *(_distintos(una, corrida, 2) for corrida in corridas))


def _se_ve(franja: Image.Image) -> bool:
    oscuros = sum(franja.convert("L").histogram()[:120])
    return oscuros > 0.004 * franja.width * franja.height


def _foja(pagina: Any, medida: tuple[float, float], aumento: int = 1) -> tuple[Image.Image, Image.Image]:
    """El dibujo de la foja partido en dos: el original, sin el margen de las páginas angostas, y su franja."""
    ancho, alto = pagina.get_size()
    franja = FRANJA * max(1.0, ancho / PLIEGO)
    util = (alto - franja) * medida[0] / medida[1]
    escala = min(max(0.75, LADO_MENOR / min(util, alto - franja)), LADO_MAYOR / max(ancho, alto)) * aumento
    hoja = _dibujo(pagina, escala)
    corte = hoja.height - round(franja * escala)
    sobra = max(0, round((ancho - util) * escala / 2)) if ancho - util > 1 else 0
    return hoja.crop((sobra, 0, hoja.width - sobra, corte)), hoja.crop((0, corte, hoja.width, hoja.height))


def _cambio_de(pagina: Any, fuente: OriginalPdf | OriginalImagen, n: int) -> tuple[float, Image.Image]:
    """Cuánto cambió la página y el dibujo de su franja. Si a primera vista cambió, se mira de cerca: un trazo finísimo no se reduce
    igual dibujado que como imagen."""
    visto, franja = _foja(pagina, fuente.medida(n))
    fraccion = cambio(visto, fuente.dibujar(n, visto.size))
    if fraccion > TOLERABLE:
        cerca, _ = _foja(pagina, fuente.medida(n), AUMENTO)
        fraccion = min(fraccion, cambio(cerca.reduce(AUMENTO), fuente.dibujar(n, cerca.size).reduce(AUMENTO)))
    return fraccion, franja


def comparar(copia: str, original: str, clase: str, maximo: int) -> dict[str, Any]:
    """`{"paginas", "esperadas", "cambios": [[n, fracción]], "sin_franja": [n], "fojas": [texto]}`; compara hasta `maximo` páginas.

    `clase` es `pdf` o `imagen`.
    """
    documento = pdfium.PdfDocument(copia)
    hojas = sum(1 for n in range(len(documento)) if documento.get_page_label(n).startswith("Certificación"))
    fuente = OriginalPdf(original) if clase == "pdf" else OriginalImagen(original)
    paginas = len(documento) - hojas
    cambios, sin_franja, fojas = [], [], []
    for n in range(paginas):
        pagina = documento[hojas + n]
        fojas += FOJA.findall(pagina.get_textpage().get_text_range())[-1:]
        if n % max(1, paginas // maximo) or n >= fuente.paginas:
            continue
        fraccion, franja = _cambio_de(pagina, fuente, n)
        cambios.append([n + 1, fraccion])
        if not _se_ve(franja):
            sin_franja.append(n + 1)
    return {"paginas": paginas, "esperadas": fuente.paginas, "cambios": cambios, "sin_franja": sin_franja, "fojas": fojas}
