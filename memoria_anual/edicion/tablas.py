"""Las cifras y la relación de elementos, en hoja de cálculo y en CSV."""

import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font

from archivo.identidad.puerta import ANONIMO, Lector
from archivo.salidas import en_csv, inofensiva, renglones_csv
from memoria_anual.cortes.puerta import Corte
from memoria_anual.edicion.evidencia import a_la_vista

DE_CIFRAS = (
    "Clave",
    "Indicador",
    "Unidad",
    "Valor",
    "Contado por el sistema",
    "Un año antes",
    "Variación",
    "Elementos",
    "Nota",
    "Qué cuenta",
    "Qué excluye",
    "Huella",
)
DE_ELEMENTOS = ("Indicador", "Clave", "Clase", "Tipo", "Fecha", "Folio", "Título", "Área", "Dirección")
RENGLONES_EN_LIBRO = 200_000
ANCHOS = {
    "Indicador": 42,
    "Título": 70,
    "Nota": 50,
    "Qué cuenta": 60,
    "Qué excluye": 40,
    "Folio": 18,
    "Área": 30,
    "Dirección": 28,
}


def renglones_de_cifras(documento: dict[str, Any]) -> list[list[Any]]:
    """Una fila por indicador, tal como se publica."""
    return [
        [c["clave"], c["nombre"], c["unidad"], _numero(c), c["contado"], c["anterior"], c["variacion"], c["elementos"], c["nota"],
         c["regla"].get("cuenta", ""), c["regla"].get("excluye", ""), c["huella"]]
        for c in documento["cifras"]
    ]  # fmt: skip


def _numero(cifra: dict[str, Any]) -> Any:
    """El valor como número, sin decimales si es entero; el que no tiene número, como se lee."""
    numero = cifra["numero"]
    if numero is None:
        return cifra["valor"]
    return int(numero) if float(numero).is_integer() else numero


def cifras_csv(documento: dict[str, Any]) -> bytes:
    """Todas las cifras."""
    return en_csv([DE_CIFRAS, *renglones_de_cifras(documento)])


def renglones_de_elementos(corte: Corte, claves: Sequence[str] = (), lector: Lector = ANONIMO) -> Iterator[list[Any]]:
    """Una fila por elemento de cada cifra (o de esas) que esa persona puede ver; lo demás se dice al final de la suya."""
    pedidas = corte.cifras.filter(clave__in=claves) if claves else corte.cifras.all()
    for fila in pedidas:
        nombrados = 0
        for e, item in a_la_vista(fila, lector):
            nombrados += 1
            dia = e.fecha.isoformat() if e.fecha else ""
            yield [fila.clave, e.clave, e.clase, e.tipo, dia, e.folio, e.titulo, e.area, item.get_absolute_url() if item else ""]
        if resto := fila.elementos - nombrados:
            yield [
                fila.clave,
                "",
                "",
                "",
                "",
                "",
                _callados(resto, lector),
                "",
                "",
            ]


def _callados(cuantos: int, lector: Lector) -> str:
    uno = cuantos == 1
    por_que = f"no {'es' if uno else 'son'} de consulta pública" if lector == ANONIMO else "este acceso no abre"
    return (
        f"{cuantos:,} elemento{'' if uno else 's'} que {por_que}: cuenta{'' if uno else 'n'} y no se nombra{'' if uno else 'n'}."
    )


def relacion_csv(corte: Corte, claves: Sequence[str] = (), lector: Lector = ANONIMO) -> Iterator[str]:
    """La relación de elementos, por trozos."""
    yield from renglones_csv(chain([DE_ELEMENTOS], renglones_de_elementos(corte, claves, lector)))


def libro(documento: dict[str, Any], corte: Corte) -> bytes:
    """El XLSX: una hoja con las cifras y otra con la relación de elementos."""
    cuaderno = openpyxl.Workbook(write_only=True)
    _hoja(cuaderno.create_sheet("Cifras"), DE_CIFRAS, iter(renglones_de_cifras(documento)))
    _hoja(cuaderno.create_sheet("Relación de elementos"), DE_ELEMENTOS, renglones_de_elementos(corte))
    crudo = io.BytesIO()
    cuaderno.save(crudo)
    return crudo.getvalue()


def _hoja(hoja: Any, encabezado: Sequence[str], filas: Iterator[Sequence[Any]]) -> None:
    hoja.freeze_panes = "A2"
    for n, nombre in enumerate(encabezado):
        hoja.column_dimensions[openpyxl.utils.get_column_letter(n + 1)].width = ANCHOS.get(nombre, 14)
    celdas = [openpyxl.cell.WriteOnlyCell(hoja, nombre) for nombre in encabezado]
    for celda in celdas:
        celda.font, celda.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    hoja.append(celdas)
    for n, fila in enumerate(filas):
        if n == RENGLONES_EN_LIBRO:
            hoja.append([f"Hay más de {RENGLONES_EN_LIBRO:,} renglones: el resto está en la relación en CSV."])
            break
        hoja.append([inofensiva(c) for c in fila])
