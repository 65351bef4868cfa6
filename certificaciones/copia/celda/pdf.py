"""Un PDF ajeno rehecho para copiarse: páginas nuevas, sin acciones ni anotaciones, con lo que se ve y nada más."""

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from certificaciones.copia.celda import apertura, norma
from certificaciones.copia.celda.contenido import Limpieza
from certificaciones.copia.celda.escritura import escribir
from certificaciones.copia.celda.rechazo import NecesitaImagen, Rechazo

LADO_MINIMO, LADO_MAXIMO = 3.0, 14_400.0
HERENCIA = 50
#: Anotaciones que no dibujan nada por sí mismas, o sólo la ventana de una nota.
INVISIBLES = frozenset({"/Popup", "/Link"})
OCULTA = 0b10  # ISO 32000-1, tabla 165: bit 2, Hidden
SIN_VISTA = 0b100000  # bit 6, NoView


def con_rechazo(funcion: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Lo que se rechaza sale como `{"rechazo": …}`; lo que sólo puede copiarse en imagen, como `{"imagen": razón}`."""

    def envuelta(**argumentos: Any) -> dict[str, Any]:
        try:
            return funcion(**argumentos)
        except Rechazo as rechazo:
            return {"rechazo": rechazo.como_dict()}
        except NecesitaImagen as necesita:
            return {"imagen": necesita.razon, "detalle": necesita.detalle, "firmas": necesita.firmas}

    return envuelta


def caja_visible(pagina: pikepdf.Page) -> list[float]:
    """CropBox dentro de MediaBox, en su orden (x0, y0, x1, y1); sin intersección, MediaBox."""

    def ordenada(caja: Any) -> list[float]:
        n = [float(v) for v in caja]
        return [min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3])]

    try:
        media, recorte = ordenada(pagina.mediabox), ordenada(pagina.cropbox)
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise NecesitaImagen("una página no dice su tamaño") from error
    vista = [max(media[0], recorte[0]), max(media[1], recorte[1]), min(media[2], recorte[2]), min(media[3], recorte[3])]
    return vista if vista[2] > vista[0] and vista[3] > vista[1] else media


def giro(pagina: Object) -> int:
    """Grados que la página gira a la vista (0, 90, 180 o 270), suyos o heredados; un giro imposible es ninguno."""
    actual: Any = pagina
    for _ in range(HERENCIA):
        if not isinstance(actual, Dictionary):
            return 0
        if "/Rotate" in actual:
            grados = int(actual.Rotate) % 360
            return grados if grados % 90 == 0 else 0
        actual = actual.get("/Parent")
    return 0


def medida(pagina: pikepdf.Page, caja: list[float]) -> tuple[float, float]:
    """Ancho y alto a la vista, en puntos: con su unidad y girada."""
    unidad = float(pagina.obj.get("/UserUnit", 1))
    ancho, alto = (caja[2] - caja[0]) * unidad, (caja[3] - caja[1]) * unidad
    if not (LADO_MINIMO <= ancho <= LADO_MAXIMO and LADO_MINIMO <= alto <= LADO_MAXIMO):
        raise NecesitaImagen("una página tiene un tamaño imposible")
    return (alto, ancho) if giro(pagina.obj) % 180 == 90 else (ancho, alto)


def _sin_apariencia(anotacion: Object) -> bool:
    """¿Se ve algo de ella en un visor, pero el archivo no guarda cómo?"""
    clase, banderas = str(anotacion.get("/Subtype", "")), int(anotacion.get("/F", 0))
    if clase in INVISIBLES or banderas & (OCULTA | SIN_VISTA):
        return False
    apariencia = anotacion.get("/AP")
    if isinstance(apariencia, Dictionary) and apariencia.get("/N") is not None:
        return False
    if clase != "/Widget":
        return True
    padre = anotacion.get("/Parent")
    tipo_de_campo = anotacion.get("/FT", padre.get("/FT") if isinstance(padre, Dictionary) else None)
    valor = anotacion.get("/V", padre.get("/V") if isinstance(padre, Dictionary) else None)
    return tipo_de_campo in (Name.Tx, Name.Ch) and valor is not None and str(valor) != ""


def _aplanar(pdf: pikepdf.Pdf) -> None:
    """Lo que las anotaciones y los campos dejan ver pasa a la página. Lanza `NecesitaImagen` si el archivo no guarda cómo se ven."""
    for pagina in pdf.pages:
        anotaciones = pagina.obj.get("/Annots")
        if not isinstance(anotaciones, Array):
            continue
        utiles = [a for a in anotaciones if isinstance(a, Dictionary) and str(a.get("/Subtype", "")) != "/Popup"]
        if any(_sin_apariencia(a) for a in utiles):
            raise NecesitaImagen("trae anotaciones que no guardan cómo se ven")
        visibles = [a for a in utiles if not int(a.get("/F", 0)) & (OCULTA | SIN_VISTA)]
        pagina.obj.Annots = Array(visibles)
    pdf.flatten_annotations("all")


def _elegidas(pdf: pikepdf.Pdf, paginas: list[int] | None) -> list[pikepdf.Page]:
    if paginas is None:
        return list(pdf.pages)
    if not paginas or min(paginas) < 1 or max(paginas) > len(pdf.pages):
        raise Rechazo("pagina_ausente", f"el archivo tiene {len(pdf.pages)}")
    return [pdf.pages[n - 1] for n in paginas]


def _lista_para_copiar(limpieza: Limpieza, pagina: pikepdf.Page) -> tuple[float, float]:
    """Limpia la página y deja como su única caja la que se ve. Devuelve su medida."""
    caja = caja_visible(pagina)
    tamano = medida(pagina, caja)
    pagina.obj.Resources = pagina.resources
    pagina.obj.Rotate = giro(pagina.obj)
    limpieza.pagina(pagina.obj)
    pagina.obj.MediaBox = pagina.obj.CropBox = Array(caja)
    return tamano


@con_rechazo
def preparar(ruta: str, destino: str, paginas: list[int] | None) -> dict[str, Any]:
    """Escribe en `destino` el PDF listo para ensamblarse. Devuelve `{"medidas", "total", "avisos", "firmas", "norma"}`.

    `medidas` es el ancho y alto de cada página elegida, en puntos; `total`, las páginas del archivo entero; `norma`, el
    nivel de PDF/A que la copia puede declarar por él (`a`, `b` o nada). Si se rechaza, `{"rechazo": {"clase", "motivo", "detalle", "confirmable"}}`; si sólo
    se puede copiar su imagen, `{"imagen": razón}`.
    """
    with apertura.abrir(ruta) as pdf, pikepdf.new() as nuevo:
        total = len(pdf.pages)
        hallazgos = apertura.examinar(pdf)
        declarado = norma.nivel_declarado(pdf)
        try:
            _aplanar(pdf)
            limpieza = Limpieza(pdf)
            medidas = [_lista_para_copiar(limpieza, pagina) for pagina in _elegidas(pdf, paginas)]
        except (pikepdf.PdfError, TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
            raise NecesitaImagen("su estructura no sigue la norma", f"{type(error).__name__}: {error}") from error
        nuevo.pages.extend(_elegidas(pdf, paginas))
        nivel = norma.nivel(nuevo, declarado)
        # su identificador no importa: de él sólo se toman las páginas, y calcular uno fijo cuesta leerlo todo
        escribir(nuevo, destino, compress_streams=True, recompress_flate=False)
        apertura.exigir_sin_advertencias(pdf, ruta)
    return {
        "medidas": [list(m) for m in medidas],
        "total": total,
        "avisos": hallazgos.avisos,
        "firmas": hallazgos.firmas,
        "norma": nivel,
    }
