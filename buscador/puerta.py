"""La puerta del buscador: lo que otras casas preguntan con la misma petición que la página y la orden."""

from collections.abc import Iterator
from datetime import date

from archivo.identidad.puerta import Lector, RolVigente
from archivo.indexacion.puerta import ambito_de, motor
from archivo.portal.puerta import leer_consulta
from buscador.folios import consulta_con_folio
from buscador.peticion import MODOS, Peticion, PeticionInutilizable, leer_filtros
from search import Between, SearchRequest

__all__ = ["Peticion", "PeticionInutilizable", "claves_de_la_oficina", "leer_filtros"]

_CUALQUIERA_DE_LA_OFICINA = Lector(roles=(RolVigente("cotejo", None),))
"""Un rol que no abre lo reservado, lo confidencial ni los borradores de ningún área."""


def claves_de_la_oficina(peticion: Peticion, desde: date, hasta: date) -> Iterator[str]:
    """Todas las claves que esa búsqueda encuentra con fecha que toca esos días, entre lo que ve cualquiera de la oficina.

    Sin tope y de una sola foto del índice. Una fecha imprecisa aparece si su intervalo los toca: quien cuente por día, escoge.

    Raises:
        PeticionInutilizable: un filtro no existe o su valor no se entiende.
        SearchError: el motor no responde o hay que rehacer su índice.
    """
    leida = leer_consulta(peticion.texto)
    filtros = peticion.filtros_del_motor()
    filtros.setdefault("date", Between(desde.isoformat(), hasta.isoformat()))
    pedido = SearchRequest(
        ambito_de(_CUALQUIERA_DE_LA_OFICINA),
        consulta_con_folio(peticion.texto, leida),
        filters=filtros,
        sort="date",
        match=MODOS[peticion.modo],  # type: ignore[arg-type]
    )
    for lote in motor().export(pedido):
        yield from lote
