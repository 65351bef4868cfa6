"""La cola de cambios del índice: se escribe en la transacción que cambia el elemento; sólo el indizador la vacía."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class CambioIndiceQuerySet(models.QuerySet["CambioIndice"]):
    """Vocabulario de la cola."""

    def vencidos(self) -> "CambioIndiceQuerySet":
        """Los que ya toca aplicar (los de un embargo esperan su hora)."""
        return self.filter(Q(desde__isnull=True) | Q(desde__lte=timezone.now()))

    def revocadas(self) -> frozenset[str]:
        """Las claves que alguien dejó de poder ver y el índice quizá aún tiene."""
        return frozenset(self.filter(revoca=True).values_list("clave", flat=True))


class CambioIndice(models.Model):
    """«Este elemento cambió»: la fila se borra cuando el índice ya lo refleja.

    No lleva llave foránea: también anuncia elementos que dejaron de existir. `revoca` oculta la clave en toda búsqueda desde
    que la transacción termina, sin esperar al índice.
    """

    item_id = models.BigIntegerField()
    clave = models.CharField(max_length=12, blank=True)
    revoca = models.BooleanField(default=False)
    desde = models.DateTimeField(null=True, blank=True)
    creado = models.DateTimeField(auto_now_add=True)

    objects = CambioIndiceQuerySet.as_manager()

    class Meta:
        verbose_name = "cambio por indexar"
        verbose_name_plural = "cambios por indexar"
        indexes = [
            models.Index(fields=["clave"], condition=Q(revoca=True), name="cambio_revocado"),
            models.Index(fields=["item_id"], name="cambio_item"),
        ]
