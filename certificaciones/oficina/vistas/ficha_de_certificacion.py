"""Lo que muestra la ficha de una certificación a cada persona."""

from typing import Any

from archivo.auditoria.puerta import sucesos_de
from archivo.identidad.puerta import lector_de
from certificaciones.actos.puerta import Certificacion, codigo_en_grupos, pasos_para, revisar
from certificaciones.oficina.copias import solicitud_de
from certificaciones.oficina.formularios.certificaciones import EjemplarForm, EntregaForm, FirmaForm, MotivoForm
from certificaciones.oficina.palabras import nombre_de_suceso
from certificaciones.oficina.permisos import ARMAN, REMITEN, a_la_vista
from certificaciones.oficina.vistas.respuestas import RECHAZOS, razones_de

CON_BOTON = frozenset({"mandar_a_cotejo", "corregir", "desistir"})
_PREVIOS = frozenset({"cotejada", "en_firma", "pendiente_de_sello"})


def _revision(certificacion: Certificacion, usuario: Any) -> dict[str, Any]:
    """El texto como quedaría si quien mira (o quien se eligió) la expidiera ahora, o por qué no puede."""
    if certificacion.folio or certificacion.estado not in _PREVIOS:
        return {}
    quien = certificacion.certificador or usuario
    try:
        return {"revision": revisar(certificacion, quien)}
    except RECHAZOS as rechazo:
        return {"impedimentos": razones_de(rechazo), "de_quien": quien}


def contexto_de(request: Any, certificacion: Certificacion) -> dict[str, Any]:
    """Todo lo de la ficha; los formularios, sólo si el estado los admite y a esa persona le tocan."""
    acciones = {p.accion: p for p in pasos_para(certificacion, request.user)}
    estado = certificacion.clase_de_estado
    inicial = {"certificador": certificacion.certificador_id}
    documentos = list(certificacion.documentos.select_related("item", "objeto"))
    return {
        "certificacion": certificacion,
        "estado": estado,
        "codigo": codigo_en_grupos(certificacion.codigo) if certificacion.codigo else "",
        "solicitud": solicitud_de(certificacion),
        "documentos": documentos,
        "se_ve_todo": a_la_vista(documentos, lector_de(request.user), request.user),
        "pasos": [p for p in acciones.values() if p.accion in CON_BOTON],
        "corrige": estado.se_edita and lector_de(request.user).tiene(*ARMAN),
        "coteja": "dar_por_cotejada" in acciones,
        "expide": "expedir" in acciones,
        "remite": estado.se_consulta == "vigente" and lector_de(request.user).tiene(*REMITEN, area_id=certificacion.area_id),
        "firma_form": FirmaForm(initial=inicial) if "enviar_a_firma" in acciones else None,
        "ejemplar_form": EjemplarForm() if "entregar" in acciones else None,
        "entrega_form": EntregaForm(initial={"ejemplares": certificacion.ejemplares}) if "entregar" in acciones else None,
        "cancelar_form": MotivoForm(prefix=None) if "cancelar" in acciones else None,
        "sustituir_form": MotivoForm(auto_id="id_sustituir_%s") if "sustituir" in acciones else None,
        "cotejos": certificacion.cotejos.all(),
        "ejemplares": certificacion.ejemplares_firmados.all(),
        "sucesos": [(s, nombre_de_suceso(s.clase)) for s in sucesos_de(f"certificacion:{certificacion.clave}")],
        **_revision(certificacion, request.user),
    }
