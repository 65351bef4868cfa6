"""La cabecera de un instrumento: `eadheader` en EAD 2002, `control` en EAD3."""

from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker

from archivo.ingesta.intercambio.ead_texto import de_linea, etiqueta, legal
from archivo.ingesta.intercambio.unidad import Instrumento

PROGRAMA = "Acervo"
_PARTES = {
    "titulo": ("titleproper",),
    "editor": ("publisher", "agencyname"),
    "lengua": ("langusage", "languagedeclaration"),
    "reglas": ("descrules", "conventiondeclaration"),
}


def leer_cabecera(raiz: etree._Element, instrumento: Instrumento) -> None:
    """Fuente, título, editor, lengua y reglas; lo demás de la cabecera se conserva junto, como texto."""
    cabecera = next((n for n in raiz if etiqueta(n) in {"eadheader", "control"}), None)
    if cabecera is None:
        return
    por_nombre: dict[str, str] = {}
    for nodo in cabecera.iter():
        por_nombre.setdefault(etiqueta(nodo), de_linea(nodo))
    instrumento.fuente = (por_nombre.get("eadid") or por_nombre.get("recordid") or "")[:200]
    for clave, nombres in _PARTES.items():
        if valor := next((por_nombre[n] for n in nombres if por_nombre.get(n)), ""):
            instrumento.cabecera[clave] = valor
    instrumento.cabecera["original"] = _original(cabecera)


def _original(cabecera: etree._Element) -> str:
    return str(etree.tostring(cabecera, encoding="unicode", with_tail=False))


def cabecera_2002(e: ElementMaker, instrumento: Instrumento, momento: datetime) -> etree._Element:
    """`eadheader`: identificador, título, quién lo publica y con qué reglas."""
    datos = instrumento.cabecera
    archivo = e.filedesc(e.titlestmt(e.titleproper(_titulo(instrumento))))
    if datos.get("editor"):
        archivo.append(e.publicationstmt(e.publisher(legal(datos["editor"]))))
    perfil = e.profiledesc(
        e.creation(f"Exportado por {PROGRAMA}, ", e.date(f"{momento:%Y-%m-%d}", normal=f"{momento:%Y-%m-%d}")),
        e.langusage(legal(datos.get("lengua") or "Español")),
    )
    if datos.get("reglas"):
        perfil.append(e.descrules(legal(datos["reglas"])))
    return e.eadheader(e.eadid(legal(instrumento.fuente)), archivo, perfil)


def control_3(e: ElementMaker, instrumento: Instrumento, momento: datetime) -> etree._Element:
    """`control`: identificador, título, estado, quién lo mantiene, con qué reglas y la constancia de esta exportación."""
    datos = instrumento.cabecera
    control = e.control(
        e.recordid(legal(instrumento.fuente)),
        e.filedesc(e.titlestmt(e.titleproper(_titulo(instrumento)))),
        e.maintenancestatus(value="derived"),
        e.maintenanceagency(e.agencyname(legal(datos.get("editor") or PROGRAMA))),
    )
    if datos.get("reglas"):
        control.append(e.conventiondeclaration(e.citation(legal(datos["reglas"]))))
    dia = f"{momento:%Y-%m-%d}"
    control.append(
        e.maintenancehistory(
            e.maintenanceevent(
                e.eventtype(value="derived"),
                e.eventdatetime(dia, standarddatetime=dia),
                e.agenttype(value="machine"),
                e.agent(PROGRAMA),
            )
        )
    )
    return control


def _titulo(instrumento: Instrumento) -> str:
    return legal(instrumento.cabecera.get("titulo", "")) or "Instrumento de descripción"
