"""Los estados de un elemento: una clase por estado, con lo que se puede hacer desde él y quién puede hacerlo.

borrador → en_revision → autorizado → (programado →) publicado → archivado; borrador ← en_revision; publicado ↔ retirado;
cualquiera antes de publicar → cancelado (el número se conserva marcado y no se reutiliza).
"""

from enum import StrEnum
from typing import ClassVar

from archivo.identidad.puerta import ConPasos, Paso


class Visibilidad(StrEnum):
    """Hasta dónde deja ver un estado lo que el nivel de acceso permitiría."""

    PUBLICA = "publica"
    OFICINA = "oficina"
    AREA = "area"


ENVIAR = Paso("enviar_a_revision", "Enviar a revisión", "en_revision", ("redaccion", "titular", "archivo_tramite"))
DEVOLVER = Paso("devolver", "Devolver con observaciones", "borrador", ("titular",), pide_motivo=True)
AUTORIZAR = Paso("autorizar", "Autorizar", "autorizado", ("titular",), exige_otra_persona=True)
PROGRAMAR = Paso("programar", "Programar", "programado", ("titular",))
PUBLICAR = Paso("publicar", "Publicar", "publicado", ("titular", "redaccion"))
ARCHIVAR = Paso("archivar", "Archivar", "archivado", ("archivo_tramite", "titular"))
RETIRAR = Paso("retirar", "Retirar del sitio público", "retirado", ("titular",), pide_motivo=True)
REPONER = Paso("reponer", "Reponer en el sitio público", "publicado", ("titular",), pide_motivo=True)
CANCELAR = Paso("cancelar", "Cancelar", "cancelado", ("titular",), pide_motivo=True)


INCORPORAR = Paso("incorporar", "Incorporar al archivo", "publicado", ("titular", "archivo_tramite"))
"""Sólo en los tipos que no esperan autorización (`TipoDeItem.directo`); también lo dan quienes escriben ese tipo."""


class Estado(ConPasos):
    """Un estado del elemento: además, su visibilidad y si su descripción aún se edita."""

    visibilidad: ClassVar[Visibilidad] = Visibilidad.AREA
    se_edita: ClassVar[bool] = True


class Borrador(Estado):
    """Se redacta; sólo lo ve su área."""

    clave, nombre = "borrador", "Borrador"
    salidas = (INCORPORAR, ENVIAR, CANCELAR)


class EnRevision(Estado):
    """Espera la decisión de quien autoriza."""

    clave, nombre = "en_revision", "En revisión"
    salidas = (AUTORIZAR, DEVOLVER, CANCELAR)


class Autorizado(Estado):
    """Tiene número y visto bueno; falta publicarlo."""

    clave, nombre = "autorizado", "Autorizado"
    salidas = (PUBLICAR, PROGRAMAR, CANCELAR)
    se_edita = False


class Programado(Estado):
    """Autorizado con embargo: se abre solo a su hora."""

    clave, nombre = "programado", "Programado"
    salidas = (PUBLICAR, CANCELAR)
    se_edita = False


class Publicado(Estado):
    """A la vista de quien su nivel de acceso permita."""

    clave, nombre = "publicado", "Publicado"
    visibilidad = Visibilidad.PUBLICA
    salidas = (ARCHIVAR, RETIRAR)


class Archivado(Estado):
    """Descripción bloqueada salvo lo archivístico; el archivo queda congelado."""

    clave, nombre = "archivado", "Archivado"
    visibilidad = Visibilidad.PUBLICA
    salidas = (RETIRAR,)
    se_edita = False


class Retirado(Estado):
    """Fuera del sitio público; sigue en el archivo."""

    clave, nombre = "retirado", "Retirado"
    visibilidad = Visibilidad.OFICINA
    salidas = (REPONER,)


class Cancelado(Estado):
    """No se publicó; su número queda a la vista como cancelado."""

    clave, nombre = "cancelado", "Cancelado"
    se_edita = False


ESTADOS: dict[str, type[Estado]] = {
    e.clave: e for e in (Borrador, EnRevision, Autorizado, Programado, Publicado, Archivado, Retirado, Cancelado)
}
