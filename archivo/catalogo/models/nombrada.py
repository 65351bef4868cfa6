"""Las personas nombradas para leer lo confidencial."""

from django.db import models

from archivo.catalogo.models.item import Item
from archivo.identidad.puerta import Usuario


class PersonaNombrada(models.Model):
    """Una persona que puede leer un elemento confidencial mientras ejerza en el área que lo produce.

    Sólo la escribe `fijar_nombradas`: las decide el expediente, con motivo y constancia.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="nombradas")
    usuario = models.ForeignKey(Usuario, models.PROTECT, related_name="+", verbose_name="persona")

    class Meta:
        verbose_name = "persona nombrada"
        verbose_name_plural = "personas nombradas"
        ordering = ("usuario_id",)
        constraints = [models.UniqueConstraint(fields=["item", "usuario"], name="persona_nombrada_unica")]
        indexes = [models.Index(fields=["usuario", "item"], name="nombrada_por_persona")]

    def __str__(self) -> str:
        return f"{self.usuario_id} en {self.item_id}"
