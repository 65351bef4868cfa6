"""Comparar lo que ven dos lectores de PDF que no comparten código."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from archivo.ingesta.veredictos import Cuarentena
from archivo.objetos.puerta import FallaAislada, Limites, ejecutar

SEGUNDO = Limites(cpu=10, tiempo=12)
MUESTRA = 8
PARECIDO_MINIMO = 0.5
LETRAS_MINIMAS = 40
LETRAS_COMPARADAS = 20_000
_PALABRA = re.compile(r"\w+")
_ACCIONES = {
    "Launch": "Pide abrir otro programa al usarlo: el archivo nunca lo hace; quien lo descargue debe saberlo.",
    "JavaScript": "Trae programas (JavaScript) en páginas o botones: el archivo nunca los ejecuta.",
    "SubmitForm": "Trae un formulario que envía datos a otra parte.",
    "ImportData": "Trae una acción que lee otros archivos: el archivo nunca la ejecuta.",
}


def muestra_de_paginas(cuantas: int) -> list[int]:
    """Hasta ocho páginas repartidas de la primera a la última."""
    if cuantas <= MUESTRA:
        return list(range(1, cuantas + 1))
    return sorted({1 + i * (cuantas - 1) // (MUESTRA - 1) for i in range(MUESTRA)})


def _ternas(texto: str) -> Counter[str]:
    """Cada tres letras seguidas, sin contar espacios ni signos: los lectores separan las palabras de distinto modo."""
    letras = "".join(_PALABRA.findall(texto.lower()))[:LETRAS_COMPARADAS]
    return Counter(letras[i : i + 3] for i in range(len(letras) - 2))


def parecido(uno: str, otro: str) -> float:
    """Qué parte de las ternas de letras comparten dos textos (0 a 1, contando repeticiones). Sin texto bastante, 1."""
    if len(uno) < LETRAS_MINIMAS and len(otro) < LETRAS_MINIMAS:
        return 1.0
    a, b = _ternas(uno), _ternas(otro)
    union = (a | b).total()
    return (a & b).total() / union if union else 1.0


def _distintas(muestra: list[int], textos: list[str], otros: list[str | None]) -> list[int]:
    """Las páginas de la muestra donde los lectores difieren."""
    pares = zip(muestra, otros, strict=True)
    return [n for n, otro in pares if otro is not None and parecido(textos[n - 1], otro) < PARECIDO_MINIMO]


def _releer(ruta: Path, muestra: list[int]) -> dict[str, Any] | None:
    try:
        segundo: dict[str, Any] = ejecutar(
            "archivo.ingesta.lectores.segundo:releer", {"ruta": str(ruta), "muestra": muestra}, SEGUNDO
        )
    except FallaAislada as falla:
        if falla.clase in {"tiempo", "memoria"}:
            return None
        raise Cuarentena(
            "Está dañado: sólo uno de los dos lectores pudo abrirlo, así que no se sabe si está completo. Ábralo, guárdelo de nuevo como PDF y vuelva a ingresarlo."
        ) from falla
    return segundo


def contrastar(ruta: Path, textos: list[str]) -> list[str]:
    """Los avisos que da la segunda lectura. Distinta cuenta de páginas es `Cuarentena`: el archivo no dice lo mismo a todos."""
    muestra = muestra_de_paginas(len(textos))
    segundo = _releer(ruta, muestra)
    if segundo is None:
        return ["El segundo lector no alcanzó a revisarlo; sólo se contrastó con uno."]
    if segundo["paginas"] != len(textos):
        raise Cuarentena(
            f"Los dos lectores no cuentan las mismas páginas ({len(textos)} y {segundo['paginas']}): puede estar dañado o alterado. "
            "Ábralo, compruebe cuántas tiene y entregue una copia limpia."
        )
    avisos = [_ACCIONES[accion] for accion in segundo["acciones"] if accion in _ACCIONES]
    if distintas := _distintas(muestra, textos, segundo["textos"]):
        cuales = ", ".join(map(str, distintas))
        avisos.append(
            f"Los dos lectores no leen lo mismo en estas páginas: {cuales}. Compruebe que el texto corresponde a la imagen."
        )
    if segundo["defectos"]:
        avisos.append("Tiene defectos de construcción que los lectores corrigieron al abrirlo.")
    return avisos
