"""Los campos con que se arman las fichas: renglones, duraciones y fechas, con sus reglas y sus mensajes."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

_DURACION = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\Z")
UN_DIA = 24 * 3600


class FechaField(forms.DateField):
    """Un día, con el control del navegador."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HoraField(forms.TimeField):
    """Una hora, con el control del navegador."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MomentoField(forms.CharField):
    """Un día y una hora locales, `2026-11-20T10:00`; limpio es ese texto."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})
    _FORMA = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?\Z")

    def to_python(self, value: Any) -> str:
        """Revisa la forma y que el día exista."""
        escrito = str(value or "").strip().replace(" ", "T")
        if not escrito:
            return ""
        if not self._FORMA.match(escrito):
            raise forms.ValidationError("Escriba el día y la hora, por ejemplo 2026-11-20T10:00.")
        forms.DateTimeField().clean(escrito)
        return escrito[:16]


def segundos_de(duracion: str) -> int | None:
    """Los segundos de `00:03:20` o `3:20`; None si no es una duración."""
    partes = _DURACION.match(duracion.strip())
    if partes is None or int(partes[2]) > 59 or int(partes[3]) > 59:
        return None
    return int(partes[1] or 0) * 3600 + int(partes[2]) * 60 + int(partes[3])


class DuracionField(forms.CharField):
    """Horas, minutos y segundos, más de cero y menos de un día; limpio es `00:03:20`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Horas, minutos y segundos: 00:03:20.")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """La misma duración con sus tres partes."""
        escrito = super().to_python(value)
        if not escrito:
            return ""
        segundos = segundos_de(escrito)
        if segundos is None:
            raise forms.ValidationError("Escriba la duración como 00:03:20: horas, minutos y segundos.")
        if not 0 < segundos < UN_DIA:
            raise forms.ValidationError("La duración va de un segundo a menos de 24 horas.")
        return f"{segundos // 3600:02d}:{segundos // 60 % 60:02d}:{segundos % 60:02d}"


class RenglonesField(forms.CharField):
    """Una lista de textos, uno por renglón."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """La lista guardada, un renglón por texto."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Renglones no vacíos, sin los espacios de los lados."""
        renglones: Sequence[Any] = value if isinstance(value, list) else str(value or "").splitlines()
        return [str(r).strip() for r in renglones if str(r).strip()]


class SeccionField(forms.CharField):
    """Un texto que se filtra tal como se escribió, con sus espacios de en medio."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=True, max_length=200, **kwargs)


def opciones(pares: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Las opciones de una lista, con una vacía al principio."""
    return [("", "—"), *pares]
