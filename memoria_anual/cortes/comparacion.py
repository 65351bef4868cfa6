"""Qué cambió entre dos cortes, o entre un corte y ahora: qué entró, qué salió, qué cambió, y por qué."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import batched

from archivo.tareas.puerta import avanzar
from memoria_anual.cortes.lados import Cara, Contado, Lado, LadoDeAhora, LadoDeCorte, Llave
from memoria_anual.cortes.models import Corte
from memoria_anual.cortes.razones import Explicacion, Razonador

LOTE = 2_000
_COMPARADOS = {"fecha": "la fecha", "titulo": "el título", "folio": "el folio", "area": "el área", "estado": "el estado"}


@dataclass(frozen=True)
class CambioDeElemento:
    """Una cosa que entró, salió o cambió, con la razón en palabras y el suceso que la explica, si lo hay."""

    que: str
    contado: Contado
    motivo: str
    quien: str = ""
    cuando: datetime | None = None

    @property
    def clave(self) -> str:
        """La de lo contado."""
        return self.contado.clave

    @property
    def titulo(self) -> str:
        """El de lo contado."""
        return self.contado.titulo


@dataclass(frozen=True)
class CambioDeCifra:
    """Lo que cambió de una cifra. `antes` o `despues` None: no había dato; `regla_distinta`: se contaba de otro modo."""

    clave: str
    nombre: str
    antes: Decimal | None
    despues: Decimal | None
    entraron: tuple[CambioDeElemento, ...] = ()
    salieron: tuple[CambioDeElemento, ...] = ()
    cambiaron: tuple[CambioDeElemento, ...] = ()
    regla_distinta: bool = False
    solo_en: str = ""
    """`antes` o `despues`, si el indicador existe en un solo lado."""

    @property
    def hay(self) -> bool:
        """¿Cambió algo?"""
        distintas = self.antes != self.despues or self.regla_distinta or bool(self.solo_en)
        return distintas or bool(self.entraron or self.salieron or self.cambiaron)


@dataclass(frozen=True)
class Comparacion:
    """Un corte comparado con otro (`con`), o con lo que hay ahora (None)."""

    corte: Corte
    con: Corte | None
    cifras: tuple[CambioDeCifra, ...] = field(default=())

    @property
    def distintas(self) -> tuple[CambioDeCifra, ...]:
        """Sólo las que cambiaron."""
        return tuple(c for c in self.cifras if c.hay)


def comparar(corte: Corte, con: Corte | None = None) -> Comparacion:
    """Cifra por cifra, qué entró, qué salió y qué cambió desde ese corte hasta el otro, o hasta ahora.

    Lo que cambia de título, folio, fecha, área o estado sin dejar de contar también se dice.
    """
    return Comparacion(corte, con, tuple(recorrer_cambios(corte, con)))


def recorrer_cambios(corte: Corte, con: Corte | None = None) -> Iterator[CambioDeCifra]:
    """Los cambios de una cifra a la vez, contando el avance: sólo los de una están en memoria.

    Raises:
        CorteImposible: el archivo cambia tanto que una cifra no se deja leer entera.
    """
    antes = LadoDeCorte(corte)
    despues: Lado = LadoDeCorte(con) if con else LadoDeAhora(corte.como_periodo, antes)
    razonador = Razonador(corte.momento, con.momento if con else None, corte.como_periodo)
    claves = list(dict.fromkeys([*antes.claves(), *despues.claves()]))
    for n, clave in enumerate(claves):
        avanzar(n, len(claves), clave)
        yield _Pareja(antes, despues, razonador).comparar(antes.cara(clave), despues.cara(clave))


@dataclass(frozen=True)
class _Pareja:
    antes: Lado
    despues: Lado
    razonador: Razonador

    def comparar(self, antes: Cara | None, despues: Cara | None) -> CambioDeCifra:
        """Lo que cambió de una cifra."""
        una = antes or despues
        if una is None:
            raise ValueError("Se comparan dos lados y aquí no hay ninguno.")
        valores = (antes.valor if antes else None, despues.valor if despues else None)
        if antes is None or despues is None:
            return CambioDeCifra(una.clave, una.nombre, *valores, solo_en="antes" if despues is None else "despues")
        salieron = {llave: peso for llave, peso in antes.pesos.items() if llave not in despues.pesos}
        entraron = {llave: peso for llave, peso in despues.pesos.items() if llave not in antes.pesos}
        return CambioDeCifra(
            una.clave, despues.nombre, *valores,
            entraron=self._dichos("entro", self.despues.contados(entraron), entraron),
            salieron=self._dichos("salio", self.antes.contados(salieron), salieron, despues.cuenta),
            cambiaron=self._cambiados(antes, despues),
            regla_distinta=antes.cuenta != despues.cuenta,
        )  # fmt: skip

    def _cambiados(self, antes: Cara, despues: Cara) -> tuple[CambioDeElemento, ...]:
        distintas = [k for k in antes.pesos if k in despues.pesos and self._distinta(k, antes, despues)]
        viejos = self.antes.contados({k: antes.pesos[k] for k in distintas})
        nuevos = self.despues.contados({k: despues.pesos[k] for k in distintas})
        return tuple(CambioDeElemento("cambio", nuevos[k], _que_cambio(viejos[k], nuevos[k])) for k in distintas)

    def _distinta(self, llave: Llave, antes: Cara, despues: Cara) -> bool:
        return self.antes.senas[llave] != self.despues.senas[llave] or antes.pesos[llave] != despues.pesos[llave]

    def _dichos(
        self, que: str, contados: Mapping[Llave, Contado], orden: Mapping[Llave, Decimal], cuenta: str = ""
    ) -> tuple[CambioDeElemento, ...]:
        dichos: list[CambioDeElemento] = []
        for lote in batched((contados[llave] for llave in orden), LOTE):
            razones = self._razones(que, lote, cuenta)
            dichos += [CambioDeElemento(que, c, *razones[c.llave]) for c in lote]
        return tuple(dichos)

    def _razones(self, que: str, cosas: Sequence[Contado], cuenta: str) -> Mapping[Llave, Explicacion]:
        if que == "entro":
            return self.razonador.por_que_entraron(cosas)
        return self.razonador.por_que_salieron(cosas, cuenta)


def _que_cambio(viejo: Contado, nuevo: Contado) -> str:
    partes = [
        f"{nombre}: «{getattr(viejo, campo) or 'sin dato'}» → «{getattr(nuevo, campo) or 'sin dato'}»"
        for campo, nombre in _COMPARADOS.items()
        if getattr(viejo, campo) != getattr(nuevo, campo)
    ]
    if viejo.peso != nuevo.peso:
        partes.append(f"lo que aporta: {viejo.peso.normalize():f} → {nuevo.peso.normalize():f}")
    return "Cambió " + "; ".join(partes) + "."
