"""Subir un instrumento desde la oficina: guardarlo, ensayarlo, e importarlo con un trabajo que dice cómo va."""

import uuid
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet

from archivo.identidad.puerta import Area, Usuario
from archivo.ingesta import buzon
from archivo.ingesta.importacion.filas import ArchivoInutilizable
from archivo.ingesta.intercambio.niveles import EN_ESPANOL
from archivo.ingesta.intercambio.opciones import PERMISO_DE_IMPORTAR, Opciones, SinFacultad
from archivo.ingesta.intercambio.servicio import Progreso, ResultadoDeDescripciones, importar_descripciones, leer
from archivo.ingesta.models import CargaDeDescripciones, InstrumentoRecibido
from archivo.ingesta.veredictos import Rechazo
from archivo.objetos.puerta import SinEspacio, dar_nombre, escribir_parcial

Estado = CargaDeDescripciones.Estado
PROBLEMAS_GUARDADOS = 200


def puede_importar_descripciones(usuario: Any) -> bool:
    """¿Recibe fondos de otros archivos?"""
    return bool(usuario.has_perm(PERMISO_DE_IMPORTAR))


def cargas_de(usuario: Any) -> QuerySet[CargaDeDescripciones]:
    """Las suyas."""
    return CargaDeDescripciones.objects.filter(actor=usuario).select_related("area", "instrumento", "actor")


def recibir_carga(archivo: BinaryIO, nombre: str, opciones: Opciones) -> CargaDeDescripciones:
    """Guarda el archivo como llegó. Queda por ensayar.

    Raises:
        ArchivoInutilizable, SinFacultad: no se puede leer o no le toca; no queda nada guardado.
    """
    opciones.revisar()
    carga = CargaDeDescripciones(
        nombre=buzon.nombre_legible(nombre),
        acceso=opciones.acceso,
        publicar=opciones.publicar,
        area=opciones.area,
        fuente=opciones.fuente,
        actor=opciones.actor,
    )
    carga.ruta = f"descripciones/{uuid.uuid4().hex}/original"
    try:
        con_tope: Any = buzon.ConTope(archivo, settings.ACERVO_ARCHIVO_MAXIMO)
        escrito = escribir_parcial(con_tope, carga.archivo.parent)
    except (Rechazo, SinEspacio) as motivo:
        raise ArchivoInutilizable(str(motivo)) from motivo
    dar_nombre(escrito.ruta, carga.archivo)
    carga.sha256 = escrito.sha256
    try:
        leer(carga.archivo, carga.nombre)
    except ArchivoInutilizable:
        carga.archivo.unlink(missing_ok=True)
        raise
    carga.save()
    return carga


def opciones_de_carga(carga: CargaDeDescripciones, *, ensayo: bool) -> Opciones:
    """Lo que se pidió al subirla."""
    return Opciones(
        acceso=carga.acceso, publicar=carga.publicar, area=carga.area, fuente=carga.fuente, actor=carga.actor, ensayo=ensayo
    )


def correr_carga(pk: int, progreso: Progreso, *, ensayo: bool) -> dict[str, Any]:
    """Ensaya o importa una carga y deja dicho en qué quedó. Puede correr dos veces: lo importado no entra otra vez."""
    carga = CargaDeDescripciones.objects.select_related("actor", "area").get(pk=pk)
    try:
        resultado = importar_descripciones(Path(carga.archivo), opciones_de_carga(carga, ensayo=ensayo), carga.nombre, progreso)
    except OperationalError:
        raise
    except (ArchivoInutilizable, SinFacultad, ValueError) as error:
        CargaDeDescripciones.objects.filter(pk=pk).update(estado=Estado.RECHAZADA, motivo=str(error))
        return {"motivo": str(error)}
    return _anotar(carga, resultado, ensayo=ensayo)


@transaction.atomic
def _anotar(carga: CargaDeDescripciones, resultado: ResultadoDeDescripciones, *, ensayo: bool) -> dict[str, Any]:
    datos = resultado.como_dict()
    datos["niveles"] = [[EN_ESPANOL[nivel], cuantas] for nivel, cuantas in resultado.por_nivel.items()]
    datos["faltantes"] = sum(e["campo"] == "archivos" for e in datos["errores"])
    datos["errores"], datos["avisos"] = datos["errores"][:PROBLEMAS_GUARDADOS], datos["avisos"][:PROBLEMAS_GUARDADOS]
    carga.motivo = ""
    if ensayo:
        carga.ensayo, carga.estado = datos, Estado.ENSAYADA
    else:
        carga.recuento, carga.estado = datos, Estado.RECHAZADA if resultado.rechazadas else Estado.IMPORTADA
        carga.instrumento = InstrumentoRecibido.objects.filter(cuadro_id=resultado.cuadro).first() if resultado.cuadro else None
    carga.save()
    return {c: datos[c] for c in ("filas", "creadas", "actualizadas", "sin_cambio", "rechazadas", "faltantes")}


def area_que_recibe(usuario: Usuario) -> QuerySet[Area]:
    """Entre qué áreas elige quien sube: las suyas, o todas."""
    facultades = Opciones(actor=usuario).facultades()
    return Area.objects.all() if facultades.areas is None else Area.objects.filter(pk__in=facultades.areas)
