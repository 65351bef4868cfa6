from io import BytesIO

import pytest

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import (
    AdjuntoNuevo,
    CambioRechazado,
    DescripcionDeAdjunto,
    Edicion,
    ItemDeLote,
    actualizar_lote,
    adjuntar,
    describir_adjunto,
    elementos_cambiados,
    fijar_acceso,
    guardar,
    puede_ver_texto,
    quitar_adjunto,
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


def _con_dos_archivos(**campos):
    item = fabricas.boletin(texto="Cuerpo", **campos)
    uno = adjuntar(item, AdjuntoNuevo(_objeto(b"%PDF-1"), "a.pdf", paginas=["a1", "a2"]), None)
    dos = adjuntar(item, AdjuntoNuevo(_objeto(b"%PDF-2"), "b.pdf", paginas=["b1"]), None)
    return item, uno, dos


def test_reordenar_los_archivos_reordena_sus_paginas():
    item, uno, _ = _con_dos_archivos()
    describir_adjunto(uno, DescripcionDeAdjunto(pie="Pie", orden=9), None)
    assert [t for _, _, t in _numeradas(item)] == ["Cuerpo", "b1", "a1", "a2"]
    assert [n for n, _, _ in _numeradas(item)] == [1, 2, 3, 4]


def test_quitar_un_archivo_de_un_borrador_conserva_el_original():
    item, uno, _ = _con_dos_archivos()
    objeto = uno.objeto
    quitar_adjunto(uno, None)
    assert _numeradas(item) == [(1, None, "Cuerpo"), (2, 1, "b1")]
    assert type(objeto).objects.filter(pk=objeto.pk).exists()
    assert sucesos_de(f"item:{item.clave}").last().clase == "item.adjunto_quitado"


def test_lo_publicado_no_pierde_archivos():
    item, uno, _ = _con_dos_archivos(estado="publicado")
    with pytest.raises(CambioRechazado, match="Restrinja el acceso"):
        quitar_adjunto(uno, None)
    assert item.adjuntos.count() == 2


def test_restringir_un_archivo_revoca():
    _, uno, _ = _con_dos_archivos(estado="publicado")
    avisos = []

    def oir(sender, ids, revoca=False, **_):
        avisos.append(revoca)

    elementos_cambiados.connect(oir)
    describir_adjunto(uno, DescripcionDeAdjunto(acceso="reservado"), None)
    describir_adjunto(uno, DescripcionDeAdjunto(), None)
    elementos_cambiados.disconnect(oir)
    uno.refresh_from_db()
    assert avisos == [True, False]
    assert uno.acceso_efectivo == "publico"


def test_cambiar_el_acceso_de_un_archivo_corresponde_a_quien_fija_el_del_documento():
    item = fabricas.elemento("audiovisual", ficha={"clase": "fotografia"}, acceso="interno")
    adjunto = adjuntar(item, AdjuntoNuevo(_objeto(), "a.jpg"), None)
    with pytest.raises(CambioRechazado, match="corresponde a"):
        describir_adjunto(adjunto, DescripcionDeAdjunto(acceso="reservado"), fabricas.persona("fotografia_video"))
    adjunto.refresh_from_db()
    assert adjunto.acceso == ""
    describir_adjunto(adjunto, DescripcionDeAdjunto(acceso="reservado"), fabricas.persona("titular"))
    with pytest.raises(CambioRechazado, match="desclasificarlo"):
        describir_adjunto(adjunto, DescripcionDeAdjunto(acceso=""), fabricas.persona("redaccion"))
    assert describir_adjunto(adjunto, DescripcionDeAdjunto(pie="Un pie", acceso="reservado"), None).pie == "Un pie"
