"""Qué cambió entre dos cortes, o entre un corte y ahora: qué entró, qué salió, qué cambió, y por qué."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from memoria_anual.cortes.models import CifraDeCorte, Corte, ElementoDeCorte
from memoria_anual.cortes.razones import Explicacion, Razonador
from memoria_anual.indicadores.puerta import IndicadorDesconocido, Periodo, Renglon, calcular, indicador, indicadores

Llave = tuple[str, int]
_COMPARADOS = {"fecha": "la fecha", "titulo": "el título", "folio": "el folio", "area": "el área", "estado": "el estado"}


@dataclass(frozen=True)
class Contado:
    """Lo que se sabe de una cosa contada, en un lado de la comparación."""

    clase: str
    objeto_id: int
    clave: str
    tipo: str
    titulo: str
    folio: str
    fecha: date | None
    estado: str
    area: str
    peso: Decimal

    @property
    def llave(self) -> Llave:
        """Qué fila es."""
        return (self.clase, self.objeto_id)


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


@dataclass(frozen=True)
class _Lado:
    clave: str
    nombre: str
    valor: Decimal | None
    cuenta: str
    contados: Mapping[Llave, Contado]


def comparar(corte: Corte, con: Corte | None = None) -> Comparacion:
    """Cifra por cifra, qué entró, qué salió y qué cambió desde ese corte hasta el otro, o hasta ahora.

    Lo que cambia de título, folio, fecha, área o estado sin dejar de contar también se dice.
    """
    antes = {lado.clave: lado for lado in _lados_de_corte(corte)}
    lados = _lados_de_corte(con) if con else _lados_de_ahora(corte.como_periodo, antes)
    despues = {lado.clave: lado for lado in lados}
    razonador = Razonador(corte.momento, con.momento if con else None, corte.como_periodo)
    claves = [*antes, *(c for c in despues if c not in antes)]
    return Comparacion(corte, con, tuple(_comparar(antes.get(c), despues.get(c), razonador) for c in claves))


def _lados_de_corte(corte: Corte) -> Iterable[_Lado]:
    elementos = list(corte.elementos.order_by("n"))
    for cifra in corte.cifras.order_by("orden"):
        yield _Lado(cifra.clave, cifra.nombre, cifra.valor, cifra.regla.get("cuenta", ""), _congelados(cifra, elementos))


def _congelados(cifra: CifraDeCorte, elementos: list[ElementoDeCorte]) -> dict[Llave, Contado]:
    pesos = [Decimal(p) for p in cifra.pesos] or [Decimal(1)] * len(cifra.lista)
    contados = (_contado(elementos[n], peso) for n, peso in zip(cifra.lista, pesos, strict=True))
    return {c.llave: c for c in contados}


def _lados_de_ahora(periodo: Periodo, antes: Iterable[str]) -> Iterable[_Lado]:
    vivas = {i.clave: i for i in indicadores()}
    for clave in antes:
        try:
            vivas.setdefault(clave, indicador(clave))
        except IndicadorDesconocido:
            continue
    for clave, regla in vivas.items():
        renglones = regla.fuente.renglones(periodo)
        valor = calcular(regla, periodo).valor
        yield _Lado(clave, regla.nombre, valor, regla.cuenta, {c.llave: c for c in (_contado(r, r.peso) for r in renglones)})


def _contado(de: Renglon | ElementoDeCorte, peso: Decimal) -> Contado:
    return Contado(de.clase, de.objeto_id, de.clave, de.tipo, de.titulo, de.folio, de.fecha, de.estado, de.area, peso)


def _comparar(antes: _Lado | None, despues: _Lado | None, razonador: Razonador) -> CambioDeCifra:
    uno = antes or despues
    if uno is None:
        raise ValueError("Se comparan dos lados y aquí no hay ninguno.")
    if antes is None or despues is None:
        solo_en = "antes" if despues is None else "despues"
        return CambioDeCifra(
            uno.clave, uno.nombre, antes.valor if antes else None, despues.valor if despues else None, solo_en=solo_en
        )
    viejos, nuevos = antes.contados, despues.contados
    salieron = [viejos[k] for k in viejos if k not in nuevos]
    entraron = [nuevos[k] for k in nuevos if k not in viejos]
    cambiaron = [(viejos[k], nuevos[k]) for k in viejos if k in nuevos and viejos[k] != nuevos[k]]
    return CambioDeCifra(
        antes.clave, despues.nombre, antes.valor, despues.valor,
        entraron=_dichos("entro", entraron, razonador.por_que_entraron(entraron)),
        salieron=_dichos("salio", salieron, razonador.por_que_salieron(salieron, despues.cuenta)),
        cambiaron=tuple(CambioDeElemento("cambio", n, _que_cambio(v, n)) for v, n in cambiaron),
        regla_distinta=antes.cuenta != despues.cuenta,
    )  # fmt: skip


def _dichos(que: str, contados: list[Contado], razones: Mapping[Llave, Explicacion]) -> tuple[CambioDeElemento, ...]:
    return tuple(CambioDeElemento(que, c, *razones[c.llave]) for c in contados)


def _que_cambio(viejo: Contado, nuevo: Contado) -> str:
    partes = [
        f"{nombre}: «{getattr(viejo, campo) or 'sin dato'}» → «{getattr(nuevo, campo) or 'sin dato'}»"
        for campo, nombre in _COMPARADOS.items()
        if getattr(viejo, campo) != getattr(nuevo, campo)
    ]
    if viejo.peso != nuevo.peso:
        partes.append(f"lo que aporta: {viejo.peso.normalize():f} → {nuevo.peso.normalize():f}")
    return "Cambió " + "; ".join(partes) + "."
