"""Los temas, lugares, personas y organismos que un instrumento nombra: las autoridades que ya hay, o nuevas por verificar."""

from collections.abc import Iterable, Sequence

from archivo.catalogo.puerta import Autoridad, Tema, proponer_temas, proponer_varias, resolver_temas
from archivo.identidad.puerta import Usuario
from archivo.ingesta.intercambio.unidad import Unidad

LARGO_DE_TEMA = 150
LARGO_DE_NOMBRE = 300
_CLASE = {"persona": "persona", "familia": "organismo", "organismo": "organismo", "lugar": "lugar"}
_PAPEL = {"persona": "persona", "organismo": "dependencia", "lugar": "lugar"}


class Nombrados:
    """Quiénes nombran unas unidades. `proponer` los busca o da de alta de una vez; después se pregunta por unidad."""

    def __init__(self, unidades: Iterable[Unidad]) -> None:
        self._por_clase: dict[str, dict[str, None]] = {"persona": {}, "organismo": {}, "lugar": {}}
        self._temas: dict[str, None] = {}
        self._autoridades: dict[tuple[str, str], Autoridad] = {}
        self._hallados: dict[str, Tema] = {}
        for unidad in unidades:
            self._anotar(unidad)

    def _anotar(self, unidad: Unidad) -> None:
        self._temas |= dict.fromkeys(_temas_de(unidad))
        for clase, nombre in (*_puntos_de(unidad), *_actores_de(unidad)):
            self._por_clase[clase][nombre] = None

    def proponer(self, actor: Usuario | None) -> None:
        """Las autoridades y los temas de esos nombres; los desconocidos quedan por verificar."""
        for clase, nombres in self._por_clase.items():
            propuestas = proponer_varias(clase, nombres, actor) if nombres else {}
            self._autoridades |= {(clase, nombre): autoridad for nombre, autoridad in propuestas.items()}
        if self._temas:
            proponer_temas(self._temas)
            self._hallados = resolver_temas(self._temas)

    def temas(self, unidad: Unidad) -> list[Tema]:
        """Los de una unidad."""
        hallados = (self._hallados.get(nombre) for nombre in _temas_de(unidad))
        return list({tema.pk: tema for tema in hallados if tema is not None}.values())

    def menciones(self, unidad: Unidad) -> dict[str, Sequence[Autoridad]]:
        """Papel → autoridades de una unidad."""
        por_papel: dict[str, list[Autoridad]] = {}
        for clase, nombre in _puntos_de(unidad):
            por_papel.setdefault(_PAPEL[clase], []).append(self._autoridades[clase, nombre])
        for clase, nombre in _actores_de(unidad):
            por_papel.setdefault("autor", []).append(self._autoridades[clase, nombre])
        return {papel: list(dict.fromkeys(autoridades)) for papel, autoridades in por_papel.items()}


def _temas_de(unidad: Unidad) -> list[str]:
    return [n for p in unidad.puntos if p.clase == "tema" and (n := nombre_limpio(p.nombre)[:LARGO_DE_TEMA].strip())]


def _puntos_de(unidad: Unidad) -> list[tuple[str, str]]:
    puntos = ((clase_de(p.clase, p.nombre), nombre_limpio(p.nombre)) for p in unidad.puntos if p.clase not in {"tema", "genero"})
    return [(clase, nombre) for clase, nombre in puntos if nombre]


def _actores_de(unidad: Unidad) -> list[tuple[str, str]]:
    actores = ((clase_de(e.clase_de_actor or "nombre", e.actor), nombre_limpio(e.actor)) for e in unidad.eventos if e.actor)
    return [(clase, nombre) for clase, nombre in actores if nombre]


def nombre_limpio(nombre: str) -> str:
    """Como lo guarda el catálogo: los espacios recogidos. «» si no tiene ni una letra o cifra."""
    limpio = " ".join(nombre.replace(";", ",").replace("\0", "").split())[:LARGO_DE_NOMBRE].strip()
    return limpio if any(c.isalnum() for c in limpio) else ""


def clase_de(clase: str, nombre: str) -> str:
    """`persona`, `organismo` o `lugar`. De quien no se dice, «Apellido, Nombre» es una persona; lo demás, un organismo."""
    if clase in _CLASE:
        return _CLASE[clase]
    apellido, coma, resto = nombre.partition(",")
    return "persona" if coma and resto.strip() and len(apellido.split()) <= 3 and len(resto.split()) <= 4 else "organismo"
