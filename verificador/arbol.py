"""El árbol de Merkle de RFC 6962 (algoritmos de comprobación de RFC 9162 §2.1), con SHA-256 y sólo la biblioteca estándar."""

import hashlib
from collections.abc import Iterable, Sequence

RAIZ_VACIA = hashlib.sha256(b"").digest()


def huella_de_hoja(datos: bytes) -> bytes:
    """La huella de una hoja: SHA-256 de 0x00 y sus bytes."""
    return hashlib.sha256(b"\x00" + datos).digest()


def huella_de_nodo(izquierda: bytes, derecha: bytes) -> bytes:
    """La huella de un nodo interior: SHA-256 de 0x01 y sus dos hijos."""
    return hashlib.sha256(b"\x01" + izquierda + derecha).digest()


def plegar(cumbres: Sequence[bytes]) -> bytes:
    """La raíz, dadas las huellas de los subárboles llenos de izquierda a derecha."""
    if not cumbres:
        return RAIZ_VACIA
    raiz = cumbres[-1]
    for cumbre in reversed(cumbres[:-1]):
        raiz = huella_de_nodo(cumbre, raiz)
    return raiz


def raiz_de(hojas: Iterable[bytes]) -> bytes:
    """La raíz de las huellas de hoja dadas, en una pasada y con memoria logarítmica."""
    cumbres: list[tuple[int, bytes]] = []
    for huella in hojas:
        nivel = 0
        while cumbres and cumbres[-1][0] == nivel:
            huella = huella_de_nodo(cumbres.pop()[1], huella)
            nivel += 1
        cumbres.append((nivel, huella))
    return plegar([huella for _, huella in cumbres])


def incluye(hoja: bytes, indice: int, tamano: int, camino: Sequence[bytes], raiz: bytes) -> bool:
    """¿La hoja (su huella) ocupa el lugar `indice` del árbol de `tamano` hojas con esa raíz? RFC 9162 §2.1.3.2."""
    if not 0 <= indice < tamano:
        return False
    lugar, ultimo, huella = indice, tamano - 1, hoja
    for hermana in camino:
        if ultimo == 0:
            return False
        if lugar & 1 or lugar == ultimo:
            huella = huella_de_nodo(hermana, huella)
            while not lugar & 1 and lugar:
                lugar, ultimo = lugar >> 1, ultimo >> 1
        else:
            huella = huella_de_nodo(huella, hermana)
        lugar, ultimo = lugar >> 1, ultimo >> 1
    return ultimo == 0 and huella == raiz


def continua(antes: tuple[int, bytes], despues: tuple[int, bytes], camino: Sequence[bytes]) -> bool:
    """¿El árbol `despues` (tamaño, raíz) empieza por todo el de `antes`, sin cambiarlo? RFC 9162 §2.1.4.2."""
    (menor, raiz_menor), (mayor, raiz_mayor) = antes, despues
    if menor == mayor:
        return raiz_menor == raiz_mayor and not camino
    if menor == 0 or menor > mayor:
        return menor == 0 and not camino
    pasos = [raiz_menor, *camino] if menor & (menor - 1) == 0 else list(camino)
    return bool(pasos) and _alcanza((menor - 1, mayor - 1), (raiz_menor, raiz_mayor), pasos)


def _alcanza(lugares: tuple[int, int], raices: tuple[bytes, bytes], pasos: list[bytes]) -> bool:
    lugar, ultimo = lugares
    while lugar & 1:
        lugar, ultimo = lugar >> 1, ultimo >> 1
    menor = mayor = pasos[0]
    for paso in pasos[1:]:
        if ultimo == 0:
            return False
        if lugar & 1 or lugar == ultimo:
            menor, mayor = huella_de_nodo(paso, menor), huella_de_nodo(paso, mayor)
            while not lugar & 1 and lugar:
                lugar, ultimo = lugar >> 1, ultimo >> 1
        else:
            mayor = huella_de_nodo(mayor, paso)
        lugar, ultimo = lugar >> 1, ultimo >> 1
    return (menor, mayor, ultimo) == (*raices, 0)
