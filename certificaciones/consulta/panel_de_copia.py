"""«Pedir copia certificada» en la página de un elemento."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from archivo.catalogo.puerta import puede_ver_ficha
from archivo.identidad.puerta import ANONIMO
from archivo.registros import PanelDeElemento, panel_de_elemento
from certificaciones.reglas.puerta import SinTarifa, nombre_de_fojas, politica_vigente
from certificaciones.solicitudes.puerta import archivo_con_paginas, presupuesto_de

_BASE = "Con cotejo, folio y código para verificarla."
_GRATIS = "Sin costo si la pide una autoridad."


@panel_de_elemento(orden=10)
def pedir_copia(elemento: Any) -> PanelDeElemento | None:
    """Sólo de lo que cualquiera puede saber que existe."""
    if not puede_ver_ficha(ANONIMO, elemento):
        return None
    direccion = f"{reverse('solicitudes:nueva')}?elemento={elemento.clave}"
    return PanelDeElemento("Copia certificada", f"{_BASE}{_precio(elemento)} {_GRATIS}", "Pedir copia certificada", direccion)


def _precio(elemento: Any) -> str:
    """« 2 fojas útiles: $52.00.», o «» si no se saben las páginas o la institución no ha fijado su tarifa."""
    if politica_vigente(timezone.localdate()).tabulador is None:
        return ""
    archivo = archivo_con_paginas(elemento, ANONIMO)
    if archivo is None or not archivo.objeto.paginas:
        return ""
    paginas = archivo.objeto.paginas
    try:
        total = presupuesto_de(paginas, 1, timezone.localdate()).total
    except SinTarifa:
        return ""
    return f" {paginas:,} {nombre_de_fojas(paginas)}: ${total:,.2f}."
