"""Lo que las pruebas del portal comparten: un PDF de verdad y un elemento que lo lleva."""

from datetime import date
from io import BytesIO

import pytest

from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.objetos.puerta import guardar as guardar_objeto
from archivo.salidas import DatosDeBoletin, Institucion, arbol_de_texto, boletin_pdf
from tests import fabricas

TEXTOS = ("Portada del informe", "La rehabilitación del pozo 14", "Anexo de mediciones")


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """Un documento de varias páginas; «pozo» está en la primera."""
    cuerpo = arbol_de_texto("\n\n".join(["La rehabilitación del pozo 14 terminó y el agua volvió por etapas. " * 12] * 12))
    datos = DatosDeBoletin(Institucion("Alcaldía Ejemplo"), "Boletín", "Plan de agua", date(2024, 5, 6), cuerpo)
    return boletin_pdf(datos, date(2024, 5, 6))


@pytest.fixture
def publicacion(db, pdf):
    """Una función que cataloga una publicación con ese PDF, de tres páginas leídas."""

    def crear(acceso="publico", acceso_del_archivo="", nombre="plan «agua».pdf", **campos):
        campos.setdefault("titulo", "Plan de agua")
        item = fabricas.elemento("publicacion", estado=campos.pop("estado", "publicado"), acceso=acceso, **campos)
        objeto = guardar_objeto(BytesIO(pdf), mime="application/pdf", paginas=len(TEXTOS))
        nuevo = AdjuntoNuevo(objeto=objeto, nombre=nombre, paginas=TEXTOS, acceso=acceso_del_archivo)
        adjuntar(item, nuevo, None)
        return item

    return crear
