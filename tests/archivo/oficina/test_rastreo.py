"""Todas las direcciones de la oficina con basura: ninguna responde 5xx; y quien sólo audita, o no es de la casa, no escribe nada."""

import hashlib
from itertools import product

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from archivo.archivistica.puerta import cerrar_expediente
from archivo.catalogo.puerta import CambioEnLote, Persona, preparar_cambio
from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.oficina.models import PlantillaDeCaptura
from archivo.tareas.puerta import encargar
from tests import fabricas
from tests.archivo.archivistica import mundo
from tests.archivo.oficina import copias_y_memoria
from tests.archivo.tareas.tareas_de_prueba import romper

pytestmark = pytest.mark.django_db

PARAMETROS = (
    "q", "p", "desde", "despues", "antes", "hasta", "sigue", "ids", "campo", "clase", "de", "modulo", "e", "item", "anterior", "madre", "estado",
    "area", "serie", "apertura", "en", "otra", "plantilla", "igual", "tipo", "ensayo", "todo", "motivo", "quien", "que", "sobre", "resultado",
    "lista", "destino", "orden", "anio", "medio", "tema", "acceso", "por_verificar", "version", "relacion", "hacia", "formato", "consulta", "nombre",
    "valor", "accion", "claves", "marcados", "titulo", "fecha_apertura", "fecha_cierre", "acuerdo", "rol", "usuario", "ordering", "export",
)  # fmt: skip
BASURA = (
    "",
    "\x00",
    "²",
    "9" * 40,
    "-1",
    "٣",
    "ñ" * 2000,
    "a|99999999999999999999",
    "0001-01-01",
    "9999-12-31",
    "'\"<[]{}%",
    "\U0010ffff=1",
)
DE_SIEMPRE = 3
DE_COPIAS = ("oficina_certificacion", "oficina_cotej", "certificaciones_")


def _patrones(patrones, nombres=()):
    for patron in patrones:
        if isinstance(patron, URLResolver):
            espacio = (*nombres, patron.namespace) if patron.namespace else nombres
            yield from _patrones(patron.url_patterns, espacio)
        elif isinstance(patron, URLPattern) and patron.name:
            yield ":".join((*nombres, patron.name))


def _nombres():
    """Los nombres de las direcciones que la oficina añade: las suyas, las de los trabajos y las de cada tipo."""
    propios = (
        "oficina_",
        "memoria_",
        "certificaciones_",
        "trabajo",
        "wagtailsnippets_catalogo_recorte",
        "wagtailsnippets_catalogo_boletin",
    )
    return sorted({n for n in _patrones(get_resolver().url_patterns) if n.startswith(propios)})


@pytest.fixture
def casa(db):
    """Algo de cada cosa."""
    return poblar()


def poblar():
    """Algo de cada cosa, en la base de ahora."""
    asegurar()
    cache.clear()
    area = fabricas.area("Obras")
    titular = fabricas.persona("titular", "archivo_tramite", "archivo_historico", "coordinacion_archivos", "redaccion")
    exp = mundo.expediente(area, fecha_apertura=None)
    integradas = mundo.integrados(exp, 2, area=area)
    cerrado = mundo.expediente(area)
    mundo.integrados(cerrado, 2, area=area)
    cerrar_expediente(cerrado, None)
    autoridad = Persona.objects.create(clase="persona", nombre="Ana Ruiz")
    item = integradas[0].item
    cambio = CambioEnLote(tipo="boletin", cambios=[{"campo": "lugar", "accion": "poner", "valor": "X"}], actor=titular)
    preparar_cambio(cambio, [item.pk], lambda item: True)
    PlantillaDeCaptura.objects.create(tipo="boletin", nombre="Una", usuario=titular, valores={"lugar": "Obras"})
    trabajo = encargar(romper, descripcion="Romper", actor=titular)
    poner_al_dia()
    return {
        "titular": titular,
        "exp": exp,
        "cerrado": cerrado,
        "item": item,
        "autoridad": autoridad,
        "trabajo": trabajo,
        "cambio": cambio,
        **copias_y_memoria.poner(),
    }


def _opciones(casa, nombre):
    """Con qué se llena cada argumento, según la dirección."""
    claves = [casa["exp"].clave, casa["cerrado"].clave]
    claves = [casa["autoridad"].clave] if "autoridad" in nombre else claves
    claves = (
        [casa["item"].clave] if nombre in {"oficina_derechos", "oficina_consentimiento", "oficina_plantilla_nueva"} else claves
    )
    claves = casa["certificaciones"] if nombre.startswith(DE_COPIAS) else claves
    claves = ["BOL", "NOT", "ninguna"] if nombre.startswith("memoria_") else claves
    return {
        "folio": [casa["folio"]], "testigo": ["ninguno"], "de": ["original", "copia"], "foja": ["1", "999999"], "cara": ["1", "9"], "anio": [2026, 9999],
        "clave": claves, "item": [casa["item"].clave], "codigo": ["boletin"], "formato": ["csv", "json", "xlsx", "xml", "ttl", "jsonld", "rdf", "pdf", "docx"],
        "clase": ["persona", "lugar"], "version": ["1", "999999"], "sha256": ["a" * 64], "accion": ["autorizar", "validar", "integrar"], "revision_id": [1],
        "revision_id_a": ["live"], "revision_id_b": ["latest"], "area": [1], "otro": [1], "nombramiento": [1], "suplencia": [1], "pk": [_pk(casa, nombre)],
        "cual": ["general", "fuid", "otro"], "tomo": ["1", "999"],
        "que": ["mover", "dividir", "lomos", "cajas", "legajo", "orden", "cuadro", "guia", "intercambio", "aplicar", "deshacer", "ensayar", "renombrar",
                "enlazar", "desenlazar", "verificar", "suspender", "reintentar", "copia", "borrador", "firmado", "prueba"],
    }  # fmt: skip


