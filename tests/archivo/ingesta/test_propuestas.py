from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivo.catalogo.puerta import leer_fecha
from archivo.ingesta.propuestas import proponer
from archivo.ingesta.propuestas.fechas import proponer_fecha
from archivo.ingesta.propuestas.numeros import proponer_numero
from archivo.ingesta.propuestas.titulos import dice_algo, proponer_titulo

HOY = date(2026, 11, 22)
MESES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
DIAS = st.dates(min_value=date(1824, 1, 1), max_value=HOY)


@pytest.mark.parametrize(
    ("texto", "fecha"),
    [
        ("Ciudad de México, a 22 de noviembre de 2026", "2026-11-22"),
        ("CIUDAD DE MÉXICO, 22 DE NOVIEMBRE DEL 2026.", "2026-11-22"),
        ("1o. de enero de 1990", "1990-01-01"),
        ("1º de enero de 1990", "1990-01-01"),
        ("Primero de mayo de 1917", "1917-05-01"),
        ("a los 5 días del mes de febrero del año de 1917", "1917-02-05"),
        ("Bogotá D. C., 3 de setiembre de 2001", "2001-09-03"),
        ("noviembre de 1987", "1987-11"),
        ("Noviembre 1987, número 4", "1987-11"),
        ("22/11/2026", "2026-11-22"),
        ("22-11-2026", "2026-11-22"),
        ("22.11.2026", "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        ("22-nov-2026", "2026-11-22"),
        ("22 NOV 2026", "2026-11-22"),
        ("noviembre 22, 2026", "2026-11-22"),
        ("28 de julio de 1.872", "1872-07-28"),
        ("Informe del año 1987", "1987"),
        ("ejercicio fiscal 2024", "2024"),
        ("Publicado en marzo de 1999; firmado el 4 de abril de 2000", "2000-04-04"),
        ("30 de febrero de 2020", "2020-02"),
        ("31/02/2020", ""),
        ("45/13/2020", ""),
        ("3 de mayo de 3026", ""),
        ("tel. 55 5512 1987, calle 5 de mayo 1200", ""),
        ("artículo 22", ""),
        ("", ""),
    ],
)
def test_fechas_en_espanol(texto, fecha):
    assert proponer_fecha(texto, HOY)[0] == fecha


@settings(deadline=None)
@given(
    DIAS, st.sampled_from(["{d} de {m} de {a}", "{d} de {M} del {a}", "a {d} de {m} de {a}.", "{d}/{n}/{a}", "{d:02}-{n:02}-{a}"])
)
def test_todo_dia_escrito_se_lee(dia, forma):
    texto = forma.format(d=dia.day, n=dia.month, m=MESES[dia.month - 1], M=MESES[dia.month - 1].upper(), a=dia.year)
    propuesta, cita = proponer_fecha(f"Boletín de prensa\n{texto}\nTexto", HOY)
    assert propuesta == dia.isoformat()
    assert str(dia.year) in cita


@settings(deadline=None)
@given(st.integers(1824, 2026), st.sampled_from(MESES))
def test_todo_mes_escrito_se_lee(anio, mes):
    assert proponer_fecha(f"Gaceta, {mes} de {anio}", HOY)[0] == f"{anio}-{MESES.index(mes) + 1:02}"


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text(alphabet="0123456789/-. deñáÁnovmayo", max_size=60))
def test_lo_propuesto_siempre_es_una_fecha_que_el_catalogo_entiende(texto):
    propuesta, cita = proponer_fecha(texto, HOY)
    assert bool(propuesta) == bool(cita)
    if propuesta:
        leida = leer_fecha(propuesta)
        assert date(1500, 1, 1) <= leida.desde <= leida.hasta <= HOY + timedelta(days=800)


@pytest.mark.parametrize(
    ("texto", "numero"),
    [
        ("Boletín No. 123/2026", "123/2026"),
        ("BOLETÍN DE PRENSA NÚM. 45", "45"),
        ("Boletin 45", "45"),
        ("Comunicado de prensa 012-2024", "012-2024"),
        ("Comunicado COM-045/2026", "COM-045/2026"),
        ("Gaceta Oficial núm. 12 bis", "12 bis"),
        ("Tarjeta informativa número 7", "7"),
        ("Núm. 45", "45"),
        ("Oficio AE/CCS/0123/2026", "AE/CCS/0123/2026"),
        ("Boletín # 9", "9"),
        ("Boletín s/n y S/N", "S/N"),
        ("Calle 5, colonia Centro", ""),
        ("No. ", ""),
        ("", ""),
    ],
)
def test_numeros(texto, numero):
    assert proponer_numero(texto)[0] == numero


@settings(deadline=None)
@given(st.text())
def test_un_numero_propuesto_cabe_y_esta_en_el_texto(texto):
    numero, cita = proponer_numero(texto)
    assert len(numero) <= 60
    assert bool(numero) == bool(cita)


@pytest.mark.parametrize(
    "titulo",
    ["", "x", "Microsoft Word - Boletín 123.doc", "untitled", "Sin título 1", "Documento1", "scan0001", "boletin.pdf", "20261122 0001",
     "Acrobat Distiller, Job 138", "C:\\archivos\\boletin final.docx", "http://ejemplo.mx/boletin uno"],
)  # fmt: skip
def test_titulos_de_metadatos_que_no_dicen_nada(titulo):
    assert not dice_algo(titulo)


def test_un_titulo_de_metadatos_que_dice_algo_gana():
    assert proponer_titulo("a.pdf", "Informe anual de actividades", [("Otro renglón fuerte", 30.0)]) == (
        "Informe anual de actividades",
        "metadatos",
    )


def test_el_renglon_mas_grande_de_la_portada_es_el_titulo():
    renglones = [
        ("Alcaldía Ejemplo", 10.0),
        ("Boletín No. 123/2026", 12.0),
        ("Inauguran biblioteca pública", 24.0),
        ("en la colonia Centro", 24.0),
        ("22 de noviembre de 2026", 11.0),
        ("El titular de la alcaldía inauguró", 11.0),
    ]
    assert proponer_titulo("a.pdf", "", renglones) == ("Inauguran biblioteca pública en la colonia Centro", "portada")


def test_sin_nada_legible_vale_el_nombre():
    assert proponer_titulo("informe_anual-2026.pdf", "", []) == ("informe anual 2026", "nombre")
    assert proponer_titulo(".pdf", "", [("12", 10.0)])[0]


@settings(deadline=None)
@given(
    st.text(max_size=300),
    st.text(max_size=300),
    st.lists(st.tuples(st.text(max_size=80), st.floats(0, 100)), max_size=6),
    st.text(),
)
def test_proponer_nunca_falla_y_siempre_hay_titulo(nombre, titulo, renglones, texto):
    propuesta = proponer(nombre=nombre, titulo=titulo, renglones=renglones, texto=texto)
    assert 0 < len(propuesta.titulo) <= 301
