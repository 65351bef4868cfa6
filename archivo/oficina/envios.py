"""Que un mismo envío no se guarde dos veces: doble clic, «atrás» y guardar otra vez, o repetir después de perder la conexión.

Cada formulario de alta lleva una ficha (`envio`). La primera vez que se guarda queda anotada en la misma transacción que el
elemento; repetida con lo mismo lleva al elemento que ya existe, y con otra cosa se pregunta antes de crear otro.
"""

import hashlib
import json
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from archivo.catalogo.puerta import CambioRechazado, Item
from archivo.oficina.models import EnvioDeCaptura

CAMPO = "envio"
GALLETA = "of_guardado"
"""Le dice al navegador qué captura ya se guardó, para que olvide su copia."""
_NO_ES_LO_ESCRITO = {"csrfmiddlewaretoken", CAMPO, "guardar_y_siguiente", "guardar_y_nuevo", "next"}


class EnvioRepetido(Exception):
    """Ese envío ya se guardó, con lo mismo: el elemento existe."""

    def __init__(self, item: Item) -> None:
        super().__init__(str(item))
        self.item = item


class OtroConLaMismaFicha(CambioRechazado):
    """Se volvió «atrás» tras guardar y se escribió otra cosa."""

    def __init__(self, item: Item) -> None:
        super().__init__(
            f"Este formulario ya se guardó como «{item.titulo}», y ahora dice otra cosa. Si es otro documento, guarde de nuevo y se "
            "creará. Si quería corregir aquél, ábralo desde la lista: aquí no se pierde lo escrito."
        )


def ficha_nueva() -> str:
    """Una ficha para un formulario en blanco."""
    return str(uuid.uuid4())


def ficha_de(datos: Any) -> uuid.UUID | None:
    """La que trae el envío; None si no trae o no es una ficha."""
    try:
        return uuid.UUID(datos.get(CAMPO, ""))
    except ValueError:
        return None


def huella_de_envio(datos: Any) -> str:
    """Resumen de lo escrito, sin lo que cambia solo de un envío a otro."""
    escrito = sorted((nombre, datos.getlist(nombre)) for nombre in datos if nombre not in _NO_ES_LO_ESCRITO)
    return hashlib.sha256(json.dumps(escrito, ensure_ascii=False).encode()).hexdigest()


def apartar(datos: Any, usuario: Any) -> EnvioDeCaptura | None:
    """Anota el envío dentro de la transacción que guarda; quien llama pone el elemento con `concluir`.

    Raises:
        EnvioRepetido: ya se guardó lo mismo.
        OtroConLaMismaFicha: ya se guardó otra cosa con esa ficha.
    """
    ficha = ficha_de(datos)
    if ficha is None:
        return None
    try:
        with transaction.atomic():
            return EnvioDeCaptura.objects.create(ficha=ficha, usuario=usuario, huella=huella_de_envio(datos))
    except IntegrityError:
        hecho = EnvioDeCaptura.objects.select_related("item").filter(ficha=ficha, usuario=usuario).first()
    if hecho is None or hecho.item is None:
        raise CambioRechazado("Este formulario ya no sirve para guardar. Ábralo de nuevo desde la lista.")
    raise (EnvioRepetido if hecho.huella == huella_de_envio(datos) else OtroConLaMismaFicha)(hecho.item)


def concluir(envio: EnvioDeCaptura | None, item: Item) -> None:
    """El elemento que salió de ese envío."""
    if envio is not None:
        EnvioDeCaptura.objects.filter(pk=envio.pk).update(item=item.pk)
