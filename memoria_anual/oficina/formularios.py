"""Los formularios de metas, mediciones, umbrales e indicadores propios."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django import forms

from memoria_anual.indicadores.puerta import (
    IndicadorPropio,
    MedicionCapturada,
    Origen,
    PeticionInutilizable,
    UmbralDeSemaforo,
    indicadores,
    peticion_de,
    registrado_en_codigo,
)

_DIA = {"type": "date"}
_NO_SON_FILTROS = frozenset({"q", "orden", "pagina", "tamano", "modo", "formato", "tras", "contiene", "por", "hoja"})
_DE_FECHA = frozenset({"anio", "fecha", "desde", "hasta"})
"""El periodo lo pone cada cifra: una búsqueda de 2026 daría siempre cero en los demás años."""
TRIMESTRES = [(n, f"Trimestre {n}") for n in (1, 2, 3, 4)]


def opciones_de_indicador(*, capturados: bool | None = None) -> list[tuple[str, str]]:
    """Clave y nombre de los indicadores en uso; con `capturados`, sólo los que se teclean, o sólo los que no."""
    todos = indicadores()
    return [
        (i.clave, f"{i.clave} · {i.nombre}")
        for i in todos
        if capturados is None or (i.origen is Origen.CAPTURA) is capturados
    ]  # fmt: skip


class MetaForm(forms.Form):
    """Lo programado de un indicador en un trimestre."""

    indicador = forms.ChoiceField(label="Indicador")
    trimestre = forms.TypedChoiceField(label="Trimestre", choices=TRIMESTRES, coerce=int)
    programado = forms.DecimalField(label="Programado", min_value=0, max_digits=14, decimal_places=2)
    motivo = forms.CharField(
        label="Motivo", max_length=300, required=False, help_text="Hace falta para cambiar una meta que ya estaba."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicador"].choices = opciones_de_indicador()  # type: ignore[attr-defined]


class JustificacionForm(forms.Form):
    """Por qué un trimestre se alejó de lo programado."""

    indicador = forms.ChoiceField(label="Indicador")
    trimestre = forms.TypedChoiceField(label="Trimestre", choices=TRIMESTRES, coerce=int)
    texto = forms.CharField(label="Justificación", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)

    def __init__(self, *args: Any, faltan: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicador"].choices = list(faltan)  # type: ignore[attr-defined]


class UmbralForm(forms.ModelForm):
    """Desde qué día se lee así el avance."""

    class Meta:
        model = UmbralDeSemaforo
        fields = ("desde", "verde", "amarillo", "justifica_bajo", "justifica_sobre", "fundamento")
        widgets = {"desde": forms.DateInput(attrs=_DIA, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        """El verde empieza donde el amarillo o después, y el intervalo no está al revés."""
        limpios = super().clean() or {}
        verde, amarillo = limpios.get("verde"), limpios.get("amarillo")
        if verde is not None and amarillo is not None and verde < amarillo:
            self.add_error("verde", "El verde empieza en el mismo porcentaje que el amarillo, o más arriba.")
        bajo, sobre = limpios.get("justifica_bajo"), limpios.get("justifica_sobre")
        if bajo is not None and sobre is not None and sobre < bajo:
            self.add_error("justifica_sobre", "Escriba un porcentaje mayor que el de abajo.")
        return limpios


class MedicionForm(forms.Form):
    """Un número tecleado, con su periodo y su fuente."""

    clase = forms.ChoiceField(label="Qué es", choices=MedicionCapturada.Clase.choices)
    indicador = forms.ChoiceField(label="Indicador")
    desde = forms.DateField(label="Desde", widget=forms.DateInput(attrs=_DIA, format="%Y-%m-%d"))
    hasta = forms.DateField(label="Hasta", widget=forms.DateInput(attrs=_DIA, format="%Y-%m-%d"))
    concepto = forms.CharField(label="De qué parte", max_length=80, required=False, help_text="Por ejemplo, la red social.")
    valor = forms.DecimalField(label="Valor", min_value=0, max_digits=18, decimal_places=2)
    fuente = forms.CharField(
        label="Fuente", max_length=300, help_text="De dónde salió: el informe y su página, o el panel que se leyó."
    )
    nota = forms.CharField(label="Nota", max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicador"].choices = opciones_de_indicador()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Lo que el archivo cuenta no se mide a mano: sólo se copia de un informe anterior."""
        limpios = super().clean() or {}
        de_informe = limpios.get("clase") == MedicionCapturada.Clase.INFORME
        capturables = dict(opciones_de_indicador(capturados=True))
        if not de_informe and limpios.get("indicador") not in {None, *capturables}:
            self.add_error(
                "indicador", "Ese indicador lo cuenta el archivo. Si es de un informe viejo, elija «Informe anterior»."
            )
        return limpios


