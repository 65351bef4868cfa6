"""E4 y E6: el recorte por la cara del servicio: qué exige cada medio, su impacto y sus notas únicas."""

import pytest

from archivo.catalogo.puerta import (
    CambioRechazado,
    RelacionNueva,
    Rotulo,
    TransicionRechazada,
    autoridades,
    impacto_de,
    relacionar,
    rotulos,
    tipo_de,
    transitar,
)
from archivo.catalogo.tipos.campos import segundos_de
from tests import fabricas

pytestmark = pytest.mark.django_db

RADIO = {"tipo_medio": "radio", "genero": "nota", "valoracion": "negativa", "programa": "Noticiero"}


def ficha(**campos):
    return tipo_de("recorte").ficha(campos)


@pytest.mark.parametrize("falta", ["hora_inicio", "duracion", "programa"])
def test_la_radio_sin_hora_o_sin_duracion_no_se_admite(falta):
    completa = RADIO | {"hora_inicio": "07:15", "duracion": "00:03:20"}
    assert ficha(**completa).is_valid()
    errores = ficha(**{c: v for c, v in completa.items() if c != falta}).errors
    assert list(errores) == [falta]


@pytest.mark.parametrize(
    ("duracion", "vale"),
    [
        ("00:03:20", True),
        ("3:20", True),
        ("23:59:59", True),
        ("00:00:00", False),
        ("24:00:00", False),
        ("3:75", False),
        ("veinte", False),
    ],
)
def test_la_duracion_es_de_mas_de_cero_y_menos_de_un_dia(duracion, vale):
    assert ficha(**RADIO, hora_inicio="07:15", duracion=duracion).is_valid() is vale


def test_la_duracion_se_guarda_con_sus_tres_partes():
    form = ficha(**RADIO, hora_inicio="7:15", duracion="3:20")
    assert form.is_valid()
    assert (form.como_json()["duracion"], form.como_json()["hora_inicio"], segundos_de("00:03:20")) == ("00:03:20", "07:15", 200)


def test_lo_digital_dice_cuando_se_capturo_y_la_medida_con_que_metodo():
    base = {"tipo_medio": "digital", "genero": "nota", "valoracion": "positiva"}
    assert list(ficha(**base).errors) == ["fecha_captura"]
    assert list(ficha(**base, fecha_captura="2026-11-20", alcance="5000").errors) == ["metodologia"]


def test_lo_digital_sin_testigo_queda_pendiente_y_con_el_no():
    item = fabricas.elemento("recorte", ficha={"tipo_medio": "digital"})
    assert {"testigo", "medio"} <= set(item.pendientes)


def test_se_incorpora_sin_que_otra_persona_lo_autorice_si_esta_completo():
    monitorista = fabricas.persona("monitoreo")
    item = fabricas.elemento("recorte", actor=monitorista, ficha=RADIO, acceso="restringido_derechos")
    with pytest.raises(TransicionRechazada, match="Falta el medio"):
        transitar(item, "incorporar", monitorista)
    item.medio = autoridades.proponer("medio", "Radio Ventana")
    item.save()
    with pytest.raises(TransicionRechazada, match="Hora en que empieza"):
        transitar(item, "incorporar", monitorista)
    item.ficha = RADIO | {"hora_inicio": "07:15", "duracion": "00:03:20"}
    item.save()
    assert transitar(item, "incorporar", monitorista).estado == "publicado"


def test_un_boletin_no_se_incorpora_sin_autorizar():
    redactora = fabricas.persona("redaccion")
    with pytest.raises(TransicionRechazada, match="lo autoriza otra persona"):
        transitar(fabricas.boletin(actor=redactora), "incorporar", redactora)


def test_el_impacto_de_un_boletin_cuenta_notas_y_notas_unicas():
    boletin = fabricas.publico(titulo="Arranca jornada de salud")
    notas = [
        fabricas.elemento("recorte", ficha={"valoracion": v})
        for v in ("positiva", "positiva", "negativa", "informativa", "informativa")
    ]
    for nota in notas:
        relacionar(nota, RelacionNueva(boletin, "cobertura_de"), None)
    for nota in notas[1:3]:
        relacionar(nota, RelacionNueva(notas[0], "nota_madre"), None)
    impacto = impacto_de(notas)
    assert (impacto.impactos, impacto.notas_unicas) == (5, 3)
    assert sum(impacto.valoraciones.values()) == 5


def test_una_relacion_solo_une_los_tipos_que_dice():
    boletin, nota = fabricas.publico(), fabricas.elemento("recorte")
    with pytest.raises(CambioRechazado, match="no une"):
        relacionar(boletin, RelacionNueva(nota, "cobertura_de"), None)
    with pytest.raises(CambioRechazado, match="No existe la relación"):
        relacionar(boletin, RelacionNueva(nota, "inventada"), None)


def test_la_oficina_llama_a_la_valoracion_como_quiera():
    Rotulo.objects.create(lista="valoracion", clave="informativa", nombre="Neutral")
    assert ("informativa", "Neutral") in rotulos("valoracion")
    assert ("informativa", "Neutral") in ficha().fields["valoracion"].choices
