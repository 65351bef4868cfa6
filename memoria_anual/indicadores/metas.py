"""El programa anual: lo programado, lo logrado, el avance, su semáforo y las justificaciones que faltan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import Lector, PermisoNegado, Usuario, lector_de
from memoria_anual.indicadores.calculo import calcular
from memoria_anual.indicadores.catalogo import indicador
from memoria_anual.indicadores.declaracion import Indicador, Semantica
from memoria_anual.indicadores.models import JustificacionDeMeta, MetaTrimestral, UmbralDeSemaforo
from memoria_anual.indicadores.periodos import leer_periodo, periodo_del_trimestre

PROGRAMAN = ("titular", "redaccion")
TRIMESTRES = (1, 2, 3, 4)
CENTESIMA = Decimal("0.01")
SIN_META, SIN_EMPEZAR, VERDE, AMARILLO, ROJO = "sin_meta", "sin_empezar", "verde", "amarillo", "rojo"


class MetaRechazada(ValueError):
    """La meta o la justificación no procede; el mensaje dice por qué."""


@dataclass(frozen=True)
class Avance:
    """Lo programado y lo logrado de un indicador en un trimestre (o en el año, `trimestre` None).

    `porcentaje` None es «n/a»: no se programó nada, o no hay dato. `semaforo`: `verde`, `amarillo`, `rojo`, `sin_meta` o
    `sin_empezar`. `pide_justificacion`: se alejó de lo previsto y el periodo ya terminó.
    """

    indicador: Indicador
    anio: int
    trimestre: int | None
    programado: Decimal | None
    logrado: Decimal | None
    porcentaje: Decimal | None
    semaforo: str
    pide_justificacion: bool = False
    justificacion: str = ""

    @property
    def periodo(self) -> str:
        """La clave del periodo que abarca: la de su trimestre, o la del año."""
        return f"{self.anio:04d}-T{self.trimestre}" if self.trimestre else f"{self.anio:04d}"

    @property
    def falta_justificar(self) -> bool:
        """¿Hace falta una justificación y nadie la ha escrito?"""
        return self.pide_justificacion and not self.justificacion


@dataclass(frozen=True)
class AvanceAnual:
    """El avance de un indicador: sus cuatro trimestres y el año."""

    indicador: Indicador
    trimestres: tuple[Avance, ...]
    anual: Avance


def puede_programar(lector: Lector) -> bool:
    """¿Fija metas y justifica su avance?"""
    return lector.tiene(*PROGRAMAN)


def avances(anio: int) -> list[AvanceAnual]:
    """El avance de cada indicador con metas en ese año, por orden de clave."""
    metas, justificadas = metas_de(anio), _justificaciones_de(anio)
    claves = sorted({clave for clave, _ in metas})
    umbral = umbral_vigente(date(anio, 12, 31))
    return [_avance_anual(indicador(c), anio, metas, (justificadas, umbral)) for c in claves]


def metas_de(anio: int) -> dict[tuple[str, int], Decimal]:
    """Lo programado que vale hoy, por (indicador, trimestre)."""
    filas = MetaTrimestral.objects.filter(anio=anio).order_by("id").values_list("indicador", "trimestre", "programado")
    return {(clave, trimestre): programado for clave, trimestre, programado in filas}


def lo_programado(anio: int, trimestre: int | None = None) -> tuple[dict[str, Decimal], dict[str, str]]:
    """Por indicador, la meta de ese trimestre (o del año) y sus justificaciones. No cuenta lo logrado: eso lo dice un corte."""
    metas, justificadas = metas_de(anio), _justificaciones_de(anio)
    if trimestre is not None:
        del_trimestre = {c: m for (c, t), m in metas.items() if t == trimestre}
        return del_trimestre, {c: texto for (c, t), texto in justificadas.items() if t == trimestre}
    claves = sorted({clave for clave, _ in metas})
    del_anio = {c: _juntar(indicador(c), [metas.get((c, t)) for t in TRIMESTRES]) for c in claves}
    dichas = {c: " ".join(f"Trimestre {t}: {justificadas[c, t]}" for t in TRIMESTRES if (c, t) in justificadas) for c in claves}
    return {c: m for c, m in del_anio.items() if m is not None}, {c: texto for c, texto in dichas.items() if texto}


def _justificaciones_de(anio: int) -> dict[tuple[str, int], str]:
    filas = JustificacionDeMeta.objects.filter(anio=anio).order_by("id").values_list("indicador", "trimestre", "texto")
    return {(clave, trimestre): texto for clave, trimestre, texto in filas}


def umbral_vigente(dia: date) -> UmbralDeSemaforo:
    """El umbral que vale ese día; si ninguno ha empezado, el de fábrica (sin guardar)."""
    return UmbralDeSemaforo.objects.filter(desde__lte=dia).first() or UmbralDeSemaforo(desde=dia)


def _avance_anual(
    regla: Indicador,
    anio: int,
    metas: Mapping[tuple[str, int], Decimal],
    lo_demas: tuple[Mapping[tuple[str, int], str], UmbralDeSemaforo],
) -> AvanceAnual:
    justificadas, umbral = lo_demas
    partes = tuple(
        _avance(regla, (anio, t), metas.get((regla.clave, t)), (justificadas.get((regla.clave, t), ""), umbral))
        for t in TRIMESTRES
    )
    return AvanceAnual(regla, partes, _del_anio(regla, anio, partes, umbral))


def _avance(
    regla: Indicador, cuando: tuple[int, int], programado: Decimal | None, lo_demas: tuple[str, UmbralDeSemaforo]
) -> Avance:
    anio, trimestre = cuando
    justificacion, umbral = lo_demas
    periodo = periodo_del_trimestre(anio, trimestre)
    hoy = timezone.localdate()
    if periodo.desde > hoy:
        return Avance(regla, anio, trimestre, programado, None, None, SIN_EMPEZAR, justificacion=justificacion)
    logrado = calcular(regla, periodo).valor
    porcentaje = porcentaje_de(logrado, programado)
    fuera = porcentaje is not None and not umbral.justifica_bajo <= porcentaje <= umbral.justifica_sobre
    return Avance(
        regla, anio, trimestre, programado, logrado, porcentaje, color(porcentaje, umbral),
        pide_justificacion=fuera and periodo.hasta < hoy, justificacion=justificacion,
    )  # fmt: skip


def _del_anio(regla: Indicador, anio: int, partes: Sequence[Avance], umbral: UmbralDeSemaforo) -> Avance:
    programado = _juntar(regla, [p.programado for p in partes])
    logrado = calcular(regla, leer_periodo(f"{anio:04d}")).valor
    porcentaje = porcentaje_de(logrado, programado)
    return Avance(regla, anio, None, programado, logrado, porcentaje, color(porcentaje, umbral))


def _juntar(regla: Indicador, programados: Iterable[Decimal | None]) -> Decimal | None:
    """La meta del año: de un flujo, la suma; de lo demás, la del último trimestre que la tiene."""
    dichos = [p for p in programados if p is not None]
    if not dichos:
        return None
    return sum(dichos, Decimal(0)) if regla.semantica is Semantica.FLUJO else dichos[-1]


def porcentaje_de(logrado: Decimal | None, programado: Decimal | None) -> Decimal | None:
    """Logrado entre programado, en porcentaje; None («n/a») si no se programó nada o no hay dato."""
    if logrado is None or not programado:
        return None
    return (100 * logrado / programado).quantize(CENTESIMA, ROUND_HALF_UP)


def color(porcentaje: Decimal | None, umbral: UmbralDeSemaforo) -> str:
    """El color del semáforo de ese avance."""
    if porcentaje is None:
        return SIN_META
    if porcentaje >= umbral.verde:
        return VERDE
    return AMARILLO if porcentaje >= umbral.amarillo else ROJO


@transaction.atomic
def programar(
    clave: str, cuando: tuple[int, int], programado: Decimal, actor: Usuario | None, motivo: str = ""
) -> MetaTrimestral:
    """Fija la meta de un indicador en un trimestre, `(año, 1–4)`. Cambiar una que ya estaba pide motivo.

    Raises:
        MetaRechazada: es negativa, el trimestre no existe o falta el motivo.
        PermisoNegado: no le toca programar.
    """
    _exigir_permiso(actor)
    anio, trimestre = cuando
    if trimestre not in TRIMESTRES:
        raise MetaRechazada("Los trimestres van del 1 al 4.")
    if programado < 0:
        raise MetaRechazada("Escriba una meta de cero en adelante.")
    antes = (
        MetaTrimestral.objects.filter(indicador=indicador(clave).clave, anio=anio, trimestre=trimestre).order_by("-id").first()
    )
    if antes is not None and antes.programado != programado and not motivo.strip():
        raise MetaRechazada(f"Ya había una meta de {antes.programado.normalize():f}. Escriba por qué cambia.")
    meta = MetaTrimestral(indicador=clave, anio=anio, trimestre=trimestre, programado=programado, motivo=motivo, actor=actor)
    meta.save()
    detalle = {"periodo": f"{anio}-T{trimestre}", "programado": str(programado), "antes": antes and str(antes.programado)}
    registrar(SucesoNuevo("indicador.meta", f"indicador:{clave}", actor, motivo, detalle))
    return meta


@transaction.atomic
def justificar(clave: str, cuando: tuple[int, int], texto: str, actor: Usuario | None) -> JustificacionDeMeta:
    """Explica por qué el logro de un trimestre se alejó de lo programado.

    Raises:
        MetaRechazada: no dice nada, o ese trimestre no tiene meta.
        PermisoNegado: no le toca justificar.
    """
    _exigir_permiso(actor)
    anio, trimestre = cuando
    if not texto.strip():
        raise MetaRechazada("Escriba la justificación.")
    if not MetaTrimestral.objects.filter(indicador=clave, anio=anio, trimestre=trimestre).exists():
        raise MetaRechazada("Ese trimestre no tiene meta: no hay qué justificar.")
    dicha = JustificacionDeMeta(indicador=clave, anio=anio, trimestre=trimestre, texto=texto.strip(), actor=actor)
    dicha.save()
    registrar(SucesoNuevo("indicador.justificacion", f"indicador:{clave}", actor, "", {"periodo": f"{anio}-T{trimestre}"}))
    return dicha


def _exigir_permiso(actor: Usuario | None) -> None:
    if actor is not None and not puede_programar(lector_de(actor)):
        raise PermisoNegado("Fijar metas y justificarlas le toca a titular o a redacción.")
