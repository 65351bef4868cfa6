"""Qué declara un tipo de elemento. Nada más: si el comportamiento difiere, es otro concepto."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from archivo.catalogo.relaciones import ClaseDeRelacion

if TYPE_CHECKING:
    from archivo.catalogo.models.item import Item
    from archivo.identidad.puerta import Paso

PDF_E_IMAGENES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff", "text/plain"})
GRABACIONES = frozenset(
    {
        "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/x-wav", "audio/wav", "audio/vnd.wave", "audio/ogg", "audio/flac", "audio/x-flac",
        "audio/aac", "audio/x-hx-aac-adts", "audio/webm", "audio/x-aiff", "audio/aiff", "video/mp4", "video/x-m4v", "video/quicktime",
        "video/webm", "video/x-matroska", "video/mpeg", "video/mp2t", "video/x-msvideo", "video/3gpp", "video/ogg",
    }
)  # fmt: skip
QUIENES_REDACTAN = ("redaccion", "titular", "archivo_tramite")


class FichaForm(forms.Form):
    """La ficha de un tipo: sus campos propios. Se guarda como JSON con los valores que `cleaned_data` da.

    `grupos` reparte los campos en renglones del formulario: título del grupo → renglones de nombres. Lo que no se nombra va al
    primer grupo, un campo por renglón. `ejemplo` es una ficha que pasa sus propias reglas: con ella se prueban las pantallas de
    cualquier tipo.
    """

    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {}
    ejemplo: ClassVar[Mapping[str, Any]] = {}

    def como_json(self) -> dict[str, Any]:
        """Los valores limpios, sin vacíos, como JSON los devolverá."""
        limpios = {clave: para_json(valor) for clave, valor in self.cleaned_data.items()}
        return {clave: valor for clave, valor in limpios.items() if valor is not False and valor not in (None, "", [])}


def para_json(valor: Any) -> Any:
    """Un valor limpio con la forma en que se guarda: fechas ISO 8601, horas `07:15`, decimales como texto."""
    if isinstance(valor, time):
        return valor.isoformat("minutes" if valor.second == 0 else "seconds")
    if isinstance(valor, date):
        return valor.isoformat()
    return str(valor) if isinstance(valor, Decimal) else valor


@dataclass(frozen=True)
class CampoDeBusqueda:
    """Un campo de la ficha que se busca, filtra y cuenta. `valores` da los textos del índice; `rotulo`, cómo se muestra uno.

    `publico`: va al índice de cualquiera. `en_restringido`: también cuando el texto no es público, porque es cita bibliográfica.
    """

    nombre: str
    etiqueta: str
    valores: Callable[["Item"], Sequence[str]]
    rotulo: Callable[[str], str] = str
    publico: bool = True
    en_restringido: bool = False


@dataclass
class DeFila:
    """Lo que un tipo toma de una fila importada, además de lo común. `medio` es el nombre tal como viene."""

    ficha: dict[str, Any] = field(default_factory=dict)
    resumen: str = ""
    medio: str = ""


@dataclass(frozen=True)
class TipoDeItem:
    """La declaración de un tipo.

    `filas`: tipo de fila de importación → clave de la serie de numeración («» si no lleva).
    `leer_fila`: qué toma de los datos de una fila (las claves de `extra` que son campos de la ficha se toman solas).
    `largo_de_titulo`: máximo al capturar; lo que llega importado conserva el suyo.
    `texto_de_ficha`: campos de la ficha que entran al texto que se busca.
    `resena`: los datos que acompañan al título en una lista («El Centinela · Ciudad · pág. 7»).
    `documento`: compone el PDF propio del tipo (bytes), o None si no tiene.
    `guardia`: la razón por la que un elemento no puede dar un paso, o «» si puede.
    `revision`: la razón por la que una persona no puede guardarlo como está, o «».
    `faltas`: claves de lo que le falta (sus nombres, en `pendientes`); recibe `con_archivo`. No consulta la base.
    `identidad`: lo que ningún otro elemento repite (se guarda en una columna única), o None.
    `congelado_en`: estados en que su contenido ya no cambia; se hace otra edición.
    `directo`: quien lo captura lo incorpora sin que otra persona lo autorice.
    `escriben`: roles que lo capturan. `promocional`: se retira del sitio en veda electoral si es de una campaña.
    `es_album` dice de cada elemento si es una sesión fotográfica: en él cada fotografía se abre por separado.
    `con_medio`, `con_retratadas`: si su captura pide el medio que lo publicó o las personas que aparecen.
    `cita_publica`: sus datos propios son cita bibliográfica y se muestran aunque el texto sea de terceros.
    `basta_la_ficha`: su página está completa aunque no lleve texto ni archivos.
    `contexto`: lo que su plantilla pública necesita calcular. `esquema_org`: su tipo en schema.org.
    `ficha_de_archivo`: lo que la ficha toma del archivo ingresado (su formato y los `datos` del adjunto).
    `serie_sugerida`: clave de la serie documental que se propone al integrarlo a un expediente.
    `se_lee_la_imagen`: de una imagen suelta se busca el texto (OCR); de una fotografía, no.
    `repite`: campos de la ficha que se copian al capturar otro igual, además de aquellos por los que cualquiera filtra.
    """

    codigo: str
    nombre: str
    nombre_plural: str
    icono: str
    modelo: type["Item"]
    ficha: type[FichaForm]
    plantilla: str = "portal/elemento.html"
    mimes: frozenset[str] = PDF_E_IMAGENES
    filas: Mapping[str, str] = field(default_factory=dict)
    leer_fila: Callable[[Mapping[str, Any]], DeFila] | None = None
    campos: tuple[CampoDeBusqueda, ...] = ()
    texto_de_ficha: tuple[str, ...] = ()
    resena: Callable[["Item"], Sequence[str]] | None = None
    relaciones: tuple[ClaseDeRelacion, ...] = ()
    estado_publico: str = "publicado"
    acceso_inicial: str = "interno"
    se_numera: bool = False
    lleva_cuerpo: bool = False
    largo_de_titulo: int = 1000
    documento: Callable[["Item", str], bytes] | None = None
    guardia: Callable[["Item", "Paso"], str] | None = None
    revision: Callable[["Item"], str] | None = None
    faltas: Callable[..., Sequence[str]] | None = None
    pendientes: Mapping[str, str] = field(default_factory=dict)
    identidad: Callable[["Item"], str] | None = None
    congelado_en: frozenset[str] = frozenset()
    directo: bool = False
    escriben: tuple[str, ...] = QUIENES_REDACTAN
    promocional: bool = False
    con_medio: bool = False
    con_retratadas: bool = False
    es_album: Callable[["Item"], bool] | None = None
    admite_futuro: bool = False
    cita_publica: bool = False
    basta_la_ficha: bool = False
    contexto: Callable[["Item"], Mapping[str, Any]] | None = None
    esquema_org: str = "CreativeWork"
    serie_sugerida: str = ""
    repite: tuple[str, ...] = ()
    se_lee_la_imagen: bool = True
    ficha_de_archivo: Callable[[str, Mapping[str, Any]], dict[str, Any]] | None = None


def ficha_completa(ficha: type[FichaForm], item: "Item") -> str:
    """La razón por la que la ficha no basta para dar un paso, o «»: las mismas reglas que al capturarla."""
    formulario = ficha({c: v for c, v in item.ficha.items() if c in ficha.base_fields})
    if formulario.is_valid():
        return ""
    faltas = (
        f"{formulario.fields[nombre].label if nombre in formulario.fields else 'Ficha'}: {' '.join(map(str, mensajes))}"
        for nombre, mensajes in formulario.errors.items()
    )
    return f"La ficha no está completa. {' '.join(faltas)}"
