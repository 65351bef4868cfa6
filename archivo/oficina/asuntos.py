"""Lo que aportan a la bandeja los elementos, los archivos ingresados y los trabajos."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import ESTADOS, NIVELES, NOMBRES_DE_PENDIENTES, Item, se_audita, todos_los_tipos, ultimas_plumas
from archivo.identidad.puerta import Lector
from archivo.ingesta.puerta import Ingreso
from archivo.oficina.vistas.ingresos import enlace_a
from archivo.registros import Asunto, asuntos
from archivo.tareas.puerta import sin_atender

COLUMNAS = (
    "clave", "tipo", "titulo", "folio", "area_id", "estado", "acceso_efectivo", "embargo_hasta", "modificado", "creado_por_id", "pendientes",
)  # fmt: skip
POR_LEER = 200
"""Cuántas filas se traen de una vez: el doble del tope de la bandeja, porque algunas se descartan."""
_DEVUELTO = "item.devolver"


def _filas(lector: Lector, *estados: str) -> QuerySet[Item]:
    """Las que esa persona ve en esos estados, por el índice de tipo y estado."""
    tipos = [t.codigo for t in todos_los_tipos()]
    filas = Item.objects.visibles_para(lector).filter(tipo__in=tipos, estado__in=estados)
    return filas.only(*COLUMNAS).prefetch_related("nombradas")


def como_se_nombra(item: Item) -> str:
    """Su folio y su título; de lo que deja constancia al leerse, sólo el nivel y la clave: la bandeja no lo abre."""
    if se_audita(item):
        return f"Documento {NIVELES[item.acceso_efectivo].nombre.lower()} · {item.clave}"
    return f"{item.folio} · {item.titulo}" if item.folio else item.titulo


def _asunto(item: Item, usuario: Any, que_hacer: str, **lo_demas: Any) -> Asunto:
    base = Asunto(
        clave=f"item:{item.clave}",
        titulo=como_se_nombra(item),
        que_hacer=que_hacer,
        desde=item.modificado,
        direccion=enlace_a(item, usuario),
        de_quien=item.creado_por_id or usuario.pk,
    )
    return replace(base, **lo_demas)


def _en_sus_areas(filas: QuerySet[Item], lector: Lector, roles: tuple[str, ...]) -> QuerySet[Item]:
    ejercidas = [r.area_id for r in lector.roles if r.rol in roles]
    return filas if None in ejercidas else filas.filter(area_id__in=ejercidas)


@asuntos("por_autorizar", "Esperan su autorización", orden=10)
def por_autorizar(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Lo que está en revisión en sus áreas y no escribió: ni lo creó ni fue quien cambió el texto al final."""
    paso = ESTADOS["en_revision"].paso("autorizar")
    if usuario.pk not in de or paso is None or not lector.tiene(*paso.roles):
        return
    ajenos = _en_sus_areas(_filas(lector, "en_revision"), lector, paso.roles).exclude(creado_por=usuario)
    filas = list(ajenos.order_by("modificado", "id")[:POR_LEER])
    plumas = ultimas_plumas(i.clave for i in filas)
    for item in filas:
        if plumas.get(item.clave) != usuario.pk:
            yield _asunto(item, usuario, "Léalo y autorícelo, o devuélvalo con observaciones.", de_quien=usuario.pk, urgencia=1)


def _borradores(lector: Lector, de: Collection[int]) -> QuerySet[Item]:
    return _filas(lector, "borrador").filter(creado_por_id__in=list(de))


def _devoluciones() -> QuerySet[Suceso]:
    return Suceso.objects.filter(objeto=Concat(Value("item:"), OuterRef("clave")), clase=_DEVUELTO)


