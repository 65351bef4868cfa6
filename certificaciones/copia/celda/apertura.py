"""Abrir un PDF sin reparar nada en silencio, y lo que por dentro decide si se copia y cómo."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Object

from certificaciones.copia.celda.rechazo import NecesitaImagen, Rechazo

PAGINAS_MAXIMAS = 20_000
MIB = 1024 * 1024
CABECERA = 1024
BLANCOS = b"\xef\xbb\xbf\0\t\r\n "
SIN_PAGINAS = "no pages found"
DECODIFICADO_MAXIMO = 300 * MIB

pikepdf.settings.set_qpdf_limits(flate_max_memory=DECODIFICADO_MAXIMO, max_stream_filters=8, doc_max_warnings=50)


@dataclass
class Hallazgos:
    """Lo que hay que decir del archivo y cuántas firmas trae."""

    avisos: list[str] = field(default_factory=list)
    firmas: int = 0


def paginas_segun_pdfium(ruta: str) -> int:
    """Las páginas que cuenta el segundo lector; 0 si no lo abre."""
    try:
        with pdfium.PdfDocument(ruta) as documento:
            return len(documento)
    except pdfium.PdfiumError:
        return 0


def _cabecera(ruta: str) -> None:
    with Path(ruta).open("rb") as archivo:
        inicio = archivo.read(CABECERA)
    if not inicio:
        raise Rechazo("vacio")
    antes, marca, _ = inicio.partition(b"%PDF-")
    if not marca:
        raise Rechazo("no_es_pdf")
    if antes.strip(BLANCOS):
        raise _danado(ruta, "hay datos ajenos antes del documento")


def _danado(ruta: str, detalle: str) -> Rechazo:
    """Dañado: sólo se puede confirmar a la vista si dos lectores ven las mismas páginas."""
    try:
        with pikepdf.open(ruta) as reparado:
            paginas = len(reparado.pages)
    except pikepdf.PasswordError:
        return Rechazo("clave", detalle)
    except (pikepdf.PdfError, ValueError, RecursionError):
        paginas = 0
    if paginas and paginas == paginas_segun_pdfium(ruta):
        return Rechazo("danado", detalle, confirmable=True)
    return Rechazo("incompleto", detalle)


def abrir(ruta: str) -> pikepdf.Pdf:
    """El PDF abierto sin reparaciones. Lanza `Rechazo`."""
    _cabecera(ruta)
    try:
        pdf = pikepdf.open(ruta, attempt_recovery=False)
        paginas = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Rechazo("clave") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise _danado(ruta, str(error)) if SIN_PAGINAS not in str(error) else Rechazo("sin_paginas") from error
    if paginas == 0:
        raise Rechazo("sin_paginas")
    exigir_sin_advertencias(pdf, ruta)
    if paginas > PAGINAS_MAXIMAS:
        raise Rechazo("demasiadas", str(paginas))
    if paginas != paginas_segun_pdfium(ruta):
        raise Rechazo("no_coinciden")
    return pdf


def exigir_sin_advertencias(pdf: pikepdf.Pdf, ruta: str) -> None:
    """Lo que el lector tuvo que suponer es un daño: la copia se haría sobre una suposición."""
    advertencias = pdf.get_warnings()
    if advertencias:
        raise _danado(ruta, str(advertencias[0]))


def _valor(contenedor: Object, clave: str) -> Any:
    return contenedor.get(clave) if isinstance(contenedor, Dictionary) else None


def _lista(valor: Any) -> list[Any]:
    return list(valor) if isinstance(valor, Array) else []


def con_capas_apagadas(raiz: Object) -> bool:
    """¿Hay capas que no se muestran siempre? (ISO 32000-1, 8.11.4: `OFF`, `BaseState`, `AS`.)"""
    capas = _valor(raiz, "/OCProperties")
    if not isinstance(capas, Dictionary):
        return False
    configuracion = _valor(capas, "/D")
    if _valor(configuracion, "/BaseState") not in (None, Name.ON):
        return True
    return bool(_lista(_valor(configuracion, "/OFF")) or _lista(_valor(configuracion, "/AS")))


def _campos(campos: Any, nivel: int = 0) -> list[Object]:
    """Los campos del formulario y sus hijos, hasta una hondura razonable."""
    if nivel > 20:
        return []
    hallados: list[Object] = []
    for campo in _lista(campos):
        if isinstance(campo, Dictionary):
            hallados += [campo, *_campos(campo.get("/Kids"), nivel + 1)]
    return hallados


def _campos_de(pdf: pikepdf.Pdf) -> list[Object]:
    """Los campos de su formulario. Lanza `Rechazo` si es dinámico (XFA)."""
    formulario = _valor(pdf.Root, "/AcroForm")
    if not isinstance(formulario, Dictionary):
        return []
    if "/XFA" in formulario:
        raise Rechazo("xfa")
    return _campos(formulario.get("/Fields"))


def _razon_de_imagen(pdf: pikepdf.Pdf, campos: list[Object]) -> str:
    """Por qué sólo puede copiarse la imagen de lo que se ve, o nada."""
    formulario = _valor(pdf.Root, "/AcroForm")
    if _valor(formulario, "/NeedAppearances") and any("/V" in c for c in campos if c.get("/FT") != Name.Sig):
        return "sus campos de formulario no guardan cómo se ven"
    return "trae capas que no se muestran" if con_capas_apagadas(pdf.Root) else ""


def _avisar_de_lo_activo(pdf: pikepdf.Pdf, hallazgos: Hallazgos) -> None:
    nombres = _valor(pdf.Root, "/Names")
    activo = any(_valor(contenedor, clave) is not None for contenedor, clave in ((pdf.Root, "/AA"), (nombres, "/JavaScript")))
    inicio = _valor(pdf.Root, "/OpenAction")
    if activo or (isinstance(inicio, Dictionary) and inicio.get("/S") not in (None, Name.GoTo)):
        hallazgos.avisos.append("Traía instrucciones que se ejecutan al abrirlo; no se copian.")
    if _valor(nombres, "/EmbeddedFiles") is not None:
        hallazgos.avisos.append("Traía archivos adjuntos, que no forman parte de esta copia.")


def examinar(pdf: pikepdf.Pdf) -> Hallazgos:
    """Lo que el PDF es por dentro. Lanza `Rechazo` o `NecesitaImagen`."""
    hallazgos = Hallazgos()
    if _valor(pdf.Root, "/Collection") is not None:
        raise Rechazo("portafolio")
    if pdf.is_encrypted:
        hallazgos.avisos.append("Estaba protegido con contraseña de propietario, que no impide leerlo.")
    campos = _campos_de(pdf)
    hallazgos.firmas = sum(1 for c in campos if c.get("/FT") == Name.Sig and isinstance(c.get("/V"), Dictionary))
    _avisar_de_lo_activo(pdf, hallazgos)
    razon = _razon_de_imagen(pdf, campos)
    if razon:
        necesita = NecesitaImagen(razon)
        necesita.firmas = hallazgos.firmas
        raise necesita
    return hallazgos
