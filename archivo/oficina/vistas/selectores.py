"""Lo que ofrecen los selectores al escribir: autoridades, temas, áreas y elementos. Sólo dentro de la oficina."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from archivo.catalogo.puerta import Item, autoridades, dejar_constancia_de_lista, tipo_de, vocabulario
from archivo.identidad.puerta import Area, Lector, lector_de
from archivo.oficina.formularios.relaciones import elementos_citados
from archivo.oficina.formularios.selectores import escrita
from archivo.oficina.hallazgos import de_cualquier_tipo

CUANTAS = 12
_LARGO = 200
_CLASES = frozenset(dict(autoridades.CLASES))


def _escrito(request: HttpRequest) -> tuple[str, str]:
    limpio = {c: request.GET.get(c, "").replace("\0", "")[:_LARGO] for c in ("q", "desde")}
    return limpio["q"].strip(), limpio["desde"]


def _responder(tramo: autoridades.Opciones, aviso: str = "") -> JsonResponse:
    opciones = [{"valor": o.valor, "texto": o.texto, "detalle": o.detalle} for o in tramo.opciones]
    respuesta = JsonResponse({"opciones": opciones, "siguiente": tramo.siguiente} | ({"aviso": aviso} if aviso else {}))
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


@require_GET
def de_autoridades(request: HttpRequest) -> JsonResponse:
    """`?clase=persona&q=mart&desde=` → `{"opciones": [{"valor", "texto", "detalle"}], "siguiente"}`."""
    clases = [c for c in request.GET.get("clase", "").split(",") if c in _CLASES]
    return _responder(autoridades.elegir_autoridad(clases or sorted(_CLASES), *_escrito(request)))


@require_GET
def de_temas(request: HttpRequest) -> JsonResponse:
    """Los términos del vocabulario, también por sus sinónimos."""
    return _responder(vocabulario.elegir_tema(*_escrito(request)))


@require_GET
def de_areas(request: HttpRequest) -> JsonResponse:
    """Las áreas, por su nombre o su clave."""
    texto, _ = _escrito(request)
    escrito = autoridades.normal(texto)
    filas = Area.objects.order_by("nombre", "pk").values_list("pk", "nombre", "clave")
    llaves = [pk for pk, *formas in filas if not escrito or any(escrito in autoridades.normal(f) for f in formas)]
    areas = Area.objects.filter(pk__in=llaves[:CUANTAS]).order_by("nombre", "pk")
    opciones = tuple(autoridades.Opcion(escrita(a), a.nombre, a.clave) for a in areas)
    return _responder(autoridades.Opciones(opciones))


@require_GET
def de_elementos(request: Any) -> JsonResponse:
    """Los elementos que esa persona puede ver: por folio o clave, o por lo que dicen. `aviso`, si el motor no contestó."""
    texto, _ = _escrito(request)
    hallados, aviso = _elementos(texto, lector_de(request.user))
    dejar_constancia_de_lista(hallados, request.user, "oficina: selector", request.META.get("REMOTE_ADDR"))
    opciones = tuple(_de_elemento(i) for i in hallados)
    return _responder(autoridades.Opciones(opciones), aviso)


def _elementos(texto: str, lector: Lector) -> tuple[list[Item], str]:
    if not texto:
        return [], ""
    citados = elementos_citados(texto, lector)
    return (citados, "") if citados else de_cualquier_tipo(texto, lector, CUANTAS)


def _de_elemento(item: Any) -> autoridades.Opcion:
    piezas = [tipo_de(item.tipo).nombre, item.folio, item.fecha_parcial.frase]
    return autoridades.Opcion(item.clave, item.titulo, " · ".join(p for p in piezas if p))
