"""Lo que la base impide, por su cuenta, sobre los plazos."""

from archivo.auditoria.puerta import Disparador

DISPARADORES = (
    Disparador(
        "solicitudes_plazo_cerrado",
        "solicitudes_plazo",
        "UPDATE",
        "OLD.cerrado_en IS NOT NULL",
        "Un plazo cerrado ya no cambia",
    ),
    Disparador("solicitudes_plazo_sin_borrar", "solicitudes_plazo", "DELETE", "OLD.id IS NOT NULL", "Un plazo no se borra"),
)
