"""Cómo se dice cada suceso y cómo se llega a su objeto."""

NOMBRES = {
    "item.creado": "Se creó",
    "item.corregido": "Se corrigió la descripción",
    "item.consultado": "Se consultó",
    "item.adjunto_agregado": "Se agregó un archivo",
    "item.adjunto_descrito": "Se describió un archivo",
    "item.relacionado": "Se relacionó con otro documento",
    "item.relacion_quitada": "Se quitó una relación",
    "item.enviar_a_revision": "Se envió a revisión",
    "item.devolver": "Se devolvió con observaciones",
    "item.autorizar": "Se autorizó",
    "item.programar": "Se programó",
    "item.publicar": "Se publicó",
    "item.archivar": "Se archivó",
    "item.retirar": "Se retiró del sitio público",
    "item.reponer": "Se repuso en el sitio público",
    "item.cancelar": "Se canceló",
    "ingreso.cuarentena": "Un archivo quedó en cuarentena",
    "ingreso.rechazado": "Un archivo se rechazó",
    "ingreso.reintentado": "Se volvió a revisar un archivo",
    "ingreso.descartado": "Se descartó un archivo en cuarentena",
    "objeto.falla": "Un original no es el recibido",
}


def nombre_de_clase(clase: str) -> str:
    """La clase de un suceso en palabras; las que no se conocen, tal cual."""
    return NOMBRES.get(clase, clase.replace("_", " ").replace(".", ": "))
