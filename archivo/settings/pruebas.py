"""La composición de las pruebas: no lee las ACERVO_* del entorno y escribe en una carpeta temporal propia."""

import os
import tempfile
from pathlib import Path

for _nombre in [n for n in os.environ if n.startswith("ACERVO_") and n != "ACERVO_PRUEBAS_BASE"]:
    if _nombre != "ACERVO_EXIGIR_MOTORES":
        del os.environ[_nombre]
_carpeta = Path(tempfile.gettempdir()) / f"acervo-pruebas-{os.getuid()}-{os.getpid()}"
os.environ["ACERVO_DATOS"] = str(_carpeta)
os.environ["ACERVO_BASE"] = os.environ.get("ACERVO_PRUEBAS_BASE", "")

from archivo.settings.base import *  # noqa: E402, F403
from archivo.settings.base import ACERVO_DATOS, DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(ACERVO_DATOS / "pruebas.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
(ACERVO_DATOS / "estaticos").mkdir(exist_ok=True)
