"""El paquete que se remite: la copia, su prueba y lo que hace falta para comprobarla, en un BagIt (RFC 8493) comprimido."""

import json
import logging
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import IO, Any

import bagit
from django.conf import settings

from archivo.objetos.puerta import ObjetoDigital, ruta_local
from certificaciones.actos.puerta import Certificacion, codigo_en_grupos, direccion_de, prueba_de_certificacion
from certificaciones.registro.puerta import Asiento, llave_publica, prueba_de
from verificador.empaque import PAQUETE

LEEME = """Copia certificada {folio}

{copias}: la copia. Su huella SHA-256 está en indice.json y en manifest-sha256.txt.
{nombre}.prueba: la prueba de que está en el registro de la institución.
registro.llave: la llave pública de ese registro. Compárela con la de una fuente en que confíe.
verificador.html: ábralo en cualquier navegador, sin red; elija la copia y su prueba y pegue la llave.

Si la copia se canceló o se sustituyó después se sabe en {direccion}
"""
logging.getLogger("bagit").setLevel(logging.WARNING)


def nombre_de(acto: Certificacion) -> str:
    """El folio, como nombre de archivo: `CC-00318-2026`."""
    return (acto.folio or acto.clave).replace("/", "-")


def tomos_de(acto: Certificacion) -> list[tuple[str, ObjetoDigital]]:
    """Cada archivo de la copia con su nombre: `CC-00318-2026.pdf` o, si son varios, `CC-00318-2026-tomo-1.pdf`…"""
    objetos = acto.objetos_de_tomos()
    varios = len(objetos) > 1
    return [(f"{nombre_de(acto)}{f'-tomo-{n}' if varios else ''}.pdf", o) for n, o in enumerate(objetos, 1)]


def juntar_tomos(acto: Certificacion) -> IO[bytes]:
    """Un ZIP con todos los tomos y la prueba del registro, sin comprimir, en un archivo pasajero puesto al principio."""
    destino = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - lo cierra la respuesta que lo manda
    with zipfile.ZipFile(destino, "w", zipfile.ZIP_STORED) as junto:
        for nombre, objeto in tomos_de(acto):
            junto.write(ruta_local(objeto), nombre)
        junto.writestr(f"{nombre_de(acto)}.prueba", prueba_de_certificacion(acto))
    destino.seek(0)
    return destino


def _copias(acto: Certificacion, carpeta: Path) -> list[dict[str, Any]]:
    tomos = tomos_de(acto)
    for nombre, objeto in tomos:
        shutil.copyfile(ruta_local(objeto), carpeta / nombre)
    return [{"archivo": n, "sha256": o.sha256, "bytes": o.bytes} for n, o in tomos]


def indice_de(acto: Certificacion, copias: list[dict[str, Any]]) -> dict[str, Any]:
    """Lo que trae el paquete, para programas: nada de quien pidió la copia."""
    return {
        "folio": acto.folio,
        "codigo": codigo_en_grupos(acto.codigo or ""),
        "verificacion": direccion_de(acto.codigo or ""),
        "expedida": acto.expedida_en.isoformat() if acto.expedida_en else None,
        "fojas": acto.fojas,
        "certifico": acto.certificador_nombre,
        "cargo": acto.cargo,
        "copias": copias,
        "documentos": [
            {"titulo": d.titulo, "expediente": d.expediente_codigo, "fojas": d.fojas, "desde_la_foja": d.foja_desde}
            for d in acto.documentos.all()
        ],
    }


def _llenar(acto: Certificacion, asiento: Asiento, destinatario: str, carpeta: Path) -> None:
    nombre, copias = nombre_de(acto), _copias(acto, carpeta)
    textos = {
        "indice.json": json.dumps(indice_de(acto, copias), ensure_ascii=False, indent=1),
        f"{nombre}.prueba": prueba_de(asiento),
        "registro.llave": f"{llave_publica(asiento.registro)}\n",
        "verificador.html": (PAQUETE / "verificador.html").read_text(),
        "LEEME.txt": LEEME.format(
            folio=acto.folio,
            nombre=nombre,
            copias=", ".join(c["archivo"] for c in copias),
            direccion=direccion_de(acto.codigo or ""),
        ),
    }
    for archivo, texto in textos.items():
        (carpeta / archivo).write_text(texto, encoding="utf-8")
    institucion = str(acto.institucion.get("nombre", "")) or "Acervo"
    datos = {"Source-Organization": institucion, "External-Identifier": str(acto.folio), "Contact-Name": destinatario}
    bagit.make_bag(str(carpeta), {k: v.replace("\n", " ") for k, v in datos.items()}, checksums=["sha256", "sha512"])


def empacar(acto: Certificacion, asiento: Asiento, destinatario: str, destino: Path) -> None:
    """Escribe en `destino` el BagIt comprimido de una copia."""
    with tempfile.TemporaryDirectory(dir=destino.parent) as taller:
        carpeta = Path(taller) / nombre_de(acto)
        carpeta.mkdir()
        _llenar(acto, asiento, destinatario, carpeta)
        with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as comprimido:
            for archivo in sorted(a for a in carpeta.rglob("*") if a.is_file()):
                comprimido.write(archivo, archivo.relative_to(taller))
