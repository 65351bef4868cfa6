"""La página pública de una autoridad: qué se dice de ella y a quién."""

import pytest

from archivo.catalogo.puerta import Autoridad, Mencion, Organismo, Persona, Tema, autoridades
from tests import fabricas

pytestmark = pytest.mark.django_db


def _nombrar(item, autoridad, papel="persona"):
    Mencion.objects.create(item=item, autoridad=autoridad, papel=papel)
    return item


def _pagina(client, autoridad):
    return client.get(f"/autoridad/{autoridad.clave}/")


def test_una_persona_solo_muestra_nombre_cargos_y_lo_que_se_puede_leer(client):
    ana = Persona.objects.create(
        nombre="Ana Ruiz",
        desde="1950",
        nota="Nació en Tlaxcala.",
        datos={"cargos": "Secretaria, 1990", "identificador": "VIAF 1"},
    )
    ana.nombres.create(nombre="Anita la del barrio", clase="variante")
    _nombrar(fabricas.publico(), ana)
    for acceso in ("interno", "restringido_derechos", "reservado"):
        _nombrar(fabricas.publico(acceso=acceso), ana)
    texto = _pagina(client, ana).content.decode()
    assert "Secretaria, 1990" in texto
    assert '<span class="num">1</span>' in texto
    for privado in ("Tlaxcala", "VIAF", "1950", "Anita"):
        assert privado not in texto


def test_quien_solo_esta_en_lo_reservado_no_existe(client):
    ana = Persona.objects.create(nombre="Ana Ruiz")
    _nombrar(fabricas.publico(acceso="reservado"), ana)
    assert _pagina(client, ana).status_code == 404
    assert client.get("/autoridad/noexiste/").status_code == 404
    assert client.get("/autoridad/000000000000/").status_code == 404


def test_un_organismo_dice_como_se_llamo_y_a_quien_sucedio(client):
    viejo, nuevo = Organismo.objects.create(nombre="Departamento"), Organismo.objects.create(nombre="Gobierno", desde="1997")
    autoridades.emparentar(autoridades.Parentesco(viejo, "antecesora", nuevo), autoridades.Cambio(None))
    autoridades.renombrar(nuevo, "Jefatura", "2018", autoridades.Cambio(None))
    texto = _pagina(client, nuevo).content.decode()
    for dicho in ("Jefatura", "Se llamó", "Gobierno", "(1997 a 2018)", "Sucedió a", f"/autoridad/{viejo.clave}/"):
        assert dicho in texto


def test_una_por_verificar_sin_documentos_no_se_publica(client):
    assert _pagina(client, Organismo.objects.create(nombre="Dudosa", por_verificar=True)).status_code == 404


def test_una_fundida_lleva_a_la_vigente(client):
    mala, buena = Organismo.objects.create(nombre="IMSS"), Organismo.objects.create(nombre="Instituto del Seguro Social")
    autoridades.fundir(mala, buena, autoridades.Cambio(None))
    respuesta = _pagina(client, mala)
    assert (respuesta.status_code, respuesta["Location"]) == (302, f"/autoridad/{buena.clave}/")


def test_la_pagina_del_documento_enlaza_a_quienes_nombra(client):
    ana = Persona.objects.create(nombre="Ana Ruiz")
    item = _nombrar(fabricas.publico(), ana)
    assert f"/autoridad/{ana.clave}/" in client.get(item.get_absolute_url()).content.decode()
    cerrado = _nombrar(fabricas.publico(acceso="restringido_derechos"), ana)
    assert "Ana Ruiz" not in client.get(cerrado.get_absolute_url()).content.decode()


def test_la_direccion_de_un_tema_lleva_a_sus_documentos(client):
    nuevo = Tema.objects.create(nombre="Residuos sólidos")
    viejo = Tema.objects.create(nombre="Basura", estado="en_desuso", reemplazado_por=nuevo)
    assert client.get(f"/vocabulario/{viejo.pk}")["Location"] == "/buscar/?tema=Residuos+s%C3%B3lidos"
    dudoso = Tema.objects.create(nombre="Dudoso", estado="por_verificar")
    assert client.get(f"/vocabulario/{dudoso.pk}").status_code == 404


def test_consultas_constantes(client, django_assert_max_num_queries):
    ana = Persona.objects.create(nombre="Ana Ruiz")
    for _ in range(6):
        _nombrar(fabricas.publico(), ana)
    assert Autoridad.objects.count() == 1
    with django_assert_max_num_queries(12):
        _pagina(client, ana)
