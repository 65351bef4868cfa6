"""Publicar: congelar la memoria entera y hacerla publicación oficial del archivo, donde se busca hasta la página."""

import hashlib
import io
from datetime import date

from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import Edicion, FechaParcial, Item, fijar_acceso, guardar, tipo_de, transitar
from archivo.identidad.puerta import Usuario
from archivo.ingesta.puerta import Pedido, procesar, recibir
from archivo.objetos.puerta import ObjetoDigital
from archivo.objetos.puerta import guardar as guardar_objeto
from memoria_anual.edicion.documento import corte_de, documento_de, huella_de, mesa_de
from memoria_anual.edicion.generacion import PDF, ArchivoHecho, Avance, archivos_de, sin_avance
from memoria_anual.edicion.models import ArchivoDeEdicion, EdicionPublicada, Memoria
from memoria_anual.edicion.servicios.memorias import revisar_paso
from memoria_anual.edicion.servicios.permisos import CambioDeMemoriaRechazado, anotar, con_constancia

_CLASES = {"anual": "memoria"}
_PASOS_DE_LA_PUBLICACION = ("enviar_a_revision", "autorizar", "publicar")


@con_constancia("memoria.publicar")
def publicar(memoria: Memoria, actor: Usuario | None, avance: Avance = sin_avance) -> EdicionPublicada:
    """Congela la memoria autorizada, hace sus archivos y la ingresa al archivo. Puede repetirse: lo ya hecho se reconoce.

    Raises:
        CambioDeMemoriaRechazado: no está autorizada, no le toca, o el archivo no admitió el PDF.
    """
    revisar_publicacion(memoria, actor)
    previa = memoria.ediciones.first()
    if previa is not None:
        return previa
    documento = documento_de(memoria, list(memoria.capitulos.all()), mesa_de(memoria))
    documento |= {"estado": "publicada", "publicada": timezone.localdate().isoformat()}
    documento.pop("avisos")
    hechos = list(archivos_de(documento, corte_de(memoria), avance))
    item = _ingresar(memoria, documento["institucion"]["area"], hechos[0])
    objetos = [guardar_objeto(io.BytesIO(h.contenido), mime=h.mime) for h in hechos]
    return _congelar(memoria, actor, EdicionPublicada(contenido=documento, item=item), list(zip(hechos, objetos, strict=True)))


def revisar_publicacion(memoria: Memoria, actor: Usuario | None) -> None:
    """¿Procede publicarla?

    Raises:
        CambioDeMemoriaRechazado: por qué no.
    """
    if memoria.estado in {"publicada", "archivada"}:
        return
    paso = memoria.situacion.paso("publicar")
    if paso is None:
        raise CambioDeMemoriaRechazado(f"Una memoria {memoria.situacion.nombre.lower()} no se publica: primero se autoriza.")
    revisar_paso(memoria, paso, actor, "")


def _ingresar(memoria: Memoria, oficina: str, pdf: ArchivoHecho) -> Item:
    """La publicación oficial, en borrador, con su PDF leído página por página. Es de este PDF: un intento anterior con otro no se usa."""
    externo = f"memoria:{memoria.pk}:{hashlib.sha256(pdf.contenido).hexdigest()[:16]}"
    item = Item.objects.filter(id_externo=externo).first() or _crear_item(memoria, oficina, externo)
    if not item.adjuntos.filter(objeto__mime=PDF).exists():
        pedido = Pedido(actor=None, tipo="publicacion", acceso="publico", destino=item, area=memoria.area)
        ingreso = procesar(recibir(io.BytesIO(pdf.contenido), pdf.nombre, pedido).pk)
        if not item.adjuntos.filter(objeto__mime=PDF).exists():
            raise CambioDeMemoriaRechazado(
                f"El archivo no admitió el PDF: {ingreso.motivo or ingreso.get_estado_display()}. Avise a sistemas."
            )
    return Item.objects.get(pk=item.pk)


def _crear_item(memoria: Memoria, oficina: str, externo: str) -> Item:
    item = tipo_de("publicacion").modelo(
        titulo=str(memoria), area=memoria.area, autor=oficina, id_externo=externo,
        ficha={"clase": _CLASES.get(memoria.tipo, "informe"), "periodo": memoria.como_periodo.nombre, "editor_responsable": memoria.editor_responsable}
        | ({"isbn": memoria.isbn} if memoria.isbn else {}),
        resumen=f"{memoria.get_tipo_display()} de {memoria.como_periodo.nombre}: cada cifra abre la lista de lo que cuenta.",
    )  # fmt: skip
    hoy: date = timezone.localdate()
    item.fecha_parcial = FechaParcial(hoy, hoy)
    return guardar(item, Edicion(actor=None, motivo="Publicación de la memoria"))


@transaction.atomic
def _congelar(
    memoria: Memoria, actor: Usuario | None, edicion: EdicionPublicada, archivos: list[tuple[ArchivoHecho, ObjetoDigital]]
) -> EdicionPublicada:
    fila = Memoria.objects.select_for_update().get(pk=memoria.pk)
    if previa := fila.ediciones.first():
        return previa
    revisar_publicacion(fila, actor)
    if fila.autorizada_en != memoria.autorizada_en:
        raise CambioDeMemoriaRechazado(
            "Mientras se publicaba, la memoria se devolvió y se autorizó otra vez. Publíquela de nuevo."
        )
    item = edicion.item
    for intento in Item.objects.filter(id_externo__startswith=f"memoria:{fila.pk}:", estado="borrador").exclude(pk=item.pk):
        transitar(intento, "cancelar", None, "Un intento de publicar la memoria que no terminó")
    if item.acceso != "publico":
        item = fijar_acceso(item, "publico", None, "La memoria es pública")
    for paso in _PASOS_DE_LA_PUBLICACION:
        item = transitar(item, paso, None, "Publicación de la memoria")
    edicion.memoria, edicion.periodo, edicion.item, edicion.huella = fila, fila.lugar, item, huella_de(edicion.contenido)
    edicion.save()
    for hecho, objeto in archivos:
        ArchivoDeEdicion(edicion=edicion, nombre=hecho.nombre, rotulo=hecho.rotulo, objeto=objeto, mime=hecho.mime).save()
    fila.estado = "publicada"
    fila.save(update_fields=["estado"])
    anotar("memoria.publicar", fila.objeto, actor, estado="publicada", huella=edicion.huella, item=item.clave)
    memoria.refresh_from_db()
    return edicion
