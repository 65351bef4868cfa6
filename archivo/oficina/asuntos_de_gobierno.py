"""Lo que aportan a la bandeja los instrumentos archivísticos, los expedientes y los cargos que terminan."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from archivo.archivistica.puerta import (
    CuadroClasificacion,
    Expediente,
    areas_de_la_persona,
    areas_pendientes,
    se_audita_expediente,
)
from archivo.auditoria.puerta import sucesos_de
from archivo.identidad.puerta import ROLES, Lector, Nombramiento, Suplencia
from archivo.registros import Asunto, asuntos

POR_LEER = 200
CUADROS = 3
"""Cuántas versiones en consulta se miran: las hay de una en una, y cada una cuesta sus consultas."""
AVISO_DE_TERMINO = timedelta(days=30)


def fin_del_dia(dia: date) -> datetime:
    """El último momento de un día, en la hora local."""
    return timezone.make_aware(datetime.combine(dia, time.max))


@asuntos("instrumentos", "Instrumentos por validar", orden=15)
def instrumentos(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """El cuadro y el catálogo que esperan la conformidad de las áreas que encabeza."""
    if usuario.pk not in de or not usuario.has_perm("archivistica.validar_por_area"):
        return
    for cuadro in CuadroClasificacion.objects.filter(estado="en_revision_areas").order_by("id")[:CUADROS]:
        suyas = {area.pk for area in areas_de_la_persona(cuadro, usuario)}
        for area in areas_pendientes(cuadro) if suyas else ():
            if area.pk in suyas:
                yield Asunto(
                    clave=f"cuadro:{cuadro.pk}:{area.pk}",
                    titulo=f"{cuadro}: series de {area.nombre}",
                    que_hacer="Revise las series de su área y dé su conformidad, o anote sus observaciones.",
                    desde=_enviado(cuadro),
                    direccion=reverse("oficina_cuadro", args=[cuadro.pk]),
                    de_quien=usuario.pk,
                    urgencia=1,
                )


def _enviado(cuadro: CuadroClasificacion) -> datetime:
    """Cuándo se puso en consulta esta ronda."""
    envios = sucesos_de(f"cuadro:{cuadro.pk}").filter(clase="cuadro.enviar_a_areas")
    return envios.values_list("momento", flat=True).last() or timezone.now()


def _como_se_nombra(expediente: Expediente) -> str:
    """Su código y su título; de lo que deja constancia al leerse, el nivel en vez del título: la bandeja no lo abre."""
    if se_audita_expediente(expediente):
        return f"{expediente.codigo} · Expediente {expediente.get_acceso_display().lower()}"
    return f"{expediente.codigo} · {expediente.titulo}"


@asuntos("expedientes", "Expedientes abiertos de años anteriores", orden=65)
def expedientes(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Los que tiene a su cargo y siguen abiertos al cambiar el año: se cierran al concluir el asunto (LGA art. 4, fr. XXVI)."""
    anteriores = Expediente.objects.visibles_para(lector).filter(
        responsable_id__in=list(de), estado="abierto", anio__lt=timezone.localdate().year
    )
    campos = ("clave", "codigo", "titulo", "acceso", "fecha_apertura", "responsable_id", "total_documentos")
    for expediente in anteriores.only(*campos).order_by("fecha_apertura", "id")[:POR_LEER]:
        yield Asunto(
            clave=f"expediente:{expediente.clave}",
            titulo=_como_se_nombra(expediente),
            que_hacer=f"Tiene {expediente.total_documentos:,} documentos. Si el asunto concluyó, ciérrelo.",
            desde=timezone.make_aware(datetime.combine(expediente.fecha_apertura, time.min)),
            direccion=reverse("oficina_expediente", args=[expediente.clave]),
            de_quien=expediente.responsable_id,
        )


@asuntos("cargos", "Roles y suplencias que terminan", orden=80)
def cargos(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Los roles que terminan en treinta días (los suyos, y los de todas las personas para quien administra) y lo que suple."""
    if usuario.pk not in de:
        return
    yield from _roles(lector, usuario)
    for suplencia in Suplencia.objects.vigentes().filter(suplente=usuario).select_related("ausente").order_by("hasta")[:POR_LEER]:
        yield Asunto(
            clave=f"suplencia:{suplencia.pk}",
            titulo=f"Suple a {suplencia.ausente}",
            que_hacer="Lo que firme queda a su nombre, como suplente.",
            desde=fin_del_dia(suplencia.desde) - timedelta(days=1),
            vence=fin_del_dia(suplencia.hasta),
            direccion=reverse("oficina_mi_cuenta"),
            de_quien=usuario.pk,
        )


def _roles(lector: Lector, usuario: Any) -> Iterator[Asunto]:
    administra = lector.tiene_en_todo("administracion")
    cuales = Q() if administra else Q(usuario=usuario)
    limite = timezone.localdate() + AVISO_DE_TERMINO
    terminan = Nombramiento.objects.vigentes().filter(cuales, hasta__isnull=False, hasta__lte=limite, usuario__is_active=True)
    for cargo in terminan.select_related("usuario", "area").order_by("hasta", "id")[:POR_LEER]:
        termina = fin_del_dia(cargo.hasta or limite)
        propio = cargo.usuario_id == usuario.pk
        pagina = reverse("oficina_persona", args=[cargo.usuario_id]) if administra else reverse("oficina_mi_cuenta")
        yield Asunto(
            clave=f"nombramiento:{cargo.pk}",
            titulo=f"{'Su rol' if propio else cargo.usuario}: {ROLES[cargo.rol].nombre} ({cargo.area or 'toda la institución'})",
            que_hacer="Si sigue en el cargo, pida que se prorrogue." if propio else "Prorróguelo, o deje que termine.",
            desde=termina - AVISO_DE_TERMINO,
            vence=termina,
            direccion=pagina,
            de_quien=usuario.pk,
        )
