"""Crear y corregir elementos."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo import acceso, cuerpo
from archivo.catalogo.aportes import fijar_efectivos
from archivo.catalogo.estados import PUBLICAR
from archivo.catalogo.models import Cuerpo, Item
from archivo.catalogo.oficios import DESCLASIFICAN, DESCRIBEN, puede_desclasificar, razon_contra_el_acceso
from archivo.catalogo.servicios.accesos import combinar_adjuntos
from archivo.catalogo.servicios.constancias import dejar_constancia_de_rechazo, suplencia_de
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.servicios.menciones import Menciones, fijar_menciones
from archivo.catalogo.servicios.paginas import rehacer_partes
from archivo.catalogo.servicios.pendientes import pendientes_de
from archivo.catalogo.servicios.reglas_de_tipo import revisar_por_tipo
from archivo.catalogo.servicios.temas import proponer_temas
from archivo.catalogo.signals import elementos_cambiados
from archivo.catalogo.tipos.registro import tipo_de
from archivo.identidad.puerta import ROLES, Usuario, lector_de

CAMPOS_VIGILADOS = (
    "titulo", "resumen", "autor", "area_id", "lugar", "fecha", "fecha_hasta", "fecha_texto", "hora", "acceso", "embargo_hasta", "serie_id",
    "numero_texto", "categoria_documental", "soporte", "tradicion", "ficha", "fuente", "url", "notas", "medio_id", "descripcion",
    "derechos", "derechos_hasta", "menores", "consentimiento", "consentimiento_objeto_id",
)  # fmt: skip
_CUERPO_ABIERTO = {"borrador", "en_revision"}


@dataclass(frozen=True)
class Edicion:
    """Lo que acompaña a guardar un elemento: quién, por qué, y su texto si cambia.

    `cuerpo_html` y `texto` son excluyentes: el primero es redactado, el segundo llano. None es «no cambia». `temas` son nombres
    (un sinónimo vale por su término); `menciones`, papel → autoridades.
    """

    actor: Usuario | None
    cuerpo_html: str | None = None
    texto: str | None = None
    temas: Sequence[str] | None = None
    menciones: Menciones | None = None
    motivo: str = ""


def huella_de(titulo: str, texto: str) -> str:
    """SHA-256 de título y texto sin mayúsculas ni espacios repetidos: dos iguales son el mismo documento."""
    return hashlib.sha256(" ".join(f"{titulo}\n{texto}".lower().split()).encode()).hexdigest()


def guardar(item: Item, edicion: Edicion) -> Item:
    """Guarda un elemento nuevo o corregido: recalcula acceso, texto y pendientes, deja constancia y avisa.

    Raises:
        CambioRechazado: con la razón (un texto con folio no se cambia; el acceso lo fija otro rol…); el intento queda en la bitácora.
    """
    try:
        return _guardar(item, edicion)
    except CambioRechazado as rechazo:
        dejar_constancia_de_rechazo(item, edicion.actor, rechazo)
        raise


@transaction.atomic
def _guardar(item: Item, edicion: Edicion) -> Item:
    item.fijar_tipo()
    antes = Item.objects.filter(pk=item.pk).first() if item.pk else None
    _revisar(item, antes, edicion)
    cambia = antes is not None and bool(tipo_de(item.tipo).congelado_en) and _cambia_el_texto(item, edicion)
    revisar_por_tipo(item, antes, cambia_el_texto=cambia, con_actor=edicion.actor is not None)
    if antes is None:
        item.creado_por = edicion.actor
    else:
        item.version = antes.version + 1
    fijar_efectivos([item])
    item.save()
    texto = _guardar_texto(item, edicion)
    _guardar_temas(item, edicion)
    menciones = fijar_menciones(item, edicion.menciones or {})
    combinar_adjuntos([item])
    item.pendientes = pendientes_de(item, con_texto=bool(texto) or item.partes > 0, con_archivo=item.adjuntos.exists())
    Item.objects.filter(pk=item.pk).update(pendientes=item.pendientes, huella_texto=item.huella_texto)
    _dejar_constancia(item, antes, edicion, menciones)
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=antes is not None and se_cerro(antes, item))
    return item


def se_cerro(antes: Item, despues: Item) -> bool:
    """¿Alguien que veía la ficha o el texto dejó de verlos? También quien es del área que ya no lo produce."""
    alguien = (0,)
    return any(
        acceso.senas(circulos(antes), antes.area_id, alguien) - acceso.senas(circulos(despues), despues.area_id, alguien)
        for circulos in (acceso.circulos_de_ficha, acceso.circulos_de_texto)
    )


def _revisar(item: Item, antes: Item | None, edicion: Edicion) -> None:
    _revisar_quien_fija_el_acceso(item, antes, edicion.actor)
    if antes is None:
        return
    _revisar_embargo(item, antes, edicion.actor)
    _revisar_apertura(item, antes, edicion)
    if antes.numero_asignado and item.serie_id != antes.serie_id:
        raise CambioRechazado("El folio ya está dado en su serie. Cancele el documento y emita otro en la serie correcta.")
    if antes.numero_asignado and antes.estado not in _CUERPO_ABIERTO and _cambia_el_texto(item, edicion):
        raise CambioRechazado("El texto de un documento con folio no se cambia. Emita una fe de erratas que lo corrija.")


def _revisar_quien_fija_el_acceso(item: Item, antes: Item | None, actor: Usuario | None) -> None:
    """El nivel lo cambia quien puede fijarlo; al crear, lo de siempre para su tipo no se pregunta."""
    if actor is None:
        return
    previo = antes.acceso if antes else tipo_de(item.tipo).acceso_inicial
    razon = (
        ""
        if antes is None and item.acceso == "interno"
        else razon_contra_el_acceso(lector_de(actor), antes.area_id if antes else item.area_id, previo, item.acceso)
    )
    if razon:
        raise CambioRechazado(razon)


def _revisar_embargo(item: Item, antes: Item, actor: Usuario | None) -> None:
    """Acortar el embargo de lo programado es publicarlo antes: lo hace quien puede publicar."""
    if actor is None or antes.estado != "programado" or antes.embargo_hasta is None or item.embargo_hasta is None:
        return
    publica = any(r.rol in PUBLICAR.roles and r.area_id in {None, antes.area_id} for r in lector_de(actor).roles)
    if item.embargo_hasta < antes.embargo_hasta and not publica:
        raise CambioRechazado("Adelantar la hora de publicación corresponde a quien puede publicar. Pídaselo.")


def _revisar_apertura(item: Item, antes: Item, edicion: Edicion) -> None:
    """Abrir lo reservado o confidencial es desclasificar: lo decide quien puede, y dice por qué (LGTAIP arts. 102-104)."""
    if (
        edicion.actor is None
        or not acceso.se_audita(antes)
        or acceso.ORDEN.index(item.acceso) >= acceso.ORDEN.index(antes.acceso)
    ):
        return
    if not puede_desclasificar(lector_de(edicion.actor), antes.area_id):
        nombres = " o ".join(ROLES[r].nombre for r in DESCLASIFICAN)
        raise CambioRechazado(f"Abrir un documento {acceso.NIVELES[antes.acceso].nombre.lower()} corresponde a {nombres}.")
    if not edicion.motivo.strip():
        raise CambioRechazado("Escriba el motivo por el que se abre un documento reservado o confidencial.")


def _cambia_el_texto(item: Item, edicion: Edicion) -> bool:
    if edicion.cuerpo_html is not None:
        guardado = Cuerpo.objects.filter(item_id=item.pk).values_list("html", flat=True).first() or ""
        return cuerpo.limpiar(edicion.cuerpo_html) != guardado
    if edicion.texto is None:
        return False
    llano = item.paginas.filter(adjunto__isnull=True).order_by("n").values_list("texto", flat=True)
    return edicion.texto.strip() != "".join(llano).strip()


def _guardar_texto(item: Item, edicion: Edicion) -> str:
    if edicion.cuerpo_html is not None:
        html = cuerpo.limpiar(edicion.cuerpo_html)
        Cuerpo.objects.update_or_create(item_id=item.pk, defaults={"html": html})
        texto = cuerpo.a_texto(html)
    elif edicion.texto is not None:
        texto = edicion.texto
    else:
        return ""
    item.huella_texto = huella_de(item.titulo, texto)
    rehacer_partes(item, texto)
    return texto


def _guardar_temas(item: Item, edicion: Edicion) -> None:
    if edicion.temas is not None:
        item.temas.set(proponer_temas(edicion.temas))


def cambios_entre(antes: Item, despues: Item) -> dict[str, list[Any]]:
    """Los campos vigilados que difieren: nombre → [antes, después], listos para JSON."""
    pares = ((c, getattr(antes, c), getattr(despues, c)) for c in CAMPOS_VIGILADOS)
    return {c: [_para_json(a), _para_json(d)] for c, a, d in pares if a != d}


def _para_json(valor: Any) -> Any:
    return valor.isoformat() if isinstance(valor, date | time) else valor


def _dejar_constancia(item: Item, antes: Item | None, edicion: Edicion, menciones: dict[str, Any]) -> None:
    detalle: dict[str, Any] = {"tipo": item.tipo, "titulo": item.titulo[:200]} if antes is None else cambios_entre(antes, item)
    if suple := suplencia_de(edicion.actor, (*tipo_de(item.tipo).escriben, *DESCRIBEN), item.area_id):
        detalle["por_ausencia_de"] = suple
    if edicion.cuerpo_html is not None or edicion.texto is not None:
        detalle["texto"] = item.huella_texto
    if menciones:
        detalle["menciones"] = menciones
    clase = "item.creado" if antes is None else "item.corregido"
    registrar(SucesoNuevo(clase=clase, objeto=f"item:{item.clave}", actor=edicion.actor, motivo=edicion.motivo, detalle=detalle))


def fijar_acceso(item: Item, nivel: str, actor: Usuario | None, motivo: str = "") -> Item:
    """Cambia el nivel de acceso y recalcula el efectivo de sus archivos."""
    if nivel not in acceso.NIVELES:
        raise CambioRechazado(f"No existe el nivel de acceso «{nivel}». Use uno de: {', '.join(acceso.NIVELES)}.")
    item.acceso = nivel
    return guardar(item, Edicion(actor=actor, motivo=motivo))
