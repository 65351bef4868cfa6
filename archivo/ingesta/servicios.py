"""Recibir archivos, procesarlos y decidir sobre los que quedaron en cuarentena."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import NIVELES, CambioRechazado, Item, tipo_de
from archivo.identidad.puerta import Area, Usuario, lector_de
from archivo.ingesta import buzon
from archivo.ingesta.models import ABANDONO, Ingreso
from archivo.ingesta.tuberia import recorrer
from archivo.ingesta.veredictos import Rechazo, Veredicto, YaEstaba
from archivo.objetos.puerta import FallaAislada, SinEspacio

registro = logging.getLogger(__name__)
INTENTOS = 3


@dataclass(frozen=True)
class Pedido:
    """Qué se quiere de un archivo. Con `destino`, se cuelga de ese elemento con ese papel; si no, se cataloga uno nuevo."""

    actor: Usuario | None = None
    tipo: str = "publicacion"
    acceso: str = "interno"
    publicar: bool = False
    destino: Item | None = None
    rol: str = "original"
    area: Area | None = None


def recibir(archivo: BinaryIO | Path, nombre: str, pedido: Pedido) -> Ingreso:
    """Guarda el archivo en el buzón y abre su ingreso. Lo vacío, lo enorme y lo que no cabe en disco nace rechazado.

    Lanza `TipoDesconocido` o `CambioRechazado` si el pedido está mal (nada se guarda) y `OSError` si no se puede leer.
    """
    tipo_de(pedido.tipo)
    if pedido.acceso not in NIVELES:
        raise CambioRechazado(f"No existe el nivel de acceso «{pedido.acceso}». Use uno de: {', '.join(NIVELES)}.")
    if isinstance(archivo, Path):
        with archivo.open("rb") as abierto:
            return recibir(abierto, nombre, pedido)
    ingreso = Ingreso(nombre=buzon.nombre_legible(nombre), **_del_pedido(pedido))
    try:
        ingreso.ruta, ingreso.sha256, ingreso.bytes = buzon.depositar(archivo)
    except (Rechazo, SinEspacio) as motivo:
        ingreso.estado, ingreso.motivo = Ingreso.Estado.RECHAZADO, str(motivo)
    ingreso.save()
    return ingreso


def _del_pedido(pedido: Pedido) -> dict[str, object]:
    campos = ("actor", "tipo", "acceso", "publicar", "destino", "rol", "area")
    dichos: dict[str, object] = {campo: getattr(pedido, campo) for campo in campos}
    return dichos if pedido.area else dichos | {"area": _area_de(pedido.actor)}


def _area_de(actor: Usuario | None) -> Area | None:
    """El área de quien ingresa, si sólo tiene una: sin área, ella misma no vería su borrador."""
    areas = [rol.area_id for rol in lector_de(actor).roles] if actor else []
    unica = areas[0] if len(set(areas)) == 1 else None
    return Area.objects.get(pk=unica) if unica is not None else None


def _tomar(pk: int) -> bool:
    """Aparta el ingreso para este proceso; False si otro lo tiene o ya tiene veredicto."""
    libre = Q(estado=Ingreso.Estado.RECIBIDO) | Q(estado=Ingreso.Estado.PROCESANDO, movido__lt=timezone.now() - ABANDONO)
    return bool(
        Ingreso.objects.filter(libre, pk=pk).update(
            estado=Ingreso.Estado.PROCESANDO, movido=timezone.now(), intentos=F("intentos") + 1
        )
    )


def procesar(pk: int) -> Ingreso:
    """Recorre el camino completo y deja el veredicto. Se puede repetir, y matar en cualquier punto.

    Lanza `SinEspacio` si el disco se llena (el archivo sigue en el buzón y se puede repetir) y `DatabaseError`.
    """
    if not _tomar(pk):
        return Ingreso.objects.get(pk=pk)
    ingreso = Ingreso.objects.select_related("actor", "destino", "area").get(pk=pk)
    try:
        _con_veredicto(ingreso)
    except (SinEspacio, DatabaseError):
        Ingreso.objects.filter(pk=pk, estado=Ingreso.Estado.PROCESANDO).update(estado=Ingreso.Estado.RECIBIDO)
        raise
    return ingreso


def _con_veredicto(ingreso: Ingreso) -> None:
    ruta = ingreso.ruta
    try:
        if ingreso.intentos > INTENTOS:
            raise FallaAislada("caida", f"{INTENTOS} intentos interrumpidos")
        recorrer(ingreso)
        buzon.retirar(ruta)
    except YaEstaba as veredicto:
        _cerrar_duplicado(ingreso, veredicto)
    except Veredicto as veredicto:
        _cerrar(ingreso, veredicto.estado, str(veredicto))
    except FallaAislada as falla:
        _cerrar(ingreso, Ingreso.Estado.CUARENTENA, falla.motivo)
    except (SinEspacio, DatabaseError):
        raise
    except Exception:  # noqa: BLE001 - frontera: un archivo raro no detiene a los demás ni se pierde
        registro.exception("Falla interna al procesar el ingreso %s", ingreso.pk)
        _cerrar(
            ingreso,
            Ingreso.Estado.CUARENTENA,
            "Hubo una falla nuestra al procesarlo; el archivo está a salvo. Avise a quien administra.",
        )


def _cerrar_duplicado(ingreso: Ingreso, veredicto: YaEstaba) -> None:
    adjunto = veredicto.adjunto
    ingreso.estado, ingreso.motivo = Ingreso.Estado.DUPLICADO, str(veredicto)
    ingreso.objeto, ingreso.item, ingreso.paginas, ingreso.mime = (
        adjunto.objeto,
        adjunto.item,
        adjunto.objeto.paginas,
        adjunto.objeto.mime,
    )
    ruta, ingreso.ruta = ingreso.ruta, ""
    ingreso.save()
    buzon.retirar(ruta)


def _cerrar(ingreso: Ingreso, estado: str, motivo: str) -> None:
    """Primero los bytes están en su nuevo lugar, luego la fila lo dice y al final se borran los del viejo."""
    vieja = ingreso.ruta
    ingreso.estado, ingreso.motivo, ingreso.objeto, ingreso.item = estado, motivo, None, None
    ingreso.ruta = buzon.apartar(ingreso) if estado == Ingreso.Estado.CUARENTENA else ""
    with transaction.atomic():
        ingreso.save()
        detalle = {"nombre": ingreso.nombre, "sha256": ingreso.sha256, "bytes": ingreso.bytes}
        registrar(
            SucesoNuevo(
                clase=f"ingreso.{estado}", objeto=f"ingreso:{ingreso.pk}", actor=ingreso.actor, motivo=motivo, detalle=detalle
            )
        )
    if ingreso.ruta != vieja:
        buzon.retirar(vieja)


def rechazar(ingreso: Ingreso, motivo: str) -> Ingreso:
    """Cierra un ingreso sin veredicto cuyo archivo no se pudo guardar (disco lleno); quien lo envió lo conserva."""
    if not ingreso.terminado:
        _cerrar(ingreso, Ingreso.Estado.RECHAZADO, motivo)
    return ingreso


def abrir_cuarentena(ingreso: Ingreso, actor: Usuario | None) -> BinaryIO:
    """Los bytes de un archivo en cuarentena, para que una persona los descargue; queda escrito. Nunca se muestran en línea."""
    detalle = {"nombre": ingreso.nombre, "sha256": ingreso.sha256}
    registrar(SucesoNuevo(clase="ingreso.descargado", objeto=f"ingreso:{ingreso.pk}", actor=actor, detalle=detalle))
    return ingreso.archivo.open("rb")


@transaction.atomic
def reintentar(ingreso: Ingreso, actor: Usuario | None) -> Ingreso:
    """Devuelve al camino un archivo en cuarentena (porque cambió un límite o un lector). Quien llama encarga `procesar_ingreso`.

    Si nadie lo encarga, o el proceso muere antes, lo toma `reanudar`.
    """
    vueltos = Ingreso.objects.filter(pk=ingreso.pk, estado=Ingreso.Estado.CUARENTENA).update(
        estado=Ingreso.Estado.RECIBIDO, motivo="", avisos=[], intentos=0, movido=timezone.now()
    )
    if not vueltos:
        raise CambioRechazado("Sólo se vuelve a revisar lo que está en cuarentena.")
    registrar(SucesoNuevo(clase="ingreso.reintentado", objeto=f"ingreso:{ingreso.pk}", actor=actor))
    ingreso.refresh_from_db()
    return ingreso


def descartar(ingreso: Ingreso, actor: Usuario | None, motivo: str) -> Ingreso:
    """Una persona decide que lo que está en cuarentena no entra: queda rechazado con su motivo y los bytes se borran."""
    if not motivo.strip():
        raise CambioRechazado("Escriba por qué se descarta el archivo.")
    ingreso.refresh_from_db()
    if ingreso.estado != Ingreso.Estado.CUARENTENA:
        raise CambioRechazado("Sólo se descarta lo que está en cuarentena.")
    ingreso.actor = actor or ingreso.actor
    _cerrar(ingreso, Ingreso.Estado.RECHAZADO, f"Descartado: {motivo.strip()}")
    return ingreso


def reanudar(maximo: int = 20) -> int:
    """Procesa hasta `maximo` ingresos que un proceso muerto dejó a medias y barre restos. Devuelve cuántos terminó."""
    buzon.barrer()
    abandonados = list(Ingreso.objects.abandonados().order_by("pk").values_list("pk", flat=True)[:maximo])
    return sum(procesar(pk).terminado for pk in abandonados)
