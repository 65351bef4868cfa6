"""Lo que se hace con una expedida: agregar el ejemplar firmado, entregarla, cancelarla. Siempre filas nuevas."""

from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from archivo.identidad.puerta import Usuario, institucion
from archivo.objetos.puerta import FallaAislada, ejecutar, guardar, ruta_local
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.estados import ENTREGAR
from certificaciones.actos.models import Cancelacion, Certificacion, EjemplarFirmado, Entrega
from certificaciones.actos.servicios.asiento import asentar_posterior
from certificaciones.actos.servicios.comunes import anotar, en_turno, exigir_paso, exigir_rol
from certificaciones.reglas.puerta import fecha_en_letra

PDF = "application/pdf"
TOPE_DE_EJEMPLAR = 500 * 1024 * 1024
"""Bytes de la digitalización: mil fojas a color caben de sobra."""


@dataclass(frozen=True)
class DatosDeEntrega:
    """La constancia de recibo. `identificacion` es sólo el tipo que se tuvo a la vista: credencial, gafete, oficio."""

    recibe: str
    identificacion: str
    ejemplares: int = 1
    nota: str = ""


@transaction.atomic
def entregar(certificacion: Certificacion, datos: DatosDeEntrega, actor: Usuario) -> Entrega:
    """Anota quién la recibió. Una autógrafa se entrega ya firmada: antes se agrega su ejemplar digitalizado."""
    certificacion = en_turno(certificacion)
    exigir_paso(certificacion, "entregar", actor)
    if not datos.recibe.strip() or not datos.identificacion.strip():
        raise ActoRechazado("Escriba quién recibe y con qué se identificó (sólo el tipo de identificación).")
    if certificacion.firma_tipo == Certificacion.Firma.AUTOGRAFA and not certificacion.ejemplares_firmados.exists():
        raise ActoRechazado(
            "Falta el ejemplar firmado: imprímala, fírmela, séllela y agregue su digitalización antes de entregarla."
        )
    entrega = Entrega.objects.create(
        certificacion=certificacion,
        recibe=datos.recibe.strip(),
        identificacion=datos.identificacion.strip(),
        ejemplares=datos.ejemplares,
        nota=datos.nota.strip(),
        entregada_por=actor,
    )
    anotar("entregada", certificacion, actor, ejemplares=datos.ejemplares)
    return entrega


def _exigir_que_se_agregue(certificacion: Certificacion, actor: Usuario) -> None:
    """Antes de guardar nada: que esté expedida y que a esa persona le toque."""
    if not certificacion.clase_de_estado.se_consulta:
        raise ActoRechazado(f"{certificacion} no se ha expedido: no hay ejemplar que agregar.")
    exigir_rol(ENTREGAR, actor, certificacion.area_id)


def _exigir_que_quepa(origen: BinaryIO | Path) -> None:
    pesa = origen.stat().st_size if isinstance(origen, Path) else origen.seek(0, SEEK_END)
    if not isinstance(origen, Path):
        origen.seek(0)
    if not 0 < pesa <= TOPE_DE_EJEMPLAR:
        raise ActoRechazado(
            f"La digitalización pesa más de {TOPE_DE_EJEMPLAR >> 20} MB o está vacía: digitalícela a 200 puntos por pulgada."
        )


def agregar_ejemplar_firmado(
    certificacion: Certificacion, origen: BinaryIO | Path, actor: Usuario, nota: str = ""
) -> EjemplarFirmado:
    """Guarda la digitalización del ejemplar firmado. `ActoRechazado` si no es un PDF que se pueda abrir o le faltan fojas."""
    _exigir_que_se_agregue(certificacion, actor)
    _exigir_que_quepa(origen)
    objeto = guardar(origen, mime=PDF)
    try:
        leido = ejecutar("certificaciones.actos.celda:contar_paginas", {"ruta": str(ruta_local(objeto))})
    except FallaAislada as falla:
        raise ActoRechazado(f"La digitalización no es un PDF que se pueda abrir: {falla.motivo}") from falla
    with transaction.atomic():
        certificacion = en_turno(certificacion)
        _exigir_que_se_agregue(certificacion, actor)
        if leido["paginas"] < certificacion.fojas:
            raise ActoRechazado(
                f"La digitalización tiene {leido['paginas']} páginas y la copia {certificacion.fojas} fojas: digitalícela completa."
            )
        ejemplar = EjemplarFirmado.objects.create(
            certificacion=certificacion,
            objeto=objeto,
            sha256=objeto.sha256,
            paginas=leido["paginas"],
            nota=nota,
            agregado_por=actor,
        )
        anotar("ejemplar_firmado", certificacion, actor, sha256=objeto.sha256, paginas=leido["paginas"])
    return ejemplar


@transaction.atomic
def cancelar(certificacion: Certificacion, actor: Usuario, motivo: str) -> Cancelacion:
    """La deja sin efectos: su fila y su folio permanecen, y el asiento de cancelación entra al registro."""
    certificacion = en_turno(certificacion)
    exigir_paso(certificacion, "cancelar", actor, motivo)
    asiento = asentar_posterior(certificacion, "cancelacion")
    cancelacion = Cancelacion.objects.create(
        certificacion=certificacion,
        motivo=motivo.strip(),
        texto=_texto_de_cancelacion(certificacion, motivo.strip()),
        cancelada_por=actor,
        cancelada_por_nombre=str(actor),
        asiento=asiento.indice,
    )
    anotar("cancelada", certificacion, actor, motivo)
    return cancelacion


def _texto_de_cancelacion(certificacion: Certificacion, motivo: str) -> str:
    """El asiento como va al libro. El motivo se escribe una vez y es público: no debe llevar datos personales."""
    assert certificacion.expedida_en is not None  # noqa: S101 - sólo se cancelan expedidas
    expedida = fecha_en_letra(timezone.localdate(certificacion.expedida_en))
    lugar = certificacion.lugar or institucion().nombre
    return (
        f"Se cancela la certificación folio {certificacion.folio}, expedida {expedida}, por {motivo.rstrip('.')}, y queda sin efectos "
        f"a partir de esta fecha. {lugar}, {fecha_en_letra(timezone.localdate())}."
    )
