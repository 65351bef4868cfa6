"""El acervo con que se prueba la búsqueda."""

from datetime import date

import pytest

from archivo.catalogo.puerta import Edicion, guardar
from archivo.indexacion.puerta import asegurar, poner_al_dia
from tests import fabricas


@pytest.fixture
def acervo(db):
    """Diez boletines de dos áreas, tres años y dos temas, y una publicación de varias partes."""
    asegurar()
    agua, obras = fabricas.area("Agua Potable"), fabricas.area("Obras")
    hechos = []
    for n in range(1, 11):
        item = fabricas.publico(
            titulo=f"Boletín de la vacunación número {n}",
            texto=f"La jornada de vacunación llegó a la colonia {n}.",
            area=agua if n % 2 else obras,
            dia=date(2020 + n % 3, n, 15),
            temas=["Salud"] if n < 4 else ["Agua"],
        )
        item.numero, item.anio_numero, item.folio = n, item.fecha.year, f"No. {n:03}/{item.fecha.year}"
        hechos.append(guardar(item, Edicion(actor=None)))
    largo = "\n".join(f"Renglón {i} con palabras de relleno para llegar lejos." for i in range(400))
    fabricas.elemento(
        "publicacion",
        estado="publicado",
        titulo="Informe largo",
        texto=f"{largo}\nEl ornitorrinco está al final.",
        dia=date(1994, 3, 1),
    )
    poner_al_dia()
    return hechos
