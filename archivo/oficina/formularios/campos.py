"""Los campos propios de los formularios de la oficina."""

from typing import Any

from django import forms
from wagtail.admin.rich_text import DraftailRichTextArea

from archivo.catalogo.puerta import FechaIlegible, FechaParcial, Tema, leer_fecha, limpiar

RASGOS_DEL_CUERPO = ["h2", "h3", "h4", "bold", "italic", "ol", "ul", "link", "blockquote"]
_LARGOS = {"dia": 10, "mes": 7, "anio": 4}
LARGO_DE_TEMA: int = Tema._meta.get_field("nombre").max_length or 0


def fecha_escrita(fecha: FechaParcial) -> str:
    """La fecha como se escribe en el formulario: `2026-11-22`, `1987-03`, `1987`, «ca. 1987», `1980/1989`."""
    if fecha.texto or fecha.desde is None or fecha.hasta is None:
        return fecha.texto
    largo = _LARGOS.get(fecha.precision)
    return fecha.desde.isoformat()[:largo] if largo else f"{fecha.desde.isoformat()}/{fecha.hasta.isoformat()}"


class FechaParcialField(forms.CharField):
    """Una fecha que puede ser un día, un mes, un año o aproximada; limpia da un `FechaParcial`."""

    def prepare_value(self, value: Any) -> Any:
        """El texto de una fecha guardada."""
        return fecha_escrita(value) if isinstance(value, FechaParcial) else value

    def to_python(self, value: Any) -> FechaParcial:
        """Lee el texto; lo ilegible dice cómo escribirlo."""
        if isinstance(value, FechaParcial):
            return value
        try:
            return leer_fecha(super().to_python(value))
        except FechaIlegible as error:
            raise forms.ValidationError(str(error)) from error

    def validate(self, value: Any) -> None:
        """Obligatoria sólo si el campo lo es."""
        super().validate(value.desde)

    def run_validators(self, value: Any) -> None:
        """El largo ya lo limita la lectura."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compara lo escrito."""
        return (self.prepare_value(initial) or "") != (data or "").strip()


def _como_existe(nombre: str) -> str:
    """El tema que ya existe con otras mayúsculas, o el mismo nombre."""
    return Tema.objects.filter(nombre__iexact=nombre).values_list("nombre", flat=True).first() or nombre


class TemasField(forms.CharField):
    """Temas separados por punto y coma; los nuevos se crean al guardar. Limpio da una lista de nombres sin repetir."""

    def prepare_value(self, value: Any) -> Any:
        """Los nombres en un renglón."""
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Nombres con los espacios recogidos, en el orden escrito; el que ya existe, como está en el vocabulario."""
        piezas = value if isinstance(value, list) else str(value or "").replace("\n", ";").split(";")
        nombres: dict[str, str] = {}
        for nombre in (" ".join(p.split()) for p in piezas):
            if nombre:
                nombres.setdefault(nombre.casefold(), nombre)
        return [_como_existe(n) for n in nombres.values()]

    def validate(self, value: Any) -> None:
        """Cada nombre cabe en el vocabulario."""
        largo = next((n for n in value if len(n) > LARGO_DE_TEMA), None)
        if largo:
            raise forms.ValidationError(
                f"Acorte el tema «{largo[:60]}…» a {LARGO_DE_TEMA} caracteres, o sepárelo con punto y coma."
            )

    def run_validators(self, value: Any) -> None:
        """Se revisó nombre por nombre."""


class CuerpoIlegible(str):
    """Lo que llegó en lugar de un texto del editor."""

    __slots__ = ()


class CuerpoWidget(DraftailRichTextArea):
    """El editor de texto, sólo con lo que admite el cuerpo de un elemento."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RASGOS_DEL_CUERPO, **kwargs)
        self.options |= {"ariaLabel": "Texto", "placeholder": "Escriba el texto. Con «/» elige el tipo de párrafo."}
        # Por omisión tarda 250 ms en pasar lo escrito al formulario: quien guarda con el teclado perdería el final.
        self.options["stateSaveInterval"] = 0

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """El HTML de lo editado; lo que no es del editor queda marcado, sin romper."""
        try:
            return super().value_from_datadict(data, files, name) if data.get(name) else ""
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            return CuerpoIlegible(data.get(name))

    def format_value(self, value: Any) -> str | None:
        """Para el editor; lo ilegible no vuelve."""
        return super().format_value("" if isinstance(value, CuerpoIlegible) else _cerrado(value))

    def ida_y_vuelta(self, html: str) -> str:
        """Cómo queda un cuerpo guardado tras pasar por el editor sin tocarlo."""
        return limpiar(self.converter.to_database_format(self.converter.from_database_format(_cerrado(html))))

    def entiende(self, html: str) -> bool:
        """¿Puede el editor mostrar ese HTML? Wagtail se detiene ante anidamientos que no espera."""
        try:
            self.format_value(html)
        except (AssertionError, ValueError, KeyError, IndexError, AttributeError):
            return False
        return True


def _cerrado(html: str | None) -> str:
    """El convertidor de Wagtail exige que los saltos de renglón se cierren."""
    return (html or "").replace("<br>", "<br/>")


class CuerpoField(forms.CharField):
    """El cuerpo de un elemento."""

    widget = CuerpoWidget

    def to_python(self, value: Any) -> str:
        """Rechaza lo que el editor no pudo haber enviado."""
        if isinstance(value, CuerpoIlegible):
            raise forms.ValidationError(
                "No se entendió el texto que llegó del editor. Vuelva a abrir el documento y escríbalo de nuevo."
            )
        return super().to_python(value) or ""


class MomentoWidget(forms.DateTimeInput):
    """Fecha y hora con el control del navegador: en el idioma de la persona, con teclado y sin guiones en línea."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DiaWidget(forms.DateInput):
    """Un día con el control del navegador."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class HoraWidget(forms.TimeInput):
    """Hora con el control del navegador."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
