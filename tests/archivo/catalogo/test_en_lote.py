"""Cambiar muchos elementos a la vez: vista previa, aplicar, repetir sin daño y deshacer."""

import pytest

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import CambioEnLote, CambioRechazado, Edicion, Item, guardar, preparar_cambio
from archivo.catalogo.servicios.en_lote import aplicar_cambio, deshacer_cambio
from tests.fabricas import boletin, persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def titular(db):
    return persona("titular")


def preparar(items, actor, puede=lambda item: True, **cambio):
    pedido = CambioEnLote(tipo="boletin", cambios=[cambio], motivo="Se ordena", actor=actor)
    return preparar_cambio(pedido, [i.pk for i in items], puede)


def test_la_vista_previa_no_toca_nada_y_dice_antes_y_despues(titular):
    item = boletin(lugar="Iztacalco")
    cambio = preparar([item], titular, campo="lugar", accion="poner", valor="Iztapalapa")
    (renglon,) = cambio.renglones.all()
    assert (renglon.antes, renglon.despues) == ({"lugar": "Iztacalco"}, {"lugar": "Iztapalapa"})
    assert Item.objects.get().lugar == "Iztacalco"


def test_aplicar_y_deshacer_dejan_constancia_y_vuelven_a_lo_mismo(titular):
    items = [boletin(lugar=f"Lugar {n}", temas=["Salud"]) for n in range(3)]
    cambio = preparar(items, titular, campo="temas", accion="agregar", valor=["Deporte"])
    assert aplicar_cambio(cambio)["aplicado"] == 3
    assert all({t.nombre for t in i.temas.all()} == {"Salud", "Deporte"} for i in Item.objects.all())
    assert sucesos_de(f"item:{items[0].clave}").last().motivo == "Se ordena"
    assert deshacer_cambio(cambio)["deshecho"] == 3
    assert all({t.nombre for t in i.temas.all()} == {"Salud"} for i in Item.objects.all())
    cambio.refresh_from_db()
    assert cambio.estado == CambioEnLote.Estado.DESHECHO


def test_aplicar_dos_veces_no_hace_nada_la_segunda(titular):
    item = boletin(lugar="A")
    cambio = preparar([item], titular, campo="lugar", accion="poner", valor="B")
    aplicar_cambio(cambio)
    version = Item.objects.get().version
    aplicar_cambio(cambio)
    assert Item.objects.get().version == version


def test_lo_que_alguien_corrigio_despues_no_se_pisa_al_aplicar_ni_al_deshacer(titular):
    uno, otro = boletin(lugar="A"), boletin(lugar="A")
    cambio = preparar([uno, otro], titular, campo="lugar", accion="poner", valor="B")
    uno.notas = "tocado antes"
    guardar(uno, Edicion(titular))
    assert aplicar_cambio(cambio) | {} == aplicar_cambio(cambio)
    otro = Item.objects.get(pk=otro.pk)
    otro.notas = "tocado después"
    guardar(otro, Edicion(titular))
    cuenta = deshacer_cambio(cambio)
    assert (cuenta["rechazado"], cuenta["se_queda"]) == (1, 1)
    assert Item.objects.get(pk=uno.pk).lugar == "A" and Item.objects.get(pk=otro.pk).lugar == "B"
    assert "corrigió después" in cambio.renglones.get(item=otro).razon


def test_lo_autorizado_solo_admite_lo_archivistico(titular):
    publicado = boletin(estado="archivado", lugar="A")
    cambio = preparar([publicado], titular, campo="lugar", accion="poner", valor="B")
    assert cambio.renglones.get().estado == "rechazado"
    cambio = preparar([publicado], titular, campo="notas", accion="agregar", valor="Revisado en 2026")
    assert aplicar_cambio(cambio)["aplicado"] == 1
    assert Item.objects.get().notas == "Revisado en 2026"


def test_sin_permiso_no_se_cambia_y_se_dice(titular):
    cambio = preparar([boletin()], titular, lambda item: False, campo="lugar", accion="poner", valor="B")
    assert "no corregirlo" in cambio.renglones.get().razon
    assert aplicar_cambio(cambio)["aplicado"] == 0


def test_un_valor_que_la_ficha_no_admite_se_rechaza_y_el_elemento_queda_intacto(titular):
    item = boletin(ficha={"vocero": "Ana"})
    cambio = preparar(
        [item], titular, campo="ficha-balazos", accion="poner", valor=["uno", "dos", "tres", "cuatro", "cinco", "seis"]
    )
    assert aplicar_cambio(cambio)["rechazado"] == 1
    assert "5 balazos como máximo" in cambio.renglones.get().razon
    assert Item.objects.get().ficha == {"vocero": "Ana"}


def test_campo_de_ficha(titular):
    item = boletin(ficha={"vocero": "Ana"})
    aplicar_cambio(preparar([item], titular, campo="ficha-vocero", accion="vaciar"))
    assert Item.objects.get().ficha == {}


def test_lo_que_ya_estaba_asi_no_cambia(titular):
    cambio = preparar([boletin(lugar="B")], titular, campo="lugar", accion="poner", valor="B")
    assert cambio.renglones.get().estado == "sin_cambio"


def test_sin_elementos_o_con_demasiados_se_rechaza(titular):
    with pytest.raises(CambioRechazado, match="No hay elementos"):
        preparar([], titular, campo="lugar", accion="poner", valor="B")
    pedido = CambioEnLote(tipo="boletin", cambios=[], actor=titular)
    with pytest.raises(CambioRechazado, match="10,000"):
        preparar_cambio(pedido, list(range(10_001)), lambda item: True)
    assert not CambioEnLote.objects.exists()


def test_cerrar_el_acceso_en_lote_revoca(titular):
    item = boletin(estado="publicado", acceso="publico")
    aplicar_cambio(preparar([item], titular, campo="acceso", accion="poner", valor="interno"))
    assert Item.objects.get().acceso_efectivo == "interno"
    assert not Item.objects.publicos().exists()
