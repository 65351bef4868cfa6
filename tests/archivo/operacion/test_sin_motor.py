"""Sin motor de búsqueda, o con uno que contesta a medias: cada dirección del archivo que le pregunta lo dice y ninguna miente.

Las direcciones salen de la configuración: una nueva que pregunte al motor entra sola al recorrido.
"""

import re
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from archivo.indexacion import motor as modulo
from archivo.indexacion.aportes import asegurar as asegurar_al_preparar
from archivo.indexacion.puerta import esquema, motor, poner_al_dia
from memoria_anual.indicadores.puerta import IndicadorPropio
from search import ClusterOptions, open_engine
from tests import fabricas
from tests.archivo.indexacion.caos import contar_esperas
from tests.archivo.oficina import test_rastreo as rastreo
from tests.archivo.operacion.sin_motor import MotorQueFalla, nunca, patrones, pedir, siempre, solo, vista_de
from tests.search.red_rota import que_contesta

pytestmark = pytest.mark.django_db

BUSQUEDA = "q=zarzuplex&resultado=1&en=csv&campo=tema&lista=q%3Dzarzuplex&clase=persona&periodo=2026"
"""Lo que se pide a cada dirección: palabras que están en el archivo y los parámetros con que alguna pregunta al motor."""
ADEMAS = {
    "buscador:buscar": ("q=zarzuplex&formato=rss", "q=zarzuplex&formato=atom", "q=zarzuplex&pagina=2000", "q=nadalodice"),
    "buscador:valores": ("q=zarzuplex",),
    "portal:elemento": ("vista=miniaturas&q=zarzuplex",),
}
"""Otras maneras de preguntar en una misma dirección."""
FRASE = re.compile(r"buscador no (responde|contesta)|búsqueda no está disponible|pregunta al buscador", re.IGNORECASE)
PLAZO = 0.25
VUELTA = 0.3
"""Segundos: lo que se espera al motor, y lo que una espera vencida puede tardar en notarse con la máquina ocupada."""
CALLADAS = {"buscador:sugerencias", "oficina_valores", "salud_lista", "salud_detalle"}
"""Las leen programas, no personas: con 503 basta."""
GUARDABLE = re.compile(r"public|max-age=[1-9]")
NO_DEL_ARCHIVO = ("wagtail", "django")
MENTIRAS = re.compile(
    r"No encontramos|0 resultados|Ningún documento tiene|No hay documentos que respondan|no está en el texto|No aparece en el texto|"
    r"aparecen aquí en cuanto|Aún no hay documentos"
)


@pytest.fixture
def archivo(monkeypatch, settings):
    """Algo de cada cosa, un documento público que se busca, y el motor que fallará."""
    settings.ACERVO_BUSQUEDA_ESPERA = PLAZO
    casa = rastreo.poblar()
    IndicadorPropio.objects.create(clave="PROPIO", nombre="Uno", cuenta="Lo que sea.", texto="zarzuplex")
    casa["publico"] = fabricas.publico(titulo="Jornada zarzuplex", texto="La jornada zarzuplex.", area=fabricas.area("Obras"))
    fabricas.publico(titulo="Otra jornada zarzuplex", texto="Otra jornada zarzuplex.")
    poner_al_dia()
    roto = MotorQueFalla(motor())
    monkeypatch.setattr(modulo, "_abrir", lambda *_: roto)
    return casa, roto


def _opciones(casa, nombre):
    """Con qué se llena cada argumento de las direcciones públicas, además de los de la oficina."""
    propias = {
        "campo": ["area"], "periodo": ["2026"], "n": [1], "nombre": ["memoria-2026.pdf"], "codigo": ["boletin", "A" * 16], "numero": [1],
        "antes": [1], "despues": [2], "nivel": [0], "lugar": ["000"], "ancho": [1], "registro": ["general"], "tomo": ["1"],
    }  # fmt: skip
    if nombre.startswith("portal:"):
        propias["clave"] = [casa["publico"].clave]
    if nombre.startswith("memoria_indicador"):
        propias["clave"] = ["PROPIO"]
    if "catalogo_boletin" in nombre:
        propias["pk"] = [casa["publico"].pk]
    return rastreo._opciones(casa, nombre) | propias


def _de_la_casa():
    """Cada vista del archivo con un nombre suyo y las formas de sus argumentos; las de todos los tipos son las mismas."""
    resolvedor, ya = get_resolver(), set()
    for nombre, patron in patrones():
        vista = vista_de(patron)
        if nombre and vista.partition(".")[0] not in NO_DEL_ARCHIVO and vista not in ya:
            ya.add(vista)
            yield nombre, rastreo._formas(resolvedor, nombre)


