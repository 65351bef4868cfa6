"""Sesiones fotográficas: describir juntos muchos archivos de un elemento, ordenarlos y contarlos.

Cada archivo conserva lo suyo salvo que se pida sustituirlo; todo entra o nada entra, y queda un suceso por archivo cambiado.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from archivo.auditoria.puerta import SucesoNuevo, registrar, registrar_varios
from archivo.catalogo import acceso
from archivo.catalogo.models import Adjunto, Consentimiento, Item
from archivo.catalogo.relaciones import clase_de
from archivo.catalogo.servicios.accesos import efectivo_de
from archivo.catalogo.servicios.adjuntos import revisar_acceso_de_archivo
from archivo.catalogo.servicios.constancias import dejar_constancia_de_rechazo
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.servicios.paginas import renumerar
from archivo.catalogo.signals import elementos_cambiados
from archivo.catalogo.tipos.registro import tipo_de
from archivo.identidad.puerta import Usuario
from archivo.objetos.puerta import ObjetoDigital

TOPE_DE_FOTOS = 2_000
"""Lo más que se describe u ordena de una vez."""
SESION = "audiovisual"
DEL_EVENTO = "producido_en"
TEXTOS = ("pie", "credito", "alternativa")
_DECISIONES = ("seleccionada", "menores", "consentimiento", "acceso")
_ESCRITOS = (*TEXTOS, *_DECISIONES, "consentimiento_objeto_id")
_DE_LA_TOMA = {"pie": ("pie", "titulo"), "credito": ("credito", "autor")}


class FotosCambiadas(CambioRechazado):
    """Otra persona cambió alguno de esos archivos desde que se mostraron; `nombres` dice cuáles."""

    def __init__(self, nombres: Sequence[str]) -> None:
        dichos = ", ".join(f"«{n}»" for n in nombres[:3]) + (f" y {len(nombres) - 3} más" if len(nombres) > 3 else "")
        super().__init__(
            f"Otra persona cambió {dichos} mientras usted describía. No se guardó nada, para no pisar lo suyo: "
            "vea cómo quedó y aplique de nuevo lo que falte."
        )
        self.nombres = list(nombres)


@dataclass(frozen=True)
class CambiosDeFotos:
    """Lo que se decide de varios archivos. Lo que vale None, o no está, no cambia.

    `textos` es campo → texto (`pie`, `credito`, `alternativa`); `de_la_toma`, los campos que cada archivo toma de lo que trae
    (EXIF o IPTC) si no se escribió otro. Sin `sustituir`, los textos sólo se ponen donde faltan. `acceso` vacío es el del elemento.
    `vistas` es archivo → huella con que se mostró: si ya no coincide, no se toca nada. `motivo` hace falta para abrir lo reservado.
    """

    textos: Mapping[str, str] = field(default_factory=dict)
    de_la_toma: Collection[str] = ()
    sustituir: bool = False
    seleccionada: bool | None = None
    menores: bool | None = None
    consentimiento: str | None = None
    documento: ObjetoDigital | None = None
    acceso: str | None = None
    vistas: Mapping[int, str] = field(default_factory=dict)
    motivo: str = ""


@dataclass(frozen=True)
class RecuentoDeFotos:
    """Fotografías de un álbum: tomadas, seleccionadas y las que hoy puede ver cualquiera. Nunca se mezclan."""

    tomadas: int = 0
    seleccionadas: int = 0
    publicadas: int = 0


def huella_de_foto(adjunto: Adjunto) -> str:
    """Doce signos que cambian si cambia lo que se dice del archivo: para saber que nadie más lo tocó."""
    dicho = [getattr(adjunto, campo) for campo in _ESCRITOS]
    return hashlib.sha256(json.dumps(dicho, default=str).encode()).hexdigest()[:12]


def sugerencia_de(adjunto: Adjunto) -> dict[str, str]:
    """Lo que el archivo trae dicho de sí: `{"pie", "credito"}`, sin vacíos. Es una sugerencia: nunca se aplica sola."""
    toma = adjunto.datos.get("toma") or {}
    topes: dict[str, Any] = {campo: getattr(Adjunto._meta.get_field(campo), "max_length", None) for campo in _DE_LA_TOMA}
    traido = {c: next((str(toma[f]) for f in fuentes if toma.get(f)), "") for c, fuentes in _DE_LA_TOMA.items()}
    return {campo: texto[: topes[campo]] for campo, texto in traido.items() if texto}


def describir_varias(item: Item, ids: Iterable[int], cambios: CambiosDeFotos, actor: Usuario | None) -> int:
    """Describe juntos esos archivos del elemento y recalcula quién los lee; devuelve cuántos cambiaron.

    Consultas constantes, un suceso por archivo cambiado y un solo aviso.

    Raises:
        FotosCambiadas: alguien cambió uno desde que se mostró.
        CambioRechazado: falta el consentimiento, o no le toca fijar ese acceso; el intento queda en la bitácora.
    """
    try:
        return _describir(item, sorted(set(ids)), cambios, actor)
    except CambioRechazado as rechazo:
        dejar_constancia_de_rechazo(item, actor, rechazo)
        raise


@transaction.atomic
def _describir(item: Item, ids: Sequence[int], cambios: CambiosDeFotos, actor: Usuario | None) -> int:
    vigente = Item.objects.select_for_update().get(pk=item.pk)
    fotos = _tomar(vigente, ids, cambios.vistas)
    antes = {f.pk: (_estado(f), acceso.circulos_de_texto(vigente, f)) for f in fotos}
    for foto in fotos:
        _revisar_acceso(vigente, foto, cambios, actor)
        _aplicar(foto, cambios)
        _revisar_consentimiento(foto)
        foto.acceso_efectivo = efectivo_de(foto, vigente)
    cambiadas = [f for f in fotos if _estado(f) != antes[f.pk][0]]
    if not cambiadas:
        return 0
    Adjunto.objects.bulk_update(cambiadas, [*TEXTOS, *_DECISIONES, "consentimiento_objeto", "acceso_efectivo"], batch_size=500)
    Item.objects.filter(pk=item.pk).update(version=F("version") + 1)
    registrar_varios(_sucesos(vigente, cambiadas, antes, cambios.motivo, actor))
    revoca = any(antes[f.pk][1] - acceso.circulos_de_texto(vigente, f) for f in cambiadas)
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=revoca)
    return len(cambiadas)


def _tomar(item: Item, ids: Sequence[int], vistas: Mapping[int, str]) -> list[Adjunto]:
    if not ids:
        raise CambioRechazado("No hay ninguna fotografía marcada. Marque las que va a describir.")
    if len(ids) > TOPE_DE_FOTOS:
        raise CambioRechazado(f"Se describen hasta {TOPE_DE_FOTOS:,} a la vez; marcó {len(ids):,}. Hágalo por partes.")
    fotos = list(item.adjuntos.filter(pk__in=ids).select_related("objeto", "consentimiento_objeto"))
    if len(fotos) != len(ids):
        raise CambioRechazado(
            "Alguna de las marcadas ya no está en el álbum. Vuelva a abrir la mesa de luz y márquelas de nuevo."
        )
    cambiadas = [f.nombre for f in fotos if f.pk in vistas and vistas[f.pk] != huella_de_foto(f)]
    if cambiadas:
        raise FotosCambiadas(cambiadas)
    return fotos


def _estado(foto: Adjunto) -> dict[str, Any]:
    return {campo: getattr(foto, campo) for campo in _ESCRITOS}


def _aplicar(foto: Adjunto, cambios: CambiosDeFotos) -> None:
    traido = sugerencia_de(foto)
    dichos = {c: traido[c] for c in cambios.de_la_toma if c in traido} | dict(cambios.textos)
    for campo, texto in dichos.items():
        if cambios.sustituir or not getattr(foto, campo):
            setattr(foto, campo, texto)
    for campo in _DECISIONES:
        if (decidido := getattr(cambios, campo)) is not None:
            setattr(foto, campo, decidido)
    if cambios.documento is not None:
        foto.consentimiento_objeto = cambios.documento


def _revisar_acceso(item: Item, foto: Adjunto, cambios: CambiosDeFotos, actor: Usuario | None) -> None:
    if cambios.acceso is None or cambios.acceso == foto.acceso:
        return
    foto.item = item
    revisar_acceso_de_archivo(foto, cambios.acceso, actor)
    antes, nuevo = (acceso.combinar(item.acceso, nivel) for nivel in (foto.acceso, cambios.acceso))
    abre = acceso.NIVELES[antes].se_audita and acceso.ORDEN.index(nuevo) < acceso.ORDEN.index(antes)
    if abre and actor is not None and not cambios.motivo.strip():
        raise CambioRechazado("Escriba el motivo por el que se abre una fotografía reservada o confidencial.")


def _revisar_consentimiento(foto: Adjunto) -> None:
    if foto.menores and foto.consentimiento == Consentimiento.OTORGADO and foto.consentimiento_objeto_id is None:
        raise CambioRechazado(
            f"En «{foto.nombre}» aparecen menores de edad: adjunte el documento en que se otorgó el consentimiento; no basta decirlo."
        )


def _sucesos(
    item: Item, cambiadas: Sequence[Adjunto], antes: Mapping[int, tuple[dict[str, Any], Any]], motivo: str, actor: Usuario | None
) -> Iterable[SucesoNuevo]:
    for foto in cambiadas:
        previo = antes[foto.pk][0]
        distintos: dict[str, Any] = {c: [previo[c], v] for c, v in _estado(foto).items() if v != previo[c]}
        if "consentimiento_objeto_id" in distintos:
            del distintos["consentimiento_objeto_id"]
            distintos["documento"] = foto.consentimiento_objeto and foto.consentimiento_objeto.sha256
        detalle = {"sha256": foto.objeto.sha256, "nombre": foto.nombre} | distintos
        yield SucesoNuevo(clase="item.adjunto_descrito", objeto=f"item:{item.clave}", actor=actor, motivo=motivo, detalle=detalle)


@transaction.atomic
def mover_fotos(item: Item, ids: Iterable[int], lugar: int, actor: Usuario | None) -> int:
    """Lleva esos archivos, en el orden que ya tienen, al lugar dicho (desde 1); devuelve cuántos cambiaron de lugar.

    Raises:
        CambioRechazado: alguno ya no está.
    """
    elegidas = set(ids)
    todas = _todas(item)
    if not elegidas or not elegidas <= {f.pk for f in todas}:
        raise CambioRechazado("Marque las fotografías que va a mover; si alguna ya no está, vuelva a abrir la mesa de luz.")
    quedan = [f for f in todas if f.pk not in elegidas]
    corte = min(max(lugar - 1, 0), len(quedan))
    movidas = [f for f in todas if f.pk in elegidas]
    detalle = {"movidas": len(movidas), "lugar": corte + 1, "nombres": [f.nombre for f in movidas[:20]]}
    return _reordenar(item, [*quedan[:corte], *movidas, *quedan[corte:]], detalle, actor)


@transaction.atomic
def ordenar_fotos(item: Item, criterio: str, actor: Usuario | None) -> int:
    """Ordena todos los archivos por `nombre` (2 antes que 10) o por la hora de la `toma`; devuelve cuántos cambiaron de lugar.

    Lo que no dice su hora queda al final, como estaba.
    """
    llaves: dict[str, Callable[[Adjunto], Any]] = {"nombre": _por_nombre, "toma": _por_toma}
    if criterio not in llaves:
        raise CambioRechazado("Elija si se ordenan por nombre o por la hora de la toma.")
    return _reordenar(item, sorted(_todas(item), key=llaves[criterio]), {"por": criterio}, actor)


def _por_nombre(foto: Adjunto) -> list[tuple[int, int, str]]:
    return [(1, int(p), "") if p.isdecimal() else (0, 0, p) for p in re.split(r"(\d+)", foto.nombre.casefold())]


def _por_toma(foto: Adjunto) -> tuple[bool, str]:
    fecha = str((foto.datos.get("toma") or {}).get("fecha", ""))
    return (not fecha, fecha)


def _todas(item: Item) -> list[Adjunto]:
    Item.objects.select_for_update().get(pk=item.pk)
    return list(item.adjuntos.order_by("orden", "pk"))


def _reordenar(item: Item, nuevas: Sequence[Adjunto], detalle: dict[str, Any], actor: Usuario | None) -> int:
    movidas = []
    for n, foto in enumerate(nuevas):
        if foto.orden != n:
            foto.orden = n
            movidas.append(foto)
    if not movidas:
        return 0
    Adjunto.objects.bulk_update(movidas, ["orden"], batch_size=500)
    renumerar(item)
    Item.objects.filter(pk=item.pk).update(version=F("version") + 1)
    registrar(SucesoNuevo(clase="item.adjuntos_ordenados", objeto=f"item:{item.clave}", actor=actor, detalle=detalle))
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=False)
    return len(movidas)


def q_fotografias() -> Q:
    """Condición SQL de los adjuntos que son fotografías del álbum (no sus documentos ni sus copias)."""
    return Q(rol__in=("fotografia", "original"), objeto__mime__startswith="image/")


def recuentos_de_fotos(ids: Iterable[int]) -> dict[int, RecuentoDeFotos]:
    """Tomadas, seleccionadas y publicadas de cada álbum (llave del elemento), contadas de sus archivos. Dos consultas.

    Publicada es la que cualquiera puede ver ahora: el álbum está publicado y es público, y ella también (indicadores FOT-T, FOT-S, FOT-P).
    """
    pedidos = list(ids)
    publicos = set(Item.objects.publicos().filter(pk__in=pedidos, acceso_efectivo="publico").values_list("pk", flat=True))
    filas = (
        Adjunto.objects.filter(q_fotografias(), item_id__in=pedidos)
        .order_by()
        .values("item_id")
        .annotate(
            tomadas=Count("pk"),
            seleccionadas=Count("pk", filter=Q(seleccionada=True)),
            abiertas=Count("pk", filter=Q(acceso_efectivo="publico")),
        )
    )
    contados = {
        f["item_id"]: RecuentoDeFotos(f["tomadas"], f["seleccionadas"], f["abiertas"] if f["item_id"] in publicos else 0)
        for f in filas
    }
    return {pk: contados.get(pk, RecuentoDeFotos()) for pk in pedidos}


def es_sesion_fotografica(item: Item) -> bool:
    """¿Es un álbum de fotografías? En él cada una se abre por separado."""
    es_album = tipo_de(item.tipo).es_album if item.tipo else None
    return es_album is not None and es_album(item)


def se_cubre_con_fotografias(item: Item) -> bool:
    """¿Puede una sesión ser de él? Los eventos."""
    clase = clase_de(DEL_EVENTO)
    return clase is not None and clase.admite(SESION, item.tipo)
