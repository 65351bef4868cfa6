"""La vista previa de la oficina: la página pública con lo que está escrito, guardado o no."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archivo import registros
from archivo.catalogo.puerta import Autoridad, Item, puede_ver_texto, tipo_de
from archivo.portal.lectura import Elemento, GrupoDePaginas
from archivo.portal.views.elemento import _comun, _documento, ficha_de
from archivo.portal.views.peticion import visita_de


@dataclass
class ElementoPrevio(Elemento):
    """Un elemento con el cuerpo del formulario en lugar del guardado. La oficina ya comprobó que se puede ver."""

    html: str = ""

    def cuerpo(self) -> str:
        """Lo escrito."""
        return self.html

    def grupos(self) -> list[GrupoDePaginas]:
        """Las páginas guardadas; el cuerpo escrito cuenta como una parte."""
        guardados = super().grupos() if self.item.pk else []
        if not self.html:
            return guardados
        return [GrupoDePaginas(None, 1, 1, 1), *(g for g in guardados if g.adjunto)]

    def menciones(self) -> dict[str, list[Autoridad]]:
        """Ninguna antes de guardar."""
        return super().menciones() if self.item.pk else {}


@registros.vista_previa
def previa(request: HttpRequest, item: Item, html: str) -> HttpResponse:
    """La plantilla del tipo con el elemento tal como está en el formulario."""
    visita = visita_de(request)
    guardados = item.adjuntos.select_related("objeto") if item.pk else []
    adjuntos = [a for a in guardados if puede_ver_texto(visita.lector, item, a)]
    for adjunto in adjuntos:
        adjunto.item = item
    leido = ElementoPrevio(item, visita, adjuntos, True, html)
    contexto = _comun(request, leido) | _documento(leido, None) | ficha_de(leido)
    contexto["es_vista_previa"] = True
    return render(request, tipo_de(item.tipo or item.codigo_de_tipo).plantilla, contexto)
