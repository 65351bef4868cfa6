"""Empezar igual que el anterior o con plantilla, guardar una sola vez y recuperar lo que no se guardó."""

import uuid

import pytest

from archivo.catalogo.puerta import Edicion, Item, guardar, tipo_de, todos_los_tipos
from archivo.oficina.copias import campos_que_se_repiten, valores_de
from archivo.oficina.models import EnvioDeCaptura, PlantillaDeCaptura
from archivo.oficina.periodicas import olvidar_envios
from archivo.oficina.vistas.empezar import CERRADOS
from tests.archivo.oficina.conftest import datos_de

pytestmark = pytest.mark.django_db
Publicacion = tipo_de("publicacion").modelo
NUEVA = "/admin/elementos/publicacion/add/"
NUNCA = {
    "titulo",
    "cuerpo",
    "numero",
    "folio",
    "clave",
    "numero_texto",
    "url",
    "id_externo",
    "resumen",
    "ficha-isbn",
    "ficha-numero",
}


@pytest.fixture
def gaceta(redactora, areas):
    """Una publicación completa, de la redactora."""
    item = Publicacion(
        titulo="Gaceta de mayo",
        area=areas["CCS"],
        autor="Redacción",
        numero_texto="45 bis",
        url="https://ejemplo.mx/45",
        resumen="Lo de mayo",
        fuente="Imprenta",
        ficha={"clase": "gaceta", "isbn": "9786073012348", "numero": "45"},
    )
    return guardar(item, Edicion(actor=redactora, cuerpo_html="<p>Texto de mayo.</p>", temas=["Salud"]))


def inicial(respuesta):
    form = respuesta.context["form"]
    return {c.name: c.value() for c in form if c.value() not in (None, "", [])}


def envio(respuesta, **cambios):
    return datos_de(respuesta.context["form"], respuesta.context["anexos"]) | {
        "envio": respuesta.context["copia_local"]["envio"],
        "titulo": "Otra gaceta",
        "ficha-clase": "gaceta",
        **cambios,
    }


def test_igual_que_el_anterior_copia_lo_que_se_repite_y_nada_mas(entrar, redactora, gaceta):
    pagina = entrar(redactora).get(NUEVA, {"igual": "anterior"})
    puesto = inicial(pagina)
    assert (puesto["autor"], puesto["fuente"], puesto["ficha-clase"]) == ("Redacción", "Imprenta", "gaceta")
    assert "Salud" in str(puesto["temas_escritos"])
    assert not NUNCA & {c for c, v in puesto.items() if v} - {"cuerpo"}
    assert "Texto de mayo" not in pagina.content.decode() and "45 bis" not in pagina.content.decode()
    assert "Se copió de «Gaceta de mayo»" in pagina.content.decode()


def test_lo_que_se_copia_se_declara(gaceta):
    assert not NUNCA & set(valores_de(gaceta))


@pytest.mark.parametrize("tipo", todos_los_tipos(), ids=lambda t: t.codigo)
def test_cada_tipo_repite_campos_suyos_y_ninguno_de_un_solo_documento(tipo):
    repetidos = set(campos_que_se_repiten(tipo))
    assert repetidos <= set(tipo.ficha.base_fields)
    assert not repetidos & {"isbn", "issn", "numero", "transcripcion", "indice", "valoracion", "numero_documento", "pagina"}


def test_otro_igual_solo_de_lo_que_se_puede_ver(entrar, persona, redactora, gaceta):
    ajena = persona("ajena", "redaccion", area="OBR")
    assert inicial(entrar(ajena).get(NUEVA, {"igual": gaceta.clave})).get("autor") is None
    assert inicial(entrar(redactora).get(NUEVA, {"igual": gaceta.clave}))["autor"] == "Redacción"
    for raro in ("x", "²", "a" * 500, "\x00"):
        assert entrar(redactora).get(NUEVA, {"igual": raro, "plantilla": raro}).status_code == 200


def test_un_area_ajena_no_se_copia(entrar, persona, redactora, gaceta):
    Item.objects.filter(pk=gaceta.pk).update(estado="publicado", acceso_efectivo="publico")
    ajena = persona("ajena", "redaccion", area="OBR")
    puesto = inicial(entrar(ajena).get(NUEVA, {"igual": gaceta.clave}))
    assert puesto["autor"] == "Redacción" and puesto["area"] != gaceta.area_id


