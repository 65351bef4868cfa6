"""Títulos y códigos según la regla vigente."""

import string
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.models.regla import ReglaDeExpedientes

if TYPE_CHECKING:
    from archivo.archivistica.models import Expediente, NivelClasificacion

TITULO_MINIMO, TITULO_MAXIMO = 10, 300
CAMPOS_DE_CODIGO = frozenset({"fondo", "subfondo", "seccion", "serie", "subserie", "area", "consecutivo", "anio"})


def asegurar_regla() -> None:
    """La regla base, si no hay ninguna: el código del AGN y los títulos que su instructivo no admite."""
    if not ReglaDeExpedientes.objects.exists():
        ReglaDeExpedientes.objects.create(
            nombre="Regla base",
            vigente_desde=date(1900, 1, 1),
            fundamento="AGN, instructivo del inventario general por expediente: fondo, sección, serie, número y año.",
        )


def regla_para(dia: date) -> ReglaDeExpedientes:
    """La regla que rige ese día.

    Raises:
        ExpedienteRechazado: ninguna rige.
    """
    regla = ReglaDeExpedientes.objects.vigente(dia)
    if regla is None:
        raise ExpedienteRechazado(
            f"Ninguna regla de expedientes rige el {dia:%d/%m/%Y}. Pida a la coordinación de archivos que registre una."
        )
    return regla


def _plano(texto: str) -> str:
    sin_acentos = "".join(c for c in unicodedata.normalize("NFD", texto.lower()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in sin_acentos).split())


def falta_del_titulo(titulo: str, regla: ReglaDeExpedientes) -> str:
    """Por qué ese título no se admite, o «»."""
    limpio = titulo.strip()
    if _plano(limpio) in {_plano(t) for t in regla.titulos_genericos}:
        return f"«{limpio}» no dice de qué trata el expediente. Escriba el asunto, el lugar y el periodo."
    if not TITULO_MINIMO <= len(limpio) <= TITULO_MAXIMO:
        return f"El título lleva de {TITULO_MINIMO} a {TITULO_MAXIMO} caracteres; éste tiene {len(limpio)}."
    return ""


def falta_de_la_plantilla(plantilla: str) -> str:
    """Por qué esa plantilla de código no sirve, o «»."""
    try:
        nombrados = {campo for _, campo, _, _ in string.Formatter().parse(plantilla) if campo is not None}
    except ValueError:
        return "La plantilla tiene una llave sin cerrar."
    if sobran := sorted(nombrados - CAMPOS_DE_CODIGO):
        return f"La plantilla nombra {', '.join(sobran)}; sólo se admiten {', '.join(sorted(CAMPOS_DE_CODIGO))}."
    return "" if {"consecutivo", "anio"} <= nombrados else "La plantilla debe llevar {consecutivo} y {anio}."


def camino(serie: "NivelClasificacion") -> dict[str, "NivelClasificacion"]:
    """Las clases del fondo a la serie, por nivel; de los niveles repetidos, el más cercano a la serie."""
    clases: dict[str, NivelClasificacion] = {}
    actual: NivelClasificacion | None = serie
    while actual is not None:
        clases.setdefault(actual.nivel, actual)
        actual = actual.padre
    return clases


def codigo_de_expediente(expediente: "Expediente") -> str:
    """El código según la plantilla de su regla. En una subserie que la plantilla no nombra, su clave va en el lugar de la serie."""
    plantilla = expediente.regla.plantilla_codigo
    claves = dict.fromkeys(CAMPOS_DE_CODIGO, "") | {
        n: c.clave for n, c in camino(expediente.serie).items() if n in CAMPOS_DE_CODIGO
    }
    if claves["subserie"] and "{subserie}" not in plantilla:
        claves["serie"] = claves["subserie"]
    datos = claves | {"area": expediente.area.clave, "consecutivo": expediente.consecutivo, "anio": expediente.anio}
    return plantilla.format(**datos)


def hoy() -> date:
    """El día local."""
    return timezone.localdate()
