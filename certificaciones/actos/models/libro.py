"""El libro de certificaciones: donde los folios corren sin huecos, y el arriendo del que sigue."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils import timezone

from archivo.identidad.puerta import Institucion, Usuario
from archivo.objetos.puerta import ObjetoDigital


class LibroDeCertificacionQuerySet(models.QuerySet["LibroCertificacion"]):
    """Vocabulario de los libros."""

    def abiertos(self) -> "LibroDeCertificacionQuerySet":
        """Los que todavía dan folios."""
        return self.filter(cerrado_en__isnull=True)

    def delete(self) -> NoReturn:
        """Un libro no se borra."""
        raise LibroInmutable("Los libros de certificaciones no se borran; se cierran con su acta.")


class LibroInmutable(Exception):
    """Se quiso borrar un libro o cambiar lo que en él es fijo. Ciérrelo con su acta y abra otro."""


class LibroCertificacion(models.Model):
    """Un libro: prefijo, año y folios seguidos desde el 1. Hay uno abierto por institución y año; los ensayos tienen el suyo.

    `registro` es el registro público donde se asienta lo que expide. `acta` es la de cierre: `primer_folio`, `ultimo_folio`,
    `expedidas`, `canceladas`, `sustituidas` y `texto`; `objeto_acta`, su PDF.
    """

    class Registro(models.TextChoices):
        """En qué registro se asienta."""

        EXPEDIDAS = "expedidas", "Copias expedidas"
        ENSAYOS = "ensayos", "Ensayos, sin validez"

    institucion = models.ForeignKey(Institucion, models.PROTECT, related_name="+", verbose_name="institución")
    anio = models.PositiveSmallIntegerField("año")
    prefijo = models.CharField("prefijo", max_length=20, help_text="Con lo que empiezan sus folios: CC da CC/00001/2026.")
    registro = models.CharField("registro", max_length=12, choices=Registro, default=Registro.EXPEDIDAS, editable=False)
    abierto_en = models.DateTimeField("abierto", default=timezone.now, editable=False)
    abierto_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", editable=False)
    cerrado_en = models.DateTimeField("cerrado", null=True, blank=True, editable=False)
    cerrado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", editable=False)
    acta = models.JSONField("acta de cierre", default=dict, blank=True, editable=False)
    objeto_acta = models.ForeignKey(ObjetoDigital, models.PROTECT, null=True, related_name="+", editable=False)

    objects = LibroDeCertificacionQuerySet.as_manager()

    class Meta:
        verbose_name = "libro de certificaciones"
        verbose_name_plural = "libros de certificaciones"
        ordering = ("-anio", "prefijo")
        constraints = [
            models.UniqueConstraint(fields=["prefijo", "anio"], name="libro_unico_por_prefijo_y_anio"),
            models.UniqueConstraint(
                fields=["institucion", "anio", "registro"], condition=Q(cerrado_en__isnull=True), name="un_libro_abierto_por_anio"
            ),
        ]

    def __str__(self) -> str:
        return f"Libro {self.prefijo} {self.anio}"

    @property
    def es_de_ensayo(self) -> bool:
        """¿Sus folios carecen de validez?"""
        return self.registro == self.Registro.ENSAYOS

    def folio(self, consecutivo: int) -> str:
        """`CC/00318/2026`."""
        return f"{self.prefijo}/{consecutivo:05d}/{self.anio}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Un libro no se borra."""
        raise LibroInmutable(f"{self}: no se borra; se cierra con su acta.")


class ReservaDeFolio(models.Model):
    """El arriendo, breve y de uno solo, del folio que sigue en un libro. No consume nada: vence o se quita al expedir.

    `testigo` prueba de quién es: al expedir, quien lo perdió por tardar se encuentra con otro y vuelve a empezar.
    """

    libro = models.OneToOneField(LibroCertificacion, models.PROTECT, related_name="reserva")
    consecutivo = models.PositiveIntegerField()
    testigo = models.CharField(max_length=32, unique=True)
    titular = models.ForeignKey(Usuario, models.SET_NULL, null=True, related_name="+")
    para = models.CharField("certificación", max_length=12)
    tomada_en = models.DateTimeField(default=timezone.now)
    vence = models.DateTimeField()

    class Meta:
        verbose_name = "folio reservado"
        verbose_name_plural = "folios reservados"

    def __str__(self) -> str:
        return f"{self.libro.folio(self.consecutivo)} hasta {timezone.localtime(self.vence):%H:%M:%S}"
