"""Lo que la edición guarda."""

from memoria_anual.edicion.models.edicion import ArchivoDeEdicion, EdicionPublicada
from memoria_anual.edicion.models.integracion import AjusteDeCifra, AportacionDeArea, Comentario
from memoria_anual.edicion.models.memoria import Capitulo, Memoria, PlantillaDeCapitulo, tipo_natural
from memoria_anual.edicion.models.recordatorio import Recordatorio, ReglaDeRecordatorio
from memoria_anual.edicion.models.sala import CierreDeSala, MarcaDeAuditoria, SalaDeAuditoria

__all__ = [
    "AjusteDeCifra",
    "AportacionDeArea",
    "ArchivoDeEdicion",
    "Capitulo",
    "CierreDeSala",
    "Comentario",
    "EdicionPublicada",
    "MarcaDeAuditoria",
    "Memoria",
    "PlantillaDeCapitulo",
    "Recordatorio",
    "ReglaDeRecordatorio",
    "SalaDeAuditoria",
    "tipo_natural",
]
