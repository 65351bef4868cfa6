"""El cambio en lote por la cara HTTP: sólo lo visible, sólo de quien lo pidió."""

from datetime import date

import pytest

from archivo.catalogo.puerta import CambioEnLote, Edicion, Item, aplicar_en_lote, guardar, tipo_de
from archivo.tareas.puerta import drenar

pytestmark = pytest.mark.django_db
LOTE = "/admin/lote/boletin/"


@pytest.fixture
def ajeno(areas):
    nuevo = tipo_de("boletin").modelo(titulo="Canario ajeno", area=areas["OBR"], acceso="reservado")
    return guardar(nuevo, Edicion(actor=None))


def test_de_principio_a_fin(boletin, ajeno, entrar, redactora):
    cliente = entrar(redactora)
    assert "Se cambiarán hasta <strong>1</strong>" in cliente.get(LOTE).content.decode()
    respuesta = cliente.post(f"{LOTE}?campo=lugar", {"accion": "poner", "valor": "Iztacalco", "motivo": "Se completa"})
    cambio = CambioEnLote.objects.get()
    assert respuesta.url == f"/admin/lotes/{cambio.pk}/"
    hoja = cliente.get(respuesta.url).content.decode()
    assert "Arranca jornada de salud" in hoja and "Canario ajeno" not in hoja and "Iztacalco" in hoja
    respuesta = cliente.post(f"/admin/lotes/{cambio.pk}/aplicar/")
    assert respuesta.status_code == 302 and respuesta["Location"] == f"/admin/lotes/{cambio.pk}/", "de ahí se deshace"
    drenar()
    assert Item.objects.get(pk=boletin.pk).lugar == "Iztacalco" and Item.objects.get(pk=ajeno.pk).lugar == ""
    hoja = cliente.get(f"/admin/lotes/{cambio.pk}/").content.decode()
    assert "Deshacer" in hoja
    cliente.post(f"/admin/lotes/{cambio.pk}/deshacer/")
    drenar()
    assert Item.objects.get(pk=boletin.pk).lugar == ""


def test_los_marcados_y_no_mas(boletin, entrar, redactora, areas):
    otro = guardar(tipo_de("boletin").modelo(titulo="Otro", area=areas["CCS"]), Edicion(actor=redactora))
    cliente = entrar(redactora)
    cliente.post(f"{LOTE}?ids={otro.pk}&campo=lugar", {"accion": "poner", "valor": "X", "motivo": "m"})
    assert [r.item_id for r in CambioEnLote.objects.get().renglones.all()] == [otro.pk]


def test_falta_el_valor(boletin, entrar, redactora):
    respuesta = entrar(redactora).post(f"{LOTE}?campo=lugar", {"accion": "poner", "valor": "", "motivo": "m"})
    assert respuesta.status_code == 422 and "Escriba el valor" in respuesta.content.decode()
    assert not CambioEnLote.objects.exists()


def test_el_cambio_de_otra_persona_no_existe_salvo_para_quien_audita(boletin, entrar, redactora, titular, persona):
    cliente = entrar(redactora)
    cliente.post(f"{LOTE}?campo=lugar", {"accion": "poner", "valor": "X", "motivo": "m"})
    pk = CambioEnLote.objects.get().pk
    assert entrar(titular).get(f"/admin/lotes/{pk}/").status_code == 404
    assert entrar(titular).post(f"/admin/lotes/{pk}/aplicar/").status_code == 404
    assert entrar(persona("auditora", "auditoria")).get(f"/admin/lotes/{pk}/").status_code == 200


@pytest.mark.parametrize("rol", ["cotejo", "auditoria"])
def test_quien_no_corrige_no_entra(rol, boletin, entrar, persona):
    assert entrar(persona("otra", rol)).get(LOTE).status_code in {403, 404}


@pytest.mark.parametrize("campo", ["temas", "area_id", "medio_id", "acceso", "soporte", "ficha-vocero"])
def test_cada_campo_muestra_su_recuadro(campo, boletin, entrar, redactora):
    respuesta = entrar(redactora).get(f"{LOTE}?campo={campo}")
    assert respuesta.status_code == 200 and 'name="valor"' in respuesta.content.decode()


def test_entre_verlo_y_aplicarlo_se_vuelve_a_preguntar_si_puede(boletin, entrar, redactora):
    cliente = entrar(redactora)
    cliente.post(f"{LOTE}?campo=lugar", {"accion": "poner", "valor": "X", "motivo": "m"})
    cambio = CambioEnLote.objects.get()
    redactora.nombramientos.update(hasta=date(2026, 1, 1))
    aplicar_en_lote.call(cambio.pk)
    renglon = cambio.renglones.get()
    assert (renglon.estado, Item.objects.get(pk=boletin.pk).lugar) == ("rechazado", "")


def test_no_se_mandan_documentos_a_un_area_ajena(boletin, entrar, redactora, areas):
    cliente = entrar(redactora)
    cliente.post(f"{LOTE}?campo=area_id", {"accion": "poner", "valor": areas["OBR"].pk, "motivo": "m"})
    renglon = CambioEnLote.objects.get().renglones.get()
    assert renglon.estado == "rechazado" and "no es de las suyas" in renglon.razon
    renglon.cambio.renglones.update(estado="pendiente")
    aplicar_en_lote.call(renglon.cambio_id)
    assert Item.objects.get(pk=boletin.pk).area == areas["CCS"]


@pytest.mark.parametrize("llave", ["²", "9" * 40, "%00", "x"])
def test_una_llave_imposible_no_marca_nada(boletin, entrar, redactora, llave):
    assert entrar(redactora).get(f"{LOTE}?ids={llave}").status_code == 200


def test_de_la_lista_se_marcan_y_sin_marcar_no_es_ninguno(boletin, entrar, redactora):
    cliente = entrar(redactora)
    hoja = cliente.get("/admin/elementos/boletin/").content.decode()
    assert f'form="of-marcados" name="ids" value="{boletin.pk}"' in hoja
    assert "Se cambiarán hasta <strong>1</strong>" in cliente.get(f"{LOTE}?marcados=1&ids={boletin.pk}").content.decode()
    assert "no marcó ninguno" in cliente.get(f"{LOTE}?marcados=1").content.decode()


def test_quien_no_corrige_no_ve_casillas(boletin, entrar, persona):
    assert "of-marcados" not in entrar(persona("audita", "auditoria")).get("/admin/elementos/boletin/").content.decode()
