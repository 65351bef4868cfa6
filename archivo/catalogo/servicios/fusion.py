"""Fundir dos autoridades que son la misma, sin perder nada y pudiendo deshacerlo."""

from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from archivo.catalogo.models import Autoridad, Fusion, Item, Mencion, NombreDeAutoridad, PosibleDuplicado, RelacionDeAutoridad
from archivo.catalogo.servicios.autoridades import Cambio, anotar
from archivo.catalogo.servicios.difusion import difundir
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.servicios.parentesco import CON_DIRECCION, alcanza

LOTE = 500


@dataclass(frozen=True)
class Previa:
    """Qué pasaría al fundir: cuántas menciones se mueven, cuántas ya estaban, y con qué nombres queda."""

    menciones: int
    repetidas: int
    como_medio: int
    nombres: tuple[str, ...]
    relaciones: int


def previa_de_fusion(duplicada: Autoridad, vigente: Autoridad) -> Previa:
    """Lo que se mostrará antes de fundir; no cambia nada."""
    _revisar(duplicada, vigente)
    menciones, repetidas = duplicada.menciones.count(), len(_repetidas(duplicada, vigente))
    return Previa(
        menciones=menciones - repetidas,
        repetidas=repetidas,
        como_medio=Item.objects.filter(medio=duplicada).count(),
        nombres=tuple(n.nombre for n in _nombres_que_pasan(duplicada, vigente)),
        relaciones=duplicada.relaciones.count() + duplicada.relaciones_inversas.count(),
    )


def _revisar(duplicada: Autoridad, vigente: Autoridad) -> None:
    if duplicada.pk == vigente.pk:
        raise CambioRechazado("Elija la otra autoridad: una no se funde consigo misma.")
    if duplicada.clase != vigente.clase:
        raise CambioRechazado("Sólo se funden dos de la misma clase: dos personas, dos organismos, dos medios o dos lugares.")
    if duplicada.fundida_en_id or vigente.fundida_en_id:
        raise CambioRechazado("Una de las dos ya se fundió en otra. Recargue la página y elija la vigente.")


def _repetidas(duplicada: Autoridad, vigente: Autoridad) -> list[Mencion]:
    suyas = set(vigente.menciones.filter(item__in=duplicada.menciones.values("item_id")).values_list("item_id", "papel"))
    return [m for m in duplicada.menciones.filter(item_id__in=[i for i, _ in suyas]) if (m.item_id, m.papel) in suyas]


def _nombres_que_pasan(duplicada: Autoridad, vigente: Autoridad) -> list[NombreDeAutoridad]:
    tiene = {vigente.nombre, *vigente.nombres.values_list("nombre", flat=True)}
    propios = [NombreDeAutoridad(nombre=duplicada.nombre, clase="variante")]
    otros = duplicada.nombres.exclude(clase="autorizado").order_by("pk")
    propios += [NombreDeAutoridad(nombre=n.nombre, clase=n.clase, desde=n.desde, hasta=n.hasta) for n in otros]
    return list({n.nombre: n for n in propios if n.nombre not in tiene}.values())


@transaction.atomic
def fundir(duplicada: Autoridad, vigente: Autoridad, cambio: Cambio) -> Fusion:
    """Mueve a la vigente todo lo que nombraba a la duplicada; ésta queda como remisión y nunca se borra.

    Raises:
        CambioRechazado: son la misma, de otra clase, o una ya está fundida.
    """
    llaves = sorted((duplicada.pk, vigente.pk))
    tomadas = {a.pk: a for a in Autoridad.objects.select_for_update().filter(pk__in=llaves).order_by("pk")}
    duplicada, vigente = tomadas[duplicada.pk], tomadas[vigente.pk]
    _revisar(duplicada, vigente)
    repetidas = _repetidas(duplicada, vigente)
    movido: dict[str, Any] = {"repetidas": [[m.item_id, m.papel] for m in repetidas]}
    _por_lotes([m.pk for m in repetidas], lambda pks: Mencion.objects.filter(pk__in=pks).delete())
    movido["menciones"] = list(duplicada.menciones.values_list("pk", flat=True))
    duplicada.menciones.update(autoridad=vigente)
    movido["medio"] = list(Item.objects.filter(medio=duplicada).values_list("pk", flat=True))
    Item.objects.filter(medio=duplicada).update(medio=vigente, version=F("version") + 1)
    movido["nombres"] = [_adoptar(nombre, vigente) for nombre in _nombres_que_pasan(duplicada, vigente)]
    movido |= _mover_relaciones(duplicada, vigente)
    duplicada.fundida_en = vigente
    duplicada.save()
    PosibleDuplicado.objects.filter(una_id=llaves[0], otra_id=llaves[1]).delete()
    return _concluir(duplicada, vigente, cambio, movido)


def _por_lotes(llaves: list[int], hacer: Any) -> None:
    for lote in batched(llaves, LOTE):
        hacer(list(lote))


