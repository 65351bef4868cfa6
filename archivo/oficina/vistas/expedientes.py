"""Los expedientes en la oficina: lista, registro, apertura y corrección."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from archivo.archivistica.puerta import (
    ABIERTO_ADMITE,
    ABRIR_ADMITE,
    CERRADO_ADMITE,
    ESTADOS_DE_EXPEDIENTE,
    Expediente,
    ExpedienteQuerySet,
    ExpedienteRechazado,
    NivelClasificacion,
    abrir_expediente,
    anotar,
    corregir_expediente,
    equivalentes_vigentes,
    objeto_de,
    puede_abrir_expediente,
    puede_gestionar,
    rango_escrito,
    requisitos_de_cierre,
    se_audita_expediente,
    valoracion_vigente,
    vencimiento,
)
from archivo.auditoria.puerta import SucesoNuevo, registrar_varios
from archivo.catalogo.puerta import NIVELES, Item
from archivo.catalogo.puerta import dejar_constancia_de_lista as anotar_documentos
from archivo.identidad.puerta import Area, lector_de
from archivo.oficina.formularios.expediente import ExpedienteForm, areas_de
from archivo.oficina.listado import Tramo
from archivo.oficina.vistas.ingresos import enlace_a

POR_PAGINA = 100


def expediente_para(request: Any, clave: str, *, gestiona: bool = False, superficie: str = "expediente") -> Expediente:
    """El expediente, si esa persona lo puede ver (o llevar); si no, 404. De lo reservado deja constancia antes de mostrarlo."""
    lector = lector_de(request.user)
    visibles = Expediente.objects.visibles_para(lector).select_related(
        "serie__padre__padre", "serie__cuadro", "area__padre", "regla", "responsable"
    )
    expediente = get_object_or_404(visibles, clave=clave)
    if gestiona and not puede_gestionar(lector, expediente):
        raise Http404
    if se_audita_expediente(expediente):
        anotar(expediente, "consultado", request.user, detalle={"superficie": superficie}, ip=request.META.get("REMOTE_ADDR"))
    return expediente


def dejar_constancia_de_lista(expedientes: Iterable[Expediente], request: Any, superficie: str) -> None:
    """Ver en una lista uno reservado o confidencial también se anota; si no se puede, la lista no se muestra."""
    vistos = [e for e in expedientes if se_audita_expediente(e)]
    ip = request.META.get("REMOTE_ADDR")
    registrar_varios(
        SucesoNuevo("expediente.consultado", objeto_de(e), request.user, detalle={"superficie": superficie}, ip=ip)
        for e in vistos
    )


def visibles_con_filtros(request: HttpRequest) -> ExpedienteQuerySet:
    """Los que ve esa persona y responden a los filtros de la dirección; los valores raros no filtran."""
    filas = Expediente.objects.visibles_para(lector_de(request.user)).select_related("serie", "area")
    if request.GET.get("estado") in ESTADOS_DE_EXPEDIENTE:
        filas = filas.filter(estado=request.GET["estado"])
    for parametro, columna in (("area", "area_id"), ("serie", "serie_id"), ("apertura", "anio")):
        valor = request.GET.get(parametro, "")
        if valor.isascii() and valor.isdigit() and len(valor) < 10:
            filas = filas.filter(**{columna: int(valor)})
    escrito = request.GET.get("q", "").strip().replace("\x00", "")
    if escrito:
        filas = filas.filter(Q(codigo__istartswith=escrito) | Q(clave=escrito.lower()) | Q(titulo__icontains=escrito))
    return filas.order_by("-id")


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Los expedientes, lo último primero, con filtros y por tramos."""
    lector = lector_de(request.user)
    if not lector.es_de_oficina:
        raise Http404
    filas: Any = visibles_con_filtros(request)
    propios = Expediente.objects.visibles_para(lector)
    tramo: Any = Tramo(filas, request.GET)
    dejar_constancia_de_lista(tramo.object_list, request, "lista")
    contexto = {
        "tramo": tramo,
        "estados": [(e.clave, e.nombre) for e in ESTADOS_DE_EXPEDIENTE.values()],
        "areas": Area.objects.filter(pk__in=propios.values("area_id")),
        "series": NivelClasificacion.objects.filter(pk__in=propios.values("serie_id")).en_orden(),
        "anios": propios.order_by("-anio").values_list("anio", flat=True).distinct(),
        "elegido": request.GET,
        "parametros": request.GET.urlencode(),
        "abre": areas_de(lector).exists(),
    }
    return render(request, "oficina/expedientes/lista.html", contexto)


@require_http_methods(["GET", "POST"])
def abrir(request: Any) -> HttpResponse:
    """Abre un expediente. `?anterior=` propone la serie, el área y la ubicación de otro."""
    lector = lector_de(request.user)
    if not areas_de(lector).exists():
        raise Http404
    inicial = {"responsable": request.user} | _como_el_anterior(request)
    form = ExpedienteForm(request.POST or None, lector=lector, initial=inicial)
    if request.method == "POST" and form.is_valid():
        try:
            nuevo = abrir_expediente(Expediente(**form.cambios()), request.user, form.cleaned_data.get("nombradas") or ())
        except ExpedienteRechazado as razon:
            form.add_error(None, razon.faltas)
        else:
            messages.success(request, f"Se abrió el expediente {nuevo.codigo}.")
            return redirect("oficina_expediente", clave=nuevo.clave)
    return render(request, "oficina/expedientes/formulario.html", {"form": form}, status=422 if form.errors else 200)


