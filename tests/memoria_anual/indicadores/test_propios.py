"""Un indicador armado con una búsqueda cuenta lo mismo que la búsqueda, con su lista exacta."""

from collections.abc import Iterator
from datetime import date

import pytest

from archivo.indexacion.puerta import asegurar, poner_al_dia
from buscador.puerta import Peticion, claves_de_la_oficina
from memoria_anual.indicadores.puerta import (
    IndicadorDesconocido,
    IndicadorPropio,
    PeticionInutilizable,
    cifra,
    cifras,
    desglose,
    leer_periodo,
    lista,
    peticion_de,
)
from tests.fabricas import boletin, elemento

pytestmark = pytest.mark.django_db(transaction=True)
ANIO = leer_periodo("2025")


@pytest.fixture(autouse=True)
def agua() -> Iterator[IndicadorPropio]:
    asegurar()
    yield IndicadorPropio.objects.create(
        clave="AGUA", nombre="Comunicación sobre agua", cuenta="Lo que habla de agua.", texto="agua potable"
    )


def _archivo() -> list[str]:
    si = [
        boletin(estado="publicado", dia=date(2025, 3, 1), texto="Llega el agua potable al barrio"),
        elemento("documento", estado="archivado", dia=date(2025, 9, 1), texto="Oficio de agua potable", acceso="interno"),
    ]
    boletin(estado="publicado", dia=date(2025, 3, 1), texto="Sólo agua de lluvia")
    boletin(estado="publicado", dia=date(2024, 3, 1), texto="agua potable de otro año")
    boletin(estado="borrador", dia=date(2025, 4, 1), texto="agua potable sin publicar")
    boletin(estado="publicado", dia=date(2025, 5, 1), texto="agua potable reservada", acceso="reservado")
    poner_al_dia()
    return [i.clave for i in si]


def test_cuenta_lo_que_la_busqueda_halla_y_da_su_lista() -> None:
    claves = _archivo()
    c = cifra("AGUA", ANIO)
    assert (c.valor, c.anterior) == (2, 1)
    assert [r.clave for r in lista("AGUA", ANIO)] == claves
    assert {p.rotulo: p.valor for p in desglose(c, "tipo")} == {"Boletines": 1, "Documentos": 1}
    assert "agua potable" in c.indicador.cuenta


def test_los_filtros_se_suman_a_las_palabras(agua: IndicadorPropio) -> None:
    claves = _archivo()
    IndicadorPropio.objects.filter(pk=agua.pk).update(filtros={"tipo": ["documento"]})
    assert [r.clave for r in lista("AGUA", ANIO)] == claves[1:]


def test_mas_de_un_tramo_de_claves_da_una_sola_lista(monkeypatch: pytest.MonkeyPatch) -> None:
    claves = _archivo()
    monkeypatch.setattr("memoria_anual.indicadores.propios.LOTE", 1)
    assert [r.clave for r in lista("AGUA", ANIO)] == claves
    assert cifra("AGUA", ANIO).valor == 2


def test_sin_uso_ya_no_se_calcula_pero_se_puede_consultar(agua: IndicadorPropio) -> None:
    IndicadorPropio.objects.filter(pk=agua.pk).update(activo=False)
    assert "AGUA" not in [c.clave for c in cifras(ANIO)]
    assert cifra("AGUA", ANIO).valor == 0
    with pytest.raises(IndicadorDesconocido, match="FUEGO"):
        cifra("FUEGO", ANIO)


def test_un_filtro_que_no_existe_se_dice_al_armarlo() -> None:
    with pytest.raises(PeticionInutilizable, match="No hay un filtro «color»"):
        peticion_de("agua", {"color": ["azul"]})


def test_las_claves_salen_todas_sin_tope() -> None:
    for n in range(30):
        boletin(estado="publicado", dia=date(2025, 1, 1 + n), texto="agua potable")
    poner_al_dia()
    assert len(list(claves_de_la_oficina(Peticion(texto="agua", modo="todas"), date(2025, 1, 1), date(2025, 12, 31)))) == 30
