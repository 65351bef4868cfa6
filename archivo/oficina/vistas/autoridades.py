"""Las autoridades en la oficina: la lista, el registro de cada una y su formulario."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.catalogo.puerta import DESCRIBEN, Autoridad, CambioRechazado, Item, RelacionDeAutoridad, autoridades, clave_valida
from archivo.identidad.puerta import lector_de
from archivo.oficina.formularios.autoridad import HojaDeAutoridad, ParentescoForm, RenombrarForm

POR_PAGINA = 50
MENCIONES_A_LA_VISTA = 20
CAMBIAN = (
    "titular",
    "redaccion",
    "monitoreo",
    "fotografia_video",
    "diseno",
    "coordinacion_archivos",
    "administracion",
    *DESCRIBEN,
)
_CLASES = dict(autoridades.CLASES)


def puede_cambiar_autoridades(usuario: Any) -> bool:
    """Quien describe o administra da de alta, corrige y funde autoridades; quien sólo lee, las ve."""
    return lector_de(usuario).tiene(*CAMBIAN)


def exigir_cambio(request: HttpRequest) -> None:
    """403 a quien sólo las lee."""
    if not puede_cambiar_autoridades(request.user):
        raise PermissionDenied


def autoridad_o_404(clave: str) -> Autoridad:
    """La autoridad con esa clave."""
    if not clave_valida(clave):
        raise Http404
    return get_object_or_404(Autoridad.objects.select_related("fundida_en"), clave=clave)


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Por nombre, de cincuenta en cincuenta; `clase`, `por_verificar` y `q` acotan."""
    filtros = {c: request.GET.get(c, "").replace("\0", "")[:200] for c in ("clase", "por_verificar", "q", "desde")}
    clases = [filtros["clase"]] if filtros["clase"] in _CLASES else list(_CLASES)
    filas, siguiente = _tramo(clases, filtros)
    quedan = {c: v for c, v in filtros.items() if v and c != "desde"}
    return render(
        request,
        "oficina/autoridades/lista.html",
        {
            "filas": filas,
            "clases": autoridades.CLASES,
            "filtros": filtros,
            "siguiente": f"?{urlencode(quedan | {'desde': siguiente})}" if siguiente else "",
            "primeras": f"?{urlencode(quedan)}" if filtros["desde"] else "",
            "puede_cambiar": puede_cambiar_autoridades(request.user),
        },
    )


def _tramo(clases: list[str], filtros: dict[str, str]) -> tuple[list[Autoridad], str]:
    filas: QuerySet[Autoridad] = Autoridad.objects.filter(clase__in=clases, fundida_en__isnull=True).order_by("normal", "pk")
    if filtros["por_verificar"]:
        filas = filas.filter(por_verificar=True)
    if autoridades.normal(filtros["q"]):
        filas = filas.filter(pk__in=autoridades.llaves_que_responden(clases, filtros["q"]))
    nombre, _, pk = filtros["desde"].rpartition("|")
    if nombre and pk.isascii() and pk.isdigit() and len(pk) < 19:
        filas = filas.filter(Q(normal__gt=nombre) | Q(normal=nombre, pk__gt=int(pk)))
    vistas = list(filas[: POR_PAGINA + 1])
    ultima = vistas[POR_PAGINA - 1] if len(vistas) > POR_PAGINA else None
    return vistas[:POR_PAGINA], f"{ultima.normal}|{ultima.pk}" if ultima else ""


@require_GET
def ver(request: HttpRequest, clave: str) -> HttpResponse:
    """Su registro: nombres en el tiempo, enlaces, qué elementos la nombran y a quién se parece."""
    autoridad = autoridad_o_404(clave)
    visibles = Item.objects.visibles_para(lector_de(request.user))
    nombran = autoridades.los_que_usan(autoridad).filter(pk__in=visibles.values("pk"))
    return render(request, "oficina/autoridades/ver.html", contexto_de(request, autoridad) | {
        "nombres": autoridad.nombres.all(),
        "enlaces": enlaces_de(autoridad),
        "propios": autoridades.FICHAS[autoridad.clase]().en_palabras(autoridad.datos),
        "elementos": nombran.order_by("-fecha", "-pk")[:MENCIONES_A_LA_VISTA],
        "cuantos": len(nombran.order_by().values_list("pk")[:1001]),
        "parecidas": [] if autoridad.fundida_en_id else autoridades.parecidas_a(autoridad),
        "renombrar": RenombrarForm(),
        "parentesco": ParentescoForm(autoridad.clase),
        "fusiones": autoridad.fusiones.filter(deshecha__isnull=True).select_related("vigente", "actor"),
        "remitidas": Autoridad.objects.filter(fundida_en=autoridad),
    })  # fmt: skip


