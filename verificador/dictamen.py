"""El dictamen: cada cosa que se comprobó de una copia, qué salió, y qué no se pudo comprobar y por qué."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from verificador import cadena
from verificador.arbol import huella_de_hoja, incluye, raiz_de
from verificador.nota import Llave, TextoInvalido, esta_firmada
from verificador.prueba import Prueba

try:
    from verificador.sello import SelloInvalido, comprobar_sello
except ImportError:
    comprobar_sello = None  # type: ignore[assignment]

try:
    from verificador.firma import revisar_firma
except ImportError:
    revisar_firma = None  # type: ignore[assignment]

Salida = Literal["bien", "mal", "sin_comprobar"]
TROZO = 1 << 20
DE_ENSAYO = "/registro/ensayos"


@dataclass(frozen=True)
class Comprobacion:
    """Una cosa que se miró: `que`, cómo salió y la frase para una persona."""

    que: str
    salida: Salida
    detalle: str


@dataclass
class Dictamen:
    """Lo comprobado. `resultado`: `autentica`, `alterada` (el archivo no es el registrado) o `sin_prueba` (la prueba no se sostiene)."""

    folio: str = ""
    ensayo: bool = False
    estado: str = "sin_comprobar"
    comprobaciones: list[Comprobacion] = field(default_factory=list)

    @property
    def resultado(self) -> str:
        """En una palabra."""
        mal = {c.que for c in self.comprobaciones if c.salida == "mal"}
        if not mal:
            return "autentica"
        return "alterada" if mal & {"archivo", "firma"} else "sin_prueba"

    def como_dict(self) -> dict[str, Any]:
        """La forma del dictamen en JSON."""
        return {
            "resultado": self.resultado,
            "ensayo": self.ensayo,
            "folio": self.folio,
            "estado": self.estado,
            "comprobaciones": [asdict(c) for c in self.comprobaciones],
        }


@dataclass(frozen=True)
class Medios:
    """Con qué se comprueba: la llave del registro y, si se tienen, raíces de confianza y un espejo de sus hojas."""

    llave: Llave
    raices: Sequence[Any] = ()
    hojas: Sequence[str] = ()
    ahora: datetime = field(default_factory=lambda: datetime.now(UTC))


def huella_de_archivo(ruta: Path) -> str:
    """SHA-256 de un archivo, por trozos."""
    suma = hashlib.sha256()
    with ruta.open("rb") as archivo:
        while trozo := archivo.read(TROZO):
            suma.update(trozo)
    return suma.hexdigest()


def _archivo(copia: Path, datos: dict[str, Any]) -> Comprobacion:
    huella = huella_de_archivo(copia)
    if huella == datos.get("sha256") or huella in (datos.get("tomos") or ()):
        return Comprobacion("archivo", "bien", "El archivo es, byte por byte, el que se registró.")
    return Comprobacion("archivo", "mal", f"El archivo no es el registrado: su huella es {huella}.")


def _hoja(prueba: Prueba) -> Comprobacion:
    punto = prueba.punto
    if incluye(huella_de_hoja(prueba.hoja), prueba.indice, punto.tamano, prueba.camino, punto.raiz):
        return Comprobacion("hoja", "bien", f"Está en el registro, en el lugar {prueba.indice} de {punto.tamano}.")
    return Comprobacion("hoja", "mal", "La prueba no lleva a la raíz del registro: la hoja no es la que se registró.")


def _punto(prueba: Prueba, llave: Llave) -> Comprobacion:
    if prueba.punto.origen == llave.nombre and esta_firmada(prueba.nota, llave):
        return Comprobacion("punto", "bien", f"El punto de control lo firmó el registro {llave.nombre}.")
    return Comprobacion("punto", "mal", f"El punto de control no está firmado por la llave dada, la de {llave.nombre}.")


def _tiempo(prueba: Prueba, medios: Medios) -> Comprobacion:
    if not prueba.sellos:
        return Comprobacion("tiempo", "sin_comprobar", "El punto de control no lleva sello de tiempo.")
    if comprobar_sello is None:
        return Comprobacion("tiempo", "sin_comprobar", "Hay sello de tiempo; para comprobarlo instale asn1crypto y cryptography.")
    try:
        lecturas = [comprobar_sello(s.token, s.texto.encode(), medios.raices) for s in prueba.sellos]
    except SelloInvalido as error:
        return Comprobacion("tiempo", "mal", str(error))
    fallas = cadena.fallas_de_enlace(prueba.nota, prueba.sellos, [(s.momento, s.vence) for s in lecturas])
    if medios.hojas:
        fallas += [f for s in prueba.sellos[1:] for f in cadena.fallas_de_renovacion(s.texto, lambda n: medios.hojas[:n])]
    if lecturas[-1].vence < medios.ahora:
        fallas.append(
            f"el último sello venció el {lecturas[-1].vence:%Y-%m-%d} y la prueba no trae su renovación: descárguela de nuevo"
        )
    if fallas:
        return Comprobacion("tiempo", "mal", f"La cadena de sellos de tiempo no se sostiene: {'; '.join(fallas)}.")
    primero = f"Existía el {lecturas[0].momento:%Y-%m-%d a las %H:%M:%S} UTC, según {lecturas[0].autoridad}"
    if not all(s.confiable for s in lecturas):
        return Comprobacion(
            "tiempo", "sin_comprobar", f"{primero}; no se comprobó a esa autoridad (falta su raíz en --confianza)."
        )
    return Comprobacion("tiempo", "bien", f"{primero}, comprobada hasta su raíz.")


def _firma(copia: Path, medios: Medios) -> Comprobacion:
    if revisar_firma is None:
        return Comprobacion("firma", "sin_comprobar", "Para comprobar la firma electrónica del PDF instale pyhanko.")
    salida, detalle = revisar_firma(copia, medios.raices)
    return Comprobacion("firma", salida, detalle)


def _sucesos_en_espejo(folio: str, hojas: Iterable[str]) -> Iterator[dict[str, Any]]:
    for linea in hojas:
        try:
            datos = json.loads(linea)
        except ValueError as error:
            raise TextoInvalido("El espejo de hojas no es JSON, una hoja por renglón. Descárguelo de nuevo.") from error
        if datos.get("folio") == folio:
            yield datos


def _espejo(prueba: Prueba, medios: Medios, dictamen: Dictamen) -> Comprobacion:
    if not medios.hojas:
        return Comprobacion(
            "estado", "sin_comprobar", "Si se canceló o sustituyó después se sabe en la página de verificación (o con --hojas)."
        )
    punto = prueba.punto
    if raiz_de(huella_de_hoja(h.encode()) for h in medios.hojas[: punto.tamano]) != punto.raiz:
        return Comprobacion("estado", "mal", "El espejo de hojas dado no es el del registro que firmó este punto de control.")
    sucesos = [datos["t"] for datos in _sucesos_en_espejo(dictamen.folio, medios.hojas)]
    estados = {"cancelacion": "cancelada", "sustitucion": "sustituida"}
    dictamen.estado = next((estados[t] for t in reversed(sucesos) if t in estados), "vigente")
    return Comprobacion("estado", "bien", f"Según el espejo, de {len(medios.hojas)} hojas, está {dictamen.estado}.")


def examinar(copia: Path, prueba: Prueba, medios: Medios) -> Dictamen:
    """Comprueba la copia contra su prueba. Nada de lo que lee la cambia, y nada sale a la red."""
    datos = prueba.datos()
    dictamen = Dictamen(str(datos.get("folio", "")), prueba.punto.origen.endswith(DE_ENSAYO))
    dictamen.comprobaciones = [
        _archivo(copia, datos),
        _hoja(prueba),
        _punto(prueba, medios.llave),
        _tiempo(prueba, medios),
        _firma(copia, medios),
        _espejo(prueba, medios, dictamen),
    ]
    return dictamen
