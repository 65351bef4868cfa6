"""Cómo se dice en la historia lo que pasó con una solicitud o una certificación."""

_NOMBRES = {
    "solicitud.recibida": "Se recibió",
    "solicitud.documento_agregado": "Se agregó un documento a la canasta",
    "solicitud.documento_quitado": "Se quitó un documento de la canasta",
    "solicitud.localizar": "Se cerró la canasta",
    "solicitud.reabrir_canasta": "Se volvió a la canasta",
    "solicitud.cobrar": "Quedó en espera de pago",
    "solicitud.orden_emitida": "Se emitió la orden de pago",
    "solicitud.acreditar": "Se acreditó el pago",
    "solicitud.pago_registrado": "Se registró el recibo",
    "solicitud.eximir": "Quedó exenta de pago",
    "solicitud.exenta": "Se autorizó la exención",
    "solicitud.reproducir": "Empezó la copia",
    "solicitud.disponer": "La copia quedó lista",
    "solicitud.entregar": "Se entregó",
    "solicitud.desistir": "Desistimiento",
    "solicitud.no_procede": "No procedió",
    "solicitud.concluir_sin_pago": "Concluyó sin pago",
    "solicitud.plazo_recontado": "Se movió el plazo para pagar",
    "solicitud.aviso_enviado": "Se avisó por correo a quien pidió",
    "solicitud.aviso_repetido": "Se volvió a mandar un correo",
    "solicitud.copia_descargada": "Quien pidió descargó la copia",
    "solicitud.copia_preparada": "Se preparó una certificación",
    "certificacion.preparada": "Se preparó",
    "certificacion.cambiada": "Se corrigió el borrador",
    "certificacion.en_cotejo": "Se mandó a cotejo",
    "certificacion.cotejada": "Se cotejó: concuerda",
    "certificacion.con_discrepancia": "El cotejo halló discrepancias",
    "certificacion.devuelta": "Volvió a borrador",
    "certificacion.en_firma": "Se envió a firma",
    "certificacion.pendiente_de_sello": "Quedó pendiente de sello",
    "certificacion.expedida": "Se expidió",
    "certificacion.ejemplar_firmado": "Se agregó el ejemplar firmado",
    "certificacion.entregada": "Se entregó",
    "certificacion.cancelada": "Se canceló",
    "certificacion.sustituida": "Se sustituyó",
    "certificacion.desistida": "Se desistió de ella",
}


def nombre_de_suceso(clase: str) -> str:
    """En palabras; lo que no está en la tabla, con su propia clase."""
    return _NOMBRES.get(clase, clase.partition(".")[2].replace("_", " ").capitalize())
