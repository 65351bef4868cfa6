"""La lista congelada de una cifra, de cincuenta en cincuenta, con los ojos de quien la lee."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from archivo.identidad.puerta import Lector, Usuario
from memoria_anual.cortes.puerta import CifraDeCorte, elementos_de
from memoria_anual.indicadores.puerta import visibles

POR_PAGINA = 50


@dataclass(frozen=True)
class Mirada:
    """Con qué ojos se lee una lista, y cómo lo dice la constancia de lo reservado que se muestre."""

    lector: Lector
    superficie: str
    usuario: Usuario | None = None


def pagina_de_lista(request: HttpRequest, fila: CifraDeCorte, mirada: Mirada) -> dict[str, Any]:
    """`{pagina, total, renglones: [(elemento, item|None)], ocultos}` de la página `?p=`."""
    pagina = Paginator(fila.lista, POR_PAGINA).get_page(request.GET.get("p"))
    tramo = elementos_de(fila, pagina.start_index() - 1 if fila.lista else 0, pagina.end_index())
    vistos = visibles(mirada.lector, tramo, superficie=mirada.superficie, usuario=mirada.usuario)
    return {
        "pagina": pagina, "total": len(fila.lista), "renglones": [(e, item) for e, item, se_ve in vistos if se_ve],
        "ocultos": sum(not se_ve for *_, se_ve in vistos),
    }  # fmt: skip
