"""Las fichas de valoración: guardarlas y decir qué les falta para que el grupo las valide (LGA 37, 50-56)."""

from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from archivo.archivistica.arbol import DatosDeClase
from archivo.archivistica.models import PLAZO_MAXIMO, CuadroClasificacion, FichaValoracion, NivelClasificacion
from archivo.archivistica.servicios.clases import anotar, borrador_de, cambiar_clase
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.identidad.puerta import Usuario

GRUPOS = ("identificacion", "contexto", "contenido", "valoracion", "condiciones_acceso", "ubicacion", "responsable_custodia")
"""Los siete grupos mínimos de una ficha (LGA 56)."""
PRIMARIOS = ("valor_administrativo", "valor_legal", "valor_fiscal_contable")
SECUNDARIOS = ("valor_evidencial", "valor_testimonial", "valor_informativo")
CON_SECUNDARIOS = ("historico", "muestreo")


def anios(valor: Decimal) -> str:
    """Una cantidad de años como se lee: `2 años`, `2.5 años`, `1 año`."""
    texto = f"{valor.normalize():f}"
    return f"{texto} año" if valor == 1 else f"{texto} años"


def _columna(campo: str) -> Any:
    return FichaValoracion._meta.get_field(campo)


def nombre_de(campo: str) -> str:
    """Cómo se llama un campo de la ficha."""
    return str(_columna(campo).verbose_name)


def faltas_de_plazos(ficha: FichaValoracion) -> list[str]:
    """Lo que nunca se admite en los plazos, ni en un borrador: negativos, fracciones que no son medios años, más de 25 años."""
    faltas = []
    for campo in ("plazo_tramite", "plazo_concentracion", "termino_precautorio"):
        try:
            _columna(campo).clean(getattr(ficha, campo), ficha)
        except ValidationError as razon:
            faltas.append(f"{nombre_de(campo).capitalize()}: {' '.join(razon.messages)}")
    total = ficha.plazo_total or Decimal(0)
    if not faltas and total > PLAZO_MAXIMO:
        faltas.append(
            f"El plazo de conservación suma {anios(total)} y la ley admite {PLAZO_MAXIMO} (LGA, art. 37). "
            f"Quite {anios(total - PLAZO_MAXIMO)} de trámite, de concentración o del término precautorio."
        )
    return faltas


def _sin_texto(ficha: FichaValoracion) -> list[str]:
    vacios = [nombre_de(campo) for campo in (*GRUPOS, "fundamento") if not getattr(ficha, campo).strip()]
    return [f"Falta: {', '.join(vacios)}."] if vacios else []


def _sin_valores(ficha: FichaValoracion) -> list[str]:
    faltas = []
    if not any(getattr(ficha, campo) for campo in PRIMARIOS):
        faltas.append("Marque al menos un valor primario: administrativo, legal o fiscal.")
    if ficha.destino_final in CON_SECUNDARIOS and not any(getattr(ficha, campo) for campo in SECUNDARIOS):
        faltas.append(
            f"El destino es {ficha.get_destino_final_display().lower()}: marque al menos un valor secundario "
            "(evidencial, testimonial o informativo)."
        )
    return faltas


def _sin_destino(ficha: FichaValoracion) -> list[str]:
    faltas = []
    if ficha.vigencia is None:
        faltas.append("Faltan los años en trámite o en concentración.")
    if not ficha.destino_final:
        faltas.append("Falta el destino final.")
    if ficha.destino_final == FichaValoracion.Destino.MUESTREO and not ficha.tecnica_muestreo.strip():
        faltas.append("El destino es muestreo: diga con qué técnica se elige la muestra.")
    return faltas


def faltas_de_ficha(ficha: FichaValoracion) -> list[str]:
    """Todo lo que le falta a una ficha para que el grupo la valide; vacía si está completa."""
    faltas = [*_sin_texto(ficha), *_sin_valores(ficha), *_sin_destino(ficha), *faltas_de_plazos(ficha)]
    if not ficha.areas.all():
        faltas.append("Falta el área productora: es la que fija valores y vigencia (LGA, art. 53-IV).")
    return faltas


def series_que_piden_ficha(cuadro: CuadroClasificacion) -> list[NivelClasificacion]:
    """Las series y subseries activas que agrupan expedientes: las que no tienen otras activas debajo."""
    series = cuadro.niveles.series().filter(activa=True).exclude(hijas__activa=True)
    return list(series.select_related("ficha").prefetch_related("ficha__areas").en_orden())


def faltas_del_catalogo(cuadro: CuadroClasificacion) -> dict[NivelClasificacion, list[str]]:
    """Por cada serie, lo que le falta a su ficha; las completas no aparecen."""
    pares = ((nivel, _faltas_de_la_serie(nivel)) for nivel in series_que_piden_ficha(cuadro))
    return {nivel: faltas for nivel, faltas in pares if faltas}


def _faltas_de_la_serie(nivel: NivelClasificacion) -> list[str]:
    ficha = getattr(nivel, "ficha", None)
    return ["No tiene ficha de valoración."] if ficha is None else faltas_de_ficha(ficha)


@transaction.atomic
def guardar_ficha(ficha: FichaValoracion, areas: Any, actor: Usuario | None) -> FichaValoracion:
    """Guarda la ficha de una serie del borrador y sus áreas productoras. Puede ir incompleta, pero no con plazos imposibles."""
    cuadro = borrador_de(ficha.nivel.cuadro_id)
    if not ficha.nivel.lleva_ficha:
        raise InstrumentoRechazado("Sólo las series y subseries llevan ficha de valoración.")
    if faltas := faltas_de_plazos(ficha):
        raise InstrumentoRechazado(*faltas)
    ficha.save()
    ficha.areas.set(areas)
    plazos = {c: str(getattr(ficha, c)) for c in ("plazo_tramite", "plazo_concentracion", "termino_precautorio")}
    anotar(cuadro, "cuadro.ficha_guardada", actor, codigo=ficha.nivel.codigo, destino=ficha.destino_final, **plazos)
    return ficha


@transaction.atomic
def guardar_clase_con_ficha(
    clase: NivelClasificacion, datos: DatosDeClase, ficha: FichaValoracion, areas: Any, actor: Usuario | None
) -> None:
    """Corrige una clase y su ficha a la vez: o las dos, o ninguna. Lanza `InstrumentoRechazado` con las razones de ambas."""
    faltas: list[str] = []
    for guardar in (partial(guardar_ficha, ficha, areas, actor), partial(cambiar_clase, clase, datos, actor)):
        try:
            guardar()
        except InstrumentoRechazado as razon:
            faltas += razon.faltas
    if faltas:
        raise InstrumentoRechazado(*faltas)
