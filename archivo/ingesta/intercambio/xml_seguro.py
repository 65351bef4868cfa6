"""Abrir XML ajeno sin que pueda leer archivos, salir a la red ni crecer sin límite."""

from pathlib import Path
from xml.parsers import expat

from lxml import etree

from archivo.ingesta.importacion.filas import ArchivoInutilizable

BYTES_MAXIMOS = 64 * 1024 * 1024
_TROZO = 64 * 1024


class _EmpiezaElCuerpo(Exception):
    """Ya pasó el prólogo: lo demás lo lee libxml2."""


def abrir_xml(ruta: Path, nombre: str) -> etree._Element:
    """La raíz del documento. Nunca carga DTD, entidades externas ni nada de la red.

    Raises:
        ArchivoInutilizable: pasa de 64 MB, declara entidades, o no es XML bien formado (dice la línea).
    """
    try:
        tamano = ruta.stat().st_size
        if tamano > BYTES_MAXIMOS:
            raise ArchivoInutilizable(
                f"«{nombre}» mide {tamano // 1024**2} MB; se reciben hasta {BYTES_MAXIMOS // 1024**2} MB. Divídalo por series."
            )
        _revisar_prologo(ruta, nombre)
        analizador = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False, remove_pis=True
        )
        return etree.fromstring(ruta.read_bytes(), analizador)
    except etree.XMLSyntaxError as error:
        raise ArchivoInutilizable(_no_es_xml(nombre, error)) from error
    except OSError as error:
        raise ArchivoInutilizable(f"No se pudo abrir «{nombre}»: {error.strerror or error}. Revise la ruta.") from error


def _no_es_xml(nombre: str, error: etree.XMLSyntaxError) -> str:
    texto = str(error).casefold()
    donde = f"línea {error.lineno or 1}"
    if "encod" in texto or "utf-8" in texto or "byte" in texto:
        return f"«{nombre}» no está en la codificación que declara ({donde}). Guárdelo como UTF-8 y que su primera línea lo diga."
    if "depth" in texto or "huge" in texto or "amplification" in texto or "too long" in texto:
        return f"«{nombre}» trae una estructura fuera de toda medida ({donde}). No se abrió."
    if "empty" in texto:
        return f"«{nombre}» está vacío."
    return f"«{nombre}» no es XML bien formado: no se entiende a partir de la {donde}. Revise que esté completo."


def _revisar_prologo(ruta: Path, nombre: str) -> None:
    """Un DOCTYPE puede nombrar su DTD; declarar entidades, no: ni las de EAD ni las de nadie hacen falta."""
    lector = expat.ParserCreate()
    lector.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _declara(*_: object) -> None:
        raise ArchivoInutilizable(
            f"«{nombre}» declara entidades en su DOCTYPE. Por seguridad no se abre: quítelas y vuelva a subirlo."
        )

    def _cuerpo(*_: object) -> None:
        raise _EmpiezaElCuerpo

    lector.EntityDeclHandler = _declara
    lector.StartElementHandler = _cuerpo
    try:
        with ruta.open("rb") as archivo:
            while trozo := archivo.read(_TROZO):
                lector.Parse(trozo, False)
    except (_EmpiezaElCuerpo, expat.ExpatError):
        return  # lo mal formado lo dice libxml2, con su línea
