"""Lo que el registro hace solo."""

from datetime import timedelta

from archivo.tareas.puerta import periodica
from certificaciones.registro.sellos import sellar_y_renovar


@periodica(cada=timedelta(days=1))
def sellar_el_registro() -> None:
    """Cada día, un sello de tiempo sobre el último punto de control; y se renuevan los sellos que lo piden."""
    sellar_y_renovar()
