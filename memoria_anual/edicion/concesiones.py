"""Qué permisos dan los roles sobre las memorias: entrar a la oficina; qué puede cada quien lo dicen los servicios."""

from archivo.identidad.puerta import conceder
from memoria_anual.edicion.estados import APORTAN, EDITAN


def conceder_a_los_roles() -> None:
    """Ven memorias quienes las editan, quienes aportan y auditoría; las plantillas y los recordatorios los lleva quien edita."""
    for rol in {*EDITAN, *APORTAN, "auditoria"}:
        conceder(rol, "wagtailadmin.access_admin", "edicion.view_memoria")
    for rol in EDITAN:
        conceder(rol, *(f"edicion.{verbo}_plantilladecapitulo" for verbo in ("view", "add", "change")))
        conceder(rol, *(f"edicion.{verbo}_regladerecordatorio" for verbo in ("view", "add", "change", "delete")))
