"""Las versiones del cuadro: abrir la primera, copiar la siguiente con su equivalencia y seguir una clase hasta hoy."""

from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Max

from archivo.archivistica.arbol import faltas_de_clave, faltas_de_patron
from archivo.archivistica.models import CuadroClasificacion, Equivalencia, FichaValoracion, NivelClasificacion
from archivo.archivistica.servicios.clases import anotar, borrador_de
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.identidad.puerta import Usuario

ABIERTOS = ("borrador", "en_revision_areas", "validado_grupo")


def _siguiente() -> int:
    return (CuadroClasificacion.objects.institucionales().aggregate(mayor=Max("version"))["mayor"] or 0) + 1


def version_abierta() -> CuadroClasificacion | None:
    """La versión que se prepara: en borrador, en revisión o validada y todavía sin vigor."""
    return CuadroClasificacion.objects.institucionales().filter(estado__in=ABIERTOS).first()


def _exigir_que_no_haya_otra() -> None:
    if abierta := version_abierta():
        raise InstrumentoRechazado(
            f"Ya se prepara la versión {abierta.version}, que está «{abierta.situacion.nombre.lower()}». Continúe con ella."
        )


@transaction.atomic
def abrir_cuadro(nombre: str, actor: Usuario | None, **datos: Any) -> CuadroClasificacion:
    """Un cuadro propio vacío, en borrador, con el número de versión que sigue."""
    _exigir_que_no_haya_otra()
    cuadro = CuadroClasificacion.objects.create(nombre=nombre, version=_siguiente(), **datos)
    anotar(cuadro, "cuadro.creado", actor, version=cuadro.version)
    return cuadro


@transaction.atomic
def guardar_datos(cuadro: CuadroClasificacion, nombre: str, patron: str, actor: Usuario | None) -> CuadroClasificacion:
    """Cambia el nombre de un borrador y la forma de sus claves; las que ya tiene deben cumplirla."""
    cuadro = borrador_de(cuadro.pk)
    if faltas := faltas_de_patron(patron):
        raise InstrumentoRechazado(*faltas)
    if fuera := [clave for clave in cuadro.niveles.values_list("clave", flat=True) if faltas_de_clave(clave, patron)]:
        raise InstrumentoRechazado(f"Con esa forma dejarían de valer las claves {', '.join(fuera[:10])}. Cámbielas antes.")
    cuadro.nombre, cuadro.patron_de_clave = nombre.strip(), patron
    cuadro.save()
    anotar(cuadro, "cuadro.cambiado", actor, nombre=cuadro.nombre, patron=patron)
    return cuadro


@transaction.atomic
def nueva_version(actor: Usuario | None, nombre: str = "") -> CuadroClasificacion:
    """Copia el cuadro vigente —clases y fichas— a una versión nueva en borrador; cada clase equivale a la de que se copió."""
    _exigir_que_no_haya_otra()
    vigente = CuadroClasificacion.objects.vigente()
    if vigente is None:
        raise InstrumentoRechazado("Todavía no hay un cuadro vigente que copiar. Abra uno nuevo o impórtelo de un archivo.")
    nueva = CuadroClasificacion.objects.create(
        nombre=nombre.strip() or vigente.nombre,
        version=_siguiente(),
        anterior=vigente,
        patron_de_clave=vigente.patron_de_clave,
        es_muestra=vigente.es_muestra,
    )
    copias = _copiar_clases(vigente, nueva)
    _copiar_fichas(copias)
    Equivalencia.objects.bulk_create(Equivalencia(nuevo=copia, anterior_id=pk) for pk, copia in copias.items())
    anotar(nueva, "cuadro.creado", actor, version=nueva.version, copia_de=vigente.version, clases=len(copias))
    return nueva


def _copiar_clases(origen: CuadroClasificacion, destino: CuadroClasificacion) -> dict[int, NivelClasificacion]:
    copias: dict[int, NivelClasificacion] = {}
    capa = list(origen.niveles.filter(padre__isnull=True).en_orden())
    while capa:
        nuevas = [_copia(nivel, destino, copias) for nivel in capa]
        NivelClasificacion.objects.bulk_create(nuevas)
        copias |= {nivel.pk: nueva for nivel, nueva in zip(capa, nuevas, strict=True)}
        capa = list(origen.niveles.filter(padre__in=capa).en_orden())
    return copias


def _copia(nivel: NivelClasificacion, destino: CuadroClasificacion, copias: dict[int, NivelClasificacion]) -> NivelClasificacion:
    nueva = copy(nivel)
    nueva.pk, nueva._state = None, copy(nivel._state)
    nueva._state.adding = True
    nueva.cuadro = destino
    nueva.padre = copias[nivel.padre_id] if nivel.padre_id else None
    return nueva


def copiar_ficha(ficha: FichaValoracion, a: NivelClasificacion) -> FichaValoracion:
    """Una ficha igual para otra clase, con sus mismas áreas."""
    nueva = FichaValoracion(
        nivel=a, **{c.name: getattr(ficha, c.name) for c in ficha._meta.fields if c.name not in {"id", "nivel"}}
    )
    nueva.save()
    nueva.areas.set(ficha.areas.all())
    return nueva


def _copiar_fichas(copias: dict[int, NivelClasificacion]) -> None:
    for ficha in FichaValoracion.objects.filter(nivel__in=copias).prefetch_related("areas"):
        copiar_ficha(ficha, copias[ficha.nivel_id])


def equivalentes_en(nivel: NivelClasificacion, cuadro: CuadroClasificacion) -> list[NivelClasificacion]:
    """A qué clases de otra versión, posterior o anterior, corresponde ésta; varias si se dividió o se fusionó."""
    if nivel.cuadro_id == cuadro.pk:
        return [nivel]
    hacia_adelante = cuadro.version > nivel.cuadro.version
    capa, vistas = {nivel.pk}, set()
    halladas: set[int] = set()
    while capa:
        vistas |= capa
        pares = Equivalencia.objects.filter(**{"anterior__in" if hacia_adelante else "nuevo__in": capa})
        punta = "nuevo" if hacia_adelante else "anterior"
        filas = set(pares.values_list(f"{punta}_id", f"{punta}__cuadro_id"))
        halladas |= {pk for pk, de in filas if de == cuadro.pk}
        capa = {pk for pk, de in filas if de != cuadro.pk} - vistas
    return list(NivelClasificacion.objects.filter(pk__in=halladas).select_related("cuadro").en_orden())


def equivalentes_vigentes(nivel: NivelClasificacion) -> list[NivelClasificacion]:
    """A qué clases del cuadro vigente corresponde hoy: ella misma, la que la continúa, o ninguna si se suprimió."""
    vigente = CuadroClasificacion.objects.vigente()
    return equivalentes_en(nivel, vigente) if vigente else []
