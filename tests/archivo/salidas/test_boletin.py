"""El boletín impreso dice exactamente lo que se le dio, y es accesible y de archivo."""

import io
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivo.salidas import (
    Contacto,
    Correccion,
    DatosDeBoletin,
    FaltaTextoAlternativo,
    Foto,
    Institucion,
    Relacion,
    boletin_pdf,
    limpiar,
    marcar_diferencias,
)

from .conftest import FECHA, apretado, texto_de

HOSTILES = [
    "#panic(1) #set page(width: 1pt)",
    "*negrita* _cursiva_ `raw` $a^2 + b$",
    "<etiqueta> @referencia // nota /* otra */ \\ ] [",
    "= Título falso - lista + enumeración",
    "Tlāltenco, Xōchimīlco, ñandú, «comillas», 3 ≥ 2 → fin",
    "socio-económico 15-ene-2026 y/o —así— COVID-19",
    "https://ejemplo.mx/una/direccion/muy/larga/que-no-cabe-en-un-renglon-de-la-columna-angosta?x=1&y=2",
    "palabrasinespaciosquellegahastamasalladelmargenderechodelahojaynoterminanunca" * 2,
]


def _impreso(datos: DatosDeBoletin) -> str:
    return apretado(texto_de(boletin_pdf(datos, FECHA)))


def test_lo_que_se_lee_es_lo_que_entro(boletin: DatosDeBoletin) -> None:
    leido = _impreso(boletin)
    for parte in ("Iztacalco, CDMX, 24 de noviembre de 2026.—", boletin.titulo, boletin.folio, *boletin.balazos):
        assert apretado(parte) in leido
    for bloque in boletin.cuerpo:
        assert apretado(bloque["texto"]) in leido
    assert apretado("Página 1 de 1") in leido
    assert apretado("no es una copia certificada") in leido


@pytest.mark.parametrize("cadena", HOSTILES)
def test_una_cadena_hostil_se_imprime_literal(boletin: DatosDeBoletin, cadena: str) -> None:
    parrafos = [{"tipo": "parrafo", "texto": "Entrada."}, {"tipo": "parrafo", "texto": f"Antes. {cadena} Después."}]
    datos = replace(boletin, titulo=cadena[:160], balazos=[cadena], cuerpo=parrafos, emite=cadena, enlace="")
    leido = _impreso(datos)
    assert apretado(f"Antes. {cadena} Después.") in leido
    assert leido.count(apretado(cadena)) >= 2


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_ningun_texto_deja_al_boletin_sin_pdf(texto: str) -> None:
    cuerpo = [{"tipo": "parrafo", "texto": [texto, {"t": texto, "negrita": True}]}]
    datos = DatosDeBoletin(Institucion("Casa"), "Boletín", f"T {texto}", FECHA, cuerpo)
    assert boletin_pdf(datos, FECHA, avisar=lambda cambio: None).startswith(b"%PDF")


def test_un_signo_sin_letra_se_nombra_y_se_avisa(boletin: DatosDeBoletin) -> None:
    avisos = []
    datos = replace(boletin, titulo="Feria \U0001f642 de la nieve 中", balazos=["uno\x07dos"])
    leido = texto_de(boletin_pdf(datos, FECHA, avisos.append))
    assert "[slightly smiling face]" in leido
    assert "unodos" in leido
    assert {cambio.signo for cambio in avisos} == {"\U0001f642", "中", "\x07"}


def test_las_mismas_entradas_dan_los_mismos_bytes(boletin: DatosDeBoletin, foto: Foto) -> None:
    datos = replace(boletin, fotografias=[foto, foto, foto])
    assert boletin_pdf(datos, FECHA) == boletin_pdf(datos, FECHA)
    assert boletin_pdf(datos, FECHA) != boletin_pdf(datos, date(2026, 11, 25))


