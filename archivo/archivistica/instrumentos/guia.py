"""La guía de archivo documental: qué guarda cada serie, de qué fechas, dónde y quién responde; es pública (LGA 14)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min

from archivo.archivistica.models import CuadroClasificacion, Expediente, FichaValoracion, NivelClasificacion
from archivo.archivistica.servicios.fichas import anios


@dataclass(frozen=True)
class RenglonDeGuia:
    """Una serie descrita. `expedientes` cuenta sólo los que cualquiera puede saber que existen."""

    clase: NivelClasificacion
    descripcion: str
    areas: str
    fechas: str
    expedientes: int
    ubicacion: str
    responsable: str
    acceso: str
    destino: str
    plazos: str


def volumen_por_serie(cuadro: CuadroClasificacion) -> dict[int, dict[str, Any]]:
    """De cada serie, cuántos expedientes públicos tiene y de qué años, en una consulta."""
    publicos = Expediente.objects.filter(serie__cuadro=cuadro, acceso="publico")
    filas = publicos.values("serie_id").annotate(
        cuantos=Count("pk"), desde=Min("fecha_apertura"), hasta=Max("fecha_cierre"), ultima=Max("fecha_apertura")
    )
    return {fila["serie_id"]: dict(fila) for fila in filas}


def _fechas(fila: dict[str, Any] | None) -> str:
    if not fila or not fila["desde"]:
        return ""
    primero = fila["desde"].year
    ultimo = max(d.year for d in (fila["hasta"], fila["ultima"]) if d)
    return str(primero) if primero == ultimo else f"{primero}–{ultimo}"


def _plazos(ficha: FichaValoracion) -> str:
    if ficha.plazo_tramite is None or ficha.plazo_concentracion is None:
        return ""
    return f"{anios(ficha.plazo_tramite)} en trámite y {anios(ficha.plazo_concentracion)} en concentración"


def guia_de(cuadro: CuadroClasificacion) -> list[RenglonDeGuia]:
    """Las series y subseries activas con su descripción general, en el orden del cuadro."""
    volumen = volumen_por_serie(cuadro)
    series = cuadro.niveles.series().filter(activa=True).select_related("ficha").prefetch_related("ficha__areas").en_orden()
    return [_renglon(serie, volumen.get(serie.pk)) for serie in series]


def _renglon(serie: NivelClasificacion, fila: dict[str, Any] | None) -> RenglonDeGuia:
    ficha = getattr(serie, "ficha", None)
    return RenglonDeGuia(
        clase=serie,
        descripcion=serie.alcance or (ficha.contenido if ficha else ""),
        areas="; ".join(area.nombre for area in ficha.areas.all()) if ficha else "",
        fechas=_fechas(fila),
        expedientes=fila["cuantos"] if fila else 0,
        ubicacion=ficha.ubicacion if ficha else "",
        responsable=ficha.responsable_custodia if ficha else "",
        acceso=ficha.condiciones_acceso if ficha else "",
        destino=ficha.get_destino_final_display() if ficha else "",
        plazos=_plazos(ficha) if ficha else "",
    )
