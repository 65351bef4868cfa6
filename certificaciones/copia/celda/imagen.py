"""Una imagen como páginas de un PDF: sin pérdida cuando su formato lo permite; si no, con los mismos puntos a la vista."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import img2pdf
import pikepdf
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from certificaciones.copia.celda.escritura import escribir
from certificaciones.copia.celda.pdf import con_rechazo, giro
from certificaciones.copia.celda.rechazo import Rechazo

PUNTOS_MAXIMOS = 200_000_000
CUADROS_MAXIMOS = 2_000
CARTA, APAISADA = (612.0, 758.0), (792.0, 578.0)
LADO_MINIMO = 36.0
#: Puntos por punto de imagen cuando la imagen no dice su resolución: a 96 por pulgada, lo que se supone en pantalla.
DE_PANTALLA = 0.75
PLIEGO = (1_440.0, 2_448.0)
FORMATOS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "JPEG2000")
DE_ESCANER = (100, 1_200)
SIN_PERDIDA = frozenset({"JPEG", "MPO", "PNG", "TIFF"})
MODOS_DIRECTOS = frozenset({"1", "L", "RGB", "P", "I;16"})


def _tamano(ancho_px: int, alto_px: int, resolucion: tuple[float, float] | None) -> tuple[float, float]:
    """Puntos de la página: los de la hoja digitalizada si la imagen los dice; si no, lo que quepa en carta."""
    if resolucion and all(DE_ESCANER[0] <= r <= DE_ESCANER[1] for r in resolucion):
        ancho, alto = ancho_px * 72 / resolucion[0], alto_px * 72 / resolucion[1]
        if max(ancho, alto) <= PLIEGO[1] and LADO_MINIMO <= min(ancho, alto) <= PLIEGO[0]:
            return ancho, alto
    marco = CARTA if alto_px >= ancho_px else APAISADA
    escala = min(marco[0] / ancho_px, marco[1] / alto_px, max(DE_PANTALLA, LADO_MINIMO / min(ancho_px, alto_px)))
    return max(ancho_px * escala, 3.0), max(alto_px * escala, 3.0)


def _resolucion(imagen: Image.Image) -> tuple[float, float] | None:
    dpi = imagen.info.get("dpi")
    return (float(dpi[0]), float(dpi[1])) if isinstance(dpi, tuple) and len(dpi) == 2 and all(dpi) else None


def _distribuir(ancho_px: int, alto_px: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
    ancho, alto = _tamano(ancho_px, alto_px, dpi)
    return ancho, alto, ancho, alto


def _con_transparencia(imagen: Image.Image) -> bool:
    return "A" in imagen.getbands() or "a" in imagen.getbands() or "transparency" in imagen.info


def _en_rgb(imagen: Image.Image) -> Image.Image:
    """De CMYK u otro modelo a RGB, con el perfil de la imagen si lo trae."""
    perfil = imagen.info.get("icc_profile")
    if imagen.mode == "CMYK" and perfil:
        try:
            origen = ImageCms.ImageCmsProfile(io.BytesIO(perfil))
            convertida = ImageCms.profileToProfile(imagen, origen, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if convertida is not None:
                return convertida
        except (ImageCms.PyCMSError, OSError):
            return imagen.convert("RGB")
    return imagen.convert("RGB")


def _divisor(imagen: Image.Image) -> float:
    """Entre cuánto se divide cada tono para llevarlo a 8 bits: según lo que la imagen llega a usar."""
    mayor = cast("float", imagen.convert("F").getextrema()[1])
    if mayor > 255:
        return 257.0
    return 1.0 if mayor > 1 else 1 / 255


def _a_la_vista(imagen: Image.Image) -> tuple[Image.Image, set[str]]:
    """La imagen en 8 bits, derecha y opaca, y qué hubo que hacer para que así se vea."""
    hecho: set[str] = set()
    derecha = ImageOps.exif_transpose(imagen)
    if derecha.mode.startswith(("I", "F")):
        hecho.add("Sus tonos se llevaron a 8 bits.")
        divisor = _divisor(derecha)
        derecha = derecha.convert("F").point(lambda v: v / divisor).convert("L")
    if _con_transparencia(derecha):
        hecho.add("Lo transparente se muestra sobre blanco.")
        encima = derecha.convert("RGBA")
        fondo = Image.new("RGBA", encima.size, "white")
        fondo.alpha_composite(encima)
        derecha = fondo.convert("RGB")
    if derecha.mode not in {"1", "L", "RGB"}:
        if derecha.mode not in {"P", "PA"}:
            hecho.add("Sus colores se llevaron a RGB.")
        derecha = _en_rgb(derecha)
    return derecha, hecho


def _abierta(ruta: str) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None
    try:
        imagen = Image.open(ruta, formats=FORMATOS)
    except UnidentifiedImageError as error:
        raise Rechazo("formato", str(error)) from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, OverflowError) as error:
        raise Rechazo("imagen_danada", str(error)) from error
    cuadros = getattr(imagen, "n_frames", 1)
    if imagen.format not in {"TIFF", "MPO"} and cuadros > 1:
        raise Rechazo("animada")
    if cuadros > CUADROS_MAXIMOS or imagen.width * imagen.height > PUNTOS_MAXIMOS:
        raise Rechazo("imagen_grande", f"{imagen.width} × {imagen.height}")
    return imagen


def _cuadros(imagen: Image.Image, elegidos: list[int] | None) -> Iterator[tuple[int, Image.Image]]:
    """Cada cuadro que es una página: todos los de un TIFF, el primero de lo demás."""
    total = _total(imagen)
    for numero in elegidos or range(1, total + 1):
        if not 1 <= numero <= total:
            raise Rechazo("pagina_ausente", f"el archivo tiene {total}")
        imagen.seek(numero - 1)
        if imagen.width * imagen.height > PUNTOS_MAXIMOS:
            raise Rechazo("imagen_grande", f"{imagen.width} × {imagen.height}")
        imagen.load()
        yield numero, imagen


def _total(imagen: Image.Image) -> int:
    return int(getattr(imagen, "n_frames", 1)) if imagen.format == "TIFF" else 1


def _sirve_directa(imagen: Image.Image) -> bool:
    gira = imagen.getexif().get(0x0112, 1) not in {0, 1, 3, 6, 8}
    return imagen.format in SIN_PERDIDA and imagen.mode in MODOS_DIRECTOS and not _con_transparencia(imagen) and not gira


def _directo(ruta: str) -> bytes | None:
    """El PDF de img2pdf, con los bytes de la imagen tal cual; None si no admite esa variante."""
    try:
        return img2pdf.convert(
            Path(ruta).read_bytes(),
            rotation=img2pdf.Rotation.ifvalid,
            layout_fun=_distribuir,
            nodate=True,
            engine=img2pdf.Engine.pikepdf,
        )
    except (
        img2pdf.ImageOpenError,
        img2pdf.AlphaChannelError,
        img2pdf.JpegColorspaceError,
        NotImplementedError,
        ValueError,
        TypeError,
        AssertionError,
    ):
        return None


def _pagina_de(imagen: Image.Image) -> tuple[bytes, set[str]]:
    vista, hecho = _a_la_vista(imagen)
    resolucion = _resolucion(imagen)
    crudo = io.BytesIO()
    vista.save(crudo, "PNG", compress_level=3, **({"dpi": resolucion} if resolucion else {}))
    return img2pdf.convert(crudo.getvalue(), layout_fun=_distribuir, nodate=True, engine=img2pdf.Engine.pikepdf), hecho


def _armar(ruta: str, paginas: list[int] | None) -> tuple[list[bytes], int, set[str]]:
    """Los PDF que forman el documento, cuántas páginas tenía y qué hubo que hacer."""
    with _abierta(ruta) as imagen:
        total, directas, partes, hecho = _total(imagen), True, [], set()
        for _, cuadro in _cuadros(imagen, paginas):
            directas = directas and _sirve_directa(cuadro)
        directo = _directo(ruta) if directas and paginas is None else None
        if directo is not None:
            return [directo], total, {"La imagen se copió sin pérdida."}
        for _, cuadro in _cuadros(imagen, paginas):
            parte, cambios = _pagina_de(cuadro)
            partes.append(parte)
            hecho |= cambios
    return partes, total, hecho or {"La imagen se copió punto por punto."}


@con_rechazo
def preparar(ruta: str, destino: str, paginas: list[int] | None) -> dict[str, Any]:
    """Escribe en `destino` el PDF de la imagen. Devuelve `{"medidas", "total", "hecho"}` o `{"rechazo"}`."""
    try:
        partes, total, hecho = _armar(ruta, paginas)
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, EOFError, OverflowError) as error:
        raise Rechazo("imagen_danada", f"{type(error).__name__}: {error}") from error
    medidas: list[list[float]] = []
    with pikepdf.new() as salida:
        for parte in partes:
            with pikepdf.open(io.BytesIO(parte)) as una:
                salida.pages.extend(una.pages)
        for pagina in salida.pages:
            caja = [float(v) for v in pagina.mediabox]
            ancho, alto = caja[2] - caja[0], caja[3] - caja[1]
            girada = giro(pagina.obj) % 180 == 90
            medidas.append([alto, ancho] if girada else [ancho, alto])
        if len(medidas) != (total if paginas is None else len(paginas)):
            raise Rechazo("imagen_danada", f"{len(medidas)} páginas de {total}")
        escribir(salida, destino)
    return {"medidas": medidas, "total": total, "hecho": sorted(hecho)}
