"""Lo que un impreso necesita saber. Sin modelos: quien catalogue llena estos datos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from .arbol import Bloque, Texto


@dataclass(frozen=True, slots=True)
class Institucion:
    """Quien emite. `identidad` cambia colores (tela, tela_tinta, manila, manila_2, manila_tinta, hilo, accion);
    `veda` los neutraliza y quita el emblema mientras dura la veda electoral. `emblema`: SVG o PNG."""

    nombre: str
    area: str = ""
    domicilio: str = ""
    sitio: str = ""
    identidad: Mapping[str, str] = field(default_factory=dict)
    veda: bool = False
    emblema: bytes | None = None
    alt_emblema: str = "Emblema del archivo: carpeta atada con hilo"


@dataclass(frozen=True, slots=True)
class Foto:
    """Una fotografía con su pie. `alt` describe lo que se ve y es obligatorio (PDF/UA-1)."""

    contenido: bytes
    alt: str
    pie: str
    credito: str = ""
    clave: str = ""


@dataclass(frozen=True, slots=True)
class Contacto:
    """A quién llaman los medios."""

    nombre: str
    cargo: str = ""
    telefono: str = ""
    correo: str = ""
    horario: str = ""


@dataclass(frozen=True, slots=True)
class Correccion:
    """Un dato corregido: dónde estaba, qué decía y qué debe decir. Si son cadenas, lo distinto se marca solo."""

    donde: str
    dice: Texto
    debe: Texto


@dataclass(frozen=True, slots=True)
class Relacion:
    """El documento al que este se refiere. Con `correcciones`, es una fe de erratas."""

    folio: str
    fecha: date
    titulo: str
    correcciones: Sequence[Correccion] = ()
    verbo: str = "Corrige al"
    nombre: str = "boletín"


@dataclass(frozen=True, slots=True)
class DatosDeBoletin:
    """Un boletín (o comunicado, tarjeta, invitación, versión estenográfica) listo para imprimirse.

    `cuerpo` es el árbol de texto. `embargo_hasta` va en la hora local que `huso` nombra. `enlace` es la dirección
    completa en el portal. `marca` cruza la hoja (BORRADOR, CANCELADO).
    """

    institucion: Institucion
    serie: str
    titulo: str
    fecha: date
    cuerpo: Sequence[Bloque]
    folio: str = ""
    lugar: str = ""
    emite: str = ""
    vocero: str = ""
    temas: Sequence[str] = ()
    codigo: str = ""
    enlace: str = ""
    balazos: Sequence[str] = ()
    fotografias: Sequence[Foto] = ()
    contacto: Contacto | None = None
    embargo_hasta: datetime | None = None
    huso: str = "del centro de México"
    relacion: Relacion | None = None
    marca: str = ""


@dataclass(frozen=True, slots=True)
class Capitulo:
    """Un capítulo: su título abre página (salvo en folletos y gacetas). En `bloques`, una foto es
    `{"tipo": "foto", "foto": CLAVE}` con la clave en `DatosDePublicacion.fotos`."""

    titulo: str
    bloques: Sequence[Bloque]
    entradilla: str = ""


@dataclass(frozen=True, slots=True)
class DatosDePublicacion:
    """Una publicación oficial. `estilo`: `libro` (portada de tela, capítulos que abren página), `gaceta`
    (cabezal de periódico con su sumario) o `folleto` (breve, sin índice). `legales` son renglones de la página
    legal (etiqueta, valor); los vacíos no se imprimen."""

    institucion: Institucion
    tipo: str
    titulo: str
    fecha: date
    capitulos: Sequence[Capitulo]
    estilo: Literal["libro", "gaceta", "folleto"] = "libro"
    numero: str = ""
    periodo: str = ""
    entradilla: str = ""
    codigo: str = ""
    enlace: str = ""
    temas: Sequence[str] = ()
    legales: Sequence[tuple[str, str]] = ()
    aviso: str = ""
    portada: Foto | None = None
    fotos: Mapping[str, Foto] = field(default_factory=dict)
    marca: str = ""
