"""Timbres: reciben una llave y llaman a su servicio."""

from django.tasks import task

from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo, avanzar, encargar
from memoria_anual.edicion.models import Memoria
from memoria_anual.edicion.servicios.publicacion import publicar, revisar_publicacion


@task(queue_name="pesada")
def publicar_memoria(pk: int, usuario: int | None) -> dict[str, str]:
    """Publica una memoria autorizada; puede correr dos veces."""
    actor = Usuario.objects.get(pk=usuario) if usuario else None
    edicion = publicar(Memoria.objects.get(pk=pk), actor, lambda n, total, dicho: avanzar(n, total, dicho))
    return {"huella": edicion.huella, "elemento": edicion.item.clave}


def encargar_publicacion(memoria: Memoria, actor: Usuario) -> Trabajo:
    """La encarga si procede, con su página de avance.

    Raises:
        CambioDeMemoriaRechazado: no está autorizada o no le toca.
    """
    revisar_publicacion(memoria, actor)
    return encargar(
        publicar_memoria, memoria.pk, actor.pk, descripcion=f"Publicar «{memoria}»", actor=actor, objeto=memoria.objeto
    )