def _adoptar(nombre: NombreDeAutoridad, vigente: Autoridad) -> int:
    nombre.autoridad = vigente
    nombre.save()
    return nombre.pk


def _mover_relaciones(duplicada: Autoridad, vigente: Autoridad) -> dict[str, Any]:
    movidas, quitadas = [], []
    for campo, otro in (("origen", "destino"), ("destino", "origen")):
        for relacion in RelacionDeAutoridad.objects.filter(**{campo: duplicada}):
            ajena = getattr(relacion, otro)
            if _cabe(relacion, campo, vigente, ajena):
                setattr(relacion, campo, vigente)
                relacion.save()
                movidas.append({"pk": relacion.pk, "campo": campo})
            else:
                quitadas.append({c: getattr(relacion, c) for c in ("origen_id", "destino_id", "clase", "desde", "hasta")})
                relacion.delete()
    return {"relaciones": movidas, "relaciones_quitadas": quitadas}


def _cabe(relacion: RelacionDeAutoridad, campo: str, vigente: Autoridad, ajena: Autoridad) -> bool:
    """¿Puede llevarla la vigente? No consigo misma, ni repetida, ni formando un círculo."""
    otro = "destino" if campo == "origen" else "origen"
    if ajena.pk == vigente.pk:
        return False
    if RelacionDeAutoridad.objects.filter(**{campo: vigente, otro: ajena, "clase": relacion.clase}).exists():
        return False
    origen, destino = (vigente, ajena) if campo == "origen" else (ajena, vigente)
    return relacion.clase not in CON_DIRECCION or not alcanza(destino, origen, relacion.clase)


def _concluir(duplicada: Autoridad, vigente: Autoridad, cambio: Cambio, movido: dict[str, Any]) -> Fusion:
    fusion = Fusion.objects.create(
        duplicada=duplicada, vigente=vigente, movido=movido, motivo=cambio.motivo[:300], actor=cambio.actor
    )
    detalle = {"en": vigente.clave, "menciones": len(movido["menciones"]), "como_medio": len(movido["medio"])}
    anotar("fundida", duplicada, Cambio(cambio.actor, cambio.motivo, detalle=detalle))
    difundir(vigente, cambio.actor)
    return fusion


@transaction.atomic
def deshacer_fusion(fusion: Fusion, cambio: Cambio) -> Autoridad:
    """Devuelve a cada autoridad lo suyo; lo que se anotó después de fundir se queda en la vigente.

    Raises:
        CambioRechazado: ya se deshizo, la vigente se fundió a su vez, u otra tomó mientras el nombre de la duplicada.
    """
    fusion = Fusion.objects.select_for_update().select_related("duplicada", "vigente").get(pk=fusion.pk)
    duplicada, vigente, movido = fusion.duplicada, fusion.vigente, fusion.movido
    if fusion.deshecha or duplicada.fundida_en_id != vigente.pk:
        raise CambioRechazado("Esta fusión ya se deshizo.")
    if vigente.fundida_en_id:
        raise CambioRechazado(f"«{vigente}» se fundió después en otra. Deshaga primero esa fusión.")
    difundir(vigente, cambio.actor)
    duplicada.fundida_en = None
    try:
        with transaction.atomic():
            duplicada.save()
    except IntegrityError as error:
        raise CambioRechazado(f"Mientras tanto se dio de alta otra «{duplicada}». Distíngala o fúndala antes.") from error
    _devolver(duplicada, vigente, movido)
    fusion.deshecha = timezone.now()
    fusion.save(update_fields=["deshecha"])
    anotar("fusion_deshecha", duplicada, Cambio(cambio.actor, cambio.motivo, detalle={"de": vigente.clave}))
    return duplicada


def _devolver(duplicada: Autoridad, vigente: Autoridad, movido: dict[str, Any]) -> None:
    suyas = Mencion.objects.filter(autoridad=vigente)
    _por_lotes(movido["menciones"], lambda pks: suyas.filter(pk__in=pks).update(autoridad=duplicada))
    Mencion.objects.bulk_create(
        (
            Mencion(item_id=item, papel=papel, autoridad=duplicada)
            for item, papel in movido["repetidas"]
            if Item.objects.filter(pk=item).exists()
        ),
        ignore_conflicts=True,
    )
    eran_suyos = Item.objects.filter(medio=vigente)
    _por_lotes(movido["medio"], lambda pks: eran_suyos.filter(pk__in=pks).update(medio=duplicada, version=F("version") + 1))
    for nombre in vigente.nombres.filter(pk__in=movido["nombres"]):
        nombre.delete()
    for movida in movido["relaciones"]:
        RelacionDeAutoridad.objects.filter(pk=movida["pk"]).update(**{movida["campo"]: duplicada})
    for datos in movido["relaciones_quitadas"]:
        RelacionDeAutoridad.objects.get_or_create(
            origen_id=datos["origen_id"], destino_id=datos["destino_id"], clase=datos["clase"], defaults=datos
        )
