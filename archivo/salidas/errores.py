"""Errores de los impresos: dicen qué pasó y qué se puede hacer."""


class ErrorDeImpreso(Exception):
    """Un impreso no puede componerse; el mensaje es para una persona."""


class FaltaTextoAlternativo(ErrorDeImpreso):
    """Una imagen no trae descripción y el PDF accesible (PDF/UA-1) la exige."""

    def __init__(self, pie: str) -> None:
        super().__init__(f"Falta la descripción de la fotografía «{pie[:80]}». Escriba su texto alternativo y vuelva a componer.")


class ImagenNoAdmitida(ErrorDeImpreso):
    """Los bytes de una imagen no pueden leerse o son desmesurados."""


class RecursoAusente(ErrorDeImpreso):
    """El texto menciona una imagen que no se entregó."""


class ArbolInvalido(ErrorDeImpreso):
    """Un bloque del árbol de texto no es de los que el impreso sabe componer."""


class ComposicionImposible(ErrorDeImpreso):
    """El compositor rechazó los datos; `detalle` trae lo que dijo, para quien da soporte."""

    def __init__(self, plantilla: str, detalle: str) -> None:
        self.detalle = detalle
        super().__init__(
            f"No se pudo componer el impreso «{plantilla}». Revise sus datos; "
            f"si el error sigue, avise a soporte con este detalle: {detalle[:300]}"
        )
