"""La gráfica de resultados por año: barras en SVG con medidas exactas y una tabla con los mismos números."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

ANCHO, ALTO, MARGEN, TECHO = 720, 150, 32, 10
BARRAS = 60
ROTULOS = 8
_PASOS = (1, 2, 5)


@dataclass(frozen=True)
class Barra:
    """Un año (o una década) y su rectángulo."""

    rotulo: str
    total: int
    x: str
    y: str
    ancho: str
    alto: str
    centro: str
    con_rotulo: bool
    es_mayor: bool
    anios: Sequence[int] = ()


@dataclass(frozen=True)
class Eje:
    """Un renglón de la escala."""

    valor: int
    y: str
    es_base: bool


@dataclass(frozen=True)
class Grafica:
    """Todo lo que la plantilla dibuja."""

    barras: Sequence[Barra]
    ejes: Sequence[Eje]
    mayor: Barra
    por_decada: bool

    @property
    def primero(self) -> str:
        """El primer rótulo."""
        return self.barras[0].rotulo

    @property
    def ultimo(self) -> str:
        """El último."""
        return self.barras[-1].rotulo


def grafica_de(anios: Mapping[int, int]) -> Grafica | None:
    """La gráfica de esos años; None si no hay al menos dos. Más de sesenta años se agrupan por década."""
    if len(anios) < 2:
        return None
    por_decada = max(anios) - min(anios) >= BARRAS
    paso = 10 if por_decada else 1
    cuentas: dict[int, int] = {}
    for anio in range(min(anios) // paso * paso, max(anios) + 1):
        inicio = anio // paso * paso
        cuentas[inicio] = cuentas.get(inicio, 0) + anios.get(anio, 0)
    tope = escala(max(cuentas.values()))
    barras = [
        replace(b, anios=[a for a in range(int(b.rotulo), int(b.rotulo) + paso) if a in anios]) for b in _barras(cuentas, tope)
    ]
    return Grafica(barras, _ejes(tope), next(b for b in barras if b.es_mayor), por_decada)


def escala(mayor: int) -> int:
    """El primer número redondo (1, 2 o 5 por potencia de diez) que alcanza, nunca menor que 2."""
    potencia = 1
    while True:
        for paso in _PASOS:
            if paso * potencia >= max(mayor, 2):
                return paso * potencia
        potencia *= 10


def _barras(cuentas: Mapping[int, int], tope: int) -> list[Barra]:
    paso = ANCHO / len(cuentas)
    hueco = min(6.0, paso / 4)
    cada = -(-len(cuentas) // ROTULOS)
    mayor = max(cuentas, key=lambda c: cuentas[c])
    hechas = []
    for i, (anio, total) in enumerate(sorted(cuentas.items())):
        alto = total / tope * ALTO
        x = MARGEN + i * paso + hueco / 2
        ancho = paso - hueco
        hechas.append(
            Barra(str(anio), total, f"{x:.1f}", f"{TECHO + ALTO - alto:.1f}", f"{ancho:.1f}", f"{alto:.1f}",
                  f"{x + ancho / 2:.1f}", i % cada == 0, anio == mayor)
        )  # fmt: skip
    return hechas


def _ejes(tope: int) -> list[Eje]:
    valores = (0, tope // 2, tope) if tope % 2 == 0 else (0, tope)
    return [Eje(v, f"{TECHO + ALTO - v / tope * ALTO:.0f}", v == 0) for v in valores]
