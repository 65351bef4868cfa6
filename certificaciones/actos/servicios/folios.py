"""El folio que sigue: un arriendo breve y de uno solo. Nada se consume hasta que se expide.

El folio se imprime y se firma, así que hay que conocerlo antes de que exista; pero sólo la transacción que expide lo consume.
"""

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from archivo.identidad.puerta import Usuario
from certificaciones.actos.errores import ActoRechazado, LibroOcupado, ReservaPerdida
from certificaciones.actos.models import LibroCertificacion, ReservaDeFolio

PAUSA = (0.03, 0.15)
PACIENCIA = 6
"""Cuántas vigencias de reserva se espera a que otra expedición termine."""


@dataclass(frozen=True)
class Arriendo:
    """El folio arrendado: libro, número y el testigo que prueba de quién es."""

    libro: LibroCertificacion
    consecutivo: int
    testigo: str

    @property
    def folio(self) -> str:
        """Como se imprime."""
        return self.libro.folio(self.consecutivo)


def vigencia() -> timedelta:
    """Lo que dura una reserva sin señales de quien la tiene."""
    return timedelta(seconds=settings.ACERVO_RESERVA_DE_FOLIO_SEGUNDOS)


def _ocupada(libro: LibroCertificacion, para: str) -> ReservaDeFolio | None:
    """La reserva de otra certificación que sigue viva. La de la misma se puede retomar: quien la tenía la pierde."""
    ajenas = ReservaDeFolio.objects.filter(libro=libro, vence__gt=timezone.now()).exclude(para=para)
    return ajenas.select_related("titular").first()


def _intentar(libro_id: int, para: str, titular: Usuario | None) -> Arriendo | None:
    with transaction.atomic():
        libro = LibroCertificacion.objects.select_for_update().get(pk=libro_id)
        if libro.cerrado_en is not None:
            raise ActoRechazado(f"{libro} está cerrado y no da folios. Abra el libro que sigue.")
        if _ocupada(libro, para):
            return None
        ultimo = libro.certificaciones.aggregate(ultimo=Max("consecutivo"))["ultimo"] or 0
        datos = {"consecutivo": ultimo + 1, "testigo": secrets.token_hex(16), "titular": titular, "para": para}
        reserva, _ = ReservaDeFolio.objects.update_or_create(
            libro=libro, defaults=datos | {"tomada_en": timezone.now(), "vence": timezone.now() + vigencia()}
        )
        return Arriendo(libro, reserva.consecutivo, reserva.testigo)


def arrendar(libro: LibroCertificacion, para: str, titular: Usuario | None = None) -> Arriendo:
    """El folio que sigue, para esa certificación. Espera su turno; `LibroOcupado` si no llega.

    Con la misma `para`, quita el arriendo a quien lo tuviera: repetir una expedición interrumpida no espera.
    """
    limite = time.monotonic() + PACIENCIA * vigencia().total_seconds()
    while True:
        ocupada = _ocupada(libro, para)
        if ocupada is None and (arriendo := _intentar(libro.pk, para, titular)):
            return arriendo
        if time.monotonic() > limite:
            quien = f" por {ocupada.titular}" if ocupada and ocupada.titular else ""
            raise LibroOcupado(f"{libro} está ocupado{quien}. Espere un momento y repita: no se consumió ningún folio.")
        time.sleep(random.uniform(*PAUSA))  # noqa: S311


def renovar(arriendo: Arriendo) -> None:
    """Da otra vigencia completa; `ReservaPerdida` si ya es de otra."""
    suya = ReservaDeFolio.objects.filter(libro=arriendo.libro, testigo=arriendo.testigo)
    if not suya.update(vence=timezone.now() + vigencia()):
        raise ReservaPerdida(f"El folio {arriendo.folio} se reservó a otra expedición porque ésta tardó. Repita la suya.")


def soltar(testigo: str) -> None:
    """Deja libre el folio, si todavía era de ese testigo."""
    ReservaDeFolio.objects.filter(testigo=testigo).delete()


def consumir(libro: LibroCertificacion, testigo: str) -> None:
    """Dentro de la transacción que expide: comprueba que el arriendo sigue siendo suyo y lo quita."""
    LibroCertificacion.objects.select_for_update().get(pk=libro.pk)
    if not ReservaDeFolio.objects.filter(libro=libro, testigo=testigo).delete()[0]:
        raise ReservaPerdida("El folio reservado venció y otra expedición lo tomó. Repita: no se consumió ninguno.")


@contextmanager
def arrendado(libro: LibroCertificacion, para: str, titular: Usuario | None = None) -> Iterator[Arriendo]:
    """El folio mientras dura el bloque; si algo falla, queda libre en el acto."""
    arriendo = arrendar(libro, para, titular)
    try:
        yield arriendo
    finally:
        soltar(arriendo.testigo)