class FiltrosField(forms.Field):
    """Filtros de búsqueda, uno por renglón: CAMPO=VALOR. Limpio es `{campo: [valores]}`."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Un renglón por valor."""
        return "\n".join(f"{c}={v}" for c, vs in value.items() for v in vs) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> dict[str, list[str]]:
        """Los filtros escritos."""
        leidos: dict[str, list[str]] = {}
        for renglon in (value or "").replace("\0", "").splitlines():
            campo, igual, valor = (p.strip() for p in renglon.partition("="))
            if renglon.strip() and not (igual and campo and valor):
                raise forms.ValidationError(f"Escriba el filtro como CAMPO=VALOR; llegó «{renglon.strip()[:60]}».")
            if renglon.strip():
                leidos.setdefault(campo, []).append(valor)
        return leidos

    def has_changed(self, initial: Any, data: Any) -> bool:
        """¿Dice otros?"""
        return self.prepare_value(initial or {}) != (data or "")


class IndicadorPropioForm(forms.ModelForm):
    """Un indicador sin programar: se pega la dirección de una búsqueda, o se escriben sus palabras y filtros."""

    busqueda = forms.CharField(
        label="Dirección de una búsqueda",
        max_length=2000,
        required=False,
        help_text="Haga la búsqueda en la página de buscar, copie su dirección y péguela aquí. O escriba lo de abajo.",
    )
    se_quitaron: Sequence[str] = ()
    filtros = FiltrosField(label="Filtros", required=False, help_text="Uno por renglón, por ejemplo: tipo=boletin")

    class Meta:
        model = IndicadorPropio
        fields = ("clave", "nombre", "unidad", "cuenta", "busqueda", "texto", "filtros", "agrupacion", "activo")

    def clean_clave(self) -> str:
        """No puede ser la de un indicador del producto, ni cambiar: los cortes hechos la nombran."""
        clave = self.cleaned_data["clave"].strip().upper()
        if registrado_en_codigo(clave):
            raise forms.ValidationError(f"«{clave}» ya es un indicador del archivo. Escriba otra clave.")
        if self.instance.pk and clave != self.instance.clave:
            raise forms.ValidationError("La clave no cambia: los cortes hechos la nombran. Haga otro indicador.")
        return clave

    def clean(self) -> dict[str, Any]:
        """Lo pegado sustituye a las palabras y filtros; y todo debe ser una búsqueda que el archivo entiende."""
        limpios = super().clean() or {}
        if limpios.get("busqueda"):
            limpios["texto"], limpios["filtros"] = de_direccion(limpios["busqueda"])
            self.se_quitaron = _con_valores(limpios["filtros"], _DE_FECHA)
            limpios["filtros"] = {c: v for c, v in limpios["filtros"].items() if c not in _DE_FECHA}
        elif dichas := _con_valores(limpios.get("filtros") or {}, _DE_FECHA):
            self.add_error("filtros", f"Quite {', '.join(dichas)}: el periodo lo pone cada cifra.")
            return limpios
        if not limpios.get("texto") and not limpios.get("filtros"):
            self.add_error("texto", "Escriba palabras o al menos un filtro: sin ellos contaría todo el archivo.")
            return limpios
        try:
            peticion_de(limpios.get("texto", ""), limpios.get("filtros") or {})
        except PeticionInutilizable as error:
            self.add_error("busqueda" if limpios.get("busqueda") else "filtros", str(error))
        return limpios


def _con_valores(filtros: Mapping[str, Sequence[str]], cuales: Collection[str]) -> list[str]:
    return [f"{c}={v}" for c, valores in filtros.items() if c in cuales for v in valores]


def de_direccion(direccion: str) -> tuple[str, dict[str, list[str]]]:
    """Las palabras y los filtros de la dirección de una búsqueda: `/buscar/?q=agua&tipo=boletin`."""
    parametros = parse_qs(urlsplit(direccion.strip()).query)
    return " ".join(parametros.get("q", []))[:500], {c: v for c, v in parametros.items() if c not in _NO_SON_FILTROS}
