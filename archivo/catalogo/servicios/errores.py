"""Lo que puede impedir un cambio, en palabras para quien lo intentó."""


class CambioRechazado(Exception):
    """El cambio no procede; el mensaje dice por qué y qué hacer."""


class TransicionRechazada(CambioRechazado):
    """El paso de estado no procede."""
