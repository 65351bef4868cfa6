"""Una palabra que sólo está donde no se puede leer, buscada en cada superficie por cada rol: no aparece (E23).

Cada tipo lleva su canario en el título, el resumen, el autor, los temas, el texto, la ficha y el nombre del archivo.
"""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client

from archivo.catalogo.puerta import AdjuntoNuevo, Item, adjuntar, puede_ver_ficha, puede_ver_texto, todos_los_tipos
from archivo.identidad.puerta import ANONIMO, ROLES, lector_de
from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.objetos.puerta import guardar as guardar_objeto
from tests import fabricas
from tests.buscador.pdf import UNA_PAGINA

pytestmark = pytest.mark.django_db

SITUACIONES = {
    "reservado": {"estado": "publicado", "acceso": "reservado"},
    "confidencial": {"estado": "publicado", "acceso": "confidencial"},
    "borrador": {"estado": "borrador", "acceso": "publico"},
}
PUBLICAS = (
    "/", "/buscar/?q=canario*", "/buscar/?q=canario*&formato=rss", "/buscar/?formato=rss", "/buscar/?tipo={tipo}", "/buscar/sugerencias/?q=canario",
    "/sitemap.xml", "/cuadro/", "/robots.txt",
)  # fmt: skip
DE_OFICINA = (
    "/admin/", "/admin/bandeja/", "/admin/ingresos/", "/admin/bitacora/", "/admin/personas/", "/admin/mi-cuenta/", "/admin/expedientes/",
    "/admin/autoridades/", "/admin/autoridades/duplicados/", "/admin/selectores/elementos.json?q=canario", "/admin/selectores/temas.json?q=canario",
    "/admin/selectores/autoridades.json?q=canario", "/admin/plantillas/", "/admin/importaciones/",
)  # fmt: skip
DE_TIPO = (
    "/admin/elementos/{tipo}/", "/admin/elementos/{tipo}/?q=canario*", "/admin/elementos/{tipo}/results/?q=canario*",
    "/admin/elementos/{tipo}/?estado=borrador", "/admin/elementos/{tipo}/?acceso=reservado", "/admin/elementos/{tipo}/add/",
    "/admin/listas/{tipo}/valores.json?q=canario",
)  # fmt: skip
SENOS = frozenset({"titulo", "resumen", "autor", "lugar", "texto", "tema", "ficha", "nota", "archivo", "pagina"})
"""Dónde va cada canario. El vocabulario de temas es un instrumento común de quien cataloga: sus selectores lo ofrecen entero."""

CORTOS = {None, "administracion", "redaccion", "unidad_transparencia"}
"""Un rol de cada círculo en la corrida de siempre; los demás, en la larga."""


def palabra(tipo, situacion):
    return f"{tipo}{situacion}"


@pytest.fixture
def mundo():
    """Un elemento de cada tipo en cada situación, todos de un área; y el índice al día."""
    asegurar()
    cache.clear()
    area, items = fabricas.area("Obras"), {}
    for tipo in todos_los_tipos():
        for situacion, campos in SITUACIONES.items():
            p = palabra(tipo.codigo, situacion)
            item = fabricas.elemento(
                tipo.codigo, area=area, titulo=f"Canariotitulo{p}", resumen=f"canarioresumen{p}", autor=f"Canarioautor{p}",
                lugar=f"Canariolugar{p}", texto=f"canariotexto{p}", temas=[f"Canariotema{p}"], **campos,
            )  # fmt: skip
            Item.objects.filter(pk=item.pk).update(ficha=item.ficha | {"nota": f"canarioficha{p}"}, notas=f"canarionota{p}")
            objeto = guardar_objeto(BytesIO(UNA_PAGINA + f"% {p}".encode()), mime="application/pdf", paginas=1)
            adjuntar(item, AdjuntoNuevo(objeto, f"canarioarchivo{p}.pdf", paginas=[f"canariopagina{p}"]), None)
            items[p] = (item, objeto.sha256)
    poner_al_dia()
    return items


def _navegador(rol):
    """El navegador de alguien con ese rol en otra área, y su lector."""
    navegador = Client(raise_request_exception=False)
    if rol is None:
        return navegador, ANONIMO
    persona = fabricas.persona(rol, en=fabricas.area("Salud"))
    navegador.force_login(persona)
    return navegador, lector_de(persona)


def _lo_dicho(navegador, direccion):
    respuesta = navegador.get(direccion)
    assert respuesta.status_code < 500, direccion
    return b"".join(respuesta).decode(errors="replace").lower()


@pytest.mark.parametrize("rol", [r if r in CORTOS else pytest.param(r, marks=pytest.mark.lento) for r in (None, *ROLES)])
def test_ninguna_superficie_dice_lo_que_ese_rol_no_puede_leer(mundo, rol):
    navegador, lector = _navegador(rol)
    vedados = {p for p, (item, _) in mundo.items() if not puede_ver_ficha(lector, Item.objects.get(pk=item.pk))}
    assert vedados or rol == "auditoria"
    tipos = [t.codigo for t in todos_los_tipos()]
    direcciones = [d.format(tipo="boletin") for d in (*PUBLICAS, *DE_OFICINA)] + [
        d.format(tipo=t) for d in DE_TIPO[:2] for t in tipos
    ]
    direcciones += [d.format(tipo=t) for d in DE_TIPO[2:] for t in ("boletin", "recorte")]
    for direccion in direcciones:
        dicho = _lo_dicho(navegador, direccion)
        senos = SENOS - {"tema"} if "temas.json" in direccion else SENOS
        assert not {p for p in vedados for seno in senos if f"canario{seno}{p}" in dicho}, (rol, direccion)


@pytest.mark.parametrize("rol", ["administracion", "redaccion", pytest.param("cotejo", marks=pytest.mark.lento)])
def test_ninguna_direccion_de_un_elemento_ajeno_existe(mundo, rol):
    navegador, lector = _navegador(rol)
    for item, sha in mundo.values():
        actual = Item.objects.get(pk=item.pk)
        if puede_ver_ficha(lector, actual):
            assert puede_ver_texto(lector, actual)
            continue
        base = item.get_absolute_url()
        for cola in ("", "pagina/1/", f"archivo/{sha}/", f"imagen/{sha}/1/", "miniatura/", "documento.pdf"):
            assert navegador.get(base + cola).status_code == 404, (rol, cola)
        if rol:
            oficina = f"/admin/elementos/{item.tipo}"
            for camino in (f"{oficina}/edit/{item.pk}/", f"{oficina}/inspect/{item.pk}/", f"{oficina}/history/{item.pk}/"):
                assert navegador.get(camino).status_code in {404, 302}, (rol, camino)
            assert navegador.get(f"/admin/derechos/{item.clave}/").status_code == 404
