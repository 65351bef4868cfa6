"""La vista previa: la plantilla pública con lo que está escrito, guardado o no."""

from typing import Any

from wagtail.admin.views.generic.preview import PreviewOnCreate, PreviewOnEdit, PreviewRevision

from archivo.catalogo.puerta import Item, dejar_constancia_de_lectura
from archivo.oficina.permisos import elemento_para
from archivo.oficina.vistas.comunes import DelTipo


class PreviaDeNuevoView(DelTipo, PreviewOnCreate):
    """De lo que todavía no se guarda."""

    def get_object(self) -> Item:
        """Un elemento en blanco de su tipo."""
        return self.model(tipo=self.model.codigo_de_tipo)


class PreviaView(DelTipo, PreviewOnEdit):
    """De un elemento que se está corrigiendo."""

    def get_object(self) -> Item:
        """El elemento, o 404."""
        item = elemento_para(self.request, self.model, self.kwargs["pk"], "change")
        dejar_constancia_de_lectura(item, self.request.user, "oficina: vista previa", self.request.META.get("REMOTE_ADDR"))
        return item


class PreviaDeVersionView(DelTipo, PreviewRevision):
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
