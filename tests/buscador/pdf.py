"""Un PDF mínimo y correcto de una página en blanco."""

from io import BytesIO

from pypdf import PdfWriter


def _una_pagina() -> bytes:
    escritor = PdfWriter()
    escritor.add_blank_page(width=612, height=792)
    memoria = BytesIO()
    escritor.write(memoria)
    return memoria.getvalue()


UNA_PAGINA = _una_pagina()
