"""Lo que se hace con un expediente: integrar, abrir legajo, ordenar, reclasificar, cerrar y reabrir."""

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.archivistica.puerta import (
    Documento,
    Expediente,
    ExpedienteRechazado,
    Integracion,
    abrir_legajo,
    cerrar_expediente,
    cierre_tarda,
    encargar_cierre,
    foliar,
    integrar,
    ordenar,
    paginas_de,
    puede_gestionar,
    reabrir_expediente,
    reclasificar,
    requisitos_de_cierre,
    ultima_foja,
)
from archivo.catalogo.puerta import Item, abrir
from archivo.catalogo.puerta import dejar_constancia_de_lista as anotar_documentos
from archivo.identidad.puerta import Lector, lector_de
from archivo.oficina.formularios.expediente import CierreForm, FoliarForm, IntegrarForm, MotivoForm, ReclasificacionForm
from archivo.oficina.formularios.relaciones import elementos_citados
from archivo.oficina.hallazgos import de_cualquier_tipo
from archivo.oficina.vistas.expedientes import dejar_constancia_de_lista, expediente_para

TOPE = 200
_SEPARAN = re.compile(r"[,;\n\r]+")


@require_http_methods(["GET", "POST"])
def integrar_documentos(request: Any, clave: str) -> HttpResponse:
    """Busca y marca, o escribe folios y claves; lo elegido entra en orden cronológico al último legajo."""
    expediente = expediente_para(request, clave, gestiona=True, superficie="integrar")
    lector = lector_de(request.user)
    inicial = {"claves": request.GET.get("item", "")}
    form = IntegrarForm(request.POST or None, initial=inicial)
    if request.method == "POST" and form.is_valid() and _integrar(request, expediente, form):
        return redirect("oficina_expediente", clave=clave)
    buscado = request.GET.get("q", "").strip()
    hallados, aviso = _por_integrar(buscado, lector) if buscado else ([], "")
    anotar_documentos([i for i, _ in hallados], request.user, "por integrar", request.META.get("REMOTE_ADDR"))
    contexto = {
        "expediente": expediente,
        "form": form,
        "buscado": buscado,
        "hallados": hallados,
        "aviso": aviso,
        "siguiente": ultima_foja(expediente) + 1,
        "tope": TOPE,
    }
    return render(request, "oficina/expedientes/integrar.html", contexto, status=422 if form.errors else 200)


def _por_integrar(buscado: str, lector: Lector) -> tuple[list[tuple[Item, bool]], str]:
    """Lo hallado, cada cosa con si ya está en un expediente, y lo que hay que decir si el motor no contestó."""
    hallados, aviso = elementos_citados(buscado, lector), ""
    if not hallados:
        hallados, aviso = de_cualquier_tipo(buscado, lector, TOPE)
    llaves = [i.pk for i in hallados]
    filas = Item.objects.select_related("area").in_bulk(llaves)
    ocupados = set(Integracion.objects.vigentes().filter(item__in=llaves).values_list("item_id", flat=True))
    return [(filas[llave], llave in ocupados) for llave in llaves if llave in filas], aviso


def _integrar(request: Any, expediente: Expediente, form: IntegrarForm) -> bool:
    items, faltas = _elegidos(request, form.cleaned_data["claves"])
    if form.cleaned_data["foja_inicial"] and len(items) != 1:
        faltas.append("El rango de fojas escrito vale para un solo documento: elija uno.")
    if faltas:
        form.add_error(None, faltas)
        return False
    paginas = paginas_de(items)
    try:
        nuevas = integrar(expediente, [form.documento(i, paginas[i.pk]) for i in items], request.user)
    except ExpedienteRechazado as razon:
        form.add_error(None, razon.faltas)
        return False
    messages.success(request, "Se integró el documento." if len(nuevas) == 1 else f"Se integraron {len(nuevas)} documentos.")
    return True


