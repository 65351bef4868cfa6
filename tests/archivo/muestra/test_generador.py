"""La muestra: siempre la misma, variada, gramatical y con todo lo que una demostración necesita."""

import io
import itertools
import re
from collections import Counter
from datetime import date

import pypdf
import pytest
from PIL import Image

from archivo.muestra.dibujos import ESCENAS, describir, dibujar
from archivo.muestra.generador import EMBARGADO, FIN_DEL_EMBARGO, PAGINAS_DEL_LIBRO, ULTIMO_DIA, generar
from archivo.muestra.gramatica import contraer, numero
from archivo.muestra.impresos import pdf_de
from archivo.muestra.modelo import ElementoDeMuestra
from archivo.muestra.vocabulario import relatos

MAL_ESCRITO = re.compile(r"[{}\[\]|]|\b[dD]e el\b|\ba el\b|  |\bNone\b")


def _por_estado(elementos: list[ElementoDeMuestra]) -> Counter[str]:
    return Counter(e.estado for e in elementos)


def test_son_tres_anios_hasta_el_ultimo_dia(elementos: list[ElementoDeMuestra]) -> None:
    assert len(elementos) >= 320
    assert {e.fecha.year for e in elementos} == {2024, 2025, 2026}
    assert max(e.fecha for e in elementos) <= ULTIMO_DIA


def test_dos_corridas_dan_lo_mismo(elementos: list[ElementoDeMuestra]) -> None:
    def senas(e: ElementoDeMuestra) -> tuple[object, ...]:
        return e.id_externo, e.fecha, e.hora, e.titulo, e.balazos, e.cuerpo_html, [f.clave for f in e.fotos], e.ficha

    assert [senas(e) for e in generar()] == [senas(e) for e in elementos]


def test_ni_titulos_ni_claves_se_repiten(elementos: list[ElementoDeMuestra]) -> None:
    assert len({e.titulo for e in elementos}) == len(elementos)
    assert len({e.id_externo for e in elementos}) == len(elementos)
    assert max(len(e.titulo) for e in elementos) <= 160
    assert all(len(b) <= 200 for e in elementos for b in e.balazos)
    assert all(len(e.balazos) <= 5 for e in elementos)


def test_las_frases_estan_completas(elementos: list[ElementoDeMuestra]) -> None:
    for elemento in elementos:
        textos = [elemento.titulo, *elemento.balazos, re.sub("<[^>]+>", " | ", elemento.cuerpo_html).replace(" | ", "\n")]
        hallazgo = next((m for t in textos if (m := MAL_ESCRITO.search(t))), None)
        assert hallazgo is None, (elemento.id_externo, hallazgo)


def test_los_numeros_siguen_el_orden_de_las_fechas(elementos: list[ElementoDeMuestra]) -> None:
    con_numero = sorted((e for e in elementos if e.numero), key=lambda e: (e.serie, e.fecha.year, e.numero))
    for (serie, anio), grupo in itertools.groupby(con_numero, key=lambda e: (e.serie, e.fecha.year)):
        todos = list(grupo)
        assert [e.numero for e in todos] == list(range(1, len(todos) + 1)), (serie, anio)
        assert [(e.fecha, e.hora) for e in todos] == sorted((e.fecha, e.hora) for e in todos)


def test_hay_de_todos_los_estados_y_accesos(elementos: list[ElementoDeMuestra]) -> None:
    estados = _por_estado(elementos)
    assert estados["cancelado"] >= 3
    assert estados["retirado"] >= 2
    assert estados["borrador"] >= 3
    assert estados["en_revision"] >= 3
    assert {"reservado", "interno", "publico"} <= {e.acceso for e in elementos}
    assert all(e.motivo for e in elementos if e.estado in {"cancelado", "retirado"})


def test_un_boletin_queda_embargado_muy_adelante(elementos: list[ElementoDeMuestra]) -> None:
    (programado,) = [e for e in elementos if e.estado == "programado"]
    assert (programado.serie, programado.fecha.year, programado.numero) == EMBARGADO
    assert programado.embargo_hasta == FIN_DEL_EMBARGO
    assert date(2030, 1, 1) < FIN_DEL_EMBARGO.date()


def test_la_fe_de_erratas_corrige_lo_que_el_boletin_dice(elementos: list[ElementoDeMuestra]) -> None:
    (fe,) = [e for e in elementos if e.relacion]
    corregido = next(e for e in elementos if e.id_externo == fe.relacion.id_externo)
    assert fe.relacion.correcciones[0].dice in corregido.balazos
    assert fe.fecha > corregido.fecha
    assert corregido.folio in fe.titulo


def test_un_documento_mide_ciento_veinte_paginas(elementos: list[ElementoDeMuestra]) -> None:
    (largo,) = [e for e in elementos if e.publicacion and e.publicacion.paginas]
    assert largo.publicacion.paginas == PAGINAS_DEL_LIBRO == 120
    assert len(pypdf.PdfReader(io.BytesIO(pdf_de(largo))).pages) == 120


def test_cada_clase_de_publicacion_tiene_su_pdf(elementos: list[ElementoDeMuestra]) -> None:
    publicaciones = {str(e.ficha["clase"]): e for e in elementos if e.publicacion and not e.publicacion.paginas}
    assert set(publicaciones) == {"gaceta", "informe", "manual", "programa", "folleto"}
    for elemento in publicaciones.values():
        lector = pypdf.PdfReader(io.BytesIO(pdf_de(elemento)))
        assert lector.metadata.title.startswith(elemento.publicacion.datos.titulo)
        assert len(lector.pages) >= 2


def test_cada_serie_se_imprime(elementos: list[ElementoDeMuestra]) -> None:
    por_serie = {e.serie: e for e in elementos if e.tipo == "boletin" and e.numero and e.estado == "publicado"}
    assert len(por_serie) == 6
    for elemento in por_serie.values():
        assert pdf_de(elemento).startswith(b"%PDF")


@pytest.mark.parametrize("escena", sorted(ESCENAS))
def test_cada_escena_se_dibuja_igual_y_pesa_poco(escena: str) -> None:
    dibujo = dibujar(escena, 7)
    dibujar.cache_clear()
    assert dibujar(escena, 7) == dibujo != dibujar(escena, 8)
    assert len(dibujo) <= 80_000
    assert Image.open(io.BytesIO(dibujo)).size == (960, 640)
    assert describir(escena).startswith(("Dibujo de ", "Dibujo del "))


def test_cada_relato_con_pies_tiene_escena_conocida() -> None:
    for relato in relatos():
        assert bool(relato.pies) == bool(relato.escena), relato.clave
        assert relato.escena in {*ESCENAS, ""}


def test_contracciones_y_numeros() -> None:
    assert contraer("de el barrio y a el mercado, de El Tejocote") == "del barrio y al mercado, de El Tejocote"
    assert [numero(n) for n in (2, 9, 10, 1240)] == ["dos", "nueve", "10", "1,240"]
