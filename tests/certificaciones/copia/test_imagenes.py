"""Una imagen se copia sin pérdida cuando se puede, derecha, y con los mismos puntos a la vista; o se rechaza."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from benchmarks.copias_comparar import comparar
from certificaciones.copia.puerta import FuenteRechazada, componer, contar_fojas

from . import originales
from .conftest import acta, fuente

Escribir = Callable[..., Path]
FIGURA = Image.open(io.BytesIO(originales.jpeg(400, 520, "RGB")))


def hecha(imagen: Image.Image, formato: str, **opciones: Any) -> bytes:
    salida = io.BytesIO()
    imagen.save(salida, formato, **opciones)
    return salida.getvalue()


def girada(orientacion: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientacion
    return hecha(FIGURA, "JPEG", exif=exif, quality=90)


def con_alfa() -> Image.Image:
    imagen = FIGURA.convert("RGBA")
    imagen.putalpha(Image.linear_gradient("L").resize(imagen.size))
    return imagen


def de_16_bits() -> Image.Image:
    return FIGURA.convert("L").convert("I").point(lambda v: v * 257).convert("I;16")


def tiff(*cuadros: Image.Image, **opciones: Any) -> bytes:
    return hecha(cuadros[0], "TIFF", save_all=True, append_images=list(cuadros[1:]), **opciones)


IMAGENES = {
    "jpeg": ("image/jpeg", lambda: originales.jpeg(400, 520, "RGB"), "sin pérdida"),
    "jpeg_cmyk": ("image/jpeg", lambda: originales.jpeg(400, 520, "CMYK"), "llevaron a RGB"),
    "jpeg_de_lado": ("image/jpeg", lambda: girada(6), "sin pérdida"),
    "jpeg_de_cabeza": ("image/jpeg", lambda: girada(3), "sin pérdida"),
    "jpeg_en_espejo": ("image/jpeg", lambda: girada(5), "punto por punto"),
    "png": ("image/png", lambda: hecha(FIGURA, "PNG"), "sin pérdida"),
    "png_alfa": ("image/png", lambda: hecha(con_alfa(), "PNG"), "sobre blanco"),
    "png_16": ("image/png", lambda: hecha(de_16_bits(), "PNG"), ""),
    "png_paleta": ("image/png", lambda: hecha(FIGURA.convert("P"), "PNG"), ""),
    "webp": ("image/webp", lambda: hecha(FIGURA, "WEBP", lossless=True), "punto por punto"),
    "tiff_g4": (
        "image/tiff",
        lambda: tiff(FIGURA.convert("1"), FIGURA.rotate(180).convert("1"), compression="group4"),
        "sin pérdida",
    ),
    "tiff_varias": ("image/tiff", lambda: tiff(FIGURA, FIGURA.convert("L"), FIGURA.rotate(90, expand=True)), ""),
}


@pytest.mark.parametrize("cual", sorted(IMAGENES))
def test_la_imagen_se_ve_igual_en_su_foja(cual: str, original: Escribir, tmp_path: Path) -> None:
    mime, hacer, ruta_dicha = IMAGENES[cual]
    ruta = original(hacer(), f"{cual}.{mime.partition('/')[2]}")
    copia = componer(acta(), [fuente(ruta, mime=mime)], tmp_path / "copia.pdf")
    assert ruta_dicha in " ".join(copia.rutas)
    visto = comparar(str(copia.ruta), str(ruta), "imagen", 10)
    assert visto["paginas"] == visto["esperadas"] == copia.fojas
    assert max(fraccion for _, fraccion in visto["cambios"]) < 0.01, visto["cambios"]
    assert not visto["sin_franja"]
    assert copia.norma == "3a"


def test_una_digitalizacion_conserva_su_tamano_y_una_foto_cabe_en_carta(original: Escribir, tmp_path: Path) -> None:
    oficio = original(hecha(FIGURA.resize((1700, 2800)), "PNG", dpi=(200, 200)), "oficio.png")
    foto = original(hecha(FIGURA.resize((4000, 3000)), "JPEG"), "foto.jpg")
    copia = componer(acta(), [fuente(oficio, mime="image/png"), fuente(foto, mime="image/jpeg")], tmp_path / "copia.pdf")
    with pikepdf.open(copia.ruta) as pdf:
        medidas = [[float(v) for v in pagina.mediabox[2:]] for pagina in list(pdf.pages)[2:]]
    assert medidas[0] == pytest.approx([612, 1008 + 34], abs=0.5)
    assert medidas[1][0] <= 792
    assert medidas[1][1] <= 612


@pytest.mark.parametrize(
    ("contenido", "mime", "clase"),
    [
        (originales.jpeg()[:3_000], "image/jpeg", "imagen_danada"),
        (b"no soy imagen", "image/png", "formato"),
        (hecha(FIGURA, "GIF", save_all=True, append_images=[FIGURA.rotate(90)]), "image/gif", "animada"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "formato"),
    ],
    ids=["cortada", "no_es", "animada", "svg"],
)
def test_la_imagen_que_no_sirve_se_rechaza(contenido: bytes, mime: str, clase: str, original: Escribir) -> None:
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(original(contenido, "x"), mime=mime)])
    assert rechazo.value.clase == clase


def test_una_bomba_de_puntos_se_rechaza_sin_abrirse(original: Escribir) -> None:
    enorme = hecha(Image.new("1", (20_000, 20_000)), "PNG")
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(original(enorme, "bomba.png"), mime="image/png")])
    assert rechazo.value.clase == "imagen_grande"
