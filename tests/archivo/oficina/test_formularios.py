"""Escribir y corregir por la cara HTTP de la oficina, para cada tipo del registro."""

import pytest

from archivo.catalogo.puerta import Item, todos_los_tipos
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
    datos |= {f"ficha-{n}": c.choices[1][0] for n, c in tipo.ficha.base_fields.items() if c.required and hasattr(c, "choices")}
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
