"""Mover, dividir y fusionar: el antes y el después quedan escritos, y lo viejo halla a qué clase corresponde."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivo.archivistica.arbol import PROFUNDIDAD_MAXIMA, DatosDeClase, puede_colgar
from archivo.archivistica.claves import codigo_de, orden_natural
from archivo.archivistica.models import ActoSobreClases, NivelClasificacion
from archivo.archivistica.servicios import versiones
from archivo.archivistica.servicios.actos import Razones, dividir, ensayar, fusionar, mover
from archivo.archivistica.servicios.clases import camino_de, crear_clase
from archivo.archivistica.servicios.comparacion import comparar
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.auditoria.puerta import HistoriaInmutable, Suceso
from tests import fabricas
from tests.archivo.archivistica import cuadros

pytestmark = pytest.mark.django_db


@pytest.fixture
def razones():
    return Razones(fabricas.persona("coordinacion_archivos"), "Acuerdo del grupo", "Acta 3/2026")


@pytest.fixture
def v1():
    return cuadros.vigente(series=("9C.2", "9C.7", "9C.10"))


@pytest.fixture
def v2(v1):
    return versiones.nueva_version(None)


def serie(clave, nombre=""):
    return DatosDeClase("serie", clave, nombre or f"Clase {clave}")


def test_una_version_nueva_equivale_clase_por_clase(v1, v2):
    assert v2.niveles.count() == v1.niveles.count() == 5
    for nueva in v2.niveles.all():
        assert [vieja.codigo for vieja in nueva.equivale_a.all()] == [nueva.codigo]
    assert cuadros.de(v2, "9C.7").ficha.areas.get() == cuadros.de(v1, "9C.7").ficha.areas.get()
    assert {d.que for d in comparar(v1, v2)} == {"igual"}


def test_mover_cambia_los_codigos_y_deja_su_rastro(v1, v2, razones):
    otra = cuadros.clase(v2, cuadros.de(v2, "AE"), "seccion", "10C", "Control")
    acto = mover(cuadros.de(v2, "9C.7"), otra, razones, "10C.1")
    movida = cuadros.de(v2, "10C.1")
    assert movida.codigo == "AE/10C/10C.1"
    assert [f["codigo"] for f in acto.antes] == ["AE/9C/9C.7"]
    assert [(f["codigo"], f["equivale_a"]) for f in acto.despues] == [("AE/10C/10C.1", ["AE/9C/9C.7"])]
    assert (acto.motivo, acto.acta, acto.actor) == ("Acuerdo del grupo", "Acta 3/2026", razones.actor)
    assert Suceso.objects.get(clase="cuadro.mover").detalle["despues"] == ["AE/10C/10C.1"]
    assert versiones.equivalentes_en(cuadros.de(v1, "9C.7"), v2) == [movida]
    with pytest.raises(HistoriaInmutable):
        ActoSobreClases.objects.filter(pk=acto.pk).update(motivo="otro")


def test_nada_se_mueve_dentro_de_si_mismo_ni_sin_motivo(v2, razones):
    seccion = cuadros.de(v2, "9C")
    with pytest.raises(InstrumentoRechazado, match="sí misma"):
        mover(seccion, cuadros.de(v2, "9C.7"), razones)
    with pytest.raises(InstrumentoRechazado, match="por qué"):
        mover(cuadros.de(v2, "9C.7"), cuadros.de(v2, "AE"), Razones(razones.actor, " "))
    with pytest.raises(InstrumentoRechazado, match="ya está ahí"):
        mover(cuadros.de(v2, "9C.7"), seccion, razones)


def test_mover_no_cruza_de_version_ni_toca_la_vigente(v1, v2, razones):
    with pytest.raises(InstrumentoRechazado, match="otra versión"):
        mover(cuadros.de(v2, "9C.7"), cuadros.de(v1, "AE"), razones)
    with pytest.raises(InstrumentoRechazado, match="sólo se lee"):
        mover(cuadros.de(v1, "9C.7"), cuadros.de(v1, "AE"), razones)


def test_dividir_hereda_ficha_y_equivalencia(v1, v2, razones):
    vieja = cuadros.de(v1, "9C.7")
    dividir(cuadros.de(v2, "9C.7"), [serie("9C.7", "Boletines"), serie("9C.8", "Comunicados")], razones)
    partes = versiones.equivalentes_en(vieja, v2)
    assert [(p.clave, p.nombre, p.ficha.plazo_total) for p in partes] == [("9C.7", "Boletines", 5), ("9C.8", "Comunicados", 5)]
    assert [d.despues.clave for d in comparar(v1, v2) if d.que == "dividida"] == ["9C.7", "9C.8"]


@pytest.mark.parametrize(
    ("partes", "dice"),
    [
        ([serie("9C.7")], "al menos dos"),
        ([serie("9C.8"), serie("9C.8")], "misma clave"),
        ([serie("9C.7"), serie("9C.10")], "Ya hay una clase"),
        ([serie("9C.7"), DatosDeClase("subserie", "9C.8", "X")], "mismo nivel"),
    ],
)
def test_lo_que_no_se_divide(v2, razones, partes, dice):
    with pytest.raises(InstrumentoRechazado, match=dice):
        dividir(cuadros.de(v2, "9C.7"), partes, razones)
    assert not ActoSobreClases.objects.exists()


def test_fusionar_junta_equivalencias_hijas_y_quita_las_demas(v1, v2, razones):
    cuadros.clase(v2, cuadros.de(v2, "9C.10"), "subserie", "A")
    acto = fusionar([cuadros.de(v2, "9C.7"), cuadros.de(v2, "9C.10")], serie("9C.10", "Boletines y síntesis"), razones)
    queda = cuadros.de(v2, "9C.10")
    assert not v2.niveles.filter(clave="9C.7").exists()
    assert [n.codigo for n in queda.hijas.all()] == ["AE/9C/9C.10/A"]
    assert acto.despues[0]["equivale_a"] == ["AE/9C/9C.7", "AE/9C/9C.10"]
    for clave in ("9C.7", "9C.10"):
        assert versiones.equivalentes_en(cuadros.de(v1, clave), v2) == [queda]
    assert [d.que for d in comparar(v1, v2) if d.despues == queda] == ["fusionada"]
    assert v1.niveles.filter(clave="9C.7").exists()


def test_solo_se_fusionan_clases_del_mismo_nivel_y_distintas(v2, razones):
    siete = cuadros.de(v2, "9C.7")
    with pytest.raises(InstrumentoRechazado, match="mismo nivel"):
        fusionar([siete, cuadros.de(v2, "9C")], serie("9C.7"), razones)
    with pytest.raises(InstrumentoRechazado, match="al menos dos"):
        fusionar([siete, siete], serie("9C.7"), razones)
    with pytest.raises(InstrumentoRechazado, match=r"Ya hay una clase 9C\.2"):
        fusionar([siete, cuadros.de(v2, "9C.10")], serie("9C.2"), razones)


def test_ensayar_dice_lo_que_pasaria_y_no_deja_nada(v2, razones):
    antes = list(v2.niveles.en_orden().values("id", "codigo", "nombre"))
    acto = ensayar(lambda: fusionar([cuadros.de(v2, "9C.7"), cuadros.de(v2, "9C.2")], serie("9C.7", "Juntas"), razones))
    assert [f["nombre"] for f in acto.despues] == ["Juntas"]
    assert list(v2.niveles.en_orden().values("id", "codigo", "nombre")) == antes
    assert not ActoSobreClases.objects.exists()
    assert not Suceso.objects.filter(clase="cuadro.fusionar").exists()


def test_dividido_y_vuelto_a_fusionar_equivale_una_sola_vez(v1, v2, razones):
    dividir(cuadros.de(v2, "9C.7"), [serie("9C.7"), serie("9C.8")], razones)
    fusionar([cuadros.de(v2, "9C.7"), cuadros.de(v2, "9C.8")], serie("9C.7"), razones)
    assert [n.codigo for n in cuadros.de(v2, "9C.7").equivale_a.all()] == ["AE/9C/9C.7"]


def exigir_arbol_en_regla(cuadro):
    """Sin ciclos, sin niveles al revés, con los códigos del camino y en orden."""
    clases = list(cuadro.niveles.select_related("padre").en_orden())
    for clase in clases:
        camino = camino_de(NivelClasificacion.objects.get(pk=clase.pk))
        assert camino[0].nivel == "fondo"
        assert len(camino) <= PROFUNDIDAD_MAXIMA
        assert clase.codigo == codigo_de([c.clave for c in camino])
        assert puede_colgar(clase.nivel, clase.padre.nivel if clase.padre else None)
    assert [c.pk for c in clases] == recorrido(clases)
    assert len({c.codigo for c in clases}) == len(clases)


def recorrido(clases):
    """Las clases como se leen: cada madre y enseguida sus hijas, en orden natural de clave."""
    hijas = {}
    for clase in clases:
        hijas.setdefault(clase.padre_id, []).append(clase)
    salida, pendientes = [], list(hijas[None])
    while pendientes:
        clase = pendientes.pop()
        salida.append(clase.pk)
        pendientes += sorted(hijas.get(clase.pk, []), key=lambda c: orden_natural(c.clave), reverse=True)
    return salida


CLAVES = st.sampled_from(["A", "B", "1", "2", "9", "10", "9C", "9C.1", "9C.2", "9C.10", "S-1", "S-10"])
PASOS = st.lists(
    st.tuples(
        st.sampled_from(["crear", "mover", "dividir", "fusionar"]),
        st.integers(0, 30),
        st.integers(0, 30),
        CLAVES,
        st.sampled_from(["subfondo", "seccion", "subseccion", "serie", "subserie"]),
    ),
    max_size=14,
)


def dar(cuadro, paso, razones):
    que, a, b, clave, nivel = paso
    clases = list(cuadro.niveles.en_orden())
    una, otra = clases[a % len(clases)], clases[b % len(clases)]
    if que == "crear":
        crear_clase(cuadro, una, DatosDeClase(nivel, clave, "Nueva"), None)
    elif que == "mover":
        mover(una, otra, razones, clave)
    elif que == "dividir":
        dividir(una, [DatosDeClase(una.nivel, una.clave, "Una"), DatosDeClase(una.nivel, clave, "Dos")], razones)
    else:
        fusionar([una, otra], DatosDeClase(una.nivel, clave, "Junta"), razones)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pasos=PASOS)
def test_ninguna_serie_de_actos_rompe_el_arbol(pasos, razones, v1, v2):
    with transaction.atomic():
        for paso in pasos:
            try:
                dar(v2, paso, razones)
            except InstrumentoRechazado:
                continue
        exigir_arbol_en_regla(v2)
        originales = set(v1.niveles.values_list("pk", flat=True))
        continuadas = set(v2.niveles.values_list("equivalencias__anterior_id", flat=True)) - {None}
        assert continuadas == originales
        transaction.set_rollback(True)
