"""Todos los indicadores en uso: los declarados en código y los que la oficina armó con una búsqueda."""

from memoria_anual.indicadores.declaracion import Indicador
from memoria_anual.indicadores.models import IndicadorPropio
from memoria_anual.indicadores.propios import como_indicador
from memoria_anual.indicadores.registro import IndicadorDesconocido, declarados


def indicadores() -> list[Indicador]:
    """Los declarados, en su orden, y después los propios en uso. Una consulta."""
    return [*declarados(), *(como_indicador(p) for p in IndicadorPropio.objects.filter(activo=True))]


def indicador(clave: str) -> Indicador:
    """El indicador con esa clave; un propio que ya no está en uso también se puede consultar.

    Raises:
        IndicadorDesconocido: no lo hay.
    """
    declarado = next((i for i in declarados() if i.clave == clave), None)
    if declarado is not None:
        return declarado
    propio = IndicadorPropio.objects.filter(clave=clave).first()
    if propio is None:
        raise IndicadorDesconocido(clave)
    return como_indicador(propio)
