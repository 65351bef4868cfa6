"""La puerta de la oficina: lo que sus pantallas guardan y otro piso de arriba podría necesitar."""

from archivo.oficina.models import EnvioDeCaptura, PlantillaDeCaptura, VistaGuardada

__all__ = ["EnvioDeCaptura", "PlantillaDeCaptura", "VistaGuardada"]
