"""El canal RSS o Atom de una búsqueda: sólo lo público, lo más reciente primero, con direcciones completas."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO
from buscador.peticion import Peticion
from buscador.servicios import buscar

EN_EL_CANAL = 50
CANALES = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def canal_de(peticion: Peticion, base: str, enlace: str, formato: str = "rss") -> str:
    """El XML, en un formato de `CANALES`. `base` es el origen del sitio sin diagonal final; `enlace`, la dirección de la búsqueda."""
    orden = "-fecha" if peticion.orden == "relevancia" else peticion.orden
    respuesta = buscar(replace(peticion, orden=orden, tamano=EN_EL_CANAL, pagina=1), ANONIMO, con_facetas=False)
    titulo = f"Acervo: «{peticion.texto}»" if peticion.texto else "Acervo: lo más reciente"
    canal = CANALES[formato](
        title=_limpio(titulo),
        link=f"{base}{enlace}",
        description="Documentos públicos que responden a esta búsqueda.",
        language="es-mx",
        feed_url=f"{base}{enlace}{'&' if '?' in enlace else '?'}formato={formato}",
    )
    for hallado in respuesta.resultados:
        item = hallado.item
        direccion = f"{base}{item.get_absolute_url()}"
        canal.add_item(
            title=_limpio(item.titulo),
            link=direccion,
            description=_limpio(item.resumen or hallado.fragmento.text),
            pubdate=_momento(item),
            unique_id=direccion,
            unique_id_is_permalink=True,
        )
    return canal.writeString("utf-8")


def _momento(item: Item) -> datetime | None:
    if item.publicado_en:
        return item.publicado_en
    return datetime.combine(item.fecha, time(12), UTC) if item.fecha else None


def _limpio(texto: str) -> str:
    return _CONTROL.sub(" ", texto)
