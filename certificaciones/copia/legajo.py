"""Lo que la copia reúne: las fuentes ya foliadas, su relación con huellas y lo que va adjunto."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .contrato import Acta, Fuente
from .foliado import Parte, compuestos_de, foliar
from .hojas import Legajo, Renglon, cadena_original, contar_compuestos
from .ingreso import MIB, Admitida, admitir

ADJUNTOS_MAXIMOS = 25 * MIB


@dataclass(frozen=True, slots=True)
class Expediente:
    """Las fuentes admitidas y foliadas."""

    admitidas: tuple[Admitida, ...]
    partes: tuple[Parte, ...]

    @property
    def fojas(self) -> int:
        """Cuántas fojas son."""
        return self.partes[-1].fojas[1]

    def de(self, n: int) -> Parte:
        """La parte de la copia en que va la fuente."""
        return next(parte for parte in self.partes if n in parte.fuentes)


def preparar(fuentes: Sequence[Fuente], carpeta: Path) -> Expediente:
    """Admite y folia las fuentes. Lanza `FuenteRechazada` o `CopiaImposible`."""
    admitidas = admitir(fuentes, carpeta)
    partes = foliar(admitidas, contar_compuestos(compuestos_de(admitidas), admitidas))
    return Expediente(tuple(admitidas), tuple(partes))


def _adjuntables(acta: Acta, admitidas: Sequence[Admitida]) -> frozenset[int]:
    """Qué originales van dentro: todos si suman hasta 25 MiB; si no, sólo los que traen firma; ninguno en versión pública."""
    if acta.version_publica:
        return frozenset()
    posibles = [n for n, a in enumerate(admitidas) if a.fuente.adjuntar and a.entera and a.clase != "grabacion"]
    for elegidos in (posibles, [n for n in posibles if admitidas[n].firmas]):
        if sum(admitidas[n].bytes for n in elegidos) <= ADJUNTOS_MAXIMOS:
            return frozenset(elegidos)
    return frozenset()


def legajo_de(acta: Acta, expediente: Expediente) -> Legajo:
    """La relación de documentos con sus fojas, huellas y caminos."""
    adjuntos = _adjuntables(acta, expediente.admitidas)
    renglones = []
    for n, admitida in enumerate(expediente.admitidas):
        inicial, final = expediente.de(n).fojas
        renglones.append(
            Renglon(
                n + 1,
                admitida.fuente.titulo,
                admitida.nombre,
                admitida.fuente.expediente,
                str(inicial) if inicial == final else f"{inicial} a {final}",
                admitida.sha256,
                admitida.bytes,
                admitida.rutas,
                admitida.avisos,
                n in adjuntos,
            )
        )
    return Legajo(tuple(renglones), expediente.fojas)


def _renglon_json(renglon: Renglon) -> dict[str, Any]:
    return {
        "n": renglon.n,
        "titulo": renglon.titulo,
        "archivo": renglon.nombre,
        "bytes": renglon.bytes,
        "sha256": renglon.sha256,
        "fojas": renglon.fojas,
        "rutas": list(renglon.rutas),
    }


def acta_json(acta: Acta, legajo: Legajo, tomo: Mapping[str, int] | None) -> str:
    """El acta legible por máquina, siempre con los mismos bytes."""
    datos = {
        **acta.datos,
        "folio": acta.folio,
        "codigo": acta.codigo,
        "institucion": acta.institucion.nombre,
        "certificador": acta.certificador,
        "cargo": acta.cargo,
        "emitida": acta.emitida.isoformat(timespec="seconds"),
        "lugar_y_fecha": acta.lugar_y_fecha,
        "modo_de_firma": acta.modo_de_firma,
        "ensayo": acta.ensayo,
        "version_publica": acta.version_publica,
        "fojas": legajo.fojas,
        "documentos": [_renglon_json(renglon) for renglon in legajo.renglones],
        "huella_del_conjunto": legajo.huella,
        "cadena_original": cadena_original(acta, legajo),
        "verificacion": acta.url_verificacion,
        **({"tomo": dict(tomo)} if tomo else {}),
    }
    return json.dumps(datos, ensure_ascii=False, sort_keys=True, indent=1, default=str) + "\n"


def adjuntos_de(
    acta: Acta, legajo: Legajo, expediente: Expediente, partes: Sequence[Parte], tomo: Mapping[str, int] | None
) -> list[dict[str, Any]]:
    """`acta.json` y, en el tomo donde empieza cada documento, su original."""
    acto = {"nombre": "acta.json", "texto": acta_json(acta, legajo, tomo), "mime": "application/json", "relacion": "Data"}
    datos: list[dict[str, Any]] = [acto | {"descripcion": "Acta legible por máquina"}]
    desde, hasta = partes[0].fojas[0], partes[-1].fojas[1]
    for n, (renglon, admitida) in enumerate(zip(legajo.renglones, expediente.admitidas, strict=True)):
        if not renglon.adjunto or not desde <= expediente.de(n).fojas[0] <= hasta:
            continue
        if admitida.clase == "texto":
            contenido = {"texto": admitida.contenido, "mime": "application/json"}
        else:
            contenido = {"ruta": str(admitida.fuente.ruta), "mime": admitida.fuente.mime}
        datos.append({"nombre": renglon.nombre, "sha256": renglon.sha256, "relacion": "Source"} | contenido)
        datos[-1]["descripcion"] = f"Archivo copiado: {renglon.titulo}"
    return datos
