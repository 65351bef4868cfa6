"""Cuántas veces puede pedirse algo caro o molesto desde un mismo lugar."""

from archivo.identidad.puerta import Freno

AL_AVISAR = Freno("avisar", tope=10, ventana=60 * 60)
"""Avisos pedidos, por dirección de red."""
POR_CORREO = Freno("correo", tope=3, ventana=24 * 60 * 60)
"""Confirmaciones mandadas a un mismo correo: nadie llena el buzón de otro."""
AL_EXPORTAR = Freno("exportar", tope=30, ventana=60 * 60)
"""Descargas directas y exportaciones encargadas, por dirección de red."""
AL_BAJAR = Freno("bajar", tope=30, ventana=60 * 60)
"""Descargas de lo ya juntado, por dirección de red: cada una se escribe de nuevo, con los permisos de ese momento."""
AL_ABRIR_CUADERNO = Freno("cuaderno", tope=20, ventana=60 * 60)
"""Cuadernos nuevos, por dirección de red."""
