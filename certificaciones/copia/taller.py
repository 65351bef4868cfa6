"""Armar un tomo: sus hojas, sus franjas y el encargo al proceso aislado que los ensambla con los originales."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archivo.objetos.puerta import FallaAislada, Limites, ejecutar

from .celda.acomodo import CARTA
from .contrato import Acta, CajaDeFirma, CopiaImposible, Papel
from .foliado import Cara, Parte
from .franjas import franjas
from .hojas import Certificacion, Legajo, certificacion
from .ingreso import MIB, Admitida
from .legajo import Expediente, adjuntos_de

LIMITES = Limites(memoria=4 * 1024 * MIB, cpu=240, tiempo=300, salida=2048 * MIB, abiertos=4_096)


@dataclass
class Relojes:
    """Segundos de cada paso."""

    pasos: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def paso(self, nombre: str) -> Iterator[None]:
        """Suma a `nombre` lo que dure el bloque."""
        inicio = time.monotonic()
        yield
        self.pasos[nombre] = round(self.pasos.get(nombre, 0.0) + time.monotonic() - inicio, 3)


def _fecha_de_pdf(acta: Acta) -> str:
    """ISO 32000-1, 7.9.4."""
    huso = acta.emitida.strftime("%z") or "+0000"
    return f"D:{acta.emitida:%Y%m%d%H%M%S}{huso[:3]}'{huso[3:5]}'"


def _descripcion(cara: Cara, parte: Parte, admitida: Admitida, fojas: int) -> str:
    lado = f", {cara.lado}" if cara.lado else ""
    total = len(admitida.medidas)
    return f"Foja {cara.foja} de {fojas}{lado}: reproducción facsimilar de «{admitida.fuente.titulo}», página {cara.pagina + 1} de {total}."


def _documento(parte: Parte, expediente: Expediente, papel: Papel, primera: int) -> dict[str, Any]:
    """Una parte como la lee el ensamble."""
    admitida = expediente.admitidas[parte.fuentes[0]]
    inicial, final = parte.fojas
    titulo = admitida.fuente.titulo if len(parte.fuentes) == 1 else "Relación de grabaciones y sus huellas"
    reversos = papel == "carta"
    caras = [
        {
            "medida": list(cara.medida),
            "foja": cara.foja,
            "alt": "" if parte.compuesta else _descripcion(cara, parte, admitida, expediente.fojas),
            "rotulo": f"Foja {cara.foja}" + (" rev." if cara.lado == "reverso" else ""),
            "reverso": _medida_de_reverso(cara) if reversos and cara.sin_reverso else None,
        }
        for cara in parte.caras
    ]
    return {
        "titulo": titulo,
        "marcador": f"{'Foja' if inicial == final else 'Fojas'} {inicial if inicial == final else f'{inicial} a {final}'}. {titulo}",
        "pdf": None if parte.compuesta else str(admitida.pdf),
        "primera": primera,
        "paginas": [cara.pagina for cara in parte.caras],
        "caras": caras,
    }


def _medida_de_reverso(cara: Cara) -> list[float]:
    ancho, alto = cara.medida
    return list(CARTA if alto >= ancho else CARTA[::-1])


def _documentos(partes: Sequence[Parte], expediente: Expediente, papel: Papel, hojas: Certificacion) -> list[dict[str, Any]]:
    documentos, siguiente = [], hojas.hojas
    for parte in partes:
        documentos.append(_documento(parte, expediente, papel, siguiente if parte.compuesta else 0))
        siguiente += len(parte.caras) if parte.compuesta else 0
    return documentos


@dataclass
class Taller:
    """La composición de una copia: lo que no cambia de un tomo a otro."""

    acta: Acta
    expediente: Expediente
    legajo: Legajo
    papel: Papel
    carpeta: Path
    relojes: Relojes
    memoria: int = 0

    @property
    def nivel(self) -> str:
        """El nivel de PDF/A que puede afirmarse: el menor de lo copiado (`a`, `b` o nada)."""
        niveles = {admitida.norma for admitida in self.expediente.admitidas}
        return "" if "" in niveles else "b" if "b" in niveles else "a"

    def tomo(self, partes: Sequence[Parte], salida: Path, tomo: Mapping[str, int] | None) -> tuple[int, Certificacion]:
        """Escribe un tomo en `salida`. Devuelve sus páginas y sus hojas compuestas."""
        grupos = [parte.fuentes for parte in partes if parte.compuesta]
        extra = {"tomo": tomo, "carta": self.papel == "carta"}
        with self.relojes.paso("hojas"):
            hojas = certificacion(self.acta, self.legajo, self.expediente.admitidas, grupos, extra)
        with self.relojes.paso("franjas"):
            tiras = franjas(self.acta, partes, self.expediente.admitidas, self.legajo.fojas, self.papel)
        encargo = {**self._encargo(partes, hojas, tomo), "tiras": self._guardar("tiras.pdf", tiras), "salida": str(salida)}
        with self.relojes.paso("ensamble"):
            return self._ensamblar(encargo), hojas

    def _guardar(self, nombre: str, datos: bytes) -> str:
        ruta = self.carpeta / nombre
        ruta.write_bytes(datos)
        return str(ruta)

    def _encargo(self, partes: Sequence[Parte], hojas: Certificacion, tomo: Mapping[str, int] | None) -> dict[str, Any]:
        """Lo que el ensamble necesita saber, menos las franjas y la salida."""
        return {
            "hojas": self._guardar("hojas.pdf", hojas.pdf),
            "papel": self.papel,
            "n_hojas": hojas.hojas,
            "marcadores": [self.acta.titulo, "Anexo único: huellas digitales"],
            "documentos": _documentos(partes, self.expediente, self.papel, hojas),
            "firma": self._firma(hojas.caja) if self.acta.electronica else None,
            "adjuntos": adjuntos_de(self.acta, self.legajo, self.expediente, partes, tomo),
            "fecha": _fecha_de_pdf(self.acta),
            "nivel": self.nivel,
        }

    def _firma(self, caja: CajaDeFirma) -> dict[str, Any]:
        descripcion = f"Firma electrónica de quien certifica: {self.acta.certificador}"
        return {"pagina": caja.pagina, "caja": [caja.x0, caja.y0, caja.x1, caja.y1], "descripcion": descripcion}

    def _ensamblar(self, encargo: dict[str, Any]) -> int:
        try:
            hecho = ejecutar("certificaciones.copia.celda.ensamble:ensamblar", {"encargo": encargo}, LIMITES)
        except FallaAislada as falla:
            raise CopiaImposible(
                f"No se pudo armar la copia. {falla.motivo} Inténtelo de nuevo; si sigue igual, avise a soporte."
            ) from falla
        self.memoria = max(self.memoria, int(hecho["memoria"]))
        return int(hecho["paginas"])
