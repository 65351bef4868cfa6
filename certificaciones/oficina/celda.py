"""Comparar una página del original con la de la copia. Corre en un proceso aislado y no importa Django.

Las dos se dibujan en grises y pequeñas; la copia se recorta a donde quedó el original (arriba, al centro, con su franja debajo) y se
restan. Lo que difiere se agrupa en rectángulos. Sólo ayuda a mirar: decide la persona.
"""

import re
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps

ANCHO = 560
CELDA = 8
UMBRAL, MINIMO = 60, 6
FRANJA, BORDE_DE_CARTA, PLIEGO = 34.0, 12.0, 1010.0
MAXIMO_DE_RECTANGULOS = 12
_FOJA = re.compile(r"FOJA\s+([\d,]+)\s+DE\s+[\d,]+")
PDF = "application/pdf"


def fojas_de(ruta: str) -> dict[str, Any]:
    """{"paginas": [foja o 0 por cada página]}, leído de la franja de cada una."""
    with pypdfium2.PdfDocument(ruta) as pdf:
        return {"paginas": [_foja_de(pagina) for pagina in pdf]}


def _foja_de(pagina: Any) -> int:
    hallada = _FOJA.search(pagina.get_textpage().get_text_bounded())
    return int(hallada[1].replace(",", "")) if hallada else 0


def textos_de(ruta: str, paginas: list[int]) -> dict[str, Any]:
    """{"textos": [...]}: el texto de esas páginas (desde 1)."""
    with pypdfium2.PdfDocument(ruta) as pdf:
        return {"textos": [pdf[n - 1].get_textpage().get_text_bounded() for n in paginas]}


def dibujar(ruta: str, pagina: int, destino: str, ancho: int) -> dict[str, Any]:
    """Dibuja la página (desde 1) de la copia como WebP del ancho pedido. {"ancho", "alto"} en pixeles."""
    imagen, _ = _pagina_de_pdf(ruta, pagina, ancho)
    imagen.save(destino, "WEBP", quality=86)
    return {"ancho": imagen.width, "alto": imagen.height}


def comparar(original: dict[str, Any], copia: dict[str, Any], papel: str) -> dict[str, Any]:
    """{"original": [[x, y, w, h]…], "copia": […]} en milésimas de cada imagen; vacíos si no se nota diferencia.

    `original` y `copia` son {"ruta", "pagina", "mime"}.
    """
    una, _ = _pagina(original)
    otra, medida = _pagina(copia)
    region = region_del_original(medida, una.width / una.height, papel)
    x0, y0, x1, y1 = region
    recorte = otra.crop((round(x0 * otra.width), round(y0 * otra.height), round(x1 * otra.width), round(y1 * otra.height)))
    hallados = diferencias(una, recorte)
    en_la_copia = [
        [round(x0 * 1000 + x * (x1 - x0)), round(y0 * 1000 + y * (y1 - y0)), round(w * (x1 - x0)), round(h * (y1 - y0))]
        for x, y, w, h in hallados
    ]
    return {"original": hallados, "copia": en_la_copia}


def region_del_original(medida: tuple[float, float], proporcion: float, papel: str) -> tuple[float, float, float, float]:
    """Dónde quedó el original en la página de la copia, en fracciones (x0, y0, x1, y1): arriba y al centro, sobre la franja."""
    ancho, alto = medida
    franja = FRANJA + BORDE_DE_CARTA if papel == "carta" else FRANJA * max(1.0, ancho / PLIEGO)
    h = alto - franja
    w = min(ancho, h * proporcion)
    if papel == "carta":
        h = min(h, w / proporcion)
    lado = (ancho - w) / 2
    return lado / ancho, 0.0, (lado + w) / ancho, h / alto


def diferencias(una: Image.Image, otra: Image.Image) -> list[list[int]]:
    """Los rectángulos que difieren, en milésimas. Medio pixel de corrimiento o de suavizado no cuenta."""
    medida = (ANCHO, max(1, round(ANCHO * una.height / una.width)))
    grises = [i.convert("L").resize(medida, Image.Resampling.BOX) for i in (una, otra)]
    restas = ImageChops.lighter(*(_resta(a, b) for a, b in (grises, grises[::-1])))
    malla = restas.reduce(CELDA)
    celdas = {(n % malla.width, n // malla.width) for n, valor in enumerate(malla.tobytes()) if valor > MINIMO}
    return [_en_milesimas(grupo, malla.size) for grupo in _grupos(celdas)][:MAXIMO_DE_RECTANGULOS]


def _resta(una: Image.Image, otra: Image.Image) -> Image.Image:
    """Lo que `una` tiene más oscuro o más claro que cualquiera de los vecinos inmediatos de `otra`."""
    oscuro, claro = otra.filter(ImageFilter.MinFilter(3)), otra.filter(ImageFilter.MaxFilter(3))
    fuera = ImageChops.lighter(ImageChops.subtract(oscuro, una), ImageChops.subtract(una, claro))
    return fuera.point(lambda v: v if v > UMBRAL else 0)


def _grupos(celdas: set[tuple[int, int]]) -> list[set[tuple[int, int]]]:
    """Las celdas juntas (a dos de distancia), del grupo más grande al más chico."""
    grupos, quedan = [], set(celdas)
    while quedan:
        grupo, por_ver = set(), [quedan.pop()]
        while por_ver:
            x, y = por_ver.pop()
            grupo.add((x, y))
            cerca = {(x + i, y + j) for i in range(-2, 3) for j in range(-2, 3)} & quedan
            quedan -= cerca
            por_ver.extend(cerca)
        grupos.append(grupo)
    return sorted(grupos, key=len, reverse=True)


def _en_milesimas(grupo: set[tuple[int, int]], malla: tuple[int, int]) -> list[int]:
    equis, yes = [x for x, _ in grupo], [y for _, y in grupo]
    x0, y0 = max(0, min(equis) - 0.5), max(0, min(yes) - 0.5)
    x1, y1 = min(malla[0], max(equis) + 1.5), min(malla[1], max(yes) + 1.5)
    return [round(1000 * v) for v in (x0 / malla[0], y0 / malla[1], (x1 - x0) / malla[0], (y1 - y0) / malla[1])]


def _pagina(de: dict[str, Any]) -> tuple[Image.Image, tuple[float, float]]:
    if de["mime"] == PDF:
        return _pagina_de_pdf(de["ruta"], de["pagina"], ANCHO * 2)
    with Image.open(Path(de["ruta"])) as abierta:
        abierta.seek(de["pagina"] - 1)
        imagen = ImageOps.exif_transpose(abierta).convert("RGB")
    return imagen, (float(imagen.width), float(imagen.height))


def _pagina_de_pdf(ruta: str, numero: int, ancho: int) -> tuple[Image.Image, tuple[float, float]]:
    with pypdfium2.PdfDocument(ruta) as pdf:
        pagina = pdf[numero - 1]
        medida = pagina.get_size()
        return pagina.render(scale=ancho / medida[0]).to_pil().convert("RGB"), medida
