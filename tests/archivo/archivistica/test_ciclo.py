"""De borrador a vigente: las áreas, el grupo y la versión que sustituye a otra (E14)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archivo.archivistica.arbol import DatosDeClase
from archivo.archivistica.models import CuadroClasificacion
from archivo.archivistica.servicios import ciclo, fichas, versiones
from archivo.archivistica.servicios.clases import cambiar_clase
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.auditoria.puerta import HistoriaInmutable, Suceso
from tests import fabricas
from tests.archivo.archivistica import cuadros

pytestmark = pytest.mark.django_db
HOY = date(2026, 3, 1)


@pytest.fixture
def area():
    return fabricas.area("Dirección de Información")


@pytest.fixture
def coordinacion():
    return fabricas.persona("coordinacion_archivos")


@pytest.fixture
def en_revision(area, coordinacion):
    return ciclo.enviar_a_areas(cuadros.borrador(area), coordinacion)


def test_la_coordinacion_no_aprueba_sola(en_revision, area, coordinacion):
    with pytest.raises(InstrumentoRechazado, match="roles"):
        ciclo.validar_por_grupo(en_revision, coordinacion)
    ciclo.validar_por_area(en_revision, area, fabricas.persona("archivo_tramite", en=area), conforme=True)
    en_los_dos = fabricas.persona("coordinacion_archivos", "grupo_interdisciplinario")
    en_revision.enviado_por = en_los_dos
    en_revision.save()
    with pytest.raises(InstrumentoRechazado, match="otra persona"):
        ciclo.validar_por_grupo(en_revision, en_los_dos)
    assert ciclo.validar_por_grupo(en_revision, fabricas.persona("grupo_interdisciplinario")).estado == "validado_grupo"


def test_sin_la_conformidad_de_cada_area_el_grupo_no_valida(en_revision, area):
    grupo = fabricas.persona("grupo_interdisciplinario")
    with pytest.raises(InstrumentoRechazado, match="Falta la conformidad de: Dirección de Información"):
        ciclo.validar_por_grupo(en_revision, grupo)
    titular = fabricas.persona("titular", en=area)
    with pytest.raises(InstrumentoRechazado, match="qué observa"):
        ciclo.validar_por_area(en_revision, area, titular, conforme=False)
    ciclo.validar_por_area(en_revision, area, titular, conforme=False, observaciones="El plazo es corto")
    assert ciclo.areas_pendientes(en_revision) == [area]
    ciclo.validar_por_area(en_revision, area, titular, conforme=True)
    assert ciclo.areas_pendientes(en_revision) == []


def test_nadie_valida_por_un_area_que_no_es_la_suya(en_revision, area):
    with pytest.raises(InstrumentoRechazado, match="valida su titular"):
        ciclo.validar_por_area(en_revision, area, fabricas.persona("titular", en=fabricas.area()), conforme=True)
    with pytest.raises(InstrumentoRechazado, match="roles"):
        ciclo.validar_por_area(en_revision, area, fabricas.persona("redaccion", en=area), conforme=True)


def test_lo_dicho_por_las_areas_no_se_cambia_y_otra_ronda_lo_pide_de_nuevo(en_revision, area, coordinacion):
    fila = ciclo.validar_por_area(en_revision, area, fabricas.persona("titular", en=area), conforme=True)
    with pytest.raises(HistoriaInmutable):
        fila.delete()
    with pytest.raises(InstrumentoRechazado, match="por qué"):
        ciclo.devolver(en_revision, coordinacion, " ")
    devuelto = ciclo.devolver(en_revision, coordinacion, "Faltó una serie")
    otra_vez = ciclo.enviar_a_areas(devuelto, coordinacion)
    assert (otra_vez.ronda, otra_vez.validaciones.count()) == (2, 1)
    assert ciclo.areas_pendientes(otra_vez) == [area]


def test_fichas_incompletas_impiden_la_validacion_y_se_dicen(area, coordinacion):
    cuadro = cuadros.borrador(area)
    cuadros.ficha_completa(cuadros.de(cuadro, "9C.7"), area, contexto="", destino_final="")
    ciclo.enviar_a_areas(cuadro, coordinacion)
    ciclo.validar_por_area(cuadro, area, fabricas.persona("titular", en=area), conforme=True)
    with pytest.raises(InstrumentoRechazado, match=r"9C\.7 .*contexto.*destino final"):
        ciclo.validar_por_grupo(cuadro, fabricas.persona("grupo_interdisciplinario"))


def test_un_cuadro_sin_series_o_sin_areas_no_se_envia(coordinacion):
    cuadro = versiones.abrir_cuadro("Vacío", coordinacion)
    with pytest.raises(InstrumentoRechazado, match="ninguna serie"):
        ciclo.enviar_a_areas(cuadro, coordinacion)
    seccion = cuadros.clase(cuadro, cuadros.clase(cuadro, None, "fondo", "AE"), "seccion", "9C")
    cuadros.clase(cuadro, seccion, "serie", "9C.1")
    with pytest.raises(InstrumentoRechazado, match=r"área productora de 9C\.1"):
        ciclo.enviar_a_areas(cuadro, coordinacion)


@pytest.mark.parametrize(
    ("desde", "acta", "dice"),
    [(HOY, " ", "Falta el acta"), (date(2024, 1, 1), "Acta 2", "debe empezar después")],
)
def test_entrar_en_vigor_pide_acta_y_fecha_posterior(desde, acta, dice, coordinacion):
    cuadros.vigente(desde=date(2024, 1, 1))
    nueva = versiones.nueva_version(coordinacion)
    validada = cuadros.validado(nueva, ciclo.areas_que_validan(nueva)[0])
    with pytest.raises(InstrumentoRechazado, match=dice):
        ciclo.poner_en_vigor(validada, desde, acta, coordinacion)


def test_no_entra_en_vigor_en_el_futuro(area, coordinacion):
    validado = cuadros.validado(cuadros.borrador(area), area)
    with pytest.raises(InstrumentoRechazado, match="futura"):
        ciclo.poner_en_vigor(validado, timezone.localdate() + timedelta(days=1), "Acta 1", coordinacion)


def test_e14_una_version_nueva_sustituye_a_la_anterior(coordinacion):
    """E14, primera mitad: v2 cambia el nombre de 9C.10; 26 años se rechazan, 25 pasan; lo viejo conserva su código y enlaza."""
    v1 = cuadros.vigente(desde=date(2024, 1, 1))
    vieja = cuadros.de(v1, "9C.10")
    v2 = versiones.nueva_version(coordinacion)
    nueva = cuadros.de(v2, "9C.10")
    cambiar_clase(nueva, DatosDeClase("serie", "9C.10", "Síntesis informativa"), coordinacion)
    area = nueva.ficha.areas.get()
    with pytest.raises(InstrumentoRechazado, match="26 años"):
        cuadros.ficha_completa(nueva, area, plazo_tramite=Decimal(20), plazo_concentracion=Decimal(6))
    cuadros.ficha_completa(nueva, area, plazo_tramite=Decimal(20), plazo_concentracion=Decimal(5))
    ciclo.poner_en_vigor(cuadros.validado(v2, area), HOY, "Acta 2/2026", coordinacion)
    v1.refresh_from_db()
    vieja.refresh_from_db()
    assert (v1.estado, v1.vigente_hasta) == ("sustituido", HOY - timedelta(days=1))
    assert (vieja.codigo, vieja.nombre) == ("AE/9C/9C.10", "Clase 9C.10")
    assert [n.nombre for n in versiones.equivalentes_vigentes(vieja)] == ["Síntesis informativa"]
    assert vieja.ficha.plazo_total == Decimal(5)
    assert CuadroClasificacion.objects.vigente() == v2
    clases = set(Suceso.objects.filter(objeto=f"cuadro:{v2.pk}").values_list("clase", flat=True))
    assert {"cuadro.creado", "cuadro.enviar_a_areas", "cuadro.validar", "cuadro.poner_en_vigor"} <= clases


def test_lo_que_se_clasificaba_un_dia_lo_dice_la_version_que_regia(coordinacion):
    v1 = cuadros.vigente(desde=date(2024, 1, 1))
    v2 = versiones.nueva_version(coordinacion)
    ciclo.poner_en_vigor(cuadros.validado(v2, ciclo.areas_que_validan(v2)[0]), HOY, "Acta 2", coordinacion)
    series = type(cuadros.de(v1, "9C.7")).objects
    assert {n.cuadro_id for n in series.para_clasificar(HOY - timedelta(days=1))} == {v1.pk}
    assert {n.cuadro_id for n in series.para_clasificar(HOY)} == {v2.pk}
    assert not series.para_clasificar(date(2023, 12, 31)).exists()


def test_la_base_no_admite_dos_vigentes(cada_base):
    def vigente(version):
        CuadroClasificacion.objects.create(nombre="C", version=version, estado="vigente", vigente_desde=HOY)

    vigente(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        vigente(2)
    CuadroClasificacion.objects.create(nombre="Otro", clase="recibido", estado="recibido")
    with pytest.raises(IntegrityError), transaction.atomic():
        CuadroClasificacion.objects.create(nombre="Otro", clase="recibido", estado="vigente", vigente_desde=HOY)


def test_no_se_preparan_dos_versiones_a_la_vez(coordinacion):
    cuadros.vigente()
    versiones.nueva_version(coordinacion)
    with pytest.raises(InstrumentoRechazado, match="Ya se prepara la versión 2"):
        versiones.nueva_version(coordinacion)


def test_los_pasos_que_se_ofrecen_dependen_del_rol(en_revision):
    def acciones(*roles):
        return [p.accion for p in ciclo.pasos_para(en_revision, fabricas.persona(*roles))]

    assert acciones("coordinacion_archivos") == ["devolver"]
    assert acciones("grupo_interdisciplinario") == ["validar", "devolver"]
    assert acciones("auditoria") == acciones("redaccion") == []
    assert fichas.series_que_piden_ficha(en_revision)
