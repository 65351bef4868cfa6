"""El libro hacia afuera: en CSV y, por mes, en PDF."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from archivo.identidad.puerta import Lector
from archivo.salidas import Recursos, componer, datos_de_institucion, renglones_csv
from certificaciones.actos.models import Certificacion, LibroCertificacion
from certificaciones.actos.servicios.acceso import ocultar_lo_ajeno
from certificaciones.actos.servicios.redaccion import institucion_impresa

COLUMNAS = (
    "folio", "fecha y hora", "solicitante o autoridad", "solicitud u oficio", "descripción del documento", "expediente", "fojas",
    "ejemplares", "certificador", "recibo de pago o exención", "fecha de entrega y quien recibe", "estado", "observaciones",
)  # fmt: skip
PERSONA = "persona que lo pidió"
NOMBRAN_PERSONAS = ("unidad_transparencia", "certificacion", "titular")
"""Quienes atienden o certifican: los demás ven el libro sin personas que piden ni reciben."""


def asientos_del_libro(libro: LibroCertificacion, mes: int | None = None) -> QuerySet[Certificacion]:
    """Lo expedido en el libro, en el orden de sus folios; de un mes o de todo el año."""
    expedidas = libro.certificaciones.expedidas().con_situacion().order_by("consecutivo")
    expedidas = expedidas.select_related("entrega", "cancelacion", "sustitucion__sustituta").prefetch_related(
        "documentos__item__nombradas"
    )
    return expedidas.filter(expedida_en__month=mes) if mes else expedidas


def renglon(c: Certificacion, *, publico: bool = False, lector: Lector | None = None) -> list[str]:
    """Un renglón con las columnas del libro. `publico`: sin el nombre de personas que piden ni de quienes reciben.

    `lector`: quien lo lee; lo que no le toca (personas, documentos que no puede ver) no se nombra. Sin él, todo.
    """
    documentos = list(c.documentos.all())
    if lector is not None:
        publico = publico or not lector.tiene(*NOMBRAN_PERSONAS)
        ocultar_lo_ajeno(documentos, lector)
    expedientes = dict.fromkeys(d.expediente_codigo for d in documentos if d.expediente_codigo)
    pide = c.peticionario if c.a_autoridad or not publico else ""
    return [
        c.folio or "", _hora(c), pide or PERSONA, c.referencia, "; ".join(d.descripcion for d in documentos), ", ".join(expedientes),
        str(c.fojas), str(c.ejemplares), f"{c.certificador_nombre}, {c.cargo}", c.derechos, _entrega(c, publico=publico),
        c.clase_de_estado.nombre, _observaciones(c),
    ]  # fmt: skip


def _hora(c: Certificacion) -> str:
    return f"{timezone.localtime(c.expedida_en):%Y-%m-%d %H:%M}" if c.expedida_en else ""


def _entrega(c: Certificacion, *, publico: bool) -> str:
    if not hasattr(c, "entrega"):
        return ""
    cuando = f"{timezone.localtime(c.entrega.momento):%Y-%m-%d %H:%M}"
    return cuando if publico else f"{cuando}, {c.entrega.recibe}"


def _observaciones(c: Certificacion) -> str:
    notas = [c.cancelacion.texto] if hasattr(c, "cancelacion") else []
    if hasattr(c, "sustitucion"):
        notas.append(f"Sustituida por {c.sustitucion.sustituta.folio}.")
    return " ".join(notas)


def libro_csv(libro: LibroCertificacion, *, publico: bool = False, lector: Lector | None = None) -> Iterator[str]:
    """El libro en CSV, renglón por renglón y sin fórmulas que una hoja de cálculo ejecute."""
    filas = (renglon(c, publico=publico, lector=lector) for c in asientos_del_libro(libro).iterator(500))
    return renglones_csv(chain([COLUMNAS], filas))


def libro_pdf(libro: LibroCertificacion, mes: int, lector: Lector | None = None) -> bytes:
    """El mes del libro (1 a 12), para imprimirse y firmarse; ya cerrado, con su acta."""
    primero = date(libro.anio, mes, 1)
    filas = [renglon(c, lector=lector) for c in asientos_del_libro(libro, mes)]
    recursos = Recursos()
    datos = {
        "documento": {"titulo": f"{libro}: {date_format(primero, 'F')}"},
        "institucion": datos_de_institucion(institucion_impresa(), recursos),
        "rango": f"{filas[0][0]} a {filas[-1][0]}" if filas else f"{libro.prefijo} {libro.anio}",
        "columnas": list(COLUMNAS),
        "filas": filas,
        "acta": str(libro.acta.get("texto", "")),
    }
    return componer("libro", datos, recursos, primero)
