"""Lo que una fotografía dice de sí: cuándo, quién y qué (EXIF 2.32, IPTC IIM 4.2). Corre en el proceso aislado.

Son sugerencias: el reloj de una cámara se equivoca y un pie se copia de otra foto. Nada de esto se publica sin que alguien lo vea.
"""

import re
from contextlib import suppress
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

LARGO = 2000
_IPTC = {
    "titulo": [(2, 105), (2, 5)],
    "pie": [(2, 120)],
    "credito": [(2, 110)],
    "autor": [(2, 80)],
    "lugar": [(2, 92), (2, 90)],
    "palabras": [(2, 25)],
}
_EXIF = {"pie": ExifTags.Base.ImageDescription, "autor": ExifTags.Base.Artist, "credito": ExifTags.Base.Copyright}


def de_la_toma(imagen: ImageFile.ImageFile) -> dict[str, Any]:
    """`{"fecha", "titulo", "pie", "credito", "autor", "lugar", "palabras", "camara"}`, sólo lo que trae. `fecha`, ISO 8601."""
    exif = imagen.getexif()
    hallado: dict[str, Any] = {c: _texto(exif.get(etiqueta)) for c, etiqueta in _EXIF.items()}
    hallado |= {c: v for c, v in _de_iptc(imagen).items() if v}
    hallado["fecha"] = _fecha(exif)
    hallado["camara"] = _texto(exif.get(ExifTags.Base.Model))
    return {c: v for c, v in hallado.items() if v}


def _de_iptc(imagen: ImageFile.ImageFile) -> dict[str, Any]:
    try:
        campos = IptcImagePlugin.getiptcinfo(imagen) or {}
    except (SyntaxError, ValueError, KeyError, IndexError, OSError):
        return {}
    dados: dict[str, Any] = {}
    for nombre, llaves in _IPTC.items():
        valores = [v for llave in llaves for v in _lista(campos.get(llave))]
        dados[nombre] = valores if nombre == "palabras" else next(iter(valores), "")
    return dados


def _lista(valor: Any) -> list[str]:
    crudos = valor if isinstance(valor, list) else [valor]
    return [t for t in (_texto(c) for c in crudos) if t]


def _texto(valor: Any) -> str:
    if isinstance(valor, str):
        # Pillow lee el EXIF como Latin-1; muchas cámaras y programas escriben ahí UTF-8.
        with suppress(UnicodeEncodeError):
            valor = valor.encode("latin-1")
    if isinstance(valor, bytes):
        try:
            valor = valor.decode("utf-8")
        except UnicodeDecodeError:
            valor = valor.decode("cp1252", "replace")
    if not isinstance(valor, str):
        return ""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", valor).strip()[:LARGO]


def _fecha(exif: Image.Exif) -> str:
    """El momento en que se tomó, si la cámara lo dijo y es una fecha."""
    propios = exif.get_ifd(ExifTags.IFD.Exif)
    crudo = _texto(propios.get(ExifTags.Base.DateTimeOriginal)) or _texto(exif.get(ExifTags.Base.DateTime))
    try:
        return datetime.strptime(crudo[:19], "%Y:%m:%d %H:%M:%S").isoformat()
    except ValueError:
        return ""
