"""Un título razonable: el de los metadatos si dice algo, el renglón más fuerte de la portada o el nombre del archivo."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from statistics import median

from archivo.ingesta.propuestas.fechas import proponer_fecha
from archivo.ingesta.propuestas.numeros import proponer_numero

LARGO_MAXIMO = 300
LETRAS_MINIMAS = 8
RENGLONES_DE_TITULO = 4
FUERTE = 1.15
_LETRA = re.compile(r"[^\W\d_]")
_DE_PROGRAMA = re.compile(
    r"^(?:(?:microsoft (?:word|powerpoint|excel)|acrobat distiller|pdfcreator)\b|untitled|sin t[ií]tulo|documento?\s?\d*$|presentaci[oó]n\s?\d*$|scan|escaneo|image|img[_\d]"
    r"|title$|t[ií]tulo$|null$|print|layout|full page|file://|https?://|\(anonymous\)|none$)"
    r"|\.(?:docx?|pdf|pub|indd|qxd|xlsx?|pptx?|odt|rtf|txt|tex|dvi|html?|fm|ps|eps|cdr|ai|p65|pm[56]|jpe?g|tiff?)\W*$",
    re.IGNORECASE,
)
_MEMBRETE = re.compile(r"^(?:p[aá]gina|p[aá]g\.?|www\.|https?:|tel\.?|fax|c\.\s?p\.)\b", re.IGNORECASE)


def _letras(texto: str) -> int:
    return len(_LETRA.findall(texto))


def dice_algo(titulo: str) -> bool:
    """¿Sirve como título el de los metadatos? No, si lo puso un programa, es un nombre de archivo o casi no tiene letras."""
    limpio = titulo.strip()
    if not LETRAS_MINIMAS <= len(limpio) <= LARGO_MAXIMO or _DE_PROGRAMA.search(limpio):
        return False
    return " " in limpio and _letras(limpio) >= len(limpio) * 0.6


def _es_dato(renglon: str) -> bool:
    """¿El renglón es sólo una fecha, un número o un membrete de contacto, o el resto de una frase que empieza antes?"""
    if _MEMBRETE.match(renglon) or _letras(renglon) < LETRAS_MINIMAS or renglon[:1].islower():
        return True
    for proponer in (proponer_fecha, proponer_numero):
        _, cita = proponer(renglon)
        if cita and len(cita) > len(renglon) * 0.5:
            return True
    return False


def _es_otro_parrafo(partes: list[str], texto: str, *, distinto: bool) -> bool:
    """¿El renglón ya no continúa el título que se viene juntando?"""
    completo = partes[-1].endswith((".", ":")) or len(" ".join(partes)) > LARGO_MAXIMO // 2
    return distinto or completo or (_es_dato(texto) and not texto[:1].islower())


def _juntar(renglones: Sequence[tuple[str, float]], desde: int) -> str:
    """El renglón y los que lo siguen con la misma letra, hasta un punto o hasta completar un título."""
    alto = renglones[desde][1]
    partes: list[str] = []
    for texto, suyo in renglones[desde : desde + RENGLONES_DE_TITULO]:
        if partes and _es_otro_parrafo(partes, texto, distinto=abs(suyo - alto) > alto * 0.06):
            break
        partes.append(texto)
    return " ".join(partes)


def _de_la_portada(renglones: Sequence[tuple[str, float]]) -> str:
    utiles = [i for i, (texto, _) in enumerate(renglones) if not _es_dato(texto)]
    if not utiles:
        return ""
    altos = [renglones[i][1] for i in utiles]
    mayor = max(altos)
    fuertes = [i for i in utiles if renglones[i][1] >= mayor * 0.95]
    desde = fuertes[0] if mayor > median(altos) * FUERTE else utiles[0]
    return _juntar(renglones, desde)


def _recortar(titulo: str) -> str:
    junto = " ".join(titulo.split()).strip(" .,;:-–—_|")
    return junto if len(junto) <= LARGO_MAXIMO else junto[:LARGO_MAXIMO].rsplit(" ", 1)[0] + "…"


def proponer_titulo(nombre: str, titulo: str, renglones: Sequence[tuple[str, float]]) -> tuple[str, str]:
    """(título, de dónde: `metadatos`, `portada` o `nombre`). Nunca vacío: al menos el nombre del archivo."""
    if dice_algo(titulo):
        return _recortar(titulo), "metadatos"
    if portada := _recortar(_de_la_portada(renglones)):
        return portada, "portada"
    tronco = " ".join(re.sub(r"[_\-.+]+", " ", PurePath(nombre).stem).split())
    return _recortar(tronco) or "Documento sin título", "nombre"
