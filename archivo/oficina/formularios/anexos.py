"""Lo que acompaña al formulario: la relación con otro documento y lo que se dice de cada archivo."""

import re
from typing import Any

from django import forms
from django.db.models import Q, prefetch_related_objects
from django.http import QueryDict

from archivo.catalogo.puerta import (
    NIVELES,
    Adjunto,
    DescripcionDeAdjunto,
    Item,
    Relacion,
    RelacionNueva,
    clases_desde,
    clave_valida,
    describir_adjunto,
    es_sesion_fotografica,
    puede_capturar,
    puede_ver_texto,
    quitar_adjunto,
    quitar_relacion,
    relacionar,
)
from archivo.identidad.puerta import Lector, Usuario
from archivo.oficina.formularios.selectores import SelectorWidget

RENGLONES_LIBRES = 3
CABEN_EN_EL_FORMULARIO = 20
"""Con más archivos, se describen en la mesa de luz: mil formularios en una página no se pueden usar."""
_NUMERO = re.compile(r"(?:No\.?\s*)?(\d{1,6})/(\d{4})\Z", re.IGNORECASE)


def elementos_citados(texto: str, lector: Lector) -> list[Item]:
    """Los elementos que esa persona puede ver y cuyo folio, número («123/2026») o clave es ese texto."""
    escrito = texto.strip()
    numero = _NUMERO.match(escrito)
    visibles = Item.objects.visibles_para(lector)
    formas = [Q(clave=escrito.lower())] if clave_valida(escrito.lower()) else [Q(folio=escrito)]
    if numero:
        formas.append(Q(numero=int(numero[1]), anio_numero=int(numero[2])))
    hallados = {item.pk: item for forma in formas for item in visibles.filter(forma).order_by("-id")[:5]}
    return list(hallados.values())


