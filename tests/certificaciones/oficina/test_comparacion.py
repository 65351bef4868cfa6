"""Lo que se pone sobre la mesa de un cotejo: fojas por ambos lados, páginas sueltas y textos sin archivo."""

import pytest

from certificaciones.actos.puerta import DatosDelActo, DocumentoPedido, iniciar_cotejo, mandar_a_cotejo, pedidos_de, preparar
from certificaciones.oficina import comparacion
from certificaciones.oficina.mesa_de_cotejo import Mesa
from tests import fabricas
from tests.certificaciones.actos.mundo import oficina

PAGADO = {"pago_acreditado": True, "derechos": "exento, uso interno"}


@pytest.fixture
def casa(db):
    return oficina()


def en_cotejo(casa, *pedidos, modo="foja"):
    acto = mandar_a_cotejo(preparar(list(pedidos), DatosDelActo(**PAGADO), casa.tramite), casa.tramite)
    return acto, iniciar_cotejo(acto, casa.cotejadora, modo)


def test_de_paginas_sueltas_cada_foja_muestra_la_suya(casa):
    item = casa.documento(9)
    acto, _ = en_cotejo(casa, DocumentoPedido(item, item.adjuntos.first(), (2, 5, 9)))
    documento = acto.documentos.get()
    originales = [comparacion.caras_de(acto, documento, n)[0].del_original for n in (1, 2, 3)]
    assert originales == [2, 5, 9]


def test_por_ambos_lados_una_foja_son_dos_caras(casa):
    item = casa.documento(3)
    acto, _ = en_cotejo(casa, DocumentoPedido(item, item.adjuntos.first(), None, "ambos"))
    documento = acto.documentos.get()
    assert acto.fojas == 2
    assert [c.del_original for c in comparacion.caras_de(acto, documento, 1)] == [1, 2]
    assert comparacion.caras_de(acto, documento, 2)[0].del_original == 3


def test_un_texto_sin_archivo_se_compara_palabra_por_palabra(casa):
    cuerpo = "La rehabilitación del pozo 14 terminó y el agua vuelve por etapas a la colonia Doctores.\n\n" * 30
    item = fabricas.publico(area=casa.area, texto=cuerpo, titulo="El agua vuelve")
    casa.integrar(item)
    acto, cotejo = en_cotejo(casa, *pedidos_de(item))
    mesa = Mesa(acto, cotejo, 1)
    [cara, *_] = mesa.caras(con_diferencias=True)
    assert (cara.diferencias.hay, cara.diferencias.aviso) == (False, "")
    assert "pozo 14" in mesa.texto_original


def test_si_al_texto_copiado_le_faltan_palabras_se_dicen(casa, monkeypatch):
    item = fabricas.publico(area=casa.area, texto="El agua vuelve.", titulo="El agua vuelve")
    casa.integrar(item)
    acto, cotejo = en_cotejo(casa, *pedidos_de(item))
    monkeypatch.setattr(comparacion, "texto_de", lambda item: "El agua vuelve mañana temprano")
    [cara, *_] = Mesa(acto, cotejo, 1).caras(con_diferencias=True)
    assert cara.diferencias.palabras == ["mañana", "temprano"]


def test_la_mesa_va_a_la_primera_sin_ver_y_da_la_vuelta(casa):
    item = casa.documento(3)
    acto, cotejo = en_cotejo(casa, DocumentoPedido(item, item.adjuntos.first()))
    cotejo.marcas.create(foja=2, documento=acto.documentos.get())
    assert Mesa(acto, cotejo, 0).foja == 1
    assert [Mesa(acto, cotejo, n).siguiente() for n in (1, 2, 3)] == [3, 3, 1]
    assert Mesa(acto, cotejo, 0).cuenta == {"faltan": 2, "difieren": 0, "concuerdan": 1}


def test_por_documento_la_tira_son_los_documentos(casa):
    uno, otro = casa.documento(2), casa.documento(3)
    pedidos = [DocumentoPedido(i, i.adjuntos.first()) for i in (uno, otro)]
    acto, cotejo = en_cotejo(casa, *pedidos, modo="documento")
    mesa = Mesa(acto, cotejo, 4)
    assert [(lugar.numero, lugar.actual) for lugar in mesa.tira()] == [(1, False), (3, True)]
    assert mesa.lugar() == (None, acto.documentos.last().pk)
