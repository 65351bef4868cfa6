"""Comprobar que la historia es la que se selló."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from archivo.auditoria.models import HUELLA_INICIAL, Sello, Suceso
from archivo.auditoria.sellado import PLAZO_DE_HUECO, encabezado, huella_de, sucesos_sellados


@dataclass(frozen=True)
class Falla:
    """Dónde no coincide la historia y por qué."""

    sello: int | None
    motivo: str


@dataclass
class Informe:
    """Qué se comprobó: `sellado_hasta` es el último suceso encadenado; los `pendientes` aún no lo están."""

    sellos: int = 0
    sucesos: int = 0
    sellado_hasta: int = 0
    sellado_en: datetime | None = None
    pendientes: int = 0
    cabeza: str = HUELLA_INICIAL
    fallas: list[Falla] = field(default_factory=list)

    @property
    def integro(self) -> bool:
        """¿Todo lo sellado sigue igual?"""
        return not self.fallas

    def como_dict(self) -> dict[str, Any]:
        """La forma del informe en JSON."""
        return asdict(self) | {"sellado_en": self.sellado_en and self.sellado_en.isoformat(), "integro": self.integro}


class _Recuento:
    """Cuenta los sucesos que pasan camino de la huella."""

    def __init__(self, sucesos: Iterator[list[Any]]) -> None:
        self.sucesos = sucesos
        self.total = 0

    def __iter__(self) -> Iterator[list[Any]]:
        for suceso in self.sucesos:
            self.total += 1
            yield suceso


def _fallas_del_sello(sello: Sello, previo: Sello | None) -> Iterator[Falla]:
    esperada = previo.huella if previo else HUELLA_INICIAL
    siguiente = (previo.numero + 1, previo.hasta + 1) if previo else (1, 1)
    if (sello.numero, sello.desde) != siguiente:
        yield Falla(sello.numero, f"falta un sello antes de éste: se esperaba el {siguiente[0]} desde el suceso {siguiente[1]}")
    if sello.anterior != esperada:
        yield Falla(sello.numero, "no sigue a la huella del sello anterior")
    recuento = _Recuento(sucesos_sellados(sello))
    huella = huella_de(sello.anterior, encabezado(sello), recuento)
    if recuento.total != sello.total:
        yield Falla(sello.numero, f"selló {sello.total} sucesos del {sello.desde} al {sello.hasta} y hay {recuento.total}")
    elif huella != sello.huella:
        yield Falla(sello.numero, f"algún suceso del {sello.desde} al {sello.hasta} no es como se selló")


class _Huecos:
    """Sucesos aparecidos en huecos: los recogió un sello, esperan el suyo o llegaron cuando ya no se admitían."""

    def __init__(self) -> None:
        self.sin_sello: dict[int, Sello] = {}

    def anotar(self, sello: Sello) -> None:
        for numero in sello.tardios:
            self.sin_sello.pop(numero, None)
        for primero, ultimo in sello.huecos:
            for numero in Suceso.objects.filter(id__range=(primero, ultimo)).values_list("id", flat=True):
                self.sin_sello[numero] = sello

    def fallas(self) -> Iterator[Falla]:
        limite = timezone.now() - PLAZO_DE_HUECO
        for numero, sello in self.sin_sello.items():
            if sello.momento <= limite:
                yield Falla(sello.numero, f"el suceso {numero} apareció en un hueco más de una hora después del sello")

    def en_plazo(self) -> int:
        return len(self.sin_sello) - len(list(self.fallas()))


def verificar() -> Informe:
    """Recalcula la cadena entera desde los sucesos y dice qué no coincide."""
    informe, previo, huecos = Informe(), None, _Huecos()
    for sello in Sello.objects.order_by("numero").iterator():
        informe.fallas += _fallas_del_sello(sello, previo)
        informe.sellos += 1
        informe.sucesos += sello.total
        huecos.anotar(sello)
        previo = sello
    informe.fallas += huecos.fallas()
    informe.pendientes = Suceso.objects.filter(id__gt=previo.hasta if previo else 0).count() + huecos.en_plazo()
    if previo:
        informe.sellado_hasta, informe.sellado_en, informe.cabeza = previo.hasta, previo.momento, previo.huella
    return informe
