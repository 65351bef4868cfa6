"""A qué campos puede ir una columna, cómo se llaman esos campos en las hojas de las oficinas, y qué se sugiere para un encabezado.

El tablero de monitoreo de dieciocho columnas es el que publica RTP (Ciudad de México): Año, # Mes, Mes, Fecha, Título de la nota,
¿Es relevante?, Tema, Campaña, Radio, Televisión, Digitales, Impresos, Otros (redes), Informativo/Positivo/Negativo, Link, Autor,
Publicación boletín, Resumen. Sus cinco columnas de medio dicen a la vez cuál es el medio y de qué clase.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from archivo.catalogo.puerta import TipoDeItem, tipo_de

_CAMPO_PROPIO = re.compile(r"extra\.[A-Za-z0-9_]{1,60}\Z")


@dataclass(frozen=True)
class Campo:
    """Un destino posible: su clave, cómo se llama ante una persona, en qué grupo se ofrece y qué otros nombres le dan."""

    clave: str
    nombre: str
    grupo: str
    otros: tuple[str, ...] = ()


_DESCRIPCION, _FECHA, _ORIGEN, _MONITOREO = "Descripción", "Fecha", "Origen y acceso", "Medio (monitoreo)"
CAMPOS: dict[str, Campo] = {
    c.clave: c
    for c in (
        Campo("titulo", "Título", _DESCRIPCION, ("titulo de la nota", "encabezado", "cabeza", "titular", "asunto", "nombre", "title")),
        Campo("autor", "Autor", _DESCRIPCION, ("autora", "autor o autora", "autoria", "firma", "reportero", "fotografo", "columnista")),
        Campo("dependencia", "Dependencia o área productora", _DESCRIPCION, ("dependencia", "area", "area productora", "secretaria", "unidad")),
        Campo("texto", "Texto", _DESCRIPCION, ("texto completo", "cuerpo", "contenido", "transcripcion", "texto de la nota")),
        Campo("extra.resumen", "Resumen", _DESCRIPCION, ("resumen", "sumario", "sintesis", "extracto", "descripcion")),
        Campo("extra.lugar", "Lugar", _DESCRIPCION, ("lugar", "municipio", "localidad", "ciudad", "sede")),
        Campo("extra.temas", "Temas", _DESCRIPCION, ("tema", "temas", "etiquetas", "palabras clave", "materia")),
        Campo("extra.numero", "Número o folio", _DESCRIPCION, ("numero", "no", "num", "folio", "boletin no", "numero de boletin")),
        Campo("extra.serie", "Serie de numeración", _DESCRIPCION, ("serie",)),
        Campo(
            "fecha", "Fecha", _FECHA,
            ("fecha de publicacion", "fecha publicacion", "fecha del documento", "fecha de emision", "fecha de la nota", "dia de publicacion", "date"),
        ),
        Campo("extra.hora", "Hora", _FECHA, ("hora", "hora de inicio")),
        Campo("fecha.anio", "Año (si no hay fecha)", _FECHA, ("ano", "anio", "year")),
        Campo("fecha.mes", "Mes (si no hay fecha)", _FECHA, ("mes", "# mes", "no mes", "numero de mes")),
        Campo("fecha.dia", "Día (si no hay fecha)", _FECHA, ("dia",)),
        Campo("id", "Identificador de origen", _ORIGEN, ("identificador", "clave", "id externo", "id de origen", "referencia")),
        Campo("tipo", "Tipo de documento", _ORIGEN, ("tipo de documento", "tipo de elemento", "clase de documento")),
        Campo("fuente", "Fuente", _ORIGEN, ("procedencia", "origen", "coleccion")),
        Campo("url", "Dirección web", _ORIGEN, ("link", "liga", "enlace", "vinculo", "hipervinculo", "direccion web", "pagina web", "url de la nota")),
        Campo("acceso", "Nivel de acceso", _ORIGEN, ("nivel de acceso", "clasificacion de acceso")),
        Campo("estado", "Estado", _ORIGEN, ("situacion",)),
        Campo("archivos", "Archivos que lo acompañan", _ORIGEN, ("archivo", "nombre de archivo", "testigo", "pdf", "imagen")),
        Campo("extra.publicado", "¿Está publicado?", _ORIGEN, ("publicado", "es publico")),
        Campo("extra.medio", "Medio", _MONITOREO, ("medio de comunicacion", "periodico", "nombre del medio")),
        Campo("medio.prensa", "Medio impreso", _MONITOREO, ("impresos", "impreso", "prensa")),
        Campo("medio.radio", "Estación de radio", _MONITOREO, ("radio",)),
        Campo("medio.television", "Canal de televisión", _MONITOREO, ("television", "tv")),
        Campo("medio.digital", "Medio digital", _MONITOREO, ("digitales", "digital", "portal", "internet")),
        Campo("medio.red_social", "Red social", _MONITOREO, ("otros redes", "redes", "redes sociales", "otros")),
        Campo(
            "extra.valoracion", "Valoración", _MONITOREO,
            ("valoracion", "tono", "informativo positivo negativo", "informativo positivo negativo verde amarillo rojo", "calificacion"),
        ),
        Campo("extra.relevante", "¿Es relevante?", _MONITOREO, ("es relevante", "relevante")),
        Campo("extra.campania", "Campaña", _MONITOREO, ("campana", "campania")),
        Campo("extra.boletin_origen", "Boletín que la originó", _MONITOREO, ("publicacion boletin", "boletin", "boletin de origen")),
    )
}  # fmt: skip
TABLERO_DE_MONITOREO = frozenset({
    "ano", "# mes", "mes", "fecha", "titulo de la nota", "es relevante", "tema", "campana", "radio", "television", "digitales", "impresos",
    "otros redes", "link", "autor", "publicacion boletin", "resumen",
})  # fmt: skip


def llano(texto: str) -> str:
    """El nombre de una columna sin acentos, mayúsculas ni puntuación: «¿Es relevante?» → `es relevante`."""
    base = "".join(c for c in unicodedata.normalize("NFD", texto.lower()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w#]+", " ", base.replace("_", " ")).split())


def huella_de_encabezado(encabezado: Sequence[str]) -> str:
    """La misma para los mismos nombres de columna en el mismo orden, se escriban como se escriban."""
    return hashlib.sha256(json.dumps([llano(c) for c in encabezado]).encode()).hexdigest()


def es_tablero_de_monitoreo(encabezado: Sequence[str]) -> bool:
    """¿Son las columnas del tablero de monitoreo? (la de valoración cambia de nombre entre oficinas)."""
    return {llano(c) for c in encabezado} >= TABLERO_DE_MONITOREO


def campos_para(tipo: str) -> dict[str, Campo]:
    """Los destinos que se ofrecen para un tipo («» si lo dice cada fila): los comunes y los de su ficha."""
    propios = _de_la_ficha(tipo) if tipo else {}
    return {c: v for c, v in CAMPOS.items() if c not in propios} | propios


@cache
def _de_la_ficha(tipo: str) -> dict[str, Campo]:
    declarado: TipoDeItem = tipo_de(tipo)
    grupo = f"Propios de {declarado.nombre.lower()}"
    campos = {}
    for nombre, campo in declarado.ficha.base_fields.items():
        clave = f"extra.{nombre}"
        comun = CAMPOS.get(clave)
        etiqueta = str(campo.label or nombre.replace("_", " ").capitalize())
        campos[clave] = Campo(clave, etiqueta, comun.grupo if comun else grupo, (comun.otros if comun else ()))
    return campos


@cache
def _por_nombre(tipo: str) -> dict[str, str]:
    nombres: dict[str, str] = {}
    for campo in campos_para(tipo).values():
        for nombre in (campo.clave, campo.clave.removeprefix("extra."), campo.nombre, *campo.otros):
            nombres.setdefault(llano(nombre), campo.clave)
    return nombres


def es_destino(clave: str) -> bool:
    """¿Se puede mandar ahí una columna?"""
    return clave in CAMPOS or bool(_CAMPO_PROPIO.match(clave))


def sugerir(encabezado: Sequence[str], tipo: str = "") -> list[str]:
    """Un destino por columna («» si ninguno parece). Sólo las del mes pueden repetirse: `# Mes` y `Mes`."""
    nombres, usados, sugeridas = _por_nombre(tipo), set(), []
    for columna in encabezado:
        propia = columna.strip()
        clave = propia if es_destino(propia) else nombres.get(llano(columna), "")
        if clave in usados and clave != "fecha.mes":
            clave = ""
        usados.add(clave)
        sugeridas.append(clave)
    return sugeridas
