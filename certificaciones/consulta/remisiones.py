"""Remitir una copia a un destinatario (un juzgado, un órgano de control) y recibir su acuse."""

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import dejar_constancia_de_lectura
from archivo.identidad.puerta import Usuario, codigo_nuevo, huella_de_codigo
from archivo.objetos.puerta import ObjetoDigital, guardar
from certificaciones.actos.puerta import ActoRechazado, Certificacion, exigir_que_lea
from certificaciones.consulta.acuses import acuse_pdf
from certificaciones.consulta.models import AcuseDeRemision, Remision
from certificaciones.consulta.paquetes import empacar
from certificaciones.registro.puerta import Asiento

PLAZO = timedelta(days=30)


class RemisionRechazada(Exception):
    """No se puede remitir o recibir; el mensaje dice por qué y qué hacer."""


@dataclass(frozen=True)
class RemisionNueva:
    """A quién se remite; `referencia` es su oficio o expediente."""

    destinatario: str
    referencia: str = ""
    remite: Usuario | None = None
    plazo: timedelta = PLAZO


def _asiento_de(acto: Certificacion) -> Asiento:
    if acto.estado != "expedida" or acto.libro is None or acto.libro.es_de_ensayo:
        raise RemisionRechazada(f"{acto}: sólo se remite una copia expedida y con validez.")
    if acto.clase_de_estado.se_consulta != "vigente":
        raise RemisionRechazada(f"{acto} está {acto.clase_de_estado.nombre.lower()}: remita la que ocupa su lugar.")
    return Asiento.objects.get(registro=acto.libro.registro, indice=acto.asiento or 0)


def _empacado(acto: Certificacion, asiento: Asiento, destinatario: str) -> ObjetoDigital:
    with tempfile.TemporaryDirectory(dir=settings.ACERVO_DATOS) as taller:
        paquete = Path(taller) / "paquete.zip"
        empacar(acto, asiento, destinatario, paquete)
        return guardar(paquete, mime="application/zip")


def _exigir_lectura(acto: Certificacion, remite: Usuario | None) -> None:
    """Quien remite manda también los originales: debe poder leerlos, y de lo clasificado queda constancia a su nombre."""
    documentos = list(acto.documentos.select_related("item").prefetch_related("item__adjuntos")) if remite else []
    if remite is not None:
        try:
            exigir_que_lea(documentos, remite)
        except ActoRechazado as rechazo:
            raise RemisionRechazada(str(rechazo)) from rechazo
    for documento in documentos:
        dejar_constancia_de_lectura(documento.item, remite, "remisión con acuse")


def remitir(acto: Certificacion, nueva: RemisionNueva) -> tuple[Remision, str]:
    """Empaca la copia y da el testigo de su enlace, que se dice esta única vez. Lanza `RemisionRechazada`."""
    if not nueva.destinatario.strip():
        raise RemisionRechazada("Diga a quién se remite: la autoridad, con su nombre completo.")
    _exigir_lectura(acto, nueva.remite)
    asiento, testigo = _asiento_de(acto), codigo_nuevo()
    paquete = _empacado(acto, asiento, nueva.destinatario)
    with transaction.atomic():
        remision = Remision.objects.create(
            certificacion=acto,
            destinatario=nueva.destinatario.strip(),
            referencia=nueva.referencia.strip(),
            testigo=huella_de_codigo(testigo),
            paquete=paquete,
            sha256=paquete.sha256,
            vence=timezone.now() + nueva.plazo,
            remitida_por=nueva.remite,
            remitida_por_nombre=str(nueva.remite or "El sistema")[:200],
        )
        detalle = {"folio": acto.folio, "destinatario": remision.destinatario, "sha256": paquete.sha256}
        registrar(SucesoNuevo("certificacion.remitida", f"certificacion:{acto.clave}", actor=nueva.remite, detalle=detalle))
    return remision, testigo


def remision_con(testigo: str) -> Remision | None:
    """La remisión de ese enlace, si no ha vencido."""
    filas = Remision.objects.select_related("certificacion__libro", "paquete", "acuse__objeto")
    hallada = filas.filter(testigo=huella_de_codigo(testigo)).first()
    return None if hallada is None or hallada.vencida else hallada


def recibir(remision: Remision, recibe: str, cargo: str) -> AcuseDeRemision:
    """Deja constancia de quién recibió y compone su acuse; si ya se había recibido, el mismo acuse. Lanza `RemisionRechazada`."""
    if not recibe.strip() or not cargo.strip():
        raise RemisionRechazada("Escriba su nombre y su cargo: son los que lleva el acuse.")
    with transaction.atomic():
        Certificacion.objects.select_for_update().get(pk=remision.certificacion_id)
        previo = AcuseDeRemision.objects.filter(remision=remision).first()
        if previo is not None:
            return previo
        acuse = AcuseDeRemision(remision=remision, recibe=recibe.strip()[:200], cargo=cargo.strip()[:200], momento=timezone.now())
        acuse.objeto = guardar(BytesIO(acuse_pdf(acuse)), mime="application/pdf")
        acuse.sha256 = acuse.objeto.sha256
        acuse.save()
        detalle = {"destinatario": remision.destinatario, "recibe": acuse.recibe, "acuse": acuse.sha256}
        registrar(SucesoNuevo("certificacion.recibida", f"certificacion:{remision.certificacion.clave}", detalle=detalle))
    return acuse
