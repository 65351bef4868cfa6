"""Dar de alta, corregir y nombrar autoridades; cada cambio deja constancia y avisa de los elementos que las nombran."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar, registrar_varios
from archivo.catalogo.fechas import FechaIlegible, leer
from archivo.catalogo.models import Autoridad, NombreDeAutoridad, PalabraDeAutoridad
from archivo.catalogo.models.autoridad import LARGO_DE_NOMBRE
from archivo.catalogo.nombres import limpio, normal
from archivo.catalogo.servicios.difusion import difundir
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.identidad.puerta import Usuario

_DATOS = ("nombre", "distincion", "desde", "hasta", "nota", "datos", "por_verificar")
LOTE = 400


@dataclass(frozen=True)
class NombreNuevo:
    """Otro nombre de una autoridad: `variante`, `sigla`, `anterior` o `autorizado`, con sus fechas EDTF."""

    nombre: str
    clase: str = "variante"
    desde: str = ""
    hasta: str = ""


@dataclass(frozen=True)
class Cambio:
    """Quién cambia una autoridad y por qué; `nombres` None es «no cambian»."""

    actor: Usuario | None
    motivo: str = ""
    nombres: Sequence[NombreNuevo] | None = None
    detalle: dict[str, Any] = field(default_factory=dict)


def vigente(autoridad: Autoridad) -> Autoridad:
    """La autoridad misma, o aquella en la que acabó fundida."""
    while autoridad.fundida_en is not None:
        autoridad = autoridad.fundida_en
    return autoridad


def halladas(clase: str, texto: str) -> list[Autoridad]:
    """Las autoridades vivas de esa clase que se llaman así: por su forma con distinción, su nombre o uno de sus otros nombres."""
    buscado = normal(texto)
    vivas = Autoridad.objects.filter(clase=clase, fundida_en__isnull=True)
    nombre, _, distincion = texto.strip().removesuffix(")").rpartition(" (")
    if nombre:
        propias = [a for a in vivas.filter(normal=normal(nombre)) if normal(a.distincion) == normal(distincion)]
        if propias:
            return propias
    return list(vivas.filter(normal=buscado)) or list(vivas.filter(nombres__normal=buscado).distinct()[:10])


def proponer(clase: str, nombre: str, actor: Usuario | None = None) -> Autoridad:
    """La autoridad que se llama así; si no hay, o hay varias y ninguna sin distinción, una nueva por verificar.

    Raises:
        CambioRechazado: el nombre está vacío o no cabe.
    """
    return proponer_varias(clase, [nombre], actor)[limpio(nombre)]


@transaction.atomic
def proponer_varias(clase: str, nombres: Iterable[str], actor: Usuario | None = None) -> dict[str, Autoridad]:
    """Nombre (con los espacios recogidos) → autoridad. Da de alta las desconocidas por lotes, por verificar."""
    pedidos = list(dict.fromkeys(_revisado(n) for n in nombres))
    conocidas: dict[str, Autoridad] = {}
    for inicio in range(0, len(pedidos), LOTE):
        conocidas |= _conocidas(clase, pedidos[inicio : inicio + LOTE])
    nuevas: dict[str, Autoridad] = {}
    for nombre in pedidos:
        if nombre not in conocidas:
            propuesta = Autoridad(clase=clase, nombre=nombre, normal=normal(nombre), por_verificar=True)
            conocidas[nombre] = nuevas.setdefault(propuesta.normal, propuesta)
    Autoridad.objects.bulk_create(nuevas.values(), batch_size=LOTE)
    PalabraDeAutoridad.objects.rehacer(nuevas.values())
    registrar_varios(_suceso("propuesta", autoridad, Cambio(actor)) for autoridad in nuevas.values())
    return conocidas


def _revisado(nombre: str) -> str:
    escrito = limpio(nombre)
    if not normal(escrito) or len(escrito) > LARGO_DE_NOMBRE:
        raise CambioRechazado(f"«{escrito[:60]}» no sirve como nombre: escriba de 1 a {LARGO_DE_NOMBRE} caracteres, con letras.")
    return escrito


def _conocidas(clase: str, nombres: Sequence[str]) -> dict[str, Autoridad]:
    formas = {normal(n) for n in nombres}
    vivas = Autoridad.objects.filter(clase=clase, fundida_en__isnull=True)
    por_variante = {
        fila.normal: fila.autoridad
        for fila in NombreDeAutoridad.objects.filter(
            autoridad__clase=clase, autoridad__fundida_en__isnull=True, normal__in=formas
        ).select_related("autoridad")
    }
    por_nombre: dict[str, list[Autoridad]] = {}
    for autoridad in vivas.filter(normal__in=formas).order_by("distincion", "pk"):
        por_nombre.setdefault(autoridad.normal, []).append(autoridad)
    halladas_: dict[str, Autoridad] = {}
    for nombre in nombres:
        iguales = por_nombre.get(normal(nombre), [])
        if len(iguales) == 1 or (iguales and not iguales[0].distincion):
            halladas_[nombre] = iguales[0]
        elif not iguales and normal(nombre) in por_variante:
            halladas_[nombre] = por_variante[normal(nombre)]
    return halladas_


@transaction.atomic
def guardar_autoridad(autoridad: Autoridad, cambio: Cambio) -> Autoridad:
    """Guarda una autoridad nueva o corregida, con sus otros nombres, y avisa de los elementos si cambia cómo se llama.

    Raises:
        CambioRechazado: el nombre ya es de otra de su clase, una fecha no se entiende o la autoridad está fundida.
    """
    antes = Autoridad.objects.filter(pk=autoridad.pk).first() if autoridad.pk else None
    _revisar(autoridad, cambio)
    autoridad.save()
    nombres_de_antes = _formas(antes) if antes else set()
    if cambio.nombres is not None:
        _guardar_nombres(autoridad, cambio.nombres)
    detalle = _diferencias(antes, autoridad) | cambio.detalle
    anotar("cambiada" if antes else "creada", autoridad, Cambio(cambio.actor, cambio.motivo, detalle=detalle))
    if antes and ({antes.nombre} | nombres_de_antes) != ({autoridad.nombre} | _formas(autoridad)):
        difundir(autoridad, cambio.actor)
    return autoridad


def _formas(autoridad: Autoridad) -> set[str]:
    return set(autoridad.nombres.values_list("nombre", flat=True))


def _revisar(autoridad: Autoridad, cambio: Cambio) -> None:
    autoridad.nombre, autoridad.distincion = _revisado(autoridad.nombre), limpio(autoridad.distincion)
    if autoridad.fundida_en_id:
        raise CambioRechazado("Esta autoridad se fundió en otra. Corrija la otra, o deshaga la fusión.")
    otra = Autoridad.objects.filter(
        clase=autoridad.clase_propia or autoridad.clase,
        nombre=autoridad.nombre,
        distincion=autoridad.distincion,
        fundida_en__isnull=True,
    )
    if otra.exclude(pk=autoridad.pk).exists():
        raise CambioRechazado(f"Ya hay otra que se llama «{autoridad}». Escriba qué la distingue, o fúndalas si son la misma.")
    for texto in (autoridad.desde, autoridad.hasta, *(t for n in cambio.nombres or () for t in (n.desde, n.hasta))):
        _revisar_fecha(texto)


def _revisar_fecha(texto: str) -> None:
    try:
        leer(texto)
    except FechaIlegible as error:
        raise CambioRechazado(str(error)) from error


def _guardar_nombres(autoridad: Autoridad, nombres: Sequence[NombreNuevo]) -> None:
    unicos = {(_revisado(n.nombre), n.clase, n.desde): n.hasta for n in nombres}
    pedidos = {(*llave, hasta) for llave, hasta in unicos.items()}
    actuales = {(n.nombre, n.clase, n.desde, n.hasta): n for n in autoridad.nombres.all()}
    for llave, fila in actuales.items():
        if llave not in pedidos:
            fila.delete()
    for nombre, clase, desde, hasta in sorted(pedidos - set(actuales)):
        NombreDeAutoridad.objects.create(autoridad_id=autoridad.pk, nombre=nombre, clase=clase, desde=desde, hasta=hasta)


def _diferencias(antes: Autoridad | None, despues: Autoridad) -> dict[str, Any]:
    if antes is None:
        return {"clase": despues.clase, "nombre": str(despues)}
    return {c: [getattr(antes, c), getattr(despues, c)] for c in _DATOS if getattr(antes, c) != getattr(despues, c)}


@transaction.atomic
def renombrar(autoridad: Autoridad, nuevo: str, desde: str, cambio: Cambio) -> Autoridad:
    """Cambia la forma autorizada desde una fecha: la que tenía queda como nombre anterior, hasta esa fecha.

    Quien consulta un documento viejo sigue viendo cómo se llamaba entonces (`nombre_en`).
    """
    _revisar_fecha(desde)
    if normal(nuevo) == normal(autoridad.nombre):
        raise CambioRechazado("El nombre nuevo es igual al que tiene. Para corregir cómo está escrito, edite la autoridad.")
    actual = autoridad.nombres.filter(clase="autorizado").first()
    comienzo = actual.desde if actual else autoridad.desde
    autoridad.nombres.filter(clase="autorizado").delete()
    NombreDeAutoridad.objects.get_or_create(
        autoridad_id=autoridad.pk, nombre=autoridad.nombre, clase="anterior", desde=comienzo, defaults={"hasta": desde}
    )
    viejo, autoridad.nombre = autoridad.nombre, limpio(nuevo)
    guardar_autoridad(autoridad, Cambio(cambio.actor, cambio.motivo, detalle={"renombrada": [viejo, autoridad.nombre, desde]}))
    NombreDeAutoridad.objects.create(autoridad_id=autoridad.pk, nombre=autoridad.nombre, clase="autorizado", desde=desde)
    return autoridad


def nombre_en(autoridad: Autoridad, fecha: date | None) -> str:
    """Cómo se llamaba en esa fecha; sin fecha, o fuera de las conocidas, como se llama hoy."""
    if fecha is None:
        return autoridad.nombre
    anteriores = []
    for fila in autoridad.nombres.all():
        if fila.clase == "anterior":
            desde, hasta = leer(fila.desde).desde or date.min, leer(fila.hasta).desde or date.max
            anteriores.append((hasta, desde, fila.nombre))
    for hasta, desde, nombre in sorted(anteriores):
        if desde <= fecha < hasta:
            return nombre
    return autoridad.nombre


def verificar_autoridad(autoridad: Autoridad, cambio: Cambio) -> Autoridad:
    """Da por revisada una autoridad propuesta."""
    autoridad.por_verificar = False
    return guardar_autoridad(autoridad, cambio)


def anotar(accion: str, autoridad: Autoridad, cambio: Cambio) -> None:
    """La constancia de lo que pasó con una autoridad."""
    registrar(_suceso(accion, autoridad, cambio))


def _suceso(accion: str, autoridad: Autoridad, cambio: Cambio) -> SucesoNuevo:
    return SucesoNuevo(
        clase=f"autoridad.{accion}",
        objeto=f"autoridad:{autoridad.clave}",
        actor=cambio.actor,
        motivo=cambio.motivo,
        detalle={"dice": str(autoridad)} | cambio.detalle,
    )
