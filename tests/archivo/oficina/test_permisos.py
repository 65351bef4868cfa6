"""Quién entra a qué: lo que no se maneja o no se puede ver es 404."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Edicion, Item, fijar_acceso, guardar, tipo_de, todos_los_tipos
from archivo.identidad.puerta import Nombramiento, Usuario
from archivo.oficina.direcciones import direccion
from archivo.oficina.viewsets import pantallas_de_los_tipos

pytestmark = pytest.mark.django_db
Boletin, Publicacion = tipo_de("boletin").modelo, tipo_de("publicacion").modelo
DE_ELEMENTO = ("edit", "inspect", "history", "preview_on_edit")


def estados(cliente, modelo, pk):
    return {nombre: cliente.get(direccion(modelo, nombre, pk)).status_code for nombre in DE_ELEMENTO}


def test_la_redactora_maneja_los_de_su_area(entrar, redactora, boletin):
    cliente = entrar(redactora)
    assert cliente.get(direccion(Boletin, "list")).status_code == 200
    vistos = estados(cliente, Boletin, boletin.pk)
    assert (vistos["edit"], vistos["inspect"], vistos["history"]) == (200, 200, 200)


def test_de_otra_area_los_borradores_son_404(entrar, persona, boletin):
    cliente = entrar(persona("ajena", "redaccion", area="OBR"))
    assert set(estados(cliente, Boletin, boletin.pk).values()) == {404}
    assert cliente.post(direccion(Boletin, "edit", boletin.pk), {"titulo": "Mío"}).status_code == 404
    assert cliente.post(direccion(Boletin, "paso", boletin.pk, "enviar_a_revision")).status_code == 404
    assert cliente.post(direccion(Boletin, "lock", boletin.pk)).status_code == 404
    assert boletin.titulo not in cliente.get(direccion(Boletin, "list")).content.decode()
    boletin.refresh_from_db()
    assert (boletin.titulo, boletin.estado, boletin.locked) == ("Arranca jornada de salud", "borrador", False)


def test_de_otra_area_lo_publicado_se_consulta_y_no_se_corrige(entrar, persona, boletin):
    Item.objects.filter(pk=boletin.pk).update(estado="publicado")
    cliente = entrar(persona("ajena", "redaccion", area="OBR"))
    vistos = estados(cliente, Boletin, boletin.pk)
    assert (vistos["edit"], vistos["inspect"], vistos["history"]) == (404, 200, 200)
    assert direccion(Boletin, "inspect", boletin.pk) in cliente.get(direccion(Boletin, "list")).content.decode()


def test_la_direccion_de_otro_tipo_no_abre_el_elemento(entrar, titular, boletin):
    cliente = entrar(titular)
    assert set(estados(cliente, Publicacion, boletin.pk).values()) == {404}
    assert cliente.post(direccion(Publicacion, "edit", boletin.pk), {"titulo": "x"}).status_code == 404
    boletin.refresh_from_db()
    assert boletin.tipo == "boletin"


@pytest.fixture
def solo_boletines(areas):
    """Alguien con permiso sobre un solo tipo, por su cuenta y no por su rol."""
    usuario = Usuario.objects.create_user("externa", password="clave de prueba")
    Nombramiento.objects.create(usuario=usuario, rol="monitoreo")
    suyo = ContentType.objects.get_for_model(Boletin, for_concrete_model=False)
    entrar_ahi = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    usuario.user_permissions.add(entrar_ahi, *Permission.objects.filter(content_type=suyo))
    return usuario


def test_con_permiso_de_un_tipo_los_otros_se_consultan_y_no_se_escriben(entrar, solo_boletines, boletin, areas):
    otro = guardar(Publicacion(titulo="Gaceta", area=areas["CCS"]), Edicion(actor=None))
    cliente = entrar(solo_boletines)
    assert cliente.get(direccion(Boletin, "list")).status_code == 200
    for nombre in ("add", "preview_on_add"):
        assert cliente.get(direccion(Publicacion, nombre)).status_code == 404, nombre
    vistos = estados(cliente, Publicacion, otro.pk)
    assert (vistos["edit"], vistos["preview_on_edit"], vistos["inspect"]) == (404, 404, 200)
    assert cliente.get(direccion(Boletin, "inspect", boletin.pk)).status_code == 200
    assert cliente.get(direccion(Boletin, "edit", boletin.pk)).status_code == 404


def test_auditoria_consulta_y_no_escribe(entrar, persona, boletin):
    cliente = entrar(persona("auditora", "auditoria"))
    vistos = estados(cliente, Boletin, boletin.pk)
    assert (vistos["edit"], vistos["inspect"], vistos["history"]) == (404, 200, 200)
    assert cliente.get(direccion(Boletin, "add")).status_code == 404


def test_administracion_no_lee_contenido(entrar, persona, boletin):
    cliente = entrar(persona("admin", "administracion"))
    assert cliente.get(direccion(Boletin, "list")).status_code == 404
    assert set(estados(cliente, Boletin, boletin.pk).values()) == {404}


def test_quien_no_tiene_rol_vigente_no_entra(entrar, persona, boletin):
    usuario = persona("pasada", "titular")
    Nombramiento.objects.filter(usuario=usuario).update(hasta="2020-01-01")
    assert entrar(usuario).get(direccion(Boletin, "list")).status_code == 302


def test_nadie_borra_ni_con_la_cuenta_maestra(entrar, boletin, django_user_model):
    maestra = django_user_model.objects.create_superuser("maestra", password="clave de prueba")
    cliente = entrar(maestra)
    Item.objects.filter(pk=boletin.pk).update(estado="publicado", acceso_efectivo="publico")
    base = direccion(Boletin, "list")
    for sobra in ("delete", "usage", "copy"):
        assert cliente.post(f"{base}{sobra}/{boletin.pk}/").status_code == 404
    cliente.post(f"/admin/bulk/catalogo/boletin/delete/?id={boletin.pk}", {"id": boletin.pk})
    assert Item.objects.filter(pk=boletin.pk).exists()
    assert cliente.get("/admin/snippets/choose/catalogo/boletin/").status_code == 404


def test_lo_reservado_deja_constancia_de_cada_mirada(entrar, titular, boletin):
    fijar_acceso(boletin, "reservado", titular, "Prueba de daño")
    cliente = entrar(titular)
    for nombre in ("edit", "inspect", "history"):
        assert cliente.get(direccion(Boletin, nombre, boletin.pk)).status_code == 200
    superficies = Suceso.objects.filter(clase="item.consultado").values_list("detalle__superficie", flat=True)
    assert set(superficies) == {"oficina: corregir", "oficina: consultar", "oficina: historia"}


def test_los_permisos_de_cada_tipo_son_los_de_su_proxy():
    for pantalla, tipo in zip(pantallas_de_los_tipos(), todos_los_tipos(), strict=True):
        nombre = tipo.modelo._meta.model_name
        codigos = {p.codename for p in pantalla.get_permissions_to_register()}
        assert codigos == {f"add_{nombre}", f"change_{nombre}", f"view_{nombre}"}
        assert pantalla.add_to_reference_index is False


def test_un_dato_hostil_en_la_direccion_no_rompe(entrar, titular, boletin):
    cliente = entrar(titular)
    base = direccion(Boletin, "list")
    for cola in (
        "?antes=abc",
        "?despues=99999999999999999999",
        "?anio=x&estado=nada&area=zz",
        "?q=%00",
        "?q=" + "a" * 3000,
        "?anio=99999",
        "?q=%22",
    ):
        assert cliente.get(base + cola).status_code == 200, cola
    assert cliente.get(f"{base}history/{boletin.pk}/revisions/compare/99999...latest/").status_code == 404
    assert cliente.get(f"{direccion(Boletin, 'edit', boletin.pk)}?lista=%00%26estado=x").status_code == 200


@pytest.mark.parametrize("cola", ["bulk/catalogo/boletin/delete/?id={pk}", "bulk/catalogo/boletin/delete/?id=all"])
def test_las_acciones_en_lote_de_wagtail_no_dicen_titulos(entrar, persona, boletin, cola):
    cliente = entrar(persona("ajena", "redaccion", area="OBR"))
    respuesta = cliente.get("/admin/" + cola.format(pk=boletin.pk))
    assert respuesta.status_code == 404
    assert boletin.titulo not in respuesta.content.decode()


@pytest.mark.parametrize(
    "cerrada", ["api/main/pages/", "images/", "documents/chooser/", "pages/", "reports/site-history/", "snippets/"]
)
def test_lo_que_wagtail_trae_y_no_se_usa_no_existe(entrar, titular, cerrada):
    assert entrar(titular).get(f"/admin/{cerrada}").status_code == 404
