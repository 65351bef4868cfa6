"""Lo común a las pruebas: bases de datos, carpetas propias y el orden en que corren."""

import fcntl
import hashlib
import shutil
import sqlite3
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as ajustes
from django.db import connection
from django.db.backends.sqlite3.operations import DatabaseOperations
from django.test.utils import setup_databases, teardown_databases

from tests.servidores.bases import base_postgres, base_sqlite, cada_base, plantilla_postgres, postgres
from tests.servidores.fixtures_motores import elasticsearch, opensearch

__all__ = ["base_postgres", "base_sqlite", "cada_base", "elasticsearch", "opensearch", "plantilla_postgres", "postgres"]

RAIZ = Path(__file__).resolve().parents[1]
# La velocidad se mide aparte: una máquina cargada no reprueba una propiedad.
hypothesis.settings.register_profile("acervo", deadline=None)
hypothesis.settings.load_profile("acervo")
UN_DIA = 86400
CON_POSTGRES = {"postgres", "base_postgres", "plantilla_postgres"}
CON_MOTORES = {"elasticsearch", "opensearch"}
CON_PROCESOS = {"base_sqlite", "cada_base"}


def _es_larga(item: pytest.Item) -> bool:
    """¿Lanza otros procesos sobre una base suya, o revisa todo el árbol?"""
    return bool(CON_PROCESOS & set(getattr(item, "fixturenames", ()))) or item.path.parent == RAIZ / "tests/proyecto"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Marca lo que necesita cada prueba y pone el orden: las largas primero.

    pytest-django deja al final las que no usan la base de todas, y una de medio minuto que empieza la última deja a los demás
    procesos sin nada que hacer.
    """
    _marcar(items)
    yield
    items.sort(key=_es_larga, reverse=True)


def _marcar(items: list[pytest.Item]) -> None:
    """Lo que necesita PostgreSQL va a un solo proceso; tras un vaciado se restauran los datos de las migraciones."""
    for item in items:
        usadas = set(getattr(item, "fixturenames", ()))
        if usadas & CON_POSTGRES:
            item.add_marker(pytest.mark.postgres)
            item.add_marker(pytest.mark.xdist_group("postgres"))
        if usadas & CON_MOTORES:
            item.add_marker(pytest.mark.motores)
        marca = item.get_closest_marker("django_db")
        if marca and marca.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(**(marca.kwargs | {"serialized_rollback": True})), append=False)
        if usadas & {"transactional_db", "live_server"}:
            item.fixturenames.append("django_db_serialized_rollback")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Borra la carpeta temporal de este proceso."""
    if ajustes.configured and Path(ajustes.ACERVO_DATOS).name.startswith("acervo-pruebas-"):
        shutil.rmtree(ajustes.ACERVO_DATOS, ignore_errors=True)


@pytest.fixture(autouse=True)
def carpeta_de_datos_propia(settings: Any, tmp_path: Path) -> None:
    """Cada prueba escribe en su propia carpeta de datos."""
    settings.ACERVO_DATOS = tmp_path / "datos"
    settings.ACERVO_DATOS.mkdir()


def _vaciado_con_disparadores(original: Any) -> Any:
    """Las tablas que sólo admiten filas nuevas impedirían vaciar SQLite entre pruebas: sus disparadores se quitan y se reponen."""

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            disparadores = cursor.fetchall()
        quitar = [f"DROP TRIGGER {nombre}" for nombre, _ in disparadores]
        return [*quitar, *original(self, *args, **kwargs), *(orden for _, orden in disparadores)]

    return sql_flush


DatabaseOperations.sql_flush = _vaciado_con_disparadores(DatabaseOperations.sql_flush)


@contextmanager
def _en_turno(candado: Path) -> Iterator[None]:
    with candado.open("w") as archivo:
        fcntl.flock(archivo, fcntl.LOCK_EX)
        yield


def _huella_de_las_migraciones() -> str:
    suma = hashlib.sha256(repr(ajustes.INSTALLED_APPS).encode())
    fuentes = [*RAIZ.glob("*/migrations/*.py"), *RAIZ.glob("*/*/migrations/*.py"), *RAIZ.glob("requirements/*.txt")]
    for archivo in sorted([*fuentes, RAIZ / "archivo/settings/base.py", *RAIZ.glob("*/*/disparadores.py")]):
        suma.update(archivo.read_bytes())
    return suma.hexdigest()[:20]


@pytest.fixture(scope="session")
def _plantilla(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dónde está (o quedará) la base migrada. Se guarda entre corridas mientras no cambien las migraciones."""
    cache = getattr(request.config, "cache", None)
    carpeta = cache.mkdir("plantillas") if cache else tmp_path_factory.getbasetemp()
    return carpeta / f"{_huella_de_las_migraciones()}.sqlite3"


def _guardar_plantilla(destino: Path) -> None:
    for vieja in destino.parent.glob("*.sqlite3*"):
        if time.time() - vieja.stat().st_mtime > UN_DIA:
            vieja.unlink()
    parcial = destino.with_suffix(".parcial")
    parcial.unlink(missing_ok=True)
    connection.cursor().execute("VACUUM INTO %s", [str(parcial)])
    with closing(sqlite3.connect(parcial)) as base:
        base.execute("PRAGMA journal_mode=WAL")
    parcial.rename(destino)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None, _plantilla: Path
) -> Iterator[None]:
    """La base de pruebas. Migra un solo proceso; los demás copian el resultado."""
    with django_db_blocker.unblock(), _en_turno(_plantilla.with_suffix(".candado")):
        ya_migrada = _plantilla.exists()
        if ya_migrada:
            shutil.copyfile(_plantilla, connection.creation._get_test_db_name())
        creadas = setup_databases(0, interactive=False, keepdb=ya_migrada, aliases={"default"}, serialized_aliases={"default"})
        if not ya_migrada:
            _guardar_plantilla(_plantilla)
    yield
    with django_db_blocker.unblock():
        teardown_databases(creadas, 0)


@pytest.fixture(scope="session")
def plantilla_sqlite(django_db_setup: None, _plantilla: Path) -> Path:
    """Un archivo SQLite ya migrado, del que se copian las bases de usar y tirar."""
    return _plantilla