def _elegidos(request: Any, escritos: str) -> tuple[list[Item], list[str]]:
    """Los elementos marcados y los escritos, sin repetir, y los que no se hallaron."""
    lector, faltas = lector_de(request.user), []
    hallados: dict[int, Item] = {}
    for texto in [*request.POST.getlist("marcados"), *(t.strip() for t in _SEPARAN.split(escritos))][: TOPE * 2]:
        if not texto:
            continue
        citados = elementos_citados(texto, lector)
        if len(citados) == 1:
            hallados[citados[0].pk] = citados[0]
        else:
            faltas.append(f"«{texto}» nombra a varios documentos: use su clave." if citados else f"No encontramos «{texto}».")
    return list(Item.objects.select_related("serie").filter(pk__in=hallados)), faltas


@require_POST
def paso(request: Any, clave: str, que: str) -> HttpResponse:
    """Abrir un legajo o poner los documentos en orden cronológico."""
    expediente = expediente_para(request, clave, gestiona=True, superficie=que)
    try:
        if que == "legajo":
            nuevo = abrir_legajo(expediente, request.user, request.POST.get("caja", "")[:40])
            messages.success(request, f"Se abrió el legajo {nuevo.n}.")
        else:
            ordenar(expediente, None, request.user)
            messages.success(request, "Los documentos quedaron en orden cronológico. Sus fojas no cambiaron.")
    except ExpedienteRechazado as razon:
        messages.error(request, str(razon))
    return redirect("oficina_expediente", clave=clave)


@require_POST
def mover(request: Any, clave: str, pk: int) -> HttpResponse:
    """Sube o baja un documento un lugar (`hacia`: arriba, abajo)."""
    expediente = expediente_para(request, clave, gestiona=True, superficie="ordenar")
    ids = list(expediente.integraciones.vigentes().en_orden().values_list("pk", flat=True))
    if pk not in ids:
        raise Http404
    lugar = ids.index(pk)
    otro = lugar + (-1 if request.POST.get("hacia") == "arriba" else 1)
    if 0 <= otro < len(ids):
        ids[lugar], ids[otro] = ids[otro], ids[lugar]
        try:
            ordenar(expediente, ids, request.user)
        except ExpedienteRechazado as razon:
            messages.error(request, str(razon))
    return redirect("oficina_expediente", clave=clave)


def _integracion_visible(expediente: Expediente, lector: Lector, pk: int) -> Integracion:
    visibles = Item.objects.visibles_para(lector).values("pk")
    propias = expediente.integraciones.vigentes().filter(item__in=visibles).select_related("item__serie", "expediente")
    return get_object_or_404(propias, pk=pk)


