"""El ensamble: cada página original, como forma, en una página nueva con su franja; las etiquetas, los adjuntos y el índice."""

import resource
import time
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from certificaciones.copia.celda import adjuntos, apertura, etiquetas
from certificaciones.copia.celda.acomodo import acomodar
from certificaciones.copia.celda.escritura import escribir

TOLERANCIA = 0.05


def _como_forma(copia: pikepdf.Pdf, pagina: pikepdf.Page, medida: list[float]) -> tuple[Object, float, float]:
    """La página ajena como forma de la copia y el origen (x, y) de lo que dibuja. Lanza `ValueError` si no mide lo que se contó."""
    forma = copia.copy_foreign(pagina.as_form_xobject(handle_transformations=True))
    m = [float(v) for v in forma.get("/Matrix", [1, 0, 0, 1, 0, 0])]
    caja = [float(v) for v in forma.BBox]
    esquinas = [(u, v) for u in caja[::2] for v in caja[1::2]]
    equis = [m[0] * u + m[2] * v + m[4] for u, v in esquinas]
    yes = [m[1] * u + m[3] * v + m[5] for u, v in esquinas]
    ancho, alto = max(equis) - min(equis), max(yes) - min(yes)
    if abs(ancho - medida[0]) > TOLERANCIA or abs(alto - medida[1]) > TOLERANCIA:
        raise ValueError(f"una página mide {ancho:.2f} × {alto:.2f} y se contó de {medida[0]:.2f} × {medida[1]:.2f}")
    return forma, min(equis), min(yes)


class Ensamble:
    """La copia mientras se arma: las hojas de Typst abiertas, a las que se agregan las fojas."""

    def __init__(self, encargo: dict[str, Any]) -> None:
        self.encargo = encargo
        self.copia = pikepdf.open(encargo["hojas"])
        self.tiras = pikepdf.open(encargo["tiras"])
        self.arbol = etiquetas.Arbol(self.copia)
        self.abiertos: list[pikepdf.Pdf] = [self.tiras, self.copia]
        self.siguiente = 0

    def _tira(self) -> Object:
        """La franja que sigue, en el orden en que se pidieron."""
        tira = self.copia.copy_foreign(self.tiras.pages[self.siguiente].as_form_xobject())
        self.siguiente += 1
        return tira

    def facsimil(self, original: pikepdf.Page, cara: dict[str, Any], seccion: Object) -> Object:
        """Agrega al final una página nueva que contiene la original."""
        lugar = acomodar(cara["medida"][0], cara["medida"][1], self.encargo["papel"])
        forma, x0, y0 = _como_forma(self.copia, original, cara["medida"])
        e = lugar.escala
        colocar = b"%.5f 0 0 %.5f %.4f %.4f cm" % (e, e, lugar.x - x0 * e, lugar.y - y0 * e)
        contenido = (
            b"/Figure <</MCID 0>> BDC q %s /Orig Do Q EMC /Artifact <</Type /Pagination /Subtype /Footer>> BDC q /Tira Do Q EMC"
            % colocar
        )
        pagina = self._pagina((lugar.ancho, lugar.alto), {"Orig": forma, "Tira": self._tira()}, contenido)
        self.copia.pages.append(pikepdf.Page(pagina))
        fin = (lugar.x + cara["medida"][0] * e, lugar.y + cara["medida"][1] * e)
        caja = [round(v, 3) for v in (lugar.x, lugar.y, *fin)]
        self.arbol.figura(pagina, seccion, cara["alt"], caja)
        return pagina

    def en_blanco(self, medida: list[float]) -> Object:
        """Agrega al final un reverso «SIN TEXTO»: todo lo que dice lo trae su franja."""
        contenido = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q /Tira Do Q EMC"
        pagina = self._pagina((medida[0], medida[1]), {"Tira": self._tira()}, contenido)
        self.copia.pages.append(pikepdf.Page(pagina))
        return pagina

    def franja_en(self, pagina: pikepdf.Page) -> Object:
        """Pone la franja a una página que compuso Typst, que ya la trae en blanco."""
        recursos = pagina.resources
        if "/XObject" not in recursos:
            recursos.XObject = Dictionary()
        recursos.XObject.Tira = self._tira()
        pagina.contents_add(b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q /Tira Do Q EMC")
        return pagina.obj

    def _pagina(self, medida: tuple[float, float], formas: dict[str, Object], contenido: bytes) -> Object:
        caja = Array([0, 0, *medida])
        return self.copia.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=caja,
                CropBox=caja,
                Rotate=0,
                Tabs=Name.S,
                Resources=Dictionary(XObject=Dictionary({f"/{nombre}": forma for nombre, forma in formas.items()})),
                Contents=self.copia.make_stream(contenido),
            )
        )

    def cerrar(self) -> None:
        """Suelta los archivos."""
        for abierto in self.abiertos:
            abierto.close()

    def documento(self, datos: dict[str, Any], compuesto: list[Object] | None) -> list[Object]:
        """Agrega un documento (ajeno o compuesto por Typst) y devuelve sus páginas en orden, con sus reversos."""
        seccion = self.arbol.seccion(datos["titulo"], compuesto)
        fuente = self._abrir(datos["pdf"]) if datos["pdf"] else None
        paginas: list[Object] = []
        for numero, cara in enumerate(datos["caras"]):
            if fuente is not None:
                paginas.append(self.facsimil(fuente.pages[datos["paginas"][numero]], cara, seccion))
            else:
                paginas.append(self.franja_en(self.copia.pages[datos["primera"] + numero]))
            if cara["reverso"]:
                paginas.append(self.en_blanco(cara["reverso"]))
        return paginas

    def _abrir(self, ruta: str) -> pikepdf.Pdf:
        """El PDF preparado, que debe seguir abierto hasta que la copia se escriba: de él se leen los flujos."""
        self.abiertos.append(pikepdf.open(ruta))
        return self.abiertos[-1]


