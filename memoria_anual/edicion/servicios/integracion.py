"""Reunir: pedir aportaciones y recibirlas, ajustar una cifra con su razón, comentar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Area, Paso, Usuario, lector_de
from memoria_anual.cortes.puerta import CifraDeCorte
from memoria_anual.edicion.models import AjusteDeCifra, AportacionDeArea, Capitulo, Comentario, Memoria
from memoria_anual.edicion.servicios.memorias import QUIEN_EDITA, anotar_editor, tomar_para_escribir
from memoria_anual.edicion.servicios.permisos import (
    CambioDeMemoriaRechazado,
    anotar,
    con_constancia,
    exigir,
    puede_aportar,
    puede_editar,
    puede_leer,
)

JUSTIFICACION_MINIMA = 20


@con_constancia("memoria.aportaciones_pedidas")
@transaction.atomic
def pedir_aportaciones(memoria: Memoria, actor: Usuario | None, areas: Iterable[Area], vence: date) -> list[AportacionDeArea]:
    """Pide lo suyo a cada dependencia, con su plazo. Repetir a la que ya se pidió sólo le mueve el plazo.

    Raises:
        CambioDeMemoriaRechazado: el plazo ya pasó, la memoria ya no se integra, o no le toca.
    """
    fila = tomar_para_escribir(memoria, actor)
    if vence < timezone.localdate():
        raise CambioDeMemoriaRechazado("El plazo ya pasó. Escriba un día de hoy en adelante.")
    pedidas = []
    for area in areas:
        aportacion, nueva = AportacionDeArea.objects.get_or_create(
            memoria=fila, area=area, defaults={"vence": vence, "pide": actor}
        )
        if not nueva and aportacion.situacion.se_captura:
            aportacion.vence = vence
            aportacion.save(update_fields=["vence"])
        pedidas.append(aportacion)
        anotar("aportacion.pedida", aportacion.objeto, actor, area=area.nombre, vence=vence.isoformat())
    return pedidas


@dataclass(frozen=True)
class LoAportado:
    """Lo que una dependencia escribe: línea de acción, meta, relato y las claves de lo que lo prueba. `version`: la que se tenía a la vista."""

    linea: str
    meta: str
    texto: str
    pruebas: Sequence[str] = ()
    version: str = ""


@con_constancia("aportacion.capturada")
@transaction.atomic
def capturar_aportacion(aportacion: AportacionDeArea, actor: Usuario, escrito: LoAportado) -> AportacionDeArea:
    """Guarda lo que el área lleva escrito; todavía no lo entrega.

    Raises:
        CambioDeMemoriaRechazado: no es de esa área, ya se entregó, o una prueba no está o no la puede ver.
    """
    fila = AportacionDeArea.objects.select_for_update().get(pk=aportacion.pk)
    exigir(
        actor,
        procede=lambda lector: puede_aportar(lector, fila),
        dicho=f"Lo de {fila.area} lo capturan ahí: titular, redacción o su archivo de trámite.",
    )
    if not fila.situacion.se_captura:
        raise CambioDeMemoriaRechazado(
            f"La aportación está {fila.situacion.nombre.lower()}: ya no se cambia. Pida que se la devuelvan."
        )
    if escrito.version and escrito.version != fila.version:
        raise CambioDeMemoriaRechazado(
            "Otra persona de su área guardó esto mientras usted lo escribía. Copie lo suyo, ábralo de nuevo y compárelo."
        )
    pruebas = _pruebas(escrito.pruebas, actor)
    fila.linea, fila.meta, fila.texto = escrito.linea.strip(), escrito.meta.strip(), escrito.texto.strip()
    fila.estado = "en_captura" if fila.estado == "solicitada" else fila.estado
    fila.save()
    fila.pruebas.set(pruebas)
    anotar("aportacion.capturada", fila.objeto, actor, pruebas=[i.clave for i in pruebas])
    aportacion.refresh_from_db()
    return aportacion


def _pruebas(claves: Sequence[str], actor: Usuario) -> list[Item]:
    limpias = list(dict.fromkeys(c.strip().lower() for c in claves if c.strip()))
    halladas = {i.clave: i for i in Item.objects.visibles_para(lector_de(actor)).filter(clave__in=limpias)}
    if faltan := [c for c in limpias if c not in halladas]:
        raise CambioDeMemoriaRechazado(
            f"No encontramos {', '.join(faltan)}. Escriba la clave de doce signos que está en la ceja de cada documento."
        )
    return [halladas[c] for c in limpias]


@con_constancia("aportacion.paso")
@transaction.atomic
def mover_aportacion(aportacion: AportacionDeArea, actor: Usuario | None, accion: str, motivo: str = "") -> AportacionDeArea:
    """Entregar, aceptar, devolver o dar por no entregada.

    Raises:
        CambioDeMemoriaRechazado: no le toca, falta algo o ya no procede.
    """
    fila = AportacionDeArea.objects.select_for_update().select_related("memoria", "area").get(pk=aportacion.pk)
    paso = fila.situacion.paso(accion)
    if paso is None:
        raise CambioDeMemoriaRechazado(f"Una aportación {fila.situacion.nombre.lower()} no admite «{accion}».")
    _revisar(fila, paso, actor, motivo)
    if accion == "entregar":
        fila.entregada_en, fila.entrega, fila.observaciones = timezone.now(), actor, ""
    if accion == "devolver":
        fila.observaciones = motivo.strip()
    fila.estado = paso.destino
    fila.save()
    anotar(
        f"aportacion.{accion}",
        fila.objeto,
        actor,
        motivo.strip(),
        estado=fila.estado,
        a_tiempo=fila.vence >= timezone.localdate(),
    )
    aportacion.refresh_from_db()
    return aportacion


def _revisar(fila: AportacionDeArea, paso: Paso, actor: Usuario | None, motivo: str) -> None:
    if paso.accion in {"entregar", "capturar"}:
        exigir(actor, procede=lambda lector: puede_aportar(lector, fila), dicho=f"Entregar lo de {fila.area} les toca a ellos.")
        if not (fila.linea and fila.texto):
            raise CambioDeMemoriaRechazado("Antes de entregar escriba la línea de acción y qué se hizo.")
    else:
        exigir(actor, procede=lambda lector: puede_editar(lector, fila.memoria), dicho=QUIEN_EDITA)
        if not fila.memoria.situacion.se_escribe:
            raise CambioDeMemoriaRechazado(f"La memoria está {fila.memoria.situacion.nombre.lower()}: ya no se integra.")
    if paso.pide_motivo and not motivo.strip():
        raise CambioDeMemoriaRechazado("Escriba qué le falta: el área lo verá.")
    if paso.exige_otra_persona and actor is not None and actor.pk == fila.entrega_id:
        raise CambioDeMemoriaRechazado("Quien la entregó no puede aceptarla. Pídalo a otra persona que integre la memoria.")


@con_constancia("memoria.cifra_ajustada")
@transaction.atomic
def ajustar_cifra(
    memoria: Memoria, actor: Usuario | None, clave: str, valor: Decimal | None, justificacion: str
) -> AjusteDeCifra | None:
    """Pone un valor a mano sobre el del corte, con su razón, que va al pie; `valor` None quita el ajuste.

    Raises:
        CambioDeMemoriaRechazado: sin corte, sin ese indicador, o sin una razón que se entienda.
    """
    fila = tomar_para_escribir(memoria, actor)
    contada = _contada(fila, clave, valor, justificacion)
    anotar_editor(fila, actor)
    previo = fila.ajustes.filter(clave=clave).first()
    anotar(
        "memoria.cifra_ajustada", fila.objeto, actor, justificacion.strip(), clave=clave, contado=str(contada.valor),
        antes=str(previo.valor) if previo else None, valor=None if valor is None else str(valor),
    )  # fmt: skip
    if valor is None:
        fila.ajustes.filter(clave=clave).delete()
        return None
    datos = {"valor": valor, "justificacion": justificacion.strip(), "autor": actor, "momento": timezone.now()}
    ajuste, _ = AjusteDeCifra.objects.update_or_create(memoria=fila, clave=clave, defaults=datos)
    return ajuste


def _contada(fila: Memoria, clave: str, valor: Decimal | None, justificacion: str) -> CifraDeCorte:
    """La cifra que se ajusta, si procede."""
    contada = fila.corte.cifra(clave) if fila.corte else None
    if contada is None:
        raise CambioDeMemoriaRechazado(
            f"El corte de la memoria no tiene el indicador «{clave}». Póngale un corte, o revise la clave."
        )
    if valor is not None and valor < 0:
        raise CambioDeMemoriaRechazado("Escriba un valor de cero en adelante: ningún indicador cuenta menos que nada.")
    if len(justificacion.strip()) < JUSTIFICACION_MINIMA:
        raise CambioDeMemoriaRechazado(
            "Justifique el ajuste: qué faltó o sobró al contar y cómo se sabe. La razón se imprime al pie de la cifra."
        )
    return contada


@transaction.atomic
def comentar(capitulo: Capitulo, actor: Usuario, texto: str) -> Comentario:
    """Anota un comentario en un capítulo. Comenta quien la ve mientras se hace, también auditoría.

    Raises:
        CambioDeMemoriaRechazado: vacío, o no la ve.
    """
    memoria = capitulo.memoria
    exigir(actor, procede=lambda lector: puede_leer(lector, memoria), dicho="Comentan quienes integran la memoria.")
    if not texto.strip():
        raise CambioDeMemoriaRechazado("Escriba el comentario.")
    comentario = Comentario.objects.create(capitulo=capitulo, autor=actor, texto=texto.strip())
    anotar("memoria.comentada", memoria.objeto, actor, capitulo=capitulo.orden)
    return comentario


@transaction.atomic
def atender_comentario(comentario: Comentario, actor: Usuario) -> Comentario:
    """Lo marca atendido. Le toca a quien edita."""
    memoria = comentario.capitulo.memoria
    exigir(actor, procede=lambda lector: puede_editar(lector, memoria), dicho=QUIEN_EDITA)
    comentario.atendido = True
    comentario.save(update_fields=["atendido"])
    anotar("memoria.comentario_atendido", memoria.objeto, actor, capitulo=comentario.capitulo.orden)
    return comentario
