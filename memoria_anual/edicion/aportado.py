"""Lo que las dependencias aportaron, como se lee en la memoria: lo que no llegó se dice, y lo que no se prueba también."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO
from archivo.salidas import arbol_de_texto
from memoria_anual.edicion.evidencia import como_prueba
from memoria_anual.edicion.models import AportacionDeArea


def bloques_de_aportaciones(todas: Sequence[AportacionDeArea], area: str, *, en_borrador: bool) -> Iterator[dict[str, Any]]:
    """Una por dependencia convocada (o sólo la de esa clave)."""
    suyas = [a for a in todas if not area or a.area.clave == area]
    citadas = {i.pk for a in suyas for i in a.pruebas.all()}
    publicas = set(Item.objects.visibles_para(ANONIMO).filter(pk__in=citadas).values_list("pk", flat=True)) if citadas else set()
    for aportacion in suyas:
        yield _bloque(aportacion, publicas, en_borrador=en_borrador)


def _bloque(a: AportacionDeArea, a_la_vista: Collection[int], *, en_borrador: bool) -> dict[str, Any]:
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
    pruebas = sorted(a.pruebas.all(), key=lambda i: (i.fecha or date.max, i.pk))
    publicas = [como_prueba(i) for i in pruebas if i.pk in a_la_vista]
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
