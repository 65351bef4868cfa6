"""Qué signos de los datos no tiene ninguna letra de los impresos.

PDF/A exige que todo signo tenga glifo: un solo emoji en un título dejaría al boletín sin PDF. Antes de componer,
`limpiar` cambia cada signo sin letra por su nombre («[slightly smiling face]») o quita el de control, y devuelve
la cuenta para que quien compone lo sepa.
"""

import struct
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FUENTES = Path(__file__).resolve().parents[2] / "templates" / "pdf" / "fuentes"

#: Signos que no necesitan glifo: salto de renglón y uniones que el compositor resuelve.
_SIN_GLIFO = frozenset({0x0A, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060})
#: Señales de presentación y de dirección que solo estorban: se quitan sin aviso.
_SUPERFLUOS = frozenset({0x200E, 0x200F, 0xFE0E, 0xFE0F, 0xFEFF})
#: Blancos que ninguna letra tiene, y el que los representa.
_ESPACIOS = {"\t": " ", "\u2028": "\n", "\u2029": "\n", "\u3000": " ", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"}
#: Rayas y apóstrofos que se dibujan igual que otro signo que sí hay.
_GEMELOS = {"\u2015": "\u2014", "\u2012": "\u2013", "\u02bc": "\u2019", "\u2500": "\u2014"}


@dataclass(frozen=True, slots=True)
class SignoCambiado:
    """Un signo de los datos que se compuso de otro modo, y cuántas veces."""

    signo: str
    nombre: str
    veces: int

    def __str__(self) -> str:
        return f"U+{ord(self.signo):04X} {self.nombre} ({self.veces})"


def _codigos_formato_4(datos: bytes, inicio: int) -> Iterator[int]:
    doble = struct.unpack_from(">H", datos, inicio + 6)[0]
    tramos = doble // 2
    leer = f">{tramos}H"
    finales = struct.unpack_from(leer, datos, inicio + 14)
    principios = struct.unpack_from(leer, datos, inicio + 16 + doble)
    for principio, final in zip(principios, finales, strict=True):
        yield from range(principio, min(final, 0xFFFE) + 1)


def _codigos_formato_12(datos: bytes, inicio: int) -> Iterator[int]:
    grupos = struct.unpack_from(">I", datos, inicio + 12)[0]
    for n in range(grupos):
        principio, final, _ = struct.unpack_from(">III", datos, inicio + 16 + 12 * n)
        yield from range(principio, final + 1)


def _tabla_cmap(datos: bytes) -> int:
    tablas = struct.unpack_from(">H", datos, 4)[0]
    for n in range(tablas):
        etiqueta, _, inicio, _ = struct.unpack_from(">4sIII", datos, 12 + 16 * n)
        if etiqueta == b"cmap":
            return int(inicio)
    raise ValueError("La letra no trae tabla de signos (cmap).")


def codigos_de_letra(archivo: Path) -> frozenset[int]:
    """Signos (códigos Unicode) que tiene un TTF; lee la tabla `cmap` (OpenType 1.9, formatos 4 y 12)."""
    datos = archivo.read_bytes()
    base = _tabla_cmap(datos)
    codigos: set[int] = set()
    for n in range(struct.unpack_from(">H", datos, base + 2)[0]):
        inicio = base + struct.unpack_from(">HHI", datos, base + 4 + 8 * n)[2]
        formato = struct.unpack_from(">H", datos, inicio)[0]
        if formato == 4:
            codigos.update(_codigos_formato_4(datos, inicio))
        elif formato == 12:
            codigos.update(_codigos_formato_12(datos, inicio))
    return frozenset(codigos)


@cache
def cubiertos() -> frozenset[int]:
    """Signos que se componen en cualquier peso: los de Noto Sans en todos sus cortes y los de las letras de signos.

    Faustina no cuenta: lo que le falta se toma de Noto Sans.
    """
    de_lectura = [codigos_de_letra(a) for a in sorted(FUENTES.glob("noto-sans-[467]*.ttf"))]
    de_signos = [codigos_de_letra(a) for a in sorted(FUENTES.glob("noto-sans-[ms]*.ttf"))]
    todos = frozenset.intersection(*de_lectura).union(*de_signos)
    return frozenset(c for c in todos | _SIN_GLIFO if c >= 0x20 or c == 0x0A)


def _nombre(signo: str) -> str:
    return unicodedata.name(signo, "signo sin nombre").lower()


def _equivalente(signo: str) -> str | None:
    """El signo que se lee igual; de U+0080 a U+009F, el de Windows-1252, de donde vienen en textos viejos."""
    if ord(signo) in _SUPERFLUOS:
        return ""
    if signo in _ESPACIOS or signo in _GEMELOS:
        return _ESPACIOS.get(signo) or _GEMELOS[signo]
    if 0x80 <= ord(signo) <= 0x9F:
        signo = bytes([ord(signo)]).decode("cp1252", errors="ignore") or signo
    compatible = unicodedata.normalize("NFKC", signo)
    return compatible if all(ord(c) in cubiertos() for c in compatible) else None


def _limpiar_texto(texto: str, vistos: Counter[str]) -> str:
    letras = cubiertos()
    texto = unicodedata.normalize("NFC", texto.replace("\r\n", "\n").replace("\r", "\n"))
    if all(ord(c) in letras for c in set(texto)):
        return texto
    partes = []
    for signo in texto:
        if ord(signo) in letras:
            partes.append(signo)
        elif (cambio := _equivalente(signo)) is not None:
            partes.append(cambio)
        else:
            vistos[signo] += 1
            de_control = unicodedata.category(signo).startswith("C")
            partes.append("" if de_control else f"[{_nombre(signo)}]")
    return "".join(partes)


def _limpiar_valor(valor: Any, vistos: Counter[str]) -> Any:
    if isinstance(valor, str):
        return _limpiar_texto(valor, vistos)
    if isinstance(valor, dict):
        return {clave: _limpiar_valor(v, vistos) for clave, v in valor.items()}
    if isinstance(valor, list | tuple):
        return [_limpiar_valor(v, vistos) for v in valor]
    return valor


def limpiar(datos: Any) -> tuple[Any, tuple[SignoCambiado, ...]]:
    """Copia de los datos (textos, listas y diccionarios) que las letras pueden componer, y los signos cambiados."""
    vistos: Counter[str] = Counter()
    limpios = _limpiar_valor(datos, vistos)
    cambios = (SignoCambiado(signo, _nombre(signo), veces) for signo, veces in sorted(vistos.items()))
    return limpios, tuple(cambios)
