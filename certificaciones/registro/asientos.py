"""Asentar: agregar un renglón al registro, en la transacción de quien lo causa."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from certificaciones.registro import arbol
from certificaciones.registro.errores import ErrorDeRegistro
from certificaciones.registro.hojas import canonica
from certificaciones.registro.llaves import llave_de
from certificaciones.registro.models import HUELLA_INICIAL, Asiento, PuntoDeControl, Registro, TurnoDeRegistro
from verificador.arbol import huella_de_hoja
from verificador.nota import PuntoDeControl as PuntoFirmable


def eslabon(anterior: str, asiento: Asiento) -> str:
    """La huella que encadena un asiento: SHA-256 de la del anterior, su registro, su lugar, su momento (UTC) y su hoja."""
    momento = f"{asiento.momento.timestamp():.6f}"
    partes = (anterior, asiento.registro, str(asiento.indice), momento, asiento.evento, asiento.folio, asiento.hoja)
    return hashlib.sha256("\n".join(partes).encode()).hexdigest()


def _tomar_turno(registro: str) -> None:
    """Nadie más asienta en este registro hasta que la transacción en curso termine."""
    if registro not in Registro.values:
        raise ErrorDeRegistro(f"No hay un registro «{registro}»: use {' o '.join(Registro.values)}.")
    if not connection.in_atomic_block:
        raise ErrorDeRegistro("Asentar va dentro de la transacción de lo que se asienta: si ésta se deshace, nada se asentó.")
    if TurnoDeRegistro.objects.select_for_update().filter(pk=registro).first() is None:
        TurnoDeRegistro.objects.get_or_create(pk=registro)
        TurnoDeRegistro.objects.select_for_update().get(pk=registro)


def _siguiente(registro: str, hoja: dict[str, Any], momento: datetime) -> Asiento:
    ultimo = Asiento.objects.filter(registro=registro).order_by("-indice").first()
    texto = canonica(hoja)
    asiento = Asiento(
        registro=registro,
        indice=ultimo.indice + 1 if ultimo else 0,
        momento=momento,
        evento=hoja["t"],
        folio=hoja["folio"],
        hoja=texto,
        huella_de_hoja=huella_de_hoja(texto.encode()).hex(),
        anterior=ultimo.huella if ultimo else HUELLA_INICIAL,
    )
    asiento.huella = eslabon(asiento.anterior, asiento)
    return asiento


def _firmar_punto(registro: str, tamano: int, raiz: bytes) -> None:
    llave = llave_de(registro)
    nota = llave.firmar(PuntoFirmable(llave.nombre, tamano, raiz).como_texto())
    PuntoDeControl(registro=registro, tamano=tamano, raiz=raiz.hex(), nota=nota).save()


def asentar(registro: str, hoja: dict[str, Any]) -> Asiento:
    """Agrega la hoja al registro (`expedidas` o `ensayos`), crece el árbol y firma su punto de control.

    Va dentro de la transacción de quien llama, que desde aquí tiene el turno del registro hasta confirmar: conviene que sea lo
    último que haga. Lanza `HojaInvalida` (véase `hojas.canonica`), `LlavePerdida` o `ErrorDeRegistro`; nada queda a medias.
    """
    _tomar_turno(registro)
    asiento = _siguiente(registro, hoja, timezone.now())
    asiento.save()
    raiz = arbol.agregar(registro, asiento.indice, bytes.fromhex(asiento.huella_de_hoja))
    _firmar_punto(registro, asiento.indice + 1, raiz)
    return asiento
