"""Un papel mínimo con su campo de firma preparado y etiquetado, como lo deja el compositor de copias."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import typst
from django.conf import settings
from pikepdf import Array, Dictionary, Name, String

_PAGINA = """
#set document(title: "Copia de prueba")
#set text(lang: "es", font: ("Noto Sans", "Faustina"))
#set page(paper: "us-letter")
= Copia de prueba
El texto que se certifica.
== Firma de quien certifica
#range(__PAGINAS__ - 1).map(n => { pagebreak(); [Foja #(n + 1). Texto de la foja.] }).join()
#pdf.attach("acta.json", bytes("{\\"folio\\": \\"P-1\\"}"), relationship: "data", mime-type: "application/json", description: "El acta")
"""
RECUADRO = (72, 300, 372, 390)


def _hoja(paginas: int) -> bytes:
    fuentes = Path(settings.RAIZ) / "templates/pdf/fuentes"
    letras = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fuentes)])
    compositor = typst.Compiler(root=str(fuentes), font_paths=letras)
    fuente = _PAGINA.replace("__PAGINAS__", str(paginas)).encode()
    return compositor.compile(fuente, format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=datetime(2026, 1, 1, tzinfo=UTC))


def _poner_campo(pdf: pikepdf.Pdf, nombre: str) -> None:
    raiz = pdf.Root.StructTreeRoot
    clave, pagina = int(raiz.ParentTreeNextKey), pdf.pages[0].obj
    campo = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(nombre), F=132, P=pagina)
    campo = pdf.make_indirect(campo)
    campo.Rect, campo.TU, campo.StructParent = Array(RECUADRO), String("Firma electrónica de quien certifica"), clave
    documento = raiz.K[0] if isinstance(raiz.K, Array) else raiz.K
    forma = Dictionary(Type=Name.StructElem, S=Name.Form, P=documento, Pg=pagina, Alt=campo.TU)
    forma = pdf.make_indirect(forma)
    forma.K = Dictionary(Type=Name.OBJR, Obj=campo, Pg=pagina)
    documento.K.append(forma)
    raiz.ParentTree.Nums.extend([clave, forma])
    raiz.ParentTreeNextKey = clave + 1
    pagina.Annots, pagina.Tabs = Array([campo]), Name.S
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([campo]), SigFlags=3))


def hacer_papel(ruta: Path, paginas: int = 2, campo: str = "FirmaCertificacion") -> Path:
    """Escribe el papel y devuelve su ruta."""
    with pikepdf.open(io.BytesIO(_hoja(paginas))) as pdf:
        if "/Suspects" in pdf.Root.MarkInfo:
            del pdf.Root.MarkInfo.Suspects
        _poner_campo(pdf, campo)
        pdf.save(ruta, deterministic_id=True)
    return ruta
