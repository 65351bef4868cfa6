"""Una imagen reducida y sin metadatos. Corre en el proceso aislado."""

from PIL import Image, ImageOps

PIXELES_DE_ORIGEN = 120_000_000
LADO_DE_WEBP = 16_000
FORMATOS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF")


def reducir(ruta: str, destino: str, cuadro: int, ancho: int, pixeles: int) -> dict[str, int]:
    """Escribe un WebP con el cuadro (desde 1) derecho, en RGB, a lo más de ese ancho, sin EXIF, GPS, IPTC ni XMP."""
    Image.MAX_IMAGE_PIXELS = PIXELES_DE_ORIGEN
    with Image.open(ruta, formats=FORMATOS) as original:
        if original.width * original.height > PIXELES_DE_ORIGEN:
            raise ValueError("la imagen tiene demasiados pixeles")
        original.seek(cuadro - 1)
        escala = min(1.0, ancho / original.width, (pixeles / (original.width * original.height)) ** 0.5)
        if cuadro == 1:
            original.draft("RGB", (max(1, int(original.width * escala)), max(1, int(original.height * escala))))
        derecha = _sobre_blanco(ImageOps.exif_transpose(original))
    escala = min(1.0, ancho / derecha.width, (pixeles / (derecha.width * derecha.height)) ** 0.5, LADO_DE_WEBP / derecha.height)
    medida = (max(1, round(derecha.width * escala)), max(1, round(derecha.height * escala)))
    chica = derecha.resize(medida, Image.Resampling.LANCZOS)
    chica.info.clear()
    chica.save(destino, "WEBP", quality=82, method=2)
    return {"ancho": chica.width, "alto": chica.height}


def difundir(ruta: str, destino: str) -> dict[str, int]:
    """Escribe un JPEG del tamaño del original, derecho y con su perfil de color, sin EXIF, GPS, IPTC ni XMP."""
    Image.MAX_IMAGE_PIXELS = PIXELES_DE_ORIGEN
    with Image.open(ruta, formats=FORMATOS) as original:
        if original.width * original.height > PIXELES_DE_ORIGEN:
            raise ValueError("la imagen tiene demasiados pixeles")
        perfil = original.info.get("icc_profile")
        derecha = _sobre_blanco(ImageOps.exif_transpose(original))
    en_rgb = isinstance(perfil, bytes) and perfil[16:20] == b"RGB "
    derecha.info.clear()
    derecha.save(destino, "JPEG", quality=92, **({"icc_profile": perfil} if en_rgb else {}))
    return {"ancho": derecha.width, "alto": derecha.height}


def _sobre_blanco(imagen: Image.Image) -> Image.Image:
    """RGB de 8 bits; lo transparente queda sobre blanco."""
    if imagen.mode.startswith(("I", "F")):
        imagen = imagen.convert("F").point(lambda v: v / 256).convert("L")
    if "A" not in imagen.getbands() and "transparency" not in imagen.info:
        return imagen.convert("RGB")
    encima = imagen.convert("RGBA")
    fondo = Image.new("RGBA", encima.size, "white")
    fondo.alpha_composite(encima)
    return fondo.convert("RGB")
