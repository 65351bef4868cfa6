"""Los estados de un cuadro de clasificación, y los pasos que se dan desde cada uno.

borrador → en_revision_areas → validado_grupo → vigente → sustituido. Hasta que rige puede volver a borrador, con motivo.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Paso:
    """Un paso posible: acción en infinitivo, estado de llegada y el permiso que pide."""

    accion: str
    nombre: str
    destino: str
    permiso: str
    pide_motivo: bool = False
    exige_otra_persona: bool = False


ENVIAR = Paso("enviar_a_areas", "Enviar a revisión de las áreas", "en_revision_areas", "change_cuadroclasificacion")
DEVOLVER = Paso("devolver", "Devolver a borrador", "borrador", "change_cuadroclasificacion", pide_motivo=True)
DEVOLVER_EL_GRUPO = Paso("devolver", "Devolver a borrador", "borrador", "validar_por_grupo", pide_motivo=True)
VALIDAR = Paso("validar", "Validar por el grupo", "validado_grupo", "validar_por_grupo", exige_otra_persona=True)
PONER_EN_VIGOR = Paso("poner_en_vigor", "Poner en vigor", "vigente", "poner_en_vigor")


class EstadoDeCuadro:
    """Un estado: clave, nombre, pasos de salida y si sus clases y fichas se editan."""

    clave: ClassVar[str]
    nombre: ClassVar[str]
    salidas: ClassVar[tuple[Paso, ...]] = ()
    se_edita: ClassVar[bool] = False


class Borrador(EstadoDeCuadro):
    """Se arma: es el único estado en que cambian sus clases y sus fichas."""

    clave, nombre, se_edita = "borrador", "Borrador", True
    salidas = (ENVIAR,)


class EnRevisionAreas(EstadoDeCuadro):
    """Cada área productora revisa y valida lo suyo (LGA 53-IV)."""

    clave, nombre = "en_revision_areas", "En revisión de las áreas"
    salidas = (VALIDAR, DEVOLVER, DEVOLVER_EL_GRUPO)


class ValidadoGrupo(EstadoDeCuadro):
    """El grupo interdisciplinario lo validó (LGA 50-52); falta que entre en vigor."""

    clave, nombre = "validado_grupo", "Validado por el grupo interdisciplinario"
    salidas = (PONER_EN_VIGOR, DEVOLVER_EL_GRUPO)


class Vigente(EstadoDeCuadro):
    """Rige: con él se clasifica. No se cambia; los cambios van en la versión siguiente."""

    clave, nombre = "vigente", "Vigente"


class Sustituido(EstadoDeCuadro):
    """Rigió. Sus expedientes conservan su código y enlazan con la clase equivalente."""

    clave, nombre = "sustituido", "Sustituido"


class Recibido(EstadoDeCuadro):
    """Llegó con un fondo de otra institución: se conserva como vino (LGA 18)."""

    clave, nombre = "recibido", "Recibido"


ESTADOS_DE_CUADRO: dict[str, type[EstadoDeCuadro]] = {
    e.clave: e for e in (Borrador, EnRevisionAreas, ValidadoGrupo, Vigente, Sustituido, Recibido)
}
