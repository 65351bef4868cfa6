"""En la oficina: remitir una copia con acuse y ver quién recibió las que ya se remitieron."""

from datetime import timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from archivo.identidad.puerta import Usuario, lector_de
from certificaciones.actos.puerta import Certificacion
from certificaciones.consulta.remisiones import RemisionNueva, RemisionRechazada, remitir

REMITEN = ("certificacion", "titular", "unidad_transparencia")
DIAS_MAXIMOS = 365


class RemisionForm(forms.Form):
    """A quién, con qué referencia y por cuántos días abre el enlace."""

    destinatario = forms.CharField(label="Destinatario", max_length=300, help_text="La autoridad, con su nombre completo.")
    referencia = forms.CharField(label="Su oficio o expediente", max_length=200, required=False)
    dias = forms.IntegerField(label="Días que abre el enlace", min_value=1, max_value=DIAS_MAXIMOS, initial=30)


def _acto(request: HttpRequest, clave: str) -> Certificacion:
    """La certificación expedida, si esa persona remite las de su área; si no, 404."""
    acto = get_object_or_404(Certificacion.objects.expedidas().select_related("libro", "area"), clave=clave)
    if not lector_de(request.user).tiene(*REMITEN, area_id=acto.area_id):
        raise Http404
    return acto


@never_cache
def remitir_copia(request: HttpRequest, clave: str) -> HttpResponse:
    """El formulario y las remisiones hechas; al remitir, el enlace se muestra una sola vez."""
    acto, enlace = _acto(request, clave), ""
    form = RemisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        datos = form.cleaned_data
        remite = request.user if isinstance(request.user, Usuario) else None
        nueva = RemisionNueva(datos["destinatario"], datos["referencia"], remite, timedelta(days=datos["dias"]))
        try:
            _, testigo = remitir(acto, nueva)
        except RemisionRechazada as error:
            form.add_error(None, str(error))
        else:
            enlace, form = request.build_absolute_uri(reverse("consulta:remision", args=[testigo])), RemisionForm()
    hechas = acto.remisiones.select_related("acuse").order_by("-pk")
    contexto = {"acto": acto, "form": form, "enlace": enlace, "remisiones": hechas}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "certificaciones/consulta/remitir.html", contexto, status=status)
