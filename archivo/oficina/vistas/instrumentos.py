"""El cuadro de clasificación y su catálogo en la oficina: versiones, árbol, pasos, comparación y exportaciones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.archivistica.puerta import (
    MAXIMO_DE_INSTRUMENTO,
    CargaRechazada,
    CuadroClasificacion,
    InstrumentoRechazado,
    NivelClasificacion,
    abrir_cuadro,
    areas_de_la_persona,
    areas_pendientes,
    areas_que_validan,
    clases_del_cuadro,
    comparar_cuadros,
    devolver_cuadro,
    enviar_a_areas,
    exportar_instrumento,
    faltas_del_catalogo,
    guardar_datos_de_cuadro,
    impedimentos_de_validacion,
    importar_cuadro,
    leer_instrumento,
    nueva_version_de_cuadro,
    pasos_de_cuadro,
    poner_en_vigor,
    series_por_area,
    validaciones_de_cuadro,
    validar_por_area,
    validar_por_grupo,
    version_abierta,
    vigencia_de_cuadro,
)
from archivo.identidad.puerta import Lector, lector_de
from archivo.ingesta.puerta import clases_ocultas
from archivo.oficina.formularios.instrumentos import AbrirCuadroForm, DatosDeCuadroForm, VigorForm

ERRORES_QUE_SE_DICEN = 200
ACTOS_QUE_SE_DICEN = 50


def puede(persona: Any, permiso: str) -> bool:
    """¿Tiene ese permiso sobre los instrumentos?"""
    return bool(persona.has_perm(f"archivistica.{permiso}"))


def exigir(persona: Any, permiso: str) -> None:
    """Quien no lee los instrumentos recibe el 404 de siempre; quien los lee y no puede cambiarlos, un 403."""
    if not puede(persona, "view_cuadroclasificacion"):
        raise Http404
    if not puede(persona, permiso):
        raise PermissionDenied


def cuadro_de(request: HttpRequest, pk: int, permiso: str = "view_cuadroclasificacion") -> CuadroClasificacion:
    """El cuadro, si esa persona puede eso con los instrumentos."""
    exigir(request.user, permiso)
    return get_object_or_404(CuadroClasificacion.objects.select_related("anterior", "enviado_por"), pk=pk)


def intentar(request: HttpRequest, hacer: Callable[[], Any], logrado: str) -> Any:
    """Corre un servicio y lo cuenta: lo logrado, o cada razón por la que no procede. Devuelve su resultado o None."""
    try:
        resultado = hacer()
    except InstrumentoRechazado as razon:
        for falta in razon.faltas:
            messages.error(request, falta)
        return None
    messages.success(request, logrado)
    return resultado


@dataclass
class Rama:
    """Una clase dibujada en el árbol, con lo que cuelga de ella y lo que le falta a su ficha."""

    clase: NivelClasificacion
    faltas: int = 0
    hijas: list["Rama"] = field(default_factory=list)


def arbol_de(cuadro: CuadroClasificacion, lector: Lector) -> list[Rama]:
    """Las ramas del cuadro que esa persona puede ver, en orden. Un número fijo de consultas."""
    ocultas = clases_ocultas(cuadro, lector)
    faltas = {clase.pk: len(dichas) for clase, dichas in faltas_del_catalogo(cuadro).items()}
    ramas: dict[int | None, Rama] = {}
    raices: list[Rama] = []
    for clase in clases_del_cuadro(cuadro):
        if clase.pk in ocultas:
            continue
        ramas[clase.pk] = Rama(clase, faltas.get(clase.pk, 0))
        destino = ramas[clase.padre_id].hijas if clase.padre_id in ramas else raices
        destino.append(ramas[clase.pk])
    return raices


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Las versiones del cuadro propio y los cuadros recibidos con fondos."""
    exigir(request.user, "view_cuadroclasificacion")
    propios = list(CuadroClasificacion.objects.institucionales())
    contexto = {
        "propios": [(c, vigencia_de_cuadro(c)) for c in propios],
        "recibidos": CuadroClasificacion.objects.filter(clase="recibido"),
        "vigente": next((c for c in propios if c.estado == "vigente"), None),
        "abierta": version_abierta(),
        "edita": puede(request.user, "add_cuadroclasificacion"),
    }
    return render(request, "oficina/instrumentos/lista.html", contexto)


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Un cuadro: su estado y los pasos que esa persona puede dar, el árbol de clases y los actos."""
    cuadro = cuadro_de(request, pk)
    edita = cuadro.se_edita and puede(request.user, "change_cuadroclasificacion")
    contexto = {
        "cuadro": cuadro,
        "titulo": str(cuadro) if cuadro.clase == "recibido" else f"Cuadro de clasificación, versión {cuadro.version}",
        "vigencia": vigencia_de_cuadro(cuadro),
        "ramas": arbol_de(cuadro, lector_de(request.user)),
        "edita": edita,
        "pasos": pasos_de_cuadro(cuadro, request.user),
        "vigor": VigorForm(initial={"desde": timezone.localdate()}),
        "datos": DatosDeCuadroForm(instance=cuadro) if edita else None,
        "actos": cuadro.actos.select_related("actor")[:ACTOS_QUE_SE_DICEN],
        "rondas": cuadro.validaciones.select_related("area", "actor"),
        **_revision(cuadro, request.user),
    }
    return render(request, "oficina/instrumentos/cuadro.html", contexto)


def _revision(cuadro: CuadroClasificacion, persona: Any) -> dict[str, Any]:
    if cuadro.estado != "en_revision_areas":
        return {}
    dichas = validaciones_de_cuadro(cuadro)
    series = series_por_area(cuadro)
    suyas = areas_de_la_persona(cuadro, persona) if puede(persona, "validar_por_area") else []
    return {
        "areas": [(a, dichas.get(a.pk), a in suyas, series[a]) for a in sorted(series, key=str)],
        "faltan": len(areas_pendientes(cuadro)),
        "impedimentos": impedimentos_de_validacion(cuadro),
        "lo_envio": cuadro.enviado_por_id == persona.pk,
    }


@require_http_methods(["GET", "POST"])
def abrir(request: HttpRequest) -> HttpResponse:
    """Un cuadro nuevo, vacío o cargado de un archivo: si una fila está mal no se carga ninguna."""
    exigir(request.user, "add_cuadroclasificacion")
    form = AbrirCuadroForm(request.POST or None, request.FILES or None)
    errores: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            cuadro = _abrir(form.cleaned_data, request.user)
        except CargaRechazada as razon:
            errores = razon.errores
        except InstrumentoRechazado as razon:
            form.add_error(None, str(razon))
        else:
            messages.success(request, f"Se abrió la versión {cuadro.version}, en borrador.")
            return redirect("oficina_cuadro", pk=cuadro.pk)
    contexto = {"form": form, "errores": errores[:ERRORES_QUE_SE_DICEN], "cuantos": len(errores)}
    estado = 422 if request.method == "POST" else 200
    return render(request, "oficina/instrumentos/abrir.html", contexto, status=estado)


def _abrir(limpio: dict[str, Any], persona: Any) -> CuadroClasificacion:
    archivo = limpio["archivo"]
    if not archivo:
        return abrir_cuadro(limpio["nombre"], persona)
    return importar_cuadro(leer_instrumento(archivo.read(MAXIMO_DE_INSTRUMENTO + 1), archivo.name), limpio["nombre"], persona)


@require_POST
def nueva_version(request: Any) -> HttpResponse:
    """Copia el cuadro vigente a una versión nueva."""
    exigir(request.user, "add_cuadroclasificacion")
    frase = "Se abrió la versión siguiente, en borrador, con las mismas clases y fichas. La vigente no cambia."
    nueva = intentar(request, lambda: nueva_version_de_cuadro(request.user), frase)
    return redirect("oficina_cuadro", pk=nueva.pk) if nueva else redirect("oficina_cuadros")


@require_POST
def datos(request: Any, pk: int) -> HttpResponse:
    """El nombre del borrador y la forma de sus claves."""
    cuadro = cuadro_de(request, pk, "change_cuadroclasificacion")
    form = DatosDeCuadroForm(request.POST, instance=cuadro)
    if form.is_valid():
        limpio = form.cleaned_data
        intentar(
            request,
            lambda: guardar_datos_de_cuadro(cuadro, limpio["nombre"], limpio["patron_de_clave"], request.user),
            "Se guardó.",
        )
    else:
        messages.error(request, "Escriba el nombre del cuadro y la forma de sus claves.")
    return redirect("oficina_cuadro", pk=pk)


@require_POST
def paso(request: Any, pk: int, accion: str) -> HttpResponse:
    """Da un paso del ciclo."""
    cuadro = cuadro_de(request, pk)
    motivo = request.POST.get("motivo", "")
    hacer: dict[str, tuple[Callable[[], Any], str]] = {
        "enviar_a_areas": (lambda: enviar_a_areas(cuadro, request.user), "Se envió a revisión de sus áreas productoras."),
        "devolver": (lambda: devolver_cuadro(cuadro, request.user, motivo), "Volvió a borrador."),
        "validar": (lambda: validar_por_grupo(cuadro, request.user, motivo), "El grupo interdisciplinario lo validó."),
        "poner_en_vigor": (lambda: _poner_en_vigor(request, cuadro), "Está en vigor. La versión anterior quedó sustituida."),
    }
    if accion not in hacer:
        raise Http404
    intentar(request, *hacer[accion])
    return redirect("oficina_cuadro", pk=pk)


def _poner_en_vigor(request: Any, cuadro: CuadroClasificacion) -> CuadroClasificacion:
    form = VigorForm(request.POST)
    if not form.is_valid():
        raise InstrumentoRechazado("Escriba desde qué día rige y con qué acta se aprobó.")
    return poner_en_vigor(cuadro, form.cleaned_data["desde"], form.cleaned_data["acta"], request.user)


@require_POST
def validar_area(request: Any, pk: int, area: int) -> HttpResponse:
    """La conformidad o las observaciones de un área."""
    cuadro = cuadro_de(request, pk)
    la_suya = next((a for a in areas_que_validan(cuadro) if a.pk == area), None)
    if la_suya is None:
        raise Http404
    conforme = request.POST.get("dictamen") == "conforme"
    observaciones = request.POST.get("observaciones", "")
    intentar(
        request,
        lambda: validar_por_area(cuadro, la_suya, request.user, conforme=conforme, observaciones=observaciones),
        f"Quedó escrito lo que dice {la_suya}.",
    )
    return redirect("oficina_cuadro", pk=pk)


@require_GET
def comparar(request: HttpRequest, pk: int, otro: int) -> HttpResponse:
    """Qué cambió de una versión a otra; `?todo=1` muestra también lo igual."""
    una, otra = cuadro_de(request, pk), cuadro_de(request, otro)
    vieja, nueva = sorted((una, otra), key=lambda c: c.version)
    diferencias = comparar_cuadros(vieja, nueva)
    cuentas: dict[str, int] = {}
    for diferencia in diferencias:
        cuentas[diferencia.nombre] = cuentas.get(diferencia.nombre, 0) + 1
    todo = request.GET.get("todo") == "1"
    contexto = {
        "vieja": vieja,
        "nueva": nueva,
        "diferencias": [d for d in diferencias if todo or d.que != "igual"],
        "cuentas": cuentas,
        "todo": todo,
        "muestra": vieja.es_muestra or nueva.es_muestra,
        "otras": CuadroClasificacion.objects.institucionales().exclude(pk__in=[vieja.pk, nueva.pk]),
    }
    return render(request, "oficina/instrumentos/comparar.html", contexto)


@require_GET
def exportar(request: HttpRequest, pk: int, que: str, formato: str) -> HttpResponse:
    """El cuadro, el catálogo, la guía o el CSV de intercambio."""
    cuadro = cuadro_de(request, pk)
    if cuadro.clase == CuadroClasificacion.Clase.RECIBIDO:
        raise Http404
    exportado = exportar_instrumento(cuadro, que, formato)
    respuesta = HttpResponse(exportado.datos, content_type=exportado.tipo)
    respuesta["Content-Disposition"] = f'attachment; filename="{exportado.nombre}"'
    return respuesta
