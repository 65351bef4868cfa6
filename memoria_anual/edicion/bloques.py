"""Los bloques con que se escribe un capítulo. Ninguno guarda una cifra: guardan de qué indicador es."""

from typing import Any

from django import forms
from wagtail import blocks

from memoria_anual.indicadores.puerta import indicadores

FORMATO = ["bold", "italic", "ol", "ul", "link"]
POR_MES, POR_AREA, POR_LO_SUYO = "mes", "area", "propio"
REPARTOS = [(POR_MES, "Por mes"), (POR_AREA, "Por área"), (POR_LO_SUYO, "Por su propio desglose")]


def claves_de_indicadores() -> list[tuple[str, str]]:
    """Los indicadores que hay, con su nombre, para elegirlos."""
    return [(i.clave, f"{i.clave} · {i.nombre}") for i in indicadores()]


def _indicador(**opciones: Any) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=claves_de_indicadores, label="Indicador", **opciones)


def _indicadores() -> blocks.ListBlock:
    """Varios indicadores. Wagtail no rotula los campos de una lista (wagtail/wagtail#11179): cada uno lleva su nombre."""
    return blocks.ListBlock(_indicador(widget=forms.Select(attrs={"aria-label": "Indicador"})), label="Indicadores")


class ParrafoBlock(blocks.StructBlock):
    """Texto. Las cifras van como `{{cifra:BOL}}`; `revisado` es falso en lo que se trajo de otra memoria."""

    texto = blocks.RichTextBlock(
        features=FORMATO,
        label="Texto",
        help_text="Las cifras no se escriben: {{cifra:BOL}}, {{cifra:BOL:anterior}}, {{cifra:BOL:variacion}}.",
    )
    revisado = blocks.BooleanBlock(required=False, default=True, label="Revisado para este periodo")

    class Meta:
        label = "Párrafo"
        icon = "pilcrow"


class CifrasBlock(blocks.StructBlock):
    """Cifras en grande, cada una con lo que la compara."""

    claves = _indicadores()

    class Meta:
        label = "Indicadores"
        icon = "order"


class GraficaBlock(blocks.StructBlock):
    """Una gráfica de un indicador repartido; siempre lleva su tabla."""

    clave = _indicador()
    por = blocks.ChoiceBlock(choices=REPARTOS, default=POR_MES, label="Repartido")
    titulo = blocks.CharBlock(required=False, max_length=200, label="Título", help_text="Vacío: el nombre del indicador.")

    class Meta:
        label = "Gráfica"
        icon = "table"


class TablaBlock(blocks.StructBlock):
    """Varios indicadores, con el año anterior y la variación."""

    titulo = blocks.CharBlock(max_length=200, label="Título")
    claves = _indicadores()

    class Meta:
        label = "Tabla"
        icon = "table"


class MetasBlock(blocks.StructBlock):
    """Cada indicador con meta: lo programado, lo logrado y el avance."""

    titulo = blocks.CharBlock(max_length=200, label="Título", default="Resultados frente a las metas")

    class Meta:
        label = "Metas y logros"
        icon = "tasks"


class RelacionBlock(blocks.StructBlock):
    """La lista de lo que forma una cifra, hasta un tope; lo que no es público se cuenta y no se nombra."""

    clave = _indicador()
    titulo = blocks.CharBlock(required=False, max_length=200, label="Título")
    maximo = blocks.IntegerBlock(default=100, min_value=1, max_value=2000, label="Cuántos a lo más")

    class Meta:
        label = "Lista de elementos"
        icon = "list-ul"


class DestacadoBlock(blocks.StructBlock):
    """Un elemento del archivo, con por qué se destaca."""

    elemento = blocks.CharBlock(max_length=12, label="Clave del elemento")
    texto = blocks.TextBlock(max_length=1200, label="Por qué se destaca")

    class Meta:
        label = "Elemento destacado"
        icon = "pick"


class FotografiaBlock(blocks.StructBlock):
    """Una fotografía del archivo; lo vacío se toma de su ficha."""

    elemento = blocks.CharBlock(max_length=12, label="Clave del elemento")
    pie = blocks.CharBlock(required=False, max_length=300, label="Pie")
    credito = blocks.CharBlock(required=False, max_length=200, label="Crédito")
    alternativa = blocks.CharBlock(required=False, max_length=300, label="Qué se ve", help_text="Para quien no puede verla.")


class GaleriaBlock(blocks.StructBlock):
    """Fotografías con pie y crédito."""

    titulo = blocks.CharBlock(max_length=200, label="Título")
    fotos = blocks.ListBlock(FotografiaBlock(label="Fotografía"), label="Fotografías")

    class Meta:
        label = "Fotografías"
        icon = "image"


class HechoBlock(blocks.StructBlock):
    """Un hecho de la cronología."""

    fecha = blocks.DateBlock(label="Fecha")
    titulo = blocks.CharBlock(max_length=200, label="Qué pasó")
    texto = blocks.TextBlock(required=False, max_length=600, label="Detalle")
    elemento = blocks.CharBlock(required=False, max_length=12, label="Clave del elemento que lo prueba")


class CronologiaBlock(blocks.StructBlock):
    """Los hechos del periodo, en su orden."""

    titulo = blocks.CharBlock(max_length=200, label="Título", default="Cronología")
    hechos = blocks.ListBlock(HechoBlock(label="Hecho"), label="Hechos")

    class Meta:
        label = "Cronología"
        icon = "date"


class CitaBlock(blocks.StructBlock):
    """Lo que alguien dijo."""

    texto = blocks.TextBlock(max_length=1200, label="Cita")
    quien = blocks.CharBlock(required=False, max_length=200, label="Quién")
    cargo = blocks.CharBlock(required=False, max_length=200, label="Cargo")

    class Meta:
        label = "Cita"
        icon = "openquote"


class AportacionesBlock(blocks.StructBlock):
    """Lo que entregaron las dependencias; la que no entregó se dice. Sin clave, todas."""

    area = blocks.CharBlock(
        required=False, max_length=40, label="Clave del área", help_text="Vacía: todas las dependencias convocadas."
    )

    class Meta:
        label = "Aportaciones de las dependencias"
        icon = "group"


class CuerpoDeCapitulo(blocks.StreamBlock):
    """El cuerpo de un capítulo."""

    parrafo = ParrafoBlock()
    subtitulo = blocks.CharBlock(max_length=200, label="Subtítulo", icon="title")
    cifras = CifrasBlock()
    grafica = GraficaBlock()
    tabla = TablaBlock()
    metas = MetasBlock()
    relacion = RelacionBlock()
    destacado = DestacadoBlock()
    galeria = GaleriaBlock()
    cronologia = CronologiaBlock()
    cita = CitaBlock()
    aportaciones = AportacionesBlock()

    class Meta:
        required = False
