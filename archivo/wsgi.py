"""Punto de entrada del servidor web."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")
application = get_wsgi_application()
