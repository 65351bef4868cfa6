"""Los nombres que una oficina da a las opciones de una lista («informativa» → «Neutral»)."""

from django.core.exceptions import ValidationError
from django.db import models

from archivo.catalogo.rotulos import PREDETERMINADOS

LISTAS = [("valoracion", "Valoración de un recorte")]


class Rotulo(models.Model):
    """El nombre propio de una opción; la clave, que es lo que se guarda y se filtra, no cambia."""

    lista = models.CharField("lista", max_length=20, choices=LISTAS)
    clave = models.SlugField("clave", max_length=40)
    nombre = models.CharField("nombre", max_length=80)

    class Meta:
        verbose_name = "nombre de opción"
        verbose_name_plural = "nombres de opciones"
        ordering = ("lista", "clave")
        constraints = [models.UniqueConstraint(fields=["lista", "clave"], name="rotulo_unico")]

    def __str__(self) -> str:
        return self.nombre

    def clean(self) -> None:
        """La clave es una de las que la lista tiene."""
        claves = [c for c, _ in PREDETERMINADOS.get(self.lista, ())]
        if self.clave not in claves:
            raise ValidationError({"clave": f"Use una de: {', '.join(claves)}."})
