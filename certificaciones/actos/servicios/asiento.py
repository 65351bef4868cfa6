"""La transacción que expide: consume el folio, congela la fila, la asienta en el registro y deja constancia. O nada."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import Usuario
from archivo.objetos.puerta import ObjetoDigital, dar_fila, depositar
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.estados import EXPEDIDA
from certificaciones.actos.models import Certificacion, DocumentoCertificado, LibroCertificacion, Sustitucion
from certificaciones.actos.servicios.composicion import medido, rechazos_dichos
from certificaciones.actos.servicios.comunes import anotar
from certificaciones.actos.servicios.emision import Emision
from certificaciones.actos.servicios.folios import consumir
from certificaciones.registro.puerta import Asiento, asentar

PDF = "application/pdf"


def asentar_emision(emision: Emision, actor: Usuario | None) -> Certificacion:
    """Guarda los bytes, completos en disco, y en una sola transacción breve les da fila y expide.

    Si muere antes de confirmar, quedan en el depósito sin fila: `integridad` los cuenta entre los huérfanos.
    Lanza `ReservaPerdida` si el folio ya es de otra expedición y `ActoRechazado` si el borrador cambió entre tanto: nada se consume.
    """
    with medido(emision.pasos, "guardar"), rechazos_dichos():
        guardados = [depositar(Path(t.ruta)) for t in emision.tomos]
    with medido(emision.pasos, "asentar"), transaction.atomic():
        libro = LibroCertificacion.objects.get(pk=emision.libro_id)
        consumir(libro, emision.testigo)
        certificacion = Certificacion.objects.select_for_update().get(clave=emision.certificacion)
        _exigir_sin_cambios(certificacion, emision)
        _fijar_documentos(emision)
        objetos = [dar_fila(g, mime=PDF, paginas=t.paginas) for g, t in zip(guardados, emision.tomos, strict=True)]
        _fijar(certificacion, emision, libro, objetos)
        asiento = asentar(libro.registro, hoja_de_emision(certificacion, emision))
        certificacion.asiento = asiento.indice
        certificacion.save()
        if certificacion.sustituye_a:
            _asentar_sustitucion(certificacion, actor)
        anotar("expedida", certificacion, actor, sha256=certificacion.sha256, fojas=certificacion.fojas, modo=emision.modo)
    return Certificacion.objects.get(pk=certificacion.pk)


def _exigir_sin_cambios(certificacion: Certificacion, emision: Emision) -> None:
    paso = certificacion.clase_de_estado.paso("expedir")
    listo_de_ensayo = certificacion.es_de_ensayo and certificacion.estado == "borrador"
    if paso is None and not listo_de_ensayo:
        raise ActoRechazado(f"{certificacion} ya está en «{certificacion.clase_de_estado.nombre}»: otra persona se adelantó.")
    if certificacion.modificado.isoformat() != emision.version:
        raise ActoRechazado(
            f"{certificacion} cambió mientras se firmaba. Revísela y vuelva a expedir: no se consumió ningún folio."
        )


def _fijar_documentos(emision: Emision) -> None:
    for clave, campos in emision.documentos.items():
        DocumentoCertificado.objects.filter(pk=int(clave)).update(**campos)


def _fijar(certificacion: Certificacion, emision: Emision, libro: LibroCertificacion, objetos: list[ObjetoDigital]) -> None:
    for campo, valor in emision.campos.items():
        setattr(certificacion, f"{campo}_id" if campo == "certificador" else campo, valor)
    primero = emision.tomos[0]
    certificacion.estado, certificacion.libro, certificacion.consecutivo = EXPEDIDA, libro, emision.consecutivo
    certificacion.folio, certificacion.codigo, certificacion.expedida_en = emision.folio, emision.codigo, emision.momento
    certificacion.objeto, certificacion.sha256, certificacion.firma = objetos[0], objetos[0].sha256, primero.firma
    if len(emision.tomos) > 1:
        certificacion.tomos = [_tomo(t, o) for t, o in zip(emision.tomos, objetos, strict=True)]


def _tomo(tomo: Any, objeto: ObjetoDigital) -> dict[str, Any]:
    return {
        "tomo": tomo.numero,
        "sha256": objeto.sha256,
        "foja_inicial": tomo.foja_inicial,
        "foja_final": tomo.foja_final,
        "paginas": tomo.paginas,
        "firma": tomo.firma,
    }


def hoja_de_emision(certificacion: Certificacion, emision: Emision) -> dict[str, Any]:
    """La hoja del registro: nada de quien la pidió ni del código que la abre."""
    hoja = {
        "t": "emision",
        "folio": emision.folio,
        "sha256": certificacion.sha256,
        "fojas": certificacion.fojas,
        "emitido": emision.emitida,
        "firmante": emision.tomos[0].firma.get("numero_de_certificado") or certificacion.cargo,
        "tipo": certificacion.soporte,
        "modo": emision.modo,
    }
    if len(emision.tomos) > 1:
        hoja["tomos"] = [t["sha256"] for t in certificacion.tomos]
    if certificacion.sustituye_a:
        hoja["sustituye_a"] = certificacion.sustituye_a.folio
    return {campo: valor[:200] if isinstance(valor, str) else valor for campo, valor in hoja.items()}


def asentar_posterior(certificacion: Certificacion, evento: str, **mas: str) -> Asiento:
    """Asienta lo que le pasó a una expedida (`cancelacion`, `sustitucion`) en su mismo registro."""
    assert certificacion.libro is not None  # noqa: S101 - la base exige libro en toda expedida
    hoja = {
        "t": evento,
        "folio": certificacion.folio,
        "sha256": certificacion.sha256,
        "fojas": certificacion.fojas,
        "emitido": certificacion.expedida_el,
        "asentado": timezone.localtime().isoformat(timespec="seconds"),
    }
    return asentar(certificacion.libro.registro, hoja | mas)


def _asentar_sustitucion(nueva: Certificacion, actor: Usuario | None) -> None:
    vieja = nueva.sustituye_a
    assert vieja is not None  # noqa: S101 - quien llama lo comprobó
    motivo = str(nueva.variables.get("motivo_de_sustitucion", "")) or "Sustitución."
    asiento = asentar_posterior(vieja, "sustitucion", sustituida_por=str(nueva.folio))
    texto = f"La certificación folio {vieja.folio} queda sustituida por la {nueva.folio}: {motivo}"
    Sustitucion.objects.create(
        sustituida=vieja, sustituta=nueva, motivo=motivo, texto=texto, sustituida_por=actor, asiento=asiento.indice
    )
    registrar(
        SucesoNuevo(
            "certificacion.sustituida",
            f"certificacion:{vieja.clave}",
            actor=actor,
            motivo=motivo,
            detalle={"sustituta": nueva.folio},
        )
    )
