"""Una clase del cuadro: verla, corregirla con su ficha, y los actos que la mueven, dividen o fusionan."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from archivo.archivistica.puerta import (
    ActoSobreClases,
    CuadroClasificacion,
    FichaValoracion,
    InstrumentoRechazado,
    NivelClasificacion,
    Razones,
    activar_clase,
    cambiar_clase,
    camino_de_clase,
    crear_clase,
    dividir_clase,
    ensayar_acto,
    equivalentes_vigentes,
    faltas_de_ficha,
    fusionar_clases,
    guardar_clase_con_ficha,
    mover_clase,
    niveles_bajo,
    quitar_clase,
)
from archivo.identidad.puerta import lector_de
from archivo.ingesta.puerta import clases_ocultas
from archivo.oficina.formularios.instrumentos import ClaseForm, DividirForm, FichaForm, FusionarForm, MoverForm
from archivo.oficina.vistas.instrumentos import cuadro_de, exigir, intentar, puede

ACTOS: dict[str, tuple[str, Any]] = {
    "mover": ("Mover", MoverForm),
    "dividir": ("Dividir", DividirForm),
    "fusionar": ("Fusionar", FusionarForm),
}


def clase_de(request: HttpRequest, pk: int, permiso: str = "view_cuadroclasificacion") -> NivelClasificacion:
    """La clase, si esa persona puede eso con los instrumentos."""
    exigir(request.user, permiso)
    clase = get_object_or_404(NivelClasificacion.objects.select_related("cuadro", "padre", "ficha"), pk=pk)
    if clase.pk in clases_ocultas(clase.cuadro, lector_de(request.user)):
        raise Http404
    return clase


@require_http_methods(["GET", "POST"])
def nueva(request: Any, pk: int) -> HttpResponse:
    """Una clase nueva bajo `?madre=`; sin madre, un fondo."""
    cuadro = cuadro_de(request, pk, "change_cuadroclasificacion")
    if not cuadro.se_edita:
        raise Http404
    madre = _madre(cuadro, request.GET.get("madre", ""))
    form = ClaseForm(request.POST or None, clase=None, madre=madre)
    if request.method == "POST" and form.is_valid():
        try:
            clase = crear_clase(cuadro, madre, form.datos(), request.user)
        except InstrumentoRechazado as razon:
            form.add_error(None, razon.faltas)
        else:
            messages.success(request, f"Se agregó {clase}.")
            return redirect("oficina_clase", pk=clase.pk)
    contexto = {"cuadro": cuadro, "madre": madre, "form": form, "camino": camino_de_clase(madre)}
    return render(request, "oficina/instrumentos/clase_nueva.html", contexto, status=422 if form.errors else 200)


def _madre(cuadro: CuadroClasificacion, pk: str) -> NivelClasificacion | None:
    if not pk:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        raise Http404
    return get_object_or_404(cuadro.niveles, pk=pk)


@require_http_methods(["GET", "POST"])
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Una clase con su ficha: se corrige si el cuadro está en borrador y la persona edita; si no, se lee."""
    clase = clase_de(request, pk)
    edita = clase.cuadro.se_edita and puede(request.user, "change_cuadroclasificacion")
    if request.method == "POST" and not edita:
        raise Http404
    ficha = getattr(clase, "ficha", None)
    form, form_de_ficha = _formularios(request, clase, ficha) if edita else (None, None)
    if request.method == "POST" and _guardado(request, clase, form, form_de_ficha):
        return redirect("oficina_clase", pk=pk)
    contexto = {
        "clase": clase,
        "cuadro": clase.cuadro,
        "camino": camino_de_clase(clase)[:-1],
        "ficha": ficha,
        "faltas": faltas_de_ficha(ficha) if ficha else [],
        "form": form,
        "form_de_ficha": form_de_ficha,
        "anteriores": clase.equivale_a.select_related("cuadro"),
        "vigentes": equivalentes_vigentes(clase) if clase.cuadro.estado == "sustituido" else [],
        "hijas": clase.hijas.en_orden(),
        "admite": niveles_bajo(clase.nivel),
        "cierra": clase.cuadro.estado in {"borrador", "vigente"} and puede(request.user, "change_cuadroclasificacion"),
    }
    fallo = request.method == "POST"
    return render(request, "oficina/instrumentos/clase.html", contexto, status=422 if fallo else 200)


