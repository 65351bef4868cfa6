"""El índice en XML, escrito por un escritor de XML a partir del mismo contenido. Su esquema: `indice-electronico-1.xsd`."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

ESPACIO = "urn:acervo:indice-electronico:1"
ESQUEMA = Path(__file__).with_name("indice-electronico-1.xsd")
_DEL_EXPEDIENTE = (
    "clave", "codigo", "titulo", "serie", "area", "fecha_apertura", "fecha_cierre", "soporte", "total_documentos", "total_fojas",
)  # fmt: skip
_DEL_LEGAJO = ("n", "foja_inicial", "foja_final")
_DEL_DOCUMENTO = (
    "orden", "clave", "tipo", "fecha", "paginas", "pagina_inicial", "pagina_final", "legajo", "foja_inicial", "foja_final", "ejemplar",
    "origen", "texto_sha256",
)  # fmt: skip
_DEL_OBJETO = ("sha256", "bytes", "mime", "paginas", "papel")


class _Escritor:
    """XML con sangría fija: los mismos datos dan los mismos bytes."""

    def __init__(self) -> None:
        self.salida = io.BytesIO()
        self.xml = XMLGenerator(self.salida, encoding="utf-8", short_empty_elements=True)
        self.nivel = 0

    def abrir(self, nombre: str, atributos: Mapping[str, str] | None = None) -> None:
        self._renglon()
        self.xml.startElement(nombre, AttributesImpl(dict(atributos or {})))
        self.nivel += 1

    def cerrar(self, nombre: str) -> None:
        self.nivel -= 1
        self._renglon()
        self.xml.endElement(nombre)

    def hoja(self, nombre: str, valor: Any) -> None:
        self._renglon()
        self.xml.startElement(nombre, AttributesImpl({}))
        self.xml.characters(str(valor))
        self.xml.endElement(nombre)

    def hojas(self, datos: Mapping[str, Any], nombres: tuple[str, ...]) -> None:
        for nombre in nombres:
            if datos.get(nombre) not in (None, ""):
                self.hoja(nombre, datos[nombre])

    def _renglon(self) -> None:
        if self.salida.tell():
            self.xml.ignorableWhitespace("\n" + "  " * self.nivel)


def escribir(indice: Mapping[str, Any]) -> bytes:
    """Los bytes XML (UTF-8) de un índice con la forma de `cierre.indice_completo`."""
    e = _Escritor()
    e.xml.startDocument()
    e.abrir("indice", {"xmlns": ESPACIO, "formato": indice["formato"], "version": str(indice["version"])})
    e.hojas(indice, ("momento", "anterior"))
    _expediente(e, indice["expediente"])
    e.abrir("documentos")
    for documento in indice["documentos"]:
        _documento(e, documento)
    e.cerrar("documentos")
    e.cerrar("indice")
    e.xml.ignorableWhitespace("\n")
    e.xml.endDocument()
    return e.salida.getvalue()


def _expediente(e: _Escritor, datos: Mapping[str, Any]) -> None:
    e.abrir("expediente")
    e.hojas(datos, _DEL_EXPEDIENTE)
    e.abrir("legajos")
    for legajo in datos["legajos"]:
        e.abrir("legajo")
        e.hojas(legajo, _DEL_LEGAJO)
        e.cerrar("legajo")
    e.cerrar("legajos")
    e.cerrar("expediente")


def _documento(e: _Escritor, datos: Mapping[str, Any]) -> None:
    e.abrir("documento")
    e.hojas(datos, _DEL_DOCUMENTO)
    for objeto in datos["objetos"]:
        e.abrir("objeto")
        e.hojas(objeto, _DEL_OBJETO)
        e.cerrar("objeto")
    e.cerrar("documento")