def test_el_pdf_es_de_archivo_y_accesible(boletin: DatosDeBoletin, foto: Foto) -> None:
    lector = pypdf.PdfReader(io.BytesIO(boletin_pdf(replace(boletin, fotografias=[foto]), FECHA)))
    catalogo = lector.trailer["/Root"]
    metadatos = catalogo["/Metadata"].get_data().decode()
    assert catalogo["/MarkInfo"]["/Marked"]
    assert catalogo["/Lang"] == "es-MX"
    assert "/StructTreeRoot" in catalogo
    assert "<pdfaid:part>3</pdfaid:part>" in metadatos
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadatos
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadatos
    assert lector.metadata.title == "Boletín de prensa No. 123/2026. Arranca la jornada de salud en quince colonias"
    assert lector.metadata.creation_date.date() == FECHA


def test_sin_descripcion_de_la_foto_no_hay_pdf(boletin: DatosDeBoletin, foto: Foto) -> None:
    with pytest.raises(FaltaTextoAlternativo, match="El kiosco de la plaza"):
        boletin_pdf(replace(boletin, fotografias=[replace(foto, alt="  ")]), FECHA)


def test_cada_fotografia_lleva_pie_y_credito(boletin: DatosDeBoletin, foto: Foto) -> None:
    fotos = [replace(foto, pie=f"Pie número {n}.") for n in range(3)]
    leido = _impreso(replace(boletin, fotografias=fotos))
    for una in fotos:
        assert apretado(f"{una.pie} Foto: Coordinación · AE-FOT-1") in leido


def test_el_embargo_se_lee_en_cada_pagina(boletin: DatosDeBoletin) -> None:
    cuerpo = [{"tipo": "parrafo", "texto": "Un párrafo que ocupa su lugar en la hoja. " * 12}] * 12
    datos = replace(boletin, cuerpo=cuerpo, embargo_hasta=datetime(2026, 11, 24, 7, 0))
    pdf = boletin_pdf(datos, FECHA)
    paginas = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(paginas) > 1
    assert all("7:00 HORAS DEL MARTES 24 DE NOVIEMBRE" in " ".join(p.upper().split()) for p in paginas)


def test_la_fe_de_erratas_dice_y_debe_decir(boletin: DatosDeBoletin) -> None:
    correccion = Correccion("Párrafo cuarto", "Participan 164 profesionales", "Participan 146 profesionales")
    relacion = Relacion("No. 122/2026", date(2026, 11, 20), "Título corregido", [correccion])
    leido = _impreso(replace(boletin, serie="Fe de erratas", folio="FE-04/2026", relacion=relacion))
    for parte in ("Corrige al boletín No. 122/2026, del 20 de noviembre", "«Título corregido»", "Dice", "Debe decir"):
        assert apretado(parte) in leido
    assert apretado("Participan 164 profesionales") in leido
    assert apretado("Participan 146 profesionales") in leido


def test_marcar_diferencias_senala_solo_lo_que_cambia() -> None:
    dice, debe = marcar_diferencias("mujeres de 40 a 69 años", "mujeres de 50 a 69 años; en dos sedes")
    assert dice == ["mujeres de ", {"t": "40", "negrita": True}, " a 69 años"]
    assert debe[1] == {"t": "50", "negrita": True}
    assert debe[-1] == {"t": "; en dos sedes", "negrita": True}


def test_el_contacto_y_la_marca_aparecen(boletin: DatosDeBoletin) -> None:
    contacto = Contacto("Jefatura de Información", "Guardia", "55 0000 0142", "prensa@ejemplo.mx", "todo el día")
    leido = _impreso(replace(boletin, contacto=contacto, marca="BORRADOR"))
    for parte in ("Jefatura de Información", "55 0000 0142", "prensa@ejemplo.mx", "BORRADOR"):
        assert apretado(parte) in leido


def test_limpiar_conserva_lo_que_se_lee_igual() -> None:
    limpio, cambios = limpiar({"a": ["n\u0303", "\ufb01n", "\x93hola\x94", "a\tb", "―"], "b": 3})
    assert limpio == {"a": ["ñ", "ﬁn" if "ﬁ" in limpio["a"][1] else "fin", "“hola”", "a b", "—"], "b": 3}
    assert cambios == ()
