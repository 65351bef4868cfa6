"""El árbol de Merkle de un registro, guardado por nodos llenos: agregar y probar cuestan lo que su altura, no lo que su tamaño.

Un intervalo `(desde, hasta)` de hojas se resuelve con los subárboles llenos que lo forman; un nodo es `(nivel, lugar)`.
"""

from collections.abc import Iterable

from django.db import connection

from certificaciones.registro.models import NodoDelArbol
from verificador.arbol import huella_de_nodo, plegar

Nodo = tuple[int, int]
Intervalo = tuple[int, int]
Huellas = dict[Nodo, bytes]
UNA_HOJA = "SELECT 0, indice, huella_de_hoja FROM registro_asiento WHERE registro = %s AND indice = %s"
UN_NODO = "SELECT nivel, indice, huella FROM registro_nododelarbol WHERE registro = %s AND nivel = %s AND indice = %s"


def _mitad(ancho: int) -> int:
    """La mayor potencia de dos menor que `ancho` (RFC 6962 §2.1)."""
    return 1 << ((ancho - 1).bit_length() - 1)


def nodos_llenos(intervalo: Intervalo) -> list[Nodo]:
    """Los subárboles llenos que forman el intervalo, de izquierda a derecha."""
    desde, hasta = intervalo
    nodos = []
    while desde < hasta:
        nivel = (hasta - desde).bit_length() - 1
        nodos.append((nivel, desde >> nivel))
        desde += 1 << nivel
    return nodos


def camino_de_inclusion(indice: int, tamano: int) -> list[Intervalo]:
    """Los intervalos hermanos desde la hoja hasta la raíz (RFC 6962 §2.1.1)."""
    desde, hasta, camino = 0, tamano, []
    while hasta - desde > 1:
        corte = desde + _mitad(hasta - desde)
        if indice < corte:
            camino.append((corte, hasta))
            hasta = corte
        else:
            camino.append((desde, corte))
            desde = corte
    return camino[::-1]


def camino_de_continuidad(antes: int, despues: int) -> list[Intervalo]:
    """Los intervalos que prueban que el árbol de `antes` hojas es el principio del de `despues` (RFC 6962 §2.1.2)."""
    desde, hasta, camino, entero = 0, despues, [], True
    while antes != hasta:
        corte = desde + _mitad(hasta - desde)
        if antes <= corte:
            camino.append((corte, hasta))
            hasta = corte
        else:
            camino.append((desde, corte))
            desde, entero = corte, False
    return ([] if entero else [(desde, hasta)]) + camino[::-1]


def leer(registro: str, nodos: Iterable[Nodo]) -> Huellas:
    """Las huellas de los nodos pedidos, en una consulta que los busca uno por uno en su índice; los que no existan faltan.

    Va en SQL porque armar la misma consulta con el ORM tarda más que contestarla.
    """
    partes: list[str] = []
    valores: list[str | int] = []
    for nivel, lugar in nodos:
        partes.append(UN_NODO if nivel else UNA_HOJA)
        valores += [registro, nivel, lugar] if nivel else [registro, lugar]
    if not partes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(partes), valores)
        return {(nivel, lugar): bytes.fromhex(huella) for nivel, lugar, huella in cursor.fetchall()}


def resolver(registro: str, intervalos: Iterable[Intervalo]) -> list[bytes]:
    """La huella de cada intervalo. `KeyError` si al árbol guardado le falta un nodo: `registro verificar` dirá cuál."""
    partes = [nodos_llenos(intervalo) for intervalo in intervalos]
    huellas = leer(registro, {nodo for nodos in partes for nodo in nodos})
    return [plegar([huellas[nodo] for nodo in nodos]) for nodos in partes]


def raiz(registro: str, tamano: int) -> bytes:
    """La raíz del árbol de las primeras `tamano` hojas."""
    return resolver(registro, [(0, tamano)])[0]


def crecer(cumbres: Huellas, indice: int, hoja: bytes) -> tuple[Huellas, bytes]:
    """Los nodos que se completan al agregar la hoja en `indice`, y la raíz nueva; `cumbres` son los llenos de antes."""
    llenos, nuevos, huella = dict(cumbres), {}, hoja
    nivel, lugar = 0, indice
    while lugar & 1:
        huella = huella_de_nodo(llenos.pop((nivel, lugar - 1)), huella)
        nivel, lugar = nivel + 1, lugar >> 1
        nuevos[nivel, lugar] = huella
    llenos[nivel, lugar] = huella
    return nuevos, plegar([llenos[nodo] for nodo in nodos_llenos((0, indice + 1))])


def agregar(registro: str, indice: int, hoja: bytes) -> bytes:
    """Guarda los nodos que completa la hoja de `indice` y devuelve la raíz con ella. Quien llama tiene el turno."""
    nuevos, nueva_raiz = crecer(leer(registro, nodos_llenos((0, indice))), indice, hoja)
    NodoDelArbol.objects.bulk_create(
        [NodoDelArbol(registro=registro, nivel=n, indice=i, huella=huella.hex()) for (n, i), huella in nuevos.items()]
    )
    return nueva_raiz
