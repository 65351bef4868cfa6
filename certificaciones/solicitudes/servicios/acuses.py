"""El acuse de una solicitud: lo que entró, y cómo se lee después."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO
from certificaciones.solicitudes.impresos import AcuseImpreso, acuse_en_pdf, momento_escrito
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


def acuse_de_solicitud_pdf(acuse: AcuseDeSolicitud) -> bytes:
    """El acuse para imprimirse o guardarse. No dice quién pide ni lleva el código. Lanza `ComposicionImposible`."""
    folio, datos = acuse.solicitud.folio, acuse.datos
    sitio = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('solicitudes:inicio')}"
    hoja = AcuseImpreso(
        tipo="Acuse de solicitud",
        folio=folio,
        titulo=f"Acuse de la solicitud de copia certificada {folio}",
        intro=f"Se recibió {momento_escrito(acuse.momento)}, lo que sigue:",
        renglones=(
            ("Tipo", Solicitud.Tipo(datos["tipo"]).label),
            ("Cómo llegó", Solicitud.Medio(datos["medio"]).label),
            ("Autoridad que requiere", datos["autoridad"]),
            ("Oficio o referencia", datos["referencia"]),
            ("Para qué se pide", datos["finalidad"]),
            ("Lo que se describió", datos["descripcion"]),
            ("Cómo se entrega", Solicitud.Modalidad(datos["modalidad"]).label),
            ("Ejemplares", str(datos["ejemplares"])),
        ),
        columnas=("Documento", "Clave", "Páginas"),
        documentos=[(d["titulo"], d["clave"], d["paginas"]) for d in documentos_del_acuse(acuse)],
        nota=f"Con este folio y el código que se dio al recibirla se ve cómo va en {sitio}. El acuse no dice quién la hizo; tenerlo no da acceso a ella.",
        momento=acuse.momento,
    )
    return acuse_en_pdf(hoja)
