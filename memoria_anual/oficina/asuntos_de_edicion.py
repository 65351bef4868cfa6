"""Lo que las memorias aportan a la bandeja: aportaciones por entregar o por revisar, y memorias que esperan a alguien."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from itertools import groupby, islice
from typing import Any

from django.urls import reverse
from django.utils import timezone

from archivo.identidad.puerta import Lector, Nombramiento
from archivo.registros import Asunto, asuntos
from archivo.salidas import EstadoDeCorreo
from memoria_anual.edicion.puerta import APORTAN, AportacionDeArea, Memoria, Recordatorio, puede_aportar, puede_editar

POR_LEER = 100


@asuntos("aportaciones", "Aportaciones a la memoria", orden=18)
def aportaciones(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Las que su área debe entregar, con su plazo; y las entregadas que espera revisar quien edita."""
    if usuario.pk not in de:
        return
    abiertas = AportacionDeArea.objects.select_related("memoria", "area").filter(
        estado__in=("solicitada", "en_captura", "con_observaciones", "entregada"), memoria__estado__in=_SE_INTEGRAN
    )
    con_gente = set(
        Nombramiento.objects.vigentes()
        .filter(rol__in=APORTAN, area__isnull=False, usuario__is_active=True)
        .values_list("area_id", flat=True)
    )
    suyas = (a for a in abiertas.order_by("vence") if _le_toca(lector, a, con_gente))
    for a in islice(suyas, POR_LEER):
        por_revisar = a.estado == "entregada"
        yield Asunto(
            clave=f"aportacion:{a.pk}",
            titulo=f"{a.memoria}: {a.area}",
            que_hacer="Revísela: acéptela o devuélvala." if por_revisar else _que_falta(a),
            desde=a.entregada_en or a.pedida,
            direccion=reverse("memoria_aportacion", args=[a.pk]),
            vence=None if por_revisar else _fin_del_dia(a.vence),
            de_quien=usuario.pk,
            urgencia=1,
        )


_SIN_ENTREGAR = ("solicitada", "en_captura", "con_observaciones")
_SE_INTEGRAN = ("planeada", "en_integracion", "en_edicion", "con_observaciones")


def _le_toca(lector: Lector, a: AportacionDeArea, con_gente: Collection[int]) -> bool:
    """Escribirla le toca a la gente del área; a quien puede en toda la institución, sólo si ahí no hay nadie."""
    if a.estado == "entregada":
        return puede_editar(lector, a.memoria)
    return puede_aportar(lector, a) and (a.area_id not in con_gente or any(r.area_id == a.area_id for r in lector.roles))


def _que_falta(a: AportacionDeArea) -> str:
    return (
        f"Corríjala: «{a.observaciones}»"
        if a.estado == "con_observaciones"
        else "Escriba qué se hizo, con lo que lo prueba, y entréguela."
    )


@asuntos("memorias", "Memorias", orden=19)
def memorias(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Las que esperan su autorización, las devueltas a quien las escribe y las que sólo falta publicar."""
    if usuario.pk not in de:
        return
    suyas = set(Memoria.objects.filter(editores=usuario.pk, estado="en_revision").values_list("pk", flat=True))
    for memoria in Memoria.objects.filter(estado__in=_ESPERAN).select_related("area").order_by("periodo")[:POR_LEER]:
        que_hacer, roles = _ESPERAN[memoria.estado]
        if memoria.pk not in suyas and any(r.rol in roles and r.area_id in {None, memoria.area_id} for r in lector.roles):
            yield Asunto(
                clave=f"memoria:{memoria.pk}:{memoria.estado}", titulo=str(memoria), que_hacer=que_hacer, desde=memoria.creada,
                direccion=reverse("memoria_ver", args=[memoria.pk]), de_quien=usuario.pk, urgencia=1,
            )  # fmt: skip


@asuntos("aportaciones-atrasadas", "Aportaciones que no llegan", orden=20)
def atrasadas(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """A quien integra: qué dependencias dejaron pasar su plazo, una vez por memoria."""
    if usuario.pk not in de:
        return
    vencidas = AportacionDeArea.objects.select_related("memoria__area", "area").filter(
        estado__in=("solicitada", "en_captura", "con_observaciones"),
        vence__lt=timezone.localdate(),
        memoria__estado__in=_SE_INTEGRAN,
    )
    for memoria, suyas in groupby(vencidas.order_by("memoria_id", "vence", "pk")[:POR_LEER], key=lambda a: a.memoria):
        faltan = list(suyas)
        if puede_editar(lector, memoria):
            yield Asunto(
                clave=f"atrasadas:{memoria.pk}", titulo=str(memoria), desde=faltan[0].pedida, de_quien=usuario.pk, urgencia=1,
                que_hacer=f"No han entregado: {', '.join(a.area.nombre for a in faltan)}. Recuérdeselo, mueva el plazo o ciérrela sin ellas.",
                direccion=reverse("memoria_ver", args=[memoria.pk]), vence=_fin_del_dia(faltan[0].vence),
            )  # fmt: skip


def _fin_del_dia(dia: date) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.max))


_ESPERAN = {
    "en_revision": ("Léala y autorícela, o devuélvala con observaciones.", ("titular",)),
    "con_observaciones": ("Atienda las observaciones y envíela otra vez.", ("redaccion", "titular")),
    "autorizada": ("Publíquela.", ("titular",)),
}


@asuntos("recordatorios-sin-salir", "Recordatorios que no salieron", orden=21)
def recordatorios_sin_salir(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """A quien integra: lo que el servidor de correo no ha tomado, una vez por dependencia."""
    if usuario.pk not in de:
        return
    fallas = Recordatorio.objects.con_falla().filter(
        aportacion__estado__in=_SIN_ENTREGAR, aportacion__memoria__estado__in=_SE_INTEGRAN
    )
    con_todo = fallas.select_related("aportacion__memoria__area", "aportacion__area").order_by("aportacion_id", "pk")
    por_aportacion = ((a, next(suyos)) for a, suyos in groupby(con_todo, key=lambda r: r.aportacion))
    suyas = ((a, primero) for a, primero in por_aportacion if puede_editar(lector, a.memoria))
    for aportacion, primero in islice(suyas, POR_LEER):
        sigue = "Se sigue intentando" if primero.estado == EstadoDeCorreo.PENDIENTE else "Ya no se intenta"
        yield Asunto(
            clave=f"recordatorios:{aportacion.pk}", titulo=f"{aportacion.memoria}: {aportacion.area}", desde=primero.creado,
            que_hacer=f"No le ha llegado el recordatorio. {primero.error} {sigue}; avísele por otro medio.",
            direccion=reverse("memoria_ver", args=[aportacion.memoria_id]), de_quien=usuario.pk, urgencia=1,
        )  # fmt: skip
