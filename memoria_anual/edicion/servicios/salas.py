"""Abrir y cerrar la sala de quien audita, y guardar lo que marca de cada cifra."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from archivo.identidad.puerta import ANONIMO, Lector, RolVigente, Usuario, codigo_nuevo, huella_de_codigo
from memoria_anual.edicion.documento import mesa_de
from memoria_anual.edicion.models import CierreDeSala, MarcaDeAuditoria, Memoria, SalaDeAuditoria
from memoria_anual.edicion.servicios.memorias import QUIEN_EDITA
from memoria_anual.edicion.servicios.permisos import (
    CambioDeMemoriaRechazado,
    anotar,
    con_constancia,
    exigir,
    puede_autorizar,
    puede_editar,
)

PLAZO = timedelta(days=30)
DE_OFICINA = Lector(roles=(RolVigente("grupo_interdisciplinario", None),))
"""Quien lee lo interno y nada más: el rol que sólo abre el círculo de la oficina."""


@dataclass(frozen=True)
class SalaNueva:
    """A quién se abre, con qué oficio, qué puede ver y por cuánto tiempo."""

    auditor: str
    referencia: str = ""
    acceso: str = SalaDeAuditoria.Acceso.PUBLICO
    plazo: timedelta = PLAZO


@con_constancia("memoria.sala_abierta")
@transaction.atomic
def abrir_sala(memoria: Memoria, actor: Usuario | None, nueva: SalaNueva) -> tuple[SalaDeAuditoria, str]:
    """La sala y el código de su enlace, que se dice esta única vez.

    Raises:
        CambioDeMemoriaRechazado: no le toca, falta a quién, o la memoria no tiene corte.
    """
    exigir(actor, procede=lambda lector: puede_editar(lector, memoria), dicho=QUIEN_EDITA)
    if nueva.acceso != SalaDeAuditoria.Acceso.PUBLICO:
        solo_titular = "Abrir lo interno a quien audita le toca a quien es titular del área que lleva la memoria."
        exigir(actor, procede=lambda lector: puede_autorizar(lector, memoria), dicho=solo_titular)
    if not nueva.auditor.strip():
        raise CambioDeMemoriaRechazado("Escriba a quién se abre: la persona o el órgano que audita, con su nombre completo.")
    if memoria.corte is None:
        raise CambioDeMemoriaRechazado("La memoria no tiene corte: todavía no hay cifras que auditar.")
    codigo = codigo_nuevo()
    sala = SalaDeAuditoria.objects.create(
        memoria=memoria, auditor=nueva.auditor.strip(), referencia=nueva.referencia.strip(), acceso=nueva.acceso,
        testigo=huella_de_codigo(codigo), vence=timezone.now() + nueva.plazo, abre=actor,
    )  # fmt: skip
    hasta = sala.vence.isoformat()
    anotar("memoria.sala_abierta", memoria.objeto, actor, sala=sala.pk, auditor=sala.auditor, acceso=sala.acceso, vence=hasta)
    return sala, codigo


@con_constancia("memoria.sala_cerrada")
@transaction.atomic
def cerrar_sala(memoria: Memoria, actor: Usuario | None, sala: SalaDeAuditoria, motivo: str) -> CierreDeSala:
    """Su enlace deja de abrir ya; lo marcado se queda. Cerrar dos veces es cerrar una.

    Raises:
        CambioDeMemoriaRechazado: no le toca, o falta el motivo.
    """
    exigir(actor, procede=lambda lector: puede_editar(lector, memoria), dicho=QUIEN_EDITA)
    if not motivo.strip():
        raise CambioDeMemoriaRechazado("Escriba por qué se cierra la sala.")
    Memoria.objects.select_for_update().get(pk=memoria.pk)
    datos = {"cierra": actor, "motivo": motivo.strip()[:500]}
    cierre, nuevo = CierreDeSala.objects.get_or_create(sala=sala, defaults=datos)
    if nuevo:
        anotar("memoria.sala_cerrada", memoria.objeto, actor, cierre.motivo, sala=sala.pk, auditor=sala.auditor)
    return cierre


def sala_con(codigo: str) -> SalaDeAuditoria | None:
    """La sala de ese enlace, si abre."""
    filas = SalaDeAuditoria.objects.select_related("memoria__corte", "memoria__area", "cierre")
    hallada = filas.filter(testigo=huella_de_codigo(codigo)).first()
    return hallada if hallada is not None and hallada.abierta else None


def entrar(sala: SalaDeAuditoria, que: str) -> None:
    """Deja constancia de que el enlace se usó y para ver qué: la portada, una cifra o el borrador."""
    anotar("memoria.sala_consultada", sala.memoria.objeto, None, sala=sala.pk, auditor=sala.auditor, que=que)


def lector_de_sala(sala: SalaDeAuditoria) -> Lector:
    """Con los ojos de quién se lee en ella."""
    return DE_OFICINA if sala.acceso == SalaDeAuditoria.Acceso.INTERNO else ANONIMO


def cifras_de(memoria: Memoria) -> list[dict[str, Any]]:
    """Las cifras como se publican: las congeladas si ya se publicó; si no, las de su corte con sus ajustes.

    Raises:
        SinCorte: aún no se corta.
    """
    edicion = memoria.ediciones.first()
    return list(edicion.contenido["cifras"]) if edicion else [c.como_dict() for c in mesa_de(memoria).cifras]


def ultimas(marcas: Iterable[MarcaDeAuditoria]) -> dict[tuple[int, str], MarcaDeAuditoria]:
    """La que vale de cada sala y cifra: la última que se puso."""
    return {(m.sala_id, m.clave): m for m in marcas}


@transaction.atomic
def marcar(sala: SalaDeAuditoria, cifra: dict[str, Any], marca: MarcaDeAuditoria) -> MarcaDeAuditoria:
    """Guarda lo que se dijo de una cifra. `marca` trae `resultado`, `nota` y `quien`.

    Raises:
        CambioDeMemoriaRechazado: falta quién, el resultado, o decir qué se observa.
    """
    marca.nota, marca.quien = marca.nota.strip()[:2000], (marca.quien.strip() or sala.auditor)[:200]
    if marca.resultado not in MarcaDeAuditoria.Resultado.values:
        raise CambioDeMemoriaRechazado("Elija «Conforme» o «Con observación».")
    if marca.resultado == MarcaDeAuditoria.Resultado.CON_OBSERVACION and not marca.nota:
        raise CambioDeMemoriaRechazado("Escriba qué observa: la oficina lo verá junto a la cifra.")
    marca.sala, marca.clave, marca.valor, marca.huella = sala, cifra["clave"], cifra["valor"], cifra["huella"]
    marca.save()
    detalle = {"sala": sala.pk, "cifra": marca.clave, "valor": marca.valor, "huella": marca.huella, "quien": marca.quien}
    anotar(f"memoria.cifra_{marca.resultado}", sala.memoria.objeto, None, marca.nota, **detalle)
    return marca
