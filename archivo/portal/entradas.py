"""Lo que llega de fuera, antes de que nadie lo lea: sin el byte nulo, que PostgreSQL no guarda ni compara."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase

NULO = "\x00"


class SinNulosMiddleware:
    """Quita los bytes nulos de lo escrito en formularios y consultas; una dirección que los lleve no es de nadie."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """La petición, ya limpia."""
        if NULO in request.path:
            raise Http404("La dirección lleva un byte nulo.")
        if _trae_nulos(request.GET):
            request.GET = _limpia(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and _trae_nulos(_enviado(request)):
            request.POST = _limpia(request.POST)  # type: ignore[assignment]
        return self.siguiente(request)


def _enviado(request: HttpRequest) -> QueryDict:
    """Lo enviado; nada si la conexión se cortó a la mitad, que la vista verá igual."""
    try:
        return request.POST
    except UnreadablePostError:
        return QueryDict()


def _trae_nulos(datos: QueryDict) -> bool:
    return any(NULO in nombre or any(NULO in valor for valor in valores) for nombre, valores in datos.lists())


def _limpia(datos: QueryDict) -> QueryDict:
    limpios = QueryDict(mutable=True)
    for nombre, valores in datos.lists():
        limpios.setlist(nombre.replace(NULO, ""), [valor.replace(NULO, "") for valor in valores])
    limpios._mutable = False  # así entrega Django los suyos
    return limpios
