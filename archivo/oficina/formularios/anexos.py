"""Lo que acompaña al formulario: las relaciones con otros documentos y lo que se dice de cada archivo."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.http import QueryDict

from archivo.catalogo.puerta import (
    NIVELES,
    Adjunto,
    DescripcionDeAdjunto,
    Item,
    Relacion,
    describir_adjunto,
    es_sesion_fotografica,
    niveles_que_fija,
    puede_capturar,
    puede_ver_texto,
    quitar_adjunto,
    se_cubre_con_fotografias,
)
from archivo.identidad.puerta import Lector, Usuario
from archivo.oficina.formularios.relaciones import RelacionesDelItem

RENGLONES_LIBRES = 3
INVERSAS_A_LA_VISTA = 50
CABEN_EN_EL_FORMULARIO = 20
"""Con más archivos, se describen en la mesa de luz: mil formularios en una página no se pueden usar."""


class CorreccionForm(forms.Form):
    """Un renglón de una fe de erratas."""

    donde = forms.CharField(label="Dónde", required=False, max_length=200)
    dice = forms.CharField(label="Dice", required=False, max_length=2000)
    debe = forms.CharField(label="Debe decir", required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        """Lo que se corrige y cómo debe quedar, o el renglón vacío."""
        limpios = super().clean() or {}
        if any(limpios.values()) and not (limpios.get("dice") and limpios.get("debe")):
            raise forms.ValidationError("Escriba lo que dice y lo que debe decir.")
        return limpios


class AdjuntoForm(forms.Form):
    """Lo que se dice de un archivo."""

    pie = forms.CharField(label="Pie", required=False, max_length=500)
    credito = forms.CharField(label="Crédito", required=False, max_length=200)
    alternativa = forms.CharField(
        label="Texto alternativo", required=False, max_length=500, help_text="Qué se ve, para quien no puede verlo."
    )
    acceso = forms.ChoiceField(
        label="Acceso", required=False, choices=[("", "El del documento"), *((n.clave, n.nombre) for n in NIVELES.values())]
    )
    orden = forms.IntegerField(label="Lugar", required=False, min_value=0, max_value=9999)
    quitar = forms.BooleanField(label="Quitar este archivo del documento", required=False)

    def __init__(self, *args: Any, niveles: Collection[str], se_quita: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not se_quita:
            del self.fields["quitar"]
        campo = self.fields["acceso"]
        campo.choices = [(c, n) for c, n in campo.choices if c in niveles or c == self.initial["acceso"]]
        if not niveles:
            campo.disabled = True
            campo.help_text = "Lo fija quien es titular, redacta, monitorea o lleva el archivo de trámite."

    def clean_orden(self) -> int:
        """Vacío es el primero."""
        return self.cleaned_data["orden"] or 0

    def aplicar(self, adjunto: Adjunto, actor: Usuario) -> None:
        """Quita el archivo o guarda lo que se dice de él."""
        limpio = dict(self.cleaned_data)
        if limpio.pop("quitar", False):
            quitar_adjunto(adjunto, actor)
        else:
            describir_adjunto(adjunto, DescripcionDeAdjunto(**limpio), actor)


CorreccionFormSet = forms.formset_factory(CorreccionForm, extra=RENGLONES_LIBRES, max_num=100)


class Anexos:
    """Los formularios que acompañan al de un elemento, validados y guardados con él: sólo con lo que esa persona puede ver."""

    def __init__(self, item: Item, lector: Lector, datos: QueryDict | None = None, inicial: dict[str, Any] | None = None) -> None:
        guardado, visibles = item.pk is not None, Item.objects.visibles_para(lector)
        item.fijar_tipo()
        self.relaciones = RelacionesDelItem(item, lector, datos, inicial)
        self.correcciones = CorreccionFormSet(
            datos, prefix="correcciones", initial=self.relaciones.corregida.correcciones if self.relaciones.corregida else None
        )
        adjuntos = self._legibles(item, lector) if guardado else []
        self.es_album = es_sesion_fotografica(item)
        self.abre_sesiones = se_cubre_con_fotografias(item) and puede_capturar(lector, "audiovisual", item.area_id)
        self.en_la_mesa = len(adjuntos) if len(adjuntos) > CABEN_EN_EL_FORMULARIO else 0
        se_quita = item.estado in {"borrador", "en_revision"}
        niveles = _niveles(item, lector)
        self.adjuntos = [
            (a, AdjuntoForm(datos, prefix=f"adjunto-{a.pk}", initial=_descripcion(a), se_quita=se_quita, niveles=niveles))
            for a in ([] if self.en_la_mesa else adjuntos)
        ]
        inversas = item.relaciones_inversas.filter(origen__in=visibles) if guardado else Relacion.objects.none()
        self.destinos = inversas.select_related("origen").order_by("pk")[:INVERSAS_A_LA_VISTA]
        self.destinos_de_mas = max(0, inversas.count() - INVERSAS_A_LA_VISTA)

    @staticmethod
    def _legibles(item: Item, lector: Lector) -> list[Adjunto]:
        prefetch_related_objects([item], "nombradas")
        return [a for a in item.adjuntos.select_related("objeto") if puede_ver_texto(lector, item, a)]

    @property
    def abre_correcciones(self) -> bool:
        """¿Se muestran abiertas? Si hay una fe de erratas, o hay algo que corregir en ellas."""
        mal = self.correcciones.is_bound and self.correcciones.total_error_count()
        return bool(self.relaciones.abre_correcciones or self.correcciones.initial or mal)

    def is_valid(self) -> bool:
        """¿Están bien todos? Los revisa todos, para mostrar juntos los errores."""
        partes = [self.relaciones.renglones, self.correcciones, *(f for _, f in self.adjuntos)]
        validas = [p.is_valid() for p in partes]
        return all(validas)

    def has_changed(self) -> bool:
        """¿Hay algo que guardar en alguno?"""
        return any(p.has_changed() for p in (self.relaciones.renglones, self.correcciones, *(f for _, f in self.adjuntos)))

    def guardar(self, item: Item, actor: Usuario) -> None:
        """Aplica lo que cambió."""
        renglones = [f.cleaned_data for f in self.correcciones if any(f.cleaned_data.values())]
        self.relaciones.guardar(item, actor, renglones, corrigieron=self.correcciones.has_changed())
        for adjunto, form in self.adjuntos:
            if form.has_changed():
                form.aplicar(adjunto, actor)


def _niveles(item: Item, lector: Lector) -> frozenset[str]:
    """Los que esa persona puede poner a sus archivos; vacío («El del documento»), si puede el del documento."""
    suyos = niveles_que_fija(lector, item.area_id) | ({"interno"} if item.acceso == "interno" else set())
    return suyos | {""} if item.acceso in suyos else suyos


def _descripcion(adjunto: Adjunto) -> dict[str, Any]:
    return {campo: getattr(adjunto, campo) for campo in ("pie", "credito", "alternativa", "acceso", "orden")}
