"""Un proceso que expide: lo lanzan las pruebas de concurrencia y de muertes.

Expide en el libro de ensayos. Con `bytes`, copias de unos bytes cualesquiera (arriendo, archivo, transacción y asiento son los del
producto); con la clave de un elemento, la copia entera: se compone con sus originales y se firma.
"""

import json
import os
import signal
import sys
from functools import partial

from django.db import connections
from django.utils import timezone

from archivo.catalogo.puerta import Item
from certificaciones import firma
from certificaciones.actos import codigos
from certificaciones.actos.models import Certificacion, ReservaDeFolio
from certificaciones.actos.puerta import ensayar
from certificaciones.actos.servicios import asiento, composicion, ensayo, folios
from certificaciones.actos.servicios.asiento import asentar_emision
from certificaciones.actos.servicios.emision import Emision, TomoEnObra
from certificaciones.actos.servicios.libros import libro_de_ensayo
from certificaciones.actos.servicios.obra import obra_de
from certificaciones.actos.servicios.verificacion import huella_de
from certificaciones.copia import componer

BYTES = "bytes"
AL_ASENTAR = {
    "antes de guardar el archivo": (asiento, "depositar"),
    "antes de consumir el folio": (asiento, "consumir"),
    "antes de dar fila al archivo": (asiento, "dar_fila"),
    "antes de asentar en el registro": (asiento, "asentar"),
    "antes de confirmar": (asiento, "anotar"),
}
LUGARES = {"con el folio arrendado": (folios, "renovar")} | AL_ASENTAR
AL_COMPONER = {
    "antes de componer": (composicion, "componer"),
    "con el tomo escrito y sin medir": (componer, "_sha256"),
    "compuesta y sin firmar": (ensayo, "renovar"),
    "a punto de firmar": (firma, "firmar"),
    "firmada y sin anotar": (composicion, "constancia_de"),
}
LUGARES_REALES = AL_COMPONER | AL_ASENTAR
POCOS = ("con el tomo escrito y sin medir", "firmada y sin anotar", "antes de confirmar")


def morir_en(lugar, expedir) -> int:
    """Un hijo expide y muere (SIGKILL) al llegar a ese paso; devuelve la señal que lo mató."""
    connections.close_all()
    hijo = os.fork()
    if hijo == 0:
        setattr(*lugar, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
        expedir(0)
        os._exit(1)
    return os.WTERMSIG(os.waitpid(hijo, 0)[1])


def expedir_una(n: int) -> str:
    """Expide una copia de unos bytes cualesquiera y devuelve su folio."""
    borrador = Certificacion.objects.create(firma_tipo="ensayo", fojas=1)
    with (
        folios.arrendado(libro_de_ensayo(timezone.localdate().year), borrador.clave) as arriendo,
        obra_de(arriendo.testigo) as obra,
    ):
        copia = obra / "copia.pdf"
        copia.write_bytes(f"copia {os.getpid()}-{n}".encode())
        folios.renovar(arriendo)
        emision = Emision(
            certificacion=borrador.clave, version=borrador.modificado.isoformat(), libro_id=arriendo.libro.pk,
            consecutivo=arriendo.consecutivo, folio=arriendo.folio, testigo=arriendo.testigo, codigo=codigos.nuevo(),
            emitida=timezone.localtime().isoformat(timespec="seconds"), modo="ensayo", campos={"fojas": 1, "cargo": "Ensayo"},
            tomos=[TomoEnObra(1, str(copia), 1, 1, 1, huella_de(copia))],
        )  # fmt: skip
        return asentar_emision(emision, None).folio


def expedir_entera(clave: str, n: int) -> str:
    """La copia entera de un elemento, compuesta y firmada; devuelve su folio."""
    return ensayar(Item.objects.get(clave=clave)).certificacion.folio


def muertes_en(lugares, expedir):
    """Muere en cada paso: {paso: [señal, copias expedidas, folios arrendados]}."""
    muertes = {}
    for paso, lugar in lugares.items():
        muertes[paso] = [morir_en(lugar, expedir), Certificacion.objects.expedidas().count(), ReservaDeFolio.objects.count()]
        ReservaDeFolio.objects.update(vence=timezone.now())
    return muertes


def expedir_varias(expedir, cuantas) -> None:
    """Expide esas y escribe cada folio al darse, en un solo golpe: hay quien escribe a la vez."""
    for n in range(cuantas):
        os.write(sys.stdout.fileno(), f"{expedir(n)}\n".encode())


def a_la_vez(procesos, expedir, cuantas) -> int:
    """Tantos procesos como se pida expiden esas cada uno; devuelve cuántos no terminaron bien."""
    connections.close_all()
    hijos = []
    for _ in range(procesos):
        hijos.append(os.fork())
        if hijos[-1] == 0:
            expedir_varias(expedir, cuantas)
            os._exit(0)
    return sum(os.waitpid(hijo, 0)[1] != 0 for hijo in hijos)


def main() -> None:
    """`QUÉ CUÁNTAS PROCESOS`: cada proceso expide esas y escribe sus folios.

    `QUÉ morir [pocos]`: muere en cada paso (o en pocos), dice qué quedó y expide la que sigue.
    """
    que, cuantas, *resto = sys.argv[1:]
    expedir, lugares = (expedir_una, LUGARES) if que == BYTES else (partial(expedir_entera, que), LUGARES_REALES)
    if cuantas == "morir":
        elegidos = {paso: lugares[paso] for paso in (POCOS if resto else lugares)}
        sys.stdout.write(json.dumps({"muertes": muertes_en(elegidos, expedir), "siguiente": expedir(0)}))
    else:
        sys.exit(a_la_vez(int(resto[0]), expedir, int(cuantas)))
