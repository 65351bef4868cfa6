"""El menú de la oficina, por lo que se hace y no por quién lo programó: pocos grupos, y en cada uno lo que la persona puede.

Los módulos registran sus entradas como siempre; aquí se reparten. La que no está en la tabla se queda suelta, a la vista.
"""

from collections.abc import Iterator

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem, admin_menu

from archivo.catalogo.puerta import todos_los_tipos

NO_SE_USAN = frozenset({"explorer", "images", "documents", "reports", "help", "snippets"})
"""Esta oficina no publica páginas ni usa las bibliotecas de Wagtail."""

SUELTOS = {"bandeja": 10, "trabajos": 70, "su-cuenta": 80, "atajos": 90}
"""Lo de cada quien va fuera de los grupos: la bandeja, primero; lo demás, al pie."""

SIN_LUGAR = 60

SE_DESHACEN = frozenset({"catalogos", "settings"})
"""Submenús que agrupan por tabla; sus entradas van con su asunto."""

GRUPOS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("elementos", "Elementos", "doc-full-inverse", ("sesiones", "plantillas")),
    ("expedientes-y-cuadro", "Expedientes y cuadro", "folder-open-inverse", ("expedientes", "cuadros", "reglas-de-expedientes")),
    (
        "copias-certificadas",
        "Copias certificadas",
        "doc-full",
        ("solicitudes", "cotejo", "certificaciones", "firmar-copias", "libro-de-certificaciones"),
    ),
    ("ingresos", "Ingresos e importación", "upload", ("ingresar", "ingresos", "importar", "descripciones")),
    (
        "autoridades-y-vocabulario",
        "Autoridades y vocabulario",
        "tag",
        ("autoridades", "temas", "vocabulario", "sinonimos-de-busqueda"),
    ),
    (
        "reglas",
        "Reglas de certificación",
        "key",
        (
            "facultades",
            "textos-de-certificacion",
            "tabuladores",
            "tarifas",
            "valores-de-la-uma",
            "politicas-de-certificacion",
            "calendarios",
            "avisos-por-correo",
        ),
    ),
    ("memoria", "Memoria anual", "table", ("memorias", "indicadores", "metas", "mediciones", "indicadores-propios", "cortes")),
    (
        "gobierno",
        "Gobierno",
        "cogs",
        (
            "personas",
            "users",
            "areas",
            "series-de-numeracion",
            "nombres-de-opciones",
            "veda-electoral",
            "institucion",
            "bitacora",
        ),
    ),
)
"""Clave, rótulo, icono y entradas en su orden. Los tipos de elemento van al principio del suyo."""


def _sueltas(request: HttpRequest, entradas: list[MenuItem]) -> Iterator[MenuItem]:
    for entrada in entradas:
        if isinstance(entrada, SubmenuMenuItem) and entrada.name in SE_DESHACEN:
            yield from entrada.menu.menu_items_for_request(request)
        elif entrada.name not in NO_SE_USAN:
            yield entrada


def _en_su_orden(entradas: list[MenuItem], nombres: tuple[str, ...]) -> list[MenuItem]:
    suyas = [e for e in entradas if e.name in nombres]
    for entrada in suyas:
        entrada.order = nombres.index(entrada.name)
    return suyas


def agrupar(request: HttpRequest, entradas: list[MenuItem]) -> list[MenuItem]:
    """Las mismas entradas, repartidas; un grupo de una sola entrada es esa entrada."""
    quedan = list(_sueltas(request, entradas))
    menu: list[MenuItem] = []
    for lugar, (clave, rotulo, icono, nombres) in enumerate(GRUPOS):
        todos = (*(t.codigo for t in todos_los_tipos()), *nombres) if clave == "elementos" else nombres
        suyas = _en_su_orden(quedan, todos)
        quedan = [e for e in quedan if e not in suyas]
        if len(suyas) == 1:
            suyas[0].order = 20 + lugar
            menu.append(suyas[0])
        elif suyas:
            menu.append(SubmenuMenuItem(rotulo, Menu(items=suyas), name=clave, icon_name=icono, order=20 + lugar))
    for entrada in quedan:
        entrada.order = SUELTOS.get(entrada.name, SIN_LUGAR)
    return [*menu, *quedan]


def indice(request: HttpRequest) -> list[tuple[str, list[MenuItem]]]:
    """Rótulo y entradas de cada grupo del menú de esa persona; lo suelto, al final, en «Además»."""
    grupos: list[tuple[str, list[MenuItem]]] = []
    suyo: list[MenuItem] = []
    for entrada in sorted(admin_menu.menu_items_for_request(request), key=lambda e: e.order):
        if isinstance(entrada, SubmenuMenuItem):
            de_dentro = entrada.menu.menu_items_for_request(request)
            grupos.append((str(entrada.label), sorted(de_dentro, key=lambda e: e.order)))
        elif entrada.url != "#":
            suyo.append(entrada)
    return [*grupos, ("Además", suyo)] if suyo else grupos


@hooks.register("construct_main_menu")
def ordenar_menu(request: HttpRequest, elementos: list[MenuItem]) -> None:
    """El menú de quien entra."""
    elementos[:] = agrupar(request, elementos)
