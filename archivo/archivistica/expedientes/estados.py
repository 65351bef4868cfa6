"""Los estados de un expediente. Las transferencias, el préstamo y la baja agregan los suyos a este registro."""

from typing import ClassVar


class EstadoDeExpediente:
    """Un estado: qué se puede hacer con el expediente desde él."""

    clave: ClassVar[str]
    nombre: ClassVar[str]
    se_integra: ClassVar[bool] = False
    """¿Admite documentos, y corregir su carátula?"""
    se_cierra: ClassVar[bool] = False
    se_reabre: ClassVar[bool] = False


class Abierto(EstadoDeExpediente):
    """En trámite: se le integran documentos."""

    clave, nombre, se_integra, se_cierra = "abierto", "Abierto", True, True


class Cerrado(EstadoDeExpediente):
    """Concluyó su asunto: lo que contiene quedó en su índice. Se reabre sólo con motivo y antes de transferirse."""

    clave, nombre, se_reabre = "cerrado", "Cerrado", True


ESTADOS_DE_EXPEDIENTE: dict[str, type[EstadoDeExpediente]] = {e.clave: e for e in (Abierto, Cerrado)}
