"""Sellos de tiempo RFC 3161 sobre los puntos de control, y su renovación antes de que venza el certificado de quien selló."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from certificaciones.registro.autoridad import Sellador, raices_de_los_sellos, sellador_de_la_casa
from certificaciones.registro.constancias import cadena_de_sellos, punto_de_control
from certificaciones.registro.errores import SinSelloDeTiempo
from certificaciones.registro.llaves import llave_de
from certificaciones.registro.models import Asiento, PuntoDeControl, Registro, SelloDeTiempo, SelloRenovado
from verificador.cadena import fallas_de_enlace, fallas_de_renovacion, segunda_huella_de_hojas, texto_de_renovacion
from verificador.prueba import Sello
from verificador.sello import SelloInvalido, comprobar_sello

AVISO = timedelta(days=365)
"""Cuánto antes de que venza el certificado de un sello hay que renovarlo, y cada cuánto se renueva en todo caso."""
REPOSO = timedelta(days=30)
"""Un sello recién puesto no se renueva, aunque su autoridad use certificados breves."""
RENOVACION = "sha512"


def _pedir(sellador: Sellador, texto: str, algoritmo: str) -> SelloDeTiempo:
    token = sellador(hashlib.new(algoritmo, texto.encode()).digest(), algoritmo)
    try:
        leido = comprobar_sello(token, texto.encode())
    except SelloInvalido as error:
        raise SinSelloDeTiempo(f"La autoridad de sellado contestó algo que no sirve: {error}") from error
    return SelloDeTiempo(texto=texto, token=base64.b64encode(token).decode(), momento=leido.momento, vence=leido.vence)


def sellar_punto(punto: PuntoDeControl, sellador: Sellador) -> SelloDeTiempo:
    """Pone un sello de tiempo al punto de control."""
    sello = _pedir(sellador, punto.nota, "sha256")
    sello.registro, sello.punto = punto.registro, punto
    sello.save()
    return sello


def por_renovar(registro: str, ahora: datetime | None = None) -> QuerySet[SelloDeTiempo]:
    """Los sellos sin renovar a cuyo certificado le queda menos de un año."""
    limite = (ahora or timezone.now()) + AVISO
    return SelloDeTiempo.objects.filter(registro=registro, renovado_por__isnull=True, vence__lt=limite)


def _primeras_hojas(registro: str, tamano: int) -> Iterator[str]:
    hojas = Asiento.objects.filter(registro=registro, indice__lt=tamano).order_by("indice").values_list("hoja", flat=True)
    return hojas.iterator(chunk_size=2_000)


def renovar(registro: str, sellador: Sellador) -> int:
    """Renueva con un solo sello los que tienen más de un año o vencen en menos de uno; devuelve cuántos.

    `SinSelloDeTiempo` si la autoridad sigue sellando con un certificado que no dura más que los que se renuevan.
    """
    ahora = timezone.now()
    viejos = SelloDeTiempo.objects.filter(registro=registro, renovado_por__isnull=True, momento__lt=ahora - REPOSO)
    pendientes = list(viejos.filter(Q(vence__lt=ahora + AVISO) | Q(momento__lt=ahora - AVISO)).order_by("id"))
    ultimo = punto_de_control(registro)
    if not pendientes or ultimo is None:
        return 0
    tokens = (base64.b64decode(sello.token) for sello in pendientes)
    hojas = segunda_huella_de_hojas(_primeras_hojas(registro, ultimo.tamano))
    nuevo = _pedir(sellador, texto_de_renovacion(llave_de(registro).nombre, ultimo.tamano, hojas, tokens), RENOVACION)
    if nuevo.vence <= max(sello.vence for sello in pendientes):
        raise SinSelloDeTiempo(
            "El certificado con que sella la autoridad no dura más que los sellos por renovar: pida a la autoridad uno nuevo, o cambie de autoridad."
        )
    with transaction.atomic():
        nuevo.registro = registro
        nuevo.save()
        SelloRenovado.objects.bulk_create([SelloRenovado(anterior=sello, nuevo=nuevo) for sello in pendientes])
    return len(pendientes)


def sellar_y_renovar(sellador: Sellador | None = None) -> dict[str, int]:
    """Lo de cada día: sella el último punto de lo expedido, si no lo está, y renueva lo que toque. Sin autoridad, no hace nada."""
    sellador = sellador or sellador_de_la_casa()
    if sellador is None:
        return {"sellados": 0, "renovados": 0}
    registro = Registro.EXPEDIDAS
    punto, sellados = punto_de_control(registro), 0
    if punto is not None and not punto.sellos.exists():
        sellar_punto(punto, sellador)
        sellados = 1
    return {"sellados": sellados, "renovados": renovar(registro, sellador)}


def estado() -> dict[str, Any]:
    """Lo que la salud del archivo dice del registro: hasta dónde está sellado y qué sellos hay que renovar."""
    punto = punto_de_control(Registro.EXPEDIDAS)
    sello = SelloDeTiempo.objects.filter(registro=Registro.EXPEDIDAS, punto__isnull=False).order_by("-punto__tamano").first()
    vencen = por_renovar(Registro.EXPEDIDAS).order_by("vence").values_list("vence", flat=True)
    primero = vencen.first()
    return {
        "asientos": punto.tamano if punto else 0,
        "sellados_hasta": sello.punto.tamano if sello and sello.punto else 0,
        "sellos_por_renovar": vencen.count(),
        "vence_el_primero": primero.isoformat() if primero else None,
    }


def _fallas_de_cadena(punto: PuntoDeControl, raices: Sequence[Any]) -> Iterable[str]:
    sellos = [Sello(sello.texto, base64.b64decode(sello.token)) for sello in cadena_de_sellos(punto)]
    lecturas = []
    for sello in sellos:
        try:
            leido = comprobar_sello(sello.token, sello.texto.encode(), raices)
        except SelloInvalido as error:
            return [str(error)]
        if raices and not leido.confiable:
            return [f"su sello de tiempo lo puso {leido.autoridad}, que no es una autoridad de confianza de esta institución"]
        lecturas.append((leido.momento, leido.vence))
    fallas = fallas_de_enlace(punto.nota, sellos, lecturas)
    return fallas if lecturas[-1][1] >= timezone.now() else [*fallas, "su último sello de tiempo venció sin renovarse"]


def fallas_de_los_sellos(registro: str) -> Iterator[tuple[int | None, str]]:
    """Cada punto sellado cuya cadena de sellos no se sostiene, y cada renovación que selló otras hojas, con el porqué."""
    raices = raices_de_los_sellos()
    for punto in PuntoDeControl.objects.filter(registro=registro, sellos__isnull=False).distinct().order_by("tamano").iterator():
        yield from ((punto.tamano, motivo) for motivo in _fallas_de_cadena(punto, raices))
    primeras = partial(_primeras_hojas, registro)
    for sello in SelloDeTiempo.objects.filter(registro=registro, punto__isnull=True).order_by("id").iterator():
        yield from ((None, motivo) for motivo in fallas_de_renovacion(sello.texto, primeras))
