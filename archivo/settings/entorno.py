"""Lectores tipados de las variables de entorno: cada una se lee una sola vez, aquí.

Una variable mal escrita termina con una frase que dice cuál es y qué valor espera, y código de salida 2.
"""

import ipaddress
import os
import re
import secrets
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

RAIZ = Path(__file__).resolve().parents[2]


def texto(nombre: str, predeterminado: str = "") -> str:
    """El valor de la variable, sin espacios alrededor."""
    return os.environ.get(nombre, predeterminado).strip()


def lista(nombre: str, predeterminado: str = "") -> list[str]:
    """Valores separados por comas."""
    return [parte.strip() for parte in texto(nombre, predeterminado).split(",") if parte.strip()]


def redes(nombre: str) -> list[str]:
    """Direcciones IP o redes (`10.0.0.0/8`) separadas por comas."""
    valores = lista(nombre)
    for valor in valores:
        try:
            ipaddress.ip_network(valor)
        except ValueError as error:
            raise ImproperlyConfigured(f"{nombre} debe llevar direcciones IP o redes (10.0.0.0/8) y trae «{valor}».") from error
    return valores


def entero(nombre: str, predeterminado: int) -> int:
    """Un número entero."""
    valor = texto(nombre, str(predeterminado))
    try:
        return int(valor)
    except ValueError as error:
        raise ImproperlyConfigured(f"{nombre} debe ser un número entero y vale «{valor}».") from error


def booleano(nombre: str, *, predeterminado: bool = False) -> bool:
    """Sí o no: 1/0, true/false, si/no."""
    valor = texto(nombre, "1" if predeterminado else "0").lower()
    if valor in {"1", "true", "si", "sí", "on"}:
        return True
    if valor in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{nombre} debe ser 1 o 0 y vale «{valor}».")


def mes_y_dia(nombre: str, predeterminado: str) -> tuple[int, int]:
    """Un día de cualquier año, escrito `MM-DD`; el 29 de febrero no sirve, porque no lo hay siempre."""
    valor = texto(nombre) or predeterminado
    try:
        dia = date.fromisoformat(f"2001-{valor}")
    except ValueError as error:
        raise ImproperlyConfigured(f"{nombre} debe ser un mes y un día como 10-01 y vale «{valor}».") from error
    return dia.month, dia.day


def nombre(variable: str, predeterminado: str) -> str:
    """Letras minúsculas sin acento, cifras y guiones bajos; empieza con letra."""
    valor = texto(variable) or predeterminado
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,60}", valor):
        raise ImproperlyConfigured(f"{variable} debe empezar con una letra y llevar sólo a-z, 0-9 y _; vale «{valor}».")
    return valor


def motor_de_busqueda(variable: str, predeterminado: str) -> str:
    """`tantivy`, `elasticsearch:URL` u `opensearch:URL`. El mensaje no repite el valor: puede llevar una contraseña."""
    valor = texto(variable) or predeterminado
    clase, _, direcciones = valor.partition(":")
    urls = [urlsplit(u.strip()) for u in direcciones.split(",")]
    if valor == "tantivy":
        return valor
    if clase in {"elasticsearch", "opensearch"} and all(u.scheme in {"http", "https"} and u.hostname for u in urls):
        return valor
    raise ImproperlyConfigured(f"{variable} debe ser «tantivy», «elasticsearch:URL» u «opensearch:URL», con http:// o https://.")


def correo(variable: str) -> dict[str, dict[str, object]]:
    """`smtp://`, `smtp+tls://` (STARTTLS) o `smtp+ssl://`, con usuario, clave, anfitrión y puerto; vacío si no hay servidor.

    El mensaje no repite el valor: puede llevar una contraseña.
    """
    valor = texto(variable)
    if not valor:
        return {}
    clases = {"smtp": {}, "smtp+tls": {"use_tls": True}, "smtp+ssl": {"use_ssl": True}}
    try:
        partes = urlsplit(valor)
        puerto = partes.port or {"smtp+tls": 587, "smtp+ssl": 465}.get(partes.scheme, 25)
    except ValueError:
        partes, puerto = urlsplit(""), 0
    if partes.scheme not in clases or not partes.hostname:
        raise ImproperlyConfigured(f"{variable} debe ser como smtp+tls://usuario:clave@correo.ejemplo.mx:587.")
    cuenta = {"username": unquote(partes.username or ""), "password": unquote(partes.password or "")}
    opciones = {"host": partes.hostname, "port": puerto, "timeout": 20} | cuenta | clases[partes.scheme]
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": opciones}}


def carpeta(nombre: str, predeterminada: str) -> Path:
    """Una carpeta; si la ruta es relativa, parte de la raíz del proyecto."""
    return (RAIZ / Path(texto(nombre) or predeterminada).expanduser()).resolve()


def crear_carpeta(ruta: Path, modo: int = 0o777) -> Path:
    """La carpeta, creada si faltaba; si no se puede, una frase que dice cuál y qué hacer."""
    try:
        ruta.mkdir(parents=True, exist_ok=True, mode=modo)
    except OSError as error:
        raise ImproperlyConfigured(
            f"No se puede crear la carpeta {ruta}: {error.strerror}. Revise permisos y espacio, o elija otra con ACERVO_DATOS."
        ) from error
    return ruta


def clave_secreta(datos: Path) -> str:
    """La clave de firma: de ACERVO_CLAVE_SECRETA, o una creada una vez en la carpeta de datos (0600)."""
    dada = texto("ACERVO_CLAVE_SECRETA")
    if dada:
        return dada
    archivo = datos / "claves" / "secreta"
    crear_carpeta(archivo.parent, 0o700)
    try:
        with os.fdopen(os.open(archivo, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as destino:
            destino.write(secrets.token_urlsafe(60))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"No se puede escribir en {archivo.parent}: {error.strerror}. Revise permisos y espacio, o elija otra con ACERVO_DATOS."
        ) from error
    return archivo.read_text().strip()