def _formularios(
    request: HttpRequest, clase: NivelClasificacion, ficha: FichaValoracion | None
) -> tuple[ClaseForm, FichaForm | None]:
    datos = request.POST if request.method == "POST" else None
    return ClaseForm(datos, clase=clase, madre=clase.padre), FichaForm(datos, instance=ficha) if ficha else None


def _guardado(request: Any, clase: NivelClasificacion, form: Any, form_de_ficha: Any) -> bool:
    if not all([form.is_valid(), form_de_ficha is None or form_de_ficha.is_valid()]):
        return False
    try:
        if form_de_ficha is None:
            cambiar_clase(clase, form.datos(), request.user)
        else:
            ficha, areas = form_de_ficha.save(commit=False), form_de_ficha.cleaned_data["areas"]
            guardar_clase_con_ficha(clase, form.datos(), ficha, areas, request.user)
    except InstrumentoRechazado as razon:
        form.add_error(None, razon.faltas)
        return False
    messages.success(request, "Se guardó la clase.")
    return True


@require_POST
def quitar(request: Any, pk: int) -> HttpResponse:
    """Quita del borrador una clase sin hijas ni antecedente."""
    clase = clase_de(request, pk, "change_cuadroclasificacion")
    cuadro = clase.cuadro_id
    nombre = str(clase)
    antes = NivelClasificacion.objects.filter(pk=pk)
    intentar(request, lambda: quitar_clase(clase, request.user), f"Se quitó {nombre}.")
    return redirect("oficina_clase", pk=pk) if antes.exists() else redirect("oficina_cuadro", pk=cuadro)


@require_POST
def activar(request: Any, pk: int) -> HttpResponse:
    """Abre o cierra la clase a expedientes nuevos."""
    clase = clase_de(request, pk, "change_cuadroclasificacion")
    activa = request.POST.get("activa") == "1"
    motivo = request.POST.get("motivo", "")
    frase = (
        "La clase admite expedientes nuevos." if activa else "La clase ya no admite expedientes nuevos; los suyos siguen en ella."
    )
    intentar(request, lambda: activar_clase(clase, activa=activa, motivo=motivo, actor=request.user), frase)
    return redirect("oficina_clase", pk=pk)


@require_http_methods(["GET", "POST"])
def acto(request: HttpRequest, pk: int, que: str) -> HttpResponse:
    """Un acto: se escribe, se ve cómo quedaría y se confirma."""
    if que not in ACTOS:
        raise Http404
    clase = clase_de(request, pk, "change_cuadroclasificacion")
    if not clase.cuadro.se_edita or clase.padre_id is None:
        raise Http404
    nombre, formulario = ACTOS[que]
    form = formulario(request.POST or None, clase=clase)
    previa = None
    if request.method == "POST" and form.is_valid():
        hacer = _preparar(que, clase, form, request.user)
        if request.POST.get("confirmar") == "1" and (hecho := _hacer(request, form, hacer)):
            return redirect("oficina_clase", pk=hecho.despues[0]["id"])
        previa = None if form.errors else _ensayo(form, hacer)
    contexto = {
        "clase": clase,
        "cuadro": clase.cuadro,
        "camino": camino_de_clase(clase),
        "nombre": nombre,
        "que": que,
        "form": form,
        "previa": previa,
    }
    return render(request, "oficina/instrumentos/acto.html", contexto, status=422 if form.errors else 200)


def _preparar(que: str, clase: NivelClasificacion, form: Any, persona: Any) -> Callable[[], ActoSobreClases]:
    limpio = form.cleaned_data
    razones = Razones(persona, limpio["motivo"], limpio["acta"])
    return {
        "mover": lambda: mover_clase(clase, limpio["destino"], razones, limpio["clave"]),
        "dividir": lambda: dividir_clase(clase, form.partes(), razones),
        "fusionar": lambda: fusionar_clases([clase, *limpio["otras"]], form.datos(), razones),
    }[que]


def _hacer(request: HttpRequest, form: Any, hacer: Callable[[], ActoSobreClases]) -> ActoSobreClases | None:
    try:
        hecho = hacer()
    except InstrumentoRechazado as razon:
        form.add_error(None, razon.faltas)
        return None
    messages.success(request, "El acto quedó hecho y escrito con su motivo.")
    return hecho


def _ensayo(form: Any, hacer: Callable[[], ActoSobreClases]) -> ActoSobreClases | None:
    try:
        return ensayar_acto(hacer)
    except InstrumentoRechazado as razon:
        form.add_error(None, razon.faltas)
        return None
