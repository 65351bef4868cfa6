"""Campos que eligen entre miles: se escriben como texto (con punto y coma entre varios) y el guión los vuelve un selector.

Sin JavaScript son una caja de texto que hace lo mismo: lo conocido se enlaza, lo desconocido se da de alta por verificar.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy

from archivo.catalogo.puerta import Autoridad, autoridades
from archivo.identidad.puerta import Area

MUCHAS_AREAS = 15


class SelectorWidget(forms.TextInput):
    """La caja que el guión `selector.js` convierte en un combobox con fichas.

    `direccion` es el nombre de la dirección que da las opciones; `clases` acota las autoridades; `crea`: lo que no está se acepta.
    """

    def __init__(self, direccion: str, clases: Sequence[str] = (), *, varios: bool = True, crea: bool = True) -> None:
        atributos = {
            "autocomplete": "off",
            "data-selector": "varios" if varios else "uno",
            "data-selector-url": reverse_lazy(direccion),
        }
        if crea:
            atributos["data-selector-crea"] = "si"
        if clases:
            atributos["data-selector-clases"] = ",".join(clases)
        super().__init__(atributos)

    @property
    def media(self) -> forms.Media:
        """El guión y su hoja."""
        return forms.Media(js=["oficina/selector.js"], css={"all": ["oficina/selector.css"]})

    def mostrar(self, textos: dict[str, str]) -> None:
        """Qué se lee en cada ficha ya elegida, si no es su valor."""
        self.attrs["data-selector-textos"] = json.dumps(textos, ensure_ascii=False)


def separar(texto: Any) -> list[str]:
    """«Ana; Luis» → `["Ana", "Luis"]`, sin vacíos ni repetidos."""
    piezas = texto if isinstance(texto, list) else str(texto or "").replace("\n", ";").split(";")
    return list(dict.fromkeys(n for n in (autoridades.limpio(str(p)) for p in piezas) if n))


class AutoridadesField(forms.CharField):
    """Nombres de autoridades separados por punto y coma. Limpio da la lista de nombres, los conocidos con su forma autorizada."""

    def __init__(self, clases: Sequence[str], *, varios: bool = True, **opciones: Any) -> None:
        self.clases, self.varios = tuple(clases), varios
        opciones.setdefault("widget", SelectorWidget("oficina_selector_autoridades", clases, varios=varios))
        opciones.setdefault("required", False)
        super().__init__(**opciones)

    def prepare_value(self, value: Any) -> Any:
        """Los nombres en un renglón."""
        return "; ".join(str(v) for v in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        """Cada nombre, como se llama la autoridad que ya existe."""
        return list(dict.fromkeys(self._conocido(nombre) for nombre in separar(value)))

    def _conocido(self, nombre: str) -> str:
        if len(nombre) > autoridades.LARGO_DE_NOMBRE or not autoridades.normal(nombre):
            raise forms.ValidationError(
                f"«{nombre[:60]}» no sirve como nombre: escriba hasta {autoridades.LARGO_DE_NOMBRE} caracteres, con letras."
            )
        for clase in self.clases:
            halladas = autoridades.halladas(clase, nombre)
            if len(halladas) == 1:
                return str(halladas[0])
            if len(halladas) > 1 and not any(str(a) == nombre for a in halladas):
                formas = "; ".join(f"«{a}»" for a in halladas[:5])
                raise forms.ValidationError(f"Hay varias que se llaman «{nombre}». Elija una: {formas}.")
        return nombre

    def validate(self, value: Any) -> None:
        """Obligatorio sólo si lo es; uno solo si no admite varios."""
        super().validate(value or "")
        if not self.varios and len(value) > 1:
            raise forms.ValidationError("Elija uno solo.")

    def run_validators(self, value: Any) -> None:
        """Se revisó nombre por nombre."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compara nombre por nombre."""
        return separar(self.prepare_value(initial)) != separar(data)


def autoridad_de(nombre: str, clases: Iterable[str], actor: Any) -> Autoridad:
    """La autoridad de ese nombre en la primera clase que la conozca; si ninguna, una nueva por verificar de la primera."""
    opciones = list(clases)
    for clase in opciones:
        halladas = [a for a in autoridades.halladas(clase, nombre) if str(a) == nombre] or autoridades.halladas(clase, nombre)
        if len(halladas) == 1:
            return halladas[0]
    return autoridades.proponer(opciones[0], nombre, actor)


class AreaField(forms.ModelChoiceField):
    """Un área, escrita por su nombre o su clave; también acepta su llave."""

    def __init__(self, **opciones: Any) -> None:
        opciones.setdefault("queryset", Area.objects.all())
        super().__init__(widget=SelectorWidget("oficina_selector_areas", varios=False, crea=False), **opciones)

    def prepare_value(self, value: Any) -> Any:
        """Su nombre; con su clave si otra se llama igual."""
        if isinstance(value, Area):
            return escrita(value)
        hallada = Area.objects.filter(pk=value).first() if str(value or "").isdigit() else None
        return escrita(hallada) if hallada else value

    def to_python(self, value: Any) -> Area | None:
        """El área que se llama así."""
        texto = " ".join(str(value or "").split())
        if not texto:
            return None
        filas: QuerySet[Area] = Area.objects.all() if self.queryset is None else self.queryset
        if texto.isascii() and texto.isdigit():
            halladas = list(filas.filter(pk=int(texto))) if len(texto) < 19 else []
        else:
            nombre, _, clave = texto.removesuffix("]").rpartition(" [")
            halladas = list(filas.filter(clave=clave)) if nombre else areas_que_se_llaman(texto, filas)
            halladas = halladas or list(filas.filter(clave=texto))
        if len(halladas) == 1:
            return halladas[0]
        if halladas:
            raise forms.ValidationError(f"Hay varias áreas que se llaman «{texto}». Escriba la clave de la suya.")
        raise forms.ValidationError(f"No encontramos el área «{texto}» entre las suyas. Elija una de la lista.")


def areas_que_se_llaman(texto: str, filas: QuerySet[Area]) -> list[Area]:
    """Las áreas de ese nombre, sin distinguir acentos ni mayúsculas (SQLite no las iguala fuera del ASCII)."""
    buscado = autoridades.normal(texto)
    llaves = [pk for pk, nombre in filas.order_by().values_list("pk", "nombre") if autoridades.normal(nombre) == buscado]
    return list(filas.filter(pk__in=llaves[:2]))


def escrita(area: Area) -> str:
    """Cómo se escribe un área en el selector."""
    repetida = Area.objects.filter(nombre__iexact=area.nombre).exclude(pk=area.pk).exists()
    return f"{area.nombre} [{area.clave}]" if repetida else area.nombre
