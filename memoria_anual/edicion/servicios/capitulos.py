"""Qué capítulos lleva una memoria y en qué orden: los de la plantilla son el punto de partida, no un molde."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from archivo.identidad.puerta import Usuario
from memoria_anual.edicion.models import Capitulo, Memoria
from memoria_anual.edicion.servicios.duplicacion import lo_escrito
from memoria_anual.edicion.servicios.memorias import anotar_editor, tomar_para_escribir
from memoria_anual.edicion.servicios.permisos import CambioDeMemoriaRechazado, anotar, con_constancia


@con_constancia("memoria.capitulo_agregado")
@transaction.atomic
def agregar_capitulo(memoria: Memoria, actor: Usuario | None, titulo: str) -> Capitulo:
    """Uno más, vacío, al final.

    Raises:
        CambioDeMemoriaRechazado: sin título, no le toca, o la memoria ya no se escribe.
    """
    fila = tomar_para_escribir(memoria, actor)
    if not titulo.strip():
        raise CambioDeMemoriaRechazado("Escriba el título del capítulo.")
    ultimo = fila.capitulos.aggregate(n=Max("orden"))["n"] or 0
    capitulo = Capitulo.objects.create(memoria=fila, orden=ultimo + 1, titulo=titulo.strip()[:200])
    anotar_editor(fila, actor)
    anotar("memoria.capitulo_agregado", fila.objeto, actor, capitulo=capitulo.orden, titulo=capitulo.titulo)
    return capitulo


@con_constancia("memoria.capitulo_movido")
@transaction.atomic
def mover_capitulo(memoria: Memoria, actor: Usuario | None, capitulo: Capitulo, *, hacia_arriba: bool) -> None:
    """Lo cambia de lugar con su vecino; en la orilla no hace nada.

    Raises:
        CambioDeMemoriaRechazado: no le toca, o la memoria ya no se escribe.
    """
    fila = tomar_para_escribir(memoria, actor)
    orden = [*fila.capitulos.values_list("pk", flat=True)]
    _exigir_que_siga(capitulo, orden)
    lugar = orden.index(capitulo.pk)
    otro = lugar - 1 if hacia_arriba else lugar + 1
    if 0 <= otro < len(orden):
        orden[lugar], orden[otro] = orden[otro], orden[lugar]
        _numerar(fila, orden)
        anotar_editor(fila, actor)
        anotar("memoria.capitulo_movido", fila.objeto, actor, titulo=capitulo.titulo, antes=lugar + 1, despues=otro + 1)


@con_constancia("memoria.capitulo_quitado")
@transaction.atomic
def quitar_capitulo(memoria: Memoria, actor: Usuario | None, capitulo: Capitulo) -> None:
    """Lo quita y numera los demás; lo que decía queda en la bitácora.

    Raises:
        CambioDeMemoriaRechazado: es el único, no le toca, o la memoria ya no se escribe.
    """
    fila = tomar_para_escribir(memoria, actor)
    _exigir_que_siga(capitulo, fila.capitulos.values_list("pk", flat=True))
    if fila.capitulos.count() < 2:
        raise CambioDeMemoriaRechazado("Una memoria lleva al menos un capítulo.")
    lugar, decia = capitulo.orden, lo_escrito(capitulo)
    fila.capitulos.filter(pk=capitulo.pk).delete()
    _numerar(fila, [*fila.capitulos.values_list("pk", flat=True)])
    anotar_editor(fila, actor)
    anotar("memoria.capitulo_quitado", fila.objeto, actor, capitulo=lugar, titulo=capitulo.titulo, decia=decia)


def _exigir_que_siga(capitulo: Capitulo, los_que_hay: Iterable[int]) -> None:
    if capitulo.pk not in los_que_hay:
        raise CambioDeMemoriaRechazado(f"«{capitulo.titulo}» ya no está: otra persona lo quitó.")


def _numerar(memoria: Memoria, orden: list[int]) -> None:
    """Del uno en adelante, en ese orden; por arriba de lo que hay mientras se mueven, que dos no caben en un lugar."""
    lejos = (memoria.capitulos.aggregate(n=Max("orden"))["n"] or 0) + 1
    for comienzo in (lejos, 1):
        for n, pk in enumerate(orden, comienzo):
            Capitulo.objects.filter(pk=pk).update(orden=n)
