"""Lo que el registro se niega a hacer, dicho para una persona."""


class ErrorDeRegistro(Exception):
    """El registro no puede asentar o probar algo; el mensaje dice qué pasó y qué hacer."""


class HojaInvalida(ErrorDeRegistro):
    """La hoja trae algo que no se publica, o le falta lo indispensable."""


class LlavePerdida(ErrorDeRegistro):
    """La llave con que se firmaban los puntos de control no está donde debe."""


class SinSelloDeTiempo(ErrorDeRegistro):
    """La autoridad de sellado no contestó o contestó algo que no es el sello pedido."""
