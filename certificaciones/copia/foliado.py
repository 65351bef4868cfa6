"""Numerar las fojas y repartirlas en tomos. Una foja es una página, o dos si el documento va por ambos lados."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .ingreso import Admitida

MIB = 1024 * 1024
FOJAS_POR_TOMO = 1_000
BYTES_POR_TOMO = 250 * MIB
CARTA = (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Cara:
    """Una página de la copia: de qué página sale (desde 0), en qué foja va y de qué lado; `sin_reverso` si su dorso va en blanco."""

    pagina: int
    foja: int
    lado: str
    medida: tuple[float, float]
    sin_reverso: bool = False


@dataclass(frozen=True, slots=True)
class Parte:
    """Las fojas seguidas de un documento. `fuentes` son sus lugares en la lista: varias si son grabaciones de una misma relación."""

    fuentes: tuple[int, ...]
    caras: tuple[Cara, ...]
    compuesta: bool
    bytes_por_cara: float = 0.0

    @property
    def fojas(self) -> tuple[int, int]:
        """La primera y la última."""
        return self.caras[0].foja, self.caras[-1].foja


@dataclass(frozen=True, slots=True)
class Compuesto:
    """Un documento que compone Typst y cuántas páginas ocupa."""

    fuentes: tuple[int, ...]
    paginas: int


def compuestos_de(admitidas: Sequence[Admitida]) -> list[tuple[int, ...]]:
    """Qué fuentes se componen: cada texto por su lado; las grabaciones seguidas, en una sola relación."""
    grupos: list[tuple[int, ...]] = []
    for n, admitida in enumerate(admitidas):
        sigue = bool(grupos) and grupos[-1][-1] == n - 1 and admitidas[n - 1].clase == "grabacion"
        if admitida.clase == "grabacion" and sigue:
            grupos[-1] = (*grupos[-1], n)
        elif admitida.clase != "facsimil":
            grupos.append((n,))
    return grupos


def _caras(admitida: Admitida, foja: int) -> tuple[Cara, ...]:
    """Las caras de un facsímil, desde la foja que sigue a `foja`."""
    modo = admitida.fuente.caras
    if modo != "ambos":
        lado = "anverso" if modo == "reverso_en_blanco" else ""
        return tuple(Cara(n, foja + n + 1, lado, medida, sin_reverso=True) for n, medida in enumerate(admitida.medidas))
    ultima = len(admitida.medidas) - 1
    return tuple(
        Cara(n, foja + n // 2 + 1, "reverso" if n % 2 else "anverso", medida, sin_reverso=n == ultima and n % 2 == 0)
        for n, medida in enumerate(admitida.medidas)
    )


def foliar(admitidas: Sequence[Admitida], compuestos: Sequence[Compuesto]) -> list[Parte]:
    """Las partes de la copia en su orden, con sus fojas numeradas desde 1."""
    por_primera = {compuesto.fuentes[0]: compuesto for compuesto in compuestos}
    partes: list[Parte] = []
    foja = 0
    for n, admitida in enumerate(admitidas):
        if n in por_primera:
            compuesto = por_primera[n]
            caras = tuple(Cara(i, foja + i + 1, "", CARTA, sin_reverso=True) for i in range(compuesto.paginas))
            partes.append(Parte(compuesto.fuentes, caras, compuesta=True))
        elif admitida.clase == "facsimil":
            caras = _caras(admitida, foja)
            partes.append(Parte((n,), caras, compuesta=False, bytes_por_cara=admitida.bytes / max(1, admitida.total)))
        else:
            continue
        foja = partes[-1].caras[-1].foja
    return partes


def _trozos(parte: Parte) -> list[Parte]:
    """Una parte por foja: la unidad que no se reparte entre tomos. Lo compuesto no se parte."""
    if parte.compuesta:
        return [parte]
    trozos: list[Parte] = []
    for cara in parte.caras:
        if trozos and trozos[-1].caras[-1].foja == cara.foja:
            trozos[-1] = replace(trozos[-1], caras=(*trozos[-1].caras, cara))
        else:
            trozos.append(replace(parte, caras=(cara,)))
    return trozos


def _unir(trozos: list[Parte]) -> list[Parte]:
    """Los trozos seguidos de un mismo documento, otra vez juntos."""
    unidas: list[list[Parte]] = []
    for trozo in trozos:
        if unidas and unidas[-1][0].fuentes == trozo.fuentes and not trozo.compuesta:
            unidas[-1].append(trozo)
        else:
            unidas.append([trozo])
    return [replace(grupo[0], caras=tuple(cara for parte in grupo for cara in parte.caras)) for grupo in unidas]


def repartir(partes: Sequence[Parte], fojas: int = FOJAS_POR_TOMO, maximo: int = BYTES_POR_TOMO) -> list[list[Parte]]:
    """Los tomos: a lo más `fojas` fojas y `maximo` bytes de originales cada uno; las fojas siguen de uno a otro."""
    tomos: list[list[Parte]] = [[]]
    cuenta, peso = 0, 0.0
    for trozo in (t for parte in partes for t in _trozos(parte)):
        suyas = trozo.fojas[1] - trozo.fojas[0] + 1
        suyo = trozo.bytes_por_cara * len(trozo.caras)
        if tomos[-1] and (cuenta + suyas > fojas or peso + suyo > maximo):
            tomos.append([])
            cuenta, peso = 0, 0.0
        tomos[-1].append(trozo)
        cuenta, peso = cuenta + suyas, peso + suyo
    return [_unir(tomo) for tomo in tomos]
