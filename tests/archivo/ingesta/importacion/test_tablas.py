"""Leer tablas ajenas: codificaciones, separadores, libros de cálculo y archivos tramposos."""

import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from archivo.ingesta.importacion import libros, tablas
from archivo.ingesta.importacion.dialecto import Lectura
from archivo.ingesta.importacion.filas import ArchivoInutilizable, FilaIlegible
from archivo.ingesta.importacion.tablas import abrir_tabla

TEXTO = "Título;Año\r\nLa niñez «primero»;1994\r\n"


@pytest.fixture
def tabla(tmp_path):
    def abrir(contenido, nombre="t.csv", **lectura):
        ruta = tmp_path / "original"
        ruta.write_bytes(contenido)
        leida = abrir_tabla(ruta, nombre, Lectura(**lectura))
        return leida, list(leida.renglones)

    return abrir


@pytest.fixture
def libro(tmp_path):
    def hacer(filas, **hojas):
        libro = Workbook()
        for fila in filas:
            libro.active.append(fila)
        for nombre, suyas in hojas.items():
            hoja = libro.create_sheet(nombre)
            for fila in suyas:
                hoja.append(fila)
        ruta = tmp_path / "t.xlsx"
        libro.save(ruta)
        return ruta

    return hacer


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separador", [";", ",", "\t"])
def test_la_codificacion_y_el_separador_se_detectan(tabla, codec, separador):
    leida, renglones = tabla(TEXTO.replace(";", separador).encode(codec))
    assert leida.encabezado == ("Título", "Año")
    assert renglones[0].celdas == ("La niñez «primero»", "1994")
    assert leida.lectura.separador == separador


def test_el_numero_de_fila_es_el_de_la_hoja_aunque_haya_vacias_y_celdas_de_varios_renglones(tabla):
    _, renglones = tabla(b'\na,b\n1,"dos\nrenglones"\n\n3,4\n')
    assert [(r.numero, r.celdas[0]) for r in renglones] == [(3, "1"), (5, "3")]


@pytest.mark.parametrize(("fila", "dice"), [(b"1,2,3", "de más"), (b"1", "de menos")])
def test_una_fila_con_otro_numero_de_columnas_es_un_error_con_su_fila(tabla, fila, dice):
    _, renglones = tabla(b"a,b\n1,2\n" + fila + b"\n5,6\n")
    assert [r.numero for r in renglones] == [2, 3, 4]
    assert isinstance(renglones[1], FilaIlegible) and dice in renglones[1].motivo and "encabezado 2" in renglones[1].motivo


def test_las_celdas_vacias_de_sobra_se_perdonan(tabla):
    _, renglones = tabla(b"a,b,,\n1,2,,\n")
    assert renglones[0].celdas == ("1", "2")


def test_unas_comillas_sin_cerrar_se_dicen_en_su_fila(tabla):
    _, renglones = tabla(b'a,b\n1,2\n3,"abierta\n5,6\n')
    assert renglones[0].celdas == ("1", "2")
    assert renglones[1].numero == 3 and "no se cierran" in renglones[1].motivo


def test_una_letra_que_no_es_de_la_codificacion_reprueba_su_fila_y_no_el_archivo(tabla):
    _, renglones = tabla(b"a,b\n1,2\n\xff,4\n5,6\n", codificacion="utf-8")
    assert [isinstance(r, FilaIlegible) for r in renglones] == [False, True, False]


def test_la_linea_sep_de_excel_no_es_el_encabezado(tabla):
    leida, renglones = tabla(b"sep=;\na;b\n1;2\n")
    assert (leida.encabezado, renglones[0].celdas) == (("a", "b"), ("1", "2"))


@pytest.mark.parametrize("contenido", [b"", b"\n\n\n", b",,,\n"])
def test_sin_encabezado_no_hay_tabla(tabla, contenido):
    with pytest.raises(ArchivoInutilizable, match="encabezado"):
        tabla(contenido)


