"""La gente de quien encabeza un área: a quiénes se les puede preguntar cómo van."""

from typing import Any

from archivo.identidad.lector import lector_de
from archivo.identidad.models import Nombramiento

ENCABEZAN = "titular"


def gente_de(usuario: Any) -> dict[int, str]:
    """Las personas con nombramiento vigente en las áreas que encabeza, sin ella misma: clave → nombre. Una consulta; se recuerda.

    Quien es titular de toda la institución encabeza a todas las que tienen nombramiento. Nadie más encabeza a nadie.
    """
    if hasattr(usuario, "_gente"):
        return usuario._gente
    areas = [r.area_id for r in lector_de(usuario).roles if r.rol == ENCABEZAN]
    usuario._gente = _nombres(areas, usuario.pk) if areas else {}
    return usuario._gente


def _nombres(areas: list[int | None], menos: int) -> dict[int, str]:
    vigentes = Nombramiento.objects.vigentes().filter(usuario__is_active=True).exclude(usuario_id=menos)
    if None not in areas:
        vigentes = vigentes.filter(area_id__in=[a for a in areas if a is not None])
    return {
        n.usuario_id: str(n.usuario) for n in vigentes.select_related("usuario").order_by("usuario__first_name", "usuario_id")
    }
