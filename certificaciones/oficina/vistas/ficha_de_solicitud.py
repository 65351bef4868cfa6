"""Lo que muestra la ficha de una solicitud a cada persona."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from archivo.auditoria.puerta import sucesos_de
from archivo.identidad.puerta import lector_de
from certificaciones.actos.puerta import Certificacion
from certificaciones.oficina.formularios.solicitudes import ExencionForm, OrdenForm, PagoForm
from certificaciones.oficina.palabras import nombre_de_suceso
from certificaciones.oficina.permisos import ARMAN, ATIENDEN
from certificaciones.reglas.puerta import Presupuesto, SinTarifa
from certificaciones.solicitudes.puerta import (
    Solicitud,
    acreditacion_de,
    elementos_visibles,
    leer_paginas,
    orden_vigente,
    pasos_para,
    plazo_de_pago,
    por_vencer,
    presupuesto_de,
    solicitante_de,
)


def paginas_conocidas(solicitud: Solicitud) -> int:
    """La suma de las páginas de la canasta que se saben: las pedidas, o las de los archivos del documento."""
    total = 0
    for elemento in solicitud.elementos.select_related("adjunto__objeto").prefetch_related("item__adjuntos__objeto"):
        elegidas = leer_paginas(elemento.paginas)
        total += len(elegidas) if elegidas else sum(a.objeto.paginas or 0 for a in elemento.item.adjuntos.all())
    return total


def _presupuesto(paginas: int, solicitud: Solicitud) -> tuple[Presupuesto | None, str]:
    """Lo que costaría hoy, o por qué no se sabe."""
    if not paginas:
        return None, ""
    try:
        return presupuesto_de(paginas, solicitud.ejemplares, timezone.localdate()), ""
    except SinTarifa as razon:
        return None, str(razon)


def contexto_de(request: Any, solicitud: Solicitud) -> dict[str, Any]:
    """Todo lo de la ficha; los formularios, sólo si el estado los admite y a esa persona le tocan."""
    lector = lector_de(request.user)
    situacion, atiende = solicitud.situacion, lector.tiene(*ATIENDEN)
    paginas = paginas_conocidas(solicitud)
    presupuesto, sin_tarifa = _presupuesto(paginas, solicitud)
    acreditacion = acreditacion_de(solicitud)
    cobra = atiende and (situacion.paso("cobrar") is not None or situacion.paso("acreditar") is not None)
    return {
        "solicitud": solicitud,
        "situacion": situacion,
        "pasos": pasos_para(solicitud, request.user),
        "atiende": atiende,
        "solicitante": solicitante_de(solicitud, request.user),
        "elementos": elementos_visibles(solicitud, lector),
        "arma": lector.tiene(*ARMAN) and situacion.admite_cambios,
        "vence_en": por_vencer(solicitud, timezone.localdate()),
        "orden": orden_vigente(solicitud),
        "plazo": plazo_de_pago(solicitud),
        "avisos": solicitud.avisos.all() if atiende else [],
        "acreditacion": acreditacion,
        "presupuesto": presupuesto,
        "sin_tarifa": sin_tarifa,
        "orden_form": OrdenForm(initial={"paginas": paginas or None}) if cobra else None,
        "pago_form": PagoForm() if atiende and situacion.paso("acreditar") else None,
        "exencion_form": ExencionForm() if atiende and situacion.paso("eximir") else None,
        "copias": solicitud.copias.prefetch_related(Prefetch("certificacion", Certificacion.objects.con_situacion())),
        "prepara": acreditacion is not None and lector.tiene(*ARMAN) and situacion.clave in {"pagada", "en_reproduccion"},
        "sucesos": [(s, nombre_de_suceso(s.clase)) for s in sucesos_de(f"solicitud:{solicitud.folio}")],
    }
