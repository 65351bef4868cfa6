"""Los modelos de texto: lo que deben decir y cómo se redactan."""

from datetime import date

import pytest

from certificaciones.reglas.puerta import (
    VARIABLES_DE_TEXTO,
    TextoDeCertificacion,
    TextoRechazado,
    TipoDeSoporte,
    cargar_reglas_de_muestra,
    faltas_del_texto,
    fecha_en_letra,
    fojas_en_letra,
    nombre_de_fojas,
    redactar,
    textos_para,
)

DIA = date(2026, 11, 22)
OPCIONALES = ("suplencia", "ambos_lados", "en_las_que_se_cuenta", "rango", "derechos", "lugar_en_medio", "soporte")


@pytest.fixture
def textos(db):
    cargar_reglas_de_muestra()
    return {t.tipo_soporte: t for t in TextoDeCertificacion.objects.all()}


def variables(**cambios):
    """Todas las variables con algo que decir, menos las opcionales."""
    base = {v: f"«{v}»" for v in VARIABLES_DE_TEXTO if v not in OPCIONALES}
    de_fojas = {"fojas_letra": fojas_en_letra(55), "fojas_numero": "55", "nombre_de_fojas": nombre_de_fojas(55)}
    return base | de_fojas | {"fecha_letra": fecha_en_letra(DIA)} | cambios


def test_hay_un_modelo_de_muestra_por_soporte_y_todos_sirven(textos):
    assert set(textos) == set(TipoDeSoporte.values)
    assert not [(t.clave, f) for t in textos.values() for f in faltas_del_texto(t.cuerpo, t.tipo_soporte)]
    assert all(t.es_muestra for t in textos.values())


@pytest.mark.parametrize("soporte", TipoDeSoporte.values)
def test_cada_modelo_dice_fojas_folio_fecha_y_quien_certifica(textos, soporte):
    redactado = redactar(textos[soporte], variables())
    texto = " ".join(redactado.parrafos)
    assert "cincuenta y cinco (55) fojas útiles" in texto
    assert fecha_en_letra(DIA) in texto
    assert all(f"«{v}»" in texto for v in ("certificador", "cargo", "fundamento", "expediente", "lugar", "folio"))
    assert redactado.parrafos[1] == "C E R T I F I C A"
    assert not any(resto in texto for resto in ("{{", "}}", "[[", "]]", "  "))


def test_el_modelo_uno_dice_la_frase_del_cotejo(textos):
    parrafo = redactar(textos["original_autografo"], variables()).parrafos[2]
    assert "fue cotejada con su original que se tuvo a la vista y concuerda fiel y exactamente con él" in parrafo


def test_los_tramos_sin_datos_se_omiten_y_con_datos_aparecen(textos):
    sin = " ".join(redactar(textos["original_autografo"], variables()).parrafos)
    con = " ".join(
        redactar(
            textos["original_autografo"],
            variables(
                ambos_lados="3 se encuentran impresas por ambos lados",
                en_las_que_se_cuenta="en las que se cuenta esta certificación",
            ),
        ).parrafos
    )
    assert "ambos lados" not in sin
    assert (
        "fojas útiles, de las cuales 3 se encuentran impresas por ambos lados, en las que se cuenta esta certificación, fue"
        in con
    )


def test_una_variable_vacia_impide_redactar_y_dice_cual(textos):
    with pytest.raises(TextoRechazado) as falla:
        redactar(textos["original_autografo"], variables(finalidad=" ", lugar=""))
    assert falla.value.faltas == ["Falta para qué se expide.", "Falta lugar."]


def test_un_valor_no_se_interpreta_como_plantilla(textos):
    texto = " ".join(redactar(textos["original_autografo"], variables(descripcion="un {{ folio }} y [[nada]] {% if %}")).parrafos)
    assert "un {{ folio }} y [[nada]] {% if %}" in texto


@pytest.mark.parametrize(
    ("quitar", "dice"),
    [
        ("{{ fundamento }}", "Falta el fundamento"),
        ("{{ fojas_letra }}", "Falta las fojas con letra"),
        ("{{ fojas_numero }}", "Falta las fojas con número"),
        ("{{ expediente }}", "Falta el expediente"),
        ("{{ lugar }}", "Falta el lugar"),
        ("{{ fecha_letra }}", "Falta la fecha con letra"),
        ("{{ folio }}", "Falta el folio"),
        ("{{ certificador }}", "Falta el nombre"),
        ("{{ cargo }}", "Falta su cargo"),
        ("C E R T I F I C A", "Falta la palabra CERTIFICA"),
        ("fue cotejada con", "Falta decir que la copia"),
    ],
)
def test_a_un_modelo_propio_se_le_exige_cada_parte(textos, quitar, dice):
    cuerpo = textos["original_autografo"].cuerpo.replace(quitar, "algo")
    assert any(falta.startswith(dice) for falta in faltas_del_texto(cuerpo, "original_autografo"))


def test_una_parte_obligatoria_no_puede_ir_en_un_tramo_que_se_omite(textos):
    cuerpo = textos["original_autografo"].cuerpo.replace("{{ folio }}", "[[{{ folio }}]]")
    assert faltas_del_texto(cuerpo, "original_autografo") == ["Falta el folio: escriba {{ folio }} fuera de [[ ]]."]


def test_de_una_copia_simple_no_se_dice_que_concuerda_con_su_original(textos):
    cuerpo = textos["original_autografo"].cuerpo
    assert any("copia simple" in f for f in faltas_del_texto(cuerpo, "copia_simple_en_archivo"))


@pytest.mark.parametrize(("cuerpo", "dice"), [("Hola {{ nombre", "no abre ni cierra"), ("{% load x %}", "no abre ni cierra")])
def test_una_plantilla_mal_escrita_se_dice(cuerpo, dice):
    assert dice in faltas_del_texto(cuerpo, "recorte_medio")[0]


def test_de_cada_clave_rige_el_mas_reciente_y_los_retirados_no_se_ofrecen(textos):
    base = textos["original_autografo"]
    propio = {"clave": base.clave, "nombre": "Nuevo", "tipo_soporte": base.tipo_soporte, "cuerpo": base.cuerpo}
    nuevo = TextoDeCertificacion.objects.create(**propio, vigente_desde=date(2026, 1, 1))
    TextoDeCertificacion.objects.create(**(propio | {"clave": "viejo"}), vigente_desde=date(2025, 1, 1), activo=False)
    assert textos_para("original_autografo", DIA) == [nuevo]
    assert textos_para("original_autografo", date(2025, 6, 1)) == [base]
