"""La bandeja: lo que espera a una persona en todos los módulos, por lo que vence y por lo que lleva más tiempo.

Cada piso dice lo suyo con `registros.asuntos`; aquí sólo se junta, se ordena y se cuenta hasta `TOPE` por módulo.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from archivo.identidad.puerta import lector_de
from archivo.registros import Asunto, ModuloDeAsuntos, aportaciones

TOPE = 100
PRONTO = timedelta(days=3)


@dataclass(frozen=True)
class Renglon:
    """Un asunto como se muestra: qué tan cerca está su plazo y a quién espera (vacío si es a quien mira)."""

    asunto: Asunto
    plazo: str
    de: str

    @property
    def vencido(self) -> bool:
        """¿Ya pasó su plazo?"""
        return self.plazo == "vencido"


@dataclass(frozen=True)
class Grupo:
    """Los asuntos de un módulo, ya en orden. `hay_mas`: pasan de `TOPE`."""

    modulo: ModuloDeAsuntos
    renglones: Sequence[Renglon]
    hay_mas: bool

    @property
    def cuantos(self) -> str:
        """Cuántos son, en palabras."""
        return f"más de {TOPE}" if self.hay_mas else str(len(self.renglones))

    @property
    def vencidos(self) -> int:
        """Cuántos ya vencieron."""
        return sum(r.vencido for r in self.renglones)


def modulos() -> list[ModuloDeAsuntos]:
    """Los módulos que aportan a la bandeja, en su orden."""
    return sorted(aportaciones.asuntos.values(), key=lambda m: (m.orden, m.clave))


def recoger(usuario: Any, de: Collection[int], nombres: dict[int, str], solo: str = "") -> list[Grupo]:
    """Los grupos con algo, el más urgente primero. `de`: a quiénes espera; `nombres`: los de la gente; `solo`: un módulo."""
    lector, ahora = lector_de(usuario), timezone.now()
    grupos = []
    for modulo in modulos():
        if solo in {"", modulo.clave}:
            dichos = list(islice(modulo.decir(lector, usuario, de), TOPE + 1))
            if dichos:
                grupos.append(_grupo(modulo, dichos, nombres, ahora))
    return sorted(grupos, key=lambda g: (-g.vencidos, _urgencia(g), g.modulo.orden))


def _grupo(modulo: ModuloDeAsuntos, dichos: list[Asunto], nombres: dict[int, str], ahora: datetime) -> Grupo:
    ordenados = sorted(dichos[:TOPE], key=por_plazo_y_edad)
    renglones = [Renglon(a, _plazo(a, ahora), nombres.get(a.de_quien, "")) for a in ordenados]
    return Grupo(modulo, renglones, len(dichos) > TOPE)


def por_plazo_y_edad(asunto: Asunto) -> tuple[bool, datetime, datetime, str]:
    """Primero lo que vence, lo que vence antes; luego lo que lleva más tiempo."""
    return (asunto.vence is None, asunto.vence or asunto.desde, asunto.desde, asunto.clave)


def _plazo(asunto: Asunto, ahora: datetime) -> str:
    if asunto.vence is None:
        return ""
    if asunto.vence <= ahora:
        return "vencido"
    return "pronto" if asunto.vence - ahora <= PRONTO else "despues"


def _urgencia(grupo: Grupo) -> int:
    return -max(r.asunto.urgencia for r in grupo.renglones)


def resumir(grupos: Iterable[Grupo]) -> str:
    """«12 asuntos; 2 ya vencieron», para la cabeza de la página."""
    grupos = list(grupos)
    total = sum(len(g.renglones) for g in grupos)
    vencidos = sum(g.vencidos for g in grupos)
    cuantos = f"{'más de ' if any(g.hay_mas for g in grupos) else ''}{total} asunto{'' if total == 1 else 's'}"
    if not vencidos:
        return cuantos
    return f"{cuantos}; {vencidos} ya {'venció' if vencidos == 1 else 'vencieron'}"
