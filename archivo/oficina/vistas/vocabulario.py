"""El vocabulario temático en la oficina: traerlo y llevarlo en SKOS, y reemplazar un término por otro."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from archivo.catalogo.puerta import CambioRechazado, Item, Tema, vocabulario
from archivo.oficina.formularios.selectores import SelectorWidget

_DESCARGAS = {"turtle": "ttl", "xml": "rdf", "json-ld": "jsonld"}


def _exigir(request: Any, permiso: str) -> None:
    if not request.user.has_perm(f"catalogo.{permiso}_tema"):
        raise PermissionDenied


class VocabularioForm(forms.Form):
    """Un archivo SKOS y si sólo se ensaya."""

    archivo = forms.FileField(
        label="Archivo SKOS", help_text="Turtle (.ttl), RDF/XML (.rdf) o JSON-LD (.jsonld), de hasta 20 MB."
    )
    ensayo = forms.BooleanField(label="Sólo ver qué pasaría", required=False, initial=True)

    def clean_archivo(self) -> Any:
        """De un formato conocido, y que quepa."""
        archivo = self.cleaned_data["archivo"]
        if archivo.name.rpartition(".")[2].lower() not in vocabulario.FORMATOS:
            raise forms.ValidationError(f"El archivo debe terminar en .{', .'.join(vocabulario.FORMATOS)}.")
        if archivo.size > vocabulario.BYTES_MAXIMOS:
            raise forms.ValidationError("El archivo pasa de 20 MB. Divida el vocabulario en varios archivos.")
        return archivo


@require_http_methods(["GET", "POST"])
def vocabulario_skos(request: Any) -> HttpResponse:
    """Importar un vocabulario, ensayando antes, y las descargas."""
    _exigir(request, "view")
    form, hecho = VocabularioForm(request.POST or None, request.FILES or None), None
    if request.method == "POST":
        _exigir(request, "change")
        if form.is_valid():
            hecho = _importar(request, form)
    mal = request.method == "POST" and hecho is None
    contexto = {"form": form, "hecho": hecho, "ensayo": form.is_bound and "ensayo" in request.POST, "formatos": _DESCARGAS}
    return render(request, "oficina/vocabulario.html", contexto | {"temas": Tema.objects.count()}, status=422 if mal else 200)


def _importar(request: Any, form: VocabularioForm) -> vocabulario.ResultadoDeVocabulario | None:
    archivo = form.cleaned_data["archivo"]
    formato = vocabulario.FORMATOS[archivo.name.rpartition(".")[2].lower()]
    try:
        return vocabulario.importar_vocabulario(archivo.read(), formato, request.user, ensayo=form.cleaned_data["ensayo"])
    except vocabulario.VocabularioIlegible as error:
        form.add_error("archivo", str(error))
        return None


@require_GET
def exportar(request: HttpRequest, formato: str) -> HttpResponse:
    """El vocabulario como archivo SKOS."""
    _exigir(request, "view")
    if formato not in _DESCARGAS:
        raise Http404
    respuesta = HttpResponse(vocabulario.exportar_vocabulario(formato), content_type=vocabulario.TIPOS_MIME[formato])
    respuesta["Content-Disposition"] = f'attachment; filename="vocabulario.{_DESCARGAS[formato]}"'
    return respuesta


class ReemplazoForm(forms.Form):
    """El término que queda."""

    por = forms.CharField(
        label="El término que queda",
        max_length=vocabulario.LARGO_DE_TEMA,
        widget=SelectorWidget("oficina_selector_temas", varios=False, crea=False),
    )

    def clean_por(self) -> Tema:
        """Uno que existe."""
        nombre = self.cleaned_data["por"]
        hallado = vocabulario.resolver([nombre]).get(" ".join(nombre.split()))
        if hallado is None:
            raise forms.ValidationError(f"No hay un tema «{nombre}». Elija uno de la lista.")
        return hallado


@require_http_methods(["GET", "POST"])
def reemplazar(request: Any, pk: int) -> HttpResponse:
    """Un término repetido o viejo: sus elementos pasan a otro y queda como sinónimo."""
    _exigir(request, "change")
    tema = get_object_or_404(Tema, pk=pk)
    form = ReemplazoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cuantos = vocabulario.fundir_tema(tema, form.cleaned_data["por"], vocabulario.CambioDeTema(request.user))
            messages.success(request, f"«{tema}» queda en desuso; {cuantos:,} elementos pasaron a «{form.cleaned_data['por']}».")
            return redirect("tema:edit", pk=pk)
        except CambioRechazado as razon:
            form.add_error("por", str(razon))
    contexto = {"form": form, "tema": tema, "cuantos": Item.objects.filter(temas=tema).count()}
    return render(request, "oficina/reemplazar_tema.html", contexto, status=422 if form.is_bound else 200)
