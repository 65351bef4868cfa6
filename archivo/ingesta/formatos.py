"""Qué formatos se reciben y qué se dice de los demás. El formato lo dice el contenido, nunca el nombre."""

from pathlib import PurePath

from archivo.catalogo.puerta import GRABACIONES

PDF = "application/pdf"
TEXTO = "text/plain"
IMAGENES = frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif"})
VIDEOS = frozenset(m for m in GRABACIONES if m.startswith("video/"))
RECIBIDOS = frozenset({PDF, TEXTO}) | IMAGENES | GRABACIONES

PELIGROSOS = {
    "application/x-dosexec": "un programa de Windows",
    "application/vnd.microsoft.portable-executable": "un programa de Windows",
    "application/x-executable": "un programa",
    "application/x-pie-executable": "un programa",
    "application/x-sharedlib": "una biblioteca de programa",
    "application/x-mach-binary": "un programa de macOS",
    "application/x-msi": "un instalador de Windows",
    "application/java-archive": "un programa de Java",
    "application/x-shellscript": "un guion de órdenes",
    "text/x-shellscript": "un guion de órdenes",
    "text/x-msdos-batch": "un guion de órdenes",
    "text/x-python": "un programa en Python",
    "text/x-script.python": "un programa en Python",
    "text/x-php": "un programa en PHP",
    "text/javascript": "un programa en JavaScript",
    "application/javascript": "un programa en JavaScript",
    "text/html": "una página web, que puede llevar programas",
    "application/xhtml+xml": "una página web, que puede llevar programas",
    "image/svg+xml": "un dibujo SVG, que puede llevar programas",
}
_FAMILIAS = ("audio/", "video/", "image/", "font/", "text/", "message/", "chemical/", "model/")
_CONTENEDORES = (
    "application/vnd.",
    "application/msword",
    "application/zip",
    "application/x-",
    "application/gzip",
    "application/json",
    "application/xml",
    "application/rtf",
    "application/epub",
    "application/postscript",
    "application/ogg",
    "application/CDFV2",
)
DESCONOCIDO = "application/octet-stream"
_DE_SISTEMA = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_EXTENSIONES = {
    ".pdf": frozenset({PDF}),
    ".jpg": frozenset({"image/jpeg"}),
    ".jpeg": frozenset({"image/jpeg"}),
    ".png": frozenset({"image/png"}),
    ".webp": frozenset({"image/webp"}),
    ".tif": frozenset({"image/tiff"}),
    ".tiff": frozenset({"image/tiff"}),
    ".gif": frozenset({"image/gif"}),
}
# libmagic llama text/plain a casi todo lo legible: aquí la extensión no abre la puerta, la cierra.
_NO_ES_TEXTO_CORRIDO = frozenset(
    [
        ".csv",
        ".tsv",
        ".json",
        ".jsonl",
        ".xml",
        ".html",
        ".htm",
        ".svg",
        ".js",
        ".py",
        ".php",
        ".sh",
        ".bat",
        ".ps1",
        ".sql",
        ".yml",
        ".yaml",
        ".css",
        ".vtt",
        ".srt",
        ".eml",
        ".log",
    ]
)


def es_de_sistema(nombre: str) -> bool:
    """¿Es un resto del sistema operativo y no un documento?"""
    return nombre.lower() in _DE_SISTEMA or nombre.startswith("._")


def es_formato_conocido(mime: str) -> bool:
    """¿Es un formato que se sabe qué es, aunque todavía no se reciba?"""
    return mime != DESCONOCIDO and mime.startswith(_FAMILIAS + _CONTENEDORES)


def no_es_texto_corrido(nombre: str) -> bool:
    """¿Dice el nombre que este texto es otra cosa (una tabla, datos, código)?"""
    return PurePath(nombre).suffix.lower() in _NO_ES_TEXTO_CORRIDO


def contradice_al_nombre(nombre: str, mime: str) -> bool:
    """¿El nombre promete un formato y el contenido es otro?"""
    prometidos = _EXTENSIONES.get(PurePath(nombre).suffix.lower())
    return prometidos is not None and mime not in prometidos
