"""Las imágenes entran al impreso sin metadatos, derechas y de tamaño razonable."""

import io

import pytest
from PIL import Image

from archivo.salidas import ImagenNoAdmitida
from archivo.salidas.imagenes import LADO_MAYOR, para_impreso

from .conftest import jpeg

ORIENTACION, GPS = 0x0112, 0x8825


def _abrir(contenido: bytes) -> Image.Image:
    return Image.open(io.BytesIO(contenido))


def test_un_jpeg_pequeno_y_limpio_pasa_identico() -> None:
    original = jpeg()
    assert para_impreso(original) == original


def test_el_lugar_y_la_rotacion_no_llegan_al_pdf() -> None:
    exif = Image.Exif()
    exif[ORIENTACION] = 6
    exif.get_ifd(GPS)[1] = "N"
    listo = _abrir(para_impreso(jpeg((100, 40), exif=exif)))
    assert listo.size == (40, 100)
    assert not listo.getexif()


def test_una_foto_enorme_se_reduce() -> None:
    assert max(_abrir(para_impreso(jpeg((4000, 1000)))).size) == LADO_MAYOR


@pytest.mark.parametrize("modo", ["RGBA", "P", "LA", "CMYK", "I;16"])
def test_otros_modos_se_vuelven_rgb(modo: str) -> None:
    salida = io.BytesIO()
    Image.new(modo, (20, 20)).save(salida, "TIFF" if modo == "CMYK" else "PNG")
    assert _abrir(para_impreso(salida.getvalue())).mode == "RGB"


@pytest.mark.parametrize("contenido", [b"", b"no es imagen", jpeg()[:200]])
def test_lo_que_no_es_imagen_se_rechaza_con_una_frase(contenido: bytes) -> None:
    with pytest.raises(ImagenNoAdmitida, match="dañada"):
        para_impreso(contenido)
