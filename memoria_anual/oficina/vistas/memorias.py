"""Las memorias en la oficina: abrirlas, ver cómo van, ponerles corte, ajustar cifras y pasarlas de un estado a otro."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from archivo.identidad.puerta import lector_de
from archivo.objetos.puerta import ObjetoAusente
from archivo.salidas import ErrorDeImpreso
from archivo.tareas.puerta import Trabajo
from memoria_anual.cortes.puerta import Corte, CorteImposible, se_corta_al_momento
from memoria_anual.edicion.puerta import (
    ESTADOS_DE_MEMORIA,
    CambioDeMemoriaRechazado,
    Memoria,
    MemoriaNueva,
    Repaso,
    SinCorte,
    abrir_memoria,
    ajustar_cifra,
    archivo_actual,
    cortar_y_poner,
    dar_paso,
    duplicar,
    encargar_corte_de,
    encargar_publicacion,
    guardar_datos,
    pasos_de,
    poner_corte,
    puede_crear,
    puede_editar,
    puede_leer,
    repasar,
)
from memoria_anual.oficina.formularios_de_edicion import AbrirForm, AjusteForm, DatosForm, PedirForm, lo_que_falta
from memoria_anual.oficina.vistas.comunes import sin_indicador_propio
from search import SearchError


def memoria_para(request: Any, pk: int, *, edita: bool = False) -> Memoria:
    """La memoria, si esa persona la ve (o la edita); si no, 404."""
    memoria = get_object_or_404(Memoria.objects.select_related("area", "corte", "autoriza"), pk=pk)
    lector = lector_de(request.user)
    if not (puede_editar(lector, memoria) if edita else puede_leer(lector, memoria)):
        raise Http404
    return memoria


@require_GET
def lista(request: Any) -> HttpResponse:
    """Las que esa persona ve, la más reciente primero."""
    if not request.user.has_perm("edicion.view_memoria"):
        raise Http404
    lector = lector_de(request.user)
    suyas = [m for m in Memoria.objects.select_related("area").prefetch_related("aportaciones") if puede_leer(lector, m)]
    return render(request, "oficina_memoria/memorias.html", {"memorias": suyas, "crea": puede_crear(lector)})


@require_http_methods(["GET", "POST"])
def abrir(request: Any) -> HttpResponse:
    """Abrir la de un periodo con los capítulos de la plantilla."""
    lector = lector_de(request.user)
    if not puede_crear(lector):
        raise Http404
    form = AbrirForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limpio = form.cleaned_data
        try:
            memoria = abrir_memoria(
                MemoriaNueva(limpio["periodo"], limpio["tipo"], limpio["titulo"], limpio["area"]), request.user
            )
        except CambioDeMemoriaRechazado as razon:
            form.add_error(None, str(razon))
        else:
            return redirect("memoria_ver", pk=memoria.pk)
    return render(
        request, "oficina_memoria/abrir.html", {"form": form, "titulo": "Abrir una memoria"}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def desde_otra(request: Any, pk: int) -> HttpResponse:
    """Empezar la de otro periodo desde ésta."""
    memoria = memoria_para(request, pk, edita=True)
    form = AbrirForm(request.POST or None, initial={"tipo": memoria.tipo, "titulo": memoria.titulo, "area": memoria.area_id})
    for sobra in ("tipo", "titulo", "area"):
        del form.fields[sobra]
    if request.method == "POST" and form.is_valid():
        try:
            nueva = duplicar(memoria, form.cleaned_data["periodo"], request.user)
        except CambioDeMemoriaRechazado as razon:
            form.add_error(None, str(razon))
        else:
            messages.success(request, "Se abrió con los capítulos de la anterior. Cada párrafo está «sin revisar».")
            return redirect("memoria_ver", pk=nueva.pk)
    contexto = {"form": form, "titulo": f"Empezar desde {memoria}"}
    return render(request, "oficina_memoria/abrir.html", contexto, status=422 if form.errors else 200)


@require_GET
def ver(request: Any, pk: int) -> HttpResponse:
    """Cómo va: estado, lo que falta, corte, capítulos, aportaciones, ajustes y sus archivos."""
    memoria = memoria_para(request, pk)
    edita = puede_editar(lector_de(request.user), memoria)
    pasos = pasos_de(memoria, request.user)
    contexto = {
        "memoria": memoria, "edita": edita and memoria.situacion.se_escribe, "lleva": edita, "pasos": pasos,
        "repaso": next((r for p in pasos if (r := repasar(memoria, p)) != Repaso()), Repaso()),
        "capitulos": memoria.capitulos.prefetch_related("comentarios"), "aportaciones": memoria.aportaciones.select_related("area").prefetch_related("recordatorios"),
        "ajustes": memoria.ajustes.select_related("autor"), "ajuste": AjusteForm(), "pedir": PedirForm(), "datos": DatosForm(instance=memoria),
        "otros_cortes": Corte.objects.filter(periodo=memoria.periodo).exclude(pk=memoria.corte_id or 0)[:5], "edicion": memoria.ediciones.first(),
    }  # fmt: skip
    return render(request, "oficina_memoria/memoria.html", contexto)


def intentar(request: Any, pk: int, hacer: Any, dicho: str) -> HttpResponse:
    """Hace y vuelve a la memoria; lo que no procede se dice."""
    try:
        hacer()
    except CambioDeMemoriaRechazado as razon:
        messages.error(request, str(razon))
    else:
        messages.success(request, dicho)
    return redirect("memoria_ver", pk=pk)


@require_POST
def datos(request: Any, pk: int) -> HttpResponse:
    """Lo que va en la página legal."""
    memoria = memoria_para(request, pk, edita=True)
    form = DatosForm(request.POST, instance=memoria)
    if not form.is_valid():
        messages.error(request, f"No se guardó. {lo_que_falta(form)}")
        return redirect("memoria_ver", pk=pk)
    return intentar(request, pk, lambda: guardar_datos(memoria, request.user), "Se guardaron los datos de la página legal.")


@require_POST
def corte(request: Any, pk: int) -> HttpResponse:
    """Toma un corte que ya está (`corte=`), o corta ahora."""
    memoria = memoria_para(request, pk, edita=True)
    elegido = request.POST.get("corte", "")
    hallado = (
        Corte.objects.filter(pk=int(elegido), periodo=memoria.periodo).first()
        if elegido.isdecimal() and len(elegido) < 18
        else None
    )

    if hallado is None and not se_corta_al_momento(memoria.como_periodo):
        return _encargado(request, pk, lambda: encargar_corte_de(memoria, request.user), "Se está cortando.")

    def poner() -> None:
        if hallado is None:
            cortar_y_poner(memoria, request.user)
        else:
            poner_corte(memoria, request.user, hallado)

    try:
        return intentar(request, pk, poner, "La memoria toma sus cifras de ese corte.")
    except CorteImposible as error:
        messages.error(request, str(error))
        return redirect("memoria_ver", pk=pk)
    except SearchError as error:
        return sin_indicador_propio(request, error)


def _encargado(request: Any, pk: int, encargar: Callable[[], Trabajo], dicho: str) -> HttpResponse:
    """Lo encarga y lleva a su avance; si otra persona ya lo encargó, lo dice."""
    try:
        trabajo = encargar()
    except CambioDeMemoriaRechazado as razon:
        messages.error(request, str(razon))
        return redirect("memoria_ver", pk=pk)
    if trabajo.actor != request.user:
        messages.success(request, f"Ya se está haciendo: lo encargó {trabajo.actor}. Espere a que termine.")
        return redirect("memoria_ver", pk=pk)
    messages.success(request, f"{dicho} Sigue aunque cierre la página.")
    return redirect(trabajo.get_absolute_url())


@require_POST
def ajuste(request: Any, pk: int) -> HttpResponse:
    """Ajusta una cifra, o quita el ajuste."""
    memoria = memoria_para(request, pk, edita=True)
    form = AjusteForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"No se ajustó. {lo_que_falta(form)}")
        return redirect("memoria_ver", pk=pk)
    limpio = form.cleaned_data
    return intentar(
        request,
        pk,
        lambda: ajustar_cifra(memoria, request.user, limpio["clave"], limpio["valor"], limpio["justificacion"]),
        "Quedó anotado al pie de la cifra.",
    )


@require_POST
def paso(request: Any, pk: int, accion: str) -> HttpResponse:
    """Un paso de su ciclo; publicar se encarga como trabajo."""
    memoria = memoria_para(request, pk)
    if accion == "publicar":
        dicho = "Se está publicando: se hacen sus archivos y se congela."
        return _encargado(request, pk, lambda: encargar_publicacion(memoria, request.user), dicho)
    pedido = memoria.situacion.paso(accion)
    dicho = f"La memoria quedó {ESTADOS_DE_MEMORIA[pedido.destino].nombre.lower()}." if pedido else ""
    return intentar(request, pk, lambda: dar_paso(memoria, request.user, accion, request.POST.get("motivo", "")), dicho)


@require_GET
def borrador(request: Any, pk: int, formato: str) -> HttpResponse:
    """El PDF, DOCX o XLSX de cómo va, marcado como borrador; el de una publicada es el que se congeló."""
    memoria = memoria_para(request, pk)
    try:
        hecho = archivo_actual(memoria, formato)
    except (SinCorte, ErrorDeImpreso, ObjetoAusente) as falta:
        messages.error(request, str(falta))
        return redirect("memoria_ver", pk=pk)
    disposicion = "inline" if formato == "pdf" else "attachment"
    cabeceras = {"Content-Disposition": f'{disposicion}; filename="{hecho.nombre}"', "Cache-Control": "private, no-store"}
    return HttpResponse(hecho.contenido, content_type=hecho.mime, headers=cabeceras)
