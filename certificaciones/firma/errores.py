"""Lo que puede impedir una firma, dicho de modo que una persona sepa qué pasó y qué hacer."""


class ErrorDeFirma(Exception):
    """Lo común: no se firmó y no quedó ningún documento a medias."""


class FirmaSinConfigurar(ErrorDeFirma):
    """Falta un ajuste, una biblioteca o un archivo sin el que este modo de firma no existe."""


class SelloPendiente(ErrorDeFirma):
    """La autoridad de sellos de tiempo o la de estado de certificados no contestó, o contestó algo que no sirve.

    La certificación queda «pendiente de sello» y se reintenta: nunca se emite con una firma más débil.
    """


class CertificadoRechazado(ErrorDeFirma):
    """El certificado no puede firmar: no es e.firma, venció, está revocado, no es de confianza o es de otra persona."""


class FirmaRechazada(ErrorDeFirma):
    """La firma que llegó no corresponde al documento o al certificado, o la copia firmada no pasó la validación."""


class PeticionVencida(ErrorDeFirma):
    """La petición de firma no existe, ya se usó, venció o es de otra persona: hay que pedir otra."""
