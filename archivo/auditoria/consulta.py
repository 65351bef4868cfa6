"""Leer la bitácora con filtros, por tramos: cada combinación tiene su índice, y nada cuenta más de lo que se muestra."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from archivo.auditoria.models import Sello, Suceso

POR_TRAMO = 100
TOPE_DE_CUENTA = 10_000


@dataclass(frozen=True)
class Filtro:
    """Qué sucesos se piden; vacío es «todos». `clases` exactas; fechas locales, las dos incluidas."""

    actor_id: int | None = None
    clases: tuple[str, ...] = ()
    objeto: str = ""
    resultado: str = ""
    desde: date | None = None
    hasta: date | None = None

    def como_dict(self) -> dict[str, Any]:
        """Lo pedido, listo para JSON y sin vacíos."""
        dicho = {
            "actor_id": self.actor_id, "clases": list(self.clases), "objeto": self.objeto, "resultado": self.resultado,
            "desde": self.desde and self.desde.isoformat(), "hasta": self.hasta and self.hasta.isoformat(),
        }  # fmt: skip
        return {clave: valor for clave, valor in dicho.items() if valor}


@dataclass(frozen=True)
class Lugar:
    """Hasta dónde se leyó: el último suceso mostrado."""

    momento: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.momento.timestamp():.6f}-{self.id}"

    @classmethod
    def leer(cls, texto: str) -> "Lugar | None":
        """El lugar escrito en una dirección, o None si no es uno."""
        segundos, _, numero = texto.partition("-")
        if not (numero.isascii() and numero.isdigit() and len(numero) < 19 and segundos.replace(".", "", 1).isascii()):
            return None
        if not segundos.replace(".", "", 1).isdigit() or len(segundos) > 20:
            return None
        return cls(datetime.fromtimestamp(float(segundos), tz=timezone.get_default_timezone()), int(numero))


@dataclass(frozen=True)
class Tramo:
    """Un tramo de la bitácora, lo último primero. `siguiente`: dónde sigue, o None."""

    sucesos: list[Suceso]
    siguiente: Lugar | None


@dataclass(frozen=True)
class EstadoDelSello:
    """Hasta qué suceso está encadenada la bitácora, y cuántos esperan al sellador."""

    sello: Sello | None
    ultimo: int

    @property
    def hasta(self) -> int:
        """El último suceso sellado; 0 si ninguno."""
        return self.sello.hasta if self.sello else 0

    @property
    def pendientes(self) -> int:
        """Cuántos esperan, aproximadamente (los identificadores pueden saltar)."""
        return max(self.ultimo - self.hasta, 0)


def _al_empezar(dia: date) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.min))


def _base(filtro: Filtro, clase: str = "") -> QuerySet[Suceso]:
    condicion = Q()
    if filtro.actor_id is not None:
        condicion &= Q(actor_id=filtro.actor_id)
    for campo, valor in (("clase", clase), ("objeto", filtro.objeto), ("resultado", filtro.resultado)):
        if valor:
            condicion &= Q(**{campo: valor})
    if filtro.desde:
        condicion &= Q(momento__gte=_al_empezar(filtro.desde))
    if filtro.hasta:
        condicion &= Q(momento__lt=_al_empezar(filtro.hasta + timedelta(days=1)))
    return Suceso.objects.filter(condicion).order_by("-momento", "-id")


def _consultas(filtro: Filtro) -> list[QuerySet[Suceso]]:
    """Una por clase: juntas en un «in» el índice no daría el orden y se ordenarían millones."""
    return [_base(filtro, clase) for clase in filtro.clases or ("",)]


def tramo(filtro: Filtro, despues_de: Lugar | None = None) -> Tramo:
    """Los siguientes sucesos de ese filtro. Una consulta por clase pedida."""
    hechas = _consultas(filtro)
    if despues_de:
        m, i = despues_de.momento, despues_de.id
        hechas = [c.filter(Q(momento__lt=m) | Q(momento=m, id__lt=i), momento__lte=m) for c in hechas]
    listas = [list(c[: POR_TRAMO + 1]) for c in hechas]
    juntos = list(heapq.merge(*listas, key=lambda s: (s.momento, s.pk), reverse=True))[: POR_TRAMO + 1]
    vistos = juntos[:POR_TRAMO]
    hay_mas = len(juntos) > POR_TRAMO
    return Tramo(vistos, Lugar(vistos[-1].momento, vistos[-1].pk) if hay_mas else None)


def cuantos(filtro: Filtro) -> tuple[int, bool]:
    """Cuántos hay y si la cuenta es exacta: pasando de diez mil se deja de contar. Sin filtro, el último identificador."""
    if filtro == Filtro():
        return ultimo_suceso(), False
    total = 0
    for consulta in _consultas(filtro):
        total += len(consulta.values_list("id")[: TOPE_DE_CUENTA + 1 - total])
        if total > TOPE_DE_CUENTA:
            return TOPE_DE_CUENTA, False
    return total, True


def ultimo_suceso() -> int:
    """El identificador más alto; 0 si no hay ninguno."""
    return Suceso.objects.aggregate(m=Max("id"))["m"] or 0


def estado_del_sello() -> EstadoDelSello:
    """«Sellado hasta n», para mostrarlo donde se lea la bitácora. Dos consultas."""
    return EstadoDelSello(Sello.objects.order_by("-numero").first(), ultimo_suceso())


def recorrer(filtro: Filtro) -> Iterator[Suceso]:
    """Todos los sucesos de ese filtro, lo último primero, con memoria constante (para exportarlos)."""
    hechas = [c.iterator(chunk_size=2000) for c in _consultas(filtro)]
    return heapq.merge(*hechas, key=lambda s: (s.momento, s.pk), reverse=True)


def clases_conocidas() -> list[str]:
    """Las clases que hay en la bitácora, en orden, saltando por el índice: una consulta por clase, no por suceso."""
    halladas: list[str] = []
    ultima = ""
    while siguiente := Suceso.objects.filter(clase__gt=ultima).order_by("clase").values_list("clase", flat=True).first():
        halladas.append(siguiente)
        ultima = siguiente
    return halladas
