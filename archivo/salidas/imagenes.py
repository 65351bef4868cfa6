"""Imágenes que entran a un impreso: sin metadatos (lugar, cámara), en RGB y de tamaño razonable."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from .errores import ImagenNoAdmitida

#: Lado mayor, en puntos de imagen: a 160 mm de ancho da 250 por pulgada.
LADO_MAYOR = 1600
#: Más que esto no es una fotografía de oficina, sino un error o un ataque.
PUNTOS_MAXIMOS = 120_000_000
_CALIDAD = 84


def _abrir(contenido: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            imagen = Image.open(io.BytesIO(contenido))
            if imagen.width * imagen.height > PUNTOS_MAXIMOS:
                raise ImagenNoAdmitida(
                    f"La imagen mide {imagen.width} × {imagen.height} puntos, más de lo admitido. "
                    "Redúzcala y vuelva a adjuntarla."
                )
            imagen.draft("RGB", (LADO_MAYOR, LADO_MAYOR))
            imagen.load()
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise ImagenNoAdmitida(
            "Una imagen está dañada o no es de un formato que se pueda imprimir (JPEG, PNG, WebP, TIFF o GIF). "
            "Ábrala, guárdela de nuevo y vuelva a adjuntarla."
        ) from error
    return imagen


def _sirve_como_esta(imagen: Image.Image) -> bool:
    sin_metadatos = not imagen.getexif() and not {"xmp", "icc_profile", "comment", "photoshop"} & set(imagen.info)
    return imagen.format == "JPEG" and imagen.mode in {"RGB", "L"} and max(imagen.size) <= LADO_MAYOR and sin_metadatos


def para_impreso(contenido: bytes) -> bytes:
    """JPEG listo para el PDF. Uno pequeño y sin metadatos pasa idéntico; lo demás se endereza, reduce y limpia.

    Lanza `ImagenNoAdmitida` si los bytes no son una imagen legible.
    """
    imagen = _abrir(contenido)
    if _sirve_como_esta(imagen):
        return contenido
    derecha = ImageOps.exif_transpose(imagen)
    if derecha.mode in {"RGBA", "LA", "P", "PA"}:
        con_alfa = derecha.convert("RGBA")
        derecha = Image.new("RGB", con_alfa.size, "white")
        derecha.paste(con_alfa, mask=con_alfa.getchannel("A"))
    final = derecha.convert("RGB")
    final.thumbnail((LADO_MAYOR, LADO_MAYOR), Image.Resampling.LANCZOS)
    salida = io.BytesIO()
    final.save(salida, "JPEG", quality=_CALIDAD, optimize=True)
    return salida.getvalue()
