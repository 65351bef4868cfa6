"""Disparadores de la base de datos que impiden cambiar o borrar filas, aunque se entre por fuera de la aplicación."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import migrations

FUNCION = "acervo_solo_agregar"
VERBOS = ("UPDATE", "DELETE")


def nombres(tabla: str) -> list[str]:
    """Los disparadores que protegen una tabla."""
    return [f"{tabla}_sin_{verbo.lower()}" for verbo in VERBOS]


def _en_postgres(tabla: str) -> list[str]:
    cuerpo = "BEGIN RAISE EXCEPTION 'La tabla % sólo admite filas nuevas: no se cambian ni se borran', TG_TABLE_NAME; END"
    funcion = f"CREATE OR REPLACE FUNCTION {FUNCION}() RETURNS trigger LANGUAGE plpgsql AS $$ {cuerpo} $$"
    return [
        funcion,
        *(
            f"CREATE TRIGGER {nombre} BEFORE {verbo} ON {tabla} FOR EACH ROW EXECUTE FUNCTION {FUNCION}()"
            for nombre, verbo in zip(nombres(tabla), VERBOS, strict=True)
        ),
    ]


def _en_sqlite(tabla: str) -> list[str]:
    aviso = f"La tabla {tabla} sólo admite filas nuevas: no se cambian ni se borran"
    return [
        f"CREATE TRIGGER {nombre} BEFORE {verbo} ON {tabla} BEGIN SELECT RAISE(ABORT, '{aviso}'); END"
        for nombre, verbo in zip(nombres(tabla), VERBOS, strict=True)
    ]


def poner(tabla: str, apps: Any, schema_editor: Any) -> None:
    """Crea los disparadores de la tabla en SQLite o PostgreSQL."""
    ordenes = {"postgresql": _en_postgres, "sqlite": _en_sqlite}[schema_editor.connection.vendor](tabla)
    with schema_editor.connection.cursor() as cursor:
        for orden in ordenes:
            cursor.execute(orden)


def quitar(tabla: str, apps: Any, schema_editor: Any) -> None:
    """Quita los disparadores de la tabla (sólo al deshacer la migración)."""
    de_tabla = f" ON {tabla}" if schema_editor.connection.vendor == "postgresql" else ""
    with schema_editor.connection.cursor() as cursor:
        for nombre in nombres(tabla):
            cursor.execute(f"DROP TRIGGER IF EXISTS {nombre}{de_tabla}")


def solo_agregar(tabla: str) -> migrations.RunPython:
    """Operación de migración: desde aquí la tabla sólo admite filas nuevas.

    Quien después altere esa tabla en SQLite debe repetirla: Django la rehace y los disparadores se pierden.
    """
    return migrations.RunPython(partial(poner, tabla), partial(quitar, tabla))


@dataclass(frozen=True)
class Disparador:
    """Una negativa de la base: verbo (`INSERT`, `UPDATE` o `DELETE`) y condición en SQL que sirva en SQLite y PostgreSQL, y qué dice."""

    nombre: str
    tabla: str
    verbo: str
    condicion: str
    aviso: str


def _condicionado_en_sqlite(d: Disparador) -> list[str]:
    return [
        f"CREATE TRIGGER {d.nombre} BEFORE {d.verbo} ON {d.tabla} WHEN {d.condicion} BEGIN SELECT RAISE(ABORT, '{d.aviso}'); END"
    ]


def _condicionado_en_postgres(d: Disparador) -> list[str]:
    da = "OLD" if d.verbo == "DELETE" else "NEW"
    cuerpo = (
        f"BEGIN IF {d.condicion} THEN RAISE EXCEPTION '{d.aviso}' USING ERRCODE = 'check_violation'; END IF; RETURN {da}; END"
    )
    return [
        f"CREATE OR REPLACE FUNCTION {d.nombre}() RETURNS trigger LANGUAGE plpgsql AS $$ {cuerpo} $$",
        f"CREATE TRIGGER {d.nombre} BEFORE {d.verbo} ON {d.tabla} FOR EACH ROW EXECUTE FUNCTION {d.nombre}()",
    ]


def poner_condicionados(disparadores: Iterable[Disparador], schema_editor: Any) -> None:
    """Crea los disparadores en SQLite o PostgreSQL; los que ya están se rehacen."""
    todos = tuple(disparadores)
    quitar_condicionados(todos, schema_editor)
    escribir = {"postgresql": _condicionado_en_postgres, "sqlite": _condicionado_en_sqlite}[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        for disparador in todos:
            for orden in escribir(disparador):
                cursor.execute(orden)


def quitar_condicionados(disparadores: Iterable[Disparador], schema_editor: Any) -> None:
    """Quita los disparadores que haya."""
    en_postgres = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for d in disparadores:
            cursor.execute(f"DROP TRIGGER IF EXISTS {d.nombre}{f' ON {d.tabla}' if en_postgres else ''}")
