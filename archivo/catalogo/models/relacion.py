"""Relaciones entre elementos."""

from django.db import models

from archivo.catalogo.models.item import Item

CLASES = [
    ("fe_de_erratas_de", "Fe de erratas de"),
    ("alcance_de", "Alcance de"),
    ("sustituye_a", "Sustituye a"),
    ("traduccion_de", "Traducción de"),
]


class Relacion(models.Model):
    """Un elemento dice algo de otro: lo corrige, lo amplía, lo sustituye o lo traduce (ISAD(G) 3.5.3)."""

    origen = models.ForeignKey(Item, models.CASCADE, related_name="relaciones")
    destino = models.ForeignKey(Item, models.PROTECT, related_name="relaciones_inversas")
    clase = models.CharField("relación", max_length=20, choices=CLASES)
    correcciones = models.JSONField(default=list, blank=True, help_text="Lista de {donde, dice, debe}.")

    class Meta:
        verbose_name = "relación"
        verbose_name_plural = "relaciones"
        constraints = [models.UniqueConstraint(fields=["origen", "destino", "clase"], name="relacion_unica")]
