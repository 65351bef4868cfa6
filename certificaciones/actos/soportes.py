"""De qué es la copia: del ejemplar que obra en el expediente depende qué texto se puede usar."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Soporte:
    """Un origen posible: clave, nombre y número del modelo de texto que le toca; `concuerda`: ¿puede decir «con su original»?"""

    clave: str
    nombre: str
    modelo: int
    concuerda: bool = True


SOPORTES: dict[str, Soporte] = {
    s.clave: s
    for s in (
        Soporte("original_autografo", "Original con firma autógrafa", 1),
        Soporte("original_electronico", "Original firmado electrónicamente", 2),
        Soporte("copia_certificada", "Copia certificada que obra en el archivo", 3, concuerda=False),
        Soporte("copia_simple_en_archivo", "Copia simple que obra en el archivo", 4, concuerda=False),
        Soporte("version_publica", "Versión pública", 5),
        Soporte("recorte_medio", "Recorte de un medio", 6, concuerda=False),
        Soporte("audiovisual", "Audiovisual o soporte digital", 7),
        Soporte("impresion_portal", "Impresión de un portal", 8, concuerda=False),
    )
}
