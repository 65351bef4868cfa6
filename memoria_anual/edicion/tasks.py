"""Timbres: reciben una llave y llaman a su servicio."""

from collections.abc import Iterable
from typing import Any

from django.tasks import task

from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo, avanzar, en_curso, encargar
from memoria_anual.cortes.puerta import con_buscador
from memoria_anual.edicion.models import Memoria
from memoria_anual.edicion.servicios.memorias import cortar_y_poner, revisar_corte
from memoria_anual.edicion.servicios.publicacion import publicar, revisar_publicacion
from memoria_anual.edicion.servicios.recordatorios import mandar_recordatorio


@task(queue_name="pesada")
def publicar_memoria(pk: int, usuario: int | None) -> dict[str, str]:
    """Publica una memoria autorizada; puede correr dos veces."""
    actor = Usuario.objects.get(pk=usuario) if usuario else None
    edicion = publicar(Memoria.objects.get(pk=pk), actor, lambda n, total, dicho: avanzar(n, total, dicho))
    return {"huella": edicion.huella, "elemento": edicion.item.clave}


@task(queue_name="pesada")
def cortar_para_memoria(pk: int, usuario: int) -> dict[str, Any]:
    """Corta el periodo de una memoria y se lo pone. Repetirla hace otro corte: los cortes no se pisan."""
    with con_buscador():
        corte = cortar_y_poner(Memoria.objects.get(pk=pk), Usuario.objects.get(pk=usuario))
    return {"corte": corte.pk, "hash": corte.hash, "elementos": corte.elementos_total}


def encargar_corte_de(memoria: Memoria, actor: Usuario) -> Trabajo:
    """Lo encarga, con su página de avance; si ya lo pidió y no termina, da ese trabajo.

    Raises:
        CambioDeMemoriaRechazado: la memoria ya no se escribe o no le toca.
    """
    revisar_corte(memoria, actor)
    objeto = f"{memoria.objeto}:corte"
    return en_curso(objeto, actor=actor) or encargar(
        cortar_para_memoria, memoria.pk, actor.pk, descripcion=f"Cortar las cifras de «{memoria}»", actor=actor, objeto=objeto
    )


@task()
def enviar_recordatorio(pk: int) -> str:
    """Manda un recordatorio por correo; puede correr dos veces."""
    return mandar_recordatorio(pk)


def enviar_recordatorios(llaves: Iterable[int]) -> None:
    """Los encarga, uno por tarea: si uno no sale, los demás sí."""
    for pk in llaves:
        enviar_recordatorio.enqueue(pk)


def encargar_publicacion(memoria: Memoria, actor: Usuario) -> Trabajo:
    """La encarga si procede, con su página de avance; si ya se está publicando, da ese trabajo.

    Raises:
        CambioDeMemoriaRechazado: no está autorizada o no le toca.
    """
    revisar_publicacion(memoria, actor)
    return en_curso(memoria.objeto) or encargar(
        publicar_memoria, memoria.pk, actor.pk, descripcion=f"Publicar «{memoria}»", actor=actor, objeto=memoria.objeto
    )
