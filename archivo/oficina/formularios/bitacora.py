"""Los filtros de la bitácora."""

from typing import Any

from django import forms
from django.core.cache import cache

from archivo.auditoria.puerta import Filtro, Resultado, clases_conocidas
from archivo.catalogo.puerta import CLASES_DE_LECTURA, clave_valida
from archivo.identidad.puerta import Usuario
from archivo.oficina.bitacora import nombre_de_clase, nombre_de_familia

LECTURAS = "lecturas"
CINCO_MINUTOS = 300
_LARGO = 120
RESULTADOS = [("", "Todos"), (Resultado.HECHO, "Procedió"), (Resultado.RECHAZADO, "No procedió")]


def _clases() -> list[str]:
    return cache.get_or_set("bitacora:clases", clases_conocidas, CINCO_MINUTOS) or []


class FiltroForm(forms.Form):
    """Quién, qué, sobre qué, cuándo y con qué resultado. Lo que no se entiende se dice y no filtra."""

    quien = forms.CharField(label="Quién (cuenta)", required=False, max_length=150)
    clase = forms.ChoiceField(label="Qué", required=False)
    objeto = forms.CharField(
        label="Sobre qué", required=False, max_length=_LARGO, help_text="La clave de un documento, o «persona:3»."
    )
    desde = forms.DateField(label="Desde", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    hasta = forms.DateField(label="Hasta", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    resultado = forms.ChoiceField(label="Resultado", required=False, choices=RESULTADOS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clases = _clases()
        familias = sorted({c.partition(".")[0] + "." for c in clases})
        self.fields["clase"].choices = [
            ("", "Todo"),
            (LECTURAS, "Lecturas y descargas"),
            ("Por familia", sorted(((f, f"Todo: {nombre_de_familia(f)}") for f in familias), key=lambda par: par[1])),
            ("Uno solo", sorted(((c, nombre_de_clase(c)) for c in clases), key=lambda par: par[1])),
        ]
        elegida = self.data.get("clase", "")
        if elegida and elegida not in {LECTURAS, *familias, *clases}:
            self.fields["clase"].choices.append((elegida[:80], elegida[:80]))

    def clean_quien(self) -> Usuario | None:
        """La cuenta con ese nombre."""
        nombre = self.cleaned_data["quien"]
        if not nombre:
            return None
        usuario = Usuario.objects.filter(username__iexact=nombre).first()
        if usuario is None:
            raise forms.ValidationError("No hay una cuenta con ese nombre. Escríbalo como aparece en Personas.")
        return usuario

    def clean_objeto(self) -> str:
        """Una clave sola es de un documento."""
        escrito = self.cleaned_data["objeto"].strip()
        return f"item:{escrito.lower()}" if clave_valida(escrito.lower()) else escrito

    def filtro(self) -> Filtro:
        """Lo pedido y entendido."""
        self.is_valid()
        limpio = self.cleaned_data
        quien = limpio.get("quien")
        return Filtro(
            actor_id=quien.pk if quien else None,
            clases=self._clases_pedidas(limpio.get("clase", "")),
            objeto=limpio.get("objeto", ""),
            resultado=limpio.get("resultado", ""),
            desde=limpio.get("desde"),
            hasta=limpio.get("hasta"),
        )

    @staticmethod
    def _clases_pedidas(elegida: str) -> tuple[str, ...]:
        if elegida == LECTURAS:
            return CLASES_DE_LECTURA
        if elegida.endswith("."):
            return tuple(c for c in _clases() if c.startswith(elegida)) or (elegida,)
        return (elegida,) if elegida else ()
