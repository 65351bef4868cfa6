"""Copias expedidas de prueba, asentadas en su registro como las deja el servicio, sin componer ni firmar un PDF."""

import hashlib
import itertools
from io import BytesIO
from typing import Any

import pikepdf
from django.db import transaction
from django.utils import timezone

from archivo.objetos.puerta import guardar
from certificaciones.actos.codigos import nuevo
from certificaciones.actos.models import Cancelacion, Certificacion, DocumentoCertificado, LibroCertificacion, Sustitucion
from certificaciones.registro.puerta import asentar
from tests.certificaciones.actos.fabricas import libro
from tests.fabricas import publico

_numero = itertools.count(1)


def pdf(paginas: int = 3) -> bytes:
    """Un PDF distinto cada vez, con esas páginas."""
    destino = BytesIO()
    with pikepdf.new() as obra:
        for _ in range(paginas):
            obra.add_blank_page(page_size=(612, 792))
        obra.docinfo["/Title"] = f"Copia {next(_numero)}"
        obra.save(destino, deterministic_id=True)
    return destino.getvalue()


def _documento(acto: Certificacion, item: Any, fojas: int) -> None:
    DocumentoCertificado.objects.create(
        certificacion=acto, orden=1, item=item, item_clave=item.clave, nombre="boletin.pdf", titulo=item.titulo,
        descripcion=item.titulo, mime="application/pdf", sha256=hashlib.sha256(item.clave.encode()).hexdigest(), fojas=fojas,
        foja_desde=1, expediente_codigo="AE/2S/2S.3/0142/2026", objeto=guardar(BytesIO(item.clave.encode())),
    )  # fmt: skip


def _congelado(en: LibroCertificacion, contenido: bytes, fojas: int) -> dict[str, Any]:
    """Lo que la expedición fija."""
    consecutivo = Certificacion.objects.filter(libro=en).count() + 1
    objeto = guardar(BytesIO(contenido), mime="application/pdf", paginas=fojas + 1)
    folio = en.folio(consecutivo)
    return {
        "libro": en, "consecutivo": consecutivo, "folio": folio, "codigo": nuevo(), "objeto": objeto, "sha256": objeto.sha256,
        "estado": "expedida", "expedida_en": timezone.now(), "fojas": fojas, "paginas": fojas + 1,
        "certificador_nombre": "Mtra. Eloísa Ejemplo Tamariz", "cargo": "Directora de Archivo y Certificación",
        "fundamento": "Acuerdo delegatorio AD/003/2026", "institucion": {"nombre": "Alcaldía Ejemplo"},
        "cadena_original": f"||1.0|{folio}|original_autografo||",
    }  # fmt: skip


def copia(en: LibroCertificacion | None = None, **campos: Any) -> Certificacion:
    """Una certificación expedida, con su asiento; `campos` cambia lo que se quiera, e `item` y `fojas`, lo que se copia."""
    en = en or LibroCertificacion.objects.first() or libro()
    fojas, item = campos.pop("fojas", 2), campos.pop("item", None) or publico()
    acto = Certificacion.objects.create(
        peticionario="Rosalía Canaria Prueba",
        referencia="Oficio SECRETO-9",
        finalidad="Juicio de alimentos",
        lugar="Alcaldía Ejemplo",
    )
    _documento(acto, item, fojas)
    for campo, valor in (_congelado(en, pdf(fojas + 1), fojas) | campos).items():
        setattr(acto, campo, valor)
    with transaction.atomic():
        acto.asiento = asentar(en.registro, hoja(acto, "emision")).indice
        acto.save()
    return Certificacion.objects.get(pk=acto.pk)


def hoja(acto: Certificacion, evento: str, **otros: Any) -> dict[str, Any]:
    assert acto.expedida_en is not None
    datos = {"t": evento, "folio": acto.folio, "sha256": acto.sha256, "fojas": acto.fojas}
    return datos | {"emitido": acto.expedida_en.isoformat()} | otros


def cancelar(acto: Certificacion, motivo: str = "Se certificó con un error de fojas.") -> None:
    """La deja sin efectos, como el servicio."""
    assert acto.libro is not None
    with transaction.atomic():
        asiento = asentar(acto.libro.registro, hoja(acto, "cancelacion", asentado=timezone.now().isoformat()))
        Cancelacion.objects.create(certificacion=acto, motivo=motivo, texto="Se cancela.", asiento=asiento.indice)


def sustituir(acto: Certificacion, motivo: str = "Se corrigen las fojas.") -> Certificacion:
    """Otra ocupa su lugar."""
    otra = copia(acto.libro)
    assert acto.libro is not None
    with transaction.atomic():
        asiento = asentar(acto.libro.registro, hoja(acto, "sustitucion", sustituida_por=otra.folio))
        Sustitucion.objects.create(sustituida=acto, sustituta=otra, motivo=motivo, texto="Se sustituye.", asiento=asiento.indice)
    return otra
