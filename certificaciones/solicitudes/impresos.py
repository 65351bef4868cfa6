"""El papel de los acuses: qué se recibió o se entregó, en la hoja de la casa."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from archivo.identidad.puerta import institucion
from archivo.salidas import Institucion, Recursos, componer, datos_de_institucion


@dataclass(frozen=True)
class AcuseImpreso:
    """Un acuse por componer. `renglones`: pares (rótulo, valor); `documentos`: filas de `columnas`; `firmas`: quién firma al pie."""

    tipo: str
    folio: str
    titulo: str
    intro: str
    renglones: Sequence[tuple[str, str]]
    nota: str
    momento: datetime
    columnas: Sequence[str] = ()
    documentos: Sequence[Sequence[str]] = ()
    firmas: Sequence[str] = ()


def momento_escrito(momento: datetime) -> str:
    """«el 22 de noviembre de 2026, a las 14:05 horas», en la hora de la institución."""
    return date_format(timezone.localtime(momento), r"\e\l j \d\e F \d\e Y, \a \l\a\s H:i \h\o\r\a\s")


def acuse_en_pdf(acuse: AcuseImpreso) -> bytes:
    """PDF/A-3a y PDF/UA-1, con los mismos bytes para los mismos datos. Lanza `ComposicionImposible`."""
    recursos, casa = Recursos(), institucion()
    impresa = Institucion(casa.nombre, casa.oficina, casa.domicilio, casa.sitio, casa.identidad)
    hoja: dict[str, Any] = {
        "documento": {"titulo": acuse.titulo, "descripcion": acuse.intro},
        "institucion": datos_de_institucion(impresa, recursos),
        "tipo": acuse.tipo,
        "folio": acuse.folio,
        "intro": acuse.intro,
        "renglones": [[rotulo, valor] for rotulo, valor in acuse.renglones if valor],
        "nota": acuse.nota,
        "firmas": list(acuse.firmas),
    }
    if acuse.documentos:
        columnas = [{"t": c, "peso": 3 if n == 0 else 1} for n, c in enumerate(acuse.columnas)]
        hoja["tabla"] = {"titulo": "Documentos", "columnas": columnas, "filas": [list(f) for f in acuse.documentos]}
    return componer("acuse", hoja, recursos, timezone.localdate(acuse.momento))
