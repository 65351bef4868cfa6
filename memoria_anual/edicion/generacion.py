"""Los archivos de una memoria: PDF, DOCX, XLSX, CSV y la hoja de resumen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from memoria_anual.cortes.puerta import Corte, cortar
from memoria_anual.edicion.documento import documento_de, mesa_de
from memoria_anual.edicion.impreso import memoria_pdf, resumen_pdf
from memoria_anual.edicion.models import Capitulo, Memoria
from memoria_anual.edicion.redactable import memoria_docx
from memoria_anual.edicion.servicios.memorias import TITULOS, capitulos_de_plantilla
from memoria_anual.edicion.tablas import cifras_csv, libro, relacion_csv
from memoria_anual.indicadores.puerta import Periodo

PDF, CSV = "application/pdf", "text/csv"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Avance = Callable[[int, int, str], None]


@dataclass(frozen=True)
class ArchivoHecho:
    """Un archivo de la memoria."""

    nombre: str
    rotulo: str
    mime: str
    contenido: bytes


def sin_avance(hechos: int, total: int, mensaje: str) -> None:
    """Para quien no mira cómo va."""


def archivos_de(documento: dict[str, Any], corte: Corte, avance: Avance = sin_avance) -> Iterator[ArchivoHecho]:
    """Los seis archivos, el PDF primero. `avance(hechos, total, mensaje)` se llama antes de cada uno."""
    base = f"memoria-{documento['periodo'].replace('..', '-a-').lower()}"
    if documento["tipo"] != "anual":
        base = f"{documento['tipo']}-{base}"
    pasos: Sequence[tuple[str, str, str, Callable[[], bytes]]] = (
        (f"{base}.pdf", "PDF accesible", PDF, lambda: memoria_pdf(documento)),
        (f"{base}.docx", "Documento para editar", DOCX, lambda: memoria_docx(documento)),
        (f"{base}-cifras.xlsx", "Cifras y elementos en hoja de cálculo", XLSX, lambda: libro(documento, corte)),
        (f"{base}-cifras.csv", "Cifras (CSV)", CSV, lambda: cifras_csv(documento)),
        (f"{base}-relacion.csv", "Relación de elementos (CSV)", CSV, lambda: "".join(relacion_csv(corte)).encode()),
        (f"{base}-resumen.pdf", "Resumen en una hoja", PDF, lambda: resumen_pdf(documento)),
    )
    for n, (nombre, rotulo, mime, hacer) in enumerate(pasos):
        avance(n, len(pasos), rotulo)
        yield ArchivoHecho(nombre, rotulo, mime, hacer())
    avance(len(pasos), len(pasos), "Listo")


def documento_actual(memoria: Memoria) -> dict[str, Any]:
    """El documento de una memoria: el congelado si ya se publicó; si no, el de hoy."""
    publicada = memoria.ediciones.first() if memoria.pk else None
    if publicada is not None:
        return dict(publicada.contenido)
    return documento_de(memoria, _capitulos(memoria), mesa_de(memoria))


def _capitulos(memoria: Memoria) -> list[Capitulo]:
    return list(memoria.capitulos.all()) if memoria.pk else capitulos_de_plantilla(memoria)


def memoria_del_periodo(periodo: Periodo) -> Memoria:
    """La de ese periodo; si no se ha abierto, una sin guardar con los capítulos de la plantilla. Sin corte, usa el último o corta."""
    tipo = "anual" if periodo.trimestres or "-G" in periodo.clave else "trimestral" if "-T" in periodo.clave else "gestion"
    memoria = Memoria.objects.filter(periodo=periodo.clave).order_by("tipo").first()
    if memoria is None:
        memoria = Memoria(periodo=periodo.clave, tipo=tipo, titulo=TITULOS[tipo])
    if memoria.corte is None:
        memoria.corte = Corte.objects.filter(periodo=periodo.clave).first() or cortar(periodo)
    return memoria
