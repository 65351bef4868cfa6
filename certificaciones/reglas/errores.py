"""Por qué una regla no deja seguir, en palabras para quien lo intentó."""

from archivo.catalogo.puerta import CambioRechazado


class ReglaRechazada(CambioRechazado):
    """Lo pedido no procede. `faltas` dice cada razón por separado; el mensaje, todas."""

    def __init__(self, *faltas: str) -> None:
        super().__init__(" ".join(faltas))
        self.faltas = list(faltas)


class SinFacultad(ReglaRechazada):
    """La persona no puede certificar eso ese día."""


class SinTarifa(ReglaRechazada):
    """No hay una tarifa vigente con monto para lo que se quiere cobrar."""


class TextoRechazado(ReglaRechazada):
    """El modelo de texto no sirve, o le falta un dato para redactarse."""
