"""Compara, en el proceso aislado, una copia con su original: dibuja los dos y mira páginas, puntos, franja y fojas."""

import re
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps

ESCALA = 0.75
FRANJA = 34.0
ANCHO_MINIMO = 468.0
PLIEGO = 1_010.0
UMBRAL = 64
FOJA = re.compile(r"FOJA\s+\d+\s+DE\s+\d+")


def _dibujo(pagina: Any, escala: float) -> Image.Image:
    return pagina.render(scale=escala, may_draw_forms=True).to_pil().convert("RGB")


def _originales(ruta: str, es_pdf: bool) -> tuple[int, Any]:
    """Cuántas páginas son y cómo dibujar cada una a una medida dada en puntos de imagen."""
    if es_pdf:
        documento = pdfium.PdfDocument(ruta)
        documento.init_forms()
        return len(documento), lambda n, medida: _ajustado(_dibujo(documento[n], medida[0] / documento[n].get_width()), medida)
    Image.MAX_IMAGE_PIXELS = None
    imagen = Image.open(ruta)
    paginas = getattr(imagen, "n_frames", 1) if imagen.format == "TIFF" else 1
    return paginas, lambda n, medida: _de_imagen(imagen, n).resize(medida, Image.Resampling.BOX)


def _de_imagen(imagen: Image.Image, cuadro: int) -> Image.Image:
    imagen.seek(cuadro)
    derecha = ImageOps.exif_transpose(imagen)
    if derecha.mode.startswith("I"):
        derecha = derecha.convert("F").point(lambda v: v / 257).convert("L")
    if "A" in derecha.getbands() or "transparency" in derecha.info:
        fondo = Image.new("RGBA", derecha.size, "white")
        fondo.alpha_composite(derecha.convert("RGBA"))
        return fondo.convert("RGB")
    return derecha.convert("RGB")


def _ajustado(imagen: Image.Image, medida: tuple[int, int]) -> Image.Image:
    return imagen if imagen.size == medida else imagen.resize(medida, Image.Resampling.BILINEAR)


def _cambio(una: Image.Image, otra: Image.Image) -> float:
    """Fracción de puntos que cambian más de lo que mueve el suavizado de un borde."""
    suave = ImageFilter.BoxBlur(1)
    diferencia = (
        ImageChops.difference(una.filter(suave), otra.filter(suave)).convert("L").point(lambda v: 255 if v > UMBRAL else 0)
    )
    return float(diferencia.histogram()[255]) / max(1, una.width * una.height)


def _se_ve(franja: Image.Image) -> bool:
    oscuros = sum(franja.convert("L").histogram()[:120])
    return oscuros > 0.004 * franja.width * franja.height


def _facsimil(pagina: Any) -> tuple[Image.Image, Image.Image]:
    """El dibujo de la foja, partido en lo original y su franja."""
    ancho, alto = pagina.get_size()
    franja = FRANJA * max(1.0, ancho / PLIEGO)
    escala = min(ESCALA, 3_000 / max(ancho, alto)) if max(ancho, alto) > 300 else 2.0
    hoja = _dibujo(pagina, escala)
    corte = hoja.height - round(franja * escala)
    return hoja.crop((0, 0, hoja.width, corte)), hoja.crop((0, corte, hoja.width, hoja.height))


def _centro(hoja: Image.Image, proporcion: float) -> Image.Image:
    """Sin el margen con que se completan las páginas angostas."""
    sobra = hoja.width - round(hoja.height * proporcion)
    return hoja.crop((sobra // 2, 0, sobra // 2 + round(hoja.height * proporcion), hoja.height)) if sobra > 2 else hoja


def comparar(copia: str, original: str, es_pdf: bool, maximo: int) -> dict[str, Any]:
    """`{"paginas", "esperadas", "cambios": [[n, fracción]], "sin_franja": [n], "fojas": [texto]}`; compara hasta `maximo` páginas."""
    documento = pdfium.PdfDocument(copia)
    hojas = sum(1 for n in range(len(documento)) if documento.get_page_label(n).startswith("Certificación"))
    total, dibujar = _originales(original, es_pdf)
    paginas = len(documento) - hojas
    paso = max(1, paginas // maximo)
    cambios, sin_franja, fojas = [], [], []
    for n in range(paginas):
        pagina = documento[hojas + n]
        fojas += FOJA.findall(pagina.get_textpage().get_text_range())[-1:]
        if n % paso or n >= total:
            continue
        arriba, franja = _facsimil(pagina)
        if not _se_ve(franja):
            sin_franja.append(n + 1)
        proporcion = _proporcion(original, es_pdf, n, arriba)
        visto = _centro(arriba, proporcion)
        cambios.append([n + 1, _cambio(visto, dibujar(n, visto.size))])
    return {"paginas": paginas, "esperadas": total, "cambios": cambios, "sin_franja": sin_franja, "fojas": fojas}


def _proporcion(original: str, es_pdf: bool, n: int, arriba: Image.Image) -> float:
    del arriba
    if es_pdf:
        with pdfium.PdfDocument(original) as documento:
            ancho, alto = documento[n].get_size()
            return float(ancho) / float(alto)
    with Image.open(original) as imagen:
        derecha = _de_imagen(imagen, n)
        return derecha.width / derecha.height


__all__ = ["comparar"]