@require_http_methods(["GET", "POST"])
def foliar_documento(request: Any, clave: str, pk: int) -> HttpResponse:
    """Da fojas a un documento que entró sin ellas."""
    expediente = expediente_para(request, clave, gestiona=True, superficie="foliar")
    integracion = _integracion_visible(expediente, lector_de(request.user), pk)
    form = FoliarForm(request.POST or None, initial={"caras": integracion.caras})
    if request.method == "POST" and form.is_valid():
        try:
            foliada = foliar(integracion, form.documento(integracion.item), request.user)
        except ExpedienteRechazado as razon:
            form.add_error(None, razon.faltas)
        else:
            messages.success(request, f"El documento quedó foliado: {foliada.fojas_escritas}.")
            return redirect("oficina_expediente", clave=clave)
    contexto = {"expediente": expediente, "form": form, "integracion": integracion, "siguiente": ultima_foja(expediente) + 1}
    return render(request, "oficina/expedientes/foliar.html", contexto, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reclasificar_documento(request: Any, clave: str, pk: int) -> HttpResponse:
    """Mueve un documento a otro expediente, con su acuerdo."""
    expediente = expediente_para(request, clave, gestiona=True, superficie="reclasificar")
    lector = lector_de(request.user)
    integracion = _integracion_visible(expediente, lector, pk)
    form = ReclasificacionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        a = Expediente.objects.visibles_para(lector).filter(codigo=form.cleaned_data["destino"].strip()).first()
        if a is None:
            form.add_error("destino", "No encontramos un expediente con ese código.")
        else:
            destino = Documento(integracion.item, integracion.fojas, caras=integracion.caras, ejemplar=integracion.ejemplar)
            try:
                reclasificar(integracion, destino, a, form.cleaned_data["acuerdo"], request.user)
            except ExpedienteRechazado as razon:
                form.add_error(None, razon.faltas)
            else:
                messages.success(request, f"El documento pasó a {a.codigo}. Aquí queda su constancia.")
                return redirect("oficina_expediente", clave=a.clave)
    contexto = {"expediente": expediente, "form": form, "integracion": integracion}
    return render(request, "oficina/expedientes/reclasificar.html", contexto, status=422 if form.errors else 200)


def _cerrar_despues(request: Any, expediente: Expediente, fecha: date) -> HttpResponse:
    """Con muchos documentos se encarga: la página no espera a que se lean sus archivos."""
    trabajo = encargar_cierre(expediente, request.user, fecha)
    messages.success(request, "Tiene muchos documentos: se cierra en un trabajo, que sigue aunque salga de esta página.")
    return redirect(trabajo.get_absolute_url())


@require_http_methods(["GET", "POST"])
def cerrar(request: Any, clave: str) -> HttpResponse:
    """La lista de lo que hace falta y, si no falta nada, cerrar."""
    expediente = expediente_para(request, clave, gestiona=True, superficie="cerrar")
    form = CierreForm(request.POST or None)
    faltas: list[str] = []
    if request.method == "POST" and form.is_valid():
        if cierre_tarda(expediente):
            return _cerrar_despues(request, expediente, form.cleaned_data["fecha_cierre"])
        try:
            indice = cerrar_expediente(expediente, request.user, form.cleaned_data["fecha_cierre"])
        except ExpedienteRechazado as razon:
            faltas = razon.faltas
        else:
            messages.success(request, f"Se cerró el expediente, con la versión {indice.version} de su índice.")
            return redirect("oficina_expediente", clave=clave)
    fecha = form.cleaned_data.get("fecha_cierre") if form.is_bound and form.is_valid() else None
    contexto = {"expediente": expediente, "form": form, "requisitos": requisitos_de_cierre(expediente, fecha), "faltas": faltas}
    return render(request, "oficina/expedientes/cerrar.html", contexto, status=422 if faltas or form.errors else 200)


@require_http_methods(["GET", "POST"])
def reabrir(request: Any, clave: str) -> HttpResponse:
    """Vuelve a abrirlo, con motivo."""
    expediente = expediente_para(request, clave, gestiona=True, superficie="reabrir")
    form = MotivoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reabrir_expediente(expediente, request.user, form.cleaned_data["motivo"])
        except ExpedienteRechazado as razon:
            form.add_error(None, razon.faltas)
        else:
            messages.success(request, "El expediente está abierto otra vez. Al cerrarlo se hará otra versión de su índice.")
            return redirect("oficina_expediente", clave=clave)
    contexto = {"expediente": expediente, "form": form}
    return render(request, "oficina/expedientes/reabrir.html", contexto, status=422 if form.errors else 200)


@require_GET
def elegir(request: HttpRequest, item: str) -> HttpResponse:
    """En qué expediente abierto se integra un documento: los de sus áreas, por código o título."""
    lector = lector_de(request.user)
    elemento = abrir(item, lector)
    if elemento is None or not lector.tiene("archivo_tramite"):
        raise Http404
    buscado = request.GET.get("q", "").strip().replace("\x00", "")
    abiertos = Expediente.objects.visibles_para(lector).filter(estado="abierto").select_related("serie", "area")
    if buscado:
        abiertos = abiertos.filter(titulo__icontains=buscado) | abiertos.filter(codigo__istartswith=buscado)
    propios = [e for e in abiertos.order_by("-id")[:TOPE] if puede_gestionar(lector, e)]
    dejar_constancia_de_lista(propios, request, "elegir")
    contexto = {"item": elemento, "expedientes": propios, "buscado": buscado}
    return render(request, "oficina/expedientes/elegir.html", contexto)
