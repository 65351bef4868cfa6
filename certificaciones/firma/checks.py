"""Lo que puede andar mal con las autoridades de confianza, dicho al arrancar con su remedio."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import checks

from .casa import carpeta_de_anclas, confianza_de_la_casa
from .certificados import titular_de
from .confianza import Confianza
from .errores import FirmaSinConfigurar

AVISO = timedelta(days=180)


@checks.register(checks.Tags.security)
def anclas_vigentes(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Las autoridades de confianza se pueden leer y a ninguna le quedan menos de 180 días."""
    try:
        confianza = confianza_de_la_casa()
    except FirmaSinConfigurar as error:
        pista = f"Corrija o quite ese archivo de {carpeta_de_anclas()}."
        return [checks.Error(str(error), hint=pista, id="firma.E001")]
    return por_vencer(confianza, datetime.now(UTC))


def por_vencer(confianza: Confianza, ahora: datetime) -> list[checks.CheckMessage]:
    """Un aviso por autoridad que vence pronto, y un error por la que ya venció."""
    faltas: list[checks.CheckMessage] = []
    for certificado in confianza.certificados:
        vence, nombre = certificado.not_valid_after, titular_de(certificado).nombre
        pista = "Baje de su autoridad el certificado nuevo, póngalo junto al viejo y no borre el viejo: sirve para verificar."
        if vence < ahora:
            aviso = f"La autoridad «{nombre}» venció el {vence:%d/%m/%Y}: no se puede firmar con lo que emitió."
            faltas.append(checks.Warning(aviso, hint=pista, id="firma.W002"))
        elif vence < ahora + AVISO:
            aviso = f"La autoridad «{nombre}» vence el {vence:%d/%m/%Y}, en {(vence - ahora).days} días."
            faltas.append(checks.Warning(aviso, hint=pista, id="firma.W001"))
    return faltas
