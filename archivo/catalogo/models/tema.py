"""El vocabulario temático, con la forma de SKOS (W3C, 2009): un término preferente, sus sinónimos y sus relaciones."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from archivo.catalogo.nombres import normal

ESTADOS_DE_TEMA = [("por_verificar", "Por verificar"), ("vigente", "Vigente"), ("en_desuso", "En desuso")]
CLASES_DE_ETIQUETA = [("alterna", "Sinónimo"), ("oculta", "Forma que sólo se busca")]
CLASES_DE_RELACION_DE_TEMA = [("amplio", "Término más amplio"), ("relacionado", "Término relacionado")]
LARGO_DE_TEMA = 150


class Tema(models.Model):
    """Un término del vocabulario con que se describe de qué trata un elemento (ISAD(G) 3.3.1; `skos:Concept`).

    `nombre` es la forma preferente (`skos:prefLabel`). El que está en desuso puede decir cuál lo reemplaza y ya no se elige.
    """

    nombre = models.CharField("nombre", max_length=LARGO_DE_TEMA, unique=True)
    normal = models.CharField(max_length=LARGO_DE_TEMA * 2, blank=True, editable=False, db_index=True)
    esquema = models.CharField("vocabulario", max_length=150, blank=True, help_text="De qué lista procede; vacío si es propio.")
    notacion = models.CharField("notación", max_length=60, blank=True)
    nota_alcance = models.TextField("nota de alcance", blank=True, help_text="Cuándo se usa y cuándo no.")
    uri = models.CharField("identificador externo", max_length=300, blank=True, db_index=True)
    estado = models.CharField("estado", max_length=15, choices=ESTADOS_DE_TEMA, default="vigente")
    reemplazado_por = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="reemplazado por", related_name="reemplaza_a"
    )

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temas"
        ordering = ("nombre",)

    def __str__(self) -> str:
        return self.nombre

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Con su forma para comparar."""
        self.normal = normal(self.nombre)
        super().save(*args, **kwargs)


class EtiquetaDeTema(models.Model):
    """Otra forma de decir un tema: un sinónimo que se muestra (`altLabel`) o una que sólo se busca (`hiddenLabel`)."""

    tema = models.ForeignKey(Tema, models.CASCADE, related_name="etiquetas")
    texto = models.CharField("texto", max_length=LARGO_DE_TEMA)
    normal = models.CharField(max_length=LARGO_DE_TEMA * 2, blank=True, editable=False, db_index=True)
    clase = models.CharField("clase", max_length=10, choices=CLASES_DE_ETIQUETA, default="alterna")

    class Meta:
        verbose_name = "sinónimo"
        verbose_name_plural = "sinónimos"
        ordering = ("texto",)
        constraints = [models.UniqueConstraint(fields=["tema", "texto"], name="etiqueta_de_tema_unica")]

    def __str__(self) -> str:
        return self.texto

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Con su forma para comparar."""
        self.normal = normal(self.texto)
        super().save(*args, **kwargs)


class RelacionDeTema(models.Model):
    """El destino es más amplio que el origen, o están relacionados (entonces el origen es el de llave menor)."""

    origen = models.ForeignKey(Tema, models.CASCADE, related_name="relaciones")
    destino = models.ForeignKey(Tema, models.CASCADE, related_name="relaciones_inversas")
    clase = models.CharField("relación", max_length=12, choices=CLASES_DE_RELACION_DE_TEMA)

    class Meta:
        verbose_name = "relación entre temas"
        verbose_name_plural = "relaciones entre temas"
        constraints = [
            models.UniqueConstraint(fields=["origen", "destino", "clase"], name="relacion_de_tema_unica"),
            models.CheckConstraint(condition=~Q(origen=F("destino")), name="tema_no_consigo"),
        ]
