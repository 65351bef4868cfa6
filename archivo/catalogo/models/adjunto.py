"""Los archivos de un elemento."""

from django.db import models

from archivo.catalogo.acceso import NIVELES
from archivo.catalogo.models.derechos import ConDerechos
from archivo.catalogo.models.item import Item
from archivo.objetos.puerta import ObjetoDigital

ROLES_DE_ADJUNTO = [
    ("original", "Original"),
    ("fotografia", "Fotografía"),
    ("difusion", "Copia de difusión"),
    ("version_publica", "Versión pública"),
    ("anexo", "Anexo"),
]


class Adjunto(ConDerechos):
    """Un objeto digital con el papel que cumple en un elemento; su acceso se combina con el del elemento.

    `datos` es lo que el lector vio al ingresarlo: `ancho`, `alto`, `con_posicion`, `toma`, `duracion`, `pistas`.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="adjuntos")
    objeto = models.ForeignKey(ObjetoDigital, models.PROTECT, related_name="adjuntos")
    rol = models.CharField("papel", max_length=20, choices=ROLES_DE_ADJUNTO, default="original")
    nombre = models.CharField("nombre del archivo", max_length=255)
    pie = models.CharField("pie de foto", max_length=500, blank=True)
    credito = models.CharField("crédito", max_length=200, blank=True)
    alternativa = models.CharField("texto alternativo", max_length=500, blank=True)
    orden = models.PositiveSmallIntegerField(default=0)
    acceso = models.CharField("acceso", max_length=25, blank=True, choices=[(n.clave, n.nombre) for n in NIVELES.values()])
    acceso_efectivo = models.CharField(max_length=25, default="interno", editable=False)
    avisos = models.JSONField(default=list, blank=True, editable=False)
    datos = models.JSONField(default=dict, blank=True, editable=False)
    seleccionada = models.BooleanField("seleccionada", default=False, help_text="Es de las que se eligieron de la sesión.")
    creado = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "archivo adjunto"
        verbose_name_plural = "archivos adjuntos"
        ordering = ("orden", "pk")
        constraints = [models.UniqueConstraint(fields=["item", "objeto", "rol"], name="adjunto_unico")]

    def __str__(self) -> str:
        return self.nombre
