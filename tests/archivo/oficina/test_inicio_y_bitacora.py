"""La mesa de trabajo, el menú, los catálogos, la bitácora y las traducciones."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings

from archivo.auditoria.puerta import Suceso, sellar
from archivo.catalogo.puerta import Edicion, Item, Tema, elementos_cambiados, guardar
from archivo.identidad.puerta import Area
from archivo.oficina.direcciones import direccion

pytestmark = pytest.mark.django_db


def test_la_mesa_dice_que_espera_a_cada_quien(entrar, redactora, titular, boletin):
    de_ella = entrar(redactora).get("/admin/").content.decode()
    assert "Borradores (1)" in de_ella and boletin.titulo in de_ella and "Escribir boletín" in de_ella
    Item.objects.filter(pk=boletin.pk).update(estado="en_revision")
    de_titular = entrar(titular).get("/admin/").content.decode()
    assert "Esperan su autorización" in de_titular and boletin.titulo in de_titular


def test_la_mesa_de_otra_area_no_lo_nombra(entrar, persona, boletin):
    Item.objects.filter(pk=boletin.pk).update(estado="en_revision")
    assert boletin.titulo not in entrar(persona("otra", "titular", area="OBR")).get("/admin/").content.decode()


def test_el_menu_no_trae_lo_que_no_se_usa(entrar, titular, persona):
    pagina = entrar(titular).get("/admin/").content.decode()
    for sobra in ("Imágenes", "/admin/documents/", "Informes", "Wagtail</title>"):
        assert sobra not in pagina, sobra
    assert "Bitácora" not in pagina and "Boletines" in pagina
    assert "oficina_bitacora" not in pagina
    assert "/admin/bitacora/" in entrar(persona("auditora", "auditoria")).get("/admin/").content.decode()


def test_la_bitacora_es_de_quien_audita_o_administra(entrar, persona, redactora, titular, boletin):
    for usuario, esperado in (
        (redactora, 404),
        (titular, 404),
        (persona("a", "auditoria"), 200),
        (persona("b", "administracion"), 200),
    ):
        assert entrar(usuario).get("/admin/bitacora/").status_code == esperado


def test_la_bitacora_filtra_y_dice_hasta_donde_esta_sellada(entrar, persona, boletin):
    cliente = entrar(persona("auditora", "auditoria"))
    assert "Todavía no se sella" in cliente.get("/admin/bitacora/").content.decode()
    sellar()
    ultimo = Suceso.objects.latest("id").pk
    pagina = cliente.get("/admin/bitacora/", {"objeto": boletin.clave, "clase": "item.creado"})
    assert pagina.context["sellado"] == ultimo and f"Sellado hasta el suceso {ultimo}" in pagina.content.decode().replace(",", "")
    assert [s.clase for s, _, _ in pagina.context["sucesos"]] == ["item.creado"]
    for raro in ({"antes": "x"}, {"antes": "9" * 30}, {"objeto": "\x01'"}, {"clase": "%"}):
        assert cliente.get("/admin/bitacora/", raro).status_code == 200


def test_la_bitacora_no_muestra_el_contenido_a_quien_administra(entrar, persona, boletin):
    pagina = entrar(persona("admin", "administracion")).get("/admin/bitacora/").content.decode()
    assert f"item:{boletin.clave}" in pagina and boletin.titulo not in pagina


def test_los_catalogos_los_cambia_administracion_y_queda_constancia(entrar, persona, redactora, areas):
    assert entrar(redactora).get("/admin/area/").status_code == 302
    admin = persona("admin", "administracion")
    cliente = entrar(admin)
    assert cliente.get("/admin/area/").status_code == 200
    datos = {"clave": "PAR", "nombre": "Parques", "padre": areas["CCS"].pk}
    assert cliente.post("/admin/area/new/", datos).status_code == 302
    assert Area.objects.get(clave="PAR").padre == areas["CCS"]
    suceso = Suceso.objects.get(clase="area.creada")
    assert (suceso.objeto, suceso.actor) == ("area:PAR", admin)


@pytest.mark.parametrize(
    ("ruta", "datos"),
    [
        ("area", {"clave": "CCS"}),
        ("seriedenumeracion", {"clave": "boletin", "plantilla_folio": "{numero}"}),
        ("tema", {"estado": "vigente"}),
    ],
)
def test_cambiar_un_nombre_pone_en_cola_a_los_que_lo_llevan(entrar, persona, boletin, redactora, ruta, datos):
    guardar(boletin, Edicion(actor=redactora, temas=["Salud"]))
    termino = {"area": boletin.area, "seriedenumeracion": boletin.serie, "tema": Tema.objects.get()}[ruta]
    avisados = []

    def oir(sender, ids, **_):
        avisados.extend(ids)

    elementos_cambiados.connect(oir)
    respuesta = entrar(persona("admin", "administracion")).post(
        f"/admin/{ruta}/edit/{termino.pk}/", datos | {"nombre": "Otro nombre"}
    )
    elementos_cambiados.disconnect(oir)
    termino.refresh_from_db()
    assert (respuesta.status_code, termino.nombre, avisados) == (302, "Otro nombre", [boletin.pk])


def test_la_lista_se_ve_en_castellano(entrar, titular, boletin):
    pagina = entrar(titular).get(direccion(type(boletin), "list")).content.decode()
    for frase in ("Search…", "Keyboard shortcuts", "Show filters"):
        assert frase not in pagina, frase


@pytest.mark.parametrize("po", sorted(Path(settings.RAIZ).glob("locale/*/LC_MESSAGES/*.po")), ids=lambda p: p.parts[-3])
def test_los_mo_corresponden_a_sus_po(po):
    """Se compilan con `pybabel compile -d locale -D django`."""
    with po.open("rb") as fuente, po.with_suffix(".mo").open("rb") as compilado:
        frases, compiladas = (
            {m.id: m.string for m in lector(f) if m.id} for lector, f in ((read_po, fuente), (read_mo, compilado))
        )
    assert frases == compiladas


def test_el_embargo_que_espera_dice_su_anio(entrar, titular, boletin):
    Item.objects.filter(pk=boletin.pk).update(estado="programado", embargo_hasta=datetime(2035, 1, 6, 15, tzinfo=UTC))
    assert "Vence el 6 de enero de 2035, 09:00" in entrar(titular).get("/admin/").content.decode()


def test_quien_lo_escribio_sabe_por_que_no_lo_autoriza(entrar, titular, boletin):
    Item.objects.filter(pk=boletin.pk).update(estado="en_revision")
    edicion = direccion(type(boletin), "edit", boletin.pk)
    razon = "Como usted lo escribió, lo autoriza otra persona"
    assert razon not in entrar(titular).get(edicion).content.decode()
    Item.objects.filter(pk=boletin.pk).update(creado_por=titular)
    assert razon in entrar(titular).get(edicion).content.decode()


def test_la_mesa_no_ofrece_autorizar_lo_propio(entrar, titular, boletin):
    Item.objects.filter(pk=boletin.pk).update(estado="en_revision", creado_por=titular)
    assert "Esperan su autorización" not in entrar(titular).get("/admin/").content.decode()


def test_una_direccion_que_no_existe_se_dice_en_espanol(entrar, titular):
    respuesta = entrar(titular).get("/admin/elementos/boletin/edit/999999/")
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 404 and "No existe esta página" in pagina and "Ir a la mesa de trabajo" in pagina


def test_los_atajos_se_abren_y_nombran_los_de_catalogar(entrar, redactora):
    pagina = entrar(redactora).get("/admin/").content.decode()
    assert re.search(r'data-w-kbd-key-value\W+"?\?', pagina)
    assert "Guardar y pasar al siguiente" in pagina and "Guardar los cambios" in pagina


def test_los_catalogos_dicen_si_y_no(entrar, persona, areas):
    pagina = entrar(persona("administra", "administracion")).get("/admin/area/").content.decode()
    assert re.search(r">\s*No\s*<", pagina) and not re.search(r">\s*(True|False)\s*<", pagina)
