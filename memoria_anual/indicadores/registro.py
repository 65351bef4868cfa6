"""El registro de indicadores declarados: una clave repetida es un error al arrancar."""

from django.core.exceptions import ImproperlyConfigured

from memoria_anual.indicadores.declaracion import Indicador

_declarados: dict[str, Indicador] = {}


class IndicadorDesconocido(KeyError):
    """No hay un indicador con esa clave."""

    def __str__(self) -> str:
        return f"No existe el indicador «{self.args[0]}»."


def registrar_indicador(indicador: Indicador) -> Indicador:
    """Da de alta un indicador declarado en código."""
    if indicador.clave in _declarados:
        raise ImproperlyConfigured(f"Hay dos indicadores con la clave «{indicador.clave}».")
    _declarados[indicador.clave] = indicador
    return indicador


def declarados() -> tuple[Indicador, ...]:
    """Los declarados en código, en el orden en que se declararon."""
    return tuple(_declarados.values())


def registrado_en_codigo(clave: str) -> bool:
    """¿Es la clave de un indicador del producto?"""
    return clave in _declarados