def test_guardar_dos_veces_el_mismo_envio_crea_uno(entrar, redactora, areas):
    cliente = entrar(redactora)
    datos = envio(cliente.get(NUEVA), area=areas["CCS"].pk)
    primera, segunda = cliente.post(NUEVA, datos), cliente.post(NUEVA, datos, follow=True)
    assert primera.status_code == 302 and Publicacion.objects.count() == 1
    assert "Ya estaba guardado" in segunda.content.decode() and segunda.redirect_chain[0][0] == primera.url
    assert EnvioDeCaptura.objects.get().item_id == Publicacion.objects.get().pk
    assert cliente.cookies["of_guardado"].value == datos["envio"]


def test_atras_y_escribir_otra_cosa_pregunta_y_no_pierde(entrar, redactora, areas):
    cliente = entrar(redactora)
    datos = envio(cliente.get(NUEVA), area=areas["CCS"].pk)
    cliente.post(NUEVA, datos)
    otra = cliente.post(NUEVA, datos | {"titulo": "Una distinta"})
    cuerpo = otra.content.decode()
    assert otra.status_code == 200 and "ya se guardó como «Otra gaceta»" in cuerpo and "Una distinta" in cuerpo
    nueva = otra.context["copia_local"]["envio"]
    assert nueva != datos["envio"]
    assert cliente.post(NUEVA, datos | {"titulo": "Una distinta", "envio": nueva}).status_code == 302
    assert sorted(Publicacion.objects.values_list("titulo", flat=True)) == ["Otra gaceta", "Una distinta"]


def test_lo_que_no_se_pudo_guardar_no_gasta_la_ficha(entrar, redactora, areas):
    cliente = entrar(redactora)
    datos = envio(cliente.get(NUEVA), area=areas["CCS"].pk)
    assert cliente.post(NUEVA, datos | {"titulo": ""}).status_code == 200
    assert not EnvioDeCaptura.objects.exists()
    assert cliente.post(NUEVA, datos).status_code == 302
    for rara in ("", "x", "9" * 60, str(uuid.uuid4()) + "x"):
        assert cliente.post(NUEVA, datos | {"envio": rara}).status_code == 302


def test_la_ficha_de_otra_persona_no_dice_que_guardo(entrar, redactora, persona, areas):
    datos = envio(entrar(redactora).get(NUEVA), area=areas["CCS"].pk)
    entrar(redactora).post(NUEVA, datos)
    otra = persona("otra", "redaccion", area="CCS")
    respuesta = entrar(otra).post(NUEVA, datos)
    assert respuesta.status_code == 200 and "Ábralo de nuevo desde la lista" in respuesta.content.decode()


def test_las_fichas_viejas_se_olvidan(entrar, redactora, areas):
    cliente = entrar(redactora)
    cliente.post(NUEVA, envio(cliente.get(NUEVA), area=areas["CCS"].pk))
    olvidar_envios()
    assert EnvioDeCaptura.objects.exists()
    EnvioDeCaptura.objects.update(hecho="2020-01-01T00:00Z")
    olvidar_envios()
    assert not EnvioDeCaptura.objects.exists()


def test_recuperar_devuelve_lo_escrito_sin_guardarlo(entrar, redactora, gaceta):
    cliente = entrar(redactora)
    nuevo = cliente.post(NUEVA, envio(cliente.get(NUEVA), titulo="A medio escribir", recuperar="1"))
    assert nuevo.status_code == 200 and "A medio escribir" in nuevo.content.decode() and Publicacion.objects.count() == 1
    assert "Este campo es obligatorio" not in nuevo.content.decode()
    edicion = f"/admin/elementos/publicacion/edit/{gaceta.pk}/"
    corregido = cliente.post(edicion, envio(cliente.get(edicion), titulo="Gaceta corregida", recuperar="1"))
    assert "Gaceta corregida" in corregido.content.decode() and "Aquí está lo que no se guardó" in corregido.content.decode()
    gaceta.refresh_from_db()
    assert gaceta.titulo == "Gaceta de mayo"


