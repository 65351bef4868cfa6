"""Sucesos (quién hizo, vio o fue rechazado) y los sellos que los encadenan."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

HUELLA_INICIAL = "0" * 64


class HistoriaInmutable(Exception):
    """Se intentó cambiar o borrar historia. Lo que se haga para corregirla se registra como un suceso nuevo."""


class HistoriaQuerySet(models.QuerySet):
    """Sólo lee y agrega: cambiar o borrar en bloque es tan imposible como hacerlo de uno en uno."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Nunca: la historia no se cambia."""
        raise HistoriaInmutable(
            f"{self.model._meta.verbose_name_plural}: no se cambian; registre un suceso nuevo que lo explique."
        )

    def delete(self) -> NoReturn:
        """Nunca: la historia no se borra."""
        raise HistoriaInmutable(f"{self.model._meta.verbose_name_plural}: no se borran.")


class Historia(models.Model):
    """Lo común a las filas que se agregan y no vuelven a tocarse (también lo impide la base de datos)."""

    objects = HistoriaQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Agrega la fila; cambiar una existente lanza `HistoriaInmutable`."""
        if not self._state.adding:
            raise HistoriaInmutable(
                f"{self._meta.verbose_name} {self.pk}: no se cambia; registre un suceso nuevo que lo explique."
            )
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Nunca: la historia no se borra."""
        raise HistoriaInmutable(f"{self._meta.verbose_name} {self.pk}: no se borra.")


class Resultado(models.TextChoices):
    """En qué terminó lo que se intentó."""

    HECHO = "hecho", "hecho"
    RECHAZADO = "rechazado", "rechazado"


class Suceso(Historia):
    """Un hecho del archivo, escrito en la misma transacción de lo que cuenta."""

    id = models.BigAutoField(primary_key=True)
    momento = models.DateTimeField("momento", default=timezone.now, editable=False)
    clase = models.CharField("clase", max_length=80)
    objeto = models.CharField("objeto", max_length=120, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="actor"
    )
    actor_nombre = models.CharField("nombre de quien actuó", max_length=200, blank=True)
    motivo = models.TextField("motivo", blank=True)
    detalle = models.JSONField("detalle", default=dict, blank=True)
    ip = models.GenericIPAddressField("dirección de red", null=True, blank=True)
    resultado = models.CharField("resultado", max_length=10, choices=Resultado, default=Resultado.HECHO)

    class Meta:
        verbose_name = "suceso"
        verbose_name_plural = "sucesos"
        ordering = ("id",)
        indexes = [
            models.Index(fields=["objeto", "id"], name="suceso_por_objeto"),
            models.Index(fields=["momento", "id"], name="suceso_en_orden"),
            models.Index(fields=["clase", "momento", "id"], name="suceso_por_clase_en_orden"),
            models.Index(fields=["actor", "momento", "id"], name="suceso_por_actor_en_orden"),
            models.Index(fields=["actor", "clase", "momento", "id"], name="suceso_por_actor_y_clase"),
            models.Index(fields=["momento", "id"], condition=models.Q(resultado="rechazado"), name="suceso_rechazado_en_orden"),
            models.Index(
                fields=["actor", "momento", "id"], condition=models.Q(resultado="rechazado"), name="suceso_rechazado_por_actor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.momento:%Y-%m-%d %H:%M} {self.clase} {self.objeto} ({self.actor_nombre or 'el sistema'})"


class Sello(Historia):
    """Un eslabón: la huella de un lote de sucesos y del sello anterior.

    `huecos` son los identificadores de `desde` a `hasta` que no existían al sellar, como intervalos `[[a, b], …]`;
    `tardios`, los de huecos anteriores que aparecieron después (una transacción que confirmó tarde) y sella éste.
    """

    numero = models.PositiveBigIntegerField("número", primary_key=True)
    momento = models.DateTimeField("momento", default=timezone.now)
    desde = models.BigIntegerField("desde el suceso")
    hasta = models.BigIntegerField("hasta el suceso")
    huecos = models.JSONField("huecos", default=list)
    tardios = models.JSONField("tardíos", default=list)
    total = models.PositiveIntegerField("sucesos sellados")
    anterior = models.CharField("huella anterior", max_length=64)
    huella = models.CharField("huella", max_length=64, unique=True)

    class Meta:
        verbose_name = "sello"
        verbose_name_plural = "sellos"
        ordering = ("numero",)

    def __str__(self) -> str:
        return f"Sello {self.numero}: sucesos {self.desde} a {self.hasta}"
