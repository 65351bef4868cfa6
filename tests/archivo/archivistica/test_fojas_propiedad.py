"""Bajo cualquier serie de operaciones, las fojas de un expediente ni se traslapan ni dejan huecos, y ninguna cambia."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archivo.archivistica.expedientes.cierre import cerrar_expediente, reabrir_expediente
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.integracion import Documento, abrir_legajo, integrar, ordenar, reclasificar
from archivo.archivistica.models import Integracion
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db
DOCUMENTO = st.one_of(
    st.builds(lambda n: {"fojas": n}, st.integers(0, 5)),
    st.builds(lambda n, m: {"foja_inicial": n, "foja_final": m}, st.integers(1, 14), st.integers(1, 14)),
    st.builds(lambda c: {"caras": c}, st.sampled_from(["anverso", "ambos"])),
)
OPERACION = st.one_of(
    st.tuples(st.just("integrar"), st.lists(DOCUMENTO, min_size=1, max_size=3)),
    st.tuples(st.just("legajo"), st.none()),
    st.tuples(st.just("mover"), st.integers(0, 6)),
    st.tuples(st.just("ordenar"), st.randoms(use_true_random=False)),
    st.tuples(st.just("cerrar"), st.none()),
    st.tuples(st.just("reabrir"), st.none()),
)


def aplicar(exp, otro, operacion, dato):
    """Una operación; lo que se rechaza no cambia nada."""
    vigentes = list(exp.integraciones.vigentes())
    if operacion == "integrar":
        integrar(exp, [Documento(fabricas.publico(dia=date(2026, 2, 1)), **d) for d in dato], None)
    elif operacion == "legajo":
        abrir_legajo(exp, None)
    elif operacion == "mover" and vigentes:
        fila = vigentes[dato % len(vigentes)]
        reclasificar(fila, Documento(fila.item), otro, "Acuerdo 1", None)
    elif operacion == "ordenar" and vigentes:
        ids = [i.pk for i in vigentes]
        dato.shuffle(ids)
        ordenar(exp, ids, None)
    elif operacion == "cerrar":
        cerrar_expediente(exp, None)
    elif operacion == "reabrir":
        reabrir_expediente(exp, None, "otra vez")


def comprobar(exp, vistas):
    """Continuas desde 1, por legajo en orden, y las de antes siguen igual."""
    filas = list(
        Integracion.objects.filter(expediente=exp, foja_inicial__isnull=False).order_by("foja_inicial").select_related("legajo")
    )
    siguiente, legajo = 1, 1
    for fila in filas:
        assert fila.foja_inicial == siguiente
        assert fila.foja_final >= fila.foja_inicial
        assert fila.legajo.n >= legajo
        siguiente, legajo = fila.foja_final + 1, fila.legajo.n
    ahora = {f.pk: (f.foja_inicial, f.foja_final, f.legajo_id) for f in filas}
    assert vistas.items() <= ahora.items()
    exp.refresh_from_db()
    assert exp.total_fojas == sum(f.fojas for f in filas if f.retirada_en is None)
    return ahora


class PruebaDeFojas(TestCase):
    """La propiedad, con una base limpia por ejemplo."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(OPERACION, min_size=1, max_size=8))
    def test_continuas_sin_traslapes_y_fijas(self, operaciones):
        exp, otro = mundo.expediente(), mundo.expediente()
        vistas = {}
        for operacion, dato in operaciones:
            try:
                aplicar(exp, otro, operacion, dato)
            except ExpedienteRechazado:
                assert comprobar(exp, vistas) == vistas
            vistas = comprobar(exp, vistas)
