"""Un canario en cada rincón: rol por superficie. Lo que no se puede ver es, byte por byte, lo que no existe."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.objetos.puerta import guardar as guardar_objeto
from tests import fabricas
from tests.buscador.pdf import UNA_PAGINA

pytestmark = pytest.mark.django_db

TODOS = {"publico", "derechos", "interno", "reservado", "confidencial", "borrador", "embargado"}
ABIERTO = {"publico", "derechos"}
FICHA = {
    "anonimo": ABIERTO,
    "administracion": ABIERTO,
    "redaccion_del_area": TODOS - {"confidencial"},
    "redaccion_de_otra": ABIERTO | {"interno"},
    "titular": TODOS - {"confidencial"},
    "unidad_transparencia": ABIERTO | {"interno", "reservado", "confidencial"},
    "auditoria": TODOS,
}
TEXTO = {rol: vistos - {"derechos"} if vistos == ABIERTO else vistos for rol, vistos in FICHA.items()}


@pytest.fixture
def mundo():
    """Un elemento de cada situación, con una palabra y un tema propios, texto y archivo; y el índice al día."""
    asegurar()
    del_area = fabricas.area("Obras")
    situaciones = {
        "publico": {"estado": "publicado", "acceso": "publico"},
        "derechos": {"estado": "publicado", "acceso": "restringido_derechos"},
        "interno": {"estado": "publicado", "acceso": "interno"},
        "reservado": {"estado": "publicado", "acceso": "reservado"},
        "confidencial": {"estado": "publicado", "acceso": "confidencial"},
        "borrador": {"estado": "borrador", "acceso": "publico"},
        "embargado": {"estado": "programado", "acceso": "publico", "embargo_hasta": timezone.now() + timedelta(days=1)},
    }
    items = {}
    for nombre, campos in situaciones.items():
        item = fabricas.boletin(
            area=del_area,
            titulo=f"Zarzuplex{nombre} de obra",
            texto=f"quimbolan{nombre} es el dato",
            temas=[f"Tema{nombre}"],
            **campos,
        )
        objeto = guardar_objeto(BytesIO(UNA_PAGINA + f"% {nombre}".encode()), mime="application/pdf", paginas=1)
        adjuntar(item, AdjuntoNuevo(objeto=objeto, nombre=f"{nombre}.pdf", paginas=[f"flamboya{nombre} en el archivo"]), None)
        items[nombre] = item
    poner_al_dia()
    return items


@pytest.fixture
def una_imagen(monkeypatch, tmp_path):
    """Una imagen ya hecha: aquí se prueba quién la recibe, no cómo se dibuja."""
    hecha = tmp_path / "pagina.webp"
    hecha.write_bytes(b"RIFF0000WEBP")
    monkeypatch.setattr("archivo.portal.views.archivos.imagen_de_pagina", lambda *args: hecha)


@pytest.fixture
def entrar():
    """Un navegador con la sesión de ese papel."""

    def como(rol):
        navegador = Client()
        if rol == "anonimo":
            return navegador
        en = {"redaccion_del_area": "Obras", "redaccion_de_otra": "Salud"}.get(rol)
        persona = fabricas.persona(rol.split("_de")[0], en=fabricas.area(en) if en else None)
        navegador.force_login(persona)
        return navegador

    return como


@pytest.mark.parametrize("rol", FICHA)
def test_la_busqueda_las_facetas_y_las_sugerencias_solo_conocen_lo_suyo(mundo, entrar, rol):
    navegador = entrar(rol)
    for palabra, vistos in (("zarzuplex*", FICHA[rol]), ("quimbolan*", TEXTO[rol]), ("flamboya*", TEXTO[rol])):
        pagina = navegador.get("/buscar/", {"q": palabra, "tamano": "100"}).content.decode()
        assert {n for n, i in mundo.items() if i.get_absolute_url() in pagina} == vistos, palabra
        assert {n for n in mundo if f'value="Tema{n}"' in pagina} == vistos & TEXTO[rol], palabra
    valores = navegador.get("/buscar/valores/tema/").content.decode()
    assert {n for n in mundo if f'value="Tema{n}"' in valores} == TEXTO[rol]
    juntos = navegador.get("/cuaderno/agregar-varios/", {"q": "zarzuplex*", "tamano": "50"}).content.decode()
    assert {n for n in mundo if f"Zarzuplex{n}" in juntos} == FICHA[rol]
    sugeridas = " ".join(s["texto"] for s in navegador.get("/buscar/sugerencias/", {"q": "zarzuplex"}).json()["sugerencias"])
    assert {n for n in mundo if f"zarzuplex{n}" in sugeridas} == FICHA[rol]


@pytest.mark.parametrize("rol", FICHA)
def test_cada_direccion_abre_solo_a_quien_puede(mundo, entrar, rol, una_imagen):
    navegador = entrar(rol)
    inexistente = navegador.get("/elemento/000000000000/")
    for nombre, item in mundo.items():
        sha = item.adjuntos.get().objeto.sha256
        base = item.get_absolute_url()
        reglas = {base: FICHA[rol], f"{base}?vista=miniaturas": FICHA[rol], f"{base}?q=obra": FICHA[rol]}
        de_texto = ("pagina/1/", "pagina/2/", f"archivo/{sha}/", f"imagen/{sha}/1/", "miniatura/", "documento.pdf")
        reglas |= {f"{base}{cola}": TEXTO[rol] for cola in de_texto}
        for direccion, quienes in reglas.items():
            respuesta = navegador.get(direccion)
            cuerpo = b"".join(respuesta)
            assert respuesta.status_code == (200 if nombre in quienes else 404), (nombre, direccion)
            if nombre not in quienes:
                assert cuerpo == inexistente.content
                assert respuesta.headers == inexistente.headers


@pytest.mark.parametrize("rol", FICHA)
def test_canal_mapa_y_portada_son_publicos_para_todos(mundo, entrar, rol):
    navegador = entrar(rol)
    for direccion in ("/buscar/?q=obra&formato=rss", "/buscar/?formato=rss", "/buscar/?formato=atom", "/sitemap.xml", "/"):
        cuerpo = navegador.get(direccion).content.decode().lower()
        for nombre, item in mundo.items():
            if nombre not in ABIERTO:
                assert item.clave not in cuerpo, (direccion, nombre)
                assert f"zarzuplex{nombre}" not in cuerpo
        assert "quimbolanderechos" not in cuerpo


@pytest.mark.parametrize("rol", FICHA)
def test_lo_exportado_es_lo_de_cada_quien(mundo, entrar, rol):
    respuesta = entrar(rol).get("/buscar/exportar/", {"q": "zarzuplex*", "en": "jsonl"})
    salida = b"".join(respuesta.streaming_content).decode()
    assert {n for n, i in mundo.items() if i.clave in salida} == FICHA[rol]
    assert {n for n in mundo if f"Tema{n}" in salida} == TEXTO[rol]


@pytest.mark.parametrize("consulta", ["zarzuplexreservado", "quimbolanreservado", "zarzuplexreservad~", "título:zarzuplexreservado",
                                      '"zarzuplexreservado de obra"', "tema:Temareservado", "-obra"])  # fmt: skip
def test_ninguna_forma_de_preguntar_revela_lo_reservado(mundo, client, consulta, capsys):
    call_command("buscar", "--json", "--", consulta)
    salida = capsys.readouterr().out
    assert mundo["reservado"].clave not in salida
    assert "Temareservado" not in salida
    pagina = client.get("/buscar/", {"q": consulta}).content.decode()
    assert mundo["reservado"].clave not in pagina


def test_filtrar_por_un_valor_ajeno_no_lo_confirma(mundo, client):
    existe = client.get("/buscar/", {"tema": "Temareservado"}).content.decode()
    no_existe = client.get("/buscar/", {"tema": "Temainventado"}).content.decode()
    assert existe.replace("Temareservado", "X") == no_existe.replace("Temainventado", "X")


def test_leer_lo_reservado_deja_constancia(mundo, entrar, una_imagen):
    navegador = entrar("titular")
    item = mundo["reservado"]
    sha = item.adjuntos.get().objeto.sha256
    for cola in ("", "pagina/1/", f"imagen/{sha}/1/", f"archivo/{sha}/", "documento.pdf"):
        antes = Suceso.objects.filter(objeto=f"item:{item.clave}").count()
        respuesta = navegador.get(f"{item.get_absolute_url()}{cola}")
        assert b"".join(respuesta)
        assert respuesta.status_code == 200
        assert Suceso.objects.filter(objeto=f"item:{item.clave}").count() == antes + 1, cola
    ultimo = Suceso.objects.filter(objeto=f"item:{item.clave}").latest("pk")
    assert ultimo.actor is not None
    navegador.get("/buscar/", {"q": "zarzuplexreservado"})
    assert Suceso.objects.filter(objeto=f"item:{item.clave}", detalle__superficie="busqueda").count() == 1


def test_lo_publico_no_deja_constancia(mundo, client):
    antes = Suceso.objects.count()
    client.get(mundo["publico"].get_absolute_url())
    client.get("/buscar/", {"q": "zarzuplex*"})
    assert Suceso.objects.count() == antes


def test_si_no_se_puede_anotar_no_se_muestra(mundo, entrar, monkeypatch):
    def falla(*args, **kwargs):
        raise DatabaseError("disco lleno")

    navegador = entrar("titular")
    monkeypatch.setattr("archivo.catalogo.servicios.consulta.registrar", falla)
    monkeypatch.setattr("archivo.portal.lectura.registrar", falla)
    monkeypatch.setattr("buscador.hallazgos.registrar_varios", falla)
    item = mundo["reservado"]
    sha = item.adjuntos.get().objeto.sha256
    for direccion in (item.get_absolute_url(), f"{item.get_absolute_url()}archivo/{sha}/", "/buscar/?q=zarzuplexreservado"):
        respuesta = navegador.get(direccion)
        assert respuesta.status_code == 503
        assert b"quimbolanreservado" not in b"".join(respuesta)


def test_ninguna_copia_de_lo_que_se_vio_se_repite_sin_preguntar(mundo, client, entrar):
    ficha = mundo["publico"].get_absolute_url()
    direcciones = (
        ficha,
        "/buscar/?q=obra",
        "/buscar/?q=obra&formato=rss",
        "/buscar/valores/tema/",
        "/buscar/sugerencias/?q=zar",
        "/",
        "/sitemap.xml",
    )
    for navegador in (client, entrar("titular")):
        guardan = {d: navegador.get(d).get("Cache-Control", "") for d in direcciones}
        assert {d: c for d, c in guardan.items() if "no-cache" not in c} == {}
        assert {d: c for d, c in guardan.items() if "private" not in c and navegador is not client} == {}


def test_un_indice_atrasado_no_ensena_lo_que_se_cerro(mundo, client, monkeypatch, caplog):
    item = mundo["publico"]
    type(item).objects.filter(pk=item.pk).update(acceso="reservado", acceso_efectivo="reservado")
    pagina = client.get("/buscar/", {"q": "zarzuplexpublico"}).content.decode()
    assert item.clave not in pagina
    assert "Temapublico" not in pagina.split("Lista de resultados")[-1]
    assert "ALARMA" in caplog.text
