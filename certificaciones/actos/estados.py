"""Los estados de una certificación: una clase por estado, con lo que se puede hacer desde él y quién puede hacerlo.

borrador → en_cotejo → cotejada → en_firma (→ pendiente_de_sello) → expedida; en_cotejo → con_discrepancia → borrador; de borrador a
pendiente_de_sello → desistida (no se consumió folio). La fila expedida ya no cambia: entregada, cancelada y sustituida se saben por las
filas que se le agregan.
"""

from typing import ClassVar

from archivo.identidad.puerta import ConPasos, Paso

PREPARAN = ("unidad_transparencia", "archivo_tramite", "archivo_concentracion", "archivo_historico", "certificacion", "titular")
COTEJAN = ("cotejo", "archivo_tramite", "archivo_concentracion", "archivo_historico", "certificacion", "titular")
CERTIFICAN = ("certificacion", "titular")
ENTREGAN = (*PREPARAN, "cotejo")


MANDAR_A_COTEJO = Paso("mandar_a_cotejo", "Mandar a cotejo", "en_cotejo", PREPARAN)
DAR_POR_COTEJADA = Paso("dar_por_cotejada", "Dar por cotejada", "cotejada", COTEJAN)
OBSERVAR = Paso("observar", "Señalar discrepancia", "con_discrepancia", COTEJAN, pide_motivo=True)
CORREGIR = Paso("corregir", "Corregir", "borrador", PREPARAN)
ENVIAR_A_FIRMA = Paso("enviar_a_firma", "Enviar a firma", "en_firma", (*PREPARAN, *COTEJAN))
EXPEDIR = Paso("expedir", "Expedir", "expedida", CERTIFICAN)
ESPERAR_SELLO = Paso("esperar_sello", "Dejar pendiente de sello", "pendiente_de_sello", CERTIFICAN)
DESISTIR = Paso("desistir", "Desistir", "desistida", (*PREPARAN, *COTEJAN), pide_motivo=True)
ENTREGAR = Paso("entregar", "Entregar", "entregada", ENTREGAN)
CANCELAR = Paso("cancelar", "Cancelar", "cancelada", CERTIFICAN, pide_motivo=True)
SUSTITUIR = Paso("sustituir", "Sustituir", "sustituida", CERTIFICAN, pide_motivo=True)


class Estado(ConPasos):
    """Un estado de la certificación: además, si el borrador se edita y qué dice de él la consulta pública.

    `se_consulta` es lo que ve quien verifica: vigente, cancelada o sustituida; vacío mientras no tiene folio.
    """

    se_edita: ClassVar[bool] = False
    se_consulta: ClassVar[str] = ""


class Borrador(Estado):
    """Se reúnen documentos y datos."""

    clave, nombre, se_edita = "borrador", "Borrador", True
    salidas = (MANDAR_A_COTEJO, DESISTIR)


class EnCotejo(Estado):
    """Alguien compara la copia con lo que el archivo guarda."""

    clave, nombre = "en_cotejo", "En cotejo"
    salidas = (DAR_POR_COTEJADA, OBSERVAR, DESISTIR)


class ConDiscrepancia(Estado):
    """El cotejo halló algo distinto; hay que corregir."""

    clave, nombre = "con_discrepancia", "Con discrepancia"
    salidas = (CORREGIR, DESISTIR)


class Cotejada(Estado):
    """La copia concuerda; falta el texto y el pago o su exención."""

    clave, nombre = "cotejada", "Cotejada"
    salidas = (ENVIAR_A_FIRMA, CORREGIR, DESISTIR)


class EnFirma(Estado):
    """Lista para que firme quien tiene facultad."""

    clave, nombre = "en_firma", "En firma"
    salidas = (EXPEDIR, ESPERAR_SELLO, CORREGIR, DESISTIR)


class PendienteDeSello(Estado):
    """Se quiso firmar y el sello de tiempo o la consulta del certificado no respondieron: no tiene folio todavía."""

    clave, nombre = "pendiente_de_sello", "Pendiente de sello"
    salidas = (EXPEDIR, ESPERAR_SELLO, CORREGIR, DESISTIR)


class Expedida(Estado):
    """Tiene folio y está en el registro: su fila ya no cambia."""

    clave, nombre, se_consulta = "expedida", "Expedida", "vigente"
    salidas = (ENTREGAR, CANCELAR, SUSTITUIR)


class Entregada(Estado):
    """Alguien la recibió, con constancia."""

    clave, nombre, se_consulta = "entregada", "Entregada", "vigente"
    salidas = (CANCELAR, SUSTITUIR)


class Cancelada(Estado):
    """Sin efectos; su folio y su fila permanecen, y otra puede ocupar su lugar."""

    clave, nombre, se_consulta = "cancelada", "Cancelada", "cancelada"
    salidas = (SUSTITUIR,)


class Sustituida(Estado):
    """Otra certificación ocupa su lugar."""

    clave, nombre, se_consulta = "sustituida", "Sustituida", "sustituida"


class Desistida(Estado):
    """No se expidió y no consumió folio."""

    clave, nombre = "desistida", "Desistida"


GUARDADOS = (Borrador, EnCotejo, ConDiscrepancia, Cotejada, EnFirma, PendienteDeSello, Expedida, Desistida)
DERIVADOS = (Entregada, Cancelada, Sustituida)
ESTADOS: dict[str, type[Estado]] = {e.clave: e for e in (*GUARDADOS, *DERIVADOS)}
EXPEDIDA = Expedida.clave
