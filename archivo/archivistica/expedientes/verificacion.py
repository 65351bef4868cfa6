"""Comprobar los índices: recalcularlos desde las filas y desde los bytes, y decir qué ya no coincide."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from archivo.archivistica.expedientes.cierre import HUELLA_INICIAL, huella_de_indice
from archivo.archivistica.expedientes.contenido import contenido_de
from archivo.archivistica.expedientes.indice_xml import escribir
from archivo.archivistica.models import Expediente, ExpedienteQuerySet, IndiceElectronico
from archivo.auditoria.puerta import sucesos_de
from archivo.objetos.puerta import ObjetoDigital, revisar

LOTE = 100


@dataclass(frozen=True)
class Falla:
    """Qué no coincide. `clave`: el código del expediente; `objeto`: un SHA-256, un documento o una versión del índice."""

    clave: str
    objeto: str
    motivo: str


@dataclass
class InformeDeIndices:
    """Cuántos expedientes con índice se comprobaron, cuántos están íntegros y qué falla."""

    expedientes: int = 0
    integros: int = 0
    fallas: list[Falla] = field(default_factory=list)

    def como_dict(self) -> dict[str, Any]:
        """La forma del contrato de la orden."""
        return asdict(self)


def por_verificar(clave: str = "") -> ExpedienteQuerySet:
    """Los que tienen (o deberían tener) índice; con `clave`, el de esa clave o código."""
    expedientes = Expediente.objects.select_related("serie", "area", "regla").order_by("pk")
    if clave:
        return expedientes.filter(codigo=clave) | expedientes.filter(clave=clave)
    return (expedientes.filter(indices__isnull=False) | expedientes.exclude(estado="abierto")).distinct()


def verificar_expedientes(expedientes: ExpedienteQuerySet) -> InformeDeIndices:
    """Comprueba cada uno. Lee completos los archivos de los que nombra su último índice."""
    informe = InformeDeIndices()
    for expediente in expedientes.iterator(chunk_size=LOTE):
        fallas = list(fallas_de(expediente))
        informe.expedientes += 1
        informe.integros += not fallas
        informe.fallas += fallas
    return informe


def fallas_de(expediente: Expediente) -> Iterator[Falla]:
    """Lo que no coincide en un expediente: la cadena de sus índices, sus documentos y los bytes de sus archivos."""

    def falla(objeto: str, motivo: str) -> Falla:
        return Falla(expediente.codigo, objeto, motivo)

    indices = list(expediente.indices.order_by("version"))
    cerrado = not expediente.situacion.se_integra
    if not indices:
        if cerrado:
            yield falla("índice", "el expediente está cerrado y no tiene índice")
        return
    yield from (falla(*f) for f in _cadena(expediente, indices))
    ultimo = _leido(indices[-1])
    if ultimo is None:
        return
    if cerrado:
        yield from (falla(*f) for f in diferencias(ultimo, contenido_de(expediente)))
    yield from (falla(*f) for f in _bytes(ultimo))


def _leido(indice: IndiceElectronico) -> dict[str, Any] | None:
    try:
        leido = json.loads(bytes(indice.contenido_json))
    except ValueError:
        return None
    return leido if isinstance(leido, dict) and {"documentos", "expediente"} <= set(leido) else None


def _cadena(expediente: Expediente, indices: list[IndiceElectronico]) -> Iterator[tuple[str, str]]:
    anterior = HUELLA_INICIAL
    anotadas = _huellas_anotadas(expediente)
    for n, indice in enumerate(indices, 1):
        nombre = f"índice, versión {indice.version}"
        if indice.version != n:
            yield nombre, f"falta la versión {n}"
            return
        if indice.anterior != anterior:
            yield nombre, "no sigue a la huella de la versión anterior"
        if anotadas.get(indice.version) != indice.huella:
            yield nombre, "su huella no es la que quedó en la historia al cerrar"
        for motivo in _alteraciones(expediente.codigo, indice):
            yield nombre, motivo
        anterior = indice.huella
    if sobran := set(anotadas) - {i.version for i in indices}:
        yield f"índice, versión {max(sobran)}", "la historia lo nombra y ya no está"


def _alteraciones(codigo: str, indice: IndiceElectronico) -> Iterator[str]:
    """En qué una versión no es la que se guardó."""
    sumas = hashlib.sha256(bytes(indice.contenido_json)).hexdigest(), hashlib.sha256(bytes(indice.contenido_xml)).hexdigest()
    for formato, suma, esperada in zip(("JSON", "XML"), sumas, (indice.sha256_json, indice.sha256_xml), strict=True):
        if suma != esperada:
            yield f"el {formato} no es el que se guardó"
    if huella_de_indice(codigo, indice.version, indice.anterior, sumas) != indice.huella:
        yield "su huella no corresponde a lo que contiene"
    leido = _leido(indice)
    if leido is None or escribir(leido) != bytes(indice.contenido_xml):
        yield "el XML y el JSON no dicen lo mismo"


def _huellas_anotadas(expediente: Expediente) -> dict[int, str]:
    cierres = sucesos_de(f"expediente:{expediente.clave}").filter(clase="expediente.cerrado")
    return {s.detalle["version"]: s.detalle["huella"] for s in cierres if {"version", "huella"} <= set(s.detalle)}


def diferencias(indice: Mapping[str, Any], filas: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """En qué difieren lo que se congeló y lo que dicen hoy las filas: (objeto, motivo)."""
    for campo, valor in indice["expediente"].items():
        if filas["expediente"].get(campo) != valor:
            yield "carátula", f"{campo}: el índice dice {valor!r} y el expediente {filas['expediente'].get(campo)!r}"
    congelados = {d["clave"]: d for d in indice["documentos"]}
    actuales = {d["clave"]: d for d in filas["documentos"]}
    for clave in congelados.keys() - actuales.keys():
        yield _nombre(congelados[clave]), "está en el índice y ya no en el expediente"
    for clave in actuales.keys() - congelados.keys():
        yield _nombre(actuales[clave]), "está en el expediente y no en el índice"
    comunes = [c for c in congelados if c in actuales]
    if comunes != [c for c in actuales if c in congelados]:
        movido = next(a for a, b in zip(comunes, [c for c in actuales if c in congelados], strict=True) if a != b)
        yield _nombre(congelados[movido]), "cambió de lugar en el orden"
    for clave in comunes:
        yield from _del_documento(congelados[clave], actuales[clave])


def _nombre(documento: Mapping[str, Any]) -> str:
    return f"documento {documento['orden']} ({documento['clave']})"


_DEL_ORDEN = {"orden", "objetos", "pagina_inicial", "pagina_final"}


def _del_documento(congelado: Mapping[str, Any], actual: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for campo in sorted((congelado.keys() | actual.keys()) - _DEL_ORDEN):
        if congelado.get(campo) != actual.get(campo):
            yield _nombre(congelado), f"{campo}: el índice dice {congelado.get(campo)!r} y las filas {actual.get(campo)!r}"
    antes = {(o["sha256"], o["papel"]): o for o in congelado["objetos"]}
    ahora = {(o["sha256"], o["papel"]): o for o in actual["objetos"]}
    for llave in antes.keys() - ahora.keys():
        yield llave[0], f"ya no es un archivo del {_nombre(congelado)}"
    for llave in ahora.keys() - antes.keys():
        yield llave[0], f"se agregó al {_nombre(congelado)} después de cerrar"
    for llave in antes.keys() & ahora.keys():
        if antes[llave] != ahora[llave]:
            yield llave[0], f"la fila del archivo cambió: el índice dice {antes[llave]}"


def _bytes(indice: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Los archivos del índice cuyos bytes no son los que su SHA-256 nombra."""
    sumas = sorted({o["sha256"] for d in indice["documentos"] for o in d["objetos"]})
    for desde in range(0, len(sumas), LOTE):
        lote = sumas[desde : desde + LOTE]
        objetos = {o.sha256: o for o in ObjetoDigital.objects.filter(sha256__in=lote)}
        for suma in lote:
            motivo = revisar(objetos[suma]).motivo if suma in objetos else "su registro ya no está"
            if motivo:
                yield suma, motivo
