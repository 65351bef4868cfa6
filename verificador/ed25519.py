"""Comprobar firmas Ed25519 (RFC 8032 §5.1.7) sin más que Python: un juzgado no tiene por qué instalar nada.

Sólo comprueba firmas públicas; no maneja secretos, así que no necesita tardar siempre lo mismo.
"""

import hashlib

P = 2**255 - 19
ORDEN = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
RAIZ_DE_MENOS_UNO = pow(2, (P - 1) // 4, P)

Punto = tuple[int, int, int, int]


def _sumar(uno: Punto, otro: Punto) -> Punto:
    a = (uno[1] - uno[0]) * (otro[1] - otro[0]) % P
    b = (uno[1] + uno[0]) * (otro[1] + otro[0]) % P
    c = 2 * uno[3] * otro[3] * D % P
    d = 2 * uno[2] * otro[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _multiplicar(veces: int, punto: Punto) -> Punto:
    resultado: Punto = (0, 1, 1, 0)
    while veces:
        if veces & 1:
            resultado = _sumar(resultado, punto)
        punto, veces = _sumar(punto, punto), veces >> 1
    return resultado


def _abscisa(y: int, impar: int) -> int | None:
    cuadrado = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(cuadrado, (P + 3) // 8, P)
    if (x * x - cuadrado) % P:
        x = x * RAIZ_DE_MENOS_UNO % P
    if (x * x - cuadrado) % P or (x == 0 and impar):
        return None
    return P - x if x & 1 != impar else x


def _leer_punto(datos: bytes) -> Punto | None:
    y = int.from_bytes(datos, "little")
    impar, y = y >> 255, y & ((1 << 255) - 1)
    x = _abscisa(y, impar) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE = _leer_punto(_BASE_Y.to_bytes(32, "little"))


def _iguales(uno: Punto, otro: Punto) -> bool:
    return (uno[0] * otro[2] - otro[0] * uno[2]) % P == 0 and (uno[1] * otro[2] - otro[1] * uno[2]) % P == 0


def es_firma_de(publica: bytes, firma: bytes, mensaje: bytes) -> bool:
    """¿La firma (64 bytes) de `mensaje` es de la llave `publica` (32 bytes)?"""
    if len(publica) != 32 or len(firma) != 64:
        return False
    de_la_llave, r = _leer_punto(publica), _leer_punto(firma[:32])
    s = int.from_bytes(firma[32:], "little")
    if de_la_llave is None or r is None or _BASE is None or s >= ORDEN:
        return False
    reto = int.from_bytes(hashlib.sha512(firma[:32] + publica + mensaje).digest(), "little") % ORDEN
    return _iguales(_multiplicar(s, _BASE), _sumar(r, _multiplicar(reto, de_la_llave)))
