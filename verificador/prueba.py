"""La prueba de que una hoja está en el registro: el formato `tlog-proof` de C2SP.

Su renglón `extra` lleva, en JSON, la hoja completa y los sellos de tiempo del punto de control: con ese solo archivo y la llave
pública del registro se comprueba una copia sin red.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

from verificador.nota import PuntoDeControl, TextoInvalido, camino_en_texto, de_base64, leer_camino, leer_punto

ENCABEZADO = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Sello:
    """Un sello de tiempo RFC 3161: el texto que selló y el token en DER."""

    texto: str
    token: bytes


@dataclass(frozen=True)
class Prueba:
    """La hoja (sus bytes exactos), su lugar, el camino a la raíz, la nota firmada y la cadena de sellos de la nota."""

    hoja: bytes
    indice: int
    camino: tuple[bytes, ...]
    nota: str
    sellos: tuple[Sello, ...] = ()

    @property
    def punto(self) -> PuntoDeControl:
        """El punto de control que trae, sin comprobar."""
        return leer_punto(self.nota)

    def datos(self) -> dict[str, Any]:
        """La hoja como diccionario."""
        try:
            datos = json.loads(self.hoja)
        except ValueError as error:
            raise TextoInvalido("La hoja de la prueba no es JSON.") from error
        if not isinstance(datos, dict):
            raise TextoInvalido("La hoja de la prueba no es un objeto JSON.")
        return datos

    def como_texto(self) -> str:
        """La prueba en el formato de C2SP."""
        sellos = [{"texto": s.texto, "token": base64.b64encode(s.token).decode()} for s in self.sellos]
        extra = json.dumps({"hoja": self.hoja.decode(), "sellos": sellos}, ensure_ascii=False, sort_keys=True).encode()
        cuerpo = f"extra {base64.b64encode(extra).decode()}\nindex {self.indice}\n{camino_en_texto(self.camino)}"
        return f"{ENCABEZADO}\n{cuerpo}\n{self.nota}"


def leer_prueba(texto: str) -> Prueba:
    """La prueba escrita; `TextoInvalido` si le falta algo."""
    cabeza, corte, nota = texto.replace("\r\n", "\n").partition("\n\n")
    lineas = cabeza.split("\n")
    if not corte or lineas[0] != ENCABEZADO or len(lineas) < 3:
        raise TextoInvalido(
            f"El archivo de prueba debe empezar con «{ENCABEZADO}». Descárguelo de nuevo de la página de verificación."
        )
    extra, indice = _tras(lineas[1], "extra "), _tras(lineas[2], "index ")
    if not indice.isascii() or not indice.isdigit():
        raise TextoInvalido("La prueba no dice el lugar de la hoja en el registro.")
    hoja, sellos = _leer_extra(de_base64(extra, "La prueba"))
    leer_punto(nota)
    return Prueba(hoja, int(indice), tuple(leer_camino("\n".join(lineas[3:]))), nota, sellos)


def _tras(linea: str, prefijo: str) -> str:
    if not linea.startswith(prefijo):
        raise TextoInvalido(f"A la prueba le falta el renglón «{prefijo.strip()}».")
    return linea[len(prefijo) :]


def _leer_extra(datos: bytes) -> tuple[bytes, tuple[Sello, ...]]:
    try:
        extra = json.loads(datos)
        sellos = tuple(Sello(str(s["texto"]), de_base64(s["token"], "Un sello de tiempo")) for s in extra["sellos"])
        return str(extra["hoja"]).encode(), sellos
    except (ValueError, KeyError, TypeError) as error:
        raise TextoInvalido("La prueba no trae la hoja del registro.") from error
