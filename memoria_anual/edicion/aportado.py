"""Lo que las dependencias aportaron, como se lee en la memoria: lo que no llegó se dice, y lo que no se prueba también."""

from collections.abc import Iterator, Sequence
from typing import Any

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO
from archivo.salidas import arbol_de_texto
from memoria_anual.edicion.evidencia import como_prueba
from memoria_anual.edicion.models import AportacionDeArea


def bloques_de_aportaciones(todas: Sequence[AportacionDeArea], area: str, *, en_borrador: bool) -> Iterator[dict[str, Any]]:
    """Una por dependencia convocada (o sólo la de esa clave)."""
    for aportacion in todas:
        if not area or aportacion.area.clave == area:
            yield _bloque(aportacion, en_borrador=en_borrador)


def _bloque(a: AportacionDeArea, *, en_borrador: bool) -> dict[str, Any]:
    llego = a.estado == "aceptada" or (en_borrador and a.situacion.llego)
    if not llego:
        pendiente = en_borrador and a.situacion.se_captura and not a.se_retrasa
        dicho = f"Se espera a más tardar el {a.vence:%d/%m/%Y}." if pendiente else "No entregada."
        return {
            "tipo": "aportacion",
            "area": a.area.nombre,
            "estado": "pendiente" if pendiente else "no_entregada",
            "dicho": dicho,
        }
    pruebas = list(a.pruebas.order_by("fecha", "pk"))
    publicas = [
        como_prueba(i) for i in Item.objects.visibles_para(ANONIMO).filter(pk__in=[p.pk for p in pruebas]).order_by("fecha", "pk")
    ]
    return {
        "tipo": "aportacion", "area": a.area.nombre, "estado": a.estado, "linea": a.linea, "meta": a.meta,
        "texto": arbol_de_texto(a.texto), "pruebas": publicas, "sin_prueba": not pruebas, "reservadas": len(pruebas) - len(publicas),
    }  # fmt: skip


def recuento(todas: Sequence[AportacionDeArea]) -> str:
    """«Entregaron 5 de 6 dependencias convocadas. No entregada: Obras y Servicios.»; sin convocatoria, «»."""
    if not todas:
        return ""
    faltan = [a.area.nombre for a in todas if a.estado != "aceptada"]
    dicho = f"Entregaron {len(todas) - len(faltan)} de {len(todas)} dependencias convocadas."
    return f"{dicho} No entregada: {', '.join(faltan)}." if faltan else dicho
