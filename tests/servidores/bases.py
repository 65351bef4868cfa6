"""Bases de datos de usar y tirar: cada prueba que las pide recibe una copia propia de una plantilla ya migrada.

Dentro de la prueba, `default` es esa base: para el código probado, para los hilos que abra y, por su `url`, para los
procesos que lance. Las transacciones son de verdad.
"""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from tests.servidores.postgres import NoDisponible, Servidor, arrancar

RAIZ = Path(__file__).resolve().parents[2]
_numeros = itertools.count(1)


@dataclass(frozen=True)
class Base:
    """La base que ve la prueba: `sqlite` o `postgresql`, y su dirección para otros procesos (ACERVO_BASE)."""

    vendor: str
    url: str


@contextmanager
def como_predeterminada(conexion: dict[str, Any]) -> Iterator[None]:
    """Mientras dura, la conexión `default` de todos los hilos nuevos y de éste es la dada."""
    ajustes, vieja = connections.settings["default"], connections["default"]
    connections.settings["default"] = ajustes | conexion
    del connections["default"]
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = ajustes
        connections["default"] = vieja
        ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Servidor]:
    """Un PostgreSQL para toda la corrida; sin él la prueba se salta, o falla si CI=true."""
    try:
        servidor = arrancar()
    except NoDisponible as motivo:
        if os.environ.get("CI") == "true":
            pytest.fail(str(motivo))
        pytest.skip(str(motivo))
    yield servidor
    servidor.detener()


@pytest.fixture(scope="session")
def plantilla_postgres(postgres: Servidor) -> str:
    """El nombre de una base migrada, de la que se copian las demás.

    Migra otro proceso: las migraciones de búsqueda de Wagtail eligen el motor al importarse.
    """
    _ejecutar(postgres, "CREATE DATABASE plantilla")
    ambiente = os.environ | {"ACERVO_PRUEBAS_BASE": postgres.url("plantilla")}
    subprocess.run([sys.executable, RAIZ / "manage.py", "migrate", "-v", "0"], env=ambiente, check=True, cwd=RAIZ)
    return "plantilla"


def _ejecutar(servidor: Servidor, orden: str) -> None:
    import psycopg  # noqa: PLC0415

    with closing(psycopg.connect(servidor.url(), autocommit=True)) as conexion:
        conexion.execute(orden)


@pytest.fixture
def base_postgres(postgres: Servidor, plantilla_postgres: str, django_db_blocker: Any) -> Iterator[Base]:
    """Una base PostgreSQL migrada y sólo para esta prueba."""
    nombre = f"prueba_{next(_numeros)}"
    _ejecutar(postgres, f"CREATE DATABASE {nombre} TEMPLATE {plantilla_postgres}")
    with django_db_blocker.unblock(), como_predeterminada(postgres.conexion(nombre)):
        yield Base("postgresql", postgres.url(nombre))
    _ejecutar(postgres, f"DROP DATABASE {nombre} WITH (FORCE)")


@pytest.fixture
def base_sqlite(plantilla_sqlite: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[Base]:
    """Un archivo SQLite migrado y sólo para esta prueba."""
    archivo = tmp_path / "base.sqlite3"
    shutil.copyfile(plantilla_sqlite, archivo)
    with django_db_blocker.unblock(), como_predeterminada({"NAME": str(archivo)}):
        yield Base("sqlite", f"sqlite:///{archivo}")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")])])
def cada_base(request: pytest.FixtureRequest) -> Base:
    """La prueba corre dos veces: en SQLite (un archivo) y en PostgreSQL."""
    return request.getfixturevalue(f"base_{request.param}")
