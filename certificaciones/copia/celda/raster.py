"""La imagen de lo que se ve en cada página, cuando por dentro no puede rehacerse: pypdfium2 a 200 puntos por pulgada."""

import io
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from certificaciones.copia.celda.escritura import escribir
from certificaciones.copia.celda.pdf import con_rechazo
from certificaciones.copia.celda.rechazo import Rechazo

RESOLUCION = 200
PUNTOS_MAXIMOS = 60_000_000
CALIDAD = 90


def _sin_color(imagen: Image.Image) -> bool:
    rojo, verde, azul = imagen.split()
    return ImageChops.difference(rojo, verde).getbbox() is None and ImageChops.difference(verde, azul).getbbox() is None


def _dibujada(pagina: Any, ancho: float, alto: float) -> tuple[Image.Image, int]:
    """La página dibujada y la resolución a la que cupo."""
    resolucion = min(RESOLUCION, int(72 * (PUNTOS_MAXIMOS / (ancho * alto)) ** 0.5))
    imagen = pagina.render(scale=resolucion / 72, may_draw_forms=True, limit_image_cache=True).to_pil().convert("RGB")
    return (imagen.convert("L") if _sin_color(imagen) else imagen), resolucion


def agregar_pagina(salida: pikepdf.Pdf, imagen: Image.Image, ancho: float, alto: float) -> None:
    """Añade una página de ese tamaño que es sólo la imagen."""
    crudo = io.BytesIO()
    imagen.save(crudo, "JPEG", quality=CALIDAD, subsampling=0)
    objeto = salida.make_stream(
        crudo.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=imagen.width,
        Height=imagen.height,
        ColorSpace=Name.DeviceGray if imagen.mode == "L" else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    hoja = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(ancho, 3), round(alto, 3)]),
        Resources=Dictionary(XObject=Dictionary(Im=objeto)),
        Contents=salida.make_stream(b"q %.3f 0 0 %.3f 0 0 cm /Im Do Q" % (ancho, alto)),
    )
    salida.pages.append(pikepdf.Page(salida.make_indirect(hoja)))


@con_rechazo
def preparar(ruta: str, destino: str, paginas: list[int] | None) -> dict[str, Any]:
    """Escribe en `destino` un PDF con la imagen de cada página elegida. Devuelve `{"medidas", "total", "resolucion"}` o `{"rechazo"}`."""
    medidas, resoluciones = [], [RESOLUCION]
    with pdfium.PdfDocument(ruta) as documento, pikepdf.new() as salida:
        documento.init_forms()
        total = len(documento)
        elegidas = list(range(1, total + 1)) if paginas is None else paginas
        if not elegidas or min(elegidas) < 1 or max(elegidas) > total:
            raise Rechazo("pagina_ausente", f"el archivo tiene {total}")
        for numero in elegidas:
            pagina = documento[numero - 1]
            ancho, alto = pagina.get_size()
            imagen, resolucion = _dibujada(pagina, ancho, alto)
            agregar_pagina(salida, imagen, ancho, alto)
            medidas.append([round(ancho, 3), round(alto, 3)])
            resoluciones.append(resolucion)
            pagina.close()
        escribir(salida, destino)
    return {"medidas": medidas, "total": total, "resolucion": min(resoluciones)}
