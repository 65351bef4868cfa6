"""Por qué palabras se encuentra una autoridad: su nombre y todos los demás que tuvo."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save

from archivo.catalogo.models.autoridad import Autoridad, Lugar, Medio, NombreDeAutoridad, Organismo, Persona
from archivo.catalogo.nombres import LARGO_DE_PALABRA, palabras

LOTE = 5_000


class PalabraManager(models.Manager["PalabraDeAutoridad"]):
    """Mantiene las palabras iguales a los nombres."""

    def rehacer(self, autoridades: Iterable[Autoridad]) -> None:
        """Vuelve a escribir las palabras de esas autoridades; una fundida no tiene ninguna, así nadie la elige."""
        todas = list(autoridades)
        vivas = [a for a in todas if a.fundida_en_id is None]
        nombres: dict[int, list[str]] = {a.pk: [a.nombre, a.distincion] for a in vivas}
        filas = NombreDeAutoridad.objects.filter(autoridad_id__in=list(nombres)).values_list("autoridad_id", "nombre")
        for pk, nombre in filas:
            nombres[pk].append(nombre)
        self.filter(autoridad_id__in=[a.pk for a in todas]).delete()
        self.bulk_create(
            (
                PalabraDeAutoridad(clase=a.clase, palabra=palabra, autoridad_id=a.pk)
                for a in vivas
                for palabra in palabras(" ".join(nombres[a.pk]))
            ),
            batch_size=LOTE,
        )


class PalabraDeAutoridad(models.Model):
    """Una palabra de alguno de los nombres de una autoridad: hace inmediato elegirla entre cientos de miles."""

    autoridad = models.ForeignKey(Autoridad, models.CASCADE, related_name="palabras")
    clase = models.CharField(max_length=12)
    palabra = models.CharField(max_length=LARGO_DE_PALABRA)

    objects = PalabraManager()

    class Meta:
        verbose_name = "palabra de autoridad"
        verbose_name_plural = "palabras de autoridad"
        constraints = [models.UniqueConstraint(fields=["clase", "palabra", "autoridad"], name="palabra_de_autoridad")]
        indexes = [models.Index(fields=["autoridad", "palabra"], name="palabra_por_autoridad")]

    def __str__(self) -> str:
        return self.palabra


def _al_guardar(sender: Any, instance: Autoridad, *, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        PalabraDeAutoridad.objects.rehacer([instance])


def _al_cambiar_nombre(sender: Any, instance: NombreDeAutoridad, *, raw: bool = False, **kwargs: Any) -> None:
    autoridad = Autoridad.objects.filter(pk=instance.autoridad_id).first()
    if not raw and autoridad is not None:
        PalabraDeAutoridad.objects.rehacer([autoridad])


for _clase in (Autoridad, Persona, Organismo, Medio, Lugar):
    post_save.connect(_al_guardar, sender=_clase, dispatch_uid=f"palabras_{_clase.__name__}")
for _aviso in (post_save, post_delete):
    _aviso.connect(_al_cambiar_nombre, sender=NombreDeAutoridad, dispatch_uid="palabras_de_nombre")