def armar(ensamble: Ensamble, encargo: dict[str, Any]) -> None:
    """Todas las fojas, en su orden, con su índice y sus rótulos."""
    copia, hojas = ensamble.copia, encargo["n_hojas"]
    nativos = [d for d in encargo["documentos"] if not d["pdf"]]
    compuestos = iter(ensamble.arbol.sacar_compuestos(len(nativos)))
    orden: list[Object] = [pagina.obj for pagina in list(copia.pages)[:hojas]]
    marcadores = [(titulo, min(n, hojas - 1)) for n, titulo in enumerate(encargo["marcadores"])]
    rotulos: list[str] = []
    for datos in encargo["documentos"]:
        marcadores.append((datos["marcador"], len(orden)))
        orden += ensamble.documento(datos, None if datos["pdf"] else next(compuestos))
        for cara in datos["caras"]:
            rotulos += [cara["rotulo"], *([f"Foja {cara['foja']} rev."] if cara["reverso"] else [])]
    adjuntos.ordenar(copia, orden)
    adjuntos.rotular(copia, rotulos, hojas)
    adjuntos.marcar(copia, marcadores)


def _escribir(copia: pikepdf.Pdf, salida: str, *, comprimir: bool) -> None:
    """Un PDF lleno de JPEG no se encoge: comprimir 200 MB de adjuntos costaría diez segundos por nada."""
    escribir(
        copia,
        salida,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=comprimir,
        recompress_flate=False,
        deterministic_id=True,
    )


def ensamblar(encargo: dict[str, Any]) -> dict[str, Any]:
    """Arma la copia y la escribe en `encargo["salida"]`. Devuelve `{"paginas", "segundos", "memoria"}` (memoria en bytes).

    `encargo`: `hojas` y `tiras` (PDF de Typst), `n_hojas`, `documentos` (`titulo`, `marcador`, `pdf` o `primera`, `paginas` y
    `caras`), `papel`, `firma`, `adjuntos`, `fecha` (de PDF), `nivel` de PDF/A. Lanza `ValueError` si algo no es lo que se contó.
    """
    inicio = time.monotonic()
    ensamble = Ensamble(encargo)
    try:
        armar(ensamble, encargo)
        copia = ensamble.copia
        if encargo["firma"]:
            ensamble.arbol.firma(copia.pages[encargo["firma"]["pagina"] - 1].obj, encargo["firma"])
        ensamble.arbol.terminar()
        adjuntos.declarar(copia, encargo["nivel"])
        comprimir = adjuntos.adjuntar(copia, encargo["adjuntos"], encargo["fecha"])
        _escribir(copia, encargo["salida"], comprimir=comprimir)
        paginas = len(copia.pages)
    finally:
        ensamble.cerrar()
    if apertura.paginas_segun_pdfium(encargo["salida"]) != paginas:
        raise ValueError("la copia escrita no tiene las páginas que debe")
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"paginas": paginas, "segundos": round(time.monotonic() - inicio, 3), "memoria": memoria}
