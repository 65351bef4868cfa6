"""E9: el archivo de trámite abre, integra sesenta documentos en dos legajos, cierra y comprueba; y E24, el FUID."""

import json
from datetime import date, timedelta
from io import StringIO

import pypdfium2
import pytest
from django.core.management import call_command

from archivo.archivistica.puerta import (
    INVENTARIOS,
    Documento,
    Expediente,
    ExpedienteRechazado,
    ReglaDeExpedientes,
    abrir_expediente,
    abrir_legajo,
    caratula,
    cerrar_expediente,
    corregir_expediente,
    integrar,
    reabrir_expediente,
    renglones,
)
from archivo.identidad.puerta import Institucion
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db
TOTAL, PRIMER_LEGAJO = 182, 110


@pytest.fixture
def archivista(db):
    Institucion.objects.create(clave="AE", nombre="Alcaldía Ejemplo")
    return fabricas.persona("archivo_tramite", en=fabricas.area("Comunicación"))


def abrir(archivista, titulo):
    nuevo = Expediente(
        serie=mundo.serie("9C.7"), area=fabricas.area("Comunicación"), responsable=archivista, titulo=titulo, soporte="papel",
        fecha_apertura=date(2026, 1, 5),
    )  # fmt: skip
    return abrir_expediente(nuevo, archivista)


def boletines(desde, cuantos, fojas):
    """Documentos de un día cada uno que suman esas fojas; el último lleva las que sobran."""
    cada = fojas // cuantos
    reparto = [cada] * (cuantos - 1) + [fojas - cada * (cuantos - 1)]
    area = fabricas.area("Comunicación")
    dias = (date(2026, 1, 5) + timedelta(days=desde + n) for n in range(cuantos))
    return [
        Documento(fabricas.publico(area=area, dia=dia, texto="Boletín."), fojas=n) for dia, n in zip(dias, reparto, strict=True)
    ]


def exigir_hoja(exp, datos):
    """La carátula dice esos datos."""
    hoja = " ".join(pypdfium2.PdfDocument(caratula(exp))[0].get_textpage().get_text_range().split())
    assert [d for d in datos if d not in hoja] == []


def test_e9_el_archivo_de_tramite_cierra_un_expediente(archivista):
    with pytest.raises(ExpedienteRechazado, match="no dice de qué trata"):
        abrir(archivista, "Varios")
    exp = abrir(archivista, "Boletines enero–junio 2026")
    assert exp.codigo == "AE/9C/9C.7/1/2026"

    integrar(exp, boletines(0, 36, PRIMER_LEGAJO), archivista)
    abrir_legajo(exp, archivista)
    with pytest.raises(ExpedienteRechazado, match="traslapan"):
        integrar(exp, [Documento(fabricas.publico(area=exp.area), foja_inicial=100, foja_final=120)], archivista)
    integrar(exp, boletines(36, 24, TOTAL - PRIMER_LEGAJO), archivista)
    assert [legajo.rango() for legajo in exp.legajos.all()] == [(1, 110), (111, 182)]

    with pytest.raises(ExpedienteRechazado, match="el asunto, la ubicación del papel"):
        cerrar_expediente(exp, archivista, date(2026, 6, 30))
    corregir_expediente(exp, {"asunto": "Boletines del semestre", "edificio": "Archivo de trámite", "caja": "1"}, archivista)
    cerrar_expediente(exp, archivista, date(2026, 6, 30))
    exp.refresh_from_db()
    assert (exp.total_documentos, exp.total_fojas) == (60, TOTAL)

    exigir_hoja(exp, ["AE/9C/9C.7/1/2026", "Boletines enero–junio 2026", "1–110", "182", "2 + 5 = 7 años", "30 de junio de 2026"])
    with pytest.raises(ExpedienteRechazado, match="no admite documentos"):
        integrar(exp, [Documento(fabricas.publico(area=exp.area))], archivista)
    with pytest.raises(ExpedienteRechazado, match="motivo"):
        reabrir_expediente(exp, archivista, "")

    salida = StringIO()
    call_command("expedientes", "verificar", exp.codigo, "--json", stdout=salida)
    assert json.loads(salida.getvalue()) == {"expedientes": 1, "integros": 1, "fallas": []}


def test_e24_en_colombia_se_dice_folio_y_el_fuid_los_cuenta(archivista):
    mundo.cuadro()
    ReglaDeExpedientes.objects.create(nombre="Colombia", vigente_desde=date(2026, 1, 1), unidad="folio", unidades="folios")
    exp = abrir(archivista, "Comunicados de enero de 2026")
    integrar(exp, boletines(0, 3, 7), archivista)
    hoja = " ".join(pypdfium2.PdfDocument(caratula(exp))[0].get_textpage().get_text_range().split())
    assert "Folios útiles al cierre" in hoja
    assert "Fojas" not in hoja
    [renglon] = renglones(Expediente.objects.all())
    fuid = {nombre: valor(renglon) for nombre, valor in INVENTARIOS["fuid"].columnas}
    assert (fuid["Número de orden"], fuid["No. de folios"], fuid["Soporte"]) == (1, 7, "Papel")
