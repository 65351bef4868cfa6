"""El asistente de importación: subir, acomodar columnas, ensayar, importar, ver qué entró y deshacer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, re_path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.catalogo.puerta import NIVELES
from archivo.ingesta.puerta import (
    ArchivoInutilizable,
    Facultades,
    Importacion,
    Lectura,
    PedidoImposible,
    acomodar,
    aplicar_importacion,
    deshacer_importacion,
    ensayar_importacion,
    es_tablero_de_monitoreo,
    hojas_de_archivo,
    importaciones_de,
    muestra_de,
    opciones_de,
    origen_de,
    pedir,
    prever,
    previsualizar,
    puede_deshacer,
    recibir_tabla,
    recuperar,
    releer,
    trabajo_de,
)
from archivo.oficina.formularios.importacion import DeshacerForm, DestinosForm, LecturaForm, SubirForm
from archivo.oficina.vistas.ingresos import enlace_a

POR_PAGINA = 50
SEGUNDOS_ENTRE_RECARGAS = 2
EJEMPLOS = 3
Estado = Importacion.Estado


def puede_importar(usuario: Any) -> bool:
    """¿Se le ofrece el asistente?"""
    return Facultades(usuario).importa


def _importacion(request: HttpRequest, pk: int) -> Importacion:
    return recuperar(get_object_or_404(importaciones_de(request.user), pk=pk))


def _propia(request: HttpRequest, pk: int) -> Importacion:
    """La suya, si todavía puede importar: con lo ajeno sólo se mira o se deshace."""
    importacion = _importacion(request, pk)
    if importacion.actor_id != request.user.pk or not puede_importar(request.user) or not importacion.ruta:
        raise Http404
    return importacion


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Las importaciones, lo último primero."""
    suyas = importaciones_de(request.user)
    if not puede_importar(request.user) and not suyas.exists():
        raise Http404
    pagina = Paginator(suyas, POR_PAGINA).get_page(request.GET.get("p"))
    return render(request, "oficina/importaciones/lista.html", {"pagina": pagina, "importa": puede_importar(request.user)})


