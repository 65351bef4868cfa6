"""Cuándo dos nombres parecen de la misma autoridad: sin el cargo, en cualquier orden, con iniciales o con una errata.

Es puro: recibe textos y no toca la base. Propone; quien decide es una persona.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz.distance import OSA

from archivo.catalogo.nombres import normal, palabras_llenas

UMBRAL = 80
"""Desde aquí se propone."""
GRUPO_MAXIMO = 400
"""Una palabra (o un par) que llevan más nombres que estos no distingue a nadie."""
PALABRAS_MAXIMAS = 8
_LARGO_CON_ERRATA = 5
_CARGOS = frozenset(
    [
        "presidente",
        "presidenta",
        "secretario",
        "secretaria",
        "subsecretario",
        "subsecretaria",
        "director",
        "directora",
        "gobernador",
        "gobernadora",
        "coordinador",
        "coordinadora",
        "titular",
        "jefe",
        "jefa",
        "comandante",
        "procurador",
        "procuradora",
        "comisionado",
        "comisionada",
        "diputado",
        "diputada",
        "senador",
        "senadora",
        "alcalde",
        "alcaldesa",
        "embajador",
        "embajadora",
        "general",
        "almirante",
        "doctor",
        "doctora",
        "dr",
        "dra",
        "licenciado",
        "licenciada",
        "lic",
        "ingeniero",
        "ingeniera",
        "ing",
        "maestro",
        "maestra",
        "mtro",
        "mtra",
        "profesor",
        "profesora",
        "arquitecto",
        "arquitecta",
        "arq",
        "contador",
        "contadora",
        "ministro",
        "ministra",
        "magistrado",
        "magistrada",
        "juez",
        "jueza",
        "consejero",
        "consejera",
        "rector",
        "rectora",
        "representante",
        "vocero",
        "vocera",
        "fiscal",
        "canciller",
        "regidor",
        "regidora",
        "sindico",
        "sindica",
        "habitante",
        "beneficiario",
        "beneficiaria",
        "conductor",
        "conductora",
        "moderador",
        "moderadora",
        "candidato",
        "candidata",
        "responsable",
        "subdirector",
        "subdirectora",
        "encargado",
        "encargada",
        "delegado",
        "delegada",
        "administrador",
        "administradora",
        "vocal",
        "gerente",
        "oficial",
        "medico",
        "medica",
        "enfermero",
        "enfermera",
        "capitan",
        "coronel",
        "sargento",
        "don",
        "dona",
        "c",
        "sr",
        "sra",
        "senor",
        "senora",
    ]
)
_TRAS_EL_CARGO = frozenset(
    [
        "mexico",
        "republica",
        "nacion",
        "electo",
        "electa",
        "virtual",
        "estado",
        "estados",
        "unidos",
        "mexicanos",
        "nacional",
        "ejecutivo",
    ]
)


@dataclass(frozen=True)
class Parecido:
    """Qué tanto se parecen (de 0 a 100) y por qué, en palabras."""

    puntos: int
    razon: str


@lru_cache(maxsize=50_000)
def nucleo(nombre: str, clase: str) -> tuple[str, ...]:
    """Las palabras del nombre que identifican; a una persona se le quita el cargo que lleva delante o tras una coma."""
    texto = nombre.partition("(")[0] or nombre
    if clase == "persona":
        piezas = [p for p in texto.split(",") if normal(p)]
        sin_cargo = [p for p in piezas if normal(p).split()[0] not in _CARGOS]
        texto = (sin_cargo or piezas or [texto])[0]
    utiles = list(palabras_llenas(texto))
    if clase == "persona":
        while len(utiles) > 1 and utiles[0] in _CARGOS:
            utiles = _sin_complemento(utiles[1:])
    return tuple(utiles[:PALABRAS_MAXIMAS])


def _sin_complemento(palabras: list[str]) -> list[str]:
    while len(palabras) > 1 and palabras[0] in _TRAS_EL_CARGO:
        palabras = palabras[1:]
    return palabras


def comparar(uno: str, otro: str, clase: str) -> Parecido | None:
    """Si dos nombres parecen de la misma, cuánto y por qué; None si no."""
    corto, largo = sorted((nucleo(uno, clase), nucleo(otro, clase)), key=len)
    if not corto or (len(corto) < 2 and corto != largo):
        return None
    if set(corto) == set(largo):
        igual = Parecido(100, "el mismo nombre" if corto == largo else "el mismo nombre en otro orden")
        return igual if len(corto) > 1 or clase != "persona" else None
    modos = _emparejar(corto, largo)
    if modos is None:
        return None
    return _calificar(modos, len(largo) - len(corto), clase)


def _emparejar(corto: Sequence[str], largo: Sequence[str]) -> list[str] | None:
    """Cómo casa cada palabra del corto con una distinta del largo; None si alguna no casa."""
    libres = list(largo)
    modos: list[str] = []
    for palabra in sorted(corto, key=len, reverse=True):
        hallada = next(((m, p) for m in ("igual", "errata", "inicial") for p in libres if _casa(m, palabra, p)), None)
        if hallada is None:
            return None
        modos.append(hallada[0])
        libres.remove(hallada[1])
    return modos


def _casa(modo: str, una: str, otra: str) -> bool:
    if modo == "igual":
        return una == otra
    if modo == "inicial":
        return (len(una) == 1 or len(otra) == 1) and una[0] == otra[0]
    if min(len(una), len(otra)) < _LARGO_CON_ERRATA or any(c.isdigit() for c in una + otra):
        return False
    # Un masculino y un femenino (Mario y María, Luis y Luisa) no son una errata.
    if {una[-1], otra[-1]} == {"o", "a"} and una[:-1] == otra[:-1]:
        return False
    return OSA.distance(una, otra, score_cutoff=2) <= (1 if min(len(una), len(otra)) < 8 else 2)


def _calificar(modos: Sequence[str], faltan: int, clase: str) -> Parecido | None:
    erratas, iniciales = modos.count("errata"), modos.count("inicial")
    iguales = len(modos) - erratas - iniciales
    if clase != "persona" and (faltan or iniciales):
        return None
    if iguales < 1 or (iniciales and iguales < 2 and faltan):
        return None
    puntos = 100 - 5 * erratas - 6 * iniciales - 6 * faltan
    razon = "una letra distinta" if erratas else "iniciales" if iniciales else "le falta un apellido o un nombre"
    return Parecido(puntos, razon) if puntos >= UMBRAL else None


def parejas(nombres: Sequence[tuple[int, str]], clase: str) -> Iterator[tuple[int, int, Parecido]]:
    """De muchos `(llave, nombre)`, las parejas que parecen la misma: `(llave menor, llave mayor, parecido)`, sin repetir."""
    grupos: dict[str, list[int]] = defaultdict(list)
    for indice, (_, nombre) in enumerate(nombres):
        for clave in _claves(nucleo(nombre, clase)):
            grupos[clave].append(indice)
    vistas: set[tuple[int, int]] = set()
    for grupo in grupos.values():
        if 1 < len(grupo) <= GRUPO_MAXIMO:
            yield from _comparar_grupo(nombres, grupo, clase, vistas)


def _claves(palabras: Iterable[str]) -> list[str]:
    largas = sorted({p for p in palabras if len(p) > 2})
    return [*largas, *(" ".join(par) for par in combinations(largas, 2))]


def _comparar_grupo(
    nombres: Sequence[tuple[int, str]], grupo: list[int], clase: str, vistas: set[tuple[int, int]]
) -> Iterator[tuple[int, int, Parecido]]:
    for par in combinations(grupo, 2):
        if par in vistas:
            continue
        vistas.add(par)
        (una, nombre), (otra, otro) = nombres[par[0]], nombres[par[1]]
        hallado = comparar(nombre, otro, clase) if una != otra else None
        if hallado:
            yield min(una, otra), max(una, otra), hallado
