from datetime import date

import pytest

from memoria_anual.cortes.puerta import cortar
from memoria_anual.edicion.puerta import MemoriaNueva, abrir_memoria, dar_paso, guardar_capitulo, poner_corte
from memoria_anual.indicadores.puerta import leer_periodo
from tests import fabricas

PERIODO = leer_periodo("2026")


@pytest.fixture
def ccs(db):
    """El área que lleva la memoria."""
    return fabricas.area("Comunicación Social")


@pytest.fixture
def titular(ccs):
    return fabricas.persona("titular", en=ccs, nombre="titular")


@pytest.fixture
def redactora(ccs):
    return fabricas.persona("redaccion", en=ccs, nombre="redactora")


@pytest.fixture
def boletines(ccs):
    """Cinco boletines de 2026: cuatro públicos y uno interno; y dos de 2025."""
    publicos = [fabricas.publico(area=ccs, dia=date(2026, n, 5), titulo=f"Boletín de {n}", texto="Texto.") for n in (1, 1, 3, 9)]
    interno = fabricas.boletin(area=ccs, dia=date(2026, 5, 5), titulo="Boletín canario", estado="publicado", acceso="interno")
    for n in (2, 3):
        fabricas.publico(area=ccs, dia=date(2025, n, 5), titulo=f"Boletín viejo {n}")
    return [*publicos, interno]


@pytest.fixture
def memoria(boletines, ccs, redactora):
    """La de 2026, en edición, con su corte."""
    abierta = abrir_memoria(MemoriaNueva(PERIODO, area=ccs), redactora)
    for paso in ("integrar", "editar"):
        dar_paso(abierta, redactora, paso)
    return poner_corte(abierta, redactora, cortar(PERIODO))


def hasta_autorizarla(area, redactora, titular, tipo="anual"):
    """La de 2026 de ese tipo, con un corte de ahora, autorizada."""
    abierta = abrir_memoria(MemoriaNueva(PERIODO, tipo=tipo, area=area), redactora)
    for paso in ("integrar", "editar"):
        dar_paso(abierta, redactora, paso)
    poner_corte(abierta, redactora, cortar(PERIODO))
    dar_paso(abierta, redactora, "enviar_a_revision")
    return dar_paso(abierta, titular, "autorizar")


@pytest.fixture
def escribir(memoria, redactora):
    """Pone bloques crudos en un capítulo: `(tipo, valor)`."""

    def hacer(*bloques, n=1, quien=None):
        capitulo = memoria.capitulos.get(orden=n)
        capitulo.cuerpo = [{"type": tipo, "value": valor} for tipo, valor in bloques]
        return guardar_capitulo(memoria, quien or redactora, capitulo)

    return hacer


def parrafo(texto, *, revisado=True):
    return ("parrafo", {"texto": f"<p>{texto}</p>", "revisado": revisado})


@pytest.fixture
def autorizada(memoria, redactora, titular):
    dar_paso(memoria, redactora, "enviar_a_revision")
    return dar_paso(memoria, titular, "autorizar")
