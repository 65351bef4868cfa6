"""Los archivos de una memoria: PDF, DOCX, XLSX, CSV y la hoja de resumen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache

from archivo.catalogo.puerta import membrete
from archivo.objetos.puerta import abrir
from memoria_anual.cortes.puerta import Corte, cortar
from memoria_anual.edicion.documento import corte_de, documento_de, huella_de, mesa_de
from memoria_anual.edicion.impreso import memoria_pdf, resumen_pdf
from memoria_anual.edicion.models import Capitulo, Memoria, tipo_natural
from memoria_anual.edicion.redactable import memoria_docx
from memoria_anual.edicion.servicios.memorias import TITULOS, capitulos_de_plantilla
from memoria_anual.edicion.tablas import cifras_csv, libro, relacion_csv
from memoria_anual.indicadores.puerta import Periodo

PDF, CSV = "application/pdf", "text/csv"
DURA_EL_BORRADOR = 60 * 60
"""Segundos que se guarda el PDF compuesto de un borrador."""
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


@dataclass(frozen=True)
class _Pedido:
    """Un archivo por hacer."""

    nombre: str
    rotulo: str
    mime: str
    hacer: Callable[[], bytes]

    def hecho(self) -> ArchivoHecho:
        """El archivo."""
        return ArchivoHecho(self.nombre, self.rotulo, self.mime, self.hacer())


def _pedidos(documento: dict[str, Any], corte: Corte) -> Sequence[_Pedido]:
    base = f"memoria-{documento['periodo'].replace('..', '-a-').lower()}"
    if documento["tipo"] != "anual":
        base = f"{documento['tipo']}-{base}"
    return (
        _Pedido(f"{base}.pdf", "PDF accesible", PDF, lambda: memoria_pdf(documento)),
        _Pedido(f"{base}.docx", "Documento para editar", DOCX, lambda: memoria_docx(documento)),
        _Pedido(f"{base}-cifras.xlsx", "Cifras y elementos en hoja de cálculo", XLSX, lambda: libro(documento, corte)),
        _Pedido(f"{base}-cifras.csv", "Cifras (CSV)", CSV, lambda: cifras_csv(documento)),
        _Pedido(f"{base}-relacion.csv", "Relación de elementos (CSV)", CSV, lambda: "".join(relacion_csv(corte)).encode()),
        _Pedido(f"{base}-resumen.pdf", "Resumen en una hoja", PDF, lambda: resumen_pdf(documento)),
    )


def archivos_de(documento: dict[str, Any], corte: Corte, avance: Avance = sin_avance) -> Iterator[ArchivoHecho]:
    """Los seis archivos, el PDF primero. `avance(hechos, total, mensaje)` se llama antes de cada uno."""
    pedidos = _pedidos(documento, corte)
    for n, pedido in enumerate(pedidos):
        avance(n, len(pedidos), pedido.rotulo)
        yield pedido.hecho()
    avance(len(pedidos), len(pedidos), "Listo")


def archivo_actual(memoria: Memoria, extension: str) -> ArchivoHecho:
    """El primero con esa extensión, o que termina así (`relacion.csv`, `resumen.pdf`): el que se guardó al publicar, o el de hoy.

    El PDF del borrador se compone una vez por cada versión de lo que dice, y de cada memoria se guarda uno: cambia cualquier cosa,
    también el membrete, y se compone otro en su lugar.

    Raises:
        SinCorte: ni se ha publicado ni tiene corte.
    """
    publicada = memoria.ediciones.first()
    fines = (f".{extension}", f"-{extension}")
    guardados = publicada.archivos.select_related("objeto") if publicada else ()
    for guardado in guardados:
        if not guardado.nombre.endswith(fines):
            continue
        with abrir(guardado.objeto) as abierto:
            return ArchivoHecho(guardado.nombre, guardado.rotulo, guardado.mime, abierto.read())
    documento = documento_actual(memoria)
    pedido = next(p for p in _pedidos(documento, corte_de(memoria)) if p.nombre.endswith(fines))
    return _borrador(memoria, documento, pedido) if extension == "pdf" else pedido.hecho()


def _borrador(memoria: Memoria, documento: dict[str, Any], pedido: _Pedido) -> ArchivoHecho:
    """El PDF guardado, si dice lo mismo con el mismo membrete; si no, hecho ahora."""
    llave, dice = f"memoria-borrador:{memoria.pk}", huella_de({"documento": documento, "membrete": asdict(membrete())})
    guardado = cache.get(llave)
    if guardado is not None and guardado[0] == dice:
        return ArchivoHecho(pedido.nombre, pedido.rotulo, pedido.mime, guardado[1])
    hecho = pedido.hecho()
    cache.set(llave, (dice, hecho.contenido), DURA_EL_BORRADOR)
    return hecho


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
    tipo = tipo_natural(periodo)
    memoria = min(Memoria.objects.filter(periodo=periodo.clave), key=lambda m: (m.tipo != tipo, m.tipo), default=None)
    if memoria is None:
        memoria = Memoria(periodo=periodo.clave, tipo=tipo, titulo=TITULOS[tipo])
    if memoria.corte is None:
        memoria.corte = Corte.objects.filter(periodo=periodo.clave).first() or cortar(periodo)
    return memoria
