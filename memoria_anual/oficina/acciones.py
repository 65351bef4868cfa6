"""Lo que hace cada acción de `manage.py memoria`: sus argumentos y su respuesta. Quien agrega una la pone en `ACCIONES`."""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Lector, RolVigente, Usuario, lector_de
from memoria_anual.cortes.puerta import CifraDeCorte, cortar
from memoria_anual.indicadores.puerta import (
    Cifra,
    IndicadorDesconocido,
    Periodo,
    PeriodoIlegible,
    PeticionInutilizable,
    Renglon,
    cifra,
    cifras,
    leer_periodo,
    lista,
    visibles,
)
from search import SearchError

CUALQUIERA_DE_LA_OFICINA = Lector(roles=(RolVigente("cotejo", None),))
"""Sin `--como`: lo interno se nombra; lo reservado y los borradores se cuentan y no se nombran."""


@dataclass(frozen=True)
class Accion:
    """Una acción de la orden: su nombre, su ayuda, cómo se le dan argumentos y qué hace."""

    nombre: str
    ayuda: str
    argumentos: Callable[[argparse.ArgumentParser], None]
    hacer: Callable[[BaseCommand, dict[str, Any]], None]


def periodo_de(o: dict[str, Any]) -> Periodo:
    """El periodo pedido; si no se entiende, la orden sale con 2 y dice cómo escribirlo."""
    try:
        return leer_periodo(o["periodo"])
    except PeriodoIlegible as error:
        raise CommandError(str(error), returncode=2) from error


def persona_de(nombre: str) -> Usuario | None:
    """La persona que se dijo con `--como`, o nadie."""
    if not nombre:
        return None
    persona = Usuario.objects.filter(username=nombre).first()
    if persona is None:
        raise CommandError(
            f"No existe la persona usuaria «{nombre}». Créela con: manage.py usuarios crear {nombre} --rol ROL", returncode=2
        )
    return persona


def numero(valor: Decimal | None) -> int | float | None:
    """Un valor como lo escribe JSON: entero si lo es."""
    if valor is None:
        return None
    return int(valor) if valor == valor.to_integral_value() else float(valor)


def _de_cifras(partes: argparse.ArgumentParser) -> None:
    partes.add_argument("--periodo", required=True, help="AAAA, AAAA-Tn, AAAA-G o DESDE..HASTA.")
    partes.add_argument("--indicador", default="", metavar="CLAVE", help="Sólo ése.")
    partes.add_argument("--lista", action="store_true", help="Los elementos que lo forman, uno por renglón.")
    partes.add_argument("--como", default="", help="Nombre de la persona usuaria que lee la lista.")


def hacer_cifras(orden: BaseCommand, o: dict[str, Any]) -> None:
    """Las cifras del periodo, o la lista de una."""
    periodo = periodo_de(o)
    if o["lista"] and not o["indicador"]:
        raise CommandError("Diga de qué indicador quiere la lista, por ejemplo: --indicador BOL --lista", returncode=2)
    try:
        if o["lista"]:
            _escribir_lista(orden, lista(o["indicador"], periodo), o)
            return
        hechas = [cifra(o["indicador"], periodo)] if o["indicador"] else cifras(periodo)
    except IndicadorDesconocido as error:
        raise CommandError(f"{error} Vea cuáles hay con: manage.py memoria cifras --periodo {periodo}", returncode=2) from error
    except (SearchError, PeticionInutilizable) as error:
        raise CommandError(
            f"Un indicador propio pregunta al buscador y no contestó ({error}). Pruebe: manage.py indice poner-al-dia",
            returncode=2,
        ) from error
    if o["json"]:
        dichas = [como_dict(c) for c in hechas]
        orden.stdout.write(json.dumps({"periodo": periodo.clave, "cifras": dichas}, ensure_ascii=False))
        return
    orden.stdout.write(f"{periodo.nombre}\n")
    for c in hechas:
        orden.stdout.write(en_palabras(c))


