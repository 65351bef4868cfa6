"""Qué autoridades nombra cada elemento, y con qué papel."""

from django.db import models

from archivo.catalogo.models.autoridad import Autoridad
from archivo.catalogo.models.item import Item

PAPELES = [
    ("autor", "Autor"),
    ("persona", "Persona mencionada"),
    ("retratada", "Persona retratada"),
    ("dependencia", "Dependencia"),
    ("lugar", "Lugar"),
]


class Mencion(models.Model):
    """Un punto de acceso: una autoridad en un elemento (ISAD(G) 3.2.1 y puntos de acceso)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="menciones")
    autoridad = models.ForeignKey(Autoridad, models.PROTECT, related_name="menciones")
    papel = models.CharField("papel", max_length=12, choices=PAPELES)

    class Meta:
        verbose_name = "mención"
        verbose_name_plural = "menciones"
        constraints = [models.UniqueConstraint(fields=["item", "autoridad", "papel"], name="mencion_unica")]
