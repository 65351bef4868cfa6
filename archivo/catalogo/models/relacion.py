"""Relaciones entre elementos."""

from django.db import models

from archivo.catalogo.models.item import Item
from archivo.catalogo.relaciones import ClaseDeRelacion, clase_de, opciones_de_clase


class Relacion(models.Model):
    """Un elemento dice algo de otro (ISAD(G) 3.5.3). Qué puede decirse lo declara `archivo.catalogo.relaciones`.

    `grupo` y `orden` reparten los destinos de las que forman un conjunto (las notas de una síntesis, por sección); `datos`
    guarda lo que se dice del destino ahí: `{"resumen", "destacada"}`.
    """

    origen = models.ForeignKey(Item, models.CASCADE, related_name="relaciones")
    destino = models.ForeignKey(Item, models.PROTECT, related_name="relaciones_inversas")
    clase = models.CharField("relación", max_length=30, choices=opciones_de_clase)
    grupo = models.CharField("sección", max_length=40, blank=True)
    orden = models.PositiveSmallIntegerField("lugar", default=0)
    datos = models.JSONField(default=dict, blank=True)
    correcciones = models.JSONField(default=list, blank=True, help_text="Lista de {donde, dice, debe}.")

    class Meta:
        verbose_name = "relación"
        verbose_name_plural = "relaciones"
        ordering = ("orden", "pk")
        constraints = [models.UniqueConstraint(fields=["origen", "destino", "clase", "grupo"], name="relacion_unica")]

    def __str__(self) -> str:
        return f"{self.nombre}: {self.destino_id}"

    @property
    def declaracion(self) -> ClaseDeRelacion | None:
        """Lo declarado de su clase; None si la clase ya no existe."""
        return clase_de(self.clase)

    @property
    def nombre(self) -> str:
        """Cómo se dice desde el origen."""
        return self.declaracion.nombre if self.declaracion else self.clase

    @property
    def seccion(self) -> str:
        """Cómo se llama la sección en que está, o «»."""
        return dict(self.declaracion.grupos).get(self.grupo, self.grupo) if self.declaracion else self.grupo

    @property
    def inverso(self) -> str:
        """Cómo se dice desde el destino."""
        return self.declaracion.inverso if self.declaracion else self.clase