def test_lo_reservado_no_se_copia_en_el_equipo(entrar, titular, gaceta):
    edicion = f"/admin/elementos/publicacion/edit/{gaceta.pk}/"
    assert 'data-cerrado="no"' in entrar(titular).get(edicion).content.decode()
    Item.objects.filter(pk=gaceta.pk).update(acceso="reservado", acceso_efectivo="reservado")
    assert 'data-cerrado="si"' in entrar(titular).get(edicion).content.decode()
    assert CERRADOS == "reservado confidencial"


def test_la_sesion_se_pregunta_sin_guardarla_en_cache(entrar, client, redactora):
    respuesta = entrar(redactora).get("/admin/sesion/")
    assert respuesta.json()["usuario"] == redactora.pk and "no-store" in respuesta["Cache-Control"]
    client.logout()
    assert client.get("/admin/sesion/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_guardar_y_otro_igual_sigue_con_lo_mismo(entrar, redactora, areas):
    cliente = entrar(redactora)
    datos = envio(cliente.get(NUEVA), area=areas["CCS"].pk, autor="Ana", guardar_y_nuevo="1")
    siguiente = cliente.post(NUEVA, datos, follow=True)
    assert inicial(siguiente)["autor"] == "Ana" and "Se copió de «Otra gaceta»" in siguiente.content.decode()


def test_una_plantilla_se_hace_se_usa_se_cambia_y_se_quita(entrar, redactora, gaceta, areas):
    cliente = entrar(redactora)
    nueva = f"/admin/plantillas/de/{gaceta.clave}/"
    assert "Autor: Redacción" in cliente.get(nueva).content.decode()
    assert cliente.post(nueva, {"nombre": "Mi gaceta", "area": "", "quedan": ["autor", "ficha-clase"]}).status_code == 302
    plantilla = PlantillaDeCaptura.objects.get()
    assert plantilla.valores == {"autor": "Redacción", "ficha-clase": "gaceta"}
    assert "Mi gaceta" in cliente.get(NUEVA).content.decode()
    puesto = inicial(cliente.get(NUEVA, {"plantilla": plantilla.pk}))
    assert puesto["autor"] == "Redacción" and "fuente" not in puesto
    repetida = cliente.post(nueva, {"nombre": "Mi gaceta", "area": "", "quedan": ["autor"]})
    assert repetida.status_code == 200 and "Ya hay una plantilla con ese nombre" in repetida.content.decode()
    cambiar = f"/admin/plantillas/{plantilla.pk}/"
    assert cliente.post(cambiar, {"nombre": "La del área", "area": areas["CCS"].pk, "quedan": ["autor"]}).status_code == 302
    plantilla.refresh_from_db()
    assert (plantilla.nombre, plantilla.area, plantilla.valores) == ("La del área", areas["CCS"], {"autor": "Redacción"})
    assert "La del área" in cliente.get("/admin/plantillas/").content.decode()
    assert cliente.post(f"{cambiar}quitar/").status_code == 302 and not PlantillaDeCaptura.objects.exists()


def test_la_plantilla_de_otra_persona_o_de_otra_area_no_existe(entrar, persona, redactora, areas):
    mia = PlantillaDeCaptura.objects.create(tipo="publicacion", nombre="Mía", usuario=redactora, valores={"autor": "x"})
    del_area = PlantillaDeCaptura.objects.create(
        tipo="publicacion", nombre="Del área", usuario=redactora, area=areas["CCS"], valores={"autor": "Área"}
    )
    colega, ajena = persona("colega", "redaccion", area="CCS"), persona("ajena", "redaccion", area="OBR")
    for quien, plantilla, codigo in ((colega, mia, 404), (colega, del_area, 200), (ajena, del_area, 404), (ajena, mia, 404)):
        assert entrar(quien).get(f"/admin/plantillas/{plantilla.pk}/").status_code == codigo
    auditora = persona("auditora", "auditoria")
    assert entrar(auditora).post(f"/admin/plantillas/{del_area.pk}/quitar/").status_code == 404
    assert inicial(entrar(colega).get(NUEVA, {"plantilla": del_area.pk}))["autor"] == "Área"
    assert "autor" not in inicial(entrar(ajena).get(NUEVA, {"plantilla": del_area.pk}))


def test_de_lo_reservado_no_se_hace_plantilla(entrar, titular, gaceta):
    Item.objects.filter(pk=gaceta.pk).update(acceso="reservado", acceso_efectivo="reservado")
    assert entrar(titular).get(f"/admin/plantillas/de/{gaceta.clave}/").status_code == 404
