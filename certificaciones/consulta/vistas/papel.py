"""Ver las fojas de una copia que se tiene en papel. El segundo código viaja sólo en el cuerpo del formulario."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from archivo.objetos.puerta import DerivadoImposible
from archivo.portal.puerta import sin_indexar
from certificaciones.consulta import papel
from certificaciones.consulta.frenos import anotar_segundo, segundos_frenados
from certificaciones.consulta.lectura import CopiaConsultada
from certificaciones.consulta.vistas.verificar import LARGO, abrir, de_una_copia, frenada

GALLETA = "fojas"


def _pagina(request: HttpRequest, copia: CopiaConsultada) -> HttpResponse:
    escrita = request.GET.get("desde", "1")
    desde = int(escrita) if escrita.isascii() and escrita.isdigit() and len(escrita) < 6 else 1
    contexto = {
        "copia": copia,
        "fojas": papel.fojas(copia, desde),
        "antes": max(1, desde - papel.POR_TRAMO) if desde > 1 else None,
        "despues": desde + papel.POR_TRAMO if desde + papel.POR_TRAMO <= papel.cuantas(copia) else None,
        "seccion": "verificar",
    }
    return sin_indexar(render(request, "certificaciones/consulta/fojas.html", contexto))


def _pedir_codigo(request: HttpRequest, copia: CopiaConsultada, *, mal: bool = False) -> HttpResponse:
    contexto = {"copia": copia, "mal": mal, "seccion": "verificar"}
    return sin_indexar(render(request, "certificaciones/consulta/segundo_codigo.html", contexto, status=403 if mal else 200))


@method_decorator([never_cache, sensitive_post_parameters("segundo")], name="dispatch")
class Fojas(View):
    """GET muestra las fojas a quien ya dio el segundo código; POST lo recibe."""

    def get(self, request: HttpRequest, codigo: str) -> HttpResponse:
        """Las fojas, o el formulario del segundo código."""
        copia = self._abrir(request, codigo)
        if isinstance(copia, HttpResponse):
            return copia
        permiso = request.COOKIES.get(GALLETA)
        return _pagina(request, copia) if papel.permite(copia, permiso) else _pedir_codigo(request, copia)

    def post(self, request: HttpRequest, codigo: str) -> HttpResponse:
        """Comprueba el segundo código; las fallas se cuentan por copia y por dirección de red."""
        copia = self._abrir(request, codigo)
        if isinstance(copia, HttpResponse):
            return copia
        if segundos_frenados(request, str(copia.acto.pk)):
            return frenada(request)
        permiso = papel.permiso_con(copia, request.POST.get("segundo", "")[:LARGO])
        if permiso is None:
            anotar_segundo(request, str(copia.acto.pk))
            return _pedir_codigo(request, copia, mal=True)
        respuesta = redirect("consulta:fojas", codigo=copia.codigo)
        ruta = reverse("consulta:fojas", args=[copia.codigo])
        segura = request.is_secure()
        respuesta.set_cookie(GALLETA, permiso, papel.DURA, path=ruta, secure=segura, httponly=True, samesite="Strict")
        return sin_indexar(respuesta)

    def _abrir(self, request: HttpRequest, codigo: str) -> CopiaConsultada | HttpResponse:
        copia = abrir(request, codigo)
        if not isinstance(copia, HttpResponse) and copia.consulta_del_papel == "no":
            raise Http404
        return copia


@de_una_copia
def imagen(request: HttpRequest, copia: CopiaConsultada, numero: int) -> HttpResponse:
    """La imagen de una página, a quien puede ver las fojas; a los demás, un 404."""
    if not papel.permite(copia, request.COOKIES.get(GALLETA)):
        raise Http404
    try:
        datos = papel.imagen(copia, numero)
    except DerivadoImposible as motivo:
        raise Http404 from motivo
    return sin_indexar(HttpResponse(datos, content_type="image/jpeg"))
