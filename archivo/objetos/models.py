"""`ObjetoDigital`: los bytes de un original, nombrados por su SHA-256. Se agregan; no se cambian ni se borran."""

from typing import Any

from django.db import models


class OriginalInmutable(Exception):
    """Se quiso cambiar o borrar un original. Agregue un objeto nuevo: el anterior se conserva (LGA arts. 43 y 47)."""


CONTENIDO = ("sha256", "bytes", "mime", "paginas", "creado")


class ObjetoDigitalQuerySet(models.QuerySet["ObjetoDigital"]):
    """Lo que se puede preguntar de los objetos, y lo que no se les puede hacer en bloque."""

    def update(self, **kwargs: Any) -> int:
        """Sólo se actualiza el resultado de la verificación."""
        if tocados := sorted(set(CONTENIDO) & set(kwargs)):
            raise OriginalInmutable(f"No se cambian {', '.join(tocados)} de un original; guarde un objeto nuevo.")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Un original no se borra fuera de una baja documental."""
        raise OriginalInmutable("Los originales no se borran; la baja documental es un acto aparte.")


class ObjetoDigital(models.Model):
    """Un original por contenido. `bytes` es su tamaño; `paginas` es null si el formato no tiene páginas."""

    class Integridad(models.TextChoices):
        """Resultado de la última verificación."""

        SIN_REVISAR = "sin_revisar", "sin revisar"
        CORRECTO = "correcto", "correcto"
        FALLA = "falla", "con falla"

    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    bytes = models.PositiveBigIntegerField("bytes", editable=False)
    mime = models.CharField("formato", max_length=120, default="application/octet-stream", editable=False)
    paginas = models.PositiveIntegerField("páginas", null=True, blank=True, editable=False)
    creado = models.DateTimeField("guardado", auto_now_add=True)
    integridad = models.CharField("integridad", max_length=12, choices=Integridad, default=Integridad.SIN_REVISAR)
    motivo = models.CharField("motivo de la falla", max_length=200, blank=True)
    verificado_en = models.DateTimeField("verificado", null=True, blank=True, db_index=True)

    objects = ObjetoDigitalQuerySet.as_manager()

    class Meta:
        verbose_name = "objeto digital"
        verbose_name_plural = "objetos digitales"

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.mime})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserta; o guarda el resultado de una verificación sin tocar el contenido."""
        leido = getattr(self, "_leido", {})
        if cambiados := [campo for campo, valor in leido.items() if getattr(self, campo) != valor]:
            raise OriginalInmutable(f"No se cambian {', '.join(cambiados)} de un original; guarde un objeto nuevo.")
        super().save(*args, **kwargs)
        self._leido = {campo: getattr(self, campo) for campo in CONTENIDO}

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Un original no se borra fuera de una baja documental."""
        raise OriginalInmutable("Los originales no se borran; la baja documental es un acto aparte.")

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **opciones: Any) -> "ObjetoDigital":
        """Recuerda el contenido con que se leyó, para negarse a cambiarlo."""
        objeto = super().from_db(db, field_names, values, **opciones)
        objeto._leido = {campo: objeto.__dict__[campo] for campo in CONTENIDO if campo in objeto.__dict__}
        return objeto
