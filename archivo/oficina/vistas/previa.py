"""La vista previa: la plantilla pública con lo que está escrito, guardado o no."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.csp import CSP
from wagtail.admin.views.generic.preview import PreviewOnCreate, PreviewOnEdit, PreviewRevision

from archivo.catalogo.puerta import Item, dejar_constancia_de_lectura
from archivo.oficina.permisos import elemento_para
from archivo.oficina.vistas.comunes import DelTipo

PREVIA = {"default-src": [CSP.SELF], "object-src": [CSP.NONE], "form-action": [CSP.NONE], "frame-ancestors": [CSP.SELF]}
"""La política de la página pública, pero enmarcada por la oficina y sin formularios que enviar."""


class EnMarco:
    """La vista previa se ve dentro de la captura: su política lo permite sólo al propio sitio."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """La página, con la política de la vista previa en lugar de la pública."""
        respuesta = super().get(request, *args, **kwargs)
        del respuesta.headers[CSP.HEADER_ENFORCE]
        respuesta._csp_config = PREVIA
        return respuesta


class PreviaDeNuevoView(EnMarco, DelTipo, PreviewOnCreate):
    """De lo que todavía no se guarda."""

    def get_object(self) -> Item:
        """Un elemento en blanco de su tipo."""
        return self.model(tipo=self.model.codigo_de_tipo)


class PreviaView(EnMarco, DelTipo, PreviewOnEdit):
    """De un elemento que se está corrigiendo."""

    def get_object(self) -> Item:
        """El elemento, o 404."""
        item = elemento_para(self.request, self.model, self.kwargs["pk"], "change")
        dejar_constancia_de_lectura(item, self.request.user, "oficina: vista previa", self.request.META.get("REMOTE_ADDR"))
        return item


class PreviaDeVersionView(EnMarco, DelTipo, PreviewRevision):
    """De una versión anterior."""

    def get_object(self) -> Item:
        """El elemento, o 404."""
        item = elemento_para(self.request, self.model, self.pk)
        dejar_constancia_de_lectura(item, self.request.user, "oficina: versión anterior", self.request.META.get("REMOTE_ADDR"))
        return item

    def get_revision_object(self) -> Any:
        """La versión, con el estado y el folio de hoy."""
        previa = super().get_revision_object()
        previa.estado, previa.folio = self.object.estado, self.object.folio
        return previa
