"""Leer un elemento sin corregirlo: para quien sólo consulta, o es de otra área."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from archivo.catalogo.puerta import NIVELES, puede_ver_texto, tipo_de
from archivo.identidad.puerta import lector_de
from archivo.oficina.formularios.campos import fecha_escrita
from archivo.oficina.versiones import rasgos_de
from archivo.oficina.vistas.historia import VistaDeElemento

PAGINAS_POR_VISTA = 5


class ConsultaView(VistaDeElemento):
    """La ficha completa, los archivos y el texto, si los puede leer."""

    page_title = "Consultar"
    header_icon = "view"
    template_name = "oficina/consulta.html"
    superficie = "oficina: consultar"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Los rasgos con valor, los archivos y unas páginas de texto."""
        item, lector = self.object, lector_de(self.request.user)
        contenido = item.serializable_data() | {"_temas": list(item.temas.values_list("nombre", flat=True)), "_cuerpo": ""}
        rasgos = {r: v for r, v in rasgos_de(tipo_de(item.tipo), contenido).items() if v}
        lee = puede_ver_texto(lector, item)
        paginas = item.paginas.order_by("n") if lee else item.paginas.none()
        return super().get_context_data(**kwargs) | {
            "item": item,
            "lecturas": self.lecturas(),
            "rasgos": rasgos,
            "fecha": fecha_escrita(item.fecha_parcial),
            "nivel": NIVELES[item.acceso_efectivo],
            "lee": lee,
            "adjuntos": [a for a in item.adjuntos.select_related("objeto") if puede_ver_texto(lector, item, a)],
            "paginas": Paginator(paginas, PAGINAS_POR_VISTA).get_page(self.request.GET.get("p")),
            "edita": self.edita,
            "historia_url": reverse(self.history_url_name, args=[item.pk]),
            "edicion_url": reverse(self.edit_url_name, args=[item.pk]),
        }
