"""Insistir con un correo que se debe: la fila que lo apunta se toma, se manda y dice en qué quedó. Sirve a cualquier modelo que lleve sus campos."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import Error as ErrorDeBase
from django.db.models import F, QuerySet, TextChoices
from django.utils import timezone

from archivo.salidas.correo import CorreoNoSalio, mandar_correo

registro = logging.getLogger(__name__)
TOMADO = timedelta(minutes=10)
"""Lo que se espera a un proceso que tomó la fila antes de creerlo muerto."""
ESPERAS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440, 1440))
"""Cuánto se espera después de cada intento; tras el último, queda como no salido hasta que alguien lo pida otra vez."""


class EstadoDeCorreo(TextChoices):
    """En qué va un correo que se debe."""

    PENDIENTE = "pendiente", "Por mandar"
    ENVIADO = "enviado", "Mandado"
    FALLIDO = "fallido", "No salió"
    OMITIDO = "omitido", "Ya no hacía falta"


def mandar_debido(filas: QuerySet[Any], pk: int, mensaje: Callable[[Any], EmailMessage | None]) -> str:
    """Manda el de esa fila si sigue pendiente y le toca; `mensaje` da None si ya no hace falta. Devuelve en qué quedó, o «».

    La fila lleva `estado`, `intentos`, `proximo`, `error` y `enviado_en`. Puede correr dos veces, o en dos procesos: sale uno.
    """
    ahora = timezone.now()
    suya = filas.filter(pk=pk, estado=EstadoDeCorreo.PENDIENTE, proximo__lte=ahora)
    if not suya.update(proximo=ahora + TOMADO, intentos=F("intentos") + 1):
        return ""
    fila = filas.get(pk=pk)
    try:
        if (correo := mensaje(fila)) is None:
            return _cerrar(fila, EstadoDeCorreo.OMITIDO)
        mandar_correo(correo)
    except CorreoNoSalio as razon:
        return _dejar_para_luego(fila, str(razon))
    except ErrorDeBase:
        raise
    except Exception as error:  # noqa: BLE001 - se anota y se dice a quien atiende; los demás correos siguen
        registro.exception("No se pudo componer el correo de %s %s.", type(fila).__name__, pk)
        return _dejar_para_luego(fila, f"No se pudo componer ({type(error).__name__}): avise a soporte.")
    return _cerrar(fila, EstadoDeCorreo.ENVIADO)


def _cerrar(fila: Any, estado: EstadoDeCorreo) -> str:
    enviado = timezone.now() if estado == EstadoDeCorreo.ENVIADO else None
    type(fila).objects.filter(pk=fila.pk).update(estado=estado, error="", enviado_en=enviado)
    return estado


def _dejar_para_luego(fila: Any, razon: str) -> str:
    agotado = fila.intentos > len(ESPERAS)
    estado = EstadoDeCorreo.FALLIDO if agotado else EstadoDeCorreo.PENDIENTE
    espera = timedelta(0) if agotado else ESPERAS[fila.intentos - 1]
    type(fila).objects.filter(pk=fila.pk).update(estado=estado, error=razon, proximo=timezone.now() + espera)
    return estado
