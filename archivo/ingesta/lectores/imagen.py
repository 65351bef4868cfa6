"""El lector de imágenes: medidas, cuadros y que de verdad se abra entera. Corre en el proceso aislado."""

from typing import Any

from PIL import ExifTags, Image

from archivo.ingesta.lectores.toma import de_la_toma

FORMATOS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
    "MPO": "image/jpeg",
}


def leer(ruta: str, pixeles_maximos: int) -> dict[str, Any]:
    """Devuelve `{"mime", "ancho", "alto", "cuadros", "con_posicion", "toma"}`; si pasa de pixeles, sin abrirla entera.

    Lanza lo que Pillow lance si la imagen está dañada o incompleta.
    """
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(ruta, formats=tuple(FORMATOS)) as imagen:
        ficha: dict[str, Any] = {
            "mime": FORMATOS[str(imagen.format)],
            "ancho": imagen.width,
            "alto": imagen.height,
            "cuadros": getattr(imagen, "n_frames", 1) if imagen.format in {"TIFF", "GIF"} else 1,
            "con_posicion": False,
            "toma": {},
        }
        # Pedir el EXIF de un PNG lo abre entero: primero se sabe si cabe.
        if imagen.width * imagen.height <= pixeles_maximos:
            imagen.load()
            ficha["con_posicion"] = bool(imagen.getexif().get_ifd(ExifTags.IFD.GPSInfo))
            ficha["toma"] = de_la_toma(imagen)
    return ficha
