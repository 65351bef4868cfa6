"""El cotejo: componer el borrador foliado, compararlo con lo que obra en el archivo y decir en qué terminó."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from django.db import transaction
from django.utils import timezone

from archivo.identidad.puerta import Usuario
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion, Cotejo, DocumentoCertificado, MarcaDeCotejo
from certificaciones.actos.servicios.composicion import contar, rechazos_dichos
from certificaciones.actos.servicios.comunes import anotar, en_turno, exigir_paso
from certificaciones.actos.servicios.fuentes import fuente_de, huella_de_los_documentos
from certificaciones.actos.servicios.obra import ruta_de_borrador
from certificaciones.actos.servicios.redaccion import direccion_de, institucion_impresa, lugar_de
from certificaciones.copia.puerta import Acta, Papel, componer
from certificaciones.reglas.puerta import fojas_utiles, politica_vigente

BORRADOR = "BORRADOR"


@dataclass(frozen=True)
class FojaCotejada:
    """Lo que se dijo de una foja de la copia (`foja` desde 1) o, con `documento`, de un documento entero."""

    foja: int | None = None
    documento: int | None = None
    conforme: bool = True
    motivo: str = ""


def mandar_a_cotejo(certificacion: Certificacion, actor: Usuario) -> Certificacion:
    """Cuenta las fojas, compone el borrador foliado y lo deja listo para comparar."""
    exigir_paso(certificacion, "mandar_a_cotejo", actor)
    documentos = list(certificacion.documentos.select_related("item", "objeto"))
    cuenta = contar(documentos)
    huella = huella_de_los_documentos(documentos)
    with transaction.atomic():
        actual = en_turno(certificacion)
        actual.estado = exigir_paso(actual, "mandar_a_cotejo", actor).destino
        if huella_de_los_documentos(actual.documentos.all()) != huella:
            raise ActoRechazado("Los documentos cambiaron mientras se componía el borrador. Revíselos y mande otra vez.")
        actual.fojas, actual.paginas = cuenta.fojas, cuenta.paginas
        actual.save()
        for documento in documentos:
            documento.save()
        anotar("en_cotejo", actual, actor, fojas=cuenta.fojas)
    componer_borrador(actual)
    return actual


def componer_borrador(certificacion: Certificacion) -> Path:
    """El borrador foliado; se vuelve a hacer igual si se perdió. Sin «SIN VALIDEZ» encima de las fojas: taparía lo que se coteja."""
    casa = institucion_impresa(certificacion.area.nombre if certificacion.area else "")
    acta = Acta(
        folio=f"{BORRADOR} {certificacion.clave}", codigo="", url_verificacion=direccion_de(BORRADOR), institucion=casa,
        parrafos=("Borrador para cotejo. No certifica nada.", f"Consta de {fojas_utiles(certificacion.fojas)}."),
        lugar_y_fecha=lugar_de(certificacion), certificador=BORRADOR, cargo=BORRADOR, emitida=certificacion.creado,
        titulo="Borrador para cotejo, sin validez", version_publica=certificacion.version_publica, fojas=certificacion.fojas,
    )  # fmt: skip
    fuentes = [replace(fuente_de(d), adjuntar=False) for d in certificacion.documentos.select_related("item", "objeto")]
    ruta = ruta_de_borrador(certificacion)
    with rechazos_dichos():
        componer(acta, fuentes, ruta, papel=cast("Papel", certificacion.papel))
    return ruta


def borrador_de(certificacion: Certificacion) -> Path:
    """La ruta del borrador foliado que se compara en pantalla."""
    ruta = ruta_de_borrador(certificacion)
    return ruta if ruta.is_file() else componer_borrador(certificacion)


@transaction.atomic
def iniciar_cotejo(
    certificacion: Certificacion, actor: Usuario, modo: str = Cotejo.Modo.FOJA, contra: str = Cotejo.Contra.ORIGINAL
) -> Cotejo:
    """Abre la comparación a nombre de quien la hace; si esa persona ya tiene una en curso, es la misma."""
    certificacion = en_turno(certificacion)
    exigir_paso(certificacion, "dar_por_cotejada", actor)
    _exigir_otra_persona(certificacion, actor)
    if en_curso := certificacion.cotejos.filter(concluido__isnull=True).first():
        if en_curso.cotejador_id != actor.pk:
            raise ActoRechazado(f"{en_curso.cotejador_nombre} ya la está cotejando.")
        return en_curso
    return Cotejo.objects.create(
        certificacion=certificacion,
        cotejador=actor,
        cotejador_nombre=str(actor),
        modo=modo,
        contra=contra,
        huella=huella_de_los_documentos(certificacion.documentos.all()),
        fojas=certificacion.fojas,
    )


def _exigir_otra_persona(certificacion: Certificacion, actor: Usuario) -> None:
    if politica_vigente(timezone.localdate()).cotejador_distinto and certificacion.certificador_id == actor.pk:
        raise ActoRechazado("Quien certifica no puede ser quien coteja: pida que coteje otra persona.")


@transaction.atomic
def marcar(cotejo: Cotejo, marcas: Iterable[FojaCotejada], actor: Usuario) -> int:
    """Anota lo comparado; repetir una foja la corrige. Devuelve cuántas lleva el cotejo."""
    cotejo = Cotejo.objects.select_for_update().get(pk=cotejo.pk)
    _exigir_suyo(cotejo, actor)
    documentos = list(cotejo.certificacion.documentos.all())
    for marca in marcas:
        if not marca.conforme and not marca.motivo.strip():
            raise ActoRechazado("Si algo difiere, escriba qué: sin eso no se puede corregir.")
        foja = None if cotejo.modo == Cotejo.Modo.DOCUMENTO else marca.foja or 0
        documento = next((d for d in documentos if _es_de(d, marca, foja)), None)
        if documento is None:
            raise ActoRechazado(f"Esa foja no es de esta copia, que va de la 1 a la {cotejo.fojas}.")
        llave = {"foja": foja} if foja else {"documento": documento, "foja": None}
        dicho = {"documento": documento, "conforme": marca.conforme, "motivo": marca.motivo.strip()[:500]}
        MarcaDeCotejo.objects.update_or_create(cotejo=cotejo, **llave, defaults=dicho | {"momento": timezone.now()})
    return cotejo.marcas.count()


def _es_de(documento: DocumentoCertificado, marca: FojaCotejada, foja: int | None) -> bool:
    """¿Es ese documento el marcado? Por foja, si se coteja así; si no, por su identificador."""
    return documento.pk == marca.documento if foja is None else documento.foja_desde <= foja <= documento.foja_hasta


def _exigir_suyo(cotejo: Cotejo, actor: Usuario) -> None:
    if cotejo.concluido is not None:
        raise ActoRechazado("Ese cotejo ya concluyó. Si hace falta otro, devuelva la certificación a borrador.")
    if cotejo.cotejador_id != actor.pk:
        raise ActoRechazado(f"Ese cotejo lo hace {cotejo.cotejador_nombre}.")


def pendientes_de(cotejo: Cotejo) -> int:
    """Cuántas fojas (o documentos) faltan por comparar."""
    total = cotejo.certificacion.documentos.count() if cotejo.modo == Cotejo.Modo.DOCUMENTO else cotejo.fojas
    return total - cotejo.marcas.count()


@transaction.atomic
def concluir_cotejo(cotejo: Cotejo, actor: Usuario, motivo: str = "") -> Certificacion:
    """Termina: conforme si todo se comparó y concuerda; con discrepancia si algo difiere (o se da un motivo)."""
    certificacion = en_turno(cotejo.certificacion)
    cotejo = Cotejo.objects.select_for_update().get(pk=cotejo.pk)
    _exigir_suyo(cotejo, actor)
    difieren = [f"{m}: {m.motivo}" for m in cotejo.marcas.filter(conforme=False)]
    razones = "; ".join([*difieren, *([motivo.strip()] if motivo.strip() else [])])
    if not razones and (faltan := pendientes_de(cotejo)):
        raise ActoRechazado(f"Faltan {faltan} por comparar. Compárelas o diga qué discrepancia lo impide.")
    if huella_de_los_documentos(certificacion.documentos.all()) != cotejo.huella:
        raise ActoRechazado("Los documentos cambiaron después de iniciado el cotejo: devuelva a borrador y coteje de nuevo.")
    paso = exigir_paso(certificacion, "observar" if razones else "dar_por_cotejada", actor, razones)
    cotejo.resultado = Cotejo.Resultado.DISCREPANCIA if razones else Cotejo.Resultado.CONFORME
    cotejo.motivo, cotejo.concluido = razones, timezone.now()
    cotejo.save()
    certificacion.estado, certificacion.cotejador_nombre = paso.destino, "" if razones else cotejo.cotejador_nombre
    certificacion.save()
    anotar(paso.destino, certificacion, actor, razones, fojas=cotejo.fojas, modo=cotejo.modo, contra=cotejo.contra)
    return certificacion
