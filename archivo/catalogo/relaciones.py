"""Qué puede decir un elemento de otro: cada clase de relación, declarada una vez con su nombre de ida y el de vuelta.

Las comunes están aquí; las propias de un tipo las declara él en su archivo (`TipoDeItem.relaciones`). ISAD(G) 3.5.3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from archivo.catalogo.models.item import Item

CUALQUIERA: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ClaseDeRelacion:
    """Una clase de relación entre dos elementos.

    `nombre` se lee desde el origen («Fe de erratas de»), `inverso` desde el destino («Lo corrige»). `origenes` y `destinos` son
    códigos de tipo; vacío es cualquiera. `grupos` da las secciones en que se reparten los destinos, en orden (clave, nombre).
    `impide` dice por qué el origen no puede hoy cambiar esa relación, o «». `cambia_el_acceso`: de ella depende quién lee el
    origen, y al anotarla o quitarla se vuelve a combinar.
    """

    clave: str
    nombre: str
    inverso: str
    origenes: frozenset[str] = CUALQUIERA
    destinos: frozenset[str] = CUALQUIERA
    grupos: tuple[tuple[str, str], ...] = ()
    impide: Callable[["Item"], str] | None = None
    cambia_el_acceso: bool = False

    def admite(self, origen: str, destino: str) -> bool:
        """¿Puede un elemento de ese tipo decir esto de uno de aquel?"""
        return (not self.origenes or origen in self.origenes) and (not self.destinos or destino in self.destinos)


_clases: dict[str, ClaseDeRelacion] = {}


def registrar_clase(clase: ClaseDeRelacion) -> ClaseDeRelacion:
    """Da de alta una clase; declararla dos veces igual no estorba, distinta es un error al arrancar."""
    if _clases.setdefault(clase.clave, clase) != clase:
        raise ImproperlyConfigured(f"Hay dos clases de relación con la clave «{clase.clave}».")
    return clase


def clase_de(clave: str) -> ClaseDeRelacion | None:
    """La clase con esa clave, o None."""
    return _clases.get(clave)


def clases_desde(tipo: str) -> tuple[ClaseDeRelacion, ...]:
    """Las que puede usar un elemento de ese tipo."""
    return tuple(c for c in _clases.values() if not c.origenes or tipo in c.origenes)


def opciones_de_clase() -> list[tuple[str, str]]:
    """Las claves y nombres, para la columna de la base: una clase nueva no pide migración."""
    return [(c.clave, c.nombre) for c in _clases.values()]


for _comun in (
    ClaseDeRelacion("fe_de_erratas_de", "Fe de erratas de", "Lo corrige"),
    ClaseDeRelacion("alcance_de", "Alcance de", "Lo amplía"),
    ClaseDeRelacion("sustituye_a", "Sustituye a", "Lo sustituye"),
    ClaseDeRelacion("traduccion_de", "Traducción de", "Traducido en"),
    ClaseDeRelacion("edicion_de", "Otra edición de", "También editado como"),
    ClaseDeRelacion("parte_de", "Parte de", "Se compone de"),
    ClaseDeRelacion("responde_a", "Responde a", "Tuvo como respuesta"),
):
    registrar_clase(_comun)
