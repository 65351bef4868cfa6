"""El lector óptico: el texto de una página que es imagen, con Tesseract en español. Corre en el proceso aislado."""

from typing import Any

import pypdfium2 as pdfium
import tesserocr
from PIL import Image, ImageOps

from archivo.ingesta.lectores.imagen import FORMATOS
from archivo.ingesta.lectores.pdf import limpiar

PUNTOS_POR_PULGADA = 300
ANCHO_MINIMO = 1200


def leer_pagina(ruta: str, mime: str, pagina: int, pixeles: int, tessdata: str) -> dict[str, Any]:
    """El texto de la página o cuadro (desde 1): `{"texto", "confianza"}`, la confianza media por palabra de 0 a 100.

    La página se dibuja a 300 puntos por pulgada, o a los que quepan en `pixeles`. Lanza lo que los lectores lancen.
    """
    imagen = _de_pdf(ruta, pagina, pixeles) if mime == "application/pdf" else _de_imagen(ruta, pagina, pixeles)
    with tesserocr.PyTessBaseAPI(path=tessdata, lang="spa", psm=tesserocr.PSM.AUTO) as motor:
        motor.SetImage(imagen)
        motor.SetSourceResolution(PUNTOS_POR_PULGADA)
        texto = limpiar(motor.GetUTF8Text())
        return {"texto": texto, "confianza": motor.MeanTextConf() if texto else 0}


def _de_pdf(ruta: str, pagina: int, pixeles: int) -> Image.Image:
    with pdfium.PdfDocument(ruta) as documento:
        hoja = documento[pagina - 1]
        ancho, alto = hoja.get_size()
        if ancho <= 0 or alto <= 0:
            raise ValueError("la página no tiene superficie")
        escala = min(PUNTOS_POR_PULGADA / 72, (pixeles / (ancho * alto)) ** 0.5)
        return hoja.render(scale=escala, grayscale=True, limit_image_cache=True).to_pil().convert("L")


def _de_imagen(ruta: str, cuadro: int, pixeles: int) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(ruta, formats=tuple(FORMATOS)) as original:
        original.seek(cuadro - 1)
        imagen = ImageOps.exif_transpose(original).convert("L")
    escala = min(max(1.0, ANCHO_MINIMO / imagen.width), (pixeles / (imagen.width * imagen.height)) ** 0.5)
    if escala == 1.0:
        return imagen
    medida = (max(1, round(imagen.width * escala)), max(1, round(imagen.height * escala)))
    return imagen.resize(medida, Image.Resampling.LANCZOS)
