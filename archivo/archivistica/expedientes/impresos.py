"""El expediente como carátula, lomos y etiquetas de caja."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from archivo.archivistica.expedientes.cierre import ficha_de, valoracion_de
from archivo.archivistica.expedientes.fojas import rango_escrito
from archivo.archivistica.expedientes.reglas import camino, hoy
from archivo.archivistica.models import Expediente, FichaValoracion, Legajo, vence
from archivo.catalogo.puerta import NIVELES, membrete
from archivo.salidas import (
    DatosDeCaratula,
    EtiquetaDeCaja,
    EtiquetaDeLomo,
    LegajoImpreso,
    Unidad,
    ValoracionImpresa,
    caratula_pdf,
    etiquetas_de_caja_pdf,
    etiquetas_pdf,
)

_ACCESOS = {"reservado": "reservada", "confidencial": "confidencial"}
_NOTAS = {
    "interno": "De uso interno: lo consulta la oficina.",
    "restringido_derechos": "Con derechos de terceros: se consulta en la oficina.",
}
_DESTINOS = {"baja": "Baja", "historico": "Histórico", "muestreo": "Muestreo"}
_MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
LARGO_EN_CAJA = 90
LARGO_DEL_NOMBRE = 60


def valoracion_vigente(expediente: Expediente) -> dict[str, Any]:
    """La copia del cierre; abierto, la de la ficha de hoy; sin ficha, vacía."""
    if expediente.valoracion and not expediente.situacion.se_integra:
        return expediente.valoracion
    ficha = ficha_de(expediente)
    return valoracion_de(ficha) if ficha is not None else {}


def vencimiento(expediente: Expediente) -> date | None:
    """El día en que vence su plazo total; None si sigue abierto o no tiene ficha."""
    valores = valoracion_vigente(expediente)
    if expediente.fecha_cierre is None or not valores:
        return None
    return vence(expediente.fecha_cierre, valores["plazo_total"], expediente.regla.inicio_plazo)


def _anios(valor: float) -> str:
    return f"{valor:g}"


def _valoracion(expediente: Expediente) -> ValoracionImpresa | None:
    v = valoracion_vigente(expediente)
    if not v:
        return None
    destino = dict(FichaValoracion.Destino.choices).get(v["destino_final"], "")
    return ValoracionImpresa(
        v["valor_administrativo"], v["valor_legal"], v["valor_fiscal_contable"],
        _anios(v["plazo_tramite"]), _anios(v["plazo_concentracion"]), _anios(v["plazo_total"]), destino,
    )  # fmt: skip


def legajos_de(expediente: Expediente) -> list[tuple[Legajo, tuple[int, int] | None]]:
    """Los legajos con sus fojas."""
    return [(legajo, legajo.rango()) for legajo in expediente.legajos.all()]


def _nombre(clase: Any) -> str:
    return f"{clase.clave} · {clase.nombre}" if clase else ""


def caratula(expediente: Expediente, enlace: str = "") -> bytes:
    """El PDF de la carátula, una hoja por legajo; abierta, cruzada con «EN TRÁMITE».

    Args:
        enlace: la dirección completa del expediente, para el QR.
    """
    datos = DatosDeCaratula(
        fecha_inicio=expediente.fecha_apertura,
        fecha_cierre=expediente.fecha_cierre,
        formato=expediente.formato,
        tradicion=expediente.get_tradicion_display(),
        total_fojas=expediente.total_fojas,
        ubicacion=expediente.ubicacion,
        valoracion=_valoracion(expediente),
        clasificacion=expediente.clasificacion,
        objeto_de_solicitud=expediente.solicitudes,
        nota_archivero=expediente.nota_archivero,
        fecha_elaboracion=expediente.fecha_cierre or hoy(),
        elaboro=f"{expediente.responsable}, archivo de trámite",
        enlace=enlace,
        unidad=unidad_de(expediente),
        marca="EN TRÁMITE" if expediente.situacion.se_integra else "",
        **_identificado(expediente),
        **_clasificado(expediente),
        **_foliado(expediente),
        **_acceso(expediente),
    )
    return caratula_pdf(datos)


def _identificado(expediente: Expediente) -> dict[str, Any]:
    return {
        "codigo": expediente.codigo,
        "numero": str(expediente.consecutivo),
        "titulo": expediente.titulo,
        "asunto": expediente.asunto,
        "area_productora": expediente.area.nombre,
    }


def _clasificado(expediente: Expediente) -> dict[str, Any]:
    oficina, clases = membrete(), camino(expediente.serie)
    titulo = expediente.titulo
    return {
        "institucion": oficina,
        "nombre": titulo if len(titulo) <= LARGO_DEL_NOMBRE else f"{titulo[: LARGO_DEL_NOMBRE - 1].rstrip()}…",
        "unidad_administrativa": expediente.area.padre.nombre if expediente.area.padre else oficina.area,
        **{nivel: _nombre(clases.get(nivel)) for nivel in ("fondo", "seccion", "serie", "subserie")},
    }


def _foliado(expediente: Expediente) -> dict[str, Any]:
    partes = legajos_de(expediente)
    rangos = [r for _, r in partes if r]
    return {
        "legajos": _legajos(expediente, partes),
        "folio_inicial": rangos[0][0] if rangos else None,
        "folio_final": rangos[-1][1] if rangos else None,
        "soporte": expediente.get_soporte_display() + _parte_fisica(expediente),
        "electronico": expediente.electronico if expediente.soporte != Expediente.Soporte.PAPEL else None,
    }


def _acceso(expediente: Expediente) -> dict[str, Any]:
    return {"acceso": _ACCESOS.get(expediente.acceso, "publica"), "acceso_nota": _NOTAS.get(expediente.acceso, "")}


def unidad_de(expediente: Expediente) -> Unidad:
    """«foja» o «folio», según la regla con que se abrió."""
    return Unidad(expediente.regla.unidad, expediente.regla.unidades)


def _parte_fisica(expediente: Expediente) -> str:
    if expediente.soporte != Expediente.Soporte.HIBRIDO or not expediente.parte_fisica:
        return ""
    return f". En papel: {expediente.parte_fisica_cantidad or ''} {expediente.parte_fisica}".replace("  ", " ")


def _corto(expediente: Expediente, n: int) -> str:
    return f"{expediente.clave}-{n}"


def _legajos(expediente: Expediente, partes: list[tuple[Legajo, tuple[int, int] | None]]) -> list[LegajoImpreso]:
    return [
        LegajoImpreso(legajo.n, len(partes), _corto(expediente, legajo.n), *(rango or (None, None))) for legajo, rango in partes
    ]


def etiquetas(expedientes: Sequence[Expediente]) -> bytes:
    """Un lomo por legajo de cada expediente, cuatro por hoja."""
    lomos = [lomo for e in expedientes for lomo in _lomos(e)]
    return etiquetas_pdf(membrete(), lomos, hoy())


def _lomos(expediente: Expediente) -> list[EtiquetaDeLomo]:
    partes = legajos_de(expediente)
    valores, dia = valoracion_vigente(expediente), vencimiento(expediente)
    serie = expediente.serie.clave
    antes, _, despues = expediente.codigo.partition(f"{serie}")
    return [
        EtiquetaDeLomo(
            partes_del_codigo=(antes, serie, despues) if despues else ("", expediente.codigo, ""),
            titulo=expediente.titulo,
            anio=str(expediente.anio),
            fechas=_meses(expediente),
            legajo=(legajo.n, len(partes)),
            fojas=f"{expediente.regla.unidades} {rango_escrito(*rango)}" if rango else "sin papel",
            acceso=NIVELES[expediente.acceso].nombre,
            restringida=NIVELES[expediente.acceso].se_audita,
            caja=legajo.caja or expediente.caja or "—",
            vence=str(dia.year) if dia else "—",
            destino=_DESTINOS.get(valores.get("destino_final", ""), "—"),
            corto=_corto(expediente, legajo.n),
        )
        for legajo, rango in partes
    ]


def _meses(expediente: Expediente) -> str:
    desde, hasta = expediente.fecha_apertura, expediente.fecha_cierre
    inicio = _MESES[desde.month - 1]
    if hasta is None:
        return f"desde {inicio}"
    fin = _MESES[hasta.month - 1] + (f" {hasta.year}" if hasta.year != desde.year else "")
    return inicio if fin == inicio else f"{inicio}–{fin}"


def etiquetas_de_caja(expedientes: Sequence[Expediente]) -> bytes:
    """Una etiqueta por caja (área, edificio y caja) de las que guardan esos expedientes."""
    cajas: dict[tuple[int, str, str], list[Expediente]] = {}
    for e in expedientes:
        for caja in sorted({legajo.caja or e.caja for legajo in e.legajos.all()} - {""}):
            cajas.setdefault((e.area_id, e.edificio, caja), []).append(e)
    unidad = unidad_de(expedientes[0]) if expedientes else None
    return etiquetas_de_caja_pdf(membrete(), [_caja(llave[2], juntos) for llave, juntos in cajas.items()], hoy(), unidad)


def _caja(caja: str, juntos: list[Expediente]) -> EtiquetaDeCaja:
    primero = juntos[0]
    series = {e.serie_id: str(e.serie) for e in juntos}
    ultimas = [e.fecha_cierre or hoy() for e in juntos]
    lugar = (("pasillo", primero.pasillo), ("anaquel", primero.anaquel), ("charola", primero.charola))
    return EtiquetaDeCaja(
        caja=caja,
        area=primero.area.nombre,
        ubicacion=", ".join([primero.edificio] * bool(primero.edificio) + [f"{r} {v}" for r, v in lugar if v]),
        series=", ".join(series.values()) if len(series) < 3 else f"{len(series)} series",
        fechas=f"{min(e.fecha_apertura for e in juntos).isoformat()} a {max(ultimas).isoformat()}",
        acceso=", ".join(sorted({NIVELES[e.acceso].nombre for e in juntos})),
        corto=primero.clave,
        expedientes=[_renglon(e, caja) for e in juntos],
    )


def _renglon(e: Expediente, caja: str) -> tuple[str, str, str, str, str, str]:
    partes = legajos_de(e)
    aqui = [(legajo, rango) for legajo, rango in partes if (legajo.caja or e.caja) == caja]
    numeros = ", ".join(str(legajo.n) for legajo, _ in aqui)
    rangos = [r for _, r in aqui if r]
    dia = vencimiento(e)
    titulo = e.titulo if len(e.titulo) <= LARGO_EN_CAJA else f"{e.titulo[: LARGO_EN_CAJA - 1].rstrip()}…"
    fojas = rango_escrito(rangos[0][0], rangos[-1][1]) if rangos else "—"
    destino = _DESTINOS.get(valoracion_vigente(e).get("destino_final", ""), "—")
    return e.codigo, titulo, f"{numeros} de {len(partes)}", fojas, str(dia.year) if dia else "—", destino
