"""La historia de un elemento: sus versiones, lo que pasó con él, y en qué difieren dos versiones."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Revision

from archivo.auditoria.puerta import Suceso, sucesos_de
from archivo.catalogo.puerta import CLASES_DE_LECTURA, Item, lecturas_de, sabe_quien_abrio, se_audita, tipo_de
from archivo.identidad.puerta import lector_de
from archivo.oficina.bitacora import nombre_de_clase
from archivo.oficina.permisos import puede_cambiar
from archivo.oficina.versiones import diferencias
from archivo.oficina.vistas.comunes import DeUnElemento

LIMITE = 200
LECTURAS = 100


@dataclass(frozen=True)
class Version:
    """Una versión en la lista: la propia y la que le antecede."""

    revision: Revision
    anterior: Revision | None
    vigente: bool


class VistaDeElemento(DeUnElemento, WagtailAdminTemplateMixin, TemplateView):
    """Una página sobre un elemento, dentro de la oficina."""

    model: type[Item] | None = None
    index_url_name = edit_url_name = inspect_url_name = history_url_name = ""
    revisions_compare_url_name = revisions_revert_url_name = ""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Abre el elemento antes que nada."""
        super().setup(request, *args, **kwargs)
        self.object = self.get_object()

    @property
    def edita(self) -> bool:
        """¿Puede corregirlo?"""
        return puede_cambiar(lector_de(self.request.user), self.object)

    def direccion_del_elemento(self) -> str:
        """La captura si puede corregirlo; si no, la consulta."""
        return reverse(self.edit_url_name if self.edita else self.inspect_url_name, args=[self.object.pk])

    def lecturas(self) -> list[Suceso] | None:
        """Quién abrió lo reservado o confidencial, para quien debe saberlo; None si no aplica o no le toca."""
        if not se_audita(self.object) or not sabe_quien_abrio(lector_de(self.request.user), self.object):
            return None
        return list(lecturas_de(self.object)[:LECTURAS])

    def get_page_subtitle(self) -> str:
        """El título del elemento."""
        return self.object.titulo

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Inicio, la lista, el elemento y esta página."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": tipo_de(self.object.tipo).nombre_plural},
            {"url": self.direccion_del_elemento(), "label": self.object.titulo},
            {"url": "", "label": self.get_page_title()},
        ]


class HistoriaView(VistaDeElemento):
    """Versiones y sucesos, lo último primero."""

    page_title = "Historia"
    header_icon = "history"
    template_name = "oficina/historia.html"
    superficie = "oficina: historia"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Las versiones con su antecesora y los sucesos con su nombre."""
        revisiones = list(self.object.revisions.select_related("user").order_by("-created_at", "-id")[: LIMITE + 1])
        pares = zip(revisiones, [*revisiones[1:], None], strict=False)
        versiones = [Version(r, previa, i == 0) for i, (r, previa) in enumerate(pares)][:LIMITE]
        hechos = sucesos_de(f"item:{self.object.clave}").exclude(clase__in=CLASES_DE_LECTURA)
        sucesos: list[Suceso] = list(hechos.order_by("-id")[:LIMITE])
        return super().get_context_data(**kwargs) | {
            "object": self.object,
            "lecturas": self.lecturas(),
            "versiones": versiones,
            "sucesos": [(s, nombre_de_clase(s.clase)) for s in sucesos],
            "edita": self.edita and self.object.clase_de_estado.se_edita,
            "comparar": self.revisions_compare_url_name,
            "recuperar": self.revisions_revert_url_name,
        }


class CompararView(VistaDeElemento):
    """Dos versiones lado a lado: sólo lo que cambió, con la ficha y el cuerpo."""

    page_title = "Comparar"
    header_icon = "history"
    template_name = "oficina/comparar.html"
    superficie = "oficina: comparar versiones"

    def _revision(self, cual: str) -> Revision:
        propias = self.object.revisions.select_related("user").order_by("created_at", "id")
        if cual in {"live", "latest"}:
            revision = propias.last()
        else:
            revision = propias.first() if cual == "earliest" else get_object_or_404(propias, id=cual)
        if revision is None:
            raise Http404
        return revision

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Las dos versiones y en qué difieren."""
        antes, despues = (self._revision(self.kwargs[f"revision_id_{lado}"]) for lado in "ab")
        return super().get_context_data(**kwargs) | {
            "antes": antes,
            "despues": despues,
            "comparison": diferencias(tipo_de(self.object.tipo), antes.content, despues.content),
        }