def direcciones(casa):
    """Una dirección de cada nombre y forma, y los nombres de que no se supo hacer ninguna."""
    hechas, faltan = {}, []
    for nombre, formas in _de_la_casa():
        antes, opciones = len(hechas), _opciones(casa, nombre)
        for argumentos in formas:
            for valores in product(*(opciones.get(a, ()) for a in argumentos)):
                try:
                    hechas[reverse(nombre, kwargs=dict(zip(argumentos, valores, strict=True)))] = nombre
                except NoReverseMatch:
                    continue
                break
        faltan += [nombre] if len(hechas) == antes else []
    return hechas, faltan


def _lo_malo(nombre, respuesta):
    """Qué tiene de malo una respuesta sin motor; vacío si nada."""
    texto = unescape(respuesta.texto.decode(errors="replace"))
    malo = []
    if respuesta.status_code >= 500 and respuesta.status_code != 503:
        return [f"{respuesta.status_code}"]
    if respuesta.status_code == 503 and nombre != "salud_lista" and not respuesta.headers.get("Retry-After"):
        malo.append("503 sin Retry-After")
    if nombre not in CALLADAS and not FRASE.search(texto):
        malo.append(f"{respuesta.status_code} y no lo dice")
    if nombre in CALLADAS - {"salud_lista"} and respuesta.status_code != 503:
        malo.append(f"{respuesta.status_code} para un programa")
    malo += [f"miente: {m}" for m in MENTIRAS.findall(texto)]
    if GUARDABLE.search(respuesta.headers.get("Cache-Control", "")):
        malo.append("se guarda")
    return malo


def _que_preguntan(navegador, roto, casa):
    """Las direcciones que preguntan al motor, con su nombre y cuántas preguntas hacen."""
    for direccion, nombre in direcciones(casa)[0].items():
        for busqueda in (BUSQUEDA, *ADEMAS.get(nombre, ())):
            roto.con_falla(nunca)
            sana = pedir(navegador, f"{direccion}?{busqueda}")
            if roto.preguntas and sana.status_code < 400:
                yield f"{direccion}?{busqueda}", nombre, len(roto.preguntas)


def _con_el_motor_congelado(navegador, roto, que_preguntan, esperas):
    """Lo que tienen de malo esas direcciones si el motor acepta la conexión y no contesta; esperarlo de más es malo."""
    malas, sano = [], roto.de_verdad
    with que_contesta(200, b"{}", espera=30) as puerto:
        roto.con_falla(nunca)
        roto.de_verdad = open_engine(f"opensearch:http://127.0.0.1:{puerto}", Path(), esquema(), cluster=ClusterOptions())
        for direccion, nombre, _ in que_preguntan:
            malas += [f"congelado: {nombre} {direccion} {m}" for m in _lo_malo(nombre, pedir(navegador, direccion))]
            if esperas[-1].waited > PLAZO + VUELTA:
                malas.append(f"congelado: {nombre} {direccion} esperó {esperas[-1].waited:.1f} s")
    roto.de_verdad = sano
    return malas


def test_toda_direccion_entra_al_recorrido(archivo):
    assert direcciones(archivo[0])[1] == [], "dígale a `_opciones` con qué se llenan"


@pytest.mark.parametrize("quien", ["anonima", "titular"])
def test_sin_motor_o_a_medias_se_dice_y_nada_falla(archivo, quien, monkeypatch):
    casa, roto = archivo
    esperas = contar_esperas(monkeypatch)
    navegador = Client(raise_request_exception=False)
    if quien == "titular":
        navegador.force_login(casa["titular"])
    malas, vistas = [], set()
    que_preguntan = list(_que_preguntan(navegador, roto, casa))
    for direccion, nombre, preguntas in que_preguntan:
        vistas.add(nombre)
        for falla in (siempre, *(solo(n) for n in range(preguntas))):
            roto.con_falla(falla)
            malas += [f"{nombre} {direccion} {m}" for m in _lo_malo(nombre, pedir(navegador, direccion))]
    assert malas == []
    assert _con_el_motor_congelado(navegador, roto, que_preguntan, esperas) == []
    assert vistas >= {
        "buscador:buscar",
        "buscador:valores",
        "buscador:sugerencias",
        "buscador:exportar",
        "portal:elemento",
        "portal:pagina",
    }


def test_sin_motor_lo_marcado_se_cambia_y_la_lista_entera_no_se_adivina(archivo):
    casa, roto = archivo
    navegador = Client()
    navegador.force_login(casa["titular"])
    roto.con_falla(siempre)
    marcado = navegador.get("/admin/lote/boletin/", {"marcados": "1", "ids": casa["publico"].pk})
    assert (marcado.status_code, "hasta <strong>1</strong>" in marcado.content.decode()) == (200, True)
    entera = navegador.get("/admin/lote/boletin/", {"q": "zarzuplex"})
    assert (entera.status_code, "No se preparó nada" in entera.content.decode()) == (503, True)


def test_sin_motor_el_archivo_se_prepara_y_arranca(archivo, caplog):
    _, roto = archivo
    roto.con_falla(siempre)
    asegurar_al_preparar()
    assert "el archivo arranca sin él" in caplog.text
