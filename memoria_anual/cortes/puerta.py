"""La puerta de cortes: lo único que los demás pisos usan de aquí."""

from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo
from memoria_anual.cortes import congelar
from memoria_anual.cortes.comparacion import CambioDeCifra, CambioDeElemento, Comparacion, comparar
from memoria_anual.cortes.congelar import cortar, elementos_de, puede_cortar, verificar
from memoria_anual.cortes.lecturas import CorteImposible
from memoria_anual.cortes.models import CifraDeCorte, Corte, ElementoDeCorte
from memoria_anual.cortes.tasks import cortar_periodo
from memoria_anual.indicadores.puerta import Periodo

__all__ = [
    "CambioDeCifra",
    "CambioDeElemento",
    "CifraDeCorte",
    "Comparacion",
    "Corte",
    "CorteImposible",
    "ElementoDeCorte",
    "comparar",
    "cortar",
    "elementos_de",
    "encargar_corte",
    "puede_cortar",
    "verificar",
]


def encargar_corte(periodo: Periodo, actor: Usuario, motivo: str = "") -> Trabajo:
    """Encola el corte de ese periodo a nombre de esa persona, con su página de avance."""
    return congelar.encargar_corte(periodo, actor, cortar_periodo, motivo)
