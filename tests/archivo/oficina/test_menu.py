"""El menú: pocos grupos, en cada uno lo que la persona puede, y nada se pierde por no estar en la tabla."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem, admin_menu

from archivo.oficina.menu import agrupar

pytestmark = pytest.mark.django_db


def _menu(usuario) -> dict[str, list[str]]:
    peticion = RequestFactory().get(reverse("wagtailadmin_home"))
    peticion.user = usuario
    return {
        str(e.label): [str(h.label) for h in _en_orden(e.menu, peticion)] if isinstance(e, SubmenuMenuItem) else []
        for e in _en_orden(admin_menu, peticion)
    }


def _en_orden(menu, peticion):
    return sorted(menu.menu_items_for_request(peticion), key=lambda e: e.order)


def test_quien_captura_ve_pocos_grupos_con_la_bandeja_primero(persona):
    menu = _menu(persona("tramite", "archivo_tramite"))
    assert list(menu) == [
        "Bandeja",
        "Elementos",
        "Expedientes y cuadro",
        "Copias certificadas",
        "Ingresos e importación",
        "Autoridades",
        "Memoria anual",
        "Mis trabajos",
        "Sus roles",
        "Atajos de teclado",
    ]
    assert "Boletines" in menu["Elementos"] and "Recortes" in menu["Elementos"]
    assert menu["Expedientes y cuadro"] == ["Expedientes", "Cuadro y catálogo"]
    assert menu["Copias certificadas"] == ["Solicitudes", "Cotejo", "Certificaciones", "Libro de certificaciones"]


def test_quien_administra_encuentra_personas_y_areas_en_gobierno_y_nada_de_contenido(persona):
    menu = _menu(persona("lucia", "administracion"))
    assert menu["Gobierno"] == [
        "Personas",
        "Áreas",
        "Series de numeración",
        "Nombres de opciones",
        "Veda electoral",
        "Institución",
        "Bitácora",
    ]
    assert not {"Elementos", "Expedientes", "Expedientes y cuadro", "Catálogos"} & set(menu)


def test_un_grupo_de_una_sola_entrada_es_esa_entrada(persona):
    menu = _menu(persona("audita", "auditoria"))
    assert "Gobierno" not in menu and menu["Bitácora"] == []


def test_la_entrada_de_un_modulo_nuevo_se_queda_a_la_vista(rf):
    nueva, bandeja = MenuItem("Préstamos", "/p/", name="prestamos", order=55), MenuItem("Bandeja", "/b/", name="bandeja")
    catalogos = SubmenuMenuItem("Catálogos", Menu(items=[MenuItem("Lo mío", "/x/", name="mio")]), name="catalogos")
    assert [e.name for e in agrupar(rf.get("/"), [nueva, bandeja, catalogos])] == ["prestamos", "bandeja", "mio"]
    assert bandeja.order < nueva.order


def test_la_portada_de_quien_no_tiene_pendientes_dice_a_donde_ir(entrar, persona):
    pagina = entrar(persona("lucia", "administracion")).get("/admin/").content.decode()
    indice = pagina[pagina.index('class="of-indice"') :]
    assert "Gobierno" in indice and 'href="/admin/personas/"' in indice and 'href="/admin/area/"' in indice
    assert "/admin/elementos/" not in indice and "Atajos" not in indice
