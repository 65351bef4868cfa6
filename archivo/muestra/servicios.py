"""Sembrar la muestra en un archivo vacío, por los mismos servicios que usa una oficina: nada se escribe por detrás."""

import io
from collections.abc import Callable
from datetime import datetime, time

import pypdfium2
from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import (
    AdjuntoNuevo,
    Edicion,
    Item,
    RelacionNueva,
    adjuntar,
    guardar,
    leer_fecha,
    relacionar,
    serie_de,
    tipo_de,
    transitar,
)
from archivo.identidad.puerta import Area, Institucion, Usuario, crear_usuario
from archivo.objetos.puerta import guardar as guardar_objeto

from .casa import CASA, CLAVE, CONTACTO
from .cobertura import Cobertura, Elenco
from .expedientes import sembrar_expedientes
from .generador import generar
from .impresos import pdf_de
from .modelo import ElementoDeMuestra
from .vocabulario import nombre_de_area

Avisar = Callable[[str], None]
CADA_CUANTOS = 50
#: Pasos que da cada quien hasta dejar el elemento en su estado.
RUTAS = {
    "borrador": (),
    "en_revision": ("enviar_a_revision",),
    "programado": ("enviar_a_revision", "autorizar"),
    "publicado": ("enviar_a_revision", "autorizar", "publicar"),
    "retirado": ("enviar_a_revision", "autorizar", "publicar", "retirar"),
    "cancelado": ("enviar_a_revision", "autorizar", "cancelar"),
}


def _institucion_y_elenco() -> Elenco:
    if not Institucion.objects.exists():
        Institucion.objects.create(
            clave=CLAVE,
            nombre=CASA.nombre,
            oficina=CASA.area,
            domicilio=CASA.domicilio,
            sitio=CASA.sitio,
            telefono=CONTACTO.telefono,
        )
    return Elenco(crear_usuario("redaccion", "redaccion"), crear_usuario("titular", "titular"))


def _area(clave: str) -> Area:
    return Area.objects.get_or_create(clave=clave, defaults={"nombre": nombre_de_area(clave)})[0]


def _ficha(elemento: ElementoDeMuestra) -> dict[str, object]:
    if elemento.publicacion is not None:
        return dict(elemento.ficha)
    contacto = f"{CONTACTO.nombre}, {CONTACTO.telefono}"
    return {"balazos": list(elemento.balazos), "vocero": elemento.vocero, "contacto_prensa": contacto}


def _nuevo(elemento: ElementoDeMuestra) -> Item:
    embargo = elemento.embargo_hasta
    item = tipo_de(elemento.tipo).modelo(
        titulo=elemento.titulo,
        resumen=elemento.resumen,
        area=_area(elemento.area),
        lugar=elemento.lugar,
        hora=time.fromisoformat(elemento.hora),
        acceso=elemento.acceso,
        embargo_hasta=timezone.make_aware(embargo) if embargo else None,
        serie=serie_de(elemento.serie) if elemento.serie else None,
        ficha=_ficha(elemento),
        fuente="Muestra generada",
        id_externo=elemento.id_externo,
    )
    item.fecha_parcial = leer_fecha(elemento.fecha.isoformat())
    return item


def _colgar_fotos(item: Item, elemento: ElementoDeMuestra, actor: Usuario) -> None:
    for foto in elemento.fotos:
        objeto = guardar_objeto(io.BytesIO(foto.dibujar()), mime="image/jpeg", paginas=1)
        nuevo = AdjuntoNuevo(objeto, foto.nombre, rol="fotografia", pie=foto.pie, credito=foto.credito, alternativa=foto.alt)
        adjuntar(item, nuevo, actor)


def _colgar_pdf(item: Item, elemento: ElementoDeMuestra, actor: Usuario) -> None:
    pdf = pdf_de(elemento)
    documento = pypdfium2.PdfDocument(pdf)
    paginas = [pagina.get_textpage().get_text_range().replace("\r\n", "\n") for pagina in documento]
    objeto = guardar_objeto(io.BytesIO(pdf), mime="application/pdf", paginas=len(paginas))
    adjuntar(item, AdjuntoNuevo(objeto, f"{elemento.id_externo}.pdf", paginas=paginas), actor)


def _relacionar(item: Item, elemento: ElementoDeMuestra, actor: Usuario) -> None:
    if elemento.relacion is None:
        return
    destino = Item.objects.get(id_externo=elemento.relacion.id_externo)
    correcciones = [{"donde": c.donde, "dice": str(c.dice), "debe": str(c.debe)} for c in elemento.relacion.correcciones]
    relacionar(item, RelacionNueva(destino, "fe_de_erratas_de", correcciones), actor)


def _recorrer(item: Item, elemento: ElementoDeMuestra, elenco: Elenco) -> None:
    momento = timezone.make_aware(datetime.combine(elemento.fecha, time.fromisoformat(elemento.hora)))
    for accion in RUTAS[elemento.estado]:
        actor = elenco.redaccion if accion == "enviar_a_revision" else elenco.titular
        motivo = elemento.motivo if accion in {"cancelar", "retirar"} else ""
        transitar(item, accion, actor, motivo=motivo, ahora=momento)


@transaction.atomic
def catalogar(elemento: ElementoDeMuestra, elenco: Elenco) -> Item:
    """Da de alta un elemento con sus archivos y lo lleva a su estado, todo o nada."""
    item = _nuevo(elemento)
    cuerpo = elemento.cuerpo_html or None
    guardar(item, Edicion(actor=elenco.redaccion, cuerpo_html=cuerpo, temas=list(elemento.temas)))
    _colgar_fotos(item, elemento, elenco.redaccion)
    if elemento.publicacion is not None:
        _colgar_pdf(item, elemento, elenco.redaccion)
    _relacionar(item, elemento, elenco.redaccion)
    _recorrer(item, elemento, elenco)
    return item


def sembrar(progreso: Avisar) -> int:
    """Carga la muestra y devuelve cuántos elementos se dieron de alta. Se puede repetir y matar: sigue donde quedó.

    Lanza `CambioRechazado` si el ciclo de la oficina no admite algún paso.
    """
    elenco = _institucion_y_elenco()
    ya_estan = set(Item.objects.filter(id_externo__startswith="muestra-").values_list("id_externo", flat=True))
    altas = 0
    for elemento in generar():
        if elemento.id_externo in ya_estan:
            continue
        catalogar(elemento, elenco)
        altas += 1
        if altas % CADA_CUANTOS == 0:
            progreso(f"{altas} elementos de muestra en el archivo…")
    progreso("Actos, fotografías, notas de los medios, síntesis y campañas…")
    altas += cubrir(elenco)
    sembrar_expedientes(progreso)
    return altas


def cubrir(elenco: Elenco) -> int:
    """Da de alta lo que rodea a los boletines ya sembrados; todo o nada."""
    with transaction.atomic():
        return Cobertura(elenco).sembrar()