def contexto_de(request: HttpRequest, autoridad: Autoridad) -> dict[str, Any]:
    """Lo que toda pantalla de una autoridad muestra."""
    return {
        "autoridad": autoridad,
        "clase": _CLASES[autoridad.clase],
        "puede_cambiar": puede_cambiar_autoridades(request.user),
        "lista_url": reverse("oficina_autoridades"),
    }


def enlaces_de(autoridad: Autoridad) -> list[dict[str, Any]]:
    """Sus enlaces, dichos desde ella."""
    inversos = {"antecesora": "Sucesora de", "superior": "Depende de", "asociada": "Asociada con"}
    idas = [(r, r.get_clase_display(), r.destino) for r in autoridad.relaciones.select_related("destino")]
    vueltas = [(r, inversos[r.clase], r.origen) for r in autoridad.relaciones_inversas.select_related("origen")]
    return [{"relacion": r, "dice": dice, "otra": otra} for r, dice, otra in idas + vueltas]


@require_http_methods(["GET", "POST"])
def nueva(request: HttpRequest, clase: str) -> HttpResponse:
    """Una autoridad nueva; si se parece a otra, lo dice antes de guardar."""
    exigir_cambio(request)
    if clase not in _CLASES:
        raise Http404
    return _hoja(request, Autoridad(clase=clase))


@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, clave: str) -> HttpResponse:
    """Corregir una autoridad."""
    exigir_cambio(request)
    autoridad = autoridad_o_404(clave)
    if autoridad.fundida_en_id:
        return redirect("oficina_autoridad", clave=autoridad.clave)
    return _hoja(request, autoridad)


def _hoja(request: HttpRequest, autoridad: Autoridad) -> HttpResponse:
    hoja = HojaDeAutoridad(autoridad, request.POST if request.method == "POST" else None)
    parecidas: list[autoridades.Candidata] = []
    if request.method == "POST" and hoja.is_valid():
        if autoridad.pk is None and "ya_las_vi" not in request.POST:
            parecidas = autoridades.parecidas_al_nombre(autoridad.clase, hoja.comun.cleaned_data["nombre"])
        try:
            if not parecidas:
                return _guardada(request, hoja.guardar(request.user))
        except CambioRechazado as razon:
            hoja.comun.add_error("nombre", str(razon))
    mal = request.method == "POST"
    contexto = contexto_de(request, autoridad) | {"hoja": hoja, "parecidas": parecidas, "mal": mal and not parecidas}
    return render(request, "oficina/autoridades/hoja.html", contexto, status=422 if mal else 200)


def _guardada(request: HttpRequest, autoridad: Autoridad) -> HttpResponse:
    messages.success(request, f"Guardada: «{autoridad}».")
    return redirect("oficina_autoridad", clave=autoridad.clave)


@require_POST
def hacer(request: HttpRequest, clave: str, que: str) -> HttpResponse:
    """Renombrar, enlazar, desenlazar o dar por verificada."""
    exigir_cambio(request)
    autoridad = autoridad_o_404(clave)
    try:
        messages.success(request, _HACER[que](request, autoridad))
    except CambioRechazado as razon:
        messages.error(request, str(razon))
    return redirect("oficina_autoridad", clave=autoridad.clave)


def _exigir(form: Any) -> Any:
    if not form.is_valid():
        raise CambioRechazado(" ".join(str(e) for errores in form.errors.values() for e in errores))
    return form


def _renombrar(request: Any, autoridad: Autoridad) -> str:
    limpio = _exigir(RenombrarForm(request.POST)).cleaned_data
    autoridades.renombrar(autoridad, limpio["nuevo"], limpio["desde"], autoridades.Cambio(request.user, limpio["motivo"]))
    return f"Desde {limpio['desde']} se llama «{autoridad}»; el nombre que tenía queda como anterior."


def _enlazar(request: Any, autoridad: Autoridad) -> str:
    form = _exigir(ParentescoForm(autoridad.clase, request.POST))
    autoridades.emparentar(form.parentesco(autoridad), autoridades.Cambio(request.user))
    return f"Enlazada con «{form.cleaned_data['otra']}»."


def _desenlazar(request: Any, autoridad: Autoridad) -> str:
    llave = request.POST.get("relacion", "")
    suyas = RelacionDeAutoridad.objects.filter(Q(origen=autoridad) | Q(destino=autoridad))
    relacion = get_object_or_404(suyas, pk=int(llave) if llave.isascii() and llave.isdigit() and len(llave) < 19 else 0)
    autoridades.desemparentar(relacion, autoridades.Cambio(request.user))
    return "Se quitó el enlace; la bitácora conserva lo que decía."


def _verificar(request: Any, autoridad: Autoridad) -> str:
    autoridades.verificar_autoridad(autoridad, autoridades.Cambio(request.user))
    return f"«{autoridad}» queda verificada."


_HACER = {"renombrar": _renombrar, "enlazar": _enlazar, "desenlazar": _desenlazar, "verificar": _verificar}
