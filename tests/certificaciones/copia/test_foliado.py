"""Las fojas y su reparto en tomos: seguidas, sin huecos, y ninguna partida en dos archivos."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from certificaciones.copia.contrato import Caras, Fuente
from certificaciones.copia.foliado import Compuesto, Parte, compuestos_de, foliar, repartir
from certificaciones.copia.ingreso import Admitida, Clase

CARTA = (612.0, 792.0)
CARAS: tuple[Caras, ...] = ("anverso", "ambos", "reverso_en_blanco")
CLASES: tuple[Clase, ...] = ("facsimil", "texto", "grabacion")


def admitida(clase: Clase, caras: Caras, paginas: int, tamano: int = 1_000) -> Admitida:
    hecha = Fuente("d.pdf", "Documento", Path("d.pdf"), caras=caras)
    medidas = (CARTA,) * paginas if clase == "facsimil" else ()
    return Admitida(hecha, clase, "d.pdf", "0" * 64, tamano, (), medidas=medidas, total=paginas)


documentos = st.lists(
    st.builds(admitida, st.sampled_from(CLASES), st.sampled_from(CARAS), st.integers(1, 12), st.integers(1, 5_000)),
    min_size=1,
    max_size=8,
)


def foliada(admitidas: list[Admitida]) -> list[Parte]:
    return foliar(admitidas, [Compuesto(grupo, 2) for grupo in compuestos_de(admitidas)])


@given(documentos)
def test_las_fojas_van_seguidas_y_ningun_documento_falta(admitidas: list[Admitida]) -> None:
    partes = foliada(admitidas)
    fojas = [cara.foja for parte in partes for cara in parte.caras]
    assert sorted(set(fojas)) == list(range(1, fojas[-1] + 1))
    assert fojas == sorted(fojas)
    assert sorted(n for parte in partes for n in parte.fuentes) == list(range(len(admitidas)))


@given(documentos)
def test_una_foja_por_ambos_lados_es_anverso_y_reverso(admitidas: list[Admitida]) -> None:
    for parte in foliada(admitidas):
        por_foja: dict[int, list[str]] = {}
        for cara in parte.caras:
            por_foja.setdefault(cara.foja, []).append(cara.lado)
        modo = admitidas[parte.fuentes[0]].fuente.caras if not parte.compuesta else "anverso"
        esperados = {"anverso": [[""]], "reverso_en_blanco": [["anverso"]], "ambos": [["anverso", "reverso"], ["anverso"]]}[modo]
        assert all(lados in esperados for lados in por_foja.values())


@given(documentos, st.integers(1, 9), st.integers(1_000, 20_000))
def test_los_tomos_reparten_todo_en_orden_y_sin_partir_una_foja(admitidas: list[Admitida], fojas: int, maximo: int) -> None:
    partes = foliada(admitidas)
    tomos = repartir(partes, fojas, maximo)
    assert [c for tomo in tomos for parte in tomo for c in parte.caras] == [c for parte in partes for c in parte.caras]
    limites = [(tomo[0].fojas[0], tomo[-1].fojas[1]) for tomo in tomos]
    assert all(siguiente[0] == anterior[1] + 1 for anterior, siguiente in pairwise(limites))
    sobrados = [tomo for tomo in tomos if tomo[-1].fojas[1] - tomo[0].fojas[0] >= fojas]
    assert all(len(tomo) == 1 and tomo[0].compuesta for tomo in sobrados)


def test_pasadas_mil_fojas_hay_otro_tomo() -> None:
    assert [t[-1].fojas for t in repartir(foliada([admitida("facsimil", "anverso", 2_001)]))] == [
        (1, 1000),
        (1001, 2000),
        (2001, 2001),
    ]


def test_pasados_250_mb_hay_otro_tomo() -> None:
    pesada = admitida("facsimil", "anverso", 4, 400 * 1024 * 1024)
    assert [t[-1].fojas for t in repartir(foliada([pesada]))] == [(1, 2), (3, 4)]
