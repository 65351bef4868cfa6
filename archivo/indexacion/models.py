"""La cola de cambios del índice (se escribe en la transacción que cambia el elemento; sólo el indizador la vacía) y los sinónimos."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone


class CambioIndiceQuerySet(models.QuerySet["CambioIndice"]):
    """Vocabulario de la cola."""

    def vencidos(self) -> "CambioIndiceQuerySet":
        """Los que ya toca aplicar (los de un embargo esperan su hora)."""
        return self.filter(Q(desde__isnull=True) | Q(desde__lte=timezone.now()))

    def rechazados(self) -> "CambioIndiceQuerySet":
        """Los que el índice no aceptó y se volverán a intentar."""
        return self.filter(intentos__gt=0)

    def revocadas(self) -> frozenset[str]:
        """Las claves que alguien dejó de poder ver y el índice quizá aún tiene."""
        return frozenset(self.filter(revoca=True).values_list("clave", flat=True))


class CambioIndice(models.Model):
    """«Este elemento cambió»: la fila se borra cuando el índice ya lo refleja.

    No lleva llave foránea: también anuncia elementos que dejaron de existir. `revoca` oculta la clave en toda búsqueda desde
    que la transacción termina, sin esperar al índice. Si el índice no acepta el elemento, la fila queda con el `motivo` y la hora
    del siguiente intento en `desde`.
    """

    item_id = models.BigIntegerField()
    clave = models.CharField(max_length=12, blank=True)
    revoca = models.BooleanField(default=False)
    desde = models.DateTimeField(null=True, blank=True)
    creado = models.DateTimeField(default=timezone.now)
    intentos = models.PositiveSmallIntegerField(default=0)
    motivo = models.CharField(max_length=300, blank=True)

    objects = CambioIndiceQuerySet.as_manager()

    class Meta:
        verbose_name = "cambio por indexar"
        verbose_name_plural = "cambios por indexar"
        indexes = [
            models.Index(fields=["clave"], condition=Q(revoca=True), name="cambio_revocado"),
            models.Index(fields=["item_id"], name="cambio_item"),
            models.Index(fields=["item_id"], condition=Q(intentos__gt=0), name="cambio_rechazado"),
        ]


class GrupoDeSinonimos(models.Model):
    """Maneras de decir lo mismo al buscar: la sigla de un órgano y los nombres que ha tenido."""

    MAXIMO = 12

    expresiones = models.TextField(
        "expresiones",
        help_text="Una por renglón: la sigla y los nombres que ha tenido. Quien busque una hallará también las demás.",
    )

    class Meta:
        verbose_name = "grupo de sinónimos"
        verbose_name_plural = "sinónimos de búsqueda"
        ordering = ("expresiones",)

    def __str__(self) -> str:
        return " = ".join(self.lista())

    def lista(self) -> list[str]:
        """Las expresiones, sin renglones vacíos ni espacios de más."""
        return [" ".join(r.split()) for r in self.expresiones.splitlines() if r.strip()]

    def clean(self) -> None:
        """De dos a doce expresiones distintas y no muy largas, escritas con letras o cifras."""
        expresiones = self.lista()
        distintas = {e.casefold() for e in expresiones}
        if len(distintas) < 2:
            raise ValidationError({"expresiones": "Escriba al menos dos expresiones distintas, una por renglón."})
        if len(expresiones) > self.MAXIMO:
            raise ValidationError({"expresiones": f"Un grupo lleva a lo más {self.MAXIMO} expresiones."})
        malas = [e for e in expresiones if len(e) > 120 or len(e.split()) > 8 or not any(c.isalnum() for c in e)]
        if malas:
            raise ValidationError({"expresiones": f"No sirve «{malas[0][:60]}»: hasta ocho palabras, con letras o cifras."})
