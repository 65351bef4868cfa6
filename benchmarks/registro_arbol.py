"""El registro con cien mil asientos: cuánto cuesta una prueba, una prueba de continuidad y un asiento más.

    python benchmarks/registro_arbol.py [--asientos 100000] [--veces 200]

Llena una base temporal con el registro de verdad (hojas, nodos y puntos de control firmados), y mide con el servicio del producto.
Termina con 1 si la mediana de una prueba pasa de 5 ms, o si asentar cuesta más del doble que con el registro casi vacío.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LIMITE_MS = 5.0
TRAMO = 5_000


def hoja(numero: int) -> dict[str, object]:
    return {
        "t": "emision",
        "folio": f"CC/{numero:06d}/2026",
        "sha256": f"{numero:064x}",
        "fojas": 9,
        "emitido": "2026-11-21T12:00:00-06:00",
        "firmante": "00001000000999999999",
    }


def medir(veces: int, hacer: Callable[[int], object]) -> float:
    """La mediana, en milisegundos."""
    tiempos = []
    for vez in range(veces):
        antes = time.perf_counter()
        hacer(vez)
        tiempos.append((time.perf_counter() - antes) * 1000)
    return statistics.median(tiempos)


def asentar_uno(numero: int) -> None:
    from django.db import transaction

    from certificaciones.registro.puerta import asentar

    with transaction.atomic():
        asentar("expedidas", hoja(numero))


def llenar(desde: int, hasta: int) -> None:
    """Agrega asientos por tramos con el mismo árbol que `asentar`; un punto de control por asiento."""
    from django.db import transaction
    from django.utils import timezone

    from certificaciones.registro import arbol
    from certificaciones.registro.asientos import _siguiente
    from certificaciones.registro.models import Asiento, NodoDelArbol, PuntoDeControl

    momento = timezone.now()
    cumbres = arbol.leer("expedidas", arbol.nodos_llenos((0, desde)))
    for inicio in range(desde, hasta, TRAMO):
        fin, asientos, nodos, puntos = min(hasta, inicio + TRAMO), [], [], []
        previo = _siguiente("expedidas", hoja(inicio), momento)
        for indice in range(inicio, fin):
            asiento = siguiente_de(previo, asientos, indice, momento)
            asientos.append(asiento)
            huella = bytes.fromhex(asiento.huella_de_hoja)
            nuevos, raiz = arbol.crecer(cumbres, indice, huella)
            llenos = cumbres | nuevos | {(0, indice): huella}
            cumbres = {nodo: llenos[nodo] for nodo in arbol.nodos_llenos((0, indice + 1))}
            puntos.append(punto_firmado(indice + 1, raiz))
            nodos += [NodoDelArbol(registro="expedidas", nivel=n, indice=i, huella=h.hex()) for (n, i), h in nuevos.items()]
        with transaction.atomic():
            Asiento.objects.bulk_create(asientos)
            NodoDelArbol.objects.bulk_create(nodos)
            PuntoDeControl.objects.bulk_create(puntos)


def punto_firmado(tamano: int, raiz: bytes):
    """El punto de control con esa raíz, firmado con la llave del registro."""
    from certificaciones.registro.llaves import llave_de
    from certificaciones.registro.models import PuntoDeControl
    from verificador.nota import PuntoDeControl as PuntoFirmable

    llave = llave_de("expedidas")
    nota = llave.firmar(PuntoFirmable(llave.nombre, tamano, raiz).como_texto())
    return PuntoDeControl(registro="expedidas", tamano=tamano, raiz=raiz.hex(), nota=nota)


def siguiente_de(previo, asientos, indice, momento):
    """El asiento que sigue, encadenado al anterior del tramo."""
    from certificaciones.registro.asientos import eslabon
    from certificaciones.registro.hojas import canonica
    from certificaciones.registro.models import Asiento
    from verificador.arbol import huella_de_hoja

    if not asientos:
        return previo
    texto, anterior = canonica(hoja(indice)), asientos[-1].huella
    asiento = Asiento(
        registro="expedidas", indice=indice, momento=momento, evento="emision", folio=hoja(indice)["folio"], hoja=texto,
        huella_de_hoja=huella_de_hoja(texto.encode()).hex(), anterior=anterior,
    )  # fmt: skip
    asiento.huella = eslabon(anterior, asiento)
    return asiento


def medidas(asientos: int, veces: int) -> dict[str, float]:
    from certificaciones.registro.models import Asiento
    from certificaciones.registro.puerta import prueba_de, prueba_de_continuidad, punto_de_control

    vacio = medir(veces, asentar_uno)
    llenar(veces, asientos)
    lleno = medir(veces, lambda vez: asentar_uno(asientos + vez))
    filas = list(Asiento.objects.filter(indice__in=[n * asientos // veces for n in range(veces)]))
    tamano = punto_de_control("expedidas").tamano
    return {
        "asentar_vacio_ms": vacio,
        "asentar_lleno_ms": lleno,
        "prueba_ms": medir(len(filas), lambda vez: prueba_de(filas[vez])),
        "continuidad_ms": medir(veces, lambda vez: prueba_de_continuidad("expedidas", 1 + vez * asientos // veces, tamano)),
    }


def main() -> int:
    opciones = argparse.ArgumentParser()
    opciones.add_argument("--asientos", type=int, default=100_000)
    opciones.add_argument("--veces", type=int, default=200)
    dadas = opciones.parse_args()
    with tempfile.TemporaryDirectory() as carpeta:
        os.environ |= {"ACERVO_DATOS": carpeta, "ACERVO_BASE": "", "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        hechas = medidas(dadas.asientos, dadas.veces)
    for nombre, valor in hechas.items():
        print(f"{nombre}: {valor:.2f}")
    return int(hechas["prueba_ms"] > LIMITE_MS or hechas["asentar_lleno_ms"] > 2 * hechas["asentar_vacio_ms"])


if __name__ == "__main__":
    sys.exit(main())
