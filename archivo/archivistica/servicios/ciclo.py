"""El camino de un cuadro: lo revisan las áreas, lo valida el grupo interdisciplinario y entra en vigor (LGA 27, 50-53)."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from archivo.archivistica.estados import Paso
from archivo.archivistica.models import CuadroClasificacion, NivelClasificacion, ValidacionDeCuadro
from archivo.archivistica.servicios.clases import anotar
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.archivistica.servicios.fichas import faltas_del_catalogo, series_que_piden_ficha
from archivo.identidad.puerta import Area, Usuario, lector_de

ROLES_DE_AREA = ("titular", "archivo_tramite")
FALTAS_QUE_SE_DICEN = 12


def _tomar(cuadro: CuadroClasificacion, *estados: str) -> CuadroClasificacion:
    tomado = CuadroClasificacion.objects.select_for_update().get(pk=cuadro.pk)
    if tomado.estado not in estados:
        raise InstrumentoRechazado(
            f"El cuadro está «{tomado.situacion.nombre.lower()}» y desde ahí no se da ese paso. Recargue la página."
        )
    return tomado


def exigir(actor: Usuario, permiso: str) -> None:
    """Lanza `InstrumentoRechazado` si la persona no tiene ese permiso sobre los instrumentos."""
    if not actor.has_perm(f"archivistica.{permiso}"):
        raise InstrumentoRechazado("Sus roles no permiten ese paso. Pídalo a quien lo tenga.")


def pasos_para(cuadro: CuadroClasificacion, persona: Any) -> list[Paso]:
    """Los pasos que esa persona puede intentar ahora, sin repetir acciones."""
    suyos = {p.accion: p for p in cuadro.situacion.salidas if persona.has_perm(f"archivistica.{p.permiso}")}
    return [p for p in suyos.values() if not (p.exige_otra_persona and cuadro.enviado_por_id == persona.pk)]


def series_por_area(cuadro: CuadroClasificacion) -> dict[Area, list[NivelClasificacion]]:
    """Lo que revisa cada área productora: sus series, en el orden del cuadro."""
    suyas: dict[Area, list[NivelClasificacion]] = {}
    for nivel in series_que_piden_ficha(cuadro):
        for area in nivel.ficha.areas.all() if hasattr(nivel, "ficha") else ():
            suyas.setdefault(area, []).append(nivel)
    return suyas


def areas_que_validan(cuadro: CuadroClasificacion) -> list[Area]:
    """Las áreas productoras de sus series: cada una debe dar su conformidad."""
    return sorted(series_por_area(cuadro), key=lambda area: area.nombre)


def validaciones_de(cuadro: CuadroClasificacion) -> dict[int, ValidacionDeCuadro]:
    """Lo último que dijo cada área en la ronda en curso, por `area_id`."""
    filas = cuadro.validaciones.filter(ronda=cuadro.ronda, area__isnull=False).select_related("area", "actor").order_by("id")
    return {fila.area.pk: fila for fila in filas if fila.area}


def areas_pendientes(cuadro: CuadroClasificacion) -> list[Area]:
    """Las áreas que en esta ronda no han dado su conformidad (porque no han contestado o porque observaron)."""
    dichas = validaciones_de(cuadro)
    conformes = {pk for pk, fila in dichas.items() if fila.dictamen == ValidacionDeCuadro.Dictamen.CONFORME}
    return [area for area in areas_que_validan(cuadro) if area.pk not in conformes]


def areas_de(cuadro: CuadroClasificacion, persona: Usuario) -> list[Area]:
    """Las áreas del cuadro por las que esa persona puede validar: las suyas."""
    lector = lector_de(persona)
    return [area for area in areas_que_validan(cuadro) if lector.tiene(*ROLES_DE_AREA, area_id=area.pk)]


@transaction.atomic
def enviar_a_areas(cuadro: CuadroClasificacion, actor: Usuario) -> CuadroClasificacion:
    """Pone el borrador a revisión de sus áreas productoras. Abre una ronda: lo dicho en las anteriores se conserva y no cuenta."""
    exigir(actor, "change_cuadroclasificacion")
    cuadro = _tomar(cuadro, "borrador")
    series = series_que_piden_ficha(cuadro)
    if not series:
        raise InstrumentoRechazado("El cuadro no tiene ninguna serie activa. Agregue al menos un fondo, una sección y una serie.")
    if sin_area := [nivel.clave for nivel in series if not hasattr(nivel, "ficha") or not nivel.ficha.areas.all()]:
        raise InstrumentoRechazado(f"Falta el área productora de {', '.join(sin_area)}: no habría a quién pedir su revisión.")
    cuadro.estado, cuadro.ronda, cuadro.enviado_por = "en_revision_areas", cuadro.ronda + 1, actor
    cuadro.save()
    anotar(cuadro, "cuadro.enviar_a_areas", actor, ronda=cuadro.ronda, areas=[a.clave for a in areas_que_validan(cuadro)])
    return cuadro


@transaction.atomic
def validar_por_area(
    cuadro: CuadroClasificacion, area: Area, actor: Usuario, *, conforme: bool, observaciones: str = ""
) -> ValidacionDeCuadro:
    """Deja escrito que un área dio su conformidad u observó. Lo hace su titular o su responsable de archivo de trámite."""
    exigir(actor, "validar_por_area")
    cuadro = _tomar(cuadro, "en_revision_areas")
    if area not in areas_de(cuadro, actor):
        raise InstrumentoRechazado(f"Por «{area}» valida su titular o su archivo de trámite, y sólo si produce alguna serie.")
    if not conforme and not observaciones.strip():
        raise InstrumentoRechazado("Escriba qué observa, para que la coordinación de archivos lo corrija.")
    dictamen = ValidacionDeCuadro.Dictamen.CONFORME if conforme else ValidacionDeCuadro.Dictamen.OBSERVADO
    fila = ValidacionDeCuadro.objects.create(
        cuadro=cuadro, ronda=cuadro.ronda, area=area, dictamen=dictamen, actor=actor, observaciones=observaciones.strip()
    )
    anotar(cuadro, "cuadro.validar_por_area", actor, observaciones, area=area.clave, dictamen=str(dictamen))
    return fila


def impedimentos(cuadro: CuadroClasificacion) -> list[str]:
    """Por qué el grupo no puede validarlo todavía: áreas sin conformidad y fichas incompletas."""
    razones = [f"Falta la conformidad de: {area}." for area in areas_pendientes(cuadro)]
    return razones + [f"{nivel}: {' '.join(faltas)}" for nivel, faltas in faltas_del_catalogo(cuadro).items()]


@transaction.atomic
def validar_por_grupo(cuadro: CuadroClasificacion, actor: Usuario, observaciones: str = "") -> CuadroClasificacion:
    """El grupo interdisciplinario valida. Pide todas las áreas conformes, fichas completas y otra persona que quien lo envió."""
    exigir(actor, "validar_por_grupo")
    cuadro = _tomar(cuadro, "en_revision_areas")
    if cuadro.enviado_por_id == actor.pk:
        raise InstrumentoRechazado("Usted lo envió a revisión: por el grupo interdisciplinario debe validarlo otra persona.")
    if razones := impedimentos(cuadro):
        demas = len(razones) - FALTAS_QUE_SE_DICEN
        raise InstrumentoRechazado(*razones[:FALTAS_QUE_SE_DICEN], *([f"Y {demas} más."] if demas > 0 else []))
    dictamen = ValidacionDeCuadro.Dictamen.CONFORME
    ValidacionDeCuadro.objects.create(
        cuadro=cuadro, ronda=cuadro.ronda, dictamen=dictamen, actor=actor, observaciones=observaciones
    )
    cuadro.estado = "validado_grupo"
    cuadro.save()
    anotar(cuadro, "cuadro.validar", actor, observaciones, ronda=cuadro.ronda)
    return cuadro


@transaction.atomic
def devolver(cuadro: CuadroClasificacion, actor: Usuario, motivo: str) -> CuadroClasificacion:
    """Regresa a borrador lo que se revisaba o estaba validado, con motivo. Lo que dijeron las áreas se conserva."""
    cuadro = _tomar(cuadro, "en_revision_areas", "validado_grupo")
    if "devolver" not in {p.accion for p in pasos_para(cuadro, actor)}:
        raise InstrumentoRechazado("Sus roles no permiten devolverlo. Pídalo al grupo interdisciplinario.")
    if not motivo.strip():
        raise InstrumentoRechazado("Diga por qué se devuelve, para que se corrija.")
    cuadro.estado = "borrador"
    cuadro.save()
    anotar(cuadro, "cuadro.devolver", actor, motivo, ronda=cuadro.ronda)
    return cuadro


@transaction.atomic
def poner_en_vigor(cuadro: CuadroClasificacion, desde: date, acta: str, actor: Usuario) -> CuadroClasificacion:
    """Desde ese día se clasifica con esta versión; la que regía queda sustituida y rige hasta la víspera.

    Los valores que el grupo validó con acta dejan de ser de muestra: son los de la institución.
    """
    exigir(actor, "poner_en_vigor")
    anterior = CuadroClasificacion.objects.institucionales().filter(estado="vigente").select_for_update().first()
    cuadro = _tomar(cuadro, "validado_grupo")
    _comprobar_vigor(desde, acta, anterior)
    if anterior is not None:
        anterior.estado, anterior.vigente_hasta = "sustituido", desde - timedelta(days=1)
        anterior.save()
        anotar(anterior, "cuadro.sustituir", actor, por=cuadro.version, hasta=str(anterior.vigente_hasta))
    cuadro.estado, cuadro.vigente_desde, cuadro.acta_aprobacion = "vigente", desde, acta.strip()
    cuadro.es_muestra = False
    try:
        with transaction.atomic():
            cuadro.save()
    except IntegrityError as razon:
        raise InstrumentoRechazado("Otra persona puso en vigor otra versión hace un momento. Recargue la página.") from razon
    anotar(cuadro, "cuadro.poner_en_vigor", actor, desde=str(desde), acta=cuadro.acta_aprobacion)
    return cuadro


def _comprobar_vigor(desde: date, acta: str, anterior: CuadroClasificacion | None) -> None:
    faltas = []
    if not acta.strip():
        faltas.append("Falta el acta con que se aprobó: su número o nombre y su fecha.")
    if desde > timezone.localdate():
        faltas.append("No puede entrar en vigor en una fecha futura: póngalo en vigor ese día.")
    if anterior is not None and anterior.vigente_desde is not None and desde <= anterior.vigente_desde:
        faltas.append(
            f"La versión {anterior.version} rige desde el {anterior.vigente_desde:%d/%m/%Y}: ésta debe empezar después."
        )
    if faltas:
        raise InstrumentoRechazado(*faltas)
