"""Dar un paso del ciclo: un POST por paso, con su motivo, y el resultado en una frase."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from archivo.catalogo.puerta import ESTADOS, CambioRechazado, Item, transitar
from archivo.oficina.permisos import elemento_para
from archivo.oficina.vistas.comunes import DelTipo

_FRASES = {
    "en_revision": "Se envió a revisión. Quien autoriza lo verá en su mesa.",
    "borrador": "Se devolvió a quien lo redactó, con sus observaciones.",
    "publicado": "Está publicado: lo ve quien su nivel de acceso permite.",
    "archivado": "Quedó archivado.",
    "retirado": "Se retiró del sitio público; sigue en el archivo.",
}


def frase_de(item: Item) -> str:
    """Lo que pasó, dicho a la persona."""
    if item.estado == "programado":
        return (
            f"Autorizado{_con_folio(item)}. Se publicará solo el {timezone.localtime(item.embargo_hasta):%d/%m/%Y a las %H:%M}."
        )
    if item.estado == "autorizado":
        return f"Autorizado{_con_folio(item)}. Falta publicarlo."
    if item.estado == "cancelado":
        return f"Cancelado. {item.folio} no se reutiliza y queda a la vista como cancelado." if item.folio else "Cancelado."
    return _FRASES[item.estado]


def _con_folio(item: Item) -> str:
    return f" con el folio {item.folio}" if item.folio else ""


class PasoView(DelTipo, View):
    """`POST …/paso/<pk>/<acción>/`. Lo que no procede se rechaza con su razón y queda en la bitácora."""

    model: type[Item] = Item
    http_method_names = ["post"]
    edit_url_name = inspect_url_name = ""

    def post(self, request: Any, pk: int, accion: str, **kwargs: Any) -> HttpResponse:
        """Da el paso y vuelve al elemento."""
        item = elemento_para(request, self.model, pk, "change")
        if accion not in _acciones():
            raise Http404
        leida = request.POST.get("version", "")
        if leida.isascii() and leida.isdigit() and len(leida) < 10:
            item.version = int(leida)
        try:
            transitar(item, accion, request.user, request.POST.get("motivo", ""))
        except CambioRechazado as razon:
            messages.error(request, str(razon))
        else:
            messages.success(request, frase_de(item))
        return redirect(reverse(self.edit_url_name, args=[pk]))


def _acciones() -> set[str]:
    return {t.accion for e in ESTADOS.values() for t in e.salidas} - {"programar"}
