"""Disparadores de la base de datos que impiden cambiar, borrar, reemplazar o vaciar filas, aunque se entre por fuera de la aplicación.

Lo que los pone vuelve a ponerlos igual, así que puede repetirse. `reponer`, tras cada `migrate`, deja con los suyos a toda tabla de historia:
también la que SQLite rehízo (y ahí los perdió) y la que estrenó otra llave.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.apps import apps as aplicaciones
from django.db import connections, migrations, transaction

from archivo.auditoria.models import Historia

FUNCION, FUNCION_VACIAR = "acervo_solo_agregar", "acervo_sin_vaciar"
VERBOS = ("UPDATE", "DELETE")
_EN_POSTGRES, _DE_SQLITE = ("update", "delete", "truncate"), ("reemplazo_insert", "reemplazo_update")


def nombres(tabla: str) -> list[str]:
    """Los disparadores que protegen una tabla de historia (cada base tiene los que le hacen falta)."""
    return [f"{tabla}_sin_{que}" for que in (*_EN_POSTGRES, *_DE_SQLITE)]


def _sin_vaciar_en_postgres(tabla: str) -> list[str]:
    cuerpo = "BEGIN RAISE EXCEPTION 'La tabla % no se vacía: lo que guarda no se borra', TG_TABLE_NAME; END"
    return [
        f"CREATE OR REPLACE FUNCTION {FUNCION_VACIAR}() RETURNS trigger LANGUAGE plpgsql AS $$ {cuerpo} $$",
        f"CREATE TRIGGER {tabla}_sin_truncate BEFORE TRUNCATE ON {tabla} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCION_VACIAR}()",
    ]


def _en_postgres(tabla: str, cursor: Any) -> list[str]:
    cuerpo = "BEGIN RAISE EXCEPTION 'La tabla % sólo admite filas nuevas: no se cambian ni se borran', TG_TABLE_NAME; END"
    return [
        f"CREATE OR REPLACE FUNCTION {FUNCION}() RETURNS trigger LANGUAGE plpgsql AS $$ {cuerpo} $$",
        *(
            f"CREATE TRIGGER {tabla}_sin_{verbo.lower()} BEFORE {verbo} ON {tabla} FOR EACH ROW EXECUTE FUNCTION {FUNCION}()"
            for verbo in VERBOS
        ),
        *_sin_vaciar_en_postgres(tabla),
    ]


def _unicas(tabla: str, cursor: Any) -> list[tuple[list[str], str]]:
    """Cada conjunto de columnas que en esa tabla de SQLite no se repite, con la condición de su índice («» si vale siempre)."""
    cursor.execute("SELECT name FROM pragma_index_list(%s) WHERE [unique] ORDER BY name", [tabla])
    halladas: list[tuple[list[str], str]] = [(["rowid"], "")]
    for (indice,) in cursor.fetchall():
        cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [indice])
        columnas = [nombre for (nombre,) in cursor.fetchall()]
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [indice])
        definicion = cursor.fetchone()[0] or ""
        if None in columnas:
            raise ValueError(f"{tabla}: el índice único {indice} es de expresiones y no se sabe protegerlo; hágalo de columnas.")
        halladas.append((columnas, definicion.partition(" WHERE ")[2]))
    return halladas


def _ya_esta(tabla: str, unica: tuple[list[str], str], todas: list[str], salvo: str) -> str:
    columnas, condicion = unica
    # El «+» quita a NEW su afinidad: sin él, un '4' escrito como texto no sería igual al 4 que va a reemplazar.
    iguales = " AND ".join(f"{columna} = +NEW.{columna}" for columna in columnas) + salvo
    if not condicion:
        return f"EXISTS (SELECT 1 FROM {tabla} WHERE {iguales})"  # noqa: S608
    suyas = ", ".join(f'NEW."{columna}" AS "{columna}"' for columna in todas if f'"{columna}"' in condicion)
    nueva = f"EXISTS (SELECT 1 FROM (SELECT {suyas}) WHERE {condicion})"  # noqa: S608
    return f"({nueva} AND EXISTS (SELECT 1 FROM {tabla} WHERE {iguales} AND ({condicion})))"  # noqa: S608


def _sin_reemplazo_en_sqlite(tabla: str, cursor: Any) -> list[str]:
    """«INSERT OR REPLACE» y «UPDATE OR REPLACE» quitan la fila que estorba sin avisar al disparador que impide borrarla."""
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [tabla])
    todas = [columna for (columna,) in cursor.fetchall()]
    unicas, aviso = _unicas(tabla, cursor), f"La tabla {tabla} ya tiene esa fila: no se reemplaza con otra"
    return [
        f"CREATE TRIGGER {tabla}_sin_reemplazo_{verbo.lower()} BEFORE {verbo} ON {tabla} "
        f"WHEN {' OR '.join(_ya_esta(tabla, unica, todas, salvo) for unica in unicas)} "
        f"BEGIN SELECT RAISE(ABORT, '{aviso}'); END"
        for verbo, salvo in (("INSERT", ""), ("UPDATE", " AND rowid <> OLD.rowid"))
    ]


def _en_sqlite(tabla: str, cursor: Any) -> list[str]:
    aviso = f"La tabla {tabla} sólo admite filas nuevas: no se cambian ni se borran"
    negativas = [
        f"CREATE TRIGGER {tabla}_sin_{verbo.lower()} BEFORE {verbo} ON {tabla} BEGIN SELECT RAISE(ABORT, '{aviso}'); END"
        for verbo in VERBOS
    ]
    return [*negativas, *_sin_reemplazo_en_sqlite(tabla, cursor)]


def poner(tabla: str, apps: Any, schema_editor: Any) -> None:
    """Crea los disparadores de la tabla en SQLite o PostgreSQL; los que ya están se rehacen."""
    quitar(tabla, apps, schema_editor)
    escribir = {"postgresql": _en_postgres, "sqlite": _en_sqlite}[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        for orden in escribir(tabla, cursor):
            cursor.execute(orden)


def quitar(tabla: str, apps: Any, schema_editor: Any) -> None:
    """Quita los disparadores de la tabla (sólo al deshacer la migración)."""
    with schema_editor.connection.cursor() as cursor:
        for nombre in nombres(tabla):
            cursor.execute(_baja(nombre, tabla, schema_editor))


def _baja(nombre: str, tabla: str, schema_editor: Any) -> str:
    return f"DROP TRIGGER IF EXISTS {nombre}" + (f" ON {tabla}" if schema_editor.connection.vendor == "postgresql" else "")


def solo_agregar(tabla: str) -> migrations.RunPython:
    """Operación de migración: desde aquí la tabla sólo admite filas nuevas."""
    return migrations.RunPython(partial(poner, tabla), partial(quitar, tabla))


def tablas_de_historia() -> list[str]:
    """Las tablas de todos los modelos que sólo se agregan."""
    return [modelo._meta.db_table for modelo in aplicaciones.get_models() if issubclass(modelo, Historia)]


def reponer(using: str, **kwargs: Any) -> None:
    """Tras migrar, pone a cada tabla de historia los disparadores que le falten o que no digan lo que deben."""
    conexion = connections[using]
    editor = SimpleNamespace(connection=conexion)
    with transaction.atomic(using), conexion.cursor() as cursor:
        hay = set(conexion.introspection.table_names(cursor))
        completa = _completa_en_postgres if conexion.vendor == "postgresql" else _completa_en_sqlite
        for tabla in tablas_de_historia():
            if tabla in hay and not completa(tabla, cursor):
                poner(tabla, aplicaciones, editor)


def _completa_en_postgres(tabla: str, cursor: Any) -> bool:
    cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'", [tabla])
    return {f"{tabla}_sin_{que}" for que in _EN_POSTGRES} <= {nombre for (nombre,) in cursor.fetchall()}


def _completa_en_sqlite(tabla: str, cursor: Any) -> bool:
    debidos = set(_en_sqlite(tabla, cursor))
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [tabla])
    return debidos <= {sql for (sql,) in cursor.fetchall()}


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


def _de_tablas_sin_borrar(disparadores: tuple[Disparador, ...], schema_editor: Any, cursor: Any) -> list[str]:
    """Lo que no se borra tampoco se reemplaza (SQLite) ni se vacía (PostgreSQL)."""
    tablas = dict.fromkeys(d.tabla for d in disparadores if d.verbo == "DELETE")
    en_postgres = schema_editor.connection.vendor == "postgresql"
    return [o for t in tablas for o in (_sin_vaciar_en_postgres(t) if en_postgres else _sin_reemplazo_en_sqlite(t, cursor))]


def poner_condicionados(disparadores: Iterable[Disparador], schema_editor: Any) -> None:
    """Crea los disparadores en SQLite o PostgreSQL; los que ya están se rehacen. Quien altere su tabla en SQLite debe repetirlos."""
    todos = tuple(disparadores)
    quitar_condicionados(todos, schema_editor)
    escribir = {"postgresql": _condicionado_en_postgres, "sqlite": _condicionado_en_sqlite}[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        propias = [orden for disparador in todos for orden in escribir(disparador)]
        for orden in (*propias, *_de_tablas_sin_borrar(todos, schema_editor, cursor)):
            cursor.execute(orden)


def quitar_condicionados(disparadores: Iterable[Disparador], schema_editor: Any) -> None:
    """Quita los disparadores que haya."""
    todos = tuple(disparadores)
    de_mas = ((f"{d.tabla}_sin_{q}", d.tabla) for d in todos if d.verbo == "DELETE" for q in ("truncate", *_DE_SQLITE))
    with schema_editor.connection.cursor() as cursor:
        for nombre, tabla in (*((d.nombre, d.tabla) for d in todos), *de_mas):
            cursor.execute(_baja(nombre, tabla, schema_editor))