@require_http_methods(["GET", "POST"])
def nueva(request: Any) -> HttpResponse:
    """Subir el archivo."""
    facultades = Facultades(request.user)
    if not facultades.importa:
        raise Http404
    form = SubirForm(request.POST or None, request.FILES or None, facultades=facultades)
    if request.method == "POST" and form.is_valid():
        archivo = form.cleaned_data["archivo"]
        try:
            importacion = recibir_tabla(archivo, archivo.name, request.user, form.cleaned_data["tipo"])
        except ArchivoInutilizable as razon:
            form.add_error("archivo", str(razon))
        else:
            return redirect("oficina_importacion_columnas", pk=importacion.pk)
    return render(request, "oficina/importaciones/nueva.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def columnas(request: HttpRequest, pk: int) -> HttpResponse:
    """A dónde va cada columna, con la vista previa de las primeras filas. `accion`: releer, previa o ensayar."""
    importacion = _propia(request, pk)
    if not importacion.se_acomoda:
        return redirect("oficina_importacion", pk=pk)
    facultades = Facultades(request.user)
    accion = request.POST.get("accion", "")
    if accion == "releer":
        return _releer(request, importacion, facultades)
    form = DestinosForm(request.POST if accion else None, importacion=importacion, facultades=facultades)
    if accion and form.is_valid() and _acomodar(request, form):
        return _ensayar(request, importacion) if accion == "ensayar" else redirect(f"{request.path}#vista-previa")
    return _pintar_columnas(request, importacion, form, facultades)


def _releer(request: HttpRequest, importacion: Importacion, facultades: Facultades) -> HttpResponse:
    hojas = hojas_de_archivo(importacion.archivo, importacion.nombre)
    form = LecturaForm(request.POST, importacion=importacion, hojas=hojas, facultades=facultades)
    try:
        if form.is_valid():
            importacion.tipo = form.cleaned_data.get("tipo", "")
            releer(importacion, Lectura.de(form.cleaned_data)).save()
    except ArchivoInutilizable as razon:
        messages.error(request, str(razon))
    return redirect("oficina_importacion_columnas", pk=importacion.pk)


def _acomodar(request: Any, form: DestinosForm) -> bool:
    try:
        acomodar(form.volcar(), request.user)
    except ValueError as razon:
        form.add_error(None, str(razon))
        return False
    return True


def _pintar_columnas(request: HttpRequest, importacion: Importacion, form: DestinosForm, facultades: Facultades) -> HttpResponse:
    contexto: dict[str, Any] = {"importacion": importacion, "form": form, "paso": 2}
    try:
        hojas = hojas_de_archivo(importacion.archivo, importacion.nombre)
        contexto["lectura"] = LecturaForm(importacion=importacion, hojas=hojas, facultades=facultades)
        muestras = muestra_de(origen_de(importacion).tabla(), EJEMPLOS) if importacion.encabezado else []
        contexto |= {"columnas": form.columnas(muestras), "constantes": form.constantes()}
        contexto["previas"] = (
            previsualizar(origen_de(importacion), opciones_de(importacion, ensayo=True)) if not form.errors else []
        )
    except (ArchivoInutilizable, ValueError) as razon:
        messages.error(request, str(razon))
    contexto["tablero"] = es_tablero_de_monitoreo(importacion.encabezado)
    return render(request, "oficina/importaciones/columnas.html", contexto, status=422 if form.errors else 200)


def _ensayar(request: HttpRequest, importacion: Importacion) -> HttpResponse:
    return _pedir(request, importacion, ensayar_importacion, Estado.ENSAYANDO)


def _pedir(request: HttpRequest, importacion: Importacion, tarea: Any, estado: str, *resto: Any) -> HttpResponse:
    try:
        pedir(importacion, tarea, estado, request.user, *resto)
    except PedidoImposible as razon:
        messages.error(request, str(razon))
    return redirect("oficina_importacion", pk=importacion.pk)


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Cómo va, en qué quedó y qué se puede hacer ahora."""
    importacion = _importacion(request, pk)
    propia = importacion.actor_id == request.user.pk and puede_importar(request.user) and bool(importacion.ruta)
    if importacion.estado == Estado.PREPARANDO and propia and not importacion.motivo:
        return redirect("oficina_importacion_columnas", pk=pk)
    cifras = importacion.recuento if importacion.recuento and importacion.estado != Estado.ENSAYADA else importacion.ensayo
    contexto = {
        "importacion": importacion,
        "propia": propia,
        "acceso": NIVELES[importacion.acceso].nombre,
        "trabajo": trabajo_de(importacion) if importacion.en_curso else None,
        "recarga": SEGUNDOS_ENTRE_RECARGAS if importacion.en_curso else None,
        "cifras": cifras,
        "es_ensayo": importacion.estado in {Estado.ENSAYADA, Estado.SIN_EFECTO},
        "entrarian": cifras.get("creadas", 0) + cifras.get("actualizadas", 0),
        "deshace": importacion.se_deshace and puede_deshacer(request.user, importacion),
        "paso": {Estado.ENSAYANDO: 3, Estado.ENSAYADA: 3, Estado.SIN_EFECTO: 3, Estado.PREPARANDO: 2}.get(
            Estado(importacion.estado), 4
        ),
        "errores": importacion.ensayo.get("errores", []),
        "listas": _listas_de_errores(importacion),
    }
    return render(request, "oficina/importaciones/ver.html", contexto)


def _listas_de_errores(importacion: Importacion) -> list[tuple[str, str]]:
    """(dirección, nombre) de cada lista de filas que no entraron y se puede descargar."""
    if not importacion.ruta or importacion.en_curso:
        return []
    ensayo, real = importacion.ensayo, importacion.recuento
    direccion = reverse("oficina_importacion_errores", args=[importacion.pk])
    con_fallas = [("", real, "Filas que no entraron"), ("?ensayo=1", ensayo, "Filas que no entrarían, según el ensayo")]
    return [
        (f"{direccion}{cola}", nombre)
        for cola, cuentas, nombre in con_fallas
        if cuentas.get("rechazadas", 0) + cuentas.get("problemas", 0) and importacion.errores_csv(ensayo=bool(cola)).is_file()
    ][:1]


@require_POST
def hacer(request: HttpRequest, pk: int, que: str) -> HttpResponse:
    """Ensayar otra vez, importar lo ensayado o continuar lo interrumpido."""
    importacion = _propia(request, pk)
    posible = {
        "ensayar": importacion.se_acomoda,
        "importar": importacion.estado == Estado.ENSAYADA,
        "continuar": importacion.estado == Estado.INTERRUMPIDA,
    }
    if not posible[que]:
        messages.error(request, f"La importación está «{importacion.get_estado_display()}»: eso ya no se puede pedir.")
        return redirect("oficina_importacion", pk=pk)
    if que == "ensayar":
        return _ensayar(request, importacion)
    return _pedir(request, importacion, aplicar_importacion, Estado.IMPORTANDO)


@require_http_methods(["GET", "POST"])
def deshacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Qué pasaría al deshacerla, y pedirlo."""
    importacion = _importacion(request, pk)
    if not importacion.se_deshace or not puede_deshacer(request.user, importacion):
        raise Http404
    form = DeshacerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        motivo = form.cleaned_data["motivo"]
        return _pedir(request, importacion, deshacer_importacion, Estado.DESHACIENDO, request.user.pk, motivo)
    previsto = prever(importacion)
    quedan = [(fila, enlace_a(item, request.user), item, motivo) for fila, item, motivo in previsto.pop("conservadas")]
    contexto = {"importacion": importacion, "form": form, "previsto": previsto, "quedan": quedan, "paso": 4}
    return render(request, "oficina/importaciones/deshacer.html", contexto, status=422 if form.errors else 200)


@require_GET
def filas(request: HttpRequest, pk: int) -> HttpResponse:
    """Lo que trajo, fila por fila, con su enlace; lo que se quitó conserva su constancia."""
    importacion = _importacion(request, pk)
    todas = importacion.filas.select_related("item", "item__area").order_by("numero", "pk")
    pagina = Paginator(todas, POR_PAGINA).get_page(request.GET.get("p"))
    renglones = [(f, enlace_a(f.item, request.user)) for f in pagina]
    return render(
        request, "oficina/importaciones/filas.html", {"importacion": importacion, "pagina": pagina, "renglones": renglones}
    )


@require_GET
def errores(request: HttpRequest, pk: int) -> FileResponse:
    """Todas las filas que no entraron, con su número, campo, motivo y la fila como venía: se corrige y se vuelve a subir."""
    importacion = _importacion(request, pk)
    ruta = importacion.errores_csv(ensayo=bool(request.GET.get("ensayo")))
    if not importacion.ruta or not ruta.is_file():
        raise Http404
    nombre = f"errores-{importacion.nombre.rsplit('.', 1)[0]}.csv"
    return FileResponse(ruta.open("rb"), as_attachment=True, filename=nombre, content_type="text/csv; charset=utf-8")


DIRECCIONES = [
    path("importaciones/", lista, name="oficina_importaciones"),
    path("importaciones/nueva/", nueva, name="oficina_importar"),
    path("importaciones/<int:pk>/", ver, name="oficina_importacion"),
    path("importaciones/<int:pk>/columnas/", columnas, name="oficina_importacion_columnas"),
    path("importaciones/<int:pk>/filas/", filas, name="oficina_importacion_filas"),
    path("importaciones/<int:pk>/errores.csv", errores, name="oficina_importacion_errores"),
    path("importaciones/<int:pk>/deshacer/", deshacer, name="oficina_importacion_deshacer"),
    re_path(r"^importaciones/(?P<pk>\d+)/(?P<que>ensayar|importar|continuar)/$", hacer, name="oficina_importacion_hacer"),
]
