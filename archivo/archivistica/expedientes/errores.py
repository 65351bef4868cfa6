"""Por qué no procede un cambio en un expediente, en palabras para quien lo intentó."""

from archivo.catalogo.puerta import CambioRechazado


class ExpedienteRechazado(CambioRechazado):
    """El cambio no procede. `faltas` dice cada razón por separado; el mensaje, todas."""

    def __init__(self, *faltas: str) -> None:
        super().__init__(" ".join(faltas))
        self.faltas = list(faltas)
