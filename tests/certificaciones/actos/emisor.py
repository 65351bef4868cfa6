"""Un proceso que expide: lo lanzan las pruebas de concurrencia y de muertes, con `CUANTAS` o `morir`.

Expide en el libro de ensayos copias de unos bytes cualesquiera: arriendo, archivo, transacción y asiento son los del producto.
"""

import json
import os
import signal
import sys

from django.db import connections
from django.utils import timezone

from certificaciones.actos import codigos
from certificaciones.actos.models import Certificacion, ReservaDeFolio
from certificaciones.actos.servicios import asiento, folios
from certificaciones.actos.servicios.asiento import asentar_emision
from certificaciones.actos.servicios.emision import Emision, TomoEnObra
from certificaciones.actos.servicios.libros import libro_de_ensayo
from certificaciones.actos.servicios.obra import obra_de
from certificaciones.actos.servicios.verificacion import huella_de

LUGARES = {
    "con el folio arrendado": (folios, "renovar"),
    "antes de guardar el archivo": (asiento, "guardar"),
    "antes de consumir el folio": (asiento, "consumir"),
    "antes de asentar en el registro": (asiento, "asentar"),
    "antes de confirmar": (asiento, "anotar"),
}


def morir_en(paso: str) -> int:
    """Un hijo expide y muere (SIGKILL) al llegar a ese paso; devuelve la señal que lo mató."""
    connections.close_all()
    hijo = os.fork()
    if hijo == 0:
        setattr(*LUGARES[paso], lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
        expedir_una(0)
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


def main() -> None:
    """`CUANTAS`: expide esas y escribe sus folios. `morir`: muere en cada paso, y escribe la señal y cuántas quedaron expedidas."""
    if sys.argv[1] != "morir":
        for n in range(int(sys.argv[1])):
            sys.stdout.write(f"{expedir_una(n)}\n")
            sys.stdout.flush()
        return
    muertes = {}
    for paso in LUGARES:
        muertes[paso] = [morir_en(paso), Certificacion.objects.expedidas().count(), ReservaDeFolio.objects.count()]
        ReservaDeFolio.objects.update(vence=timezone.now())
    sys.stdout.write(json.dumps(muertes))
