"""La puerta de cortes: lo único que los demás pisos usan de aquí."""

from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo
from memoria_anual.cortes import comparadas, congelar
from memoria_anual.cortes.comparacion import CambioDeCifra, CambioDeElemento, Comparacion, comparar
from memoria_anual.cortes.comparadas import es_breve, se_corta_al_momento, ultima_comparacion
from memoria_anual.cortes.congelar import cortar, elementos_de, puede_cortar, verificar
from memoria_anual.cortes.lecturas import CorteImposible
from memoria_anual.cortes.models import CambioHallado, CifraDeCorte, ComparacionHecha, Corte, ElementoDeCorte
from memoria_anual.cortes.tasks import comparar_corte, con_buscador, cortar_periodo
from memoria_anual.indicadores.puerta import Periodo

__all__ = [
    "CambioDeCifra",
    "CambioDeElemento",
    "CambioHallado",
    "CifraDeCorte",
    "Comparacion",
    "ComparacionHecha",
    "Corte",
    "CorteImposible",
    "ElementoDeCorte",
    "comparar",
    "con_buscador",
    "cortar",
    "elementos_de",
    "encargar_comparacion",
    "encargar_corte",
    "es_breve",
    "puede_cortar",
    "se_corta_al_momento",
    "ultima_comparacion",
    "verificar",
]


def encargar_corte(periodo: Periodo, actor: Usuario, motivo: str = "") -> Trabajo:
    """Encola el corte de ese periodo a nombre de esa persona, con su página de avance."""
    return congelar.encargar_corte(periodo, actor, cortar_periodo, motivo)


def encargar_comparacion(corte: Corte, con: Corte | None, actor: Usuario) -> Trabajo:
    """Encola la comparación de ese corte con otro, o con lo de ahora, a nombre de esa persona."""
    return comparadas.encargar_comparacion(corte, con, actor, comparar_corte)
