"""Comprobar que los registros son los que se firmaron: lugares, cadena, árbol, puntos de control y sellos de tiempo."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificaciones.registro.arbol import crecer, nodos_llenos
from certificaciones.registro.asientos import eslabon
from certificaciones.registro.errores import ErrorDeRegistro
from certificaciones.registro.llaves import llave_de
from certificaciones.registro.models import HUELLA_INICIAL, Asiento, NodoDelArbol, PuntoDeControl, Registro
from certificaciones.registro.sellos import fallas_de_los_sellos
from verificador.arbol import RAIZ_VACIA, huella_de_hoja
from verificador.nota import Llave, TextoInvalido, esta_firmada, leer_punto

TRAMO = 2_000


@dataclass(frozen=True)
class Falla:
    """Dónde no coincide un registro y por qué; `indice` es el lugar del asiento o el tamaño del punto de control."""

    registro: str
    indice: int | None
    motivo: str


@dataclass
class Informe:
    """Cuántos asientos se comprobaron, los de los dos registros, y qué no coincide."""

    asientos: int = 0
    fallas: list[Falla] = field(default_factory=list)

    @property
    def integro(self) -> bool:
        """¿Todo sigue como se firmó?"""
        return not self.fallas

    def como_dict(self) -> dict[str, Any]:
        """La forma del informe en JSON."""
        return {"asientos": self.asientos, "integro": self.integro, "fallas": [asdict(falla) for falla in self.fallas]}


def es_firma_de(publica: bytes, firma: bytes, mensaje: bytes) -> bool:
    """La comprobación de Ed25519 de la biblioteca del sistema, para muchas notas."""
    try:
        Ed25519PublicKey.from_public_bytes(publica).verify(firma, mensaje)
    except (InvalidSignature, ValueError):
        return False
    return True


class _Recorrido:
    """Rehace un registro desde sus hojas, asiento por asiento, y va anotando lo que no coincide con lo guardado."""

    def __init__(self, registro: str) -> None:
        self.registro = registro
        self.anterior = HUELLA_INICIAL
        self.siguiente = 0
        self.cumbres: dict[tuple[int, int], bytes] = {}
        self.raiz = RAIZ_VACIA
        self.esperados: dict[tuple[int, int], str] = {}
        self.puntos = iter(PuntoDeControl.objects.filter(registro=registro).order_by("tamano").iterator(TRAMO))
        self.punto = next(self.puntos, None)

    def recorrer(self, llave: Llave | None) -> Iterator[Falla]:
        for asiento in Asiento.objects.filter(registro=self.registro).order_by("indice").iterator(TRAMO):
            yield from (Falla(self.registro, asiento.indice, motivo) for motivo in self._del_asiento(asiento))
            self._crecer(asiento)
            yield from self._puntos_hasta(self.siguiente, llave)
            if len(self.esperados) >= TRAMO:
                yield from self._nodos()
        yield from self._nodos()
        while self.punto is not None:
            yield Falla(
                self.registro, self.punto.tamano, f"el punto de control firmó {self.punto.tamano} asientos y hay {self.siguiente}"
            )
            self.punto = next(self.puntos, None)

    def _del_asiento(self, asiento: Asiento) -> Iterator[str]:
        if asiento.indice != self.siguiente:
            yield f"faltan asientos: se esperaba el {self.siguiente}"
        if asiento.anterior != self.anterior:
            yield "no sigue a la huella del asiento anterior"
        if eslabon(asiento.anterior, asiento) != asiento.huella:
            yield "el asiento no es como se escribió"
        if huella_de_hoja(asiento.hoja.encode()).hex() != asiento.huella_de_hoja:
            yield "la hoja no es la que entró al árbol"

    def _crecer(self, asiento: Asiento) -> None:
        """El árbol crece con la hoja de hoy: si la cambiaron, la raíz ya no será la firmada."""
        nuevos, self.raiz = crecer(self.cumbres, self.siguiente, huella_de_hoja(asiento.hoja.encode()))
        self.esperados |= {nodo: huella.hex() for nodo, huella in nuevos.items()}
        llenos = self.cumbres | nuevos | {(0, self.siguiente): huella_de_hoja(asiento.hoja.encode())}
        self.siguiente += 1
        self.cumbres = {nodo: llenos[nodo] for nodo in nodos_llenos((0, self.siguiente))}
        self.anterior = asiento.huella

    def _puntos_hasta(self, tamano: int, llave: Llave | None) -> Iterator[Falla]:
        sin_punto = True
        while self.punto is not None and self.punto.tamano <= tamano:
            sin_punto = sin_punto and self.punto.tamano != tamano
            yield from (Falla(self.registro, tamano, motivo) for motivo in self._del_punto(self.punto, llave))
            self.punto = next(self.puntos, None)
        if sin_punto:
            yield Falla(self.registro, tamano, "el asiento no tiene su punto de control")

    def _del_punto(self, punto: PuntoDeControl, llave: Llave | None) -> Iterator[str]:
        try:
            dicho = leer_punto(punto.nota)
            firmada = llave is None or esta_firmada(punto.nota, llave, es_firma_de)
        except TextoInvalido as error:
            yield f"el punto de control no se puede leer: {error}"
            return
        if not firmada:
            yield "el punto de control no lleva la firma del registro"
        if (dicho.tamano, dicho.raiz) != (punto.tamano, self.raiz) or punto.raiz != self.raiz.hex():
            yield "la raíz del punto de control no es la del árbol de sus asientos"

    def _nodos(self) -> Iterator[Falla]:
        """Compara los nodos guardados con los rehechos, por tramos."""
        lugares: dict[int, list[int]] = {}
        for nivel, lugar in self.esperados:
            lugares.setdefault(nivel, []).append(lugar)
        for nivel, indices in lugares.items():
            filas = NodoDelArbol.objects.filter(
                registro=self.registro, nivel=nivel, indice__range=(min(indices), max(indices))
            ).values_list("indice", "huella")
            guardados = dict(filas)
            for lugar in indices:
                if guardados.get(lugar) != self.esperados[nivel, lugar]:
                    yield Falla(
                        self.registro, lugar << nivel, f"el nodo {lugar} del nivel {nivel} del árbol falta o no es el suyo"
                    )
        self.esperados = {}


def _fallas_de(registro: str, informe: Informe) -> Iterator[Falla]:
    llave = None
    try:
        llave = llave_de(registro).publica if PuntoDeControl.objects.filter(registro=registro).exists() else None
    except ErrorDeRegistro as error:
        yield Falla(registro, None, str(error))
    recorrido = _Recorrido(registro)
    yield from recorrido.recorrer(llave)
    informe.asientos += recorrido.siguiente
    yield from (Falla(registro, tamano, motivo) for tamano, motivo in fallas_de_los_sellos(registro))


def verificar_registros(registros: Iterable[str] = Registro.values) -> Informe:
    """Rehace los registros desde sus hojas y dice todo lo que no coincide con lo firmado."""
    informe = Informe()
    for registro in registros:
        informe.fallas += _fallas_de(registro, informe)
    return informe
