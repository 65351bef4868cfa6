"""Las direcciones de la búsqueda: cada filtro, orden y página es un parámetro; la misma búsqueda tiene una sola dirección."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from archivo.indexacion.puerta import es_filtro
from archivo.portal.puerta import LARGO_DE_CONSULTA, entero
from buscador.peticion import MODOS, ORDENES, Peticion, PeticionInutilizable, filtro_del_motor

TAMANOS = (10, 20, 50, 100)
POR_PAGINA = 10
LARGO_DE_CLAVE = 12
_PROPIOS = {"q", "orden", "pagina", "tamano", "modo", "formato", "desde", "hasta", "tras", "contiene", "por", "hoja"}
_DE_PASO = ("utm_", "fbclid", "gclid")


@dataclass(frozen=True)
class Lectura:
    """Una dirección leída con indulgencia: la petición que sí se entiende y avisos de lo que no."""

    peticion: Peticion
    avisos: tuple[str, ...] = ()


def leer(datos: QueryDict) -> Lectura:
    """La petición de una dirección. Lo que no se entiende se ignora y se dice."""
    avisos: list[str] = []
    filtros = _filtros(datos, avisos)
    tamano = entero(datos.get("tamano"), POR_PAGINA)
    peticion = Peticion(
        texto=datos.get("q", "").replace("\0", " ").strip()[:LARGO_DE_CONSULTA],
        filtros=filtros,
        orden=_de_lista(datos, "orden", ORDENES, "relevancia", avisos),
        tamano=tamano if tamano in TAMANOS else POR_PAGINA,
        modo=_de_lista(datos, "modo", MODOS, "auto", avisos),
        pagina=_pagina(datos.get("pagina", ""), avisos),
        tras=datos.get("tras", "")[:LARGO_DE_CLAVE],
    )
    return Lectura(peticion, tuple(avisos))


def _pagina(texto: str, avisos: list[str]) -> int:
    numero = entero(texto.strip().replace(",", ""), 0)
    if texto.strip() and not numero:
        avisos.append("Las páginas se piden con un número, desde 1. Le mostramos la primera.")
    return max(1, numero)


def _de_lista(datos: QueryDict, nombre: str, posibles: Mapping[str, str], predeterminado: str, avisos: list[str]) -> str:
    valor = datos.get(nombre) or predeterminado
    if valor in posibles:
        return valor
    avisos.append(f"No conocemos ese valor de «{nombre}» y no lo tomamos en cuenta.")
    return predeterminado


def _filtros(datos: QueryDict, avisos: list[str]) -> dict[str, tuple[str, ...]]:
    pedidos = {c: tuple(v for v in datos.getlist(c) if v.strip()) for c in datos if c not in _PROPIOS and es_filtro(c)}
    desde, hasta = datos.get("desde", "").strip(), datos.get("hasta", "").strip()
    if desde or hasta:
        pedidos["fecha"] = (f"{desde}..{hasta}",)
    desconocidos = [c for c in datos if c not in _PROPIOS and not es_filtro(c) and not c.startswith(_DE_PASO)]
    avisos += [f"No hay un filtro «{c[:40]}» y no lo tomamos en cuenta." for c in desconocidos[:3]]
    leidos: dict[str, tuple[str, ...]] = {}
    for campo, valores in pedidos.items():
        try:
            if valores:
                filtro_del_motor(campo, valores)
                leidos[campo] = valores
        except PeticionInutilizable as motivo:
            avisos.append(f"{motivo} No tomamos en cuenta ese filtro.")
    return leidos


def parametros(peticion: Peticion, **cambios: Any) -> dict[str, Any]:
    """Los parámetros de una petición, sin los que valen lo de siempre."""
    p = replace(peticion, **cambios)
    dados: dict[str, Any] = {"q": p.texto, **{c: list(v) for c, v in p.filtros.items()}}
    if p.orden != "relevancia":
        dados["orden"] = p.orden
    if p.modo != "auto":
        dados["modo"] = p.modo
    if p.tamano != POR_PAGINA:
        dados["tamano"] = str(p.tamano)
    if p.pagina > 1:
        dados["pagina"] = str(p.pagina)
        dados["tras"] = p.tras
    return {c: v for c, v in dados.items() if v}


def direccion(peticion: Peticion, formato: str = "", **cambios: Any) -> str:
    """La dirección de una búsqueda, con los cambios dados."""
    return reverse("buscador:buscar") + cola(replace(peticion, **cambios), formato=formato)


def cola(peticion: Peticion, pagina: int | None = None, **otros: str) -> str:
    """Los parámetros de una búsqueda, `?…`, con esos otros detrás; vacía si no hay ninguno."""
    dados = QueryDict(mutable=True)
    for campo, valor in parametros(peticion, **({"pagina": pagina} if pagina else {})).items():
        dados.setlist(campo, valor if isinstance(valor, list) else [valor])
    for campo, valor in otros.items():
        if valor:
            dados[campo] = valor
    return f"?{dados.urlencode()}" if dados else ""


def sin_filtro(peticion: Peticion, campo: str, *valores: str) -> str:
    """La dirección sin esos valores de ese filtro, desde la primera página."""
    resto = {c: tuple(v for v in vs if c != campo or v not in valores) for c, vs in peticion.filtros.items()}
    return direccion(peticion, filtros={c: v for c, v in resto.items() if v}, pagina=1)


def con_filtro(peticion: Peticion, campo: str, *valores: str) -> str:
    """La dirección con esos valores, y ningún otro, en ese filtro; desde la primera página."""
    return direccion(peticion, filtros={**peticion.filtros, campo: valores}, pagina=1)


def ocultos(peticion: Peticion, *sin: str) -> list[tuple[str, str]]:
    """Los parámetros que un formulario lleva sin mostrar, menos los que él mismo ofrece."""
    pares: list[tuple[str, str]] = []
    for campo, valor in parametros(peticion, pagina=1).items():
        if campo not in sin:
            pares += [(campo, v) for v in (valor if isinstance(valor, list) else [valor])]
    return pares
