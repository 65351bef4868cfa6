"""El vocabulario temático."""

from django.db import models


class Tema(models.Model):
    """Un término del vocabulario con que se describe de qué trata un elemento (ISAD(G) 3.3.1)."""

    nombre = models.CharField("nombre", max_length=150, unique=True)

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temas"
        ordering = ("nombre",)

    def __str__(self) -> str:
        return self.nombre
