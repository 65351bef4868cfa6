"""Los estados de una solicitud de copias: una clase por estado, con los pasos que admite y quién puede darlos.

recibida → con_informacion → en_espera_pago → pagada → en_reproduccion → disponible → entregada; lo exento pasa de con_informacion a
en_reproduccion. Los demás estados de una solicitud de acceso (prevención, turno, Comité, recurso) se agregan aquí sin cambiar éstos.
"""

from typing import ClassVar

from archivo.identidad.puerta import ConPasos, Paso

UT = ("unidad_transparencia",)
PREPARAN = (*UT, "certificacion", "titular", "archivo_tramite")
ENTREGAN = (*PREPARAN, "cotejo")


LOCALIZAR = Paso("localizar", "Ya está todo en la canasta", "con_informacion", PREPARAN)
REABRIR_CANASTA = Paso("reabrir_canasta", "Volver a la canasta", "recibida", PREPARAN, pide_motivo=True)
COBRAR = Paso("cobrar", "Emitir orden de pago", "en_espera_pago", UT, solo_servicio=True)
EXIMIR = Paso("eximir", "Eximir del pago", "en_reproduccion", UT, solo_servicio=True)
ACREDITAR = Paso("acreditar", "Registrar el pago", "pagada", UT, solo_servicio=True)
REPRODUCIR = Paso("reproducir", "Empezar la copia", "en_reproduccion", PREPARAN, solo_servicio=True)
DISPONER = Paso("disponer", "La copia está lista", "disponible", ENTREGAN)
ENTREGAR = Paso("entregar", "Registrar la entrega", "entregada", ENTREGAN)
VENCER_PAGO = Paso("concluir_sin_pago", "Concluir por falta de pago", "concluida_sin_pago", UT, pide_motivo=True)
DESISTIR = Paso("desistir", "Registrar el desistimiento", "desistida", UT, pide_motivo=True)
NO_PROCEDE = Paso("no_procede", "No procede", "no_procede", UT, pide_motivo=True)


class Estado(ConPasos):
    """Un estado de la solicitud: además, cómo se explica a quien pidió."""

    para_quien_pide: ClassVar[str]
    admite_cambios: ClassVar[bool] = False
    tono: ClassVar[str] = "info"
    espera_a: ClassVar[tuple[str, ...]] = ()


class Recibida(Estado):
    """Entró; falta localizar lo pedido."""

    clave, nombre = "recibida", "Recibida"
    para_quien_pide = "Recibimos su solicitud y estamos localizando los documentos."
    salidas = (LOCALIZAR, NO_PROCEDE, DESISTIR)
    admite_cambios, tono, espera_a = True, "ojo", PREPARAN


class ConInformacion(Estado):
    """Lo pedido está localizado; falta saber si se paga."""

    clave, nombre = "con_informacion", "Localizada"
    para_quien_pide = "Localizamos los documentos. Estamos preparando el costo de las copias."
    salidas = (COBRAR, EXIMIR, REABRIR_CANASTA, NO_PROCEDE, DESISTIR)
    tono, espera_a = "ojo", UT


class EnEsperaDePago(Estado):
    """Se notificó el costo (LGTAIP 137)."""

    clave, nombre = "en_espera_pago", "En espera de pago"
    para_quien_pide = "Los documentos están disponibles. Falta que pague los derechos y nos entregue el comprobante."
    salidas = (ACREDITAR, EXIMIR, VENCER_PAGO, DESISTIR)


class Pagada(Estado):
    """El pago está acreditado."""

    clave, nombre = "pagada", "Pagada"
    para_quien_pide = "Recibimos su pago. Empezaremos las copias."
    salidas = (REPRODUCIR, DESISTIR)
    tono, espera_a = "ojo", ENTREGAN


class EnReproduccion(Estado):
    """Se copia, coteja y certifica."""

    clave, nombre = "en_reproduccion", "En reproducción"
    para_quien_pide = "Estamos copiando, cotejando y certificando los documentos."
    salidas = (DISPONER, DESISTIR)
    tono, espera_a = "ojo", ENTREGAN


class Disponible(Estado):
    """La copia espera a quien la pidió (LGTAIP 137)."""

    clave, nombre = "disponible", "Disponible"
    para_quien_pide = "Sus copias están listas."
    salidas = (ENTREGAR,)
    tono = "bien"


class Entregada(Estado):
    """Hay constancia de recibo."""

    clave, nombre = "entregada", "Entregada"
    para_quien_pide = "Las copias se entregaron."
    tono = "bien"


class ConcluidaSinPago(Estado):
    """Venció el plazo para pagar."""

    clave, nombre = "concluida_sin_pago", "Concluida sin pago"
    para_quien_pide = "Venció el plazo para pagar y la solicitud concluyó. Puede hacer otra."


class Desistida(Estado):
    """Quien pidió ya no la quiere."""

    clave, nombre = "desistida", "Desistida"
    para_quien_pide = "La solicitud terminó porque usted lo pidió."


class NoProcede(Estado):
    """Se contestó que no puede hacerse, con la razón."""

    clave, nombre = "no_procede", "No procede"
    para_quien_pide = "No podemos expedir la copia que pidió."
    tono = "mal"


ESTADOS_DE_SOLICITUD: dict[str, type[Estado]] = {
    e.clave: e
    for e in (
        Recibida,
        ConInformacion,
        EnEsperaDePago,
        Pagada,
        EnReproduccion,
        Disponible,
        Entregada,
        ConcluidaSinPago,
        Desistida,
        NoProcede,
    )
}
