"""El cuadro, el catálogo de disposición y la guía como archivos: XLSX y CSV en el formato de los instrumentos del AGN, y JSON.

La forma literal del AGN no está en la ley; se siguen los grupos que ésta pide (LGA 13, 14, 56) y el orden acostumbrado. El CSV de
intercambio lleva las columnas con que se importa. Todo lo que sale de valores de muestra lo dice.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archivo.archivistica.instrumentos.columnas import AVISO, BANDERA, COLUMNAS, DE_LA_FICHA, LOGICAS
from archivo.archivistica.instrumentos.guia import guia_de
from archivo.archivistica.instrumentos.hojas import HojaDeInstrumento
from archivo.archivistica.models import CuadroClasificacion, FichaValoracion, NivelClasificacion
from archivo.identidad.puerta import institucion
from archivo.salidas import en_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, JSON = "text/csv; charset=utf-8", "application/json"
FRASE_DE_MUESTRA = f"{BANDERA.upper()}: plazos y textos inventados, ningún grupo interdisciplinario los aprobó"
AMARILLO = "FFF1B8"

Filas = Iterator[list[Any]]


@dataclass(frozen=True)
class Instrumento:
    """Un instrumento exportable: su nombre, sus columnas con ancho, y las filas que salen de un cuadro."""

    clave: str
    nombre: str
    columnas: tuple[tuple[str, int], ...]
    filas: Callable[[CuadroClasificacion], Filas]


@dataclass(frozen=True)
class Exportado:
    """Un archivo listo para entregar."""

    nombre: str
    tipo: str
    datos: bytes


def clases_de(cuadro: CuadroClasificacion) -> list[NivelClasificacion]:
    """Todas las clases con su ficha y sus áreas, en orden y en dos consultas."""
    return list(cuadro.niveles.select_related("ficha", "padre").prefetch_related("ficha__areas").en_orden())


def _anios(valor: Decimal | None) -> float | int | str:
    if valor is None:
        return ""
    return int(valor) if valor == int(valor) else float(valor)


def _equis(valor: bool) -> str:  # noqa: FBT001
    return "X" if valor else ""


def _del_cuadro(cuadro: CuadroClasificacion) -> Filas:
    for clase in clases_de(cuadro):
        funcion = clase.get_tipo_funcion_display()
        yield [clase.codigo, clase.get_nivel_display(), clase.clave, clase.nombre, funcion, clase.alcance, _vigor(clase)]


def _vigor(clase: NivelClasificacion) -> str:
    return "Activa" if clase.activa else "Cerrada a expedientes nuevos"


def _del_catalogo(cuadro: CuadroClasificacion) -> Filas:
    for clase in clases_de(cuadro):
        ficha = getattr(clase, "ficha", None)
        cabeza = [clase.codigo, clase.clave, clase.nombre]
        yield cabeza + (_disposicion(ficha) if ficha else [""] * (len(_CATALOGO) - len(cabeza)))


def _disposicion(ficha: FichaValoracion) -> list[Any]:
    destino = ficha.destino_final
    valores = (
        ficha.valor_administrativo,
        ficha.valor_legal,
        ficha.valor_fiscal_contable,
        ficha.valor_evidencial,
        ficha.valor_testimonial,
        ficha.valor_informativo,
    )
    plazos = (ficha.plazo_tramite, ficha.plazo_concentracion, ficha.termino_precautorio, ficha.plazo_total)
    return [
        *map(_equis, valores),
        *map(_anios, plazos),
        *(_equis(destino == clave) for clave in FichaValoracion.Destino.values),
        ficha.tecnica_muestreo,
        ficha.condiciones_acceso,
        "; ".join(area.nombre for area in ficha.areas.all()),
        ficha.fundamento,
        ficha.valoracion,
    ]


def _de_la_guia(cuadro: CuadroClasificacion) -> Filas:
    for r in guia_de(cuadro):
        yield [r.clase.codigo, r.clase.nombre, r.descripcion, r.areas, r.fechas, r.expedientes, r.ubicacion, r.responsable]


_CUADRO = (
    ("Código", 18),
    ("Nivel", 12),
    ("Clave", 12),
    ("Nombre", 40),
    ("Función", 14),
    ("Alcance y contenido", 60),
    ("Situación", 16),
)
_CATALOGO = (
    ("Código", 16), ("Clave", 10), ("Serie documental", 34), ("A", 5), ("L", 5), ("F/C", 6), ("E", 5), ("T", 5), ("I", 5),
    ("AT", 6), ("AC", 6), ("Precautorio", 11), ("Total", 7), ("Baja", 7), ("Histórico", 9), ("Muestreo", 9),
    ("Técnica de muestreo", 26), ("Condiciones de acceso", 30), ("Áreas productoras", 26), ("Fundamento", 30), ("Valoración", 40),
)  # fmt: skip
_GUIA = (
    ("Código", 16), ("Serie", 34), ("Descripción", 60), ("Áreas productoras", 30), ("Fechas extremas", 18), ("Expedientes", 12),
    ("Ubicación", 34), ("Responsable", 34),
)  # fmt: skip

INSTRUMENTOS = {
    i.clave: i
    for i in (
        Instrumento("cuadro", "Cuadro general de clasificación archivística", _CUADRO, _del_cuadro),
        Instrumento("catalogo", "Catálogo de disposición documental", _CATALOGO, _del_catalogo),
        Instrumento("guia", "Guía de archivo documental", _GUIA, _de_la_guia),
    )
}
FORMATOS = ("xlsx", "csv", "json")


def _nombre(cuadro: CuadroClasificacion, que: str, extension: str) -> str:
    muestra = "-muestra" if cuadro.es_muestra else ""
    return f"{que}-v{cuadro.version}{muestra}.{extension}"


def exportar(cuadro: CuadroClasificacion, que: str, formato: str) -> Exportado:
    """`que` es cuadro, catalogo, guia o intercambio (sólo csv); `formato`, xlsx, csv o json. Lanza KeyError si no existe."""
    hacer = {"xlsx": _a_xlsx, "csv": _a_csv, "json": _a_json}[formato]
    tipo = {"xlsx": XLSX, "csv": CSV, "json": JSON}[formato]
    datos = en_csv(_intercambio(cuadro)) if que == "intercambio" else hacer(cuadro, INSTRUMENTOS[que])
    return Exportado(_nombre(cuadro, que, formato), tipo, datos)


def _a_xlsx(cuadro: CuadroClasificacion, instrumento: Instrumento) -> bytes:
    hoja = HojaDeInstrumento(instrumento.nombre, [ancho for _, ancho in instrumento.columnas])
    if cuadro.es_muestra:
        hoja.titulo(FRASE_DE_MUESTRA, fondo=AMARILLO)
    hoja.titulo(institucion().nombre, tamano=14)
    hoja.titulo(instrumento.nombre, tamano=13)
    hoja.titulo(vigencia_de(cuadro), tamano=10)
    hoja.encabezado([titulo for titulo, _ in instrumento.columnas])
    for fila in instrumento.filas(cuadro):
        hoja.fila(fila)
    return hoja.bytes()


def _a_csv(cuadro: CuadroClasificacion, instrumento: Instrumento) -> bytes:
    aviso = [BANDERA] if cuadro.es_muestra else []
    titulos = [titulo for titulo, _ in instrumento.columnas] + ([AVISO.titulo] if aviso else [])
    return en_csv([titulos, *(fila + aviso for fila in instrumento.filas(cuadro))])


def _intercambio(cuadro: CuadroClasificacion) -> Iterator[list[str]]:
    yield [columna.titulo for columna in COLUMNAS]
    for clase in clases_de(cuadro):
        fila = _como_dict(clase, getattr(clase, "ficha", None)) | {"aviso": BANDERA if cuadro.es_muestra else ""}
        yield [_texto(fila.get(columna.clave, "")) for columna in COLUMNAS]


def _texto(valor: Any) -> str:
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    return "; ".join(valor) if isinstance(valor, list) else str("" if valor is None else valor)


def _como_dict(clase: NivelClasificacion, ficha: FichaValoracion | None) -> dict[str, Any]:
    datos: dict[str, Any] = {c: getattr(clase, c) for c in ("codigo", "nivel", "nombre", "alcance", "tipo_funcion", "activa")}
    if ficha is None:
        return datos
    for columna in DE_LA_FICHA:
        valor = getattr(ficha, columna.clave)
        if columna.clave == "areas":
            datos["areas"] = [area.clave for area in ficha.areas.all()]
        else:
            datos[columna.clave] = valor if columna.clave in LOGICAS else _anios(valor) if isinstance(valor, Decimal) else valor
    return datos


def como_dict(cuadro: CuadroClasificacion) -> dict[str, Any]:
    """El cuadro con su catálogo, para máquinas: clases en orden, cada una con su ficha y los códigos a que equivale."""
    clases = []
    for clase in clases_de(cuadro):
        datos = _como_dict(clase, getattr(clase, "ficha", None))
        clases.append(datos | {"descripcion": clase.descripcion, "equivale_a": [e.codigo for e in clase.equivale_a.all()]})
    return {
        "nombre": cuadro.nombre,
        "version": cuadro.version,
        "estado": cuadro.estado,
        "vigente_desde": str(cuadro.vigente_desde or ""),
        "vigente_hasta": str(cuadro.vigente_hasta or ""),
        "acta_aprobacion": cuadro.acta_aprobacion,
        "aviso": FRASE_DE_MUESTRA if cuadro.es_muestra else "",
        "clases": clases,
    }


def _a_json(cuadro: CuadroClasificacion, instrumento: Instrumento) -> bytes:
    if instrumento.clave == "guia":
        titulos = [titulo for titulo, _ in instrumento.columnas]
        cuerpo: dict[str, Any] = {"aviso": FRASE_DE_MUESTRA if cuadro.es_muestra else ""}
        cuerpo["series"] = [dict(zip(titulos, fila, strict=True)) for fila in instrumento.filas(cuadro)]
    else:
        cuerpo = como_dict(cuadro)
    return json.dumps(cuerpo, ensure_ascii=False, indent=1).encode()


def vigencia_de(cuadro: CuadroClasificacion) -> str:
    """Desde y hasta cuándo rige una versión, y con qué acta, en una frase."""
    if cuadro.vigente_desde is None:
        return f"Versión {cuadro.version}, {cuadro.situacion.nombre.lower()}: todavía no rige"
    hasta = f" al {cuadro.vigente_hasta:%d/%m/%Y}" if cuadro.vigente_hasta else ""
    acta = f". {cuadro.acta_aprobacion}" if cuadro.acta_aprobacion else ""
    return f"Versión {cuadro.version}, vigente desde el {cuadro.vigente_desde:%d/%m/%Y}{hasta}{acta}"
