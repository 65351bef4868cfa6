"""Lo que entra a una copia certificada y lo que sale de ella."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from archivo.salidas import Bloque, Institucion, Texto

Caras = Literal["anverso", "ambos", "reverso_en_blanco"]
Papel = Literal["foja", "carta"]

#: Modos de firma en que la copia lleva preparado el campo `FirmaCertificacion`.
ELECTRONICOS = frozenset({"efirma", "firma_local", "pkcs11", "sello", "mixta"})


class FuenteRechazada(Exception):
    """Una fuente no puede copiarse fielmente. `motivo` dice qué pasó y qué hacer; `clase`, de qué caso se trata.

    Con `confirmable`, quien certifica puede abrir el archivo, ver que se lee completo y pedir la copia otra vez con
    `Fuente.confirmada`: entonces se copia la imagen de lo que se ve y la certificación lo dice.
    """

    def __init__(self, nombre: str, motivo: str, clase: str = "", *, confirmable: bool = False) -> None:
        self.nombre, self.motivo, self.clase, self.confirmable = nombre, motivo, clase, confirmable
        super().__init__(f"«{nombre}»: {motivo}")


class CopiaImposible(Exception):
    """La copia no puede hacerse con los datos que se dieron; el mensaje dice qué corregir."""


@dataclass(frozen=True, slots=True)
class Fuente:
    """Un documento que se copia: un archivo (`ruta`) o, sin él, el texto que el archivo conserva (`arbol`).

    `paginas` (desde 1) elige una parte; None es el documento entero. `sha256` es la huella del archivo completo. `adjuntar`
    permite adjuntar el original idéntico. `dictamen` es lo que resultó de validar las firmas que el original ya trae.
    `confirmada`: quien certifica vio que el archivo dañado se lee completo.
    """

    nombre: str
    titulo: str
    ruta: Path | None = None
    sha256: str = ""
    mime: str = "application/pdf"
    paginas: tuple[int, ...] | None = None
    caras: Caras = "anverso"
    arbol: tuple[Bloque, ...] | None = None
    adjuntar: bool = True
    expediente: str = ""
    dictamen: str = ""
    confirmada: bool = False


@dataclass(frozen=True, slots=True)
class Acta:
    """Todo lo impreso y adjunto del acto, ya redactado. `emitida` lleva su huso; `datos` es lo que guarda `acta.json`.

    `parrafos` son textos (cadena o trozos `{"t", "negrita"?, "cursiva"?}`); el que dice sólo «CERTIFICA» se compone como tal.
    `url_verificacion` es la dirección completa que lleva el QR. `fojas`, si se da, es la cuenta que el texto afirma: si no es
    la de la copia, no se hace. `segundo_codigo` abre la consulta de las fojas: va sólo en la hoja de certificación. Los opcionales
    vacíos no se imprimen.
    """

    folio: str
    codigo: str
    url_verificacion: str
    institucion: Institucion
    parrafos: tuple[Texto, ...]
    lugar_y_fecha: str
    certificador: str
    cargo: str
    emitida: datetime
    titulo: str = "Certificación de copia"
    resumen: str = ""
    cotejo: str = ""
    elaboro: str = ""
    derechos: str = ""
    modo_de_firma: str = "autografa"
    ensayo: bool = False
    version_publica: bool = False
    fojas: int | None = None
    tipo: str = ""
    expediente: str = ""
    numero_de_certificado: str = ""
    segundo_codigo: str = ""
    sello_digital: str = ""
    datos: Mapping[str, Any] = field(default_factory=dict)

    @property
    def electronica(self) -> bool:
        """¿La copia lleva preparado el lugar de una firma electrónica?"""
        return self.modo_de_firma in ELECTRONICOS


@dataclass(frozen=True, slots=True)
class CuentaDeFuente:
    """Lo que ocupa una fuente en la copia: su foja inicial y final, sus páginas y cómo se obtuvo cada una (`rutas`)."""

    nombre: str
    foja_inicial: int
    foja_final: int
    fojas: int
    paginas: int
    rutas: tuple[str, ...]
    firmas: int = 0


@dataclass(frozen=True, slots=True)
class Cuenta:
    """Cuántas fojas y páginas tendrá la copia, en total y por fuente, en su orden; y lo que hay que decir de cada una."""

    fojas: int
    paginas: int
    por_fuente: tuple[CuentaDeFuente, ...]
    rutas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CajaDeFirma:
    """Dónde va la firma: página (desde 1) y rectángulo en puntos desde abajo a la izquierda (x0, y0, x1, y1)."""

    pagina: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Huella:
    """Un archivo copiado y su SHA-256, como se imprime en el anexo. `adjunto`: va dentro del PDF."""

    nombre: str
    sha256: str
    bytes: int
    adjunto: bool = False


@dataclass(frozen=True, slots=True)
class Tomo:
    """Uno de los archivos de la copia: sus fojas (continuas entre tomos), sus páginas y su huella."""

    numero: int
    de: int
    ruta: Path
    foja_inicial: int
    foja_final: int
    paginas: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CopiaCompuesta:
    """La copia sin firmar. `ruta`, `paginas` y `sha256` son los del primer tomo; casi siempre es el único.

    `norma` es lo que declara: `3a` (con PDF/UA-1), `3b` o nada, según lo que lo copiado permite. `pasos`: segundos de cada parte;
    `memoria`: bytes que llegó a ocupar el ensamble.
    """

    ruta: Path
    fojas: int
    paginas: int
    sha256: str
    huellas: tuple[Huella, ...]
    huella_del_conjunto: str
    cadena_original: str
    rutas: tuple[str, ...]
    caja_de_firma: CajaDeFirma
    tomos: tuple[Tomo, ...]
    norma: str = "3a"
    pasos: Mapping[str, float] = field(default_factory=dict)
    memoria: int = 0
