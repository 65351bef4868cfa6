"""El audiovisual: fotografías, álbumes, video, audio, transmisiones, spots e infografías animadas.

El consentimiento de quien aparece y las menores de edad son del elemento y de cada archivo (`ConDerechos`), no de la ficha.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.tipos.base import (
    GRABACIONES,
    PDF_E_IMAGENES,
    CampoDeBusqueda,
    DeFila,
    FichaForm,
    TipoDeItem,
    ficha_completa,
)
from archivo.catalogo.tipos.campos import DuracionField, FechaField, opciones
from archivo.catalogo.tipos.registro import registrar_tipo
from archivo.identidad.puerta import Paso

CLASES = [
    ("fotografia", "Fotografía"),
    ("album_fotografico", "Álbum fotográfico"),
    ("video", "Video"),
    ("audio", "Audio"),
    ("transmision_en_vivo", "Transmisión en vivo"),
    ("spot_tv", "Spot de televisión"),
    ("spot_radio", "Spot de radio"),
    ("infografia_animada", "Infografía animada"),
]
FORMATOS = [
    ("digital", "Digital de origen"),
    ("negativo_35", "Negativo de 35 mm"),
    ("diapositiva", "Diapositiva"),
    ("impresion", "Impresión fotográfica"),
    ("betacam", "Betacam"),
    ("vhs", "VHS"),
    ("hi8", "Hi8"),
    ("dvcam", "DVCAM"),
    ("casete", "Casete de audio"),
    ("disco", "Disco óptico"),
]
CONSERVACION = [("bueno", "Bueno"), ("regular", "Regular"), ("malo", "Malo"), ("perdida", "Con pérdida de información")]
SPOTS = frozenset({"spot_tv", "spot_radio"})


class AudiovisualFichaForm(FichaForm):
    """Lo propio de un audiovisual."""

    ejemplo: ClassVar[Mapping[str, Any]] = {
        "clase": "video",
        "duracion": "00:12:40",
        "autor_captura": "Área de Audiovisual",
        "pie": "Recorrido por la obra.",
    }
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("clase", "duracion"), ("autor_captura", "credito"), ("pie",)],
        "Selección": [("es_seleccion",), ("tomadas", "seleccionadas", "publicadas")],
        "Original": [("formato_fisico", "numero_de_soporte", "conservacion"), ("resolucion", "codec"), ("digitalizado_de",)],
        "Transmisión": [("plataforma", "url_publica"), ("reproducciones", "reproducciones_al")],
        "Spot": [("version", "clave_version")],
        "Transcripción": [("transcripcion",), ("capitulos",)],
    }

    clase = forms.ChoiceField(label="Clase", choices=opciones(CLASES))
    duracion = DuracionField(label="Duración", required=False)
    autor_captura = forms.CharField(label="Quién lo tomó", max_length=200, help_text="Fotógrafa, camarógrafo, realización.")
    credito = forms.CharField(label="Crédito", max_length=200, required=False, help_text="Como debe citarse al difundirlo.")
    pie = forms.CharField(
        label="Pie",
        widget=forms.Textarea,
        max_length=1000,
        required=False,
        help_text="Quién, qué, dónde y cuándo se ve. Hace falta para publicarlo.",
    )
    es_seleccion = forms.BooleanField(label="Es parte de la selección", required=False)
    tomadas = forms.IntegerField(label="Tomadas", min_value=0, required=False)
    seleccionadas = forms.IntegerField(label="Seleccionadas", min_value=0, required=False)
    publicadas = forms.IntegerField(label="Publicadas", min_value=0, required=False)
    formato_fisico = forms.ChoiceField(label="Formato del original", choices=opciones(FORMATOS), required=False)
    numero_de_soporte = forms.CharField(label="Número de cinta o negativo", max_length=60, required=False)
    conservacion = forms.ChoiceField(label="Conservación", choices=opciones(CONSERVACION), required=False)
    resolucion = forms.CharField(label="Resolución", max_length=60, required=False, help_text="Por ejemplo: 1920 × 1080.")
    codec = forms.CharField(label="Códec", max_length=60, required=False)
    digitalizado_de = forms.CharField(label="Digitalizado de", max_length=200, required=False)
    plataforma = forms.CharField(label="Plataforma", max_length=100, required=False)
    url_publica = forms.URLField(label="Dirección en la plataforma", max_length=1000, required=False, assume_scheme="https")
    reproducciones = forms.IntegerField(label="Reproducciones", min_value=0, required=False)
    reproducciones_al = FechaField(label="Medidas el", required=False)
    version = forms.CharField(label="Versión", max_length=120, required=False)
    clave_version = forms.CharField(label="Clave de la versión", max_length=60, required=False)
    transcripcion = forms.CharField(
        label="Transcripción",
        widget=forms.Textarea,
        required=False,
        help_text="Un renglón por intervención; puede empezar con su tiempo: 2:05 Buenos días.",
    )
    capitulos = forms.CharField(label="Capítulos", widget=forms.Textarea, required=False)

    def clean(self) -> dict[str, Any]:
        """Tomadas ≥ seleccionadas ≥ publicadas; las reproducciones dicen cuándo se midieron; el spot, su versión."""
        limpios = super().clean() or {}
        cuentas = [(c, n) for c in ("tomadas", "seleccionadas", "publicadas") if (n := limpios.get(c)) is not None]
        for (mayor, antes), (menor, despues) in pairwise(cuentas):
            if despues > antes:
                self.add_error(menor, f"No pueden ser más las {menor} ({despues}) que las {mayor} ({antes}).")
        if limpios.get("reproducciones") is not None and not limpios.get("reproducciones_al"):
            self.add_error("reproducciones_al", "Diga qué día se midieron: cambian a diario.")
        if limpios.get("clase") in SPOTS and not limpios.get("version"):
            self.add_error("version", "Escriba la versión del spot.")
        return limpios


class Audiovisual(Item):
    """Una imagen, un conjunto de imágenes, una grabación o una transmisión."""

    codigo_de_tipo: ClassVar[str] = "audiovisual"
    objects: ClassVar[ItemManager] = ItemManager(tipo="audiovisual")

    class Meta:
        proxy = True
        verbose_name = "audiovisual"
        verbose_name_plural = "audiovisuales"


def _guardia(item: Item, paso: Paso) -> str:
    if paso.accion not in {"autorizar", "publicar"}:
        return ""
    if not item.ficha.get("pie"):
        return "Falta el pie: sin él no se publica, porque es también su texto alternativo."
    return ficha_completa(AudiovisualFichaForm, item)


def _leer_fila(datos: Mapping[str, Any]) -> DeFila:
    """La autoría de la fila es la de la captura."""
    return DeFila(ficha={"autor_captura": datos["autor"]} if datos["autor"] else {})


def _de_archivo(mime: str, datos: Mapping[str, Any]) -> dict[str, Any]:
    """Su clase por el formato, lo que mide, y lo que la foto dice de sí (que alguien revisa antes de publicar)."""
    toma = datos.get("toma") or {}
    medida = f"{datos['ancho']} × {datos['alto']}" if datos.get("ancho") else ""
    codigos = ", ".join(p["codec"] for p in datos.get("pistas") or [] if p["codec"])
    clase = {"image": "fotografia", "video": "video", "audio": "audio"}.get(mime.partition("/")[0], "")
    leido = {
        "clase": clase,
        "resolucion": medida,
        "codec": codigos[:60],
        "duracion": _en_reloj(datos.get("duracion")),
        "pie": str(toma.get("pie", ""))[:1000],
        "autor_captura": str(toma.get("autor", ""))[:200],
        "credito": str(toma.get("credito", ""))[:200],
    }
    return {campo: valor for campo, valor in leido.items() if valor}


def _en_reloj(segundos: float | None) -> str:
    if not segundos or segundos < 1:
        return ""
    minutos, resto = divmod(round(segundos), 60)
    horas, minutos = divmod(minutos, 60)
    return f"{horas:02}:{minutos:02}:{resto:02}"


def _faltas(item: Item, *, con_archivo: bool) -> list[str]:
    faltan = {"clase": not item.ficha.get("clase"), "pie": not item.ficha.get("pie"), "archivo": not con_archivo}
    return [clave for clave, falta in faltan.items() if falta]


def nombre_de_clase(item: Item) -> list[str]:
    """La clase del audiovisual, como se dice."""
    return [dict(CLASES)[c]] if (c := item.ficha.get("clase")) in dict(CLASES) else []


AUDIOVISUAL = registrar_tipo(
    TipoDeItem(
        codigo="audiovisual",
        nombre="Audiovisual",
        nombre_plural="Audiovisuales",
        icono="image",
        modelo=Audiovisual,
        ficha=AudiovisualFichaForm,
        plantilla="portal/tipos/audiovisual.html",
        mimes=PDF_E_IMAGENES | GRABACIONES,
        ficha_de_archivo=_de_archivo,
        leer_fila=_leer_fila,
        repite=("autor_captura", "credito", "formato_fisico"),
        campos=(CampoDeBusqueda("clase", "Clase", nombre_de_clase),),
        texto_de_ficha=("pie", "transcripcion", "capitulos", "autor_captura", "credito", "version", "plataforma"),
        resena=lambda item: [*nombre_de_clase(item), *([item.ficha["duracion"]] if item.ficha.get("duracion") else [])],
        guardia=_guardia,
        faltas=_faltas,
        pendientes={"clase": "Falta la clase", "pie": "Falta el pie", "archivo": "No tiene archivo"},
        escriben=("fotografia_video", "redaccion", "titular", "archivo_tramite"),
        promocional=True,
        con_retratadas=True,
        es_album=lambda item: item.ficha.get("clase") == "album_fotografico",
        se_lee_la_imagen=False,
        esquema_org="MediaObject",
        serie_sugerida="fototeca",
    )
)
