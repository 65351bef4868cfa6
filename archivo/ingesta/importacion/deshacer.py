"""Deshacer una importación entera, salvo lo que alguien tocó después.

Nada archivístico se borra: se quita sólo lo que la importación creó, sigue en borrador y nadie ha tocado, y queda constancia permanente de
qué era. Lo que ya estaba a la vista se retira; lo que se corrigió vuelve a como estaba.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from archivo.auditoria.puerta import SucesoNuevo, registrar, registrar_varios
from archivo.catalogo.puerta import (
    ESTADOS,
    Adjunto,
    CambioRechazado,
    Item,
    ItemDeLote,
    Relacion,
    Tema,
    Visibilidad,
    actualizar_lote,
    transitar,
)
from archivo.identidad.puerta import Usuario
from archivo.ingesta.models import FilaImportada, Importacion

FILAS_POR_LOTE = 500
Suerte = FilaImportada.Suerte
Progreso = Callable[[int], bool | None]
_CAMPOS = {campo.attname: campo for campo in Item._meta.concrete_fields}
_SE_QUITAN = {"borrador", "en_revision"}


@dataclass(frozen=True)
class Destino:
    """Qué le toca a una fila y, si se queda como está, por qué."""

    suerte: str
    motivo: str = ""


def prever(importacion: Importacion) -> dict[str, Any]:
    """Qué pasaría al deshacer: `{"quitada", "retirada", "restaurada", "conservada", "conservadas": [(fila, elemento, motivo)]}`."""
    cuentas: Counter[str] = Counter()
    quedan: list[tuple[FilaImportada, Item | None, str]] = []
    for lote in _lotes(importacion):
        for fila, item in lote:
            destino = _destino(fila, item)
            cuentas[destino.suerte] += 1
            if destino.suerte == Suerte.CONSERVADA and len(quedan) < 100:
                quedan.append((fila, item, destino.motivo))
    return {s: cuentas[s] for s in Suerte.values if s} | {"conservadas": quedan}


def _lotes(importacion: Importacion) -> Iterator[list[tuple[FilaImportada, Item | None]]]:
    """Las filas vigentes, de la última a la primera, con su elemento."""
    hasta = None
    while True:
        vigentes = FilaImportada.objects.filter(importacion=importacion, suerte=Suerte.VIGENTE).order_by("-id")
        filas = list((vigentes if hasta is None else vigentes.filter(pk__lt=hasta))[:FILAS_POR_LOTE])
        if not filas:
            return
        hasta = filas[-1].pk
        items = Item.objects.in_bulk([f.item_id for f in filas if f.item_id])
        enlazados = set(Relacion.objects.filter(destino__in=items).values_list("destino_id", flat=True))
        for pk in enlazados:
            items[pk].__dict__["enlazado"] = True
        yield [(f, items.get(f.item_id)) for f in filas]


def _destino(fila: FilaImportada, item: Item | None) -> Destino:
    if item is None:
        return Destino(Suerte.CONSERVADA, "El elemento ya no está en el archivo.")
    if item.version != fila.version:
        return Destino(Suerte.CONSERVADA, "Alguien lo cambió después de importarlo.")
    if fila.resultado == FilaImportada.Resultado.ACTUALIZADA:
        return Destino(Suerte.RESTAURADA)
    if item.__dict__.get("enlazado"):
        return Destino(Suerte.CONSERVADA, "Otro documento remite a él.")
    if item.numero_asignado:
        return Destino(Suerte.CONSERVADA, "Ya tiene folio dado aquí: se cancela, no se quita.")
    if item.estado in _SE_QUITAN:
        return Destino(Suerte.QUITADA)
    if ESTADOS[item.estado].paso("retirar"):
        return Destino(Suerte.RETIRADA)
    visible = ESTADOS[item.estado].visibilidad is not Visibilidad.AREA
    return Destino(Suerte.CONSERVADA, f"Está {ESTADOS[item.estado].nombre.lower()}{' y a la vista' if visible else ''}.")


def deshacer(pk: int, actor: Usuario | None, motivo: str = "", progreso: Progreso | None = None) -> dict[str, int]:
    """Deshace por lotes, cada uno en su transacción. Se puede repetir: lo ya deshecho no se vuelve a tocar.

    Devuelve `{"quitada", "retirada", "restaurada", "conservada"}`.
    """
    importacion = Importacion.objects.get(pk=pk)
    razon = f"Se deshizo la importación {pk} de {importacion.nombre}" + (f": {motivo}" if motivo else "")
    hechas = 0
    for lote in _lotes(importacion):
        with transaction.atomic():
            _deshacer_lote(lote, actor, razon)
        hechas += len(lote)
        if progreso and progreso(hechas):
            break
    return _cerrar(importacion, actor, motivo)


def _cerrar(importacion: Importacion, actor: Usuario | None, motivo: str) -> dict[str, int]:
    suertes = Counter(FilaImportada.objects.filter(importacion=importacion).values_list("suerte", flat=True))
    cuentas = {s: suertes[s] for s in Suerte.values if s}
    entera = not suertes[Suerte.VIGENTE] and not suertes[Suerte.CONSERVADA]
    with transaction.atomic():
        importacion.deshecho = cuentas
        importacion.estado = Importacion.Estado.DESHECHA if entera else Importacion.Estado.DESHECHA_EN_PARTE
        importacion.motivo = motivo
        importacion.save(update_fields=["deshecho", "estado", "motivo", "movida"])
        registrar(
            SucesoNuevo(
                clase="importacion.deshecha",
                objeto=f"importacion:{importacion.pk}",
                actor=actor,
                motivo=motivo,
                detalle=dict(cuentas),
            )
        )
    return cuentas


def _deshacer_lote(lote: list[tuple[FilaImportada, Item | None]], actor: Usuario | None, razon: str) -> None:
    actuales = {i.pk: i for i in Item.objects.select_for_update().filter(pk__in=[i.pk for _, i in lote if i])}
    por_suerte: dict[str, list[tuple[FilaImportada, Item]]] = {s: [] for s in Suerte.values}
    for fila, leido in lote:
        item = actuales.get(leido.pk) if leido else None
        if item is not None and leido is not None:
            item.__dict__["enlazado"] = leido.__dict__.get("enlazado", False)
        destino = _destino(fila, item)
        fila.suerte, fila.motivo = destino.suerte, destino.motivo or razon[:300]
        if item is not None:
            por_suerte[destino.suerte].append((fila, item))
    _restaurar(por_suerte[Suerte.RESTAURADA], actor, razon)
    _retirar(por_suerte[Suerte.RETIRADA], actor, razon)
    _quitar(por_suerte[Suerte.QUITADA], actor, razon)
    FilaImportada.objects.bulk_update([f for f, _ in lote], ["suerte", "motivo", "constancia", "item"])


def _restaurar(pares: list[tuple[FilaImportada, Item]], actor: Usuario | None, razon: str) -> None:
    """Lo que su expediente cerrado ya congeló no se restaura: se queda, con la razón, y no detiene a los demás."""
    if not pares:
        return
    try:
        with transaction.atomic():
            _devolver(pares, actor, razon)
    except CambioRechazado as rechazo:
        if len(pares) > 1:
            mitad = len(pares) // 2
            _restaurar(pares[:mitad], actor, razon)
            _restaurar(pares[mitad:], actor, razon)
            return
        fila = pares[0][0]
        fila.suerte, fila.motivo = Suerte.CONSERVADA, str(rechazo)[:300]


def _devolver(pares: list[tuple[FilaImportada, Item]], actor: Usuario | None, razon: str) -> None:
    lote = []
    for fila, item in pares:
        antes = dict(fila.antes or {})
        texto = antes.pop("texto", None)
        previa = antes.pop("version", None)
        temas = list(Tema.objects.filter(pk__in=antes.pop("temas"))) if "temas" in antes else None
        for campo, valor in antes.items():
            setattr(item, campo, _CAMPOS[campo].to_python(valor))
        lote.append((ItemDeLote(item, texto or "", temas, conserva_texto=texto is None), previa))
    actualizar_lote([uno for uno, _ in lote], actor, razon)
    for uno, previa in lote:
        # Con esto la importación anterior del mismo elemento vuelve a poder deshacerse: nadie lo tocó desde entonces.
        FilaImportada.objects.filter(item=uno.item, suerte=Suerte.VIGENTE, version=previa).update(version=uno.item.version)


def _retirar(pares: list[tuple[FilaImportada, Item]], actor: Usuario | None, razon: str) -> None:
    for fila, item in pares:
        try:
            with transaction.atomic():
                transitar(item, "retirar", actor, motivo=razon)
                Item.objects.filter(pk=item.pk).update(huella_fila="")
        except CambioRechazado as rechazo:
            fila.suerte, fila.motivo = Suerte.CONSERVADA, str(rechazo)[:300]


def _dejar_constancia(pares: list[tuple[FilaImportada, Item]]) -> None:
    archivos: dict[int, list[str]] = {}
    colgados = Adjunto.objects.filter(item__in=[i.pk for _, i in pares])
    for item_id, sha256 in colgados.values_list("item_id", "objeto__sha256"):
        archivos.setdefault(item_id, []).append(sha256)
    for fila, item in pares:
        fila.constancia = {"clave": item.clave, "id": item.id_externo, "titulo": item.titulo, "tipo": item.tipo}
        fila.constancia |= {"archivos": archivos[item.pk]} if item.pk in archivos else {}


def _quitar(pares: list[tuple[FilaImportada, Item]], actor: Usuario | None, razon: str) -> None:
    if not pares:
        return
    _dejar_constancia(pares)
    try:
        with transaction.atomic():
            Item.objects.filter(pk__in=[i.pk for _, i in pares]).delete()
    except (ProtectedError, RestrictedError):
        if len(pares) > 1:
            mitad = len(pares) // 2
            _quitar(pares[:mitad], actor, razon)
            _quitar(pares[mitad:], actor, razon)
            return
        fila = pares[0][0]
        fila.suerte, fila.motivo, fila.constancia = Suerte.CONSERVADA, "Ya forma parte de otra cosa del archivo.", {}
        return
    for fila, _ in pares:
        fila.item = None
    registrar_varios(
        [
            SucesoNuevo(
                clase="item.quitado", objeto=f"item:{f.constancia['clave']}", actor=actor, motivo=razon, detalle=f.constancia
            )
            for f, _ in pares
        ]
    )
