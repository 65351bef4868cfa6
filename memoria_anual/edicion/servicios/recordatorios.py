"""Recordar por correo lo que una dependencia no ha entregado: quién, qué día y una sola vez. Nunca impide nada."""

from collections.abc import Iterable
from datetime import date

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import Usuario, institucion
from archivo.salidas import EstadoDeCorreo, carta, mandar_debido
from memoria_anual.edicion.destinatarios import quienes_entregan
from memoria_anual.edicion.documento import direccion_completa
from memoria_anual.edicion.estados import ESTADOS_DE_APORTACION, ESTADOS_DE_MEMORIA
from memoria_anual.edicion.models import AportacionDeArea, Recordatorio, ReglaDeRecordatorio
from memoria_anual.edicion.servicios.memorias import QUIEN_EDITA
from memoria_anual.edicion.servicios.permisos import CambioDeMemoriaRechazado, anotar, con_constancia, exigir, puede_editar

_SE_CAPTURAN = tuple(c for c, e in ESTADOS_DE_APORTACION.items() if e.se_captura)
_SE_INTEGRAN = tuple(c for c, e in ESTADOS_DE_MEMORIA.items() if e.se_escribe)
DE_MUESTRA = ((0, "al_pedir"), (7, "antes"), (1, "antes"), (3, "despues"))
"""Días de fábrica: los escogimos nosotros; ninguna norma los da."""
POR_VUELTA = 200


def asegurar_reglas() -> None:
    """Las de fábrica, si no hay ninguna y nadie las quitó a propósito."""
    if not (ReglaDeRecordatorio.objects.exists() or Suceso.objects.filter(clase="regla_de_recordatorio.quitada").exists()):
        ReglaDeRecordatorio.objects.bulk_create(
            ReglaDeRecordatorio(dias=dias, cuando=cuando, es_muestra=True) for dias, cuando in DE_MUESTRA
        )


def recordar_aportaciones(hoy: date) -> None:
    """Deja por mandar lo que toca recordar, una vez por persona y día que toca.

    Si pasaron varios días sin que corriera, sólo se recuerda el último que tocaba.
    """
    reglas = list(ReglaDeRecordatorio.objects.all())
    abiertas = AportacionDeArea.objects.filter(estado__in=_SE_CAPTURAN, memoria__estado__in=_SE_INTEGRAN)
    tocan = {a: dicho for a in abiertas if (dicho := _lo_que_toca(a, reglas, hoy))}
    if tocan:
        _dejar_por_mandar(tocan)


def _lo_que_toca(aportacion: AportacionDeArea, reglas: Iterable[ReglaDeRecordatorio], hoy: date) -> tuple[date, str] | None:
    """El último día que tocaba recordarla, con lo que esa regla agrega."""
    dias = [(dia, r.texto) for r in reglas if (dia := r.dia_de(aportacion)) is not None and dia <= hoy]
    return max(dias, default=None)


@transaction.atomic
def _dejar_por_mandar(tocan: dict[AportacionDeArea, tuple[date, str]]) -> None:
    gente = quienes_entregan({a.area_id for a in tocan})
    debidos = [
        Recordatorio(aportacion=a, persona=persona, dia=dia, vence=a.vence, texto=texto)
        for a, (dia, texto) in tocan.items()
        for persona in gente.get(a.area_id, ())
    ]
    habia = {(r.aportacion_id, r.persona_id, r.dia): r for r in Recordatorio.objects.filter(aportacion__in=tocan)}
    nuevos = [r for r in debidos if (r.aportacion_id, r.persona_id, r.dia) not in habia]
    Recordatorio.objects.bulk_create(nuevos, ignore_conflicts=True)
    for debido in debidos:
        antes = habia.get((debido.aportacion_id, debido.persona_id, debido.dia))
        if antes and antes.vence != debido.vence:
            _por_el_plazo_nuevo(antes, debido)


def _por_el_plazo_nuevo(antes: Recordatorio, debido: Recordatorio) -> None:
    """El que no había salido cuando el plazo se movió, si ese mismo día toca recordar el nuevo, se debe otra vez."""
    sin_salir = Recordatorio.objects.filter(pk=antes.pk).exclude(estado=EstadoDeCorreo.ENVIADO)
    sin_salir.update(
        vence=debido.vence, texto=debido.texto, estado=EstadoDeCorreo.PENDIENTE, intentos=0, error="", proximo=timezone.now()
    )