def _como_el_anterior(request: HttpRequest) -> dict[str, Any]:
    clave = request.GET.get("anterior", "")
    previo = Expediente.objects.visibles_para(lector_de(request.user)).filter(clave=clave).first() if clave else None
    campos = (
        "area_id",
        "serie_id",
        "soporte",
        "tradicion",
        "formato",
        "edificio",
        "pasillo",
        "anaquel",
        "charola",
        "caja",
        "parte_fisica",
    )
    return {c.removesuffix("_id"): getattr(previo, c) for c in campos} if previo else {}


@require_http_methods(["GET", "POST"])
def corregir(request: Any, clave: str) -> HttpResponse:
    """Corrige la carátula; cerrado, sólo lo que no está en su índice."""
    expediente = expediente_para(request, clave, superficie="corregir")
    admitidos = _se_le_admite(lector_de(request.user), expediente)
    form = ExpedienteForm(request.POST or None, instance=expediente, lector=lector_de(request.user), admitidos=admitidos)
    if admitidos == ABRIR_ADMITE:
        del form.fields["nombradas"]
    if request.method == "POST" and form.is_valid():
        try:
            corregir_expediente(expediente, form.cambios(), request.user, form.cleaned_data.get("nombradas"))
        except ExpedienteRechazado as razon:
            form.add_error(None, razon.faltas)
        else:
            messages.success(request, "Se corrigió la carátula.")
            return redirect("oficina_expediente", clave=clave)
    contexto = {"form": form, "expediente": expediente}
    return render(request, "oficina/expedientes/formulario.html", contexto, status=422 if form.errors else 200)


def _se_le_admite(lector: Any, expediente: Expediente) -> frozenset[str]:
    """Lo que esa persona corrige de la carátula: quien la lleva, casi todo; quien desclasifica, su acceso. Nadie más."""
    if puede_gestionar(lector, expediente):
        return ABIERTO_ADMITE if expediente.situacion.se_integra else CERRADO_ADMITE
    if puede_abrir_expediente(lector, expediente):
        return ABRIR_ADMITE
    raise Http404


@require_GET
def ver(request: Any, clave: str) -> HttpResponse:
    """El registro: carátula, documentos en orden con sus fojas, legajos y lo que falta para cerrar."""
    expediente = expediente_para(request, clave)
    lector = lector_de(request.user)
    pagina = Paginator(documentos_visibles(expediente, lector), POR_PAGINA).get_page(request.GET.get("p"))
    gestiona = puede_gestionar(lector, expediente)
    anotar_documentos([i.item for i in pagina], request.user, "expediente", request.META.get("REMOTE_ADDR"))
    contexto = {
        "expediente": expediente,
        "nivel": NIVELES[expediente.acceso],
        "pagina": pagina,
        "renglones": [(i, enlace_a(i.item, request.user)) for i in pagina],
        "legajos": [(legajo, rango_escrito(*r) if (r := legajo.rango()) else "") for legajo in expediente.legajos.all()],
        "gestiona": gestiona,
        "desclasifica": not gestiona and puede_abrir_expediente(lector, expediente),
        "requisitos": requisitos_de_cierre(expediente) if gestiona and expediente.situacion.se_cierra else [],
        "valoracion": valoracion_vigente(expediente),
        "vence": vencimiento(expediente),
        "clases_de_hoy": equivalentes_vigentes(expediente.serie) if expediente.serie.cuadro.estado == "sustituido" else None,
        "indices": indices_visibles(expediente, lector),
        "destino": "expediente",
    }
    return render(request, "oficina/expedientes/ver.html", contexto)


def documentos_visibles(expediente: Expediente, lector: Any) -> Any:
    """Los documentos del expediente que esa persona ve, en orden."""
    vigentes = expediente.integraciones.vigentes().en_orden().filter(item__in=Item.objects.visibles_para(lector).values("pk"))
    return vigentes.select_related("item", "item__area", "legajo")


def indices_visibles(expediente: Expediente, lector: Any) -> list[Any]:
    """Las versiones del índice, sólo para quien ve todos los documentos que cada una nombra, también los que después se fueron."""
    ajenas = expediente.integraciones.exclude(item__in=Item.objects.visibles_para(lector).values("pk"))
    # El momento del índice va sin fracciones de segundo: quien entró en ese mismo segundo ya estaba.
    lapsos = [(d.replace(microsecond=0), h) for d, h in ajenas.values_list("integrado_en", "retirada_en")]
    indices = expediente.indices.select_related("autor").defer("contenido_json", "contenido_xml").order_by("-version")
    return [i for i in indices if not any(desde <= i.momento and (hasta is None or hasta > i.momento) for desde, hasta in lapsos)]
