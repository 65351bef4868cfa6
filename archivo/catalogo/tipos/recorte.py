"""El recorte: una nota de prensa, agencia, digital, red social, radio o televisión que se guarda con su testigo.

Su texto es obra de terceros: nace restringido por derechos (LFDA art. 148), con ficha y resumen a la vista de cualquiera.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.relaciones import ClaseDeRelacion
from archivo.catalogo.rotulos import rotulo, rotulos
from archivo.catalogo.tipos.base import (
    GRABACIONES,
    PDF_E_IMAGENES,
    CampoDeBusqueda,
    DeFila,
    FichaForm,
    TipoDeItem,
    ficha_completa,
)
from archivo.catalogo.tipos.campos import DuracionField, FechaField, HoraField, RenglonesField, SeccionField, opciones
from archivo.catalogo.tipos.registro import registrar_tipo
from archivo.identidad.puerta import Paso

MEDIOS = [
    ("prensa", "Prensa"),
    ("agencia", "Agencia"),
    ("digital", "Digital"),
    ("red_social", "Red social"),
    ("radio", "Radio"),
    ("television", "Televisión"),
]
GENEROS = [
    ("nota", "Nota informativa"),
    ("columna", "Columna"),
    ("editorial", "Editorial"),
    ("articulo", "Artículo de opinión"),
    ("entrevista", "Entrevista"),
    ("reportaje", "Reportaje"),
    ("cronica", "Crónica"),
    ("carton", "Cartón"),
    ("fotonota", "Fotonota"),
    ("carta", "Carta"),
]
PLANAS = [
    ("primera_plana", "Primera plana"),
    ("ocho_columnas", "Ocho columnas"),
    ("contraportada", "Contraportada"),
    ("interior", "Interior"),
]
TRANSCRIPCIONES = [("automatica", "Hecha por máquina, sin revisar"), ("revisada", "Revisada por una persona")]
DE_AIRE = frozenset({"radio", "television"})
EN_LINEA = frozenset({"digital", "red_social"})
_RELLENO = frozenset({"resumen de menos de 140 caracteres"})
"""Lo que un gestor de contenidos deja en el sumario que nadie escribió."""


class RecorteFichaForm(FichaForm):
    """Lo propio de un recorte, según el medio que lo publicó."""

    ejemplo: ClassVar[Mapping[str, Any]] = {
        "tipo_medio": "prensa",
        "genero": "nota",
        "valoracion": "informativa",
        "seccion": "Ciudad",
        "pagina": "A3",
    }
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("tipo_medio", "genero", "valoracion"), ("relevante",)],
        "Prensa": [("seccion", "pagina", "plana")],
        "Radio y televisión": [("programa", "conductor"), ("hora_inicio", "duracion", "estacion")],
        "Digital": [("fecha_captura", "url_archivada")],
        "Transcripción y pies": [("transcripcion",), ("transcripcion_estado",), ("pies_de_foto",)],
        "Medición": [("costo_equivalente", "alcance"), ("metodologia",)],
    }

    tipo_medio = forms.ChoiceField(label="Clase de medio", choices=opciones(MEDIOS))
    genero = forms.ChoiceField(label="Género", choices=opciones(GENEROS))
    valoracion = forms.ChoiceField(label="Valoración", help_text="Sólo la ve la oficina.")
    relevante = forms.BooleanField(label="Es relevante", required=False)
    seccion = SeccionField(label="Sección", required=False)
    pagina = forms.CharField(label="Página", max_length=60, required=False, help_text="Como está impresa: A1, «12 y 13».")
    plana = forms.ChoiceField(label="Plana", choices=opciones(PLANAS), required=False)
    programa = forms.CharField(label="Programa", max_length=200, required=False)
    conductor = forms.CharField(label="Conduce", max_length=200, required=False)
    hora_inicio = HoraField(label="Hora en que empieza", required=False)
    duracion = DuracionField(label="Duración", required=False)
    estacion = forms.CharField(
        label="Estación o canal", max_length=120, required=False, help_text="Por ejemplo: XEJP 1150 AM, canal 8.1."
    )
    fecha_captura = FechaField(label="Se capturó el", required=False)
    url_archivada = forms.URLField(label="Copia archivada", max_length=1000, required=False, assume_scheme="https")
    transcripcion = forms.CharField(label="Transcripción", widget=forms.Textarea, required=False, help_text="Se busca.")
    transcripcion_estado = forms.ChoiceField(label="La transcripción está", choices=opciones(TRANSCRIPCIONES), required=False)
    pies_de_foto = RenglonesField(label="Pies de foto", required=False, help_text="Uno por renglón.")
    costo_equivalente = forms.DecimalField(label="Costo equivalente", min_value=0, decimal_places=2, required=False)
    alcance = forms.IntegerField(label="Alcance estimado", min_value=0, required=False, help_text="Personas.")
    metodologia = forms.CharField(label="Metodología", max_length=500, required=False, help_text="Cómo se estimó.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valoracion = cast("forms.ChoiceField", self.fields["valoracion"])
        valoracion.choices = opciones(rotulos("valoracion"))

    def clean(self) -> dict[str, Any]:
        """Lo que cada medio exige; una medida sin su método no se admite."""
        limpios = super().clean() or {}
        clase = limpios.get("tipo_medio")
        if clase in DE_AIRE:
            self._exigir(limpios, "programa", "Escriba el programa en que se transmitió.")
            self._exigir(limpios, "hora_inicio", "Escriba la hora en que empieza, por ejemplo 07:15.")
            self._exigir(limpios, "duracion", "Escriba cuánto dura, por ejemplo 00:03:20.")
        if clase in EN_LINEA:
            self._exigir(limpios, "fecha_captura", "Escriba qué día se capturó: las direcciones dejan de existir.")
        if limpios.get("transcripcion"):
            self._exigir(limpios, "transcripcion_estado", "Diga si la transcripción se revisó.")
        if limpios.get("costo_equivalente") is not None or limpios.get("alcance") is not None:
            self._exigir(limpios, "metodologia", "Diga con qué método se estimó; sin él la cifra no se guarda.")
        return limpios

    def _exigir(self, limpios: dict[str, Any], campo: str, mensaje: str) -> None:
        if not limpios.get(campo) and campo not in self.errors:
            self.add_error(campo, mensaje)


class Recorte(Item):
    """Una nota publicada o transmitida por un medio."""

    codigo_de_tipo: ClassVar[str] = "recorte"
    objects: ClassVar[ItemManager] = ItemManager(tipo="recorte")

    class Meta:
        proxy = True
        verbose_name = "recorte"
        verbose_name_plural = "recortes"


def _genero_de_fila(datos: Mapping[str, Any]) -> str:
    """El género que dice la fila, o el de su tipo y su sección."""
    seccion = str(datos["extra"].get("seccion") or "").casefold()
    if "editorial" in seccion:
        return "editorial"
    if "cartón" in seccion or "cartones" in seccion:
        return "carton"
    if datos["tipo"] == "opinion":
        return "columna" if "columna" in seccion else "articulo"
    return "nota" if datos["tipo"] == "nota_prensa" else ""


def _leer_fila(datos: Mapping[str, Any]) -> DeFila:
    """De una nota importada: su medio, su género, su sumario y los pies de sus imágenes."""
    extra = datos["extra"]
    ficha: dict[str, Any] = {"genero": _genero_de_fila(datos)}
    if datos["tipo"] in {"nota_prensa", "opinion"}:
        ficha["tipo_medio"] = "prensa"
    imagenes = extra.get("imagenes")
    pies = (
        [i["pie"].strip() for i in imagenes if isinstance(i, dict) and str(i.get("pie") or "").strip()]
        if isinstance(imagenes, list)
        else []
    )
    ficha["pies_de_foto"] = list(dict.fromkeys(pies))
    sumario = " ".join(str(extra.get("sumario") or extra.get("resumen") or "").split())
    return DeFila(
        ficha={c: v for c, v in ficha.items() if v},
        resumen="" if sumario.casefold() in _RELLENO else sumario,
        medio=str(extra.get("medio") or datos["fuente"]),
    )


def _faltas(item: Item, *, con_archivo: bool) -> Sequence[str]:
    ficha = item.ficha
    clase = ficha.get("tipo_medio", "")
    faltan = {
        "medio": item.medio_id is None,
        "tipo_medio": not clase,
        "seccion": clase == "prensa" and not ficha.get("seccion"),
        "hora_y_duracion": clase in DE_AIRE and not (ficha.get("hora_inicio") and ficha.get("duracion")),
        "testigo": clase in EN_LINEA and not con_archivo,
    }
    return [clave for clave, falta in faltan.items() if falta]


def _guardia(item: Item, paso: Paso) -> str:
    if paso.destino not in {"en_revision", "publicado"} or paso.accion == "reponer":
        return ""
    if item.medio_id is None:
        return "Falta el medio que lo publicó."
    return ficha_completa(RecorteFichaForm, item)


def _resena(item: Item) -> list[str]:
    """Dónde salió: sección y página, o programa y hora."""
    f = item.ficha
    pagina = f.get("pagina")
    hora = f.get("hora_inicio")
    piezas = [
        f.get("seccion"),
        f"pág. {pagina}" if pagina else "",
        f.get("programa"),
        f"{hora} h" if hora else "",
        f.get("duracion"),
    ]
    return [str(p) for p in piezas if p]


def _de_la_ficha(campo: str) -> Any:
    return lambda item: [str(v)] if (v := item.ficha.get(campo)) else []


_GENEROS = dict(GENEROS)

RECORTE = registrar_tipo(
    TipoDeItem(
        codigo="recorte",
        nombre="Recorte",
        nombre_plural="Recortes",
        icono="clipboard-list",
        modelo=Recorte,
        ficha=RecorteFichaForm,
        plantilla="portal/tipos/recorte.html",
        mimes=PDF_E_IMAGENES | GRABACIONES,
        filas={"nota_prensa": "", "opinion": ""},
        leer_fila=_leer_fila,
        repite=("tipo_medio", "programa", "conductor"),
        campos=(
            CampoDeBusqueda("seccion", "Sección", _de_la_ficha("seccion"), en_restringido=True),
            CampoDeBusqueda("genero", "Género", _de_la_ficha("genero"), lambda v: _GENEROS.get(v, v), en_restringido=True),
            CampoDeBusqueda(
                "valoracion", "Valoración", _de_la_ficha("valoracion"), lambda v: rotulo("valoracion", v), publico=False
            ),
        ),
        texto_de_ficha=("transcripcion", "pies_de_foto", "programa", "conductor", "seccion"),
        resena=_resena,
        relaciones=(
            ClaseDeRelacion(
                "cobertura_de", "Publicó el boletín", "Impacto en medios", frozenset({"recorte"}), frozenset({"boletin"})
            ),
            ClaseDeRelacion(
                "nota_madre", "Misma nota que", "También publicada en", frozenset({"recorte"}), frozenset({"recorte"})
            ),
        ),
        acceso_inicial="restringido_derechos",
        lleva_cuerpo=True,
        cita_publica=True,
        guardia=_guardia,
        faltas=_faltas,
        pendientes={
            "medio": "Falta el medio que lo publicó",
            "tipo_medio": "Falta la clase de medio",
            "seccion": "Falta la sección",
            "hora_y_duracion": "Falta la hora o la duración",
            "testigo": "Falta el testigo: una captura de lo publicado",
        },
        directo=True,
        escriben=("monitoreo", "redaccion", "titular", "archivo_tramite"),
        con_medio=True,
        esquema_org="NewsArticle",
        serie_sugerida="monitoreo",
    )
)
