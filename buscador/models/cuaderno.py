"""El cuaderno de investigación: lo que una persona va juntando, sin cuenta."""

import secrets

from django.db import models


def llave_nueva() -> str:
    """192 bits al azar: quien la tiene, tiene el cuaderno."""
    return secrets.token_urlsafe(24)


class Cuaderno(models.Model):
    """No guarda de quién es: ni nombre, ni correo, ni dirección de red. La llave va en una galleta firmada de su navegador."""

    llave = models.CharField(max_length=32, unique=True, default=llave_nueva, editable=False)
    creado = models.DateTimeField(auto_now_add=True)
    usado = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = "cuaderno de investigación"
        verbose_name_plural = "cuadernos de investigación"

    def __str__(self) -> str:
        return f"Cuaderno {self.pk}"


class Apunte(models.Model):
    """Un documento (o una de sus páginas) guardado en un cuaderno, con su nota. Guarda la clave, nunca una copia de lo que dice."""

    cuaderno = models.ForeignKey(Cuaderno, models.CASCADE, related_name="apuntes")
    clave = models.CharField(max_length=12)
    pagina = models.PositiveIntegerField("página", default=0, help_text="0 es el documento entero.")
    nota = models.TextField("nota", blank=True, max_length=2000)
    orden = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "apunte"
        verbose_name_plural = "apuntes"
        ordering = ("orden", "pk")
        constraints = [models.UniqueConstraint(fields=["cuaderno", "clave", "pagina"], name="apunte_una_vez_por_pagina")]

    def __str__(self) -> str:
        return f"{self.clave}, página {self.pagina}" if self.pagina else self.clave
