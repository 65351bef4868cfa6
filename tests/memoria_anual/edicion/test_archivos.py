"""Los archivos de la memoria: se abren, dicen lo mismo y ninguno nombra lo que no es público."""

import csv
import io
import shutil
import subprocess
from decimal import Decimal

import docx
import openpyxl
import pikepdf
import pypdf
import pytest
from docx.oxml.ns import qn

from memoria_anual.edicion import resolucion
from memoria_anual.edicion.impreso import memoria_pdf, resumen_pdf
from memoria_anual.edicion.puerta import ajustar_cifra, archivos_de, documento_actual, en_lista, mesa_de
from memoria_anual.edicion.tablas import cifras_csv
from tests import fabricas
from tests.memoria_anual.edicion.conftest import parrafo
from tests.servidores import verapdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def hechos(memoria, escribir):
    escribir(
        parrafo("Van {{cifra:BOL}} boletines."), ("subtitulo", "Cómo leer"), ("cita", {"texto": "Que se pueda desmentir", "quien": "Ana", "cargo": ""}),
        ("relacion", {"clave": "BOL", "titulo": "Los boletines", "maximo": 50}), ("cronologia", {"titulo": "Hechos", "hechos": []}),
    )  # fmt: skip
    documento = documento_actual(memoria)
    return {a.nombre: a.contenido for a in archivos_de(documento, memoria.corte)}


def test_el_pdf_es_accesible_lleva_sus_cifras_adjuntas_y_es_el_mismo_dos_veces(hechos, memoria):
    with pikepdf.open(io.BytesIO(hechos["memoria-2026.pdf"])) as pdf:
        assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "es-MX"
        assert sorted(pdf.attachments) == ["capitulos.json", "cifras.csv"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
    otra = {a.nombre: a.contenido for a in archivos_de(documento_actual(memoria), memoria.corte)}
    assert otra["memoria-2026.pdf"] == hechos["memoria-2026.pdf"]


def test_el_docx_se_abre_con_titulos_tablas_y_enlaces(hechos):
    hoja = docx.Document(io.BytesIO(hechos["memoria-2026.docx"]))
    titulos = [p.text for p in hoja.paragraphs if p.style.name == "Heading 1"]
    assert titulos[0] == "1. Presentación" and titulos[-1] == "Todas las cifras del corte" and len(titulos) == 18
    assert any("Boletín de 9" in c.text for t in hoja.tables for f in t.rows for c in f.cells)
    assert any(r.target_ref.endswith("/memoria/2026/cifra/BOL/") for r in hoja.part.rels.values() if r.is_external)


def test_libreoffice_abre_el_docx_y_lo_convierte_entero(hechos, tmp_path):
    programa = shutil.which("soffice") or shutil.which("soffice", path="/Applications/LibreOffice.app/Contents/MacOS")
    if programa is None:
        pytest.skip("Falta LibreOffice: instale libreoffice-writer-nogui para convertir el DOCX.")
    (tmp_path / "memoria.docx").write_bytes(hechos["memoria-2026.docx"])
    orden = [programa, f"-env:UserInstallation={(tmp_path / 'perfil').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*orden, str(tmp_path), str(tmp_path / "memoria.docx")], check=True, capture_output=True, timeout=180)
    paginas = [p.extract_text() for p in pypdf.PdfReader(tmp_path / "memoria.pdf").pages]
    assert "Memoria anual" in paginas[0] and "17. Anexos" in paginas[1] and f"Página 2 de {len(paginas)}" in paginas[1]
    capitulos = [p for p in paginas if p.lstrip().startswith(tuple(f"{n}. " for n in range(1, 18)))]
    assert len(capitulos) == 17 and "Van 5 boletines" in capitulos[0]


def test_el_contenido_del_docx_lleva_a_cada_capitulo(hechos):
    cuerpo = docx.Document(io.BytesIO(hechos["memoria-2026.docx"])).element.body
    anclas = [e.get(qn("w:anchor")) for e in cuerpo.iter(qn("w:hyperlink")) if e.get(qn("w:anchor"))]
    marcas = [e.get(qn("w:name")) for e in cuerpo.iter(qn("w:bookmarkStart"))]
    assert anclas == marcas and len(anclas) == 18


def test_las_hojas_dan_numeros_y_la_relacion_no_nombra_lo_interno(hechos):
    libro = openpyxl.load_workbook(io.BytesIO(hechos["memoria-2026-cifras.xlsx"]), read_only=True)
    cifras = {f[0]: f[3] for f in libro["Cifras"].iter_rows(min_row=2, values_only=True)}
    assert cifras["BOL"] == 5
    filas = list(csv.DictReader(io.StringIO(hechos["memoria-2026-relacion.csv"].decode("utf-8-sig"))))
    boletines = [f for f in filas if f["Indicador"] == "BOL"]
    assert len(boletines) == 5 and "no es de consulta pública" in boletines[-1]["Título"]
    assert not any(b"canario" in contenido.lower() for contenido in hechos.values())


def test_lo_que_no_es_publico_no_se_destaca_y_se_avisa(memoria, escribir, boletines):
    interno = boletines[-1]
    reservada = fabricas.elemento("audiovisual", acceso="reservado", estado="publicado", titulo="Foto canaria")
    escribir(
        ("destacado", {"elemento": interno.clave, "texto": "Importa."}),
        ("galeria", {"titulo": "Fotos", "fotos": [{"type": "item", "id": "a", "value": {"elemento": reservada.clave, "pie": "", "credito": "", "alternativa": ""}}]}),
    )  # fmt: skip
    documento = documento_actual(memoria)
    assert documento["capitulos"][0]["bloques"] == []
    assert [a.split("«")[1][:12] for a in documento["avisos"]] == [interno.clave, reservada.clave]


def test_un_indicador_que_el_corte_no_tiene_no_tira_a_los_demas(memoria, escribir):
    claves = [{"type": "item", "id": str(n), "value": c} for n, c in enumerate(("BOL", "NOHAY", "COB"))]
    escribir(("cifras", {"claves": claves}))
    documento = documento_actual(memoria)
    assert [c["clave"] for c in documento["capitulos"][0]["bloques"][0]["cifras"]] == ["BOL", "COB"]
    assert "NOHAY" in documento["avisos"][0]


def test_una_grafica_por_mes_compara_con_el_corte_de_un_anio_antes(memoria, escribir):
    escribir(
        ("grafica", {"clave": "BOL", "por": "mes", "titulo": ""}),
        ("grafica", {"clave": "BOL", "por": "area", "titulo": "Por área"}),
    )
    mesa = mesa_de(memoria)
    por_mes, por_area = documento_actual(memoria)["capitulos"][0]["bloques"]
    assert mesa.anterior is None and por_mes["claves"] == []
    assert [f[1] for f in por_mes["tabla"]["filas"]][:5] == ["2", "0", "1", "0", "1"]
    assert por_area["tabla"]["filas"] == [["Comunicación Social", "5"]]


def test_la_memoria_y_su_resumen_cumplen_pdf_a_y_pdf_ua(hechos, tmp_path):
    for nombre in ("memoria-2026.pdf", "memoria-2026-resumen.pdf"):
        ruta = tmp_path / nombre
        ruta.write_bytes(hechos[nombre])
        assert verapdf.faltas(ruta, "3a", "ua1") == []


def test_la_tabla_de_cifras_no_deja_un_renglon_solo_en_su_ultima_pagina(memoria):
    documento = documento_actual(memoria)
    renglones = []
    for cuantas in range(19, 24):
        corto = documento | {"capitulos": [], "cifras": documento["cifras"][:cuantas]}
        paginas = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(memoria_pdf(corto))).pages]
        renglones += [sum(c["huella"][:8] in pagina for c in corto["cifras"]) for pagina in paginas]
    assert sum(renglones) == sum(range(19, 24)) and 1 not in renglones


