"""Enviar a firma y expedir: el folio nace aquí, en una transacción breve, cuando ya hay copia, texto y firma."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from archivo.identidad.puerta import Usuario
from certificaciones import firma
from certificaciones.actos import codigos
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion
from certificaciones.actos.servicios.acceso import exigir_que_lea, exigir_que_salgan, exigir_soporte
from certificaciones.actos.servicios.asiento import asentar_emision
from certificaciones.actos.servicios.composicion import componer_tomos, firmar_tomos, medido, rechazos_dichos
from certificaciones.actos.servicios.comunes import anotar, en_turno, exigir_paso
from certificaciones.actos.servicios.emision import Emision
from certificaciones.actos.servicios.folios import Arriendo, arrendado, renovar
from certificaciones.actos.servicios.fuentes import fuente_de, huella_de_los_documentos
from certificaciones.actos.servicios.libros import libro_abierto
from certificaciones.actos.servicios.obra import barrer, obra_de
from certificaciones.actos.servicios.preparacion import areas_de
from certificaciones.actos.servicios.redaccion import QuienCertifica, Redaccion, acta_de, redactar_acto
from certificaciones.reglas.puerta import PoliticaDeCertificacion, facultad_para, politica_vigente

EN_EL_SERVIDOR = (Certificacion.Firma.PKCS11, Certificacion.Firma.SELLO)


@dataclass(frozen=True)
class Expedida:
    """Lo expedido. `segundo_codigo` es el de la carátula: se dice esta única vez y no se guarda."""

    certificacion: Certificacion
    segundo_codigo: str
    pasos: dict[str, float]


@dataclass(frozen=True)
class Revision:
    """Lo que se mostraría al expedir: el texto con un folio todavía sin dar."""

    parrafos: tuple[str, ...]
    certificador: str
    cargo: str
    folio_probable: str


def quien_certifica(certificacion: Certificacion, actor: Usuario) -> QuienCertifica:
    """La persona con su facultad vigente hoy y al alcance; `SinFacultad` (de reglas) explica por qué no."""
    facultad = facultad_para(actor, timezone.localdate(), areas_de(certificacion))
    return QuienCertifica(str(actor), facultad.cargo, facultad.fundamento, facultad.frase_de_suplencia, facultad.instantanea())


def exigir_lo_debido(certificacion: Certificacion, actor: Usuario, politica: PoliticaDeCertificacion) -> None:
    """Las guardas de expedir que no son la facultad: cotejo vigente y de otra persona, fuentes y pago."""
    documentos = list(certificacion.documentos.select_related("item", "objeto").prefetch_related("item__adjuntos"))
    exigir_que_lea(documentos, actor)
    exigir_que_salgan(documentos, certificacion)
    cotejo = certificacion.cotejos.filter(concluido__isnull=False).first()
    if cotejo is None or cotejo.resultado != cotejo.Resultado.CONFORME:
        raise ActoRechazado("Falta el cotejo: sin él no puede afirmarse que la copia concuerda.")
    if politica.cotejador_distinto and cotejo.cotejador_id == actor.pk:
        raise ActoRechazado("Usted cotejó esta copia: la política vigente pide que certifique otra persona.")
    if huella_de_los_documentos(documentos) != cotejo.huella:
        raise ActoRechazado("Los documentos cambiaron después del cotejo: devuelva a borrador y coteje de nuevo.")
    for documento in documentos:
        fuente_de(documento)
    exigir_soporte(certificacion, documentos, politica)
    if not certificacion.pago_acreditado:
        raise ActoRechazado("Falta acreditar el pago de derechos o su exención, con el recibo o el motivo.")


def _emision_de_prueba(certificacion: Certificacion, folio: str) -> Emision:
    ahora = timezone.localtime().isoformat(timespec="seconds")
    return Emision(certificacion.clave, "", 0, 0, folio, "", codigos.nuevo(), ahora, certificacion.firma_tipo)


def revisar(certificacion: Certificacion, actor: Usuario) -> Revision:
    """El texto como quedaría si esa persona expidiera ahora; lanza lo mismo que lanzaría expedir."""
    libro, politica = libro_abierto(timezone.localdate().year), politica_vigente(timezone.localdate())
    exigir_lo_debido(certificacion, actor, politica)
    quien = quien_certifica(certificacion, actor)
    ultimo = libro.certificaciones.expedidas().count()
    probable = libro.folio(ultimo + 1)
    texto = redactar_acto(certificacion, quien, _emision_de_prueba(certificacion, probable), politica)
    return Revision(texto.parrafos, quien.nombre, quien.cargo, probable)


@transaction.atomic
def enviar_a_firma(certificacion: Certificacion, actor: Usuario, certificador: Usuario) -> Certificacion:
    """La deja lista para quien certifica, si el texto se redacta completo, el pago consta y esa persona tiene facultad."""
    certificacion = en_turno(certificacion)
    paso = exigir_paso(certificacion, "enviar_a_firma", actor)
    politica = politica_vigente(timezone.localdate())
    exigir_lo_debido(certificacion, certificador, politica)
    quien = quien_certifica(certificacion, certificador)
    redactar_acto(certificacion, quien, _emision_de_prueba(certificacion, "por asignar"), politica)
    certificacion.certificador, certificacion.estado = certificador, paso.destino
    certificacion.save()
    anotar("en_firma", certificacion, actor, certificador=str(certificador))
    return certificacion


def expedir(certificacion: Certificacion, actor: Usuario) -> Expedida:
    """Expide con la firma elegida: autógrafa (sale sin firma, para imprimir), sello de la institución o dispositivo.

    Con e.firma se usan `preparar_firma` y `completar_firma`. Si la autoridad de sellos o de estados no responde, queda
    «pendiente de sello» y se lanza `ActoRechazado`: no se consumió folio.
    """
    if certificacion.firma_tipo == Certificacion.Firma.EFIRMA:
        raise ActoRechazado("Con e.firma se firma en el navegador de quien certifica: abra la certificación y firme ahí.")
    with emision_en_curso(certificacion, actor) as (emision, arriendo, lugar):
        if certificacion.firma_tipo in EN_EL_SERVIDOR:
            with medido(emision.pasos, "firmar"), o_pendiente_de_sello(certificacion, actor):
                servicios = firma.servicios_de_la_casa()
                firmar_tomos(emision, firma.firmante_de_la_casa(certificacion.firma_tipo), servicios, lugar)
            renovar(arriendo)
        hecha = asentar_emision(emision, actor)
    return Expedida(hecha, codigos.en_grupos(emision.segundo_codigo), emision.pasos)


@contextmanager
def emision_en_curso(certificacion: Certificacion, actor: Usuario) -> Iterator[tuple[Emision, Arriendo, str]]:
    """La emisión con su folio arrendado y su copia compuesta; al salir, el folio que no se consumió queda libre."""
    barrer()
    inicio = time.perf_counter()
    libro = libro_abierto(timezone.localdate().year)
    exigir_que_se_expida(certificacion, actor)
    with arrendado(libro, certificacion.clave, actor) as arriendo, obra_de(arriendo.testigo):
        emision = nueva_emision(certificacion, arriendo, actor)
        emision.pasos["arrendar"] = round(time.perf_counter() - inicio, 4)
        if certificacion.firma_tipo in EN_EL_SERVIDOR:
            with o_pendiente_de_sello(certificacion, actor):
                emision.de_prueba = firma.es_de_prueba(firma.firmante_de_la_casa(certificacion.firma_tipo).certificado)
        lugar = componer_emision(certificacion, emision, actor)
        renovar(arriendo)
        yield emision, arriendo, lugar


def exigir_que_se_expida(certificacion: Certificacion, actor: Usuario) -> None:
    """Todas las guardas de expedir, para esa persona y ahora."""
    exigir_paso(certificacion, "expedir", actor)
    if certificacion.certificador_id not in {None, actor.pk}:
        raise ActoRechazado(f"Se envió a firma de {certificacion.certificador}: sólo esa persona la expide.")
    if certificacion.sustituye_a is not None:
        exigir_paso(certificacion.sustituye_a, "sustituir", actor, "sustitución")
    exigir_lo_debido(certificacion, actor, politica_vigente(timezone.localdate()))
    quien_certifica(certificacion, actor)


def nueva_emision(certificacion: Certificacion, arriendo: Arriendo, actor: Usuario | None) -> Emision:
    """La emisión de ese folio, con sus códigos al azar."""
    doble = certificacion.consulta == Certificacion.Consulta.DOBLE_CODIGO
    return Emision(
        certificacion=certificacion.clave,
        version=certificacion.modificado.isoformat(),
        libro_id=arriendo.libro.pk,
        consecutivo=arriendo.consecutivo,
        folio=arriendo.folio,
        testigo=arriendo.testigo,
        codigo=codigos.nuevo(),
        emitida=timezone.localtime().isoformat(timespec="seconds"),
        modo=certificacion.firma_tipo,
        actor_id=actor.pk if actor else None,
        segundo_codigo=codigos.nuevo(codigos.LARGO_DEL_SEGUNDO) if doble else "",
    )


def componer_emision(certificacion: Certificacion, emision: Emision, actor: Usuario) -> str:
    """Redacta, compone la copia y anota todo lo que la fila fijará. Devuelve el lugar."""
    politica = politica_vigente(timezone.localdate(emision.momento))
    quien = quien_certifica(certificacion, actor)
    with medido(emision.pasos, "redactar"):
        redaccion = redactar_acto(certificacion, quien, emision, politica)
        acta = acta_de(certificacion, quien, redaccion, emision)
    with medido(emision.pasos, "componer"):
        componer_tomos(certificacion, acta, emision)
    emision.campos |= campos_fijos(quien, redaccion) | {
        "certificador": actor.pk,
        "politica": politica.instantanea(),
        "acta": dict(acta.datos),
        "institucion": {
            "nombre": acta.institucion.nombre,
            "area": acta.institucion.area,
            "domicilio": acta.institucion.domicilio,
        },
        "segundo_codigo": codigos.huella_del_segundo(emision.segundo_codigo) if emision.segundo_codigo else "",
    }
    return redaccion.lugar


def campos_fijos(quien: QuienCertifica, redaccion: Redaccion) -> dict[str, object]:
    """Las columnas que dicen quién certificó y qué dijo."""
    return {
        "certificador_nombre": quien.nombre, "cargo": quien.cargo, "fundamento": quien.fundamento, "suplencia": quien.suplencia,
        "facultad": dict(quien.facultad), "lugar": redaccion.lugar, "fecha_letra": redaccion.fecha_letra,
        "fojas_letra": redaccion.fojas_letra, "parrafos": list(redaccion.parrafos), "texto": "\n\n".join(redaccion.parrafos),
        "redaccion": {"modelo": dict(redaccion.modelo), "variables": dict(redaccion.variables)},
    }  # fmt: skip


@contextmanager
def o_pendiente_de_sello(certificacion: Certificacion, actor: Usuario) -> Iterator[None]:
    """Si la firma no se completó por causas de fuera, la certificación espera; si fue por el certificado, se dice y sigue en firma."""
    try:
        with rechazos_dichos():
            yield
    except firma.SelloPendiente as pendiente:
        _dejar_pendiente(certificacion, actor, str(pendiente))
        raise ActoRechazado(f"Quedó pendiente de sello: {pendiente} No se consumió ningún folio.") from pendiente
    except firma.ErrorDeFirma as error:
        raise ActoRechazado(str(error)) from error


@transaction.atomic
def _dejar_pendiente(certificacion: Certificacion, actor: Usuario, motivo: str) -> None:
    actual = en_turno(certificacion)
    actual.estado, actual.motivo = exigir_paso(actual, "esperar_sello", actor).destino, motivo
    actual.save()
    anotar("pendiente_de_sello", actual, actor, motivo)
