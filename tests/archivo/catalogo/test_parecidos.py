import pytest

from archivo.catalogo.parecidos import comparar, parejas
from archivo.catalogo.puerta import Organismo, Persona, autoridades


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        ("Ana Ruiz López", "ANA RUIZ LOPEZ"),
        ("Ana Ruiz López", "Ruiz López, Ana".replace(",", "")),
        ("Ana Ruiz López", "A. Ruiz López"),
        ("Ana Ruiz López", "Ana Ruiz"),
        ("José Luis Alomía Zegarra, director general", "José Luis Alomía Segarra"),
        ("Presidenta de México, Claudia Robles Pardo", "Claudia Robles Pardo, jefa de Gobierno"),
        ("Secretaria de Salud, Ana Ruiz López", "Ana Ruiz López"),
    ],
)
def test_parecen_la_misma_persona(uno, otro):
    assert comparar(uno, otro, "persona") is not None


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        ("Ana Ruiz López", "Ana Pérez López"),
        ("Mario Cruz Vega", "Maria Cruz Vega"),
        ("Ana", "Ana Ruiz"),
        ("Secretario de Salud, Juan Cruz", "Secretario de Salud, Luis Vega"),
        ("", "Ana Ruiz"),
    ],
)
def test_no_se_proponen(uno, otro):
    assert comparar(uno, otro, "persona") is None


@pytest.mark.parametrize(
    ("uno", "otro", "parecen"),
    [
        ("Secretaría de Salud", "SECRETARIA DE SALUD", True),
        ("Comisión Nacional del Agua", "Comision Nacional de Agua", True),
        ("Secretaría de Salud", "Secretaría de Salud del Estado", False),
        ("Escuela Secundaria 12", "Escuela Secundaria 13", False),
    ],
)
def test_organismos(uno, otro, parecen):
    assert (comparar(uno, otro, "organismo") is not None) is parecen


def test_las_parejas_salen_una_vez_y_en_orden():
    nombres = [(7, "Ana Ruiz López"), (3, "Ruiz López Ana"), (9, "Luis Vega")]
    assert [(a, b) for a, b, _ in parejas(nombres, "persona")] == [(3, 7)]


@pytest.mark.django_db
class TestPropuestas:
    def test_se_anotan_y_las_descartadas_no_vuelven(self):
        una, otra = Persona.objects.create(nombre="Ana Ruiz López"), Persona.objects.create(nombre="Ana Ruiz Lopes")
        Persona.objects.create(nombre="Luis Vega Cruz")
        assert autoridades.buscar_duplicados("persona") == 1
        assert [c.autoridad.pk for c in autoridades.parecidas_a(una)] == [otra.pk]
        autoridades.declarar_distintas(otra, una, autoridades.Cambio(None))
        assert autoridades.buscar_duplicados("persona") == 0
        assert autoridades.parecidas_a(una) == []

    def test_una_fundida_ya_no_se_propone(self):
        una, otra = Persona.objects.create(nombre="Ana Ruiz López"), Persona.objects.create(nombre="Ana Ruiz Lopes")
        autoridades.fundir(otra, una, autoridades.Cambio(None))
        assert autoridades.buscar_duplicados("persona") == 0
        assert autoridades.parecidas_a(una) == []

    def test_cada_clase_por_su_lado(self):
        Persona.objects.create(nombre="Benito Juárez")
        Organismo.objects.create(nombre="Benito Juárez")
        assert autoridades.buscar_duplicados("persona") == 0
