"""Quién puede certificar qué, y por qué no."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from archivo.identidad.puerta import Area
from certificaciones.reglas.puerta import FacultadCertificacion, SinFacultad, areas_al_alcance, facultad_para, politica_vigente
from tests.fabricas import area, persona

DIA = date(2026, 11, 20)


@pytest.fixture
def directora(db):
    return persona("certificacion", nombre="directora")


def facultad(quien, *areas, **cambios):
    datos = {"cargo": "Directora", "fundamento": "Artículo 101-H", "documento_soporte": "Nombramiento 12/2025"}
    nueva = FacultadCertificacion.objects.create(persona=quien, **(datos | {"vigente_desde": date(2026, 1, 1)} | cambios))
    nueva.areas.set(areas)
    return nueva


def test_una_facultad_vigente_alcanza_su_area_y_las_que_dependen_de_ella(directora):
    ccs = area("Comunicación social")
    hija = Area.objects.create(clave="CCS-P", nombre="Prensa", padre=ccs)
    suya = facultad(directora, ccs)
    assert facultad_para(directora, DIA, [ccs, hija]) == suya
    assert areas_al_alcance(directora, DIA) == {ccs.pk, hija.pk}


def test_la_facultad_vencida_ayer_se_niega_con_su_razon(directora):
    facultad(directora, area("CCS"), vigente_hasta=date(2026, 11, 19))
    with pytest.raises(SinFacultad, match=r"venció el 19/11/2026 \(Nombramiento 12/2025\)\. Pida"):
        facultad_para(directora, DIA, [area("CCS")])


def test_la_que_todavia_no_rige_se_niega(directora):
    facultad(directora, area("CCS"), vigente_desde=date(2026, 12, 1))
    with pytest.raises(SinFacultad, match="rige desde el 01/12/2026"):
        facultad_para(directora, DIA, [area("CCS")])


def test_fuera_de_su_alcance_se_dice_que_area(directora):
    facultad(directora, area("CCS"))
    with pytest.raises(SinFacultad, match="no alcanza los expedientes de «Obras»"):
        facultad_para(directora, DIA, [area("CCS"), area("Obras")])


def test_sin_ninguna_registrada_nadie_certifica(directora):
    with pytest.raises(SinFacultad, match="No hay una facultad"):
        facultad_para(directora, DIA, [])


def test_la_de_toda_la_institucion_alcanza_cualquier_area(directora):
    suya = facultad(directora, toda_la_institucion=True)
    assert facultad_para(directora, DIA, [area("Obras")]) == suya
    assert areas_al_alcance(directora, DIA) is None


def test_se_prefiere_la_propia_a_la_suplencia_y_la_suplencia_nombra_a_quien_suple(directora):
    suplencia = facultad(directora, area("CCS"), tipo="suplencia", suple_a="Ana Ruiz", cargo_suplido="Coordinadora")
    propia = facultad(directora, area("CCS"))
    assert facultad_para(directora, DIA, [area("CCS")]) == propia
    assert suplencia.frase_de_suplencia == "en suplencia por ausencia de Ana Ruiz, Coordinadora"
    assert propia.frase_de_suplencia == ""


@pytest.mark.parametrize("mal", [{"fundamento": ""}, {"tipo": "suplencia", "suple_a": ""}, {"vigente_hasta": date(2025, 12, 31)}])
def test_la_base_no_admite_una_facultad_incompleta(directora, mal):
    with pytest.raises(IntegrityError), transaction.atomic():
        facultad(directora, **mal)


def test_la_instantanea_no_cambia_cuando_cambia_la_facultad(directora):
    suya = facultad(directora, area("CCS"))
    antes = suya.instantanea()
    suya.cargo = "Coordinadora"
    suya.save()
    assert antes["cargo"] == "Directora"
    assert antes["areas"] == [area("CCS").clave]


def test_sin_politica_registrada_rige_la_prudente(db):
    politica = politica_vigente(DIA)
    assert (politica.cotejador_distinto, politica.certifica_copia_simple, politica.cuenta_certificacion) == (True, False, False)
