"""Por qué no procede un cambio en un instrumento, en palabras para quien lo intentó."""

from archivo.catalogo.puerta import CambioRechazado


class InstrumentoRechazado(CambioRechazado):
    """El cambio en el cuadro o en una ficha no procede. `faltas` dice cada razón por separado; el mensaje, todas."""

    def __init__(self, *faltas: str) -> None:
        super().__init__(" ".join(faltas))
        self.faltas = list(faltas)
