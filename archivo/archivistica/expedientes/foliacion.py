"""Foliar un documento que entró sin fojas: recibe las que siguen a las últimas, una sola vez."""

from django.db import transaction

from archivo.archivistica.expedientes.apertura import bloquear, exigir_gestion
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.fojas import rango_escrito
from archivo.archivistica.expedientes.integracion import (
    Documento,
    contar,
    exigir_abierto,
    fojas_de,
    paginas_de,
    rango_de,
    ultima_foja,
)
from archivo.archivistica.expedientes.sucesos import anotar, con_constancia
from archivo.archivistica.models import Expediente, Integracion
from archivo.catalogo.puerta import puede_ver_ficha
from archivo.identidad.puerta import Usuario, lector_de


@con_constancia("foliado")
@transaction.atomic
def foliar(integracion: Integracion, como: Documento, actor: Usuario | None) -> Integracion:
    """Da fojas, en el último legajo, a un documento integrado sin ellas. Las de los demás no cambian.

    `como`: cuántas (`fojas`) o cuáles lleva escritas (`foja_inicial`, `foja_final`); sin unas ni otras, las que den sus páginas
    según `caras`.

    Raises:
        ExpedienteRechazado: ya tiene fojas, ya no está ahí, el expediente no está abierto o no lleva papel, o no siguen a las últimas.
    """
    fila = bloquear(integracion.expediente)
    exigir_gestion(fila, actor)
    exigir_abierto(fila)
    actual = _sin_fojas(fila, integracion, actor)
    fojas = fojas_de(paginas_de([actual.item])[actual.item_id], como.caras) if como.fojas is None else como.fojas
    pedido = Documento(actual.item, fojas, como.foja_inicial, como.foja_final, como.caras)
    rango = rango_de(fila, pedido, ultima_foja(fila), 0)
    if rango is None:
        raise ExpedienteRechazado(f"Escriba cuántas {fila.regla.unidades} tiene el documento: al menos una.")
    actual.legajo, (actual.foja_inicial, actual.foja_final), actual.caras = fila.legajos.latest("n"), rango, como.caras
    actual.save(update_fields=["legajo", "foja_inicial", "foja_final", "caras"])
    contar(fila)
    razon = f"Un documento, {fila.regla.unidades} {rango_escrito(*rango)}"
    anotar(fila, "foliado", actor, detalle={"documento": actual.item.clave, "fojas": list(rango), "razon": razon})
    return actual


def _sin_fojas(fila: Expediente, integracion: Integracion, actor: Usuario | None) -> Integracion:
    actual = fila.integraciones.vigentes().select_related("item").filter(pk=integracion.pk).first()
    if actual is None or (actor is not None and not puede_ver_ficha(lector_de(actor), actual.item)):
        raise ExpedienteRechazado("El documento no está en ese expediente. Recargue la página.")
    if actual.foja_inicial is not None and actual.foja_final is not None:
        escrito = rango_escrito(actual.foja_inicial, actual.foja_final)
        raise ExpedienteRechazado(f"El documento ya tiene {fila.regla.unidades}: {escrito}. No se renumeran.")
    if not fila.lleva_papel:
        raise ExpedienteRechazado(
            f"El expediente es electrónico y no lleva {fila.regla.unidades} en papel. Cambie su soporte a «papel y electrónico»."
        )
    return actual