def recordatorios_por_mandar() -> list[int]:
    """Los que se deben y ya les toca: sus llaves."""
    return list(Recordatorio.objects.por_mandar().values_list("pk", flat=True)[:POR_VUELTA])


@con_constancia("aportacion.recordada")
@transaction.atomic
def recordar_hoy(aportacion: AportacionDeArea, actor: Usuario | None) -> list[int]:
    """Se lo recuerda hoy a la dependencia porque alguien lo pidió; devuelve qué hay que mandar.

    Raises:
        CambioDeMemoriaRechazado: no le toca, ya se entregó, nadie de ahí tiene correo, o hoy ya se le recordó.
    """
    fila = AportacionDeArea.objects.select_for_update().select_related("memoria", "area").get(pk=aportacion.pk)
    exigir(actor, procede=lambda lector: puede_editar(lector, fila.memoria), dicho=QUIEN_EDITA)
    if not _viene_al_caso(fila):
        raise CambioDeMemoriaRechazado(f"La aportación está {fila.situacion.nombre.lower()}: no hay qué recordar.")
    personas = quienes_entregan({fila.area_id}).get(fila.area_id, [])
    if not personas:
        raise CambioDeMemoriaRechazado(
            f"Nadie que entregue lo de {fila.area} tiene correo en su cuenta. Pídaselo a quien administra, o avíseles por otro medio."
        )
    hoy = timezone.localdate()
    for persona in personas:
        Recordatorio.objects.get_or_create(aportacion=fila, persona=persona, dia=hoy, defaults={"vence": fila.vence})
    de_hoy = fila.recordatorios.filter(dia=hoy)
    sin_salir = de_hoy.filter(estado__in=(EstadoDeCorreo.PENDIENTE, EstadoDeCorreo.FALLIDO))
    if not sin_salir.update(estado=EstadoDeCorreo.PENDIENTE, intentos=0, proximo=timezone.now(), vence=fila.vence):
        raise CambioDeMemoriaRechazado("Hoy ya se le recordó.")
    anotar("aportacion.recordada", fila.objeto, actor, area=fila.area.nombre, personas=len(personas))
    return list(de_hoy.por_mandar().values_list("pk", flat=True))


def _viene_al_caso(aportacion: AportacionDeArea) -> bool:
    return aportacion.situacion.se_captura and aportacion.memoria.situacion.se_escribe


def mandar_recordatorio(pk: int) -> str:
    """Manda uno si sigue pendiente y le toca; devuelve en qué quedó, o «»."""
    suyos = Recordatorio.objects.select_related("aportacion__memoria", "aportacion__area", "persona")
    quedo = mandar_debido(suyos, pk, _mensaje)
    if quedo == EstadoDeCorreo.ENVIADO:
        fila = suyos.get(pk=pk)
        anotar("aportacion.recordatorio_enviado", fila.aportacion.objeto, None, dia=fila.dia.isoformat(), para=str(fila.persona))
    return quedo


def _mensaje(recordatorio: Recordatorio) -> EmailMessage | None:
    """None si ya no hace falta: se entregó, se movió el plazo, o la persona ya no tiene correo."""
    aportacion, persona = recordatorio.aportacion, recordatorio.persona
    vale = _viene_al_caso(aportacion) and aportacion.vence == recordatorio.vence
    if not (vale and persona.is_active and persona.email):
        return None
    valores = {
        "a": aportacion, "memoria": aportacion.memoria, "institucion": institucion().nombre, "texto": recordatorio.texto.strip(),
        "enlace": direccion_completa(reverse("memoria_aportacion", args=[aportacion.pk])),
    }  # fmt: skip
    cuerpo = render_to_string("memoria/cartas/recordatorio.txt", valores)
    cuando = (
        "Se venció el plazo para entregar"
        if aportacion.se_retrasa
        else f"Por entregar a más tardar el {aportacion.vence:%d/%m/%Y}"
    )
    return carta(
        f"{cuando}: {aportacion.memoria}"[:200], cuerpo, persona.email, marca=f"aportacion-{aportacion.pk}-{recordatorio.pk}"
    )
