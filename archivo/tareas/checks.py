"""Lo que a una instalación se le puede olvidar para que salgan sus avisos."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register()
def correo_configurado(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Sin servidor de correo se puede trabajar: los avisos esperan en la oficina. Se dice, sin impedir el arranque."""
    if "default" in settings.MAILERS:
        return []
    pista = "Ponga ACERVO_CORREO=smtp+tls://usuario:clave@servidor:587 y ACERVO_CORREO_DE; lo pendiente saldrá después."
    return [checks.Info("No hay servidor de correo: los avisos quedan por mandar.", hint=pista, id="tareas.I001")]
