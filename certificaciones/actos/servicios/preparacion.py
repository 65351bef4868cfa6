"""Preparar una certificación: reunir documentos y datos, corregirlos, o desistir."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from archivo.identidad.puerta import Area, Usuario
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.estados import MANDAR_A_COTEJO
from certificaciones.actos.models import Certificacion, DocumentoCertificado
from certificaciones.actos.servicios.acceso import VERSION_PUBLICA, exigir_acceso, exigir_soporte, integrar_en
from certificaciones.actos.servicios.comunes import anotar, en_turno, exigir_paso, exigir_rol
from certificaciones.actos.servicios.fuentes import DocumentoPedido, documento_de
from certificaciones.reglas.puerta import TipoDeSoporte, facultad_para, politica_vigente


@dataclass(frozen=True)
class DatosDelActo:
    """Lo que se escribe de una certificación. `variables`: lo que el modelo de texto pida además (medio, acta_comite…)."""

    soporte: str = TipoDeSoporte.ORIGINAL_AUTOGRAFO
    modelo: str = ""
    peticionario: str = ""
    a_autoridad: bool = False
    referencia: str = ""
    finalidad: str = ""
    ejemplares: int = 1
    derechos: str = ""
    pago_acreditado: bool = False
    elaboro: str = ""
    reviso: str = ""
    lugar: str = ""
    firma_tipo: str = Certificacion.Firma.AUTOGRAFA
    consulta: str = Certificacion.Consulta.SIN_CONSULTA
    papel: str = "foja"
    adjuntar_originales: bool = True
    version_publica: bool = False
    certificador: Usuario | None = None
    variables: dict[str, str] = field(default_factory=dict)


def _escribir(certificacion: Certificacion, datos: DatosDelActo) -> None:
    if datos.firma_tipo == Certificacion.Firma.ENSAYO:
        raise ActoRechazado("Un ensayo no se prepara: use la orden «copias ensayo».")
    if not 1 <= datos.ejemplares <= 999:
        raise ActoRechazado("Los ejemplares van de 1 a 999.")
    conservadas = {c: v for c, v in certificacion.variables.items() if c == "motivo_de_sustitucion"}
    campos: dict[str, Any] = {
        c: getattr(datos, c) for c in DatosDelActo.__dataclass_fields__ if c not in {"variables", "certificador"}
    }
    for campo, valor in campos.items():
        setattr(certificacion, campo, valor)
    certificacion.certificador, certificacion.variables = datos.certificador, datos.variables | conservadas
    certificacion.version_publica = datos.version_publica or datos.soporte == TipoDeSoporte.VERSION_PUBLICA
    if certificacion.version_publica:
        certificacion.soporte, certificacion.adjuntar_originales = TipoDeSoporte.VERSION_PUBLICA, False


def _reunir(certificacion: Certificacion, pedidos: Sequence[DocumentoPedido], actor: Usuario) -> list[DocumentoCertificado]:
    """Los documentos con su expediente, comprobado el acceso; fija el área de la certificación."""
    if not pedidos:
        raise ActoRechazado("Elija al menos un documento que copiar.")
    documentos, areas = [], {}
    for orden, pedido in enumerate(pedidos, 1):
        exigir_acceso(pedido, certificacion, actor)
        documento = documento_de(pedido, certificacion, orden)
        area = integrar_en(documento)
        areas[area.pk] = area
        documento.caras = pedido.caras or _caras_de(documento)
        documentos.append(documento)
    exigir_soporte(certificacion, documentos, politica_vigente(timezone.localdate()))
    certificacion.area = next(iter(areas.values()))
    exigir_rol(MANDAR_A_COTEJO, actor, certificacion.area.pk)
    if certificacion.certificador is not None:
        facultad_para(certificacion.certificador, timezone.localdate(), list(areas.values()))
    return documentos


def _caras_de(documento: DocumentoCertificado) -> str:
    integracion = documento.integracion
    return integracion.caras if integracion and integracion.foja_inicial else DocumentoCertificado.Caras.ANVERSO


def areas_de(certificacion: Certificacion) -> list[Area]:
    """Las áreas de los expedientes de donde salen los documentos."""
    claves = certificacion.documentos.values("expediente__area")
    return list(Area.objects.filter(pk__in=claves))


@transaction.atomic
def preparar(pedidos: Sequence[DocumentoPedido], datos: DatosDelActo, actor: Usuario) -> Certificacion:
    """Un borrador con sus documentos. `ActoRechazado` o `SinFacultad` dicen qué no procede."""
    certificacion = Certificacion(creado_por=actor)
    _escribir(certificacion, datos)
    documentos = _reunir(certificacion, pedidos, actor)
    certificacion.save()
    _guardar_documentos(certificacion, documentos)
    anotar("preparada", certificacion, actor, documentos=[d.item_clave for d in documentos])
    return certificacion


def _guardar_documentos(certificacion: Certificacion, documentos: Sequence[DocumentoCertificado]) -> None:
    for documento in documentos:
        documento.certificacion = certificacion
        documento.save()


@transaction.atomic
def cambiar(
    certificacion: Certificacion, datos: DatosDelActo, actor: Usuario, pedidos: Sequence[DocumentoPedido] | None = None
) -> Certificacion:
    """Corrige un borrador; con `pedidos`, cambia también sus documentos (y habrá que cotejar de nuevo)."""
    certificacion = en_turno(certificacion)
    if not certificacion.clase_de_estado.se_edita:
        raise ActoRechazado(
            f"{certificacion} está en «{certificacion.clase_de_estado.nombre}»: devuélvala a borrador para cambiarla."
        )
    exigir_rol(MANDAR_A_COTEJO, actor, certificacion.area_id)
    antes = (certificacion.version_publica, certificacion.soporte)
    _escribir(certificacion, datos)
    if pedidos is None and antes != (certificacion.version_publica, certificacion.soporte):
        pedidos = [_pedido_de(d) for d in certificacion.documentos.select_related("item", "objeto")]
    if pedidos is not None:
        documentos = _reunir(certificacion, pedidos, actor)
        certificacion.documentos.all().delete()
        _guardar_documentos(certificacion, documentos)
    certificacion.save()
    anotar("cambiada", certificacion, actor)
    return certificacion


def _pedido_de(d: DocumentoCertificado) -> DocumentoPedido:
    """El mismo documento, pedido otra vez."""
    adjunto = d.item.adjuntos.select_related("objeto").filter(objeto=d.objeto, rol=d.rol).first() if d.objeto else None
    if d.objeto and adjunto is None:
        raise ActoRechazado(f"El archivo «{d.nombre}» ya no está en «{d.titulo}». Elija el que lo reemplaza.")
    return DocumentoPedido(d.item, adjunto, tuple(d.paginas) if d.paginas else None, d.caras, d.descripcion, d.confirmado)


@transaction.atomic
def corregir(certificacion: Certificacion, actor: Usuario, motivo: str = "") -> Certificacion:
    """Regresa a borrador lo que tenía discrepancias o todavía no se firma."""
    certificacion = en_turno(certificacion)
    certificacion.estado = exigir_paso(certificacion, "corregir", actor).destino
    certificacion.save()
    anotar("devuelta", certificacion, actor, motivo)
    return certificacion


@transaction.atomic
def desistir(certificacion: Certificacion, actor: Usuario, motivo: str) -> Certificacion:
    """Deja sin efecto un borrador; no consume folio."""
    certificacion = en_turno(certificacion)
    certificacion.estado = exigir_paso(certificacion, "desistir", actor, motivo).destino
    certificacion.motivo = motivo.strip()
    certificacion.save()
    anotar("desistida", certificacion, actor, motivo)
    return certificacion


@transaction.atomic
def preparar_sustituta(certificacion: Certificacion, actor: Usuario, motivo: str) -> Certificacion:
    """Un borrador con los mismos documentos y datos, que al expedirse ocupará el lugar de la otra."""
    vieja = en_turno(certificacion)
    exigir_paso(vieja, "sustituir", actor, motivo)
    if otra := vieja.en_preparacion.en_tramite().first():
        raise ActoRechazado(f"Ya se prepara una sustituta de {vieja}: está en «{otra.clase_de_estado.nombre}».")
    nueva = Certificacion(creado_por=actor, area=vieja.area, sustituye_a=vieja)
    campos = {c: getattr(vieja, c) for c in DatosDelActo.__dataclass_fields__}
    _escribir(nueva, DatosDelActo(**campos))
    nueva.variables = vieja.variables | {"motivo_de_sustitucion": motivo.strip()}
    pedidos = [_pedido_de(d) for d in vieja.documentos.select_related("item", "objeto")]
    documentos = _reunir(nueva, pedidos, actor)
    nueva.save()
    _guardar_documentos(nueva, documentos)
    anotar("preparada", nueva, actor, motivo, sustituye_a=vieja.folio)
    return nueva


__all__ = [
    "VERSION_PUBLICA", "DatosDelActo", "areas_de", "cambiar", "corregir", "desistir", "preparar", "preparar_sustituta",
]  # fmt: skip
