"""La tabla en Markdown y el juicio de cada meta."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.busqueda.filas import Fila
from benchmarks.busqueda.medicion import Tiempos

COCIENTE = 1.5
RUIDO_MS = 0.25  # por debajo no se juzga un cociente: lo que cuesta hacer la pregunta en Python
TITULOS = (
    "operación", "resultados", "procesador p50 / p95, ms", "a mano", "pared, 1 cliente", "8 clientes", "a mano", "por segundo", "producto / a mano", "meta p95",
)  # fmt: skip


@dataclass
class Renglon:
    """Lo medido de una fila; `muchos` y `muchos_desnuda` están vacíos si no se midió con ocho."""

    fila: Fila
    capa: Tiempos
    desnuda: Tiempos
    muchos: Tiempos = field(default_factory=Tiempos)
    muchos_desnuda: Tiempos = field(default_factory=Tiempos)

    @property
    def cociente(self) -> float | None:
        """Procesador del producto entre el del motor a mano; None si no hay con qué comparar o no es lo mismo."""
        if not self.desnuda.procesador:
            return None
        return self.capa.suma / max(self.desnuda.suma, RUIDO_MS * len(self.desnuda.procesador))

    def faltas(self) -> list[str]:
        """Las metas que no alcanza, dichas para una persona."""
        uno, ocho = self.fila.metas
        medidas = [(self.capa, uno, "un cliente"), (self.muchos, ocho, "ocho clientes")]
        malas = [
            f"{self.fila.nombre}: {medido.parte('pared', 0.95):.1f} ms de p95 con {quien}, meta {meta:g}"
            for medido, meta, quien in medidas
            if meta is not None and medido.pared and medido.parte("pared", 0.95) > meta
        ]
        if self.fila.iguales and self.cociente is not None and self.cociente > COCIENTE:
            malas.append(f"{self.fila.nombre}: {self.cociente:.2f} veces el motor a mano, meta {COCIENTE}")
        return malas

    def columnas(self) -> list[str]:
        resultados = self.capa.resultados // max(1, len(self.capa.pared))
        metas = " / ".join(f"{meta:g}" if meta else "–" for meta in self.fila.metas)
        return [
            self.fila.nombre,
            f"{resultados:,}",
            _dos(self.capa, "procesador"),
            _dos(self.desnuda, "procesador"),
            _dos(self.capa, "pared"),
            _dos(self.muchos, "pared"),
            _dos(self.muchos_desnuda, "pared"),
            f"{self.muchos.por_segundo:,.0f}" if self.muchos.pared else "–",
            f"{self.cociente:.2f}" if self.cociente is not None else "–",
            metas if any(self.fila.metas) else "–",
        ]


def _dos(medido: Tiempos, columna: str) -> str:
    return f"{medido.parte(columna, 0.5):.2f} / {medido.parte(columna, 0.95):.2f}" if medido.pared else "–"


def en_markdown(titulos: Sequence[str], renglones: Iterable[Sequence[str]]) -> str:
    """Una tabla de Markdown."""
    return "\n".join(en_renglon(celdas) for celdas in (titulos, ["---"] * len(titulos), *renglones))


def en_renglon(celdas: Sequence[str]) -> str:
    """Un renglón de una tabla de Markdown."""
    return f"| {' | '.join(celdas)} |"


def de_tamanos(medidas: Mapping[str, tuple[int, int]]) -> tuple[str, list[str]]:
    """Los bytes de cada índice contra los de su texto, y lo que pasa de su meta: 0.6 cada uno de elementos, 2 entre todos."""
    faltas: list[str] = []
    renglones: list[list[str]] = []
    for nombre, (suyos, texto) in medidas.items():
        razon, meta = suyos / max(1, texto), 2.0 if nombre == "todos" else 0.6 if nombre.endswith("items") else None
        renglones.append([nombre, f"{suyos / 1e6:,.0f} MB", f"{razon:.2f}", f"≤ {meta:g}" if meta else "–"])
        if meta and razon > meta:
            faltas.append(f"índice {nombre}: {razon:.2f} veces su texto, meta {meta:g}")
    return en_markdown(("índice", "tamaño", "veces su texto", "meta"), renglones), faltas
