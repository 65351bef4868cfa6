"""Por qué un acto no procede, en palabras para quien lo intentó."""

from archivo.catalogo.puerta import CambioRechazado


class ActoRechazado(CambioRechazado):
    """No procede; el mensaje dice qué falta o quién puede."""


class LibroOcupado(ActoRechazado):
    """Otra persona está expidiendo en el mismo libro y no terminó a tiempo."""


class ReservaPerdida(ActoRechazado):
    """El folio reservado venció antes de terminar y otra expedición lo tomó: hay que repetir. No se consumió ninguno."""
