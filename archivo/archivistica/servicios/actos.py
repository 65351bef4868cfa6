"""Los actos que mueven, dividen y fusionan clases de un borrador. Cada uno queda escrito con su antes, su después y su motivo.

La equivalencia con la versión anterior se hereda: lo dividido equivale, en cada parte, a lo que equivalía el todo; lo fusionado,
a todo lo que equivalían sus partes. Así un expediente viejo, que conserva su código, siempre halla a qué clase corresponde hoy.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from archivo.archivistica.arbol import DatosDeClase, faltas_de_lugar
from archivo.archivistica.models import (
    ActoSobreClases,
    CuadroClasificacion,
    Equivalencia,
    FichaValoracion,
    NivelClasificacion,
)
from archivo.archivistica.servicios.clases import (
    alto_de,
    anotar,
    borrador_de,
    camino_de,
    comprobar,
    descendientes_de,
    fijar_camino,
    madre_en,
    recalcular,
)
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.archivistica.servicios.versiones import copiar_ficha
from archivo.identidad.puerta import Usuario


@dataclass(frozen=True)
class Razones:
    """Quién hace el acto y por qué; `acta`, el acuerdo que lo respalda, si lo hay."""

    actor: Usuario
    motivo: str
    acta: str = ""


Acto = Callable[[], ActoSobreClases]


def ensayar(acto: Acto) -> ActoSobreClases:
    """Lo que haría un acto, sin que quede hecho: se hace de verdad y se deshace. Lanza lo mismo que lanzaría."""
    with transaction.atomic():
        resultado = acto()
        transaction.set_rollback(True)
    return resultado


def foto(clases: Sequence[NivelClasificacion]) -> list[dict[str, Any]]:
    """Cómo están unas clases, para dejarlo escrito."""
    ids = [clase.pk for clase in clases]
    equivalen: dict[int, list[str]] = {pk: [] for pk in ids}
    for nuevo, codigo in Equivalencia.objects.filter(nuevo__in=ids).values_list("nuevo_id", "anterior__codigo").order_by("id"):
        equivalen[nuevo].append(codigo)
    filas = NivelClasificacion.objects.filter(pk__in=ids).en_orden().values("id", "codigo", "nivel", "nombre")
    return [fila | {"equivale_a": equivalen[fila["id"]]} for fila in filas]


def _con_motivo(razones: Razones) -> None:
    if not razones.motivo.strip():
        raise InstrumentoRechazado("Diga por qué se hace este acto: queda escrito con él.")


def _asentar(
    cuadro: CuadroClasificacion, clase: str, razones: Razones, antes: list[dict[str, Any]], quedan: Sequence[NivelClasificacion]
) -> ActoSobreClases:
    acto = ActoSobreClases.objects.create(
        cuadro=cuadro,
        clase=clase,
        actor=razones.actor,
        motivo=razones.motivo.strip(),
        acta=razones.acta.strip(),
        antes=antes,
        despues=foto(quedan),
    )
    codigos = {"antes": [f["codigo"] for f in acto.antes], "despues": [f["codigo"] for f in acto.despues]}
    anotar(cuadro, f"cuadro.{clase}", razones.actor, acto.motivo, acto=acto.pk, **codigos)
    return acto


def _datos_de(nivel: NivelClasificacion, clave: str) -> DatosDeClase:
    return DatosDeClase(nivel.nivel, clave, nivel.nombre)


@transaction.atomic
def mover(nivel: NivelClasificacion, destino: NivelClasificacion, razones: Razones, clave: str = "") -> ActoSobreClases:
    """Lleva una clase, con todo lo que depende de ella, bajo otra; puede cambiar de clave al llegar."""
    _con_motivo(razones)
    cuadro = borrador_de(nivel.cuadro_id)
    madre_en(cuadro, destino)
    nivel, destino = NivelClasificacion.objects.get(pk=nivel.pk), NivelClasificacion.objects.get(pk=destino.pk)
    clave = clave.strip() or nivel.clave
    suyas = descendientes_de(nivel)
    if destino.pk in {nivel.pk, *(d.pk for d in suyas)}:
        raise InstrumentoRechazado(f"{nivel.clave} no puede depender de sí misma ni de una clase que depende de ella.")
    if destino.pk == nivel.padre_id and clave == nivel.clave:
        raise InstrumentoRechazado(f"{nivel.clave} ya está ahí. Elija otro lugar u otra clave.")
    comprobar(cuadro, destino, _datos_de(nivel, clave), nivel.pk)
    if faltas := faltas_de_lugar(nivel.nivel, destino.nivel, len(camino_de(destino)) + alto_de(nivel, suyas)):
        raise InstrumentoRechazado(*faltas)
    antes = foto([nivel, *suyas])
    nivel.padre, nivel.clave = destino, clave
    nivel.save()
    recalcular(nivel)
    return _asentar(cuadro, "mover", razones, antes, [nivel, *suyas])


@transaction.atomic
def dividir(nivel: NivelClasificacion, partes: Sequence[DatosDeClase], razones: Razones) -> ActoSobreClases:
    """Parte una clase en dos o más hermanas. La primera conserva lo que dependía de ella; todas, su ficha y su equivalencia."""
    _con_motivo(razones)
    cuadro = borrador_de(nivel.cuadro_id)
    nivel = NivelClasificacion.objects.select_related("padre").get(pk=nivel.pk)
    _comprobar_partes(nivel, partes)
    antes = foto([nivel])
    primera, *demas = partes
    comprobar(cuadro, nivel.padre, primera, nivel.pk)
    for campo, valor in asdict(primera).items():
        setattr(nivel, campo, valor)
    nivel.save()
    recalcular(nivel)
    nuevas = [_parte_nueva(cuadro, nivel, datos) for datos in demas]
    return _asentar(cuadro, "dividir", razones, antes, [nivel, *nuevas])


def _comprobar_partes(nivel: NivelClasificacion, partes: Sequence[DatosDeClase]) -> None:
    if nivel.padre is None:
        raise InstrumentoRechazado("Un fondo no se divide: es la institución entera. Divida sus secciones o series.")
    if len(partes) < 2:
        raise InstrumentoRechazado("Para dividir hacen falta al menos dos clases. Escriba la clave y el nombre de cada una.")
    if any(parte.nivel != nivel.nivel for parte in partes):
        raise InstrumentoRechazado("Las partes de una clase son de su mismo nivel.")
    claves = [parte.clave for parte in partes]
    if repetidas := sorted({clave for clave in claves if claves.count(clave) > 1}):
        raise InstrumentoRechazado(
            f"Dos partes llevan la misma clave: {', '.join(repetidas)}. Escriba una distinta para cada una."
        )


def _parte_nueva(cuadro: CuadroClasificacion, hermana: NivelClasificacion, datos: DatosDeClase) -> NivelClasificacion:
    comprobar(cuadro, hermana.padre, datos)
    nueva = NivelClasificacion(cuadro=cuadro, padre=hermana.padre, **asdict(datos))
    fijar_camino(nueva, [*camino_de(hermana.padre), nueva])
    nueva.save()
    if ficha := FichaValoracion.objects.filter(nivel=hermana).first():
        copiar_ficha(ficha, nueva)
    Equivalencia.objects.bulk_create(
        Equivalencia(nuevo=nueva, anterior_id=pk) for pk in hermana.equivalencias.values_list("anterior_id", flat=True)
    )
    return nueva


@transaction.atomic
def fusionar(clases: Sequence[NivelClasificacion], datos: DatosDeClase, razones: Razones) -> ActoSobreClases:
    """Junta dos o más clases del mismo nivel en la primera, que toma esos datos y todo lo que dependía de las demás."""
    _con_motivo(razones)
    cuadro = borrador_de(clases[0].cuadro_id) if clases else None
    if cuadro is None or len({c.pk for c in clases}) < 2:
        raise InstrumentoRechazado("Para fusionar hacen falta al menos dos clases distintas.")
    for clase in clases:
        madre_en(cuadro, clase)
    queda, *demas = [NivelClasificacion.objects.select_related("padre").get(pk=c.pk) for c in clases]
    _comprobar_fusion(cuadro, queda, demas, datos)
    antes = foto([queda, *demas])
    for clase in demas:
        _absorber(queda, clase)
    for campo, valor in asdict(datos).items():
        setattr(queda, campo, valor)
    queda.save()
    recalcular(queda)
    return _asentar(cuadro, "fusionar", razones, antes, [queda])


def _comprobar_fusion(
    cuadro: CuadroClasificacion, queda: NivelClasificacion, demas: list[NivelClasificacion], datos: DatosDeClase
) -> None:
    if {c.nivel for c in demas} != {queda.nivel} or datos.nivel != queda.nivel:
        raise InstrumentoRechazado("Sólo se fusionan clases del mismo nivel.")
    if queda.padre is None:
        raise InstrumentoRechazado("Los fondos no se fusionan: cada uno es una institución.")
    otras = cuadro.niveles.filter(padre=queda.padre, clave=datos.clave).exclude(pk__in=[queda.pk, *(c.pk for c in demas)])
    if otra := otras.first():
        raise InstrumentoRechazado(f"Ya hay una clase {otra.clave} («{otra.nombre}») en ese lugar. Use otra clave.")
    hijas = list(NivelClasificacion.objects.filter(padre__in=[queda, *demas]).values_list("clave", flat=True))
    if repetidas := sorted({clave for clave in hijas if hijas.count(clave) > 1}):
        raise InstrumentoRechazado(
            f"De esas clases dependen otras con la misma clave ({', '.join(repetidas)}). Cámbielas de clave antes de fusionar."
        )


def _absorber(queda: NivelClasificacion, clase: NivelClasificacion) -> None:
    """Pasa a `queda` las hijas y las equivalencias de `clase`, y la quita del borrador."""
    clase.hijas.update(padre=queda)
    suyas = set(queda.equivalencias.values_list("anterior_id", flat=True))
    nuevas = set(clase.equivalencias.values_list("anterior_id", flat=True)) - suyas
    Equivalencia.objects.bulk_create(Equivalencia(nuevo=queda, anterior_id=pk) for pk in sorted(nuevas))
    clase.delete()