class RelacionForm(forms.Form):
    """De qué otro documento habla éste."""

    clase = forms.ChoiceField(label="Este documento es", required=False)
    destino = forms.CharField(
        label="Documento con que se relaciona",
        required=False,
        help_text="Su folio o su clave, por ejemplo 123/2026; o palabras de su título, y elíjalo.",
        widget=SelectorWidget("oficina_selector_elementos", varios=False, crea=False),
    )

    def __init__(self, *args: Any, lector: Lector, tipo: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lector = lector
        self.conocido: Item | None = None
        propias = [(c.clave, c.nombre) for c in clases_desde(tipo) if not c.grupos]
        self.fields["clase"].choices = [("", "Sin relación"), *propias]

    def conocer(self, item: Item | None) -> None:
        """El documento con que ya se relaciona: se muestra por su título."""
        self.conocido = item
        if item is not None:
            self.fields["destino"].widget.mostrar(
                {item.folio or item.clave: " · ".join(p for p in (item.folio, item.titulo) if p)}
            )

    def clean(self) -> dict[str, Any]:
        """Los dos datos o ninguno, y un solo documento con ese folio."""
        limpios = super().clean() or {}
        clase, destino = limpios.get("clase"), limpios.get("destino")
        if clase and not destino:
            self.add_error("destino", "Escriba el folio o la clave del otro documento.")
        elif destino and not clase:
            self.add_error("clase", "Elija qué es este documento respecto del otro.")
        elif destino:
            limpios["elemento"] = self._elemento(destino)
        return limpios

    def _elemento(self, destino: str) -> Item | None:
        if self.conocido is not None and destino == self.initial.get("destino"):
            return self.conocido
        hallados = elementos_citados(destino, self.lector)
        if not hallados:
            self.add_error("destino", f"No encontramos «{destino}». Escriba el folio completo o la clave de doce signos.")
        elif len(hallados) > 1:
            claves = ", ".join(f"{i.folio or i.titulo[:40]}: {i.clave}" for i in hallados)
            self.add_error("destino", f"Hay varios documentos con «{destino}». Escriba la clave del suyo ({claves}).")
        return hallados[0] if len(hallados) == 1 else None


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

    def __init__(self, *args: Any, se_quita: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not se_quita:
            del self.fields["quitar"]

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
        propias = item.relaciones.filter(destino__in=visibles) if guardado else Relacion.objects.none()
        self.actual = propias.select_related("destino").order_by("pk").first()
        previa = self._previa(inicial or {})
        self.relacion = RelacionForm(datos, prefix="relacion", lector=lector, tipo=tipo_de_captura(item), initial=previa)
        self.relacion.conocer(self.actual.destino if self.actual else None)
        self.correcciones = CorreccionFormSet(
            datos, prefix="correcciones", initial=self.actual.correcciones if self.actual else None
        )
        adjuntos = self._legibles(item, lector) if guardado else []
        self.es_album = es_sesion_fotografica(item)
        self.abre_sesiones = item.tipo == "evento" and puede_capturar(lector, "audiovisual", item.area_id)
        self.en_la_mesa = len(adjuntos) if len(adjuntos) > CABEN_EN_EL_FORMULARIO else 0
        se_quita = item.estado in {"borrador", "en_revision"}
        self.adjuntos = [
            (a, AdjuntoForm(datos, prefix=f"adjunto-{a.pk}", initial=_descripcion(a), se_quita=se_quita))
            for a in ([] if self.en_la_mesa else adjuntos)
        ]
        inversas = item.relaciones_inversas.filter(origen__in=visibles) if guardado else Relacion.objects.none()
        self.destinos = inversas.select_related("origen").order_by("pk")

    @staticmethod
    def _legibles(item: Item, lector: Lector) -> list[Adjunto]:
        prefetch_related_objects([item], "nombradas")
        return [a for a in item.adjuntos.select_related("objeto") if puede_ver_texto(lector, item, a)]

    def _previa(self, inicial: dict[str, Any]) -> dict[str, Any]:
        if self.actual is None:
            return inicial
        return {"clase": self.actual.clase, "destino": self.actual.destino.folio or self.actual.destino.clave}

    @property
    def abre_correcciones(self) -> bool:
        """¿Se muestran abiertas? Si ya hay relación, o hay algo que corregir en ellas."""
        return bool(self.relacion["clase"].value() or (self.correcciones.is_bound and self.correcciones.total_error_count()))

    def is_valid(self) -> bool:
        """¿Están bien todos? Los revisa todos, para mostrar juntos los errores."""
        partes = [self.relacion, self.correcciones, *(f for _, f in self.adjuntos)]
        validas = [p.is_valid() for p in partes]
        return all(validas)

    def has_changed(self) -> bool:
        """¿Hay algo que guardar en alguno?"""
        return any(p.has_changed() for p in (self.relacion, self.correcciones, *(f for _, f in self.adjuntos)))

    def guardar(self, item: Item, actor: Usuario) -> None:
        """Aplica lo que cambió."""
        if self.relacion.has_changed() or self.correcciones.has_changed():
            self._guardar_relacion(item, actor)
        for adjunto, form in self.adjuntos:
            if form.has_changed():
                form.aplicar(adjunto, actor)

    def _guardar_relacion(self, item: Item, actor: Usuario) -> None:
        limpia = self.relacion.cleaned_data
        destino, clase = limpia.get("elemento"), limpia.get("clase") or ""
        if self.actual and (destino is None or (self.actual.destino_id, self.actual.clase) != (destino.pk, clase)):
            quitar_relacion(item, self.actual, actor)
        if destino is not None:
            renglones = [f.cleaned_data for f in self.correcciones if any(f.cleaned_data.values())]
            relacionar(item, RelacionNueva(destino, clase, renglones), actor)


def tipo_de_captura(item: Item) -> str:
    """El tipo de lo que se captura, aunque todavía no se guarde."""
    item.fijar_tipo()
    return item.tipo


def _descripcion(adjunto: Adjunto) -> dict[str, Any]:
    return {campo: getattr(adjunto, campo) for campo in ("pie", "credito", "alternativa", "acceso", "orden")}
