"""Qué permisos dan los roles sobre las reglas de certificación."""

from archivo.identidad.puerta import conceder

MODELOS = (
    "facultadcertificacion",
    "textodecertificacion",
    "tabulador",
    "tarifa",
    "valoruma",
    "politicadecertificacion",
    "calendario",
    "textodeaviso",
)
LLEVAN = ("administracion", "titular")
LEEN = ("unidad_transparencia", "certificacion", "auditoria")


def conceder_a_los_roles() -> None:
    """Administración y la persona titular registran reglas; quien atiende, certifica o revisa las lee. Nadie las borra."""
    for rol in (*LLEVAN, *LEEN):
        conceder(rol, "wagtailadmin.access_admin", *(f"reglas.view_{m}" for m in MODELOS))
    for rol in LLEVAN:
        conceder(rol, *(f"reglas.{verbo}_{m}" for verbo in ("add", "change") for m in MODELOS))
    for rol in ("archivo_concentracion", "archivo_historico"):
        conceder(rol, "wagtailadmin.access_admin")
