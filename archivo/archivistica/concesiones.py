"""Qué permisos dan los roles sobre los instrumentos de clasificación."""

from archivo.identidad.puerta import conceder

_INSTRUMENTOS = ("cuadroclasificacion", "nivelclasificacion", "fichavaloracion")
_LEEN = (
    "titular",
    "archivo_tramite",
    "archivo_concentracion",
    "archivo_historico",
    "coordinacion_archivos",
    "grupo_interdisciplinario",
    "unidad_transparencia",
    "auditoria",
)


def conceder_a_los_roles() -> None:
    """La coordinación de archivos edita; las áreas y el grupo interdisciplinario validan; auditoría lee (LGA 27, 28, 50-53)."""
    for rol in _LEEN:
        conceder(rol, "wagtailadmin.access_admin", *(f"archivistica.view_{modelo}" for modelo in _INSTRUMENTOS))
    conceder(
        "coordinacion_archivos",
        *(f"archivistica.{verbo}_{modelo}" for modelo in _INSTRUMENTOS for verbo in ("add", "change")),
        "archivistica.poner_en_vigor",
    )
    for rol in ("titular", "archivo_tramite"):
        conceder(rol, "archivistica.validar_por_area")
    conceder("grupo_interdisciplinario", "archivistica.validar_por_grupo")
