"""Inventarios de expedientes: el general del AGN (LGA 4) y el FUID de Colombia, en CSV y XLSX.

Son listas de lo que el lector ve. Un renglón por legajo: es lo que se busca en un anaquel.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from archivo.archivistica.expedientes.contenido import limpio
from archivo.archivistica.expedientes.impresos import valoracion_vigente, vencimiento
from archivo.archivistica.expedientes.reglas import camino, hoy
from archivo.archivistica.models import Expediente, ExpedienteQuerySet, FichaValoracion, Legajo
from archivo.catalogo.puerta import NIVELES
from archivo.identidad.puerta import institucion
from archivo.salidas import inofensiva, renglones_csv

Valor = str | int | float
LOTE = 200
_SOPORTES = {"papel": "Papel", "digital": "Electrónico", "hibrido": "Híbrido"}
_DESTINOS = dict(FichaValoracion.Destino.choices)
_FORMULAS = {"A": "valor_administrativo", "L": "valor_legal", "C-F": "valor_fiscal_contable"}


@dataclass(frozen=True)
class Renglon:
    """Un legajo de un expediente: `n` corre por todo el inventario."""

    n: int
    expediente: Expediente
    legajo: Legajo
    de: int
    rango: tuple[int, int] | None

    @property
    def fojas(self) -> int:
        """Cuántas fojas tiene el legajo."""
        return self.rango[1] - self.rango[0] + 1 if self.rango else 0


@dataclass(frozen=True)
class Inventario:
    """Un formato: su título, sus columnas y los renglones de firma."""

    clave: str
    titulo: str
    columnas: Sequence[tuple[str, Callable[[Renglon], Valor]]]
    firmas: Sequence[str] = field(default=())


def _fecha(r: Renglon) -> str:
    return r.expediente.fecha_cierre.isoformat() if r.expediente.fecha_cierre else ""


def _serie(r: Renglon) -> str:
    clases = camino(r.expediente.serie)
    return " / ".join(str(clases[n]) for n in ("serie", "subserie") if n in clases)


def _valores(r: Renglon) -> str:
    valores = valoracion_vigente(r.expediente)
    return ", ".join(clave for clave, campo in _FORMULAS.items() if valores.get(campo))


def _vence(r: Renglon) -> str:
    dia = vencimiento(r.expediente)
    return dia.isoformat() if dia else ""


def _plazo(nombre: str) -> Callable[[Renglon], Valor]:
    return lambda r: valoracion_vigente(r.expediente).get(nombre, "")


def _destino(r: Renglon) -> str:
    return _DESTINOS.get(valoracion_vigente(r.expediente).get("destino_final", ""), "")


INVENTARIOS: dict[str, Inventario] = {
    i.clave: i
    for i in (
        Inventario(
            "general",
            "Inventario general por expediente",
            (
                ("No.", lambda r: r.n),
                ("Código de clasificación", lambda r: r.expediente.codigo),
                ("Sección", lambda r: str(camino(r.expediente.serie).get("seccion", ""))),
                ("Serie o subserie", _serie),
                ("Título del expediente", lambda r: r.expediente.titulo),
                ("Asunto", lambda r: r.expediente.asunto),
                ("Área productora", lambda r: r.expediente.area.nombre),
                ("Fecha de apertura", lambda r: r.expediente.fecha_apertura.isoformat()),
                ("Fecha de cierre", _fecha),
                ("Legajo", lambda r: f"{r.legajo.n} de {r.de}"),
                ("Fojas", lambda r: r.fojas),
                ("Soporte", lambda r: _SOPORTES[r.expediente.soporte]),
                ("Valores", _valores),
                ("Años en trámite", _plazo("plazo_tramite")),
                ("Años en concentración", _plazo("plazo_concentracion")),
                ("Vence", _vence),
                ("Destino final", _destino),
                ("Acceso", lambda r: NIVELES[r.expediente.acceso].nombre),
                ("Caja", lambda r: r.legajo.caja or r.expediente.caja),
                ("Ubicación", lambda r: r.expediente.ubicacion),
                ("Estado", lambda r: r.expediente.situacion.nombre),
                ("Observaciones", lambda r: r.expediente.nota_archivero),
            ),
            ("Elaboró", "Vo. Bo.", "Autorizó"),
        ),
        Inventario(
            "fuid",
            "Formato Único de Inventario Documental",
            (
                ("Número de orden", lambda r: r.n),
                ("Código", lambda r: r.expediente.codigo),
                ("Nombre de las series, subseries o asuntos", lambda r: f"{_serie(r)}. {r.expediente.titulo}"),
                ("Fecha inicial (aaaa-mm-dd)", lambda r: r.expediente.fecha_apertura.isoformat()),
                ("Fecha final (aaaa-mm-dd)", _fecha),
                ("Caja", lambda r: r.legajo.caja or r.expediente.caja),
                ("Carpeta", lambda r: r.legajo.n),
                ("Tomo", lambda r: f"{r.legajo.n} de {r.de}" if r.de > 1 else ""),
                ("Otro", lambda r: r.expediente.parte_fisica),
                ("No. de folios", lambda r: r.fojas),
                ("Soporte", lambda r: _SOPORTES[r.expediente.soporte]),
                ("Frecuencia de consulta", lambda r: str(r.expediente.descripcion.get("frecuencia_consulta", ""))),
                ("Notas", lambda r: r.expediente.nota_archivero),
            ),
            ("Elaborado por", "Entregado por", "Recibido por"),
        ),
    )
}


def renglones(expedientes: ExpedienteQuerySet) -> Iterator[Renglon]:
    """Un renglón por legajo, por código. Memoria constante."""
    filas = (
        expedientes.select_related("serie__padre__padre__padre", "area", "regla").prefetch_related("legajos").order_by("codigo")
    )
    n = 0
    for expediente in filas.iterator(chunk_size=LOTE):
        legajos = list(expediente.legajos.all())
        for legajo in legajos:
            n += 1
            yield Renglon(n, expediente, legajo, len(legajos), legajo.rango())


def _fila(inventario: Inventario, renglon: Renglon) -> list[Valor]:
    return [_limpia(valor(renglon)) for _, valor in inventario.columnas]


def _limpia(valor: Valor) -> Valor:
    return limpio(valor) if isinstance(valor, str) else valor


def en_csv(inventario: Inventario, filas: Iterable[Renglon]) -> Iterator[str]:
    """El inventario como CSV (UTF-8 con marca, para que una hoja de cálculo lea los acentos), por trozos."""
    return renglones_csv(chain([[nombre for nombre, _ in inventario.columnas]], (_fila(inventario, r) for r in filas)))


def en_xlsx(inventario: Inventario, filas: Iterable[Renglon]) -> bytes:
    """El inventario como XLSX: encabezado con la institución y la fecha, tabla y renglones de firma."""
    libro = Workbook(write_only=True)
    libro.properties.title, libro.properties.creator = inventario.titulo, institucion().nombre
    libro.properties.created = libro.properties.modified = datetime.combine(hoy(), datetime.min.time())
    hoja = libro.create_sheet(inventario.titulo[:31])
    hoja.freeze_panes = "A5"
    for n, (nombre, _) in enumerate(inventario.columnas):
        hoja.column_dimensions[_letra(n)].width = min(max(len(nombre) + 2, 10), 40)
    hoja.append([_celda(hoja, institucion().nombre, negrita=True)])
    hoja.append([_celda(hoja, f"{inventario.titulo}. {institucion().oficina}", negrita=True)])
    hoja.append([f"Al {hoy():%d/%m/%Y}"])
    hoja.append([_celda(hoja, nombre, negrita=True) for nombre, _ in inventario.columnas])
    for renglon in filas:
        hoja.append([inofensiva(celda) for celda in _fila(inventario, renglon)])
    hoja.append([])
    for firma in inventario.firmas:
        hoja.append([f"{firma}:", "", "Nombre, cargo y firma", "", "Fecha:"])
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _letra(n: int) -> str:
    return chr(65 + n)


def _celda(hoja: object, valor: str, *, negrita: bool) -> WriteOnlyCell:
    celda = WriteOnlyCell(hoja, value=valor)
    celda.font, celda.alignment = Font(bold=negrita), Alignment(wrap_text=False, vertical="top")
    return celda
