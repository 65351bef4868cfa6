"""El texto que una máquina leyó de una imagen: se guarda página por página, se busca, y se dice que puede tener errores."""

from django.db import transaction
from django.db.models import Avg, Count, Q

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.models import Adjunto, Item, Pagina
from archivo.catalogo.servicios.paginas import renumerar
from archivo.catalogo.signals import elementos_cambiados

PENDIENTE = "ocr"
AVISO_DE_IMAGENES = "Páginas sin texto (parecen imágenes)"
AVISO_DE_FALLAS = "Páginas que la máquina no pudo leer"
CONFIANZA_DE_UNA_FOTO = 60
LETRAS_DE_UNA_FOTO = 20


@transaction.atomic
def esperar_lectura_optica(item: Item) -> None:
    """Anota entre los pendientes del elemento que tiene páginas por leer."""
    actual = Item.objects.select_for_update().get(pk=item.pk)
    if PENDIENTE not in actual.pendientes:
        item.pendientes = [*actual.pendientes, PENDIENTE]
        Item.objects.filter(pk=item.pk).update(pendientes=item.pendientes)


@transaction.atomic
def anotar_lectura_optica(adjunto: Adjunto, numero: int, texto: str, confianza: int) -> None:
    """Guarda lo leído en una página de un archivo (desde 1). Nunca sustituye un texto que ya estaba.

    Una imagen suelta sólo gana página si lo leído parece escritura: una fotografía no se llena de letras sueltas.
    """
    sin_texto = adjunto.paginas.filter(lectura="sin_texto", n_en_archivo=numero)
    if sin_texto.update(texto=texto, lectura="ocr", confianza=confianza):
        return
    letras = sum(c.isalnum() for c in texto)
    if adjunto.paginas.exists() or letras < LETRAS_DE_UNA_FOTO or confianza < CONFIANZA_DE_UNA_FOTO:
        return
    item = adjunto.item
    ultima = item.paginas.order_by("-n").values_list("n", flat=True).first() or 0
    Pagina.objects.create(
        item=item, adjunto=adjunto, n=ultima + 1, n_en_archivo=numero, texto=texto, lectura="ocr", confianza=confianza
    )
    renumerar(item)


@transaction.atomic
def cerrar_lectura_optica(adjunto: Adjunto, *, terminada: bool, fallas: int = 0) -> None:
    """Manda a buscar lo leído y, si no falta nada, cambia el aviso del archivo y quita el pendiente del elemento."""
    item = Item.objects.select_for_update().get(pk=adjunto.item_id)
    if terminada:
        _resumir(adjunto, fallas)
        if not fallas and not _otras_por_leer(item):
            Item.objects.filter(pk=item.pk).update(pendientes=[p for p in item.pendientes if p != PENDIENTE])
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=False)


def _otras_por_leer(item: Item) -> bool:
    return item.paginas.filter(lectura="sin_texto").exists()


def _resumir(adjunto: Adjunto, fallas: int) -> None:
    leidas = Q(lectura="ocr")
    cuenta = adjunto.paginas.aggregate(
        todas=Count("pk"), leidas=Count("pk", filter=leidas), media=Avg("confianza", filter=leidas & ~Q(texto=""))
    )
    media = round(cuenta["media"]) if cuenta["media"] is not None else None
    adjunto.avisos = [a for a in adjunto.avisos if not a.startswith((AVISO_DE_IMAGENES, AVISO_DE_FALLAS))]
    if cuenta["leidas"]:
        seguridad = f", con una confianza media de {media} %" if media is not None else ""
        adjunto.avisos.append(
            f"Leído por máquina, puede tener errores: {cuenta['leidas']} de {cuenta['todas']} páginas{seguridad}."
        )
    if fallas:
        adjunto.avisos.append(f"{AVISO_DE_FALLAS}: {fallas}. Puede repetirse con la orden `ocr pendientes`.")
    else:
        adjunto.datos = adjunto.datos | {"ocr": {"paginas": cuenta["leidas"], "confianza": media}}
    adjunto.save(update_fields=["avisos", "datos"])
    registrar(
        SucesoNuevo(
            clase="item.leido_por_maquina",
            objeto=f"item:{adjunto.item.clave}",
            actor=None,
            detalle={"sha256": adjunto.objeto.sha256, "paginas": cuenta["leidas"], "confianza": media, "fallas": fallas},
        )
    )
