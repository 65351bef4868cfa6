"""Cuánto cuesta algo un día, explicado renglón por renglón."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from certificaciones.reglas.errores import SinTarifa
from certificaciones.reglas.models import Tabulador, Tarifa, ValorUma

CENTAVO, PESO, MEDIO = Decimal("0.01"), Decimal(1), Decimal("0.50")


@dataclass(frozen=True)
class Cantidad:
    """Cuántas unidades de un concepto: `Cantidad("copia_certificada", 35)`."""

    concepto: str
    cantidad: int


@dataclass(frozen=True)
class Renglon:
    """Un concepto cobrado: cuántas unidades, cuántas gratis, a cuánto y por qué. Importes en pesos."""

    concepto: str
    nombre: str
    unidad: str
    cantidad: int
    cobradas: int
    unitario: Decimal
    importe: Decimal
    explicacion: str
    regla: dict[str, Any]

    def como_dict(self) -> dict[str, Any]:
        """Para JSON: los importes como números."""
        fuera = {"unitario": en_numero(self.unitario), "importe": en_numero(self.importe)}
        return {c: getattr(self, c) for c in self.__dataclass_fields__} | fuera


@dataclass(frozen=True)
class Presupuesto:
    """Lo que cuesta un conjunto de cantidades un día. `total` ya está redondeado; `suma`, no."""

    dia: date
    renglones: tuple[Renglon, ...]
    suma: Decimal
    total: Decimal
    redondeo: str
    es_muestra: bool

    def como_dict(self) -> dict[str, Any]:
        """Para JSON y para congelarlo en una orden de pago."""
        return {
            "total": en_numero(self.total),
            "suma": en_numero(self.suma),
            "redondeo": self.redondeo,
            "valores_de_muestra": self.es_muestra,
            "renglones": [r.como_dict() for r in self.renglones],
        }


def en_numero(importe: Decimal) -> int | float:
    """Un importe como número de JSON: entero si no lleva centavos."""
    return int(importe) if importe == importe.to_integral_value() else float(importe)


def tarifa_vigente(concepto: str, dia: date, tabulador: Tabulador | None) -> Tarifa:
    """La tarifa de ese concepto que rige ese día en ese tabulador.

    Raises:
        SinTarifa: no hay tabulador, o ninguna tarifa suya rige ese día para ese concepto.
    """
    nombre = dict(Tarifa.Concepto.choices).get(concepto)
    if nombre is None:
        raise SinTarifa(f"No hay un concepto «{concepto}». Los que hay: {', '.join(Tarifa.Concepto.values)}.")
    if tabulador is None:
        raise SinTarifa("La institución no ha dicho con qué tabulador cobra. Elíjalo en Reglas › Política de certificación.")
    tarifa = tabulador.tarifas.filter(concepto=concepto).select_related("tabulador").vigentes(dia).first()
    if tarifa is None:
        raise SinTarifa(
            f"«{tabulador.nombre}» no tiene una tarifa de {nombre.lower()} que rija el {dia:%d/%m/%Y}. Regístrela en Reglas › Tarifas."
        )
    return tarifa


def presupuestar(pedido: Sequence[Cantidad], dia: date, tabulador: Tabulador | None) -> Presupuesto:
    """Lo que cuestan esas cantidades ese día, con el redondeo del tabulador sobre el total (LFD, art. 6).

    Raises:
        SinTarifa: falta una tarifa, o la que rige no tiene monto todavía.
    """
    renglones = tuple(_renglon(tarifa_vigente(p.concepto, dia, tabulador), p.cantidad, dia) for p in pedido)
    suma = sum((r.importe for r in renglones), Decimal(0)).quantize(CENTAVO, ROUND_HALF_UP)
    redondeo = tabulador.redondeo if tabulador else Tabulador.Redondeo.NINGUNO
    muestra = bool(tabulador and tabulador.es_muestra)
    return Presupuesto(dia, renglones, suma, redondear(suma, redondeo), redondeo, muestra)


def redondear(suma: Decimal, regla: str) -> Decimal:
    """El total según la regla. LFD 6: de 1 a 50 centavos baja al peso; de 51 a 99, sube."""
    if regla == Tabulador.Redondeo.NINGUNO:
        return suma
    pesos = suma.to_integral_value(ROUND_DOWN)
    return pesos + PESO if suma - pesos > MEDIO else pesos


def hojas_de(paginas: int, *, por_hoja_impresa: bool) -> int:
    """Hojas que se entregan: una por página o, impresas por ambos lados, una por cada dos."""
    return -(-paginas // 2) if por_hoja_impresa else paginas


def _renglon(tarifa: Tarifa, cantidad: int, dia: date) -> Renglon:
    cobradas = tarifa.cobradas(cantidad)
    unitario = _unitario(tarifa, dia) if cobradas else Decimal(0)
    return Renglon(
        concepto=tarifa.concepto,
        nombre=tarifa.get_concepto_display(),
        unidad=tarifa.unidad,
        cantidad=cantidad,
        cobradas=cobradas,
        unitario=unitario,
        importe=cobradas * unitario,
        explicacion=_explicacion(tarifa, cantidad, cobradas, unitario),
        regla=tarifa.instantanea(),
    )


def _unitario(tarifa: Tarifa, dia: date) -> Decimal:
    if tarifa.monto is not None:
        return tarifa.monto
    if tarifa.factor_uma is None:
        raise SinTarifa(
            f"La tarifa de {tarifa.get_concepto_display().lower()} de «{tarifa.tabulador.nombre}» no tiene monto. "
            "Quien administra debe capturarlo en Reglas › Tarifas antes de la primera orden de pago."
        )
    uma = ValorUma.objects.vigentes(dia).first()
    if uma is None:
        raise SinTarifa(f"No hay un valor de la UMA que rija el {dia:%d/%m/%Y}. Regístrelo en Reglas › Valores de la UMA.")
    return (tarifa.factor_uma * uma.valor).normalize()


def _explicacion(tarifa: Tarifa, cantidad: int, cobradas: int, unitario: Decimal) -> str:
    unidades = f"{cantidad:,} × {tarifa.get_unidad_display()}"
    if not cobradas:
        return f"{unidades}: gratis hasta {tarifa.gratis} ({tarifa.fundamento})"
    precio = f"{cobradas:,} × ${unitario:,.2f}"
    if tarifa.factor_uma is not None:
        precio += f" ({tarifa.factor_uma.normalize()} veces la UMA)"
    if tarifa.gratuidad == Tarifa.Gratuidad.FRANQUICIA:
        precio = f"{unidades}, {cantidad - cobradas} gratis: {precio}"
    elif tarifa.gratuidad == Tarifa.Gratuidad.UMBRAL:
        precio = f"{unidades}, más que las {tarifa.gratis} gratuitas: {precio}"
    return f"{precio}; {tarifa.fundamento}"
