"""Las reglas del árbol de clases, sin base de datos: qué cuelga de qué, con qué clave y hasta qué profundidad (LGA 13)."""

import re
from dataclasses import dataclass, field
from typing import Any

from archivo.archivistica.claves import SEPARADOR
from archivo.archivistica.models import NIVELES_DE_CLASE

PROFUNDIDAD_MAXIMA = 7
LARGO_DE_CLAVE, LARGO_DE_NOMBRE = 40, 300
_RANGO = {nivel: n for n, nivel in enumerate(NIVELES_DE_CLASE)}
INTERMEDIOS = frozenset({"subfondo", "subseccion", "subserie"})


@dataclass(frozen=True)
class DatosDeClase:
    """Lo que se dice de una clase al crearla, cambiarla o dividirla. `descripcion` va por clave de elemento ISAD(G)."""

    nivel: str
    clave: str
    nombre: str
    alcance: str = ""
    tipo_funcion: str = ""
    descripcion: dict[str, Any] = field(default_factory=dict)


def puede_colgar(nivel: str, de: str | None) -> bool:
    """¿Puede una clase de ese nivel depender de otra? Siempre de una más amplia; los «sub» también de otro igual."""
    if de is None:
        return nivel == "fondo"
    return _RANGO[nivel] > _RANGO[de] or (nivel == de and nivel in INTERMEDIOS)


def niveles_bajo(de: str | None) -> list[str]:
    """Los niveles que puede tener una clase que dependa de una de nivel `de` (o de nada)."""
    return [nivel for nivel in NIVELES_DE_CLASE if puede_colgar(nivel, de)]


def faltas_de_lugar(nivel: str, madre: str | None, profundidad: int) -> list[str]:
    """Por qué una clase de ese nivel no puede ir ahí: vacía si puede. `profundidad` cuenta desde 1, el fondo."""
    faltas = []
    if not puede_colgar(nivel, madre):
        donde = f"una clase de nivel «{NIVELES_DE_CLASE[madre].lower()}»" if madre else "ninguna otra"
        faltas.append(
            f"Una clase de nivel «{NIVELES_DE_CLASE[nivel].lower()}» no puede depender de {donde}. "
            "Elija una clase más amplia, o cambie el nivel."
        )
    if profundidad > PROFUNDIDAD_MAXIMA:
        faltas.append(f"El cuadro tendría {profundidad} niveles y el máximo es {PROFUNDIDAD_MAXIMA}. Quite un nivel intermedio.")
    return faltas


def faltas_de_clave(clave: str, patron: str) -> list[str]:
    """Por qué una clave no sirve en un cuadro con ese patrón: vacía si sirve."""
    if not clave.strip():
        return ["Falta la clave de la clase. Escríbala, por ejemplo 9C.7."]
    if len(clave) > LARGO_DE_CLAVE:
        return [f"La clave «{clave[:20]}…» tiene {len(clave)} signos y caben {LARGO_DE_CLAVE}. Acórtela."]
    if SEPARADOR in clave:
        return [f"La clave «{clave}» lleva «{SEPARADOR}», que separa las claves en el código. Escríbala sin ese signo."]
    if not re.fullmatch(patron, clave):
        return [f"La clave «{clave}» no cumple la forma de este cuadro: mayúsculas y cifras, separadas por punto o guion."]
    return []


def faltas_de_nombre(nombre: str) -> list[str]:
    """Por qué un nombre no sirve: vacía si sirve."""
    if not nombre.strip():
        return ["Falta el nombre de la clase."]
    if len(nombre) > LARGO_DE_NOMBRE:
        return [f"El nombre tiene {len(nombre)} signos y caben {LARGO_DE_NOMBRE}. Acórtelo; el detalle va en el alcance."]
    return []


def faltas_de_patron(patron: str) -> list[str]:
    """Por qué no sirve una expresión regular para claves."""
    try:
        re.compile(patron)
    except re.error as razon:
        return [f"La forma de las claves no es una expresión regular válida ({razon}). Corríjala o deje la que había."]
    return []
