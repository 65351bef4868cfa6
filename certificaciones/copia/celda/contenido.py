"""El contenido de una página ajena: quitarle lo que aquí no significa nada y medir cuánto se expande al dibujarse."""

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from certificaciones.copia.celda.rechazo import NecesitaImagen, Rechazo

MARCAS = frozenset({"BDC", "BMC", "EMC", "MP", "DP"})
CON_MARCAS = re.compile(rb"\b(?:BDC|BMC|EMC|MP|DP)\b")
LLAMADAS = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
CMYK = re.compile(rb"(?:^|\s)[kK](?:\s|$)")
CONTENIDO_MAXIMO = 100 * 1024 * 1024
PESO_MAXIMO = 400_000_000
PUNTOS_MAXIMOS = 500_000_000
SOBRAN_EN_LA_PAGINA = (
    "/StructParents", "/AA", "/Annots", "/Metadata", "/PieceInfo", "/Thumb", "/B", "/Trans", "/PresSteps", "/Tabs", "/Dur",
    "/TrimBox", "/BleedBox", "/ArtBox",
)  # fmt: skip
SOBRAN_EN_LA_FORMA = ("/StructParents", "/StructParent", "/OC", "/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref")


def leer(contenido: Object | None) -> bytes:
    """Los bytes de un contenido (uno o varios flujos). Lanza `Rechazo` si se expanden sin medida o están dañados."""
    flujos = [contenido] if isinstance(contenido, Stream) else list(contenido) if isinstance(contenido, Array) else []
    partes, total = [], 0
    for flujo in flujos:
        if not isinstance(flujo, Stream):
            continue
        try:
            parte = flujo.read_bytes()
        except pikepdf.PdfError as error:
            if "memory" in str(error).lower() or "limit" in str(error).lower():
                raise Rechazo("bomba", str(error)) from error
            raise Rechazo("danado", str(error), confirmable=True) from error
        total += len(parte)
        if total > CONTENIDO_MAXIMO:
            raise Rechazo("bomba", f"{total} bytes de contenido")
        partes.append(parte)
    return b"\n".join(partes)


def formas_de(contenedor: Object) -> dict[str, Any]:
    """Los XObject que una página o forma nombra."""
    recursos = contenedor.get("/Resources")
    objetos = recursos.get("/XObject") if isinstance(recursos, Dictionary) else None
    return {k: v for k, v in objetos.items() if isinstance(v, Stream)} if isinstance(objetos, Dictionary) else {}


class Limpieza:
    """Recorre las páginas de un PDF y sus formas, una sola vez cada una."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self._pesos: dict[tuple[int, int], int] = {}

    def pagina(self, pagina: Object) -> None:
        """Deja la página sin acciones, anotaciones ni marcas ajenas. Lanza `Rechazo` si al dibujarse se expandiría sin medida."""
        for clave in SOBRAN_EN_LA_PAGINA:
            if clave in pagina:
                del pagina[clave]
        datos = leer(pagina.get("/Contents"))
        if self._peso(pagina, datos) > PESO_MAXIMO:
            raise Rechazo("bomba", "se dibuja demasiadas veces a sí mismo")
        if CON_MARCAS.search(datos):
            pagina.Contents = self.pdf.make_stream(self._sin_marcas(pagina))

    def _sin_marcas(self, contenedor: Object) -> bytes:
        try:
            instrucciones = pikepdf.parse_content_stream(contenedor)
            return pikepdf.unparse_content_stream([i for i in instrucciones if str(i.operator) not in MARCAS])
        except (pikepdf.PdfError, pikepdf.PdfParsingError, ValueError, TypeError) as error:
            raise NecesitaImagen("su contenido no sigue la norma") from error

    def _peso(self, contenedor: Object, datos: bytes) -> int:
        """Bytes de instrucciones que se ejecutan al dibujar el contenedor, con las formas que llama y las que ellas llaman."""
        formas = formas_de(contenedor)
        llamadas = LLAMADAS.findall(datos) if formas else []
        peso = len(datos)
        for nombre in llamadas:
            forma = formas.get("/" + nombre.decode("latin-1"))
            if forma is not None:
                peso += self._forma(forma)
        return peso

    def _forma(self, forma: Stream) -> int:
        if forma.objgen in self._pesos:
            return self._pesos[forma.objgen]
        self._pesos[forma.objgen] = 0  # una forma que se llama a sí misma no suma dos veces
        for clave in SOBRAN_EN_LA_FORMA:
            if clave in forma:
                del forma[clave]
        if forma.get("/Subtype") == Name.Image:
            if int(forma.get("/Width", 0)) * int(forma.get("/Height", 0)) > PUNTOS_MAXIMOS:
                raise Rechazo("bomba", "una imagen de tamaño desmesurado")
            return 0
        datos = leer(forma)
        peso = self._pesos[forma.objgen] = self._peso(forma, datos)
        if CON_MARCAS.search(datos):
            forma.write(self._sin_marcas(forma))
        return peso
