"""El aviso de posibles duplicados al guardar: se ve lo que ya está al lado de lo escrito, y la persona decide."""

from typing import Any

from archivo.catalogo.puerta import Parecido, PorGuardar, a_texto
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import posibles_duplicados
from archivo.oficina.formularios.campos import fecha_escrita
from archivo.oficina.vistas.ingresos import enlace_a

VISTOS = "duplicados_vistos"
SIN_COMPARAR = "El buscador no responde: el texto no se comparó con lo que ya está. Revise después si había un duplicado."
_LO_QUE_IDENTIFICA = {"titulo", "url", "fecha_escrita"}


def por_avisar(form: Any, lector: Lector) -> tuple[list[Parecido], str]:
    """Lo que se parece a lo escrito y aún no se mostró. Al corregir, sólo si cambió lo que identifica al documento.

    `duplicados_vistos` (claves separadas por comas) son los que la persona ya comparó: con ellos no se detiene de nuevo. Con ellos, lo
    que hay que decirle si el motor no contestó.
    """
    if form.instance.pk and not _LO_QUE_IDENTIFICA & set(form.changed_data):
        return [], ""
    hallados, completa = posibles_duplicados(_dato_de(form), lector)
    vistos = set(form.data.get(VISTOS, "").split(","))
    return [] if {p.item.clave for p in hallados} <= vistos else hallados, "" if completa else SIN_COMPARAR


def _dato_de(form: Any) -> PorGuardar:
    item = form.instance
    return PorGuardar(
        tipo=form.tipo.codigo,
        titulo=item.titulo,
        fecha=item.fecha,
        medio_id=item.medio_id,
        url=item.url,
        texto=a_texto(form.cleaned_data.get("cuerpo") or ""),
        propio=item.pk,
    )


def comparacion(form: Any, parecidos: list[Parecido], usuario: Any) -> dict[str, Any]:
    """Lo escrito y lo que ya está, renglón por renglón, para la plantilla."""
    propio = form.instance
    return {
        "propio": propio,
        "propio_fecha": fecha_escrita(propio.fecha_parcial),
        "duplicados": [
            {
                "item": p.item,
                "razon": p.razon,
                "fecha": fecha_escrita(p.item.fecha_parcial),
                "url": enlace_a(p.item, usuario) or p.item.get_absolute_url(),
            }
            for p in parecidos
        ],
        "vistos": ",".join(p.item.clave for p in parecidos),
    }
