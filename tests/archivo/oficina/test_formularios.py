"""Escribir y corregir por la cara HTTP de la oficina, para cada tipo del registro."""

from io import BytesIO

import pytest

from archivo.catalogo.puerta import (
    AdjuntoNuevo,
    Edicion,
    Item,
    RelacionNueva,
    adjuntar,
    guardar,
    relacionar,
    tipo_de,
    todos_los_tipos,
)
from archivo.objetos.puerta import guardar as guardar_objeto
from archivo.oficina.direcciones import direccion
from tests.archivo.oficina.conftest import datos_de

pytestmark = pytest.mark.django_db


def url(tipo, nombre, *args):
    return direccion(tipo.modelo, nombre, *args)


@pytest.mark.parametrize("tipo", todos_los_tipos(), ids=lambda t: t.codigo)
def test_ida_y_vuelta_de_cada_tipo(tipo, entrar, redactora, areas):
    cliente = entrar(redactora)
    pagina = cliente.get(url(tipo, "add"))
    assert pagina.status_code == 200
    datos = datos_de(pagina.context["form"], pagina.context["anexos"], titulo="Un título", fecha_escrita="1987-03")
    datos |= {f"ficha-{n}": "\n".join(v) if isinstance(v, list) else v for n, v in tipo.ficha.ejemplo.items()}
    datos["temas_escritos"] = "Salud; Obra pública; salud"
    respuesta = cliente.post(url(tipo, "add"), datos)
    assert respuesta.status_code == 302, respuesta.context["form"].errors
    item = tipo.modelo.objects.get()
    assert (item.titulo, item.tipo, item.area) == ("Un título", tipo.codigo, areas["CCS"])
    assert str(item.fecha) == "1987-03-01" and item.creado_por == redactora
    assert sorted(t.nombre for t in item.temas.all()) == ["Obra pública", "Salud"]
    pagina = cliente.get(url(tipo, "edit", item.pk))
    assert pagina.status_code == 200
    datos = datos_de(pagina.context["form"], pagina.context["anexos"])
    assert datos["fecha_escrita"] == "1987-03" and datos["temas_escritos"] == "Obra pública; Salud"
    assert cliente.post(url(tipo, "edit", item.pk), datos | {"titulo": "Otro título"}).status_code == 302
    assert Item.objects.get().titulo == "Otro título"


@pytest.mark.parametrize("tipo", todos_los_tipos(), ids=lambda t: t.codigo)
def test_lo_que_publico_un_medio_pide_su_direccion_junto_a_la_fecha(tipo, entrar, redactora):
    pagina = entrar(redactora).get(url(tipo, "add")).content.decode()
    lugares = [pagina.index(f'name="{campo}"') for campo in ("titulo", "fecha_escrita", "url", "area")]
    assert pagina.count('name="url"') == 1
    assert (lugares == sorted(lugares)) == tipo.con_medio


@pytest.fixture
def de_otra_area(areas):
    """Un boletín que la redactora no puede ver."""
    nuevo = tipo_de("boletin").modelo(titulo="Canario ajeno", area=areas["OBR"], acceso="reservado")
    return guardar(nuevo, Edicion(actor=None))


@pytest.mark.parametrize("al_derecho", [True, False])
def test_una_relacion_con_lo_que_no_se_ve_no_se_dice_ni_se_pierde(boletin, de_otra_area, entrar, redactora, al_derecho):
    origen, destino = (boletin, de_otra_area) if al_derecho else (de_otra_area, boletin)
    relacion = relacionar(origen, RelacionNueva(destino, "alcance_de"), None)
    captura = url(tipo_de("boletin"), "edit", boletin.pk)
    pagina = entrar(redactora).get(captura)
    texto = pagina.content.decode()
    assert de_otra_area.titulo not in texto and de_otra_area.clave not in texto
    datos = datos_de(pagina.context["form"], pagina.context["anexos"], titulo="Otro título")
    assert entrar(redactora).post(captura, datos).status_code == 302
    relacion.refresh_from_db()


def test_un_archivo_mas_cerrado_no_sale_en_la_captura_ni_en_la_vista_previa(boletin, entrar, redactora):
    objeto = guardar_objeto(BytesIO(b"%PDF-1.4 canario"), mime="application/pdf", paginas=1)
    adjuntar(boletin, AdjuntoNuevo(objeto, "canario.pdf", paginas=["Texto canario"], acceso="confidencial"), None)
    boletin.refresh_from_db()
    cliente = entrar(redactora)
    pagina = cliente.get(url(tipo_de("boletin"), "edit", boletin.pk))
    previa = url(tipo_de("boletin"), "preview_on_edit", boletin.pk)
    cliente.post(previa, datos_de(pagina.context["form"], pagina.context["anexos"], cuerpo=""))
    for respuesta in (pagina, cliente.get(previa)):
        assert respuesta.status_code == 200
        assert "canario" not in respuesta.content.decode()


def test_el_titulo_cabe_en_el_impreso_del_boletin(entrar, redactora, areas):
    boletin = next(t for t in todos_los_tipos() if t.se_numera)
    cliente = entrar(redactora)
    pagina = cliente.get(url(boletin, "add"))
    datos = datos_de(pagina.context["form"], pagina.context["anexos"], titulo="x" * 161, fecha_escrita="2026")
    respuesta = cliente.post(url(boletin, "add"), datos)
    assert respuesta.context["form"].errors["titulo"] == ["Acorte el título a 160 caracteres; tiene 161."]
    assert cliente.post(url(boletin, "add"), datos | {"titulo": "x" * 160}).status_code == 302
