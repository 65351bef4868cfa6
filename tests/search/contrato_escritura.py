"""El contrato: escribir, repetir, borrar y reconstruir."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from search import (
    Delete,
    Document,
    Facet,
    IndexBusy,
    InvalidRequest,
    Part,
    Scope,
    SearchEngine,
    SearchRequest,
    SearchUnavailable,
    Upsert,
)
from tests.search import mundo
from tests.search.contrato_base import PUBLICO, ConMotor, claves, publico
from tests.search.mundo import llenar

FACETAS = (Facet("tipo"), Facet("anio"))


class Escritura(ConMotor):
    """Lo que hace el escritor de cada motor."""

    # Escritura

    def test_repetir_un_lote_no_cambia_nada(self, motor: SearchEngine) -> None:
        operaciones = mundo.archivo(4, 20)
        llenar(motor, operaciones)
        antes = sorted(motor.inventory("all")), motor.health().pages
        llenar(motor, operaciones + operaciones)
        assert (sorted(motor.inventory("all")), motor.health().pages) == antes
        assert not motor.verify().faults

    def test_una_version_anterior_no_reemplaza_a_la_nueva(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "nueva", version=5)])
        with motor.writer() as escritor:
            hecho = escritor.apply(
                [publico("k1", "vieja", version=4), publico("k2", "a", version=2), publico("k2", "b", version=1)]
            )
        assert (hecho.written, hecho.skipped) == (1, 2)
        assert claves(motor, "vieja") == claves(motor, "b") == []
        assert sorted(motor.inventory("pub")) == [("k1", 5), ("k2", 2)]

    def test_borrar_y_volver_a_poner(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "uno", "a", "b"), publico("k2", "dos")])
        with motor.writer() as escritor:
            escritor.apply([Delete("pub", "k1"), Delete("pub", "no-existe")])
        assert claves(motor, None) == ["k2"]
        assert motor.health().pages["pub"] == 0
        with motor.writer() as escritor:
            escritor.apply([Delete("pub", "k2"), publico("k2", "otra vez"), publico("k1", "tres"), Delete("pub", "k1")])
        assert claves(motor, None) == ["k2"]
        assert claves(motor, "otra") == ["k2"]

    def test_lo_que_no_cabe_en_el_esquema_no_deja_nada_a_medias(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "una")])
        malo = publico("k3", "mala", keywords={"color": ("rojo",)})
        with motor.writer() as escritor:
            with pytest.raises(InvalidRequest, match="color"):
                escritor.apply([publico("k2", "dos"), malo])
            escritor.apply([publico("k4", "cuatro")])
            nueva = escritor.begin_generation()
            with pytest.raises(InvalidRequest, match="color"):
                escritor.apply([publico("k5", "cinco"), malo], generation=nueva)
            assert sorted(claves(motor, None)) == ["k1", "k4"]
            escritor.apply([publico("k6", "seis")], generation=nueva)
            escritor.activate(nueva)
        assert claves(motor, None) == ["k6"]

    def test_un_entero_de_mas_de_64_bits_no_llega_al_motor(self) -> None:
        with pytest.raises(InvalidRequest, match="64 bits"):
            publico("k1", "una", integers={"anio": (2**63,)})

    def test_de_dos_variantes_a_una(self, motor: SearchEngine) -> None:
        ancha = Document(key="k1", version=1, acl=frozenset({"p"}), title="x", order=1, hidden_from=frozenset({"g"}))
        angosta = replace(ancha, variant=1, acl=frozenset({"g"}), hidden_from=frozenset(), parts=(Part(1, "secreto"),))
        llenar(motor, [Upsert("all", ancha, angosta)])
        miembro = Scope("all", frozenset({"p", "g"}), frozenset())
        assert motor.search(SearchRequest(miembro)).total == 1
        assert claves(motor, "secreto", miembro) == ["k1"]
        llenar(motor, [Upsert("all", replace(ancha, hidden_from=frozenset(), version=2))])
        assert motor.search(SearchRequest(miembro)).total == 1
        assert claves(motor, "secreto", miembro) == []
        assert list(motor.inventory("all")) == [("k1", 2)]

    def test_otra_generacion_se_arma_aparte_y_entra_entera(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "vieja")])
        with motor.writer() as escritor:
            nueva = escritor.begin_generation()
            escritor.apply([publico("k2", "nueva")], generation=nueva, seq=7)
            assert claves(motor, None) == ["k1"]
            escritor.activate(nueva)
        assert claves(motor, None) == ["k2"]
        assert motor.applied_seq() == 7
        assert motor.health().generation == nueva.name

    def test_lo_preparado_aparte_entra_en_la_que_se_arma_y_lo_que_cambio_despues_lo_corrige(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "vieja")])
        listos = motor.prepare([publico("k1", "uno"), publico("k2", "dos"), publico("k3", "tres"), Delete("all", "k9")])
        with motor.writer() as escritor:
            nueva = escritor.begin_generation()
            escritor.load(pickle.loads(pickle.dumps(listos)), nueva)
            escritor.apply([publico("k2", "corregida", version=2), Delete("pub", "k3")], generation=nueva)
            escritor.apply([publico("k1", "anterior", version=0)], generation=nueva)
            assert claves(motor, None) == ["k1"]
            assert claves(motor, "uno") == []
            escritor.activate(nueva)
        assert [claves(motor, palabra) for palabra in ("uno", "corregida")] == [["k1"], ["k2"]]
        assert [claves(motor, palabra) for palabra in ("dos", "tres", "anterior", "vieja")] == [[], [], [], []]

    def test_un_solo_escritor(self, motor: SearchEngine) -> None:
        with motor.writer(), pytest.raises(IndexBusy), motor.writer():
            pass

    def test_sin_indice_se_dice_y_la_salud_no_falla(self, motor: SearchEngine) -> None:
        with pytest.raises(SearchUnavailable):
            motor.search(SearchRequest(PUBLICO))
        assert motor.health().problem
        llenar(motor, [])
        assert motor.search(SearchRequest(PUBLICO, facets=FACETAS)).total == 0
        assert not motor.health().problem