@asuntos("devueltos", "Devueltos con observaciones", orden=20)
def devueltos(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Sus borradores que alguien devolvió, con la observación."""
    observacion = Subquery(_devoluciones().order_by("-id").values("motivo")[:1])
    filas = _borradores(lector, de).filter(Exists(_devoluciones())).annotate(observacion=observacion)
    for item in filas.order_by("modificado", "id")[:POR_LEER]:
        que_hacer = "Ábralo: la observación está en su historia." if se_audita(item) else f"Corríjalo: «{item.observacion}»"
        yield _asunto(item, usuario, que_hacer, urgencia=1)


@asuntos("borradores", "Borradores", orden=60)
def borradores(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Lo que empezó y no ha enviado a revisión."""
    for item in _borradores(lector, de).exclude(Exists(_devoluciones())).order_by("modificado", "id")[:POR_LEER]:
        yield _asunto(item, usuario, "Termínelo y envíelo a revisión.")


@asuntos("por_salir", "Autorizados y programados", orden=40)
def por_salir(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Lo autorizado que espera publicarse, suyo o de las áreas en que publica, y lo programado, con la hora en que se abre."""
    alcance = Q(creado_por_id__in=list(de))
    paso = ESTADOS["autorizado"].paso("publicar")
    ejercidas = {r.area_id for r in lector.roles if paso and r.rol in paso.roles}
    if usuario.pk in de and ejercidas:
        alcance = Q() if None in ejercidas else alcance | Q(area_id__in=ejercidas)
    for item in _filas(lector, "autorizado", "programado").filter(alcance).order_by("embargo_hasta", "id")[:POR_LEER]:
        solo = item.estado == "programado" and item.embargo_hasta
        de_quien = item.creado_por_id if item.creado_por_id in de else usuario.pk
        yield _asunto(item, usuario, _como_sale(item) if solo else "Publíquelo.", vence=item.embargo_hasta, de_quien=de_quien)


def _como_sale(item: Item) -> str:
    if item.embargo_hasta and item.embargo_hasta <= timezone.now():
        return "Su embargo venció y no ha salido: publíquelo, y avise a quien administra que el trabajador no corre."
    return "Se publicará solo cuando venza su embargo."


@asuntos("pendientes", "Les falta algún dato", orden=70)
def pendientes(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Lo suyo que ya no es borrador y tiene algo por completar. Lo último que entró, primero: son los que recuerda."""
    vivos = [e for e in ESTADOS if e not in {"borrador", "cancelado"}]
    suyos = _filas(lector, *vivos).filter(creado_por_id__in=list(de)).exclude(pendientes=[])
    for item in suyos.order_by("-id")[:POR_LEER]:
        faltas = "; ".join(NOMBRES_DE_PENDIENTES.get(p, p) for p in item.pendientes)
        yield _asunto(item, usuario, f"Complete: {faltas}.")


@asuntos("cuarentena", "Archivos que no entraron", orden=30)
def cuarentena(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Lo que quedó en cuarentena y espera que una persona decida."""
    areas = {r.area_id for r in lector.roles if r.rol in {"titular", "archivo_tramite"}}
    alcance = Q() if None in areas or usuario.pk in de else Q(area_id__in=areas)
    detenidos = Ingreso.objects.en_cuarentena().filter(alcance, actor_id__in=list(de))
    for ingreso in detenidos.order_by("id")[:POR_LEER]:
        yield Asunto(
            clave=f"ingreso:{ingreso.pk}",
            titulo=ingreso.nombre,
            que_hacer=f"{ingreso.motivo} Revíselo de nuevo o descártelo.",
            desde=ingreso.momento,
            direccion=reverse("oficina_ingreso", args=[ingreso.pk]),
            de_quien=ingreso.actor_id or usuario.pk,
            urgencia=2,
        )


@asuntos("trabajos", "Trabajos que no se terminaron", orden=35)
def trabajos(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Los suyos que fallaron o quedaron a medias. Los de otra persona no se abren: sólo la auditoría y la administración los ven."""
    if usuario.pk not in de:
        return
    for trabajo in sin_atender([usuario.pk])[:POR_LEER]:
        yield Asunto(
            clave=f"trabajo:{trabajo.pk}",
            titulo=trabajo.descripcion,
            que_hacer=f"{trabajo.estado_en_palabras.capitalize()}. Véalo y repítalo, o dése por enterado.",
            desde=trabajo.encargo.terminado or trabajo.creado,
            direccion=trabajo.get_absolute_url(),
            de_quien=usuario.pk,
            urgencia=2,
        )
