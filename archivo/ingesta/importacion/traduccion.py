"""De una fila a un elemento sin guardar. Lo que falta se acepta y se anota; lo que la fila dice de menos, manda."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.dateparse import parse_time

from archivo.catalogo.puerta import (
    ESTADOS,
    NIVELES,
    FechaIlegible,
    FechaParcial,
    Item,
    TipoDeItem,
    combinar,
    huella_de,
    leer_fecha,
    tipo_de_fila,
)
from archivo.ingesta.importacion.autoridades import Autoridades
from archivo.ingesta.importacion.fichas import llenar_ficha
from archivo.ingesta.importacion.filas import Fila, FilaRechazada
from archivo.ingesta.importacion.opciones import OpcionesDeImportacion

PALABRAS_DE_TITULO = 14
TEXTO_MINIMO_PARA_COMPARAR = 200
LARGO_DE_TEMA = 120
TEMAS_POR_FILA = 30
_url_valida = URLValidator(schemes=["http", "https"])
_NUMERO = re.compile(r"0*(\d{1,9})\Z")


@dataclass
class Traducida:
    """Un elemento por crear o comparar, con su texto llano y sus archivos."""

    fila: Fila
    item: Item
    texto: str
    archivos: list[str]

    @property
    def temas(self) -> list[str]:
        """Los temas que nombra, limpios y sin repetir."""
        dichos = self.fila.datos["extra"].get("temas")
        nombres = (" ".join(t.split())[:LARGO_DE_TEMA] for t in dichos if isinstance(t, str)) if isinstance(dichos, list) else ()
        return list(dict.fromkeys(n for n in nombres if any(c.isalnum() for c in n)))[:TEMAS_POR_FILA]

    @property
    def id(self) -> str:
        """El identificador de origen."""
        return str(self.item.id_externo)


def traducir(fila: Fila, opciones: OpcionesDeImportacion, autoridades: Autoridades) -> Traducida:
    """El elemento que corresponde a la fila.

    Raises:
        FilaRechazada: tipo desconocido sin `--tipo`, o un nivel de acceso que no existe.
    """
    datos = fila.datos
    tipo, serie = _tipo(datos, opciones)
    item = tipo.modelo(tipo=tipo.codigo, id_externo=datos["id"].strip(), fuente=datos["fuente"][:300])
    item.acceso = _acceso(datos, opciones)
    item.estado = _estado(datos, tipo, opciones)
    _describir(item, datos, autoridades)
    llenar_ficha(item, tipo, datos, autoridades)
    _numerar(item, datos["extra"], serie, autoridades)
    if len(datos["texto"]) >= TEXTO_MINIMO_PARA_COMPARAR:
        item.huella_texto = huella_de(item.titulo, datos["texto"])
    item.huella_fila = _huella(datos, item)
    return Traducida(fila, item, datos["texto"], datos["archivos"])


def _tipo(datos: dict[str, Any], opciones: OpcionesDeImportacion) -> tuple[TipoDeItem, str]:
    conocido = tipo_de_fila(datos["tipo"])
    if opciones.tipo is not None:
        serie = conocido[1] if conocido and conocido[0] is opciones.tipo else ""
        return opciones.tipo, serie
    if conocido is None:
        raise FilaRechazada("tipo", f"El tipo «{datos['tipo']}» no se conoce. Corrija la fila, o diga de qué tipo son todas.")
    return conocido


def _acceso(datos: dict[str, Any], opciones: OpcionesDeImportacion) -> str:
    propio = datos["acceso"]
    if propio and propio not in NIVELES:
        raise FilaRechazada("acceso", f"No existe el nivel de acceso «{propio}». Use uno de: {', '.join(NIVELES)}.")
    return combinar(opciones.acceso, propio)


def _estado(datos: dict[str, Any], tipo: TipoDeItem, opciones: OpcionesDeImportacion) -> str:
    propio = datos["estado"] if datos["estado"] in ESTADOS else ""
    if not opciones.publicar or datos["extra"].get("publicado") is False:
        return propio if propio in {"en_revision", "cancelado"} else "borrador"
    return propio or tipo.estado_publico


def _describir(item: Item, datos: dict[str, Any], autoridades: Autoridades) -> None:
    titulo = " ".join(datos["titulo"].split())
    if not titulo:
        titulo = " ".join(datos["texto"].split()[:PALABRAS_DE_TITULO]) or f"Sin título ({item.id_externo})"
        item.pendientes.append("titulo")
    item.titulo = titulo[:1000]
    item.autor = " ".join(datos["autor"].split())[:500]
    item.area = autoridades.area(datos["dependencia"])
    lugar = datos["extra"].get("lugar")
    item.lugar = " ".join(lugar.split())[:200] if isinstance(lugar, str) else ""
    item.fecha_parcial = _fecha(datos["fecha"])
    item.hora = _hora(datos["extra"].get("hora"))
    item.url = _url(datos["url"])


def _fecha(texto: str) -> FechaParcial:
    try:
        return leer_fecha(texto)
    except FechaIlegible:
        return FechaParcial(texto=texto.strip()[:80])


def _hora(valor: Any) -> time | None:
    try:
        return parse_time(valor) if isinstance(valor, str) else None
    except ValueError:
        return None


def _url(valor: str) -> str:
    try:
        _url_valida(valor)
    except ValidationError:
        return ""
    return valor if len(valor) <= 1000 else ""


def _numerar(item: Item, extra: dict[str, Any], serie: str, autoridades: Autoridades) -> None:
    item.serie = autoridades.serie_dicha(extra.get("serie")) or autoridades.serie(serie)
    numero = str(extra.get("numero") or "").strip()
    item.numero_texto = numero[:60]
    if item.serie is None or not numero or item.fecha is None:
        return
    item.anio_numero = item.fecha.year
    item.folio = f"No. {numero[:60]}/{item.anio_numero}"
    if cifra := _NUMERO.match(numero):
        item.numero = int(cifra[1])


def _huella(datos: dict[str, Any], item: Item) -> str:
    canonica = json.dumps([datos, item.tipo, item.acceso, item.estado], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonica.encode("utf-8", "surrogatepass")).hexdigest()
