"""Lo que rodea a los boletines de la muestra: cada tipo tiene ejemplos, bien unidos y completos."""

import pytest

from archivo.catalogo.puerta import Item, Relacion, todos_los_tipos
from archivo.muestra import servicios
from archivo.muestra.modelo import ElementoDeMuestra

pytestmark = pytest.mark.django_db


@pytest.fixture
def con_cobertura(elementos: list[ElementoDeMuestra], monkeypatch: pytest.MonkeyPatch) -> list[ElementoDeMuestra]:
    del_anio = [
        e
        for e in elementos
        if e.id_externo.startswith("muestra-boletin-2026") and e.estado == "publicado" and e.acceso == "publico"
    ]
    monkeypatch.setattr(servicios, "generar", lambda: iter(del_anio[:2]))
    servicios.sembrar(lambda frase: None)
    return del_anio[:2]


def test_hay_de_todo_publicado_y_sin_pendientes_graves(con_cobertura: list[ElementoDeMuestra]) -> None:
    de_cobertura = Item.objects.filter(id_externo__startswith="muestra-cobertura-")
    assert set(de_cobertura.values_list("tipo", flat=True)) == {t.codigo for t in todos_los_tipos()} - {"boletin", "publicacion"}
    assert set(de_cobertura.values_list("estado", flat=True)) == {"publicado"}
    graves = {"ficha", "medio", "hora_y_duracion", "pie", "clase", "titulo_generico", "fecha"}
    assert not [i.pendientes for i in de_cobertura if graves & set(i.pendientes)]


def test_los_boletines_tienen_impacto_y_las_sintesis_notas(con_cobertura: list[ElementoDeMuestra]) -> None:
    assert Relacion.objects.filter(clase="cobertura_de").count() >= 6
    assert Relacion.objects.filter(clase="incluye").exists() and Relacion.objects.filter(clase="nota_madre").exists()
    assert Item.objects.filter(tipo="sintesis", ficha__sin_menciones=True).exists()


def test_repetirla_no_duplica(con_cobertura: list[ElementoDeMuestra]) -> None:
    assert servicios.sembrar(lambda frase: None) == 0
