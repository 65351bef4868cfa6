"""El contrato: siglas y nombres sucesivos valen lo mismo al preguntar, en todos los motores."""

from __future__ import annotations

import pytest

from search import SearchEngine, SearchRequest, Thesaurus, snippet
from tests.search.contrato_base import PUBLICO, ConMotor, nodo, publico
from tests.search.mundo import llenar

NOMBRES = Thesaurus(
    [["SEDESOL", "Secretaría de Desarrollo Social", "Secretaría de Bienestar"], ["OMS", "Organización Mundial de la Salud"]]
)
FONDO = [
    publico("k1", "", "La SEDESOL entrega apoyos"),
    publico("k2", "Apoyos", "nada aquí", "apoyos de la Secretaría de Bienestar", "otra página"),
    publico("k3", "", "bienestar animal en la secretaría"),
    publico("k4", "Organización Mundial de la Salud", "apoyos"),
]


class Sinonimos(ConMotor):
    """Otra manera de decirlo cuenta como una palabra."""

    @pytest.mark.parametrize(
        ("escrito", "esperadas"),
        [
            ("sedesol", "k1 k2"),
            ("apoyos SEDESOL", "k1 k2"),
            ("secretarías de bienestar", "k2 k3"),
            ("secretaria de bienestar", "k1 k2 k3"),
            ("oms OR sedesol", "k1 k2 k4"),
            ('"sedesol"', "k1"),
            ("apoyos -sedesol", "k2 k4"),
            ("desarrollo social", ""),
        ],
    )
    def test_cualquiera_de_los_nombres_halla_a_los_demas(self, motor: SearchEngine, escrito: str, esperadas: str) -> None:
        llenar(motor, FONDO)
        respuesta = motor.search(SearchRequest(PUBLICO, NOMBRES.expand(nodo(escrito))))
        assert {acierto.key for acierto in respuesta.hits} == set(esperadas.split())
        assert respuesta.total == len(esperadas.split())

    def test_la_pagina_y_el_fragmento_son_los_del_otro_nombre(self, motor: SearchEngine) -> None:
        llenar(motor, FONDO)
        consulta = NOMBRES.expand(nodo("sedesol"))
        assert consulta is not None
        halladas = motor.pages(["k1", "k2"], consulta, PUBLICO, 9)
        assert {clave: [p.number for p in suyas] for clave, suyas in halladas.items()} == {"k1": [1], "k2": [2]}
        marcado = [texto for texto, es in snippet("apoyos de la Secretaría de Bienestar", consulta, 200).segments if es]
        assert marcado == ["Secretaría de Bienestar"]
        assert motor.correct(consulta, PUBLICO) is None
