"""Dos lectores, niveles de acceso al azar: lo que cada uno recibe es lo que daría un archivo donde sólo está lo suyo.

La referencia se llena con lo que ve ese lector, y lo que ve lo dice aparte la base: si el índice y la política no coinciden, tampoco.
"""

from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from archivo.catalogo.puerta import NIVELES, AdjuntoNuevo, Item, adjuntar
from archivo.identidad.puerta import ANONIMO, lector_de
from archivo.indexacion.documentos import operaciones
from archivo.indexacion.puerta import ambito_de, campos_de_consulta, esquema, motor, poner_al_dia
from archivo.objetos.puerta import guardar as guardar_objeto
from search import Between, Facet, In, SearchRequest, open_engine, parse
from search.invented import only_visible
from search.selfcheck import differences
from tests import fabricas

pytestmark = pytest.mark.django_db
PALABRAS = """agua drenaje mercado bacheo obra obras vacunación niños año acta sesión cabildo informe parque luminaria
boletines 123/2026 00045 zarzuplex quimbolán""".split()  # noqa: SIM905
TEMAS = ("Agua", "Salud pública", "Niñez")
FACETAS = tuple(Facet(campo, 50) for campo in ("tipo", "anio", "mes", "area", "tema", "acceso", "serie", "con_archivo"))
ORDENES = ("relevance", "date", "-date", "title", "-order")
POCOS, MUCHOS = (14, 40), (70, 1000)


def _texto(azar, largo):
    return " ".join(azar.choices(PALABRAS, k=azar.randrange(1, largo)))


def _archivar(azar, cuantos):
    """Elementos de dos áreas, de cualquier nivel y estado; unos con un archivo más cerrado que ellos."""
    areas = fabricas.area("Obras"), fabricas.area("Salud")
    for n in range(cuantos):
        item = fabricas.boletin(
            titulo=_texto(azar, 5).capitalize(),
            texto=_texto(azar, 20),
            area=azar.choice(areas),
            acceso=azar.choice(list(NIVELES)),
            estado=azar.choice(("publicado", "publicado", "borrador")),
            temas=azar.sample(TEMAS, azar.randrange(3)),
        )
        if azar.random() < 0.3:
            objeto = guardar_objeto(BytesIO(f"archivo {n}".encode()), mime="application/pdf", paginas=2)
            paginas = [_texto(azar, 12), _texto(azar, 12)]
            adjuntar(item, AdjuntoNuevo(objeto=objeto, nombre="a.pdf", paginas=paginas, acceso=azar.choice(list(NIVELES))), None)


def _pedido(azar, ambito):
    palabra, otra = azar.choice(PALABRAS), azar.choice(PALABRAS)
    piezas = [
        *(palabra,) * 5, f'"{palabra} {otra}"', f'"{palabra} {otra}"~4', f"-{palabra}", f"{palabra[:4]}*", f"{palabra[:-1]}x~",
        f"título:{otra}", "área:obras", "acceso:reservado", f"{palabra} OR {otra}",
    ]  # fmt: skip
    filtros = {
        "area": In(frozenset({"Obras"})),
        "tema": In(frozenset(azar.sample(TEMAS, 2))),
        "acceso": In(frozenset({azar.choice(list(NIVELES))})),
        "date": Between("2026", None),
    }
    return SearchRequest(
        ambito,
        parse(" ".join(azar.choices(piezas, k=azar.choice((0, 1, 2, 3)))), campos_de_consulta()),
        filters={c: filtros[c] for c in azar.sample(sorted(filtros), azar.choice((0, 0, 1, 2)))},
        facets=FACETAS,
        sort=azar.choice(ORDENES),
        match=azar.choice(("auto", "all", "some")),
        limit=200,
    )


def _espejo(ambito):
    """Un motor de referencia en el que sólo está lo que se ve desde ese ámbito."""
    escritas = operaciones(list(Item.objects.order_by("pk")))
    espejo = open_engine("reference", Path(), esquema())
    with espejo.writer() as escritor:
        escritor.ensure_generation()
        escritor.apply(only_visible(escritas, ambito))
    return espejo


def fugas(cuantos, peticiones):
    """Lo que un lector recibe de más o de menos, entre el anónimo y alguien que redacta en un área."""
    azar = Random(7)
    _archivar(azar, cuantos)
    poner_al_dia()
    halladas = []
    for lector in (ANONIMO, lector_de(fabricas.persona("redaccion", en=fabricas.area("Obras")))):
        ambito = ambito_de(lector)
        espejo = _espejo(ambito)
        visibles = set(Item.objects.visibles_para(lector).values_list("clave", flat=True))
        indexadas = {clave for clave, _ in espejo.inventory("all")}
        halladas += [f"{ambito.index}: {clave}" for clave in visibles ^ indexadas]
        for _ in range(peticiones // 2):
            halladas += differences(motor(), espejo, _pedido(azar, ambito))
    return halladas


def test_dos_lectores_reciben_lo_suyo_y_nada_delata_lo_demas():
    assert fugas(*POCOS) == []


@pytest.mark.lento
def test_dos_lectores_reciben_lo_suyo_en_mil_peticiones():
    assert fugas(*MUCHOS) == []


@pytest.mark.lento
@pytest.mark.motores
def test_dos_lectores_reciben_lo_suyo_en_mil_peticiones_a_un_motor_externo(externo):
    assert fugas(*MUCHOS) == []
