"""Los ataques conocidos contra una copia certificada (pdf-insecurity.org y la suerte). Cada uno devuelve el archivo atacado."""

import io
import random
import re
from collections.abc import Callable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import NameObject as Nombre
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Escritor = IncrementalPdfFileWriter
_CONTENIDO = re.compile(rb"/Contents\s*<([0-9A-Fa-f]{200,})>")


def _anadido(copia: bytes, cambiar: Callable[[Escritor], None]) -> bytes:
    """La copia con una revisión de más."""
    escritor = Escritor(io.BytesIO(copia))
    cambiar(escritor)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def _flujo(escritor: Escritor, contenido: bytes, **claves: object) -> generic.IndirectObject:
    propio = {Nombre(f"/{clave}"): valor for clave, valor in claves.items()}
    return escritor.add_object(generic.StreamObject(propio, stream_data=contenido))


def _pagina(escritor: Escritor, indice: int) -> generic.DictionaryObject:
    referencia, _ = escritor.find_page_for_modification(indice)
    return referencia.get_object()


def contenido_cambiado(copia: bytes) -> bytes:
    """ISA: otra cosa dibujada en la segunda página."""

    def cambiar(escritor: Escritor) -> None:
        pagina = _pagina(escritor, 1)
        pagina[Nombre("/Contents")] = _flujo(escritor, b"0 0 100 100 re f")
        escritor.update_container(pagina)

    return _anadido(copia, cambiar)


def anotacion(copia: bytes) -> bytes:
    """EAA: un recuadro que tapa lo certificado."""

    def cambiar(escritor: Escritor) -> None:
        pagina = _pagina(escritor, 0)
        caja = generic.ArrayObject(map(generic.NumberObject, [60, 560, 460, 620]))
        nota = {"/Type": Nombre("/Annot"), "/Subtype": Nombre("/FreeText"), "/Rect": caja, "/F": generic.NumberObject(4)}
        hecha = generic.DictionaryObject({Nombre(k): v for k, v in nota.items()})
        hecha[Nombre("/Contents")] = generic.pdf_string("otra cosa")
        pagina["/Annots"].append(escritor.add_object(hecha))
        escritor.update_container(pagina["/Annots"])
        escritor.update_container(pagina)

    return _anadido(copia, cambiar)


def adjunto_cambiado(copia: bytes) -> bytes:
    """Otro archivo donde estaba el original."""

    def cambiar(escritor: Escritor) -> None:
        nombres = escritor.root["/Names"]["/EmbeddedFiles"]
        archivo = (nombres["/Names"] if "/Names" in nombres else nombres["/Kids"][0]["/Names"])[1]
        archivo["/EF"][Nombre("/F")] = _flujo(escritor, b"falso", Type=Nombre("/EmbeddedFile"))
        escritor.update_container(archivo["/EF"])

    return _anadido(copia, cambiar)


def metadatos_cambiados(copia: bytes) -> bytes:
    """Otro XMP."""

    def cambiar(escritor: Escritor) -> None:
        nuevo = _flujo(escritor, b"<x/>", Type=Nombre("/Metadata"), Subtype=Nombre("/XML"))
        escritor.root[Nombre("/Metadata")] = nuevo
        escritor.update_root()

    return _anadido(copia, cambiar)


def basura_al_final(copia: bytes) -> bytes:
    """Bytes que ningún lector muestra."""
    return copia + b"\n%hola\n"


def sin_rango(copia: bytes) -> bytes:
    """USF: la firma sin decir qué cubre."""
    return copia.replace(b"/ByteRange", b"/ByteRxnge", 1)


def firma_en_ceros(copia: bytes) -> bytes:
    """USF: el hueco vacío."""
    hueco = _CONTENIDO.search(copia)
    return copia[: hueco.start(1)] + b"0" * (hueco.end(1) - hueco.start(1)) + copia[hueco.end(1) :]


def envoltura(copia: bytes) -> bytes:
    """SWA: el segundo tramo firmado se mueve y en el hueco se mete otro documento."""
    hueco = _CONTENIDO.search(copia)
    return copia[: hueco.end(1) + 1] + b"\n1 0 obj <</Type /Catalog>> endobj\n" + copia[hueco.end(1) + 1 :]


def relleno_cambiado(copia: bytes) -> bytes:
    """Un bit en el relleno del hueco, que ninguna firma cubre."""
    hueco = _CONTENIDO.search(copia)
    return copia[: hueco.end(1) - 2] + b"1" + copia[hueco.end(1) - 1 :]


def minusculas(copia: bytes) -> bytes:
    """El mismo número escrito de otro modo: el archivo ya no es el mismo."""
    hueco = _CONTENIDO.search(copia)
    return copia[: hueco.start(1)] + hueco.group(1).lower() + copia[hueco.end(1) :]


def sombra(copia: bytes) -> bytes:
    """Shadow: el contenido de la página, que ya venía en el archivo, se cambia por otro después de firmar."""

    def cambiar(escritor: Escritor) -> None:
        pagina, otra = _pagina(escritor, 0), _pagina(escritor, 1)
        pagina[Nombre("/Contents")] = otra.raw_get("/Contents")
        escritor.update_container(pagina)

    return _anadido(copia, cambiar)


def truncada(copia: bytes) -> bytes:
    """La mitad del archivo."""
    return copia[: len(copia) // 2]


def sin_la_firma(copia: bytes) -> bytes:
    """Sólo la revisión de antes de firmar."""
    return copia[: copia.index(b"%%EOF") + 6]


TODOS = [
    contenido_cambiado, anotacion, adjunto_cambiado, metadatos_cambiados, basura_al_final, sin_rango, firma_en_ceros,
    envoltura, relleno_cambiado, minusculas, sombra, truncada, sin_la_firma,
]  # fmt: skip


def bits_al_azar(copia: bytes, cuantos: int, semilla: int) -> list[tuple[str, bytes]]:
    """Copias con un bit cambiado en un lugar al azar; el nombre dice dónde, para repetirlo."""
    azar = random.Random(semilla)
    hechas = []
    for lugar in azar.sample(range(len(copia)), cuantos):
        bit = azar.randrange(8)
        cambiada = bytearray(copia)
        cambiada[lugar] ^= 1 << bit
        hechas.append((f"byte {lugar}, bit {bit}", bytes(cambiada)))
    return hechas
