"""El acuse de una solicitud: lo que entró, y cómo se lee después."""

from typing import Any

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO
from certificaciones.solicitudes.models import AcuseDeSolicitud, Solicitud

_SE_GUARDAN = ("tipo", "medio", "modalidad", "finalidad", "descripcion", "autoridad", "referencia", "ejemplares")
YA_NO_SE_MUESTRA = "Documento que ya no se muestra al público"


def dejar_acuse(solicitud: Solicitud) -> AcuseDeSolicitud:
    """Guarda lo que se pidió, tal como entró; no dice quién pide."""
    documentos = [{"clave": e.item.clave, "paginas": e.paginas} for e in solicitud.elementos.select_related("item")]
    datos: dict[str, Any] = {campo: getattr(solicitud, campo) for campo in _SE_GUARDAN}
    return AcuseDeSolicitud.objects.create(
        solicitud=solicitud, momento=solicitud.recibida, datos=datos | {"documentos": documentos}
    )


def documentos_del_acuse(acuse: AcuseDeSolicitud) -> list[dict[str, str]]:
    """Cada documento con su folio y título, si cualquiera puede verlo hoy; si no, sólo su clave y las páginas. Dos consultas."""
    pedidos = acuse.datos["documentos"]
    visibles = Item.objects.visibles_para(ANONIMO).filter(clave__in=[d["clave"] for d in pedidos])
    nombres = {i.clave: f"{i.folio} · {i.titulo}" if i.folio else i.titulo for i in visibles}
    return [
        {"clave": d["clave"], "titulo": nombres.get(d["clave"], YA_NO_SE_MUESTRA), "paginas": d["paginas"] or "completo"}
        for d in pedidos
    ]