def _pk(casa, nombre):
    propios = {"oficina_libro": casa["libro"], "oficina_libro_cerrar": casa["libro"], "oficina_libro_exportar": casa["libro"]}
    propios |= {"oficina_lote": casa["cambio"].pk, "oficina_lote_hacer": casa["cambio"].pk, "oficina_clase": mundo.serie().pk}
    if nombre.startswith("trabajo"):
        return casa["trabajo"].pk
    if nombre.startswith("oficina_cuadro") or nombre == "oficina_clase_nueva":
        return mundo.serie().cuadro_id
    if nombre.startswith("oficina_persona"):
        return casa["titular"].pk
    if nombre.startswith("memoria_"):
        return next((casa[de] for de in ("corte", "capitulo") if nombre.startswith(f"memoria_{de}")), casa["memoria"])
    return propios.get(nombre, casa["item"].pk if nombre.startswith("wagtail") else 1)


def direcciones(casa):
    """Cada dirección de la oficina con argumentos que existen."""
    hechas = {}
    resolvedor = get_resolver()
    for nombre in _nombres():
        opciones = _opciones(casa, nombre)
        for argumentos in _formas(resolvedor, nombre):
            for valores in product(*(opciones[a] for a in argumentos)):
                try:
                    hechas.setdefault(reverse(nombre, kwargs=dict(zip(argumentos, valores, strict=True))), nombre)
                except NoReverseMatch:
                    continue
    return hechas


def _formas(resolvedor, nombre):
    *espacios, ultimo = nombre.split(":")
    for espacio in espacios:
        resolvedor = resolvedor.namespace_dict[espacio][1]
    donde = resolvedor.reverse_dict.getlist(ultimo)
    return {tuple(a for a in argumentos) for posibles, *_ in donde for _, argumentos in posibles}


def _navegador(persona):
    navegador = Client(raise_request_exception=False)
    if persona is not None:
        navegador.force_login(persona)
    return navegador


def _responder(pedir, direccion, basura, **mas):
    respuesta = pedir(direccion, dict.fromkeys(PARAMETROS, basura) | mas if basura else mas)
    if respuesta.streaming:
        list(respuesta)
    return respuesta.status_code


@pytest.mark.parametrize(
    "basura", [b if n < DE_SIEMPRE else pytest.param(b, marks=pytest.mark.lento) for n, b in enumerate(BASURA)]
)
def test_nada_de_la_oficina_falla_con_basura(casa, basura):
    navegador = _navegador(casa["titular"])
    todas = direcciones(casa)
    assert len(set(todas.values())) > 100
    malas = [
        f"{nombre} {direccion}" for direccion, nombre in todas.items() if _responder(navegador.get, direccion, basura) >= 500
    ]
    if basura:
        malas += [f"POST {nombre}" for direccion, nombre in todas.items() if _responder(navegador.post, direccion, basura) >= 500]
    assert not malas


@pytest.mark.lento
@pytest.mark.parametrize("basura", ["\x00", "9" * 40])
def test_tampoco_en_postgres(base_postgres, basura):
    casa = poblar()
    navegador = _navegador(casa["titular"])
    todas = {nombre: direccion for direccion, nombre in direcciones(casa).items()}
    malas = [nombre for nombre, direccion in todas.items() if _responder(navegador.get, direccion, basura) >= 500]
    assert not malas + [f"POST {n}" for n, d in todas.items() if _responder(navegador.post, d, basura) >= 500]
    for direccion in (
        "/admin/%00/",
        "/admin/expedientes/%00/",
        "/elemento/%00/",
        "/autoridad/%00/",
        "/buscar/?q=%00&expediente=%00&medio=%00",
    ):
        assert navegador.get(direccion).status_code < 500, direccion


def _huella():
    """Todo lo escrito, por tabla, menos la bitácora, las sesiones y lo que cada quien acomoda para sí."""
    propias = {"Suceso", "Sello", "Session", "VistaGuardada", "ColumnasElegidas"}
    tablas = [m for m in apps.get_models() if m.__name__ not in propias]
    return {
        m.__name__: hashlib.sha256(repr(list(m._base_manager.order_by("pk").values_list())).encode()).hexdigest() for m in tablas
    }


@pytest.mark.parametrize("rol", [None, "", "auditoria", "cotejo"])
def test_quien_no_escribe_no_escribe_por_ninguna_direccion(casa, rol):
    navegador = _navegador(None if rol is None else fabricas.persona(*([rol] if rol else [])))
    antes = _huella()
    for direccion, nombre in direcciones(casa).items():
        visto = _responder(navegador.get, direccion, "")
        hecho = _responder(navegador.post, direccion, "x", motivo="m")
        assert max(visto, hecho) < 500, nombre
        assert rol or 200 not in {visto, hecho}, nombre
    despues = _huella()
    assert not [tabla for tabla, huella in despues.items() if huella != antes[tabla]]
