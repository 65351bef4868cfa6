"""El libro hacia afuera: en CSV y, por mes, en PDF."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from archivo.salidas import Recursos, componer, datos_de_institucion, renglones_csv
from certificaciones.actos.models import Certificacion, LibroCertificacion
from certificaciones.actos.servicios.redaccion import institucion_impresa

COLUMNAS = (
    "folio", "fecha y hora", "solicitante o autoridad", "solicitud u oficio", "descripción del documento", "expediente", "fojas",
    "ejemplares", "certificador", "recibo de pago o exención", "fecha de entrega y quien recibe", "estado", "observaciones",
)  # fmt: skip
PERSONA = "persona que lo pidió"


def asientos_del_libro(libro: LibroCertificacion, mes: int | None = None) -> QuerySet[Certificacion]:
    """Lo expedido en el libro, en el orden de sus folios; de un mes o de todo el año."""
    expedidas = libro.certificaciones.expedidas().con_situacion().order_by("consecutivo")
    expedidas = expedidas.select_related("entrega", "cancelacion", "sustitucion__sustituta").prefetch_related("documentos")
    return expedidas.filter(expedida_en__month=mes) if mes else expedidas


def renglon(c: Certificacion, *, publico: bool = False) -> list[str]:
    """Un renglón con las columnas del libro. `publico`: sin el nombre de personas que piden ni de quienes reciben."""
    documentos = list(c.documentos.all())
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


def libro_csv(libro: LibroCertificacion, *, publico: bool = False) -> Iterator[str]:
    """El libro en CSV, renglón por renglón y sin fórmulas que una hoja de cálculo ejecute."""
    filas = (renglon(c, publico=publico) for c in asientos_del_libro(libro).iterator(500))
    return renglones_csv(chain([COLUMNAS], filas))


def libro_pdf(libro: LibroCertificacion, mes: int) -> bytes:
    """El mes del libro (1 a 12), para imprimirse y firmarse; ya cerrado, con su acta."""
    primero = date(libro.anio, mes, 1)
    filas = [renglon(c) for c in asientos_del_libro(libro, mes)]
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
