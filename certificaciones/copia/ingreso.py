"""Admitir las fuentes de una copia: qué es cada una, por qué camino se copia o por qué no. Lo ajeno se abre en un proceso aislado."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from archivo.objetos.puerta import FallaAislada, Limites, ejecutar
from archivo.salidas import Bloque, normalizar

from .contrato import CopiaImposible, Fuente, FuenteRechazada

CELDA = "certificaciones.copia.celda"
MIB = 1024 * 1024
LIMITES = Limites(memoria=3 * 1024 * MIB, cpu=90, tiempo=120, salida=2048 * MIB, abiertos=128)
SIN_CONVERSION = "Sin conversión."
IMPROPIOS = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
LARGO_DE_NOMBRE = 120
FALLAS = {
    "tiempo": "Abrirlo tarda más de lo que se permite. Divídalo en partes o consiga un original más sencillo.",
    "memoria": "Abrirlo ocupa más memoria de la que se permite. Divídalo en partes o consiga un original más sencillo.",
    "caida": "El lector se interrumpió al abrirlo: el archivo está mal hecho o quiere dañar. Consiga otro original.",
    "error": "El lector no lo entiende. Consiga un original íntegro.",
}

Clase = Literal["facsimil", "texto", "grabacion"]


@dataclass(frozen=True, slots=True)
class Admitida:
    """Una fuente lista para copiarse. `pdf` es lo que se reproduce página por página; `medidas`, el tamaño de cada una en puntos.

    `total` son las páginas del archivo entero; `rutas`, lo que se hizo con él; `texto` son los bloques que compone Typst;
    `contenido`, los bytes que se adjuntan cuando no hay archivo; `norma`, el nivel de PDF/A que permite declarar (`a`, `b` o nada).
    """

    fuente: Fuente
    clase: Clase
    nombre: str
    sha256: str
    bytes: int
    rutas: tuple[str, ...]
    pdf: Path | None = None
    medidas: tuple[tuple[float, float], ...] = ()
    total: int = 0
    firmas: int = 0
    norma: str = "a"
    texto: tuple[Bloque, ...] = ()
    contenido: str = ""

    @property
    def entera(self) -> bool:
        """¿Se copia todo el archivo? Sólo entonces puede adjuntarse."""
        return self.fuente.paginas is None or tuple(range(1, self.total + 1)) == self.fuente.paginas

    @property
    def avisos(self) -> tuple[str, ...]:
        """Lo que se dice en la hoja de certificación: todo camino que no fue la copia directa."""
        return tuple(ruta for ruta in self.rutas if ruta != SIN_CONVERSION)


def _nombre_propio(nombre: str) -> str:
    limpio = IMPROPIOS.sub("_", Path(nombre).name or nombre).strip(" .") or "documento"
    raiz, punto, extension = limpio.rpartition(".")
    return limpio if len(limpio) <= LARGO_DE_NOMBRE else f"{raiz[: LARGO_DE_NOMBRE - 8]}{punto}{extension[:7]}"


def _nombres(fuentes: Sequence[Fuente]) -> list[str]:
    """Un nombre distinto por fuente: con él se adjunta y así se imprime."""
    usados, nombres = {"acta.json"}, []
    for fuente in fuentes:
        base = _nombre_propio(fuente.nombre)
        if fuente.ruta is None:
            base = f"{base.removesuffix('.json')}.json"
        nombre, n = base, 2
        while nombre.lower() in usados:
            raiz, punto, extension = base.rpartition(".")
            nombre, n = (f"{raiz} ({n}).{extension}" if punto else f"{base} ({n})"), n + 1
        usados.add(nombre.lower())
        nombres.append(nombre)
    return nombres


def _huella(fuente: Fuente, ruta: Path) -> str:
    try:
        with ruta.open("rb") as archivo:
            hallada = hashlib.file_digest(archivo, "sha256").hexdigest()
    except OSError as error:
        raise FuenteRechazada(fuente.nombre, "El archivo no está en el depósito. Avise a soporte.", "ausente") from error
    if fuente.sha256 and hallada != fuente.sha256.lower():
        motivo = "El archivo no es el que se guardó: su huella cambió. Avise a soporte antes de certificar nada."
        raise FuenteRechazada(fuente.nombre, motivo, "huella")
    return hallada


def _pedir(fuente: Fuente, funcion: str, destino: Path, limites: Limites = LIMITES) -> dict[str, Any]:
    """Lo que responde el proceso aislado. Lanza `FuenteRechazada`."""
    argumentos = {
        "ruta": str(fuente.ruta),
        "destino": str(destino),
        "paginas": list(fuente.paginas) if fuente.paginas is not None else None,
    }
    try:
        respuesta: dict[str, Any] = ejecutar(f"{CELDA}.{funcion}:preparar", argumentos, limites)
    except FallaAislada as falla:
        raise FuenteRechazada(fuente.nombre, FALLAS[falla.clase], falla.clase) from falla
    rechazo = respuesta.get("rechazo")
    if rechazo:
        raise FuenteRechazada(fuente.nombre, rechazo["motivo"], rechazo["clase"], confirmable=rechazo["confirmable"])
    return respuesta


def _en_imagen(fuente: Fuente, destino: Path, razon: str) -> tuple[dict[str, Any], str]:
    limites = replace(LIMITES, cpu=600, tiempo=600)
    hecho = _pedir(fuente, "raster", destino, limites)
    frase = f"Se copió la imagen de lo que se ve, a {hecho['resolucion']} puntos por pulgada, porque {razon}."
    return {"norma": "a", "firmas": 0, "avisos": [], **hecho}, frase


def _de_las_firmas(fuente: Fuente, firmas: int) -> list[str]:
    if not firmas:
        return []
    cuantas = "una firma electrónica" if firmas == 1 else f"{firmas} firmas electrónicas"
    dictamen = fuente.dictamen or "Su validez se comprueba en el archivo original, no en esta reproducción."
    return [f"El original trae {cuantas}. {dictamen}"]


def _pdf(fuente: Fuente, destino: Path) -> tuple[dict[str, Any], list[str]]:
    """El PDF preparado y lo que se hizo con él."""
    try:
        hecho = _pedir(fuente, "pdf", destino)
    except FuenteRechazada as rechazo:
        if not (rechazo.confirmable and fuente.confirmada):
            raise
        hecho = {"imagen": "el archivo venía dañado; quien certifica confirmó a la vista que se lee completo"}
    if "imagen" not in hecho:
        return hecho, [SIN_CONVERSION, *hecho["avisos"], *_de_las_firmas(fuente, hecho["firmas"])]
    firmas = int(hecho.get("firmas", 0))
    hecho, frase = _en_imagen(fuente, destino, hecho["imagen"])
    return {**hecho, "firmas": firmas}, [frase, *_de_las_firmas(fuente, firmas)]


def _paginas_en_palabras(fuente: Fuente, total: int) -> list[str]:
    paginas = fuente.paginas
    if paginas is None or paginas == tuple(range(1, total + 1)):
        return []
    corridas = paginas == tuple(range(paginas[0], paginas[-1] + 1)) and len(paginas) > 1
    cuales = f"{paginas[0]} a {paginas[-1]}" if corridas else ", ".join(str(n) for n in paginas)
    return [f"{'Página' if len(paginas) == 1 else 'Páginas'} {cuales} de {total}."]


def _facsimil(fuente: Fuente, nombre: str, destino: Path) -> Admitida:
    ruta = fuente.ruta
    if ruta is None:
        raise CopiaImposible(f"«{fuente.nombre}» no trae ni archivo ni texto: no hay qué copiar.")
    huella = _huella(fuente, ruta)
    if fuente.mime == "application/pdf":
        hecho, rutas = _pdf(fuente, destino)
    else:
        hecho = _pedir(fuente, "imagen", destino)
        rutas = hecho["hecho"]
    total = int(hecho["total"])
    return Admitida(
        fuente,
        "facsimil",
        nombre,
        huella,
        ruta.stat().st_size,
        (*_paginas_en_palabras(fuente, total), *rutas),
        pdf=destino,
        medidas=tuple((float(a), float(b)) for a, b in hecho["medidas"]),
        total=total,
        firmas=int(hecho.get("firmas", 0)),
        norma=hecho.get("norma", "a"),
    )


def _texto(fuente: Fuente, nombre: str) -> Admitida:
    bloques = normalizar(fuente.arbol or ())
    if any(bloque.get("tipo") == "foto" for bloque in bloques):
        motivo = "El texto lleva fotografías y no hay archivo que las muestre en su lugar. Guárdelo como PDF y copie el PDF."
        raise FuenteRechazada(fuente.nombre, motivo, "formato")
    if not bloques:
        raise FuenteRechazada(fuente.nombre, "El documento no tiene archivo ni texto: no hay qué copiar.", "vacio")
    contenido = json.dumps(bloques, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    datos = contenido.encode()
    ruta = ("Compuesto del texto que el archivo conserva.",)
    huella = hashlib.sha256(datos).hexdigest()
    return Admitida(fuente, "texto", nombre, huella, len(datos), ruta, texto=tuple(bloques), contenido=contenido)


def _grabacion(fuente: Fuente, nombre: str) -> Admitida:
    if fuente.ruta is None:
        raise CopiaImposible(f"«{fuente.nombre}» no trae archivo: no hay qué certificar.")
    ruta = ("Grabación: se certifica por su huella, sin facsímil.",)
    return Admitida(fuente, "grabacion", nombre, _huella(fuente, fuente.ruta), fuente.ruta.stat().st_size, ruta)


def admitir(fuentes: Sequence[Fuente], carpeta: Path) -> list[Admitida]:
    """Cada fuente preparada, en su orden; los PDF se escriben en `carpeta`. Lanza `FuenteRechazada` o `CopiaImposible`."""
    if not fuentes:
        raise CopiaImposible("No hay documentos que copiar. Agregue al menos uno.")
    admitidas = []
    for n, (fuente, nombre) in enumerate(zip(fuentes, _nombres(fuentes), strict=True)):
        if fuente.ruta is None and fuente.arbol is not None:
            admitidas.append(_texto(fuente, nombre))
        elif fuente.mime.startswith(("audio/", "video/")):
            admitidas.append(_grabacion(fuente, nombre))
        elif fuente.ruta is None or fuente.mime == "application/pdf" or fuente.mime.startswith("image/"):
            admitidas.append(_facsimil(fuente, nombre, carpeta / f"{n}.pdf"))
        else:
            motivo = "De este formato no se puede hacer un facsímil. Conviértalo a PDF, súbalo junto al original y copie el PDF."
            raise FuenteRechazada(fuente.nombre, motivo, "formato")
    return admitidas
