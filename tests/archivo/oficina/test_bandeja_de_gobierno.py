"""Lo que la bandeja dice de los instrumentos, los expedientes, las suplencias y los cargos que terminan."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from archivo.archivistica.puerta import enviar_a_areas, validar_por_area
from archivo.identidad.puerta import Nombramiento, Suplencia
from tests import fabricas
from tests.archivo.archivistica import cuadros, mundo

pytestmark = pytest.mark.django_db
BANDEJA = "/admin/bandeja/"


def grupos_de(respuesta):
    return {g.modulo.clave: [r.asunto.titulo for r in g.renglones] for g in respuesta.context["grupos"]}


def ver(client, usuario, **filtros):
    client.force_login(usuario)
    return grupos_de(client.get(BANDEJA, filtros))


def test_el_cuadro_en_consulta_espera_a_las_areas_que_no_han_dicho(client):
    area = fabricas.area("Comunicación")
    jefa, ajena = fabricas.persona("titular", en=area), fabricas.persona("titular", en=fabricas.area("Obras"))
    cuadro = enviar_a_areas(cuadros.borrador(area), fabricas.persona("coordinacion_archivos"))
    assert any("Comunicación" in t for t in ver(client, jefa)["instrumentos"])
    assert "instrumentos" not in ver(client, ajena)
    validar_por_area(cuadro, area, jefa, conforme=True)
    assert "instrumentos" not in ver(client, jefa)


def test_el_expediente_de_otro_anio_espera_a_su_responsable_y_se_ve_desde_la_jefatura(client):
    area = fabricas.area("Comunicación")
    suya, jefa = fabricas.persona("archivo_tramite", en=area), fabricas.persona("titular", en=area)
    mundo.expediente(area, suya, fecha_apertura=date(2024, 3, 1), titulo="Campaña de vacunación 2024")
    mundo.expediente(area, suya, fecha_apertura=timezone.localdate(), titulo="Campaña de este año en curso")
    (titulo,) = ver(client, suya)["expedientes"]
    assert "Campaña de vacunación 2024" in titulo
    assert "expedientes" not in ver(client, jefa) and len(ver(client, jefa, de="gente")["expedientes"]) == 1


def test_un_expediente_reservado_se_nombra_por_su_codigo_y_su_nivel(client):
    area = fabricas.area("Comunicación")
    suya = fabricas.persona("archivo_tramite", en=area)
    expediente = mundo.expediente(area, suya, fecha_apertura=date(2024, 3, 1), titulo="Amenazas a un reportero")
    type(expediente).objects.filter(pk=expediente.pk).update(acceso="reservado")
    assert ver(client, suya)["expedientes"] == [f"{expediente.codigo} · Expediente reservado"]


def test_los_roles_que_terminan_y_lo_que_se_suple(client):
    hoy = timezone.localdate()
    area = fabricas.area("Comunicación")
    ella = fabricas.persona("redaccion", en=area, nombre="ella", hasta=hoy + timedelta(days=10))
    lejana = fabricas.persona("redaccion", en=area, nombre="lejana", hasta=hoy + timedelta(days=90))
    ausente = fabricas.persona("titular", en=area, nombre="ausente")
    suplencia = Suplencia.objects.create(
        ausente=ausente, suplente=ella, desde=hoy, hasta=hoy + timedelta(days=3), motivo="x", fundamento="y"
    )
    suplencia.nombramientos.set(Nombramiento.objects.filter(usuario=ausente))
    assert ver(client, ella)["cargos"] == ["Suple a ausente", "Su rol: Redacción (Comunicación)"]
    assert "cargos" not in ver(client, lejana)
    assert ver(client, fabricas.persona("administracion"))["cargos"] == ["ella: Redacción (Comunicación)"]