def test_el_resumen_cabe_en_una_hoja_aunque_se_ajusten_cifras(memoria):
    documento = documento_actual(memoria)
    largo = {
        "detalle": "Según el informe de entonces y lo que consta en la bitácora de prensa. " * 2,
        "nota": "Dato ajustado. " * 12,
    }
    cifras = [{"clave": f"C{n}", "valor": "1,284", "nombre": "Notas monitoreadas", **largo} for n in range(12)]
    for c in cifras[2:]:
        c["nota"] = ""
    documento["capitulos"][0]["bloques"] = [{"tipo": "cifras", "cifras": cifras}]
    assert any(b["tipo"] == "grafica" for c in documento["capitulos"] for b in c["bloques"])
    assert len(pypdf.PdfReader(io.BytesIO(resumen_pdf(documento))).pages) == 1


def test_un_valor_entero_sale_sin_decimales_en_las_hojas(memoria, redactora):
    ajustar_cifra(memoria, redactora, "BOL", Decimal("41.00"), "Faltaba contar lo que consta en la bitácora de prensa.")
    renglones = list(csv.reader(io.StringIO(cifras_csv(documento_actual(memoria)).decode("utf-8-sig"))))
    assert next(r[3] for r in renglones if r[0] == "BOL") == "41"


def test_el_credito_de_una_fotografia_no_dice_foto_dos_veces(memoria, escribir, monkeypatch):
    de_ficha = {"clave": "a", "sha256": "0", "pie": "", "credito": "", "alt": "Un kiosco"}
    monkeypatch.setattr(resolucion, "fotografia_publica", lambda clave: dict(de_ficha))
    foto = {"elemento": "a", "pie": "", "credito": "Foto: Archivo de la Alcaldía", "alternativa": ""}
    capitulo = escribir(("galeria", {"titulo": "Fotos", "fotos": en_lista([foto])}))
    galeria = resolucion.resolver(capitulo.cuerpo, mesa_de(memoria))[0]
    assert galeria["fotos"][0]["credito"] == "Archivo de la Alcaldía"
