"""A quien no puede ver el elemento que ya tiene el archivo, se le responde exactamente como con uno nuevo."""

import pytest

from archivo.ingesta import tuberia
from tests import fabricas
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db
SECRETO = fabrica.pdf(["Un documento que ya está reservado en otra área"])
VISIBLES = ("estado", "motivo", "avisos", "mime", "paginas", "bytes", "sha256")


@pytest.fixture
def ajeno():
    return fabricas.persona("redaccion", en=fabricas.area())


def _vista(ingreso):
    return {campo: getattr(ingreso, campo) for campo in VISIBLES}


def test_quien_puede_verlo_recibe_el_existente(ingerir):
    duena = fabricas.persona("redaccion", en=fabricas.area())
    original = ingerir(SECRETO, actor=duena)
    otra_vez = ingerir(SECRETO, actor=duena)
    assert (otra_vez.estado, otra_vez.item) == ("duplicado", original.item)
    assert original.item.titulo not in otra_vez.motivo, "el título puede cerrarse después"


@pytest.mark.parametrize("acceso", ["reservado", "confidencial", "interno"])
def test_quien_no_puede_verlo_recibe_lo_mismo_que_con_uno_nuevo(ingerir, ajeno, acceso):
    oculto = ingerir(SECRETO, acceso=acceso)
    respuesta = ingerir(SECRETO, actor=ajeno)
    nuevo = ingerir(fabrica.pdf(["Otro documento que nadie había traído antes de hoy"]), actor=ajeno)
    assert respuesta.item != oculto.item
    assert respuesta.objeto == oculto.objeto, "los bytes se guardan una sola vez"
    distintos = {c for c in VISIBLES if _vista(respuesta)[c] != _vista(nuevo)[c]}
    assert distintos <= {"bytes", "sha256"}


def test_la_ficha_a_la_vista_no_basta_si_el_archivo_no_lo_esta(ingerir):
    oculto = ingerir(SECRETO, acceso="restringido_derechos", publicar=True)
    sin_oficina = fabricas.persona("administracion")
    assert ingerir(SECRETO, actor=sin_oficina).item != oculto.item


def test_el_camino_es_el_mismo_paso_a_paso(ingerir, ajeno, monkeypatch):
    """Ni un paso de menos: lo que tarda tampoco debe decirlo."""
    hechos = []

    def anotar(funcion, argumentos, limites=None, _real=tuberia.ejecutar):
        hechos.append(funcion)
        return _real(funcion, argumentos, limites)

    for modulo in (
        "archivo.ingesta.tuberia",
        "archivo.ingesta.inspeccion",
        "archivo.ingesta.contraste",
        "archivo.objetos.derivados",
    ):
        monkeypatch.setattr(f"{modulo}.ejecutar", anotar)
    ingerir(SECRETO, acceso="reservado")
    con_uno_nuevo, hechos[:] = list(hechos), []
    ingerir(SECRETO, actor=ajeno)
    assert hechos == con_uno_nuevo


def test_el_propio_borrador_se_reconoce_aunque_haya_otro_oculto(ingerir, ajeno):
    ingerir(SECRETO, acceso="reservado")
    suyo = ingerir(SECRETO, actor=ajeno)
    otra_vez = ingerir(SECRETO, actor=ajeno)
    assert (otra_vez.estado, otra_vez.item) == ("duplicado", suyo.item)
