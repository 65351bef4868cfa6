"""Encargar una exportación, juntar sus claves y escribirla cuando alguien la descarga."""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from archivo.identidad.puerta import ANONIMO, Usuario, lector_de
from archivo.indexacion.puerta import motor
from archivo.portal.puerta import Visita
from archivo.tareas.puerta import AccionImposible, Reintentar, avanzar, cancelado, cancelar
from buscador import direcciones
from buscador.exportacion.filas import registros
from buscador.exportacion.formatos import FORMATOS
from buscador.models import Exportacion
from buscador.models.exportacion import carpeta_de_exportaciones
from buscador.peticion import Peticion
from buscador.servicios import contar_documentos, pedido_entero
from search import SearchError

bitacora = logging.getLogger("archivo.busqueda")

SIN_MOTOR = "El buscador no contestó y la lista no se juntó completa. No se guardó nada; puede pedirla otra vez."
ENTRE_INTENTOS = timedelta(minutes=2)


def es_grande(peticion: Peticion, visita: Visita) -> int:
    """Cuántos documentos son, si pasan de lo que se entrega al momento; 0 si no."""
    total = contar_documentos(peticion, visita.lector)
    return total if total > settings.ACERVO_EXPORTACION_INMEDIATA else 0


def ahora_mismo(peticion: Peticion, formato: str, visita: Visita, base: str) -> Iterator[str] | Iterator[bytes]:
    """El archivo de una búsqueda corta, por trozos. Las claves se piden antes: si el motor falla, se dice en vez de cortar el archivo."""
    claves = list(chain.from_iterable(motor().export(pedido_entero(peticion, visita.lector))))
    return escribir(claves, formato, visita, base)


def escribir(claves: Iterable[str], formato: str, visita: Visita, base: str) -> Iterator[str] | Iterator[bytes]:
    """Esos documentos en ese formato: los que esa persona puede ver mientras se escribe."""
    return FORMATOS[formato].escribir(registros(claves, visita, base))


def nueva(peticion: Peticion, formato: str, usuario: Usuario | None) -> Exportacion:
    """La exportación por hacer. Quien llama la encarga a la cola."""
    consulta = direcciones.cola(peticion, pagina=1).removeprefix("?")
    return Exportacion.objects.create(consulta=consulta, formato=formato, usuario=usuario)


def juntar(pk: int) -> int:
    """Escribe las claves de la lista; puede correr dos veces. Devuelve cuántas, o 0 si ya no existe o se canceló.

    Raises:
        Reintentar: el motor dejó de contestar. Lo juntado se tira: una lista a medias no se entrega nunca.
    """
    exportacion = Exportacion.objects.select_related("usuario").filter(pk=pk).first()
    if exportacion is None:
        return 0
    exportacion.ruta.parent.mkdir(parents=True, exist_ok=True)
    provisional = exportacion.ruta.with_suffix(".parte")
    try:
        hechas = _juntar_en(provisional, exportacion)
    except SearchError as error:
        raise Reintentar(SIN_MOTOR, ENTRE_INTENTOS) from error
    finally:
        provisional.unlink(missing_ok=True)
    if hechas is None:
        return 0
    Exportacion.objects.filter(pk=pk).update(total=hechas, lista_en=timezone.now())
    return hechas


def _juntar_en(provisional: Path, exportacion: Exportacion) -> int | None:
    """Deja la lista completa en su lugar y dice cuántas claves tiene; None si se canceló a la mitad."""
    lector = lector_de(exportacion.usuario) if exportacion.usuario else ANONIMO
    peticion = direcciones.leer(QueryDict(exportacion.consulta)).peticion
    avanzar(0, contar_documentos(peticion, lector), "Juntando los resultados…")
    hechas = 0
    with provisional.open("w", encoding="ascii") as destino:
        for lote in motor().export(pedido_entero(peticion, lector)):
            destino.write("".join(f"{clave}\n" for clave in lote))
            hechas += len(lote)
            avanzar(hechas)
            if cancelado():
                return None
    provisional.replace(exportacion.ruta)
    return hechas


def desistir(exportacion: Exportacion, usuario: Usuario | None) -> None:
    """Quien la pidió ya no la quiere: se detiene donde vaya y no se guarda nada. Si ya estaba lista, sigue lista."""
    if exportacion.trabajo is None:
        return
    try:
        cancelar(exportacion.trabajo, usuario)
    except AccionImposible:
        bitacora.info("La exportación %s ya había terminado cuando se quiso cancelar", exportacion.pk)


def claves_de(exportacion: Exportacion) -> Iterator[str]:
    """Las claves que se juntaron, en su orden."""
    with exportacion.ruta.open(encoding="ascii") as origen:
        for renglon in origen:
            yield renglon.rstrip("\n")


def limpiar() -> int:
    """Borra las exportaciones vencidas y sus archivos; devuelve cuántas.

    También lo que nadie reclamaría: el archivo a medias de un trabajo que no terminó y el de una cuenta que ya se borró.
    """
    limite = timezone.now() - timedelta(days=settings.ACERVO_EXPORTACION_DIAS)
    vencidas = list(Exportacion.objects.filter(creada__lt=limite))
    for exportacion in vencidas:
        exportacion.ruta.unlink(missing_ok=True)
        exportacion.delete()
    for suelto in carpeta_de_exportaciones().glob("*"):
        if suelto.stat().st_mtime < limite.timestamp():
            suelto.unlink(missing_ok=True)
    return len(vencidas)
