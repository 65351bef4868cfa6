"""Las cifras de una memoria: las de su corte, con lo ajustado a mano, dichas como se leen."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from memoria_anual.cortes.puerta import CifraDeCorte, Corte
from memoria_anual.edicion.models import AjusteDeCifra

SIN_DATO = "n/a"
"""Sin dato se dice así: nunca 0."""


class CifraDesconocida(Exception):
    """El texto o un bloque nombran un indicador que el corte no tiene; el mensaje dice cuál y qué hacer."""


def en_palabras(valor: Decimal | None, unidad: str = "") -> str:
    """El número como se escribe en México: `1,284.5`, `68 %`; sin dato, `n/a`."""
    if valor is None:
        return SIN_DATO
    entero = valor == valor.to_integral_value()
    dicho = f"{valor:,.0f}" if entero else f"{valor:,.2f}".rstrip("0").rstrip(".")
    return f"{dicho} %" if unidad in {"%", "por ciento", "porcentaje"} else dicho


@dataclass(frozen=True)
class CifraDeMemoria:
    """Una cifra lista para escribirse. `valor` es el ajustado si lo hay; `contado`, el del corte.

    `nota` va al pie (el ajuste con su razón); `aviso` es lo que el corte dice de ella (por qué no hay dato).
    """

    clave: str
    nombre: str
    unidad: str
    valor: Decimal | None
    contado: Decimal | None
    anterior: Decimal | None
    anterior_capturado: bool
    elementos: int
    nota: str
    aviso: str
    regla: Mapping[str, Any]
    desgloses: Mapping[str, list[dict[str, Any]]]
    huella: str
    es_razon: bool
    numerador: Decimal | None
    denominador: Decimal | None

    @property
    def dicha(self) -> str:
        """El valor, como se lee."""
        return en_palabras(self.valor, self.unidad)

    @property
    def variacion(self) -> str:
        """«10.7 % más», «3.2 % menos», «igual»; sin con qué comparar, «»."""
        if self.valor is None or self.anterior is None:
            return ""
        if self.valor == self.anterior:
            return "igual"
        sentido = "más" if self.valor > self.anterior else "menos"
        if self.es_razon:
            return f"{en_palabras(abs(self.valor - self.anterior))} puntos {sentido}"
        if not self.anterior:
            return ""
        porciento = (abs(self.valor - self.anterior) * 100 / self.anterior.copy_abs()).quantize(Decimal("0.1"))
        return f"{en_palabras(porciento, '%')} {sentido}"

    def como_dict(self) -> dict[str, Any]:
        """Lo que la edición publicada guarda de ella."""
        return {
            "clave": self.clave, "nombre": self.nombre, "unidad": self.unidad, "valor": self.dicha, "numero": None if self.valor is None else float(self.valor), "contado": en_palabras(self.contado, self.unidad),
            "anterior": en_palabras(self.anterior, self.unidad), "anterior_capturado": self.anterior_capturado, "variacion": self.variacion,
            "elementos": self.elementos, "nota": self.nota, "aviso": self.aviso, "regla": dict(self.regla), "huella": self.huella,
        }  # fmt: skip


class CifrasDeMemoria:
    """Las cifras de un corte con sus ajustes, por clave y en su orden.

    `direccion`: la página del sitio donde vive la memoria; cada cifra enlaza a su lista bajo ella.
    """

    def __init__(self, corte: Corte, ajustes: Mapping[str, AjusteDeCifra], direccion: str) -> None:
        self.corte, self.direccion = corte, direccion.rstrip("/")
        self.usadas: set[str] = set()
        self._todas = {c.clave: _cifra(corte, c, ajustes.get(c.clave)) for c in corte.cifras.all()}

    def __iter__(self) -> Iterator[CifraDeMemoria]:
        return iter(self._todas.values())

    def __getitem__(self, clave: str) -> CifraDeMemoria:
        hallada = self._todas.get(clave)
        if hallada is None:
            raise CifraDesconocida(
                f"El corte {self.corte.pk} no tiene el indicador «{clave}». Revise la clave, o vuelva a cortar."
            )
        self.usadas.add(clave)
        return hallada

    def __contains__(self, clave: object) -> bool:
        return clave in self._todas

    def enlace(self, clave: str) -> str:
        """La dirección completa de su lista."""
        return f"{self.direccion}/cifra/{clave}/"

    def huella_de(self, cifra: CifraDeMemoria) -> dict[str, Any]:
        """El renglón que va bajo cada gráfica o tabla: clave, cuántos elementos, corte y huella."""
        return {"clave": cifra.clave, "elementos": cifra.elementos, "corte": dia_del(self.corte), "sha256": cifra.huella}


def dia_del(corte: Corte) -> str:
    """El día local en que se cortó, en ISO 8601."""
    return timezone.localtime(corte.momento).date().isoformat()


def _cifra(corte: Corte, fila: CifraDeCorte, ajuste: AjusteDeCifra | None) -> CifraDeMemoria:
    return CifraDeMemoria(
        clave=fila.clave,
        nombre=fila.nombre,
        unidad=fila.unidad,
        valor=ajuste.valor if ajuste else fila.valor,
        contado=fila.valor,
        anterior=fila.anterior,
        anterior_capturado=fila.anterior_capturado,
        elementos=fila.elementos,
        nota=_nota(fila, ajuste) if ajuste else "",
        aviso=fila.nota,
        regla=fila.regla,
        desgloses=fila.desgloses,
        huella=_huella(corte, fila),
        es_razon=fila.semantica == "razon",
        numerador=fila.numerador,
        denominador=fila.denominador,
    )


def _nota(fila: CifraDeCorte, ajuste: AjusteDeCifra) -> str:
    quien = (
        f" Lo ajustó {ajuste.autor.get_full_name() or ajuste.autor.get_username()}" if ajuste.autor else " Lo ajustó el sistema"
    )
    dia = date_format(timezone.localtime(ajuste.momento), r"j \d\e F \d\e Y")
    justificado = ajuste.justificacion.strip().rstrip(".")
    return f"Dato ajustado: el sistema cuenta {en_palabras(fila.valor, fila.unidad)}. {justificado}.{quien} el {dia}."


def _huella(corte: Corte, fila: CifraDeCorte) -> str:
    """SHA-256 de la huella del corte, la clave, el valor y los lugares de su lista, en renglones."""
    lista = json.dumps(fila.lista, separators=(",", ":"))
    return hashlib.sha256("\n".join((corte.hash, fila.clave, str(fila.valor), lista)).encode()).hexdigest()