def como_dict(c: Cifra | CifraDeCorte) -> dict[str, Any]:
    """Una cifra, viva o de un corte, con las claves del contrato."""
    semantica = c.indicador.semantica if isinstance(c, Cifra) else c.semantica
    return {
        "clave": c.clave, "nombre": c.nombre, "unidad": c.unidad, "valor": numero(c.valor), "anterior": numero(c.anterior),
        "elementos": c.elementos, "semantica": str(semantica), "capturada": c.capturada,
        "anterior_capturado": c.anterior_capturado, "nota": c.nota,
    }  # fmt: skip


def en_palabras(c: Cifra | CifraDeCorte) -> str:
    """Un renglón para leerse en la terminal."""
    valor = "n/a" if c.valor is None else f"{numero(c.valor):,}"
    antes = "n/a" if c.anterior is None else f"{numero(c.anterior):,}"
    return f"{c.clave:<8} {valor:>14} {c.unidad:<16} antes {antes:>12}  {c.nombre}{f' · {c.nota}' if c.nota else ''}"


def _escribir_lista(orden: BaseCommand, renglones: list[Renglon], o: dict[str, Any]) -> None:
    persona = persona_de(o["como"])
    lector = lector_de(persona) if persona else CUALQUIERA_DE_LA_OFICINA
    for renglon, item, se_ve in visibles(lector, renglones, superficie="memoria.lista", usuario=persona):
        orden.stdout.write(
            json.dumps(_renglon(renglon, item, se_ve=se_ve), ensure_ascii=False) if o["json"] else _leible(renglon, se_ve=se_ve)
        )


def _renglon(r: Renglon, item: Item | None, *, se_ve: bool) -> dict[str, Any]:
    comun = {"clase": r.clase, "tipo": r.tipo or None, "fecha": r.fecha and r.fecha.isoformat(), "peso": numero(r.peso)}
    if not se_ve:
        return comun | {"clave": None, "titulo": None, "a_la_vista": False}
    url = f"/elemento/{r.clave}/" if r.clase == "item" else None
    return comun | {
        "clave": r.clave, "id_externo": item and item.id_externo, "titulo": r.titulo, "folio": r.folio or None, "estado": r.estado, "area": r.area or None,
        "acceso": r.acceso, "url": url, "a_la_vista": True,
    }  # fmt: skip


def _leible(r: Renglon, *, se_ve: bool) -> str:
    dia = r.fecha.isoformat() if r.fecha else "sin fecha"
    return f"{dia}  {r.clave:<12}  {r.folio:<16} {r.titulo}" if se_ve else f"{dia}  (no está a la vista de quien pregunta)"


def _de_corte(partes: argparse.ArgumentParser) -> None:
    partes.add_argument("--periodo", required=True, help="AAAA, AAAA-Tn, AAAA-G o DESDE..HASTA.")
    partes.add_argument("--motivo", default="", help="Por qué se corta; queda en el corte.")
    partes.add_argument("--como", default="", help="Nombre de la persona usuaria que corta.")


def hacer_corte(orden: BaseCommand, o: dict[str, Any]) -> None:
    """Congela las cifras del periodo."""
    try:
        corte = cortar(periodo_de(o), persona_de(o["como"]), o["motivo"])
    except (SearchError, PeticionInutilizable) as error:
        raise CommandError(
            f"No se cortó nada: un indicador propio pregunta al buscador y no contestó ({error}).", returncode=2
        ) from error
    hechas = list(corte.cifras.all())
    if o["json"]:
        dicho = {
            "corte": corte.pk, "hash": corte.hash, "cifras": [como_dict(c) for c in hechas], "periodo": corte.periodo,
            "momento": corte.momento.isoformat(), "elementos": corte.elementos_total,
        }  # fmt: skip
        orden.stdout.write(json.dumps(dicho, ensure_ascii=False))
        return
    orden.stdout.write(f"Corte {corte.pk} de {corte.nombre_de_periodo}: {corte.elementos_total:,} elementos\n{corte.hash}\n")
    for c in hechas:
        orden.stdout.write(en_palabras(c))


ACCIONES: tuple[Accion, ...] = (
    Accion("cifras", "Las cifras de un periodo, o la lista que forma una.", _de_cifras, hacer_cifras),
    Accion("corte", "Congela las cifras de un periodo con la lista de lo que las forma.", _de_corte, hacer_corte),
)
