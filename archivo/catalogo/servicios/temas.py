"""El vocabulario temático: resolver sinónimos, corregir, relacionar y reemplazar términos."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.models import EtiquetaDeTema, Item, RelacionDeTema, Tema
from archivo.catalogo.nombres import limpio, normal
from archivo.catalogo.servicios.difusion import difundir
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.identidad.puerta import Usuario

LOTE = 1_000


@dataclass(frozen=True)
class TerminoEscrito:
    """Lo que acompaña a un tema: sinónimos, formas ocultas y sus relaciones por nombre. None es «no cambia»."""

    alternas: Sequence[str] | None = None
    ocultas: Sequence[str] | None = None
    amplios: Sequence[Tema] | None = None
    relacionados: Sequence[Tema] | None = None


@dataclass(frozen=True)
class CambioDeTema:
    """Quién cambia un tema y con qué detalle."""

    actor: Usuario | None
    escrito: TerminoEscrito = field(default_factory=TerminoEscrito)
    motivo: str = ""


def resolver(nombres: Iterable[str]) -> dict[str, Tema]:
    """Nombre → tema que le toca: el preferente, el de un sinónimo, o el que reemplaza al que está en desuso."""
    pedidos = [limpio(n) for n in nombres]
    formas = {normal(n) for n in pedidos}
    por_forma = {
        e.normal: e.tema for e in EtiquetaDeTema.objects.filter(normal__in=formas).select_related("tema__reemplazado_por")
    }
    por_forma |= {t.normal: t for t in Tema.objects.filter(normal__in=formas).select_related("reemplazado_por").order_by("-pk")}
    exactos = {t.nombre: t for t in Tema.objects.filter(nombre__in=pedidos).select_related("reemplazado_por")}
    hallados = ((n, exactos.get(n) or por_forma.get(normal(n))) for n in pedidos if normal(n))
    return {nombre: tema_vigente(tema) for nombre, tema in hallados if tema is not None}


def tema_vigente(tema: Tema) -> Tema:
    """El tema mismo, o el que lo reemplaza."""
    vistos = {tema.pk}
    while tema.reemplazado_por is not None and tema.reemplazado_por_id not in vistos:
        tema = tema.reemplazado_por
        vistos.add(tema.pk)
    return tema


def proponer_temas(nombres: Iterable[str]) -> list[Tema]:
    """Los temas que se llaman así, sin repetir y en orden; los desconocidos se dan de alta por verificar."""
    pedidos = [n for n in dict.fromkeys(limpio(n) for n in nombres) if normal(n)]
    conocidos = resolver(pedidos)
    for nombre in pedidos:
        if nombre not in conocidos:
            conocidos[nombre] = Tema.objects.get_or_create(nombre=nombre, defaults={"estado": "por_verificar"})[0]
    return list({conocidos[n].pk: conocidos[n] for n in pedidos}.values())


@transaction.atomic
def guardar_tema(tema: Tema, cambio: CambioDeTema) -> Tema:
    """Guarda un término con sus sinónimos y relaciones; si cambia cómo se busca, avisa. En desuso con reemplazo, mueve sus elementos.

    Raises:
        CambioRechazado: el nombre es de otro, el reemplazo da vueltas, o la jerarquía formaría un círculo.
    """
    antes = Tema.objects.filter(pk=tema.pk).first() if tema.pk else None
    tema.nombre = limpio(tema.nombre)
    _revisar(tema)
    formas_de_antes = _formas(tema) if antes else set()
    tema.save()
    _guardar_etiquetas(tema, cambio.escrito)
    _guardar_relaciones(tema, cambio.escrito)
    anotar_tema("cambiado" if antes else "creado", tema, cambio, {"antes": antes.nombre} if antes else {})
    if antes and (antes.nombre != tema.nombre or formas_de_antes != _formas(tema)):
        difundir(tema, cambio.actor)
    if tema.reemplazado_por is not None:
        mover_elementos(tema, tema_vigente(tema), cambio.actor)
    return tema


def _formas(tema: Tema) -> set[str]:
    return set(tema.etiquetas.values_list("texto", flat=True))


def _revisar(tema: Tema) -> None:
    if not normal(tema.nombre):
        raise CambioRechazado("Escriba el nombre del tema, con letras.")
    if Tema.objects.filter(nombre__iexact=tema.nombre).exclude(pk=tema.pk).exists():
        raise CambioRechazado(f"Ya existe el tema «{tema.nombre}».")
    if tema.reemplazado_por is None:
        return
    tema.estado = "en_desuso"
    if tema.pk is not None and tema_vigente(tema.reemplazado_por).pk == tema.pk:
        raise CambioRechazado(f"«{tema.reemplazado_por}» ya está reemplazado por éste: el reemplazo daría vueltas.")


def _guardar_etiquetas(tema: Tema, escrito: TerminoEscrito) -> None:
    for clase, textos in (("alterna", escrito.alternas), ("oculta", escrito.ocultas)):
        if textos is None:
            continue
        pedidas = {limpio(t) for t in textos if normal(t)} - {tema.nombre}
        tema.etiquetas.filter(clase=clase).exclude(texto__in=pedidas).delete()
        for texto in sorted(pedidas):
            EtiquetaDeTema.objects.update_or_create(tema=tema, texto=texto, defaults={"clase": clase})


def _guardar_relaciones(tema: Tema, escrito: TerminoEscrito) -> None:
    if escrito.amplios is not None:
        tema.relaciones.filter(clase="amplio").exclude(destino__in=escrito.amplios).delete()
        revisar_jerarquia(tema, escrito.amplios)
        for amplio in escrito.amplios:
            RelacionDeTema.objects.get_or_create(origen=tema, destino=amplio, clase="amplio")
    if escrito.relacionados is not None:
        fijar_relacionados(tema, escrito.relacionados)


def revisar_jerarquia(tema: Tema, amplios: Sequence[Tema]) -> None:
    """Los más amplios no pueden estar, ni de lejos, debajo de éste.

    Raises:
        CambioRechazado: formaría un círculo.
    """
    for amplio in amplios if tema.pk is not None else ():
        _revisar_rama(tema, amplio)


def _revisar_rama(tema: Tema, amplio: Tema) -> None:
    frontera, vistos = {amplio.pk}, set()
    while frontera:
        if tema.pk in frontera:
            raise CambioRechazado(f"«{amplio}» está debajo de «{tema}»: no puede ser su término más amplio.")
        vistos |= frontera
        subidas = RelacionDeTema.objects.filter(clase="amplio", origen_id__in=frontera).values_list("destino_id", flat=True)
        frontera = set(subidas) - vistos


def fijar_relacionados(tema: Tema, otros: Sequence[Tema]) -> None:
    """Sus términos relacionados, que lo son en los dos sentidos."""
    pedidos = {tuple(sorted((tema.pk, otro.pk))) for otro in otros if otro.pk != tema.pk}
    suyas = RelacionDeTema.objects.filter(clase="relacionado")
    actuales = [*suyas.filter(origen=tema), *suyas.filter(destino=tema)]
    for relacion in actuales:
        if (relacion.origen_id, relacion.destino_id) not in pedidos:
            relacion.delete()
    for menor, mayor in pedidos:
        RelacionDeTema.objects.get_or_create(origen_id=menor, destino_id=mayor, clase="relacionado")


@dataclass(frozen=True)
class Vecindad:
    """Los términos que rodean a uno."""

    amplios: tuple[Tema, ...]
    especificos: tuple[Tema, ...]
    relacionados: tuple[Tema, ...]


def vecindad(tema: Tema) -> Vecindad:
    """Más amplios, más específicos y relacionados, por nombre. Tres consultas."""
    amplios = Tema.objects.filter(relaciones_inversas__origen=tema, relaciones_inversas__clase="amplio")
    especificos = Tema.objects.filter(relaciones__destino=tema, relaciones__clase="amplio")
    mayores = Tema.objects.filter(relaciones_inversas__origen=tema, relaciones_inversas__clase="relacionado")
    menores = Tema.objects.filter(relaciones__destino=tema, relaciones__clase="relacionado")
    relacionados = sorted({*mayores, *menores}, key=lambda t: t.nombre)
    return Vecindad(tuple(amplios), tuple(especificos), tuple(relacionados))


@transaction.atomic
def mover_elementos(de: Tema, a: Tema, actor: Usuario | None) -> int:
    """Los elementos de un término pasan a otro, y el nombre del primero queda como sinónimo del segundo. Devuelve cuántos."""
    if de.pk == a.pk:
        return 0
    enlaces = Item.temas.through
    llaves = list(enlaces.objects.filter(tema_id=de.pk).values_list("item_id", flat=True))
    difundir(de, actor)
    for lote in batched(llaves, LOTE):
        enlaces.objects.bulk_create((enlaces(item_id=pk, tema_id=a.pk) for pk in lote), ignore_conflicts=True)
        enlaces.objects.filter(tema_id=de.pk, item_id__in=lote).delete()
    if not a.etiquetas.filter(texto=de.nombre).exists():
        EtiquetaDeTema.objects.create(tema=a, texto=de.nombre)
        difundir(a, actor)
    anotar_tema("reemplazado", de, CambioDeTema(actor), {"por": a.nombre, "elementos": len(llaves)})
    return len(llaves)


@transaction.atomic
def fundir_tema(de: Tema, a: Tema, cambio: CambioDeTema) -> int:
    """Un término repetido queda en desuso, reemplazado por otro que recibe sus elementos y sus sinónimos."""
    if de.pk == a.pk or tema_vigente(a).pk == de.pk:
        raise CambioRechazado("Elija otro término: uno no se reemplaza por sí mismo.")
    cuantos = Item.objects.filter(temas=de).count()
    for etiqueta in de.etiquetas.all():
        EtiquetaDeTema.objects.get_or_create(tema=a, texto=etiqueta.texto, defaults={"clase": etiqueta.clase})
    de.reemplazado_por = a
    guardar_tema(de, cambio)
    return cuantos


def anotar_tema(accion: str, tema: Tema, cambio: CambioDeTema, detalle: Mapping[str, Any]) -> None:
    """La constancia de lo que pasó con un término."""
    registrar(
        SucesoNuevo(
            clase=f"tema.{accion}",
            objeto=f"tema:{tema.pk}",
            actor=cambio.actor,
            motivo=cambio.motivo,
            detalle={"dice": tema.nombre} | dict(detalle),
        )
    )
