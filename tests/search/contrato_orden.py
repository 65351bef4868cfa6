"""El contrato: el orden por relevancia no tiene que ser idéntico entre motores, pero sí igual de bueno."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from search import SearchEngine, SearchRequest, open_engine
from tests.search import mundo
from tests.search.contrato_base import PUBLICO, ConMotor, nodo
from tests.search.mundo import ESQUEMA, llenar

CONSULTAS = 40
CORTE = 10
MINIMO = 0.97


def ndcg(orden: Sequence[str], ganancias: Mapping[str, float]) -> float:
    """nDCG@10 de un orden, con la puntuación de la referencia como ganancia."""
    ideal = sorted(ganancias.values(), reverse=True)
    return _acumulada([ganancias.get(clave, 0.0) for clave in orden]) / _acumulada(ideal)


def _acumulada(ganancias: Sequence[float]) -> float:
    return sum(g / math.log2(lugar + 2) for lugar, g in enumerate(ganancias[:CORTE]))


class Orden(ConMotor):
    """Qué va primero."""

    def test_el_orden_por_relevancia_vale_lo_que_el_de_la_referencia(self, motor_sin_pasado: SearchEngine) -> None:
        motor = motor_sin_pasado
        operaciones = mundo.archivo(9, 150)
        espejo = open_engine("reference", Path(), ESQUEMA)
        for cada in (motor, espejo):
            llenar(cada, operaciones)
        azar = Random(9)
        valores = []
        while len(valores) < CONSULTAS:
            texto = " ".join(azar.sample((*mundo.PALABRAS, *mundo.RARAS), azar.choice((1, 2, 2, 3))))
            pedido = SearchRequest(PUBLICO, nodo(texto), match="some", limit=150)
            ganancias = {acierto.key: acierto.score for acierto in espejo.search(pedido).hits}
            if len(ganancias) > 3:
                valores.append(ndcg([acierto.key for acierto in motor.search(pedido).hits], ganancias))
        assert sum(valores) / len(valores) >= MINIMO
