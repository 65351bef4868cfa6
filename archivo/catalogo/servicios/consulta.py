"""Abrir un elemento para leerlo: la regla de acceso y, si el nivel lo pide, la constancia."""

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo import acceso
from archivo.catalogo.claves import es_valida
from archivo.catalogo.models import Adjunto, Item
from archivo.identidad.puerta import Lector, Usuario


def abrir(clave: str, lector: Lector) -> Item | None:
    """El elemento con esa clave si esa persona puede ver su ficha; si no, None (como si no existiera)."""
    if not es_valida(clave):
        return None
    item = Item.objects.select_related("area", "serie", "medio").filter(clave=clave).first()
    return item if item is not None and acceso.puede_ver_ficha(lector, item) else None


def abrir_texto(item: Item, lector: Lector, adjunto: Adjunto | None = None) -> bool:
    """¿Puede leer el texto o el archivo?"""
    return acceso.puede_ver_texto(lector, item, adjunto)


def dejar_constancia_de_lectura(item: Item, usuario: Usuario | None, superficie: str, ip: str | None = None) -> None:
    """Anota quién leyó algo reservado o confidencial. Si no se puede anotar, la excepción impide la lectura."""
    if acceso.se_audita(item):
        registrar(
            SucesoNuevo(
                clase="item.consultado", objeto=f"item:{item.clave}", actor=usuario, ip=ip, detalle={"superficie": superficie}
            )
        )
