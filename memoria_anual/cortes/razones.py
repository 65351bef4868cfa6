"""Por qué algo entró en una cifra o salió de ella: lo que dicen su estado, su fecha y la bitácora."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any, NamedTuple, Protocol

from django.utils import timezone

from archivo.archivistica.puerta import Expediente
from archivo.auditoria.puerta import Resultado, Suceso
from archivo.catalogo.puerta import CLASES_DE_LECTURA, ESTADOS, Item
from certificaciones.actos.puerta import Certificacion
from certificaciones.solicitudes.puerta import Solicitud
from memoria_anual.indicadores.puerta import MedicionCapturada, Periodo

LOTE = 900
_NO_EXPLICAN = (*CLASES_DE_LECTURA, "item.leido_por_maquina")


class Explicacion(NamedTuple):
    """La razón en palabras, quién lo hizo y cuándo, si la bitácora lo dice."""

    motivo: str
    quien: str = ""
    cuando: datetime | None = None


class Cosa(Protocol):
    """Lo contado, con lo que se sabía de ello."""

    @property
    def llave(self) -> tuple[str, int]: ...
    @property
    def clave(self) -> str: ...
    @property
    def estado(self) -> str: ...
    @property
    def fecha(self) -> date | None: ...


@dataclass(frozen=True)
class Razonador:
    """Explica lo que pasó entre dos momentos (hasta None: hasta ahora) en las cifras de un periodo."""

    desde: datetime
    hasta: datetime | None
    periodo: Periodo

    def por_que_salieron(self, cosas: Sequence[Cosa], cuenta: str) -> dict[tuple[str, int], Explicacion]:
        """Una razón por cada cosa que dejó de contar. `cuenta`: la regla en palabras, para cuando nada más lo explica."""
        ahora, sucesos = _como_estan(cosas), self._sucesos(cosas)
        return {
            c.llave: self._con_suceso(self._por_que_salio(c, ahora.get(c.llave), cuenta), sucesos.get(c.clave)) for c in cosas
        }

    def por_que_entraron(self, cosas: Sequence[Cosa]) -> dict[tuple[str, int], Explicacion]:
        """Una razón por cada cosa que empezó a contar."""
        ahora, sucesos = _como_estan(cosas), self._sucesos(cosas)
        return {c.llave: self._con_suceso(self._por_que_entro(c, ahora.get(c.llave)), sucesos.get(c.clave)) for c in cosas}

    def _por_que_salio(self, cosa: Cosa, ahora: Any, cuenta: str) -> str:
        if cosa.llave[0] == "medicion":
            return "Se corrigió o se anuló la medición."
        if ahora is None:
            return "Ya no está en el archivo."
        if cosa.estado and ahora.estado != cosa.estado:
            return f"Pasó de «{_estado(cosa.estado)}» a «{_estado(ahora.estado)}»."
        dia = getattr(ahora, "fecha", cosa.fecha)
        if dia != cosa.fecha and (dia is None or not self.periodo.desde <= dia <= self.periodo.hasta):
            return f"Su fecha pasó de {_dia(cosa.fecha)} a {_dia(dia)}, fuera del periodo."
        return f"Dejó de cumplir la regla: {cuenta}"

    def _por_que_entro(self, cosa: Cosa, ahora: Any) -> str:
        creado = getattr(ahora, "creado", None) or getattr(ahora, "momento", None)
        if creado is not None and creado > self.desde:
            return f"Se incorporó el {timezone.localtime(creado):%d/%m/%Y}, después del corte."
        return "Ya estaba en el archivo y desde entonces cumple la regla."

    @staticmethod
    def _con_suceso(motivo: str, suceso: Suceso | None) -> Explicacion:
        if suceso is None:
            return Explicacion(motivo)
        por = f" Motivo: {suceso.motivo}" if suceso.motivo else ""
        return Explicacion(f"{motivo}{por}", suceso.actor_nombre, suceso.momento)

    def _sucesos(self, cosas: Sequence[Cosa]) -> dict[str, Suceso]:
        """El último suceso de cada documento entre los dos momentos, sin lecturas ni rechazos."""
        de_objeto = {f"{c.llave[0]}:{c.clave}": c.clave for c in cosas}
        ultimos: dict[str, Suceso] = {}
        for lote in batched(de_objeto, LOTE):
            hallados = Suceso.objects.filter(objeto__in=lote, momento__gt=self.desde, resultado=Resultado.HECHO)
            if self.hasta is not None:
                hallados = hallados.filter(momento__lte=self.hasta)
            for suceso in hallados.exclude(clase__in=_NO_EXPLICAN).order_by("id"):
                ultimos[de_objeto[suceso.objeto]] = suceso
        return ultimos


def _como_estan(cosas: Sequence[Cosa]) -> dict[tuple[str, int], Any]:
    """Cada cosa como está hoy; la que ya no existe, falta."""
    modelos: dict[str, Any] = {
        "item": Item, "expediente": Expediente, "medicion": MedicionCapturada, "solicitud": Solicitud,
        "certificacion": Certificacion,
    }  # fmt: skip
    halladas: dict[tuple[str, int], Any] = {}
    for clase, modelo in modelos.items():
        filas = [c.llave[1] for c in cosas if c.llave[0] == clase]
        for lote in batched(filas, LOTE):
            halladas |= {(clase, o.pk): o for o in modelo.objects.filter(pk__in=lote)}
    return halladas


def _estado(clave: str) -> str:
    return ESTADOS[clave].nombre.lower() if clave in ESTADOS else clave


def _dia(dia: date | None) -> str:
    return f"{dia:%d/%m/%Y}" if dia else "sin fecha"
