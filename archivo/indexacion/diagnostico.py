"""¿Contesta el motor del operador lo mismo que la referencia? Se prueba con un índice aparte, que se borra al terminar."""

from dataclasses import asdict, dataclass

from django.conf import settings

from archivo.indexacion.motor import opciones
from archivo.indexacion.servicios import EstadoDelIndice, estado
from search import check_engine, trial_engine


@dataclass
class Diagnostico(EstadoDelIndice):
    """El estado del índice y lo que se halló al probar el motor. `diferencias` cuenta las respuestas distintas."""

    version: str = ""
    preguntas: int = 0
    milisegundos: float = 0.0
    detalle: tuple[str, ...] = ()


def diagnosticar() -> Diagnostico:
    """Corre el contrato de los motores sobre el que dice ACERVO_BUSQUEDA, sin tocar el índice del archivo.

    Raises:
        EngineAbsent: el motor no contesta.
    """
    with trial_engine(settings.ACERVO_BUSQUEDA, opciones()) as de_prueba:
        hallado = check_engine(de_prueba)
    return Diagnostico(
        **asdict(estado()) | {"diferencias": hallado.different},
        version=hallado.version,
        preguntas=hallado.asked,
        milisegundos=hallado.milliseconds,
        detalle=hallado.told,
    )
