"""El texto de un elemento: su cuerpo y sus páginas."""

from django.db import models

from archivo.catalogo.models.adjunto import Adjunto
from archivo.catalogo.models.item import Item


class Cuerpo(models.Model):
    """El texto redactado de un elemento, como HTML limpio (p, h2–h4, ul, ol, li, blockquote, strong, em, a, br)."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="cuerpo")
    html = models.TextField("cuerpo", blank=True)

    class Meta:
        verbose_name = "cuerpo"
        verbose_name_plural = "cuerpos"


class Pagina(models.Model):
    """Una página de un archivo, o una parte (unos 6,000 caracteres) de un texto sin archivo.

    `n` es única en el elemento y es la de su dirección: primero las partes del cuerpo, luego las páginas de cada adjunto en
    orden. `n_en_archivo` es la página dentro de su archivo.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="paginas")
    adjunto = models.ForeignKey(Adjunto, models.CASCADE, null=True, blank=True, related_name="paginas")
    n = models.PositiveIntegerField()
    n_en_archivo = models.PositiveIntegerField(null=True, blank=True)
    texto = models.TextField(blank=True)
    lectura = models.CharField(
        max_length=10,
        default="texto",
        choices=[("texto", "Texto"), ("pdf", "Capa de texto del PDF"), ("ocr", "OCR"), ("sin_texto", "Sin texto")],
    )

    confianza = models.PositiveSmallIntegerField(null=True, blank=True, help_text="De la lectura óptica, de 0 a 100.")

    class Meta:
        verbose_name = "página"
        verbose_name_plural = "páginas"
        ordering = ("n",)
        constraints = [models.UniqueConstraint(fields=["item", "n"], name="pagina_unica_en_elemento")]
