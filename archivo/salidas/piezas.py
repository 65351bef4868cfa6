"""Pasos comunes a los impresos: institución, fotografías y enlaces en la forma que las plantillas leen."""

from typing import Any

from .datos import Foto, Institucion
from .errores import FaltaTextoAlternativo
from .imagenes import para_impreso
from .qr import matriz_qr

EMBLEMA_DE_LA_CASA = "recursos/marca.svg"


class Recursos(dict[str, bytes]):
    """Las imágenes de un impreso, con el nombre que la plantilla usa para cada una."""

    def con_foto(self, foto: Foto) -> dict[str, Any]:
        """Guarda la fotografía y devuelve sus datos. Lanza `FaltaTextoAlternativo` si no trae descripción."""
        if not foto.alt.strip():
            raise FaltaTextoAlternativo(foto.pie or foto.clave)
        archivo = f"fotos/{len(self)}.jpg"
        self[archivo] = para_impreso(foto.contenido)
        return {
            "archivo": archivo,
            "alt": foto.alt,
            "pie": foto.pie,
            "credito": foto.credito,
            "clave": foto.clave,
        }


def datos_de_institucion(institucion: Institucion, recursos: Recursos) -> dict[str, Any]:
    """La institución como la leen las plantillas; sin emblema propio lleva el de la casa."""
    emblema = EMBLEMA_DE_LA_CASA
    if institucion.emblema is not None:
        de_vector = institucion.emblema.lstrip()[:5] in (b"<svg ", b"<?xml")
        emblema = "fotos/emblema.svg" if de_vector else "fotos/emblema.png"
        recursos[emblema] = institucion.emblema
    return {
        "nombre": institucion.nombre,
        "area": institucion.area,
        "domicilio": institucion.domicilio,
        "sitio": institucion.sitio,
        "identidad": dict(institucion.identidad),
        "veda": institucion.veda,
        "emblema": emblema,
        "alt_emblema": institucion.alt_emblema,
    }


def datos_de_enlace(enlace: str) -> dict[str, Any]:
    """La dirección y su código QR; nada si no hay dirección."""
    return {"enlace": enlace, "qr": matriz_qr(enlace)} if enlace else {}
