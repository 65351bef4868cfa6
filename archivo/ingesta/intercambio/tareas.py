"""Timbres: reciben la llave de una carga y llaman a su servicio."""

from typing import Any

from django.db import transaction
from django.tasks import task

from archivo.ingesta.importacion.pedidos import PedidoImposible
from archivo.ingesta.intercambio.cargas import Estado, correr_carga
from archivo.ingesta.models import CargaDeDescripciones
from archivo.tareas.puerta import Trabajo, anotar_fallas, avanzar, cancelado, encargar


def _contar(hechas: int, total: int, mensaje: str) -> bool:
    avanzar(hechas, total, mensaje)
    return cancelado()


@task(queue_name="pesada")
def ensayar_carga(pk: int) -> dict[str, Any]:
    """Qué pasaría con una carga, sin dejar nada escrito. Puede correr dos veces."""
    return correr_carga(pk, _contar, ensayo=True)


@task(queue_name="pesada")
def importar_carga(pk: int) -> dict[str, Any]:
    """Importa una carga entera o nada. Puede correr dos veces; los archivos que faltaron son sus fallas."""
    cuentas = correr_carga(pk, _contar, ensayo=False)
    errores = CargaDeDescripciones.objects.get(pk=pk).recuento.get("errores", [])
    anotar_fallas((f"fila {e['fila']}", e["motivo"]) for e in errores)
    return cuentas


@transaction.atomic
def pedir_carga(carga: CargaDeDescripciones, usuario: Any, *, ensayo: bool) -> Trabajo:
    """Encarga el ensayo o la importación de una carga.

    Raises:
        PedidoImposible: ya hay un trabajo que la mueve, o no está ensayada.
    """
    actual = CargaDeDescripciones.objects.select_for_update().get(pk=carga.pk)
    recien = not actual.ensayo and not actual.motivo
    if actual.estado == Estado.IMPORTANDO or (actual.estado == Estado.ENSAYANDO and not (ensayo and recien)):
        raise PedidoImposible("Ya hay un trabajo en curso con este instrumento. Espere a que termine.")
    if not ensayo and actual.estado != Estado.ENSAYADA:
        raise PedidoImposible("Sólo se importa lo que se acaba de ensayar. Ensáyelo otra vez.")
    actual.estado = Estado.ENSAYANDO if ensayo else Estado.IMPORTANDO
    actual.save(update_fields=["estado"])
    tarea, verbo = (ensayar_carga, "Ensayar") if ensayo else (importar_carga, "Importar")
    return encargar(
        tarea,
        actual.pk,
        descripcion=f"{verbo} descripciones de «{actual.nombre}»",
        actor=usuario,
        objeto=f"descripciones:{actual.pk}",
    )


def trabajo_de_carga(carga: CargaDeDescripciones) -> Trabajo | None:
    """El último trabajo que se encargó de ella."""
    return Trabajo.objects.filter(objeto=f"descripciones:{carga.pk}").order_by("-pk").first()


def recuperar_carga(carga: CargaDeDescripciones) -> CargaDeDescripciones:
    """Si su trabajo falló o se canceló sin alcanzar a decirlo, lo dice ahora: nada queda «en curso» para siempre."""
    trabajo = trabajo_de_carga(carga)
    if carga.en_curso and trabajo is not None and trabajo.terminado:
        motivo = trabajo.error or "El trabajo se canceló."
        CargaDeDescripciones.objects.filter(pk=carga.pk, estado=carga.estado).update(estado=Estado.RECHAZADA, motivo=motivo)
        carga.refresh_from_db()
    return carga
