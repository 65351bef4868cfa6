"""Timbres: reciben la clave de un ingreso y llaman al servicio."""

from datetime import timedelta
from typing import Any

from django.tasks import task

from archivo.identidad.puerta import Usuario
from archivo.ingesta.importacion.deshacer import deshacer
from archivo.ingesta.importacion.gestion import aplicar, ensayar
from archivo.ingesta.importacion.opciones import Resultado
from archivo.ingesta.models import Importacion, Ingreso
from archivo.ingesta.servicios import procesar
from archivo.objetos.puerta import SinEspacio
from archivo.tareas.puerta import Reintentar, avanzar, cancelado


@task(queue_name="pesada")
def procesar_ingreso(pk: int) -> dict[str, str | None]:
    """Lleva un ingreso hasta su veredicto: `{"estado", "motivo", "clave"}`. Puede correr dos veces."""
    try:
        ingreso = procesar(pk)
    except SinEspacio as lleno:
        raise Reintentar(str(lleno), en=timedelta(minutes=5)) from lleno
    if ingreso.estado == Ingreso.Estado.PROCESANDO:
        raise Reintentar("Otro proceso lo tiene; se revisará de nuevo.", en=timedelta(minutes=2))
    return {"estado": ingreso.estado, "motivo": ingreso.motivo, "clave": ingreso.item.clave if ingreso.item else None}


def _de_importacion(total: int) -> Any:
    def contar(resultado: Resultado) -> bool:
        avanzar(
            resultado.filas,
            max(total, resultado.filas) if total else None,
            f"{resultado.filas:,} filas leídas, {resultado.rechazadas:,} rechazadas",
        )
        return cancelado()

    return contar


@task(queue_name="pesada")
def ensayar_importacion(pk: int) -> dict[str, Any]:
    """Ensaya una importación; devuelve su recuento, con `fallas`: cuántas filas no entrarían. Puede correr dos veces."""
    recuento = ensayar(pk, _de_importacion(0))
    return recuento | {"fallas": recuento.get("rechazadas", 0)}


@task(queue_name="pesada")
def aplicar_importacion(pk: int) -> dict[str, Any]:
    """Importa de verdad; `fallas` son las filas que no entraron o entraron sin sus archivos. Puede correr dos veces, y morir a la mitad."""
    total = Importacion.objects.get(pk=pk).ensayo.get("filas", 0)
    recuento = aplicar(pk, _de_importacion(total))
    return recuento | {"fallas": recuento.get("rechazadas", 0) + recuento.get("problemas", 0)}


@task(queue_name="pesada")
def deshacer_importacion(pk: int, actor_id: int | None, motivo: str) -> dict[str, int]:
    """Deshace una importación; `fallas` son los elementos que se quedaron como están. Puede correr dos veces."""
    total = Importacion.objects.get(pk=pk).filas.filter(suerte="").count()

    def contar(hechas: int) -> bool:
        avanzar(hechas, total, f"{hechas:,} elementos revisados")
        return cancelado()

    cuentas = deshacer(pk, Usuario.objects.filter(pk=actor_id).first(), motivo, contar)
    return cuentas | {"fallas": cuentas["conservada"]}
