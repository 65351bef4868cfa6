"""Una búsqueda que alguien guardó: para volver a ella o para que se le avise de lo nuevo."""

import hashlib
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from archivo.identidad.puerta import Usuario


def huella_de_consulta(consulta: str) -> str:
    """Con qué se reconoce que dos búsquedas son la misma."""
    return hashlib.sha256(consulta.encode()).hexdigest()


class BusquedaGuardadaQuerySet(models.QuerySet["BusquedaGuardada"]):
    """Vocabulario de los avisos."""

    def por_revisar(self) -> "BusquedaGuardadaQuerySet":
        """Las que piden aviso, están confirmadas y ya les toca."""
        return self.filter(con_aviso=True, confirmada_en__isnull=False, proximo__lte=timezone.now())


class BusquedaGuardada(models.Model):
    """De una cuenta de la oficina (`usuario`) o de quien dejó su correo (`correo`), nunca de ambos.

    `huellas`: ocho bytes por cada documento que ya se conocía, ordenados; nunca mengua, para no repetir
    avisos, y es null mientras no se sabe qué había al empezar. `por_enviar`:
    lo nuevo que aún no sale por correo, `{"claves": […], "total": n}`. El correo sólo sirve para escribirle, y se borra con la fila.
    """

    consulta = models.TextField("búsqueda", help_text="Los parámetros de su dirección.")
    nombre = models.CharField("nombre", max_length=200)
    usuario = models.ForeignKey(Usuario, models.CASCADE, null=True, blank=True, related_name="+")
    correo = models.EmailField("correo", blank=True)
    con_aviso = models.BooleanField("con aviso por correo", default=True)
    creada = models.DateTimeField("guardada", auto_now_add=True)
    confirmada_en = models.DateTimeField("confirmada", null=True, blank=True)
    proximo = models.DateTimeField("próxima revisión", default=timezone.now, db_index=True)
    enviado_en = models.DateTimeField("último aviso", null=True, blank=True)
    huella = models.CharField(
        max_length=64, default="", editable=False, help_text="SHA-256 de la búsqueda: una búsqueda larga no cabe en un índice."
    )
    huellas = models.BinaryField(null=True, default=None)
    por_enviar = models.JSONField(default=dict, blank=True)

    objects = BusquedaGuardadaQuerySet.as_manager()

    class Meta:
        verbose_name = "búsqueda guardada"
        verbose_name_plural = "búsquedas guardadas"
        ordering = ("nombre", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(usuario__isnull=False, correo="") | (Q(usuario__isnull=True) & ~Q(correo="")),
                name="busqueda_de_una_cuenta_o_de_un_correo",
            ),
            models.UniqueConstraint(fields=["usuario", "huella"], name="busqueda_una_por_cuenta"),
            models.UniqueConstraint(fields=["correo", "huella"], condition=~Q(correo=""), name="busqueda_una_por_correo"),
        ]

    def __str__(self) -> str:
        return self.nombre

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Con la huella de su búsqueda."""
        self.huella = huella_de_consulta(self.consulta)
        super().save(*args, **kwargs)

    @property
    def destino(self) -> str:
        """A dónde se escribe; vacío si la cuenta no tiene correo o se cerró."""
        if self.usuario is None:
            return self.correo
        return self.usuario.email if self.usuario.is_active else ""
