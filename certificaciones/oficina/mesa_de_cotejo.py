"""Lo que hay sobre la mesa en un cotejo: la foja de la que se decide, cómo van las demás y qué sigue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property

from archivo.objetos.puerta import FallaAislada
from certificaciones.actos.puerta import Certificacion, Cotejo, DocumentoCertificado, MarcaDeCotejo, pendientes_de, texto_de
from certificaciones.oficina import comparacion

A_LA_VISTA = 60
SIN_VER, IGUAL, DIFIERE = "sin ver", "igual", "difiere"


@dataclass(frozen=True)
class Lugar:
    """Una foja (o un documento) en la tira: su número, cómo va y si es la de ahora."""

    numero: int
    nombre: str
    estado: str
    actual: bool

    @property
    def clase(self) -> str:
        """Para pintarla: además se dice con letras."""
        return {IGUAL: "ok", DIFIERE: "dis"}.get(self.estado, "")


@dataclass(frozen=True)
class CaraALaVista:
    """Una cara sobre la mesa, con lo que la máquina nota."""

    numero: int
    pagina: comparacion.PaginaDeFoja
    diferencias: comparacion.Diferencias


def cotejo_en_curso(certificacion: Certificacion) -> Cotejo | None:
    """El que no ha concluido, o None."""
    return certificacion.cotejos.filter(concluido__isnull=True).select_related("cotejador").first()


class Mesa:
    """La foja que se mira (la primera sin ver, si no se dice cuál) y todo lo que la rodea."""

    def __init__(self, certificacion: Certificacion, cotejo: Cotejo, foja: int) -> None:
        self.certificacion, self.cotejo = certificacion, cotejo
        self.documentos = list(certificacion.documentos.select_related("item__area", "objeto", "expediente"))
        self.foja = foja if 1 <= foja <= cotejo.fojas else self._primera_sin_ver()

    @cached_property
    def marcas(self) -> dict[int, MarcaDeCotejo]:
        """Lo dicho, por foja o por documento."""
        marcas = self.cotejo.marcas.all()
        return {(m.documento_id if self.por_documento else m.foja) or 0: m for m in marcas}

    @property
    def por_documento(self) -> bool:
        """¿Se decide por documento entero?"""
        return self.cotejo.modo == Cotejo.Modo.DOCUMENTO

    @cached_property
    def documento(self) -> DocumentoCertificado:
        """El de la foja que se mira."""
        return next(d for d in self.documentos if d.foja_desde <= self.foja <= d.foja_hasta)

    @property
    def marca(self) -> MarcaDeCotejo | None:
        """Lo que ya se dijo de lo que se mira."""
        return self.marcas.get(self.documento.pk if self.por_documento else self.foja)

    @property
    def foja_del_expediente(self) -> int | None:
        """Qué foja del expediente es, si está foliado y se copia entero."""
        d = self.documento
        return d.foja_inicial + self.foja - d.foja_desde if d.foja_inicial and not d.paginas else None

    def lugar(self) -> tuple[int | None, int | None]:
        """(foja, documento) de la decisión: uno de los dos."""
        return (None, self.documento.pk) if self.por_documento else (self.foja, None)

    def tira(self) -> list[Lugar]:
        """Las fojas en su orden (una ventana alrededor de la actual si son muchas), o los documentos."""
        if self.por_documento:
            return [self._lugar(d.foja_desde, d.pk, str(n), actual=d == self.documento) for n, d in enumerate(self.documentos, 1)]
        desde = max(1, min(self.foja - A_LA_VISTA // 2, self.cotejo.fojas - A_LA_VISTA + 1))
        hasta = min(self.cotejo.fojas, desde + A_LA_VISTA - 1)
        return [self._lugar(n, n, str(n), actual=n == self.foja) for n in range(desde, hasta + 1)]

    def _lugar(self, foja: int, llave: int, nombre: str, *, actual: bool) -> Lugar:
        marca = self.marcas.get(llave)
        estado = SIN_VER if marca is None else (IGUAL if marca.conforme else DIFIERE)
        return Lugar(foja, nombre, estado, actual)

    @cached_property
    def cuenta(self) -> dict[str, int]:
        """Cuántas faltan, cuántas difieren y cuántas concuerdan."""
        difieren = sum(not m.conforme for m in self.marcas.values())
        return {"faltan": pendientes_de(self.cotejo), "difieren": difieren, "concuerdan": len(self.marcas) - difieren}

    def caras(self, *, con_diferencias: bool) -> list[CaraALaVista]:
        """Las caras de la foja; una en general, dos si va por ambos lados."""
        try:
            paginas = comparacion.caras_de(self.certificacion, self.documento, self.foja)
        except FallaAislada:
            return []
        nada = comparacion.Diferencias()
        return [
            CaraALaVista(n, p, comparacion.comparar(self.certificacion, self.documento, p) if con_diferencias else nada)
            for n, p in enumerate(paginas, 1)
        ]

    @cached_property
    def texto_original(self) -> str:
        """El texto que conserva el archivo, de un documento sin archivo."""
        return texto_de(self.documento.item) if self.documento.objeto is None else ""

    @property
    def anterior(self) -> int | None:
        """La foja de antes."""
        return self.foja - 1 if self.foja > 1 else None

    @property
    def posterior(self) -> int | None:
        """La foja de después."""
        return self.foja + 1 if self.foja < self.cotejo.fojas else None

    def siguiente(self) -> int:
        """La que sigue sin ver, a partir de ésta y dando la vuelta; si no falta ninguna, ésta misma."""
        if self.por_documento:
            orden = [d for d in self.documentos if d.foja_desde > self.foja] + self.documentos
            return next((d.foja_desde for d in orden if d.pk not in self.marcas), self.foja)
        orden_de_fojas = [*range(self.foja + 1, self.cotejo.fojas + 1), *range(1, self.foja + 1)]
        return next((n for n in orden_de_fojas if n not in self.marcas), self.foja)

    def _primera_sin_ver(self) -> int:
        self.foja = 1
        return 1 if self.documentos and self.marca is None else self.siguiente()

    def direccion_de(self, foja: int, elegido: Mapping[str, Any]) -> str:
        """Los parámetros de esa foja, con el tamaño y las señales como están."""
        guardados = {c: elegido[c] for c in ("zoom", "giro", "senales") if elegido.get(c)}
        return urlencode({"foja": foja} | guardados)
