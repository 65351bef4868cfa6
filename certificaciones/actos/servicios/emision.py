"""Una emisión en curso: lo que se va fijando entre arrendar el folio y asentarlo. Cabe en JSON, para firmar en dos pasos."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass
class TomoEnObra:
    """Un archivo de la copia: dónde está y su huella, antes y después de firmarse."""

    numero: int
    ruta: str
    foja_inicial: int
    foja_final: int
    paginas: int
    sha256_sin_firma: str
    sha256: str = ""
    firma: dict[str, Any] = field(default_factory=dict)

    @property
    def fojas(self) -> int:
        """Cuántas fojas lleva."""
        return self.foja_final - self.foja_inicial + 1


@dataclass
class Emision:
    """Lo que se sabrá de la certificación si llega a asentarse.

    `version` es el momento en que el borrador se modificó por última vez: si cambia, no se asienta. `campos` son los de la fila que
    se fijan; `documentos`, {id: {fojas, foja_desde, ruta}}; `segundo_codigo` va sólo a la carátula y a quien expide, nunca a la base.
    `de_prueba`: se firmará con un certificado de ensayo, y cada página dirá SIN VALIDEZ.
    """

    certificacion: str
    version: str
    libro_id: int
    consecutivo: int
    folio: str
    testigo: str
    codigo: str
    emitida: str
    modo: str
    actor_id: int | None = None
    segundo_codigo: str = ""
    campos: dict[str, Any] = field(default_factory=dict)
    documentos: dict[str, dict[str, Any]] = field(default_factory=dict)
    tomos: list[TomoEnObra] = field(default_factory=list)
    pasos: dict[str, float] = field(default_factory=dict)
    de_prueba: bool = False

    @property
    def momento(self) -> datetime:
        """Cuándo se emite, con su huso."""
        return datetime.fromisoformat(self.emitida)

    def guardar(self, ruta: Path) -> None:
        """La escribe para seguir en otra petición; sólo la lee la cuenta del archivo."""
        ruta.touch(mode=0o600)
        ruta.write_text(json.dumps(asdict(self), ensure_ascii=False))

    @classmethod
    def leer(cls, ruta: Path) -> "Emision":
        """La que se guardó."""
        datos = json.loads(ruta.read_text())
        return cls(**datos | {"tomos": [TomoEnObra(**t) for t in datos["tomos"]]})