def test_las_fechas_horas_y_cifras_de_una_hoja_salen_como_se_leen(libro):
    ruta = libro([["a", "b", "c", "d", "e", "f"], [date(1994, 5, 6), datetime(2024, 1, 2, 3, 4), time(9, 30), 12.0, 3.5, True]])
    renglon = next(abrir_tabla(ruta, "t.xlsx").renglones)
    assert renglon.celdas == ("1994-05-06", "2024-01-02 03:04:00", "09:30:00", "12", "3.5", "sí")


def test_se_elige_la_hoja_y_las_celdas_del_final_pueden_faltar(libro):
    ruta = libro([["nada"]], Monitoreo=[["Título", "Medio"], ["Uno"]])
    leida = abrir_tabla(ruta, "t.xlsx", Lectura(hoja="Monitoreo"))
    assert (leida.encabezado, next(leida.renglones).celdas) == (("Título", "Medio"), ("Uno", ""))


def test_una_formula_es_texto_y_no_se_ejecuta(libro):
    ruta = libro([["a", "b"], ['=HYPERLINK("http://x","y")', 1]])
    assert next(abrir_tabla(ruta, "t.xlsx").renglones).celdas[0] == '=HYPERLINK("http://x","y")'


def test_una_hoja_que_dice_tener_dieciseis_mil_columnas_y_un_millon_de_filas_se_lee_igual(libro, tmp_path):
    ruta, hostil = libro([["a", "b"], [1, 2]]), tmp_path / "hostil.xlsx"
    with zipfile.ZipFile(ruta) as de, zipfile.ZipFile(hostil, "w", zipfile.ZIP_DEFLATED) as a:
        for parte in de.namelist():
            a.writestr(parte, de.read(parte).replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"'))
    assert [r.celdas for r in abrir_tabla(hostil, "t.xlsx").renglones] == [("1", "2")]


def test_las_filas_vacias_sin_fin_se_dicen_y_no_se_recorren(libro, tmp_path, monkeypatch):
    monkeypatch.setattr(tablas, "VACIAS_SEGUIDAS", 10)
    ruta = libro([["a"], [1], *[[None]] * 40, [2]])
    renglones = list(abrir_tabla(ruta, "t.xlsx").renglones)
    assert "filas vacías" in renglones[-1].motivo and len(renglones) == 2


def _con_parte(ruta, nombre, contenido):
    with zipfile.ZipFile(ruta, "a", zipfile.ZIP_DEFLATED) as paquete:
        paquete.writestr(nombre, contenido)


def test_un_libro_con_macros_no_se_abre(libro):
    ruta = libro([["a"], [1]])
    _con_parte(ruta, "xl/vbaProject.bin", b"x")
    with pytest.raises(ArchivoInutilizable, match="macros"):
        abrir_tabla(ruta, "t.xlsx")


def test_un_libro_que_se_infla_no_se_abre(libro, monkeypatch):
    monkeypatch.setattr(libros, "INFLADO_MAXIMO", 1024 * 1024)
    ruta = libro([["a"], [1]])
    _con_parte(ruta, "xl/media/bomba.xml", b"0" * 2 * 1024 * 1024)
    with pytest.raises(ArchivoInutilizable, match="descomprimido"):
        abrir_tabla(ruta, "t.xlsx")


def test_un_libro_con_entidades_no_se_abre(libro):
    ruta = libro([["a"], [1]])
    _con_parte(ruta, "xl/otra.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>')
    with pytest.raises(ArchivoInutilizable, match="definiciones"):
        abrir_tabla(ruta, "t.xlsx")


@pytest.mark.parametrize("contenido", [b"no soy un libro", bytes.fromhex("d0cf11e0a1b11ae1"), b"PK\x03\x04roto", b""])
def test_lo_que_no_es_un_libro_dice_que_hacer(tabla, contenido):
    with pytest.raises(ArchivoInutilizable, match=r"\.xlsx"):
        tabla(contenido, "t.xlsx")
