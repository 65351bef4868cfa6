"""Lo que la oficina recuerda para quien captura: plantillas, envíos ya hechos, vistas guardadas y columnas elegidas."""

import uuid
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Area, Lector, Usuario

VIDA_DE_UN_ENVIO = timedelta(days=8)
"""Un día más que lo que el navegador guarda lo escrito: quien recupera y reenvía no duplica."""


class PlantillaQuerySet(models.QuerySet["PlantillaDeCaptura"]):
    """Vocabulario de las plantillas."""

    def para(self, usuario: Any, lector: Lector, tipo: str = "") -> "PlantillaQuerySet":
        """Las propias y las de las áreas en que ejerce; quien ejerce en toda la institución ve las de todas."""
        areas = {r.area_id for r in lector.roles}
        de_area = Q(area__isnull=False) if None in areas else Q(area_id__in=areas)
        suyas = self.filter(Q(usuario=usuario, area__isnull=True) | de_area).select_related("area")
        return suyas.filter(tipo=tipo) if tipo else suyas


class PlantillaDeCaptura(models.Model):
    """Valores con que empieza la captura de un tipo. Personal, o de un área (entonces la usa y la cambia quien captura en ella).

    `valores`: nombre del campo del formulario → lo que llevaría escrito. Nunca números, claves, archivos ni el texto.
    """

    tipo = models.CharField("tipo", max_length=30)
    nombre = models.CharField("nombre", max_length=120)
    usuario = models.ForeignKey(Usuario, models.CASCADE, related_name="+", verbose_name="de quién")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="área")
    valores = models.JSONField("valores", default=dict, encoder=DjangoJSONEncoder)
    creada = models.DateTimeField("creada", auto_now_add=True)

    objects = PlantillaQuerySet.as_manager()

    class Meta:
        verbose_name = "plantilla de captura"
        verbose_name_plural = "plantillas de captura"
        ordering = ("tipo", "nombre", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["usuario", "tipo", "nombre"], condition=Q(area__isnull=True), name="plantilla_personal_una_por_nombre"
            ),
            models.UniqueConstraint(
                fields=["area", "tipo", "nombre"], condition=Q(area__isnull=False), name="plantilla_de_area_una_por_nombre"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} ({self.area})" if self.area_id else self.nombre


class EnvioQuerySet(models.QuerySet["EnvioDeCaptura"]):
    """Vocabulario de los envíos."""

    def viejos(self) -> "EnvioQuerySet":
        """Los que ya nadie puede repetir."""
        return self.filter(hecho__lt=timezone.now() - VIDA_DE_UN_ENVIO)


class EnvioDeCaptura(models.Model):
    """Un formulario de alta ya guardado: repetir el mismo envío (doble clic, «atrás», reconexión) no crea otro elemento."""

    ficha = models.UUIDField("ficha del envío", primary_key=True, default=uuid.uuid4)
    usuario = models.ForeignKey(Usuario, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    huella = models.CharField("huella de lo enviado", max_length=64)
    hecho = models.DateTimeField("cuándo", default=timezone.now, db_index=True)

    objects = EnvioQuerySet.as_manager()

    class Meta:
        verbose_name = "envío de captura"
        verbose_name_plural = "envíos de captura"

    def __str__(self) -> str:
        return str(self.ficha)


class VistaGuardada(models.Model):
    """Una lista con sus filtros, su búsqueda y su orden, guardada con un nombre. Es de una persona."""

    usuario = models.ForeignKey(Usuario, models.CASCADE, related_name="+")
    tipo = models.CharField("tipo", max_length=30)
    nombre = models.CharField("nombre", max_length=120)
    consulta = models.TextField("filtros", blank=True)

    class Meta:
        verbose_name = "vista guardada"
        verbose_name_plural = "vistas guardadas"
        ordering = ("nombre", "id")
        constraints = [models.UniqueConstraint(fields=["usuario", "tipo", "nombre"], name="vista_una_por_nombre")]

    def __str__(self) -> str:
        return self.nombre


class ColumnasElegidas(models.Model):
    """Las columnas con que una persona quiere ver la lista de un tipo, en su orden."""

    usuario = models.ForeignKey(Usuario, models.CASCADE, related_name="+")
    tipo = models.CharField("tipo", max_length=30)
    columnas = models.JSONField("columnas", default=list)

    class Meta:
        verbose_name = "columnas elegidas"
        verbose_name_plural = "columnas elegidas"
        constraints = [models.UniqueConstraint(fields=["usuario", "tipo"], name="columnas_una_vez_por_tipo")]

    def __str__(self) -> str:
        return f"{self.usuario}, {self.tipo}: {', '.join(self.columnas)}"
