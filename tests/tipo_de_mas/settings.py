"""La composición de las pruebas más el tipo de más, sobre una base que ya está migrada."""

import os
from pathlib import Path

from archivo.settings.pruebas import *  # noqa: F403
from archivo.settings.pruebas import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.tipo_de_mas"]
ACERVO_DATOS = Path(os.environ["CARPETA_DE_LA_PRUEBA"])
DATABASES["default"]["NAME"] = str(ACERVO_DATOS / "acervo.sqlite3")
