"""Las reglas que cada tipo declara, aplicadas al guardar y al dar un paso."""

from archivo.catalogo.models import Item
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.tipos.registro import tipo_de
from archivo.identidad.puerta import Paso

_CONTENIDO = ("titulo", "fecha", "fecha_hasta", "ficha", "resumen")


def revisar_por_tipo(item: Item, antes: Item | None, *, cambia_el_texto: bool, con_actor: bool) -> None:
    """Lo que el tipo exige de un elemento que se guarda; fija también lo que lo hace único.

    Raises:
        CambioRechazado: el contenido ya no cambia, ya hay otro igual, o su tipo no lo admite.
    """
    tipo = tipo_de(item.tipo)
    if antes is not None and antes.estado in tipo.congelado_en and (cambia_el_texto or _cambia_el_contenido(antes, item)):
        raise CambioRechazado(f"{tipo.nombre}: lo autorizado no se cambia. Haga una edición nueva que lo sustituya.")
    if razon := tipo.revision(item) if tipo.revision and con_actor else "":
        raise CambioRechazado(razon)
    _fijar_identidad(item)


def _cambia_el_contenido(antes: Item, item: Item) -> bool:
    return any(getattr(antes, campo) != getattr(item, campo) for campo in _CONTENIDO)


def _fijar_identidad(item: Item) -> None:
    tipo = tipo_de(item.tipo)
    propia = tipo.identidad(item) if tipo.identidad and item.estado != "cancelado" else ""
    item.identidad = f"{tipo.codigo}:{propia}" if propia else None
    if item.identidad is None:
        return
    otro = Item.objects.filter(identidad=item.identidad).exclude(pk=item.pk).first()
    if otro is not None:
        raise CambioRechazado(
            f"Ya existe: «{otro.titulo}» ({otro.clave}). Cambie la fecha, la clase o el número de edición, o corrija aquélla."
        )


def impide_el_paso(item: Item, paso: Paso) -> str:
    """La razón del tipo para que un elemento no dé un paso, o «»."""
    guardia = tipo_de(item.tipo).guardia
    return guardia(item, paso) if guardia else ""
