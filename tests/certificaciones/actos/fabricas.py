"""Certificaciones de prueba hechas sin pasar por los servicios: para probar lo que la base y los modelos impiden."""

import itertools
from io import BytesIO
from typing import Any

from django.utils import timezone

from archivo.identidad.puerta import Institucion
from archivo.objetos.puerta import guardar
from certificaciones.actos.codigos import nuevo
from certificaciones.actos.models import Certificacion, DocumentoCertificado, LibroCertificacion
from tests.fabricas import publico

_numero = itertools.count(1)


def libro(**campos: Any) -> LibroCertificacion:
    """Un libro abierto de 2026."""
    institucion = Institucion.objects.first() or Institucion.objects.create(clave="AE", nombre="Alcaldía Ejemplo")
    return LibroCertificacion.objects.create(institucion=institucion, **({"anio": 2026, "prefijo": "CC"} | campos))


def borrador(**campos: Any) -> Certificacion:
    """Un borrador con un documento de un boletín público."""
    certificacion = Certificacion.objects.create(**({"soporte": "original_autografo"} | campos))
    item = publico()
    DocumentoCertificado.objects.create(
        certificacion=certificacion, orden=1, item=item, item_clave=item.clave, nombre="boletin.txt", titulo=item.titulo,
        descripcion=item.titulo, mime="text/plain", sha256="0" * 64, fojas=1, foja_desde=1,
    )  # fmt: skip
    return certificacion


def expedir_a_mano(certificacion: Certificacion, en: LibroCertificacion, consecutivo: int) -> Certificacion:
    """La deja como la deja el servicio: con folio, código, archivo y asiento."""
    certificacion.libro, certificacion.consecutivo, certificacion.folio = en, consecutivo, en.folio(consecutivo)
    certificacion.codigo, certificacion.expedida_en, certificacion.asiento = nuevo(), timezone.now(), consecutivo
    certificacion.objeto = guardar(BytesIO(f"copia {next(_numero)}".encode()))
    certificacion.sha256, certificacion.estado = certificacion.objeto.sha256, "expedida"
    certificacion.save()
    return certificacion


def expedida(en: LibroCertificacion, consecutivo: int = 1, **campos: Any) -> Certificacion:
    """Una certificación expedida con ese folio."""
    return expedir_a_mano(borrador(**campos), en, consecutivo)
