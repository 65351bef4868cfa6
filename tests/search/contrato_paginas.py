"""El contrato: páginas, sugerencias, correcciones y parecidos."""

from __future__ import annotations

from search import (
    Part,
    SearchEngine,
)
from tests.search.contrato_base import PUBLICO, ConMotor, claves, nodo, publico
from tests.search.mundo import llenar


class Paginas(ConMotor):
    """Dónde cae cada cosa, y qué se propone."""

    # Páginas

    def test_una_frase_cae_en_la_pagina_que_la_contiene(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "el agua potable llega", "potable el agua", "agua", "y potable al fin", "agua potable")])
        assert {p.number for p in motor.pages(["k1"], nodo('"agua potable"'), PUBLICO, 9)["k1"]} == {1, 5}
        assert claves(motor, '"agua y potable al fin"') == ["k1"]
        assert [p.number for p in motor.pages(["k1"], nodo('"agua y potable al fin"'), PUBLICO, 9)["k1"]] == [3]

    def test_una_frase_larga_que_cruza_paginas_cae_donde_empieza(self, motor: SearchEngine) -> None:
        uno, dos = "inicio " * 50 + "alfa beta gama", "delta épsilon dzeta " + "final " * 50
        llenar(motor, [publico("k1", "", uno, dos, "otra página")])
        for frase in ("gama delta", "alfa beta gama delta épsilon dzeta final final final", "beta gama delta épsilon"):
            assert claves(motor, f'"{frase}"') == ["k1"]
            assert [p.number for p in motor.pages(["k1"], nodo(f'"{frase}"'), PUBLICO, 9)["k1"]] == [1]
        assert [p.number for p in motor.pages(["k1"], nodo('"delta épsilon"'), PUBLICO, 9)["k1"]] == [2]

    def test_frases_de_archivos_distintos_no_se_juntan(self, motor: SearchEngine) -> None:
        partes = (Part(1, "fin de uno", label="a"), Part(2, "inicio de dos", label="b"), Part(4, "salto", label="b"))
        llenar(motor, [publico("k1", "", parts=partes)])
        assert claves(motor, '"uno inicio"') == []
        assert claves(motor, '"dos salto"') == []
        assert [(p.number, p.label) for p in motor.pages(["k1"], nodo("inicio"), PUBLICO)["k1"]] == [(2, "b")]

    def test_una_parte_reservada_no_da_pagina(self, motor: SearchEngine) -> None:
        partes = (Part(1, "abierto"), Part(2, "cerrado", acl=frozenset({"titular"})), Part(3, "abierto"))
        llenar(motor, [publico("k1", "", parts=partes)])
        assert motor.pages(["k1"], nodo("cerrado"), PUBLICO) == {}
        assert motor.pages(["k1"], nodo('"abierto cerrado"'), PUBLICO) == {}

    def test_un_elemento_de_una_parte_da_esa_parte(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Título", "el texto")])
        assert [p.number for p in motor.pages(["k1"], nodo("textos"), PUBLICO)["k1"]] == [1]
        assert motor.pages(["k1"], nodo("título"), PUBLICO) == {}

    # Sugerencias, correcciones, parecidos

    def test_sugiere_como_se_escribe(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Vacunación infantil"), publico("k2", "Vacunación y vacaciones"), publico("k3", "Vacas")])
        assert [(s.text, s.count) for s in motor.suggest("vacu", PUBLICO)] == [("vacunación", 2)]
        assert [s.text for s in motor.suggest("infantil VAC", PUBLICO)] == ["infantil vacunación"]
        assert motor.suggest("v", PUBLICO) == motor.suggest("vacas ", PUBLICO) == motor.suggest("", PUBLICO) == ()

    def test_corrige_lo_que_nadie_escribio(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Vacunación infantil", "imprescriptible"), publico("k2", "Obra", "vacunación")])
        casos = {
            "vacunasion": "vacunación", "bacunación": "vacunación", "vacunaciones": None, "imprescritble": "imprescriptible",
            "vacuancion infantil": "vacunación infantil", "orba": "Obra".lower(), "zzzzzz": None, "-vacunasion": None, "123/2026": None,
        }  # fmt: skip
        for escrito, corregido in casos.items():
            assert motor.correct(nodo(escrito), PUBLICO) == corregido, escrito

    def test_corrige_primero_lo_que_suena_igual(self, motor: SearchEngine) -> None:
        llenar(
            motor,
            [publico("k1", "Pozos", "pesos y más pesos"), publico("k2", "Parque: gestión", "una parte, pesos, orquesta, hielo")],
        )
        casos = {
            "posos": "pozos", "parke": "parque", "horkesta": "orquesta", "jestion": "gestión", "ielo": "hielo", "parle": "parte",
        }  # fmt: skip
        assert {escrito: motor.correct(nodo(escrito), PUBLICO) for escrito in casos} == casos

    def test_parecidos_comparten_vocabulario(self, motor: SearchEngine) -> None:
        llenar(
            motor,
            [
                publico("k1", "Drenaje", "desazolve del drenaje profundo en temporada de lluvias"),
                publico("k2", "Drenaje", "lluvias y desazolve: drenaje profundo"),
                publico("k3", "Concierto", "música en la explanada"),
            ],
        )
        assert [acierto.key for acierto in motor.similar("k1", PUBLICO)] == ["k2"]
        assert motor.similar("no-existe", PUBLICO) == ()
