"""Qué permisos dan los roles sobre las solicitudes."""

from archivo.identidad.puerta import conceder
from certificaciones.solicitudes.estados import PREPARAN
from certificaciones.solicitudes.servicios.consulta import VEN_SOLICITUDES


def conceder_a_los_roles() -> None:
    """La Unidad de Transparencia atiende; quien certifica, la titular y el archivo de trámite arman la canasta (LGTAIP 41)."""
    for rol in VEN_SOLICITUDES:
        conceder(rol, "wagtailadmin.access_admin", "solicitudes.view_solicitud")
    conceder("unidad_transparencia", "solicitudes.add_solicitud", "solicitudes.change_solicitud", "solicitudes.atender_solicitud")
    for rol in PREPARAN:
        conceder(rol, "solicitudes.armar_canasta")
