"""Carátula, lomos, cajas, inventarios."""

import csv
import io
from datetime import date

import openpyxl
import pypdfium2
import pytest
from pypdf import PdfReader

from archivo.archivistica.expedientes.apertura import corregir_expediente
from archivo.archivistica.expedientes.cierre import cerrar_expediente
from archivo.archivistica.expedientes.impresos import caratula, etiquetas, etiquetas_de_caja
from archivo.archivistica.expedientes.integracion import Documento, abrir_legajo, integrar
from archivo.archivistica.expedientes.inventarios import INVENTARIOS, en_csv, en_xlsx, renglones
from archivo.archivistica.models import Expediente, FichaValoracion
from archivo.identidad.puerta import Institucion
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db
CAMPOS = (
    "Unidad administrativa", "Área productora", "Fondo", "Sección", "Serie", "Subserie", "Número y nombre de expediente", "Código",
    "Título", "Alcance y contenido", "Fecha de inicio", "Fecha de cierre", "Soporte", "Formato", "Tradición documental", "Folio inicial",
    "Folio final", "Fojas útiles al cierre", "Vínculo electrónico", "Formato electrónico", "Requisitos para leerlo", "Ubicación electrónica",
    "Valores primarios", "Vigencia", "Destino final", "Condiciones de acceso", "Fecha de clasificación", "Versión pública",
    "Titular que clasifica", "Acta del Comité", "Partes y fojas restringidas", "Fundamento", "Periodo de reserva",
    "Ampliación y número de acta", "Fecha de desclasificación", "¿Fue objeto de solicitud de acceso?", "Nota del archivero",
    "Fecha de elaboración",
)  # fmt: skip


def texto_de(pdf):
    """El texto de cada hoja, en un renglón."""
    return [" ".join(p.get_textpage().get_text_range().split()) for p in pypdfium2.PdfDocument(pdf)]


@pytest.fixture
def cerrado(db):
    """Dos legajos: 1–3 y 4–5."""
    Institucion.objects.get_or_create(clave="AE", defaults={"nombre": "Alcaldía Ejemplo"})
    exp = mundo.expediente(soporte="hibrido", parte_fisica="Carpetas", parte_fisica_cantidad=2)
    integrar(exp, [Documento(mundo.con_archivo(dia=date(2026, 1, 5)), fojas=3)], None)
    abrir_legajo(exp, None, "2")
    integrar(exp, [Documento(mundo.con_archivo(dia=date(2026, 3, 5)), fojas=2)], None)
    corregir_expediente(exp, {"clasificacion": {"acta": "CT/ORD/07/2026"}, "nota_archivero": "=HOY() térmico"}, None)
    cerrar_expediente(exp, None, date(2026, 6, 30))
    return Expediente.objects.get(pk=exp.pk)


def test_la_caratula_lleva_todos_los_campos_en_orden_y_una_hoja_por_legajo(cerrado):
    primera, segunda = texto_de(caratula(cerrado, "https://acervo.ejemplo.mx/admin/expedientes/x/"))
    lugares = [primera.find(campo) for campo in CAMPOS]
    assert -1 not in lugares, [c for c, n in zip(CAMPOS, lugares, strict=True) if n == -1]
    for dato in (
        "AE/9C/9C.7/1/2026",
        "1–3",
        "5 de enero de 2026",
        "30 de junio de 2026",
        "2 + 5 = 7 años",
        "CT/ORD/07/2026",
        "Conservación histórica",
    ):
        assert dato in primera
    assert "4–5" in segunda
    assert "Legajo 2 de 2 · Página 2 de 2" in segunda


def test_la_caratula_es_de_archivo_accesible_y_siempre_igual(cerrado):
    pdf = caratula(cerrado)
    assert pdf == caratula(cerrado)
    catalogo = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert catalogo["/MarkInfo"]["/Marked"]
    assert b"pdfaid:part" in catalogo["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part" in catalogo["/Metadata"].get_object().get_data()


def test_la_de_uno_abierto_lo_dice_y_la_de_uno_reservado_tambien(cerrado):
    abierto = mundo.expediente(acceso="reservado", solicitudes="SI-2026-0417")
    [hoja] = texto_de(caratula(abierto))
    assert "EN TRÁMITE" in hoja
    assert "RESERVADA" in hoja
    assert "Sí. SI-2026-0417" in hoja
    assert "EN TRÁMITE" not in texto_de(caratula(cerrado))[0]


def test_un_lomo_por_legajo_y_cuatro_por_hoja(cerrado):
    hojas = texto_de(etiquetas([cerrado, cerrado, cerrado]))
    assert len(hojas) == 2
    assert hojas[0].count("Legajo") == 4
    assert "fojas 1–3" in hojas[0]
    assert "2033" in hojas[0]


def test_una_etiqueta_por_caja_con_lo_que_guarda(cerrado):
    [hoja] = texto_de(etiquetas_de_caja([cerrado]))
    assert "Caja 1" in hoja
    assert "Caja 2" in hoja
    assert "1 de 2 1–3" in hoja
    assert "2 de 2 4–5" in hoja


def filas(clave):
    inventario = INVENTARIOS[clave]
    texto = "".join(en_csv(inventario, renglones(Expediente.objects.all())))
    assert texto.startswith("\ufeff")
    return list(csv.reader(io.StringIO(texto.removeprefix("\ufeff"))))


def test_el_fuid_lleva_sus_columnas_y_sus_firmas(cerrado):
    encabezado, primero, segundo = filas("fuid")
    assert encabezado[:5] == [
        "Número de orden",
        "Código",
        "Nombre de las series, subseries o asuntos",
        "Fecha inicial (aaaa-mm-dd)",
        "Fecha final (aaaa-mm-dd)",
    ]
    assert encabezado[5:] == ["Caja", "Carpeta", "Tomo", "Otro", "No. de folios", "Soporte", "Frecuencia de consulta", "Notas"]
    assert primero[3:11] == ["2026-01-05", "2026-06-30", "1", "1", "1 de 2", "Carpetas", "3", "Híbrido"]
    assert segundo[0] == "2"
    hoja = openpyxl.load_workbook(io.BytesIO(en_xlsx(INVENTARIOS["fuid"], renglones(Expediente.objects.all())))).active
    valores = [[c.value for c in fila if c.value is not None] for fila in hoja.iter_rows()]
    assert valores[0] == ["Alcaldía Ejemplo"]
    assert [v[0] for v in valores[-3:]] == ["Elaborado por:", "Entregado por:", "Recibido por:"]


def test_el_inventario_general_dice_valores_plazos_y_no_lleva_formulas(cerrado):
    encabezado, primero, _ = filas("general")
    renglon = dict(zip(encabezado, primero, strict=True))
    assert (renglon["Valores"], renglon["Años en trámite"], renglon["Vence"], renglon["Fojas"]) == ("A", "2.0", "2033-06-30", "3")
    assert renglon["Observaciones"] == "'=HOY() térmico"
    assert renglon["Destino final"] == FichaValoracion.Destino.HISTORICO.label


def test_una_sola_foja_no_se_escribe_como_rango():
    exp = mundo.expediente()
    integrar(exp, [Documento(mundo.con_archivo(), fojas=1)], None)
    for impreso in (caratula(exp), etiquetas([exp]), etiquetas_de_caja([exp])):
        assert "1–1" not in " ".join(texto_de(impreso))
    assert "fojas 1 " in " ".join(texto_de(etiquetas([exp])))
