"""Lo que la edición guarda."""

from memoria_anual.edicion.models.edicion import ArchivoDeEdicion, EdicionPublicada
from memoria_anual.edicion.models.integracion import AjusteDeCifra, AportacionDeArea, Comentario
from memoria_anual.edicion.models.memoria import Capitulo, Memoria, PlantillaDeCapitulo

__all__ = [
    "AjusteDeCifra",
    "AportacionDeArea",
    "ArchivoDeEdicion",
    "Capitulo",
    "Comentario",
    "EdicionPublicada",
    "Memoria",
    "PlantillaDeCapitulo",
]
