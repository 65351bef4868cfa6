"""Lo que puede andar mal con las llaves y los sellos del registro, dicho al arrancar con su remedio."""

from typing import Any

from django.core import checks
from django.db import DatabaseError

from certificaciones.registro.llaves import MODO, ruta_de
from certificaciones.registro.models import PuntoDeControl, Registro
from certificaciones.registro.sellos import por_renovar


@checks.register(checks.Tags.security)
def llaves_reservadas(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """La llave privada de cada registro sólo la lee la cuenta del archivo."""
    faltas: list[checks.CheckMessage] = []
    for registro in Registro.values:
        ruta = ruta_de(registro)
        if ruta.exists() and ruta.stat().st_mode & 0o777 & ~MODO:
            faltas.append(
                checks.Error(
                    f"La llave {ruta.name} la pueden leer otras cuentas.",
                    hint=f"Corra «chmod 600 {ruta}» y revise quién tuvo acceso.",
                    id="registro.E001",
                )
            )
    return faltas


@checks.register(checks.Tags.database)
def llaves_y_sellos(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """La llave que ya firmó sigue ahí, y ningún sello está a menos de un año de perder a quien lo puso."""
    faltas: list[checks.CheckMessage] = []
    if not databases:
        return faltas
    for registro in Registro.values:
        try:
            firmo = PuntoDeControl.objects.filter(registro=registro).exists()
            vencen = por_renovar(registro).count()
        except DatabaseError:
            return faltas
        if firmo and not ruta_de(registro).exists():
            pista = "Repóngala desde el respaldo de la carpeta «llaves»: sin ella no se puede expedir."
            faltas.append(checks.Error(f"Falta la llave con que firma el registro «{registro}».", hint=pista, id="registro.E002"))
        if vencen:
            pista = "Corra «registro sellar» con una autoridad de sellado cuyo certificado dure más."
            faltas.append(
                checks.Warning(
                    f"{vencen} sellos de tiempo de «{registro}» vencen en menos de un año.", hint=pista, id="registro.W001"
                )
            )
    return faltas
