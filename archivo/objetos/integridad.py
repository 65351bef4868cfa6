"""Verificar que los originales siguen siendo los mismos bytes, y decir cuáles no. Memoria constante."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.objetos.deposito import TROZO, deposito
from archivo.objetos.models import ObjetoDigital, ObjetoDigitalQuerySet

PLAZO = timedelta(days=90)
LOTE = 200


@dataclass(frozen=True)
class Revision:
    """El resultado de un objeto: `motivo` vacío es que está íntegro. `ruta` relativa al depósito."""

    sha256: str
    ruta: str
    motivo: str


def _motivo(ruta: Path, objeto: ObjetoDigital) -> str:
    if not ruta.is_file():
        return "falta el archivo"
    tamano = ruta.stat().st_size
    if tamano != objeto.bytes:
        return f"mide {tamano} bytes y debe medir {objeto.bytes}"
    suma = hashlib.sha256()
    with ruta.open("rb") as abierto:
        while trozo := abierto.read(TROZO):
            suma.update(trozo)
    return "" if suma.hexdigest() == objeto.sha256 else "el contenido cambió: su SHA-256 es otro"


def revisar(objeto: ObjetoDigital) -> Revision:
    """Lee el original completo y lo compara con lo registrado; no escribe nada."""
    almacen = deposito()
    ruta = almacen.ruta(objeto.sha256)
    try:
        motivo = _motivo(ruta, objeto)
    except OSError as error:
        motivo = f"no se pudo leer: {error.strerror}"
    return Revision(objeto.sha256, str(ruta.relative_to(almacen.raiz)), motivo)


def por_revisar(*, todo: bool) -> ObjetoDigitalQuerySet:
    """Todos, o los que nadie ha revisado en 90 días."""
    if todo:
        return ObjetoDigital.objects.all()
    return ObjetoDigital.objects.filter(Q(verificado_en__isnull=True) | Q(verificado_en__lt=timezone.now() - PLAZO))


def en_lotes(consulta: ObjetoDigitalQuerySet) -> Iterator[ObjetoDigital]:
    """Recorre por clave, en lotes: no sostiene una transacción ni crece con el archivo."""
    ultimo = 0
    while lote := list(consulta.filter(pk__gt=ultimo).order_by("pk")[:LOTE]):
        yield from lote
        ultimo = lote[-1].pk


def verificar(objetos: Iterable[ObjetoDigital]) -> Iterator[Revision]:
    """Revisa cada objeto, anota el resultado en él (y un suceso por falla) y lo entrega."""
    for objeto in objetos:
        revision = revisar(objeto)
        estado = ObjetoDigital.Integridad.FALLA if revision.motivo else ObjetoDigital.Integridad.CORRECTO
        ObjetoDigital.objects.filter(pk=objeto.pk).update(
            integridad=estado, motivo=revision.motivo[:200], verificado_en=timezone.now()
        )
        if revision.motivo:
            detalle = {"ruta": revision.ruta}
            registrar(
                SucesoNuevo(clase="objeto.falla", objeto=f"objeto:{objeto.sha256}", motivo=revision.motivo, detalle=detalle)
            )
        yield revision


def huerfanos() -> Iterator[str]:
    """Nombres en el depósito que ninguna fila nombra: restos de una ingesta interrumpida o archivos ajenos."""
    almacen = deposito()
    for nombres in almacen.nombres():
        conocidos = set(ObjetoDigital.objects.filter(sha256__in=nombres).values_list("sha256", flat=True))
        yield from (nombre for nombre in nombres if nombre not in conocidos)
