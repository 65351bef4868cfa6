"""Lo que se hace con un tipo de más, de la captura a la búsqueda. Escribe en JSON lo que se vio."""

import json
import os
import re
import sys
from io import StringIO
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.tipo_de_mas.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from archivo.catalogo.puerta import Item  # noqa: E402
from archivo.identidad.puerta import Nombramiento, Usuario  # noqa: E402
from archivo.indexacion.puerta import asegurar, esquema, poner_al_dia  # noqa: E402


def _entrar() -> Client:
    persona = Usuario.objects.create_user("maquetista", password="contrasena-de-prueba")
    Nombramiento.objects.create(usuario=persona, rol="redaccion")
    cliente = Client()
    cliente.force_login(persona)
    return cliente


def _importar() -> str:
    fila = {"id": "m:1", "tipo": "maqueta", "titulo": "El mercado nuevo", "texto": "Cartón.", "fecha": "2026-11-01"}
    ruta = Path(settings.ACERVO_DATOS) / "filas.jsonl"
    ruta.write_text(json.dumps(fila | {"extra": {"escala": "1:50"}}), encoding="utf-8")
    salida = StringIO()
    call_command("importar", str(ruta), "--publicar", "--acceso", "publico", "--json", stdout=salida)
    return json.loads(salida.getvalue())["creadas"]


def _buscar(*argumentos: str) -> dict:
    salida = StringIO()
    call_command("buscar", "--json", *argumentos, stdout=salida)
    return json.loads(salida.getvalue())


def recorrer() -> dict:
    """Prepara los permisos del tipo, lo captura, lo importa, lo busca y lo abre."""
    call_command("migrate", "--run-syncdb", verbosity=0)
    asegurar()
    oficina = _entrar()
    captura = oficina.get("/admin/elementos/maqueta/add/")
    creadas = _importar()
    poner_al_dia()
    hallado = _buscar("--filtro", "escala=1:50")
    item = Item.objects.get(id_externo="m:1")
    portal = Client().get(item.get_absolute_url())
    return {
        "esquema": "escala" in esquema().by_name,
        "captura": [captura.status_code, "ficha-escala" in captura.content.decode()],
        "creadas": creadas,
        "total": hallado["total"],
        "facetas": hallado["facetas"]["tipo"],
        "ficha": item.ficha["escala"],
        "portal": [portal.status_code, bool(re.search(r"Escala</dt><dd>\s*<a[^>]*>1:50", portal.content.decode()))],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(recorrer(), ensure_ascii=False))
