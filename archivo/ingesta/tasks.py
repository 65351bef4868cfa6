"""Timbres: reciben la clave de un ingreso y llaman al servicio."""

from datetime import timedelta
from typing import Any

from django.tasks import task

from archivo.identidad.puerta import Usuario
from archivo.ingesta.importacion.deshacer import deshacer
from archivo.ingesta.importacion.gestion import aplicar, ensayar
from archivo.ingesta.importacion.opciones import LIMITE_DE_ERRORES, Resultado
from archivo.ingesta.importacion.servicio import Progreso
from archivo.ingesta.models import Importacion, Ingreso
from archivo.ingesta.servicios import procesar
from archivo.objetos.puerta import SinEspacio
from archivo.tareas.puerta import Reintentar, anotar_fallas, avanzar, cancelado


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


def _contador(total: int) -> Progreso:
    def contar(resultado: Resultado) -> bool:
        leidas = f"{resultado.filas:,} filas leídas, {resultado.rechazadas:,} rechazadas"
        avanzar(resultado.filas, max(total, resultado.filas) if total else None, leidas)
        return cancelado()

    return contar


@task(queue_name="pesada")
def ensayar_importacion(pk: int) -> dict[str, Any]:
    """Ensaya una importación y devuelve su recuento. Puede correr dos veces."""
    return ensayar(pk, _contador(0))


@task(queue_name="pesada")
def aplicar_importacion(pk: int) -> dict[str, Any]:
    """Importa de verdad y devuelve el recuento. Puede correr dos veces, y morir a la mitad."""
    return aplicar(pk, _contador(Importacion.objects.get(pk=pk).ensayo.get("filas", 0)))


@task(queue_name="pesada")
def deshacer_importacion(pk: int, actor_id: int | None, motivo: str) -> dict[str, int]:
    """Deshace una importación; lo que se quedó como está son sus fallas. Puede correr dos veces."""
    filas = Importacion.objects.get(pk=pk).filas
    total = filas.filter(suerte="").count()

    def contar(hechas: int) -> bool:
        avanzar(hechas, total, f"{hechas:,} elementos revisados")
        return cancelado()

    cuentas = deshacer(pk, Usuario.objects.filter(pk=actor_id or 0).first(), motivo, contar)
    conservadas = filas.filter(suerte="conservada").order_by("numero").values_list("numero", "motivo")
    anotar_fallas((f"fila {numero}", razon) for numero, razon in conservadas[:LIMITE_DE_ERRORES])
    return cuentas
