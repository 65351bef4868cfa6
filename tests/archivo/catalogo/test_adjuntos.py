from io import BytesIO

import pytest

from archivo.catalogo.puerta import (
    AdjuntoNuevo,
    Edicion,
    ItemDeLote,
    actualizar_lote,
    adjuntar,
    elemento_con,
    fijar_acceso,
    guardar,
    puede_ver_texto,
)
from archivo.identidad.puerta import ANONIMO
from archivo.objetos.puerta import guardar as guardar_objeto
from tests import fabricas

pytestmark = pytest.mark.django_db


def _objeto(contenido=b"%PDF-1.4 prueba"):
    return guardar_objeto(BytesIO(contenido), mime="application/pdf", paginas=2)


def _numeradas(item):
    return [(p.n, p.n_en_archivo, p.texto) for p in item.paginas.order_by("n")]


def test_las_paginas_del_archivo_siguen_a_las_del_cuerpo():
    item = fabricas.boletin(texto="Cuerpo")
    adjuntar(item, AdjuntoNuevo(_objeto(), "a.pdf", paginas=["uno", "dos"]), None)
    assert _numeradas(item) == [(1, None, "Cuerpo"), (2, 1, "uno"), (3, 2, "dos")]


def test_si_el_cuerpo_crece_las_del_archivo_se_recorren():
    item = fabricas.boletin(texto="Cuerpo")
    adjuntar(item, AdjuntoNuevo(_objeto(), "a.pdf", paginas=["uno"]), None)
    guardar(item, Edicion(actor=None, texto="renglón\n" * 2000))
    ultima = item.paginas.order_by("n").last()
    assert ultima.texto == "uno"
    assert ultima.n == item.partes == item.paginas.count()
    guardar(item, Edicion(actor=None, texto=""))
    assert _numeradas(item) == [(1, 1, "uno")]


def test_repetir_no_duplica():
    item = fabricas.boletin()
    for _ in range(2):
        adjuntar(item, AdjuntoNuevo(_objeto(), "a.pdf", paginas=["uno"]), None)
    assert item.adjuntos.count() == item.paginas.count() == 1


def test_el_acceso_efectivo_combina_y_sigue_al_elemento():
    item = fabricas.publico()
    libre = adjuntar(item, AdjuntoNuevo(_objeto(b"%PDF-1"), "a.pdf"), None)
    cerrado = adjuntar(item, AdjuntoNuevo(_objeto(b"%PDF-2"), "b.pdf", acceso="reservado"), None)
    assert (libre.acceso_efectivo, cerrado.acceso_efectivo) == ("publico", "reservado")
    fijar_acceso(item, "interno", None)
    libre.refresh_from_db()
    cerrado.refresh_from_db()
    assert (libre.acceso_efectivo, cerrado.acceso_efectivo) == ("interno", "reservado")


def test_una_pagina_vacia_queda_sin_texto():
    item = fabricas.boletin()
    adjuntar(item, AdjuntoNuevo(_objeto(), "a.pdf", paginas=["  ", "dos"]), None)
    assert [p.lectura for p in item.paginas.all()] == ["sin_texto", "pdf"]


def test_se_encuentra_el_elemento_que_ya_tiene_el_archivo():
    item, objeto = fabricas.boletin(), _objeto()
    adjuntar(item, AdjuntoNuevo(objeto, "a.pdf"), None)
    assert elemento_con(objeto) == item
    assert elemento_con(_objeto(b"%PDF-otro")) is None


def test_actualizar_por_lote_tambien_restringe_los_archivos():
    item = fabricas.publico()
    adjunto = adjuntar(item, AdjuntoNuevo(_objeto(), "a.pdf", paginas=["uno"]), None)
    assert puede_ver_texto(ANONIMO, item, adjunto)
    item.acceso = "restringido_derechos"
    actualizar_lote([ItemDeLote(item)], None, "Otra carga")
    adjunto.refresh_from_db()
    assert adjunto.acceso_efectivo == "restringido_derechos"
    assert not puede_ver_texto(ANONIMO, item, adjunto)


def test_un_archivo_no_se_lee_mas_que_su_elemento_aunque_su_columna_lo_diga():
    item = fabricas.publico()
    adjunto = adjuntar(item, AdjuntoNuevo(_objeto(), "a.pdf", paginas=["uno"]), None)
    item.acceso_efectivo = "restringido_derechos"
    assert not puede_ver_texto(ANONIMO, item, adjunto)
