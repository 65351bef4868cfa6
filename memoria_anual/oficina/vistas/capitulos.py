"""Escribir un capítulo, verlo como se leerá, comentarlo y ver qué cambió."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic import EditView

from archivo.identidad.puerta import lector_de
from memoria_anual.edicion.puerta import (
    CambioDeMemoriaRechazado,
    Capitulo,
    Comentario,
    SinCorte,
    agregar_capitulo,
    atender_comentario,
    capitulo_para_web,
    comentar,
    diferencias,
    guardar_capitulo,
    mesa_de,
    mover_capitulo,
    puede_editar,
    puede_leer,
    quitar_capitulo,
    resolver,
    tecleadas,
    texto_de,
)
from memoria_anual.oficina.vistas.memorias import intentar, memoria_para

VERSIONES = 30
PANELES = ObjectList(
    [FieldPanel("titulo"), FieldPanel("entradilla"), FieldPanel("responsable"), FieldPanel("cuerpo")]
).bind_to_model(Capitulo)


def capitulo_para(request: Any, pk: int, *, edita: bool = False) -> Capitulo:
    """El capítulo, si esa persona lo ve (o lo edita); si no, 404."""
    capitulo = get_object_or_404(Capitulo.objects.select_related("memoria__area", "memoria__corte"), pk=pk)
    lector = lector_de(request.user)
    if not (puede_editar(lector, capitulo.memoria) if edita else puede_leer(lector, capitulo.memoria)):
        raise Http404
    return capitulo


class CapituloView(EditView):
    """La hoja de un capítulo: se guarda por su servicio, con su versión."""

    model = Capitulo
    panel = PANELES
    template_name = "oficina_memoria/capitulo.html"
    permission_required = None
    edit_url_name = "memoria_capitulo"
    index_url_name = "memoria_lista"
    page_title = "Capítulo"

    @cached_property
    def memoria(self) -> Any:
        """De qué memoria es."""
        return self.object.memoria

    def get_object(self, queryset: Any = None) -> Capitulo:
        """El capítulo, si lo edita."""
        return capitulo_para(self.request, self.kwargs["pk"], edita=True)

    def get_edit_url(self) -> str:
        """Su propia dirección."""
        return reverse("memoria_capitulo", args=[self.object.pk])

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Guardar; de un envío cortado a medias no se guarda nada y se dice."""
        cuantos = self.request.POST.get("cuerpo-count", "")
        if not (cuantos.isascii() and cuantos.isdecimal()):
            capitulo = self.get_object()
            messages.error(self.request, "El capítulo llegó incompleto y no se guardó. Vuelva a enviarlo.")
            return redirect("memoria_capitulo", pk=capitulo.pk)
        return super().post(*args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Guarda por el servicio; si no procede, la razón se muestra y lo escrito sigue ahí."""
        version = self.request.POST.get("version_vista", "")[:9]
        try:
            guardar_capitulo(self.memoria, self.request.user, form.instance, int(version) if version.isdecimal() else None)
        except CambioDeMemoriaRechazado as razon:
            self.produced_error_message = str(razon)
            return self.form_invalid(form)
        messages.success(self.request, f"Guardado: «{form.instance.titulo}».")
        return redirect(self.get_edit_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Con sus comentarios, los números escritos a mano y los párrafos sin revisar."""
        a_mano = [n for renglon in texto_de(self.object) for n in tecleadas(renglon)]
        return super().get_context_data(**kwargs) | {
            "memoria": self.memoria, "capitulo": self.object, "comentarios": self.object.comentarios.select_related("autor"),
            "a_mano": list(dict.fromkeys(a_mano)), "version_vista": self.object.version,
        }  # fmt: skip


@require_GET
def previa(request: Any, pk: int) -> HttpResponse:
    """Cómo se leerá, con las cifras puestas y lo que no se pudo poner."""
    capitulo = capitulo_para(request, pk)
    try:
        mesa = mesa_de(capitulo.memoria)
    except SinCorte as falta:
        messages.error(request, str(falta))
        return redirect("memoria_ver", pk=capitulo.memoria_id)
    resuelto = {
        "n": capitulo.orden,
        "titulo": capitulo.titulo,
        "entradilla": capitulo.entradilla,
        "bloques": resolver(capitulo.cuerpo, mesa),
    }
    base = reverse("memoria_corte", args=[mesa.cifras.corte.pk])
    contexto = {
        "capitulo": capitulo_para_web(resuelto, base, "cifras"), "memoria": capitulo.memoria, "avisos": mesa.avisos, "pk": pk,
        "comentarios": capitulo.comentarios.select_related("autor"), "edita": puede_editar(lector_de(request.user), capitulo.memoria),
    }  # fmt: skip
    return render(request, "oficina_memoria/previa.html", contexto)


@require_GET
def cambios(request: Any, pk: int) -> HttpResponse:
    """Qué dice de distinto respecto de la versión `?con=`; sin ella, de la anterior."""
    capitulo = capitulo_para(request, pk)
    previas = list(capitulo.revisions.select_related("user").order_by("-created_at", "-id")[1 : VERSIONES + 1])
    elegida = next((r for r in previas if str(r.pk) == request.GET.get("con")), previas[0] if previas else None)
    renglones = diferencias(elegida.as_object(), capitulo) if elegida else []
    contexto = {"capitulo": capitulo, "renglones": renglones, "elegida": elegida, "previas": previas}
    return render(request, "oficina_memoria/cambios.html", contexto)


@require_POST
def agregar(request: Any, pk: int) -> HttpResponse:
    """Un capítulo más, al final de la memoria."""
    memoria = memoria_para(request, pk, edita=True)
    return intentar(
        request, pk, lambda: agregar_capitulo(memoria, request.user, request.POST.get("titulo", "")), "Se agregó al final."
    )


@require_POST
def lugar(request: Any, pk: int) -> HttpResponse:
    """Subirlo, bajarlo o quitarlo (`accion=`)."""
    capitulo = capitulo_para(request, pk, edita=True)
    memoria = capitulo.memoria
    if request.POST.get("accion") == "quitar":
        return intentar(
            request, memoria.pk, lambda: quitar_capitulo(memoria, request.user, capitulo), f"Se quitó «{capitulo.titulo}»."
        )
    sube = request.POST.get("accion") == "subir"
    return intentar(
        request, memoria.pk, lambda: mover_capitulo(memoria, request.user, capitulo, hacia_arriba=sube), "Se cambió de lugar."
    )


@require_POST
def decir(request: Any, pk: int) -> HttpResponse:
    """Un comentario."""
    capitulo = capitulo_para(request, pk)
    try:
        comentar(capitulo, request.user, request.POST.get("texto", "")[:2000])
    except CambioDeMemoriaRechazado as razon:
        messages.error(request, str(razon))
    edita = puede_editar(lector_de(request.user), capitulo.memoria)
    return redirect("memoria_capitulo" if edita else "memoria_capitulo_previa", pk=pk)


@require_POST
def atender(request: Any, pk: int) -> HttpResponse:
    """Lo marca atendido."""
    comentario = get_object_or_404(Comentario.objects.select_related("capitulo__memoria"), pk=pk)
    if not puede_editar(lector_de(request.user), comentario.capitulo.memoria):
        raise Http404
    atender_comentario(comentario, request.user)
    return redirect("memoria_capitulo", pk=comentario.capitulo_id)
