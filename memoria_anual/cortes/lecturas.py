"""Leer la lista de una cifra cuando de todo lo que cuenta ya se sabe qué es."""

from collections.abc import Callable, Container, Iterable

from memoria_anual.indicadores.puerta import Indicador, Lectura, Periodo, Renglon

INTENTOS = 3


class CorteImposible(Exception):
    """No se pudo cortar o comparar; el mensaje dice por qué y qué hacer."""


def leer_entera(
    regla: Indicador,
    periodo: Periodo,
    anotados: Container[tuple[str, int]],
    anotar: Callable[[Iterable[Renglon]], None],
) -> Lectura:
    """La lista de una cifra. Lo que aún no está entre los anotados se anota; lo que cambia a mitad obliga a leer otra vez.

    Raises:
        CorteImposible: el archivo cambia tanto que la cifra no se deja leer entera.
    """
    clase = regla.fuente.clase
    for _ in range(INTENTOS):
        lectura = regla.leer(periodo)
        if any((clase, fila) not in anotados for fila in lectura.filas):
            anotar(regla.fuente.renglones(periodo))
        if all((clase, fila) in anotados for fila in lectura.filas):
            return lectura
    raise CorteImposible(
        f"Los documentos de {regla.clave} están cambiando mientras se cuentan. Espere a que termine la carga en curso y vuelva a pedirlo."
    )
