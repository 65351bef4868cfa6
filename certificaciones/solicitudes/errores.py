"""Por qué no procede lo que se pidió sobre una solicitud, en palabras."""

from archivo.catalogo.puerta import CambioRechazado


class SolicitudRechazada(CambioRechazado):
    """No procede. `faltas` dice cada razón por separado; el mensaje, todas."""

    def __init__(self, *faltas: str) -> None:
        super().__init__(" ".join(faltas))
        self.faltas = list(faltas)
