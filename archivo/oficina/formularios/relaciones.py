"""Las relaciones de un elemento con otros: una lista de renglones que se agregan, se corrigen y se quitan con la captura.

Sólo salen las que unen con algo que esa persona puede ver; las demás ni se nombran ni se pierden. En un conjunto por secciones (la
síntesis), cada renglón dice además su lugar, si es destacada y su resumen ahí.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q

from archivo.catalogo.puerta import Item, Relacion, RelacionNueva, clases_desde, clave_valida, quitar_relacion, relacionar
from archivo.identidad.puerta import Lector, Usuario
from archivo.oficina.formularios.selectores import SelectorWidget

PREFIJO = "relacion"
MAXIMO = 500
ENMIENDA = "fe_de_erratas_de"
_NUMERO = re.compile(r"(?:No\.?\s*)?(\d{1,6})/(\d{4})\Z", re.IGNORECASE)
_DEL_CONJUNTO = ("orden", "destacada", "resumen")


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


def valor_de_clase(clase: str, grupo: str) -> str:
    """Cómo se escribe en el formulario: la clase, y la sección si la tiene («incluye:cartones»)."""
    return f"{clase}:{grupo}" if grupo else clase


def opciones_de(item: Item) -> list[Any]:
    """Lo que ese elemento puede decir hoy de otro, según lo que su tipo declara; las secciones de un conjunto, aparte."""
    sueltas: list[Any] = []
    conjuntos: list[Any] = []
    for clase in clases_desde(item.tipo):
        if clase.impide and clase.impide(item):
            continue
        if clase.grupos:
            conjuntos.append((f"{clase.nombre}, en la sección", [(f"{clase.clave}:{g}", nombre) for g, nombre in clase.grupos]))
        else:
            sueltas.append((clase.clave, clase.nombre))
    return [("", "Sin relación"), *conjuntos, *sueltas]


class RelacionForm(forms.Form):
    """Un renglón: qué es este documento respecto de otro."""

    guardada = forms.IntegerField(required=False, widget=forms.HiddenInput)
    clase = forms.ChoiceField(label="Este documento es", required=False)
    destino = forms.CharField(
        label="Documento con que se relaciona",
        required=False,
        help_text="Su folio o su clave, por ejemplo 123/2026; o palabras de su título, y elíjalo.",
        widget=SelectorWidget("oficina_selector_elementos", varios=False, crea=False),
    )
    orden = forms.IntegerField(label="Lugar en la sección", required=False, min_value=0, max_value=9999)
    destacada = forms.BooleanField(label="Destacada", required=False)
    resumen = forms.CharField(
        label="Resumen aquí",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Vacío, se muestra el del recorte.",
    )
    quitar = forms.BooleanField(label="Quitar esta relación", required=False)

    def __init__(self, *args: Any, item: Item, lector: Lector, actuales: Mapping[int, Relacion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lector, self.item = lector, item
        self.actual = actuales.get(self._numero())
        opciones = opciones_de(item)
        self.fields["clase"].choices = [*opciones, *self._la_de_antes(opciones)]
        if not any(isinstance(nombre, list) for _, nombre in opciones):
            for campo in _DEL_CONJUNTO:
                del self.fields[campo]
        else:
            self.fields["clase"].label = "Sección o relación"
        if self.actual is None:
            del self.fields["quitar"]
        else:
            otro = self.actual.destino
            self.fields["destino"].widget.mostrar({otro.folio or otro.clave: _como_se_lee(otro)})

    def _la_de_antes(self, opciones: Sequence[Any]) -> list[tuple[str, str]]:
        """La clase que ya tiene, si su tipo dejó de ofrecerla: guardar otra cosa no la pierde."""
        if self.actual is None:
            return []
        valor = valor_de_clase(self.actual.clase, self.actual.grupo)
        ofrecidas = {v for dicho, nombre in opciones for v in ([o for o, _ in nombre] if isinstance(nombre, list) else [dicho])}
        return [] if valor in ofrecidas else [(valor, self.actual.nombre)]

    def _numero(self) -> int:
        crudo = self.data.get(self.add_prefix("guardada"), "") if self.is_bound else self.initial.get("guardada")
        escrito = str(crudo or "")
        return int(escrito) if escrito.isdecimal() and len(escrito) < 19 else 0

    @property
    def titulo(self) -> str:
        """Cómo se llama el renglón: el documento que une, o que es nuevo."""
        return _como_se_lee(self.actual.destino) if self.actual else "Otra relación"

    @property
    def se_quita(self) -> bool:
        """¿Se pidió quitarla, o se vació?"""
        limpio = self.cleaned_data
        return bool(self.actual) and bool(limpio.get("quitar") or not (limpio.get("clase") or limpio.get("destino")))

    def clean(self) -> dict[str, Any]:
        """Los dos datos o ninguno, y un solo documento con ese folio."""
        limpios = super().clean() or {}
        clase, destino = limpios.get("clase"), limpios.get("destino")
        if limpios.get("quitar"):
            return limpios
        if clase and not destino:
            self.add_error("destino", "Escriba el folio o la clave del otro documento.")
        elif destino and not clase and "clase" not in self.errors:
            self.add_error("clase", "Elija qué es este documento respecto del otro.")
        elif destino:
            limpios["elemento"] = self._elemento(destino)
        return limpios

    def _elemento(self, destino: str) -> Item | None:
        if self.actual is not None and destino == (self.actual.destino.folio or self.actual.destino.clave):
            return self.actual.destino
        hallados = elementos_citados(destino, self.lector)
        if not hallados:
            self.add_error("destino", f"No encontramos «{destino}». Escriba el folio completo o la clave de doce signos.")
        elif len(hallados) > 1:
            claves = ", ".join(f"{i.folio or i.titulo[:40]}: {i.clave}" for i in hallados)
            self.add_error("destino", f"Hay varios documentos con «{destino}». Escriba la clave del suyo ({claves}).")
        return hallados[0] if len(hallados) == 1 else None

    @property
    def queda(self) -> tuple[str, str, int] | None:
        """`(clase, sección, documento)` de lo que se guarda; None si no se guarda nada."""
        elemento = self.cleaned_data.get("elemento")
        if elemento is None or self.se_quita:
            return None
        clase, _, grupo = self.cleaned_data["clase"].partition(":")
        return clase, grupo, elemento.pk

    def nueva(self, correcciones: Sequence[dict[str, str]]) -> RelacionNueva:
        """Lo escrito, como el catálogo lo pide. Lo que la relación decía y aquí no se captura, se conserva."""
        limpio = self.cleaned_data
        clase, _, grupo = limpio["clase"].partition(":")
        datos = dict(self.actual.datos) if self.actual else {}
        if grupo:
            datos |= {"resumen": limpio.get("resumen", "").strip(), "destacada": bool(limpio.get("destacada"))}
            datos = {c: v for c, v in datos.items() if v}
        orden = limpio.get("orden") if grupo else (self.actual.orden if self.actual else 0)
        return RelacionNueva(limpio["elemento"], clase, correcciones, grupo, orden or 0, datos)


class _Renglones(forms.BaseFormSet):
    """Los renglones juntos: el mismo documento no se repite con la misma relación."""

    def clean(self) -> None:
        """Un recorte va una vez en cada sección; en un renglón repetido se dice cuál."""
        vistos: set[tuple[str, str, int]] = set()
        for form in self.forms:
            queda = form.queda if hasattr(form, "cleaned_data") and not form.errors else None
            if queda is None:
                continue
            if queda in vistos:
                donde = "en esa sección" if queda[1] else "con esa relación"
                form.add_error("destino", f"«{form.cleaned_data['elemento'].titulo[:80]}» ya está {donde}. Quite uno de los dos.")
            vistos.add(queda)


class RelacionesDelItem:
    """Las relaciones de un elemento que esa persona ve: las que se editan, y las que hoy ya no cambian con la razón."""

    def __init__(self, item: Item, lector: Lector, datos: Any = None, inicial: dict[str, Any] | None = None) -> None:
        propias = list(self._propias(item, lector)) if item.pk is not None else []
        self.fijas = [(r, razon) for r in propias if (razon := _razon(r, item))]
        cerradas = {r.pk for r, _ in self.fijas}
        self.actuales = {r.pk: r for r in propias[:MAXIMO] if r.pk not in cerradas}
        self.no_caben = max(0, len(propias) - MAXIMO)
        previas = [_inicial(r) for r in self.actuales.values()] or ([inicial] if inicial else [])
        con_secciones = any(isinstance(nombre, list) for _, nombre in opciones_de(item))
        clase = forms.formset_factory(
            RelacionForm, formset=_Renglones, extra=3 if con_secciones else 1, max_num=MAXIMO + 100, absolute_max=MAXIMO + 200
        )
        argumentos = {"item": item, "lector": lector, "actuales": self.actuales}
        self.renglones = clase(datos, prefix=PREFIJO, initial=previas, form_kwargs=argumentos)

    @staticmethod
    def _propias(item: Item, lector: Lector) -> Iterable[Relacion]:
        visibles = Item.objects.visibles_para(lector)
        suyas = item.relaciones.filter(destino__in=visibles).select_related("destino", "destino__medio")
        orden = {c.clave: {g: i for i, (g, _) in enumerate(c.grupos)} for c in clases_desde(item.tipo)}
        return sorted(
            suyas.order_by("clase", "orden", "pk"), key=lambda r: (r.clase, orden.get(r.clase, {}).get(r.grupo, 0), r.orden)
        )

    @property
    def razones(self) -> list[str]:
        """Por qué algunas hoy no cambian, sin repetir."""
        return list(dict.fromkeys(razon for _, razon in self.fijas))

    def __iter__(self) -> Iterator[RelacionForm]:
        return iter(self.renglones)

    @property
    def corregida(self) -> Relacion | None:
        """La que lleva las correcciones: la fe de erratas; si no hay, la primera."""
        todas = [*self.actuales.values(), *(r for r, _ in self.fijas)]
        return next((r for r in todas if r.correcciones or r.clase == ENMIENDA), todas[0] if todas else None)

    @property
    def abre_correcciones(self) -> bool:
        """¿Alguna es, o se está escribiendo, una fe de erratas?"""
        return any(f["clase"].value() == ENMIENDA for f in self.renglones)

    def guardar(self, item: Item, actor: Usuario, correcciones: Sequence[dict[str, str]], *, corrigieron: bool) -> None:
        """Primero quita lo que ya no está, luego anota lo nuevo y lo corregido."""
        quedan = [f for f in self.renglones if f.cleaned_data.get("elemento") is not None and not f.se_quita]
        for form in self.renglones:
            if form.actual and (form.se_quita or _es_otra(form)):
                quitar_relacion(item, form.actual, actor)
        enmienda = next((f for f in quedan if f.queda and f.queda[0] == ENMIENDA), quedan[0] if quedan else None)
        for form in quedan:
            propias = correcciones if form is enmienda else (form.actual.correcciones if form.actual else ())
            if form.has_changed() or form.actual is None or (corrigieron and form is enmienda):
                relacionar(item, form.nueva(propias), actor)


def _es_otra(form: RelacionForm) -> bool:
    actual, queda = form.actual, form.queda
    return bool(actual and queda and (actual.clase, actual.grupo, actual.destino_id) != queda)


def _razon(relacion: Relacion, item: Item) -> str:
    clase = relacion.declaracion
    return clase.impide(item) if clase and clase.impide else ""


def _como_se_lee(item: Item) -> str:
    medio = item.medio.nombre if item.medio else ""
    return " · ".join(p for p in (item.folio, item.titulo, medio) if p)


def _inicial(relacion: Relacion) -> dict[str, Any]:
    return {
        "guardada": relacion.pk,
        "clase": valor_de_clase(relacion.clase, relacion.grupo),
        "destino": relacion.destino.folio or relacion.destino.clave,
        "orden": relacion.orden,
        "destacada": bool(relacion.datos.get("destacada")),
        "resumen": relacion.datos.get("resumen", ""),
    }
