"""Los impresos de un expediente: carátula, etiquetas de lomo y etiquetas de caja."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from .compositor import Avisar, anotar_en_bitacora, componer
from .datos import Institucion
from .piezas import Recursos, datos_de_institucion
from .qr import matriz_qr


@dataclass(frozen=True, slots=True)
class Unidad:
    """Cómo se llama la hoja foliada: «foja» en México, «folio» en Colombia."""

    una: str = "foja"
    varias: str = "fojas"

    def como_dict(self) -> dict[str, str]:
        """La forma que leen las plantillas."""
        return {"una": self.una, "varias": self.varias, "varias_mayuscula": self.varias.capitalize()}


@dataclass(frozen=True, slots=True)
class LegajoImpreso:
    """Un legajo en su carátula: «1 de 3» y sus fojas (sin ellas si no hay papel). `corto` va en el código de barras."""

    n: int
    de: int
    corto: str
    foja_inicial: int | None = None
    foja_final: int | None = None


@dataclass(frozen=True, slots=True)
class ValoracionImpresa:
    """Valores primarios, vigencia en años («2», «1.5») y destino."""

    administrativo: bool
    legal: bool
    fiscal_contable: bool
    tramite: str
    concentracion: str
    total: str
    destino: str


@dataclass(frozen=True, slots=True)
class DatosDeCaratula:
    """Los campos de la carátula, en el orden del formato de la SRE. Una hoja por legajo.

    `acceso`: publica, confidencial o reservada; `acceso_nota` matiza («Interno: lo consulta la oficina»). `electronico`:
    vinculo, formato, requisitos, ubicacion. `clasificacion`: fecha (ISO), titular, acta, version_publica (bool),
    partes_restringidas, fundamento, periodo_reserva, ampliacion, desclasificacion. `enlace`: dirección completa para el QR.
    """

    institucion: Institucion
    codigo: str
    numero: str
    nombre: str
    titulo: str
    asunto: str
    unidad_administrativa: str
    area_productora: str
    fondo: str
    seccion: str
    serie: str
    subserie: str
    fecha_inicio: date
    soporte: str
    tradicion: str
    legajos: Sequence[LegajoImpreso]
    fecha_elaboracion: date
    fecha_cierre: date | None = None
    formato: str = ""
    folio_inicial: int | None = None
    folio_final: int | None = None
    total_fojas: int | None = None
    electronico: Mapping[str, str] | None = None
    ubicacion: str = ""
    valoracion: ValoracionImpresa | None = None
    acceso: str = "publica"
    acceso_nota: str = ""
    clasificacion: Mapping[str, Any] = field(default_factory=dict)
    objeto_de_solicitud: str = ""
    nota_archivero: str = ""
    elaboro: str = ""
    enlace: str = ""
    unidad: Unidad = Unidad()
    marca: str = ""


@dataclass(frozen=True, slots=True)
class EtiquetaDeLomo:
    """Un lomo. `partes_del_codigo`: lo que antecede a la serie, la serie y lo que sigue. `legajo`: (n, de)."""

    partes_del_codigo: tuple[str, str, str]
    titulo: str
    anio: str
    fechas: str
    legajo: tuple[int, int]
    fojas: str
    acceso: str
    restringida: bool
    caja: str
    vence: str
    destino: str
    corto: str


@dataclass(frozen=True, slots=True)
class EtiquetaDeCaja:
    """Una caja con lo que guarda. `expedientes`: renglones (código, título, legajo, fojas, vence, destino)."""

    caja: str
    area: str
    ubicacion: str
    series: str
    fechas: str
    acceso: str
    corto: str
    expedientes: Sequence[Sequence[str]]


RENGLONES_POR_CAJA = 8


def caratula_pdf(datos: DatosDeCaratula, avisar: Avisar = anotar_en_bitacora) -> bytes:
    """PDF de la carátula, una hoja por legajo. Lanza `ComposicionImposible`."""
    recursos = Recursos()
    hoja = asdict(datos) | {
        "documento": {
            "titulo": f"Carátula del expediente {datos.codigo}. {datos.titulo}",
            "descripcion": datos.asunto or datos.titulo,
        },
        "institucion": datos_de_institucion(datos.institucion, recursos),
        "fecha_inicio": datos.fecha_inicio.isoformat(),
        "fecha_cierre": datos.fecha_cierre.isoformat() if datos.fecha_cierre else None,
        "fecha_elaboracion": datos.fecha_elaboracion.isoformat(),
        "clasificacion": dict(datos.clasificacion),
        "electronico": dict(datos.electronico) if datos.electronico is not None else None,
        "legajos": [asdict(legajo) for legajo in datos.legajos],
        "objeto_de_solicitud": {"si": bool(datos.objeto_de_solicitud), "detalle": datos.objeto_de_solicitud},
        "unidad": datos.unidad.como_dict(),
        "qr": matriz_qr(datos.enlace) if datos.enlace else None,
    }
    return componer("caratula", hoja, recursos, datos.fecha_elaboracion, avisar)


def etiquetas_pdf(
    institucion: Institucion, etiquetas: Sequence[EtiquetaDeLomo], fecha: date, avisar: Avisar = anotar_en_bitacora
) -> bytes:
    """Lomos, cuatro por hoja carta, con marcas de corte. Lanza `ComposicionImposible`."""
    recursos = Recursos()
    hoja = {
        "documento": {"titulo": "Etiquetas de lomo"},
        "institucion": datos_de_institucion(institucion, recursos),
        "etiquetas": [asdict(e) for e in etiquetas],
    }
    return componer("etiqueta", hoja, recursos, fecha, avisar)


def etiquetas_de_caja_pdf(
    institucion: Institucion, cajas: Sequence[EtiquetaDeCaja], fecha: date, unidad: Unidad | None = None
) -> bytes:
    """Etiquetas de caja, dos por hoja carta; los renglones que no caben se cuentan. Lanza `ComposicionImposible`."""
    recursos = Recursos()
    fichas = [
        asdict(c)
        | {
            "expedientes": [list(r) for r in c.expedientes[:RENGLONES_POR_CAJA]],
            "faltan": max(len(c.expedientes) - RENGLONES_POR_CAJA, 0),
        }
        for c in cajas
    ]
    hoja = {
        "documento": {"titulo": "Etiquetas de caja"},
        "institucion": datos_de_institucion(institucion, recursos),
        "unidad": (unidad or Unidad()).como_dict(),
        "cajas": fichas,
    }
    return componer("etiqueta_de_caja", hoja, recursos, fecha)
