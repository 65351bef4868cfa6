"""Una gramática pequeña: plantillas con huecos y alternativas que producen español correcto.

`{hueco}` se sustituye por el valor del contexto; `[a|b]` elige una de las alternativas. Después se contraen
«de el» y «a el», y la frase empieza con mayúscula.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

_ALTERNATIVAS = re.compile(r"\[([^\[\]]*)\]")
_HUECO = re.compile(r"\{(\w+)\}")
_CONTRACCION = re.compile(r"\b([dD]e|[aA]) el\b")
_CIFRAS_EN_LETRA = ("cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")


def numero(n: int) -> str:
    """Como se escribe en prensa: con letra hasta nueve, con cifras y comas después."""
    return _CIFRAS_EN_LETRA[n] if 0 <= n < len(_CIFRAS_EN_LETRA) else f"{n:,}"


def con_mayuscula(texto: str) -> str:
    """La primera letra en mayúscula; el resto, como está."""
    for lugar, signo in enumerate(texto):
        if signo.isalpha():
            return texto[:lugar] + signo.upper() + texto[lugar + 1 :]
    return texto


def contraer(texto: str) -> str:
    """«de el barrio» → «del barrio»; los nombres propios («de El Tejocote») quedan como están."""
    return _CONTRACCION.sub(lambda m: "del" if m[1] == "de" else "al" if m[1] == "a" else f"{m[1]}l", texto)


@dataclass
class Redactor:
    """Escribe frases con un contexto fijo (el de un boletín) y un azar que se repite con la misma semilla."""

    azar: Random
    contexto: Mapping[str, str]

    def __call__(self, plantilla: str) -> str:
        """La plantilla con sus huecos llenos. Un hueco sin valor es un error de la plantilla (`KeyError`)."""
        elegida = _ALTERNATIVAS.sub(lambda m: self.azar.choice(m[1].split("|")), plantilla)
        return con_mayuscula(contraer(_HUECO.sub(lambda m: self.contexto[m[1]], elegida)))

    def algunas(self, plantillas: Sequence[str], minimo: int, maximo: int) -> list[str]:
        """Entre mínimo y máximo frases distintas, en el orden en que están escritas."""
        return [self(p) for p in escoger(self.azar, plantillas, minimo, maximo)]


def escoger[Cosa](azar: Random, cosas: Sequence[Cosa], minimo: int, maximo: int) -> list[Cosa]:
    """Una muestra sin repetición que conserva el orden."""
    cuantas = min(len(cosas), azar.randint(minimo, maximo))
    return [cosas[i] for i in sorted(azar.sample(range(len(cosas)), cuantas))]
