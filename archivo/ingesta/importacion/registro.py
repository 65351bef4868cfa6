"""Dejar escrito qué hizo cada fila, en la misma transacción que la fila: así una carga interrumpida se retoma y se deshace."""

from collections.abc import Iterable

from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.ingesta.importacion.lote import Hecho
from archivo.ingesta.importacion.opciones import Resultado
from archivo.ingesta.importacion.traduccion import Traducida
from archivo.ingesta.models import FilaImportada, Importacion


class Registro:
    """Las filas de una importación. Sin importación (un ensayo, o a quien no le importa deshacer) no escribe nada."""

    def __init__(self, importacion: Importacion | None = None) -> None:
        self.importacion = importacion
        self.retoma = importacion is not None and FilaImportada.objects.filter(importacion=importacion).exists()

    def anotar(self, hecho: Hecho) -> None:
        """Una fila por elemento creado o actualizado, en la transacción del lote."""
        if self.importacion is None:
            return
        FilaImportada.objects.bulk_create(
            FilaImportada(
                importacion=self.importacion,
                numero=t.fila.numero,
                resultado=resultado,
                item_id=t.item.pk,
                version=t.item.version,
                antes=hecho.antes.get(t.item.pk),
            )
            for resultado in ("creada", "actualizada")
            for t in hecho.por_resultado()[resultado]
        )

    def ya_hechas(self, hecho: Hecho) -> Hecho:
        """Las que una vuelta anterior de esta misma importación ya metió cuentan como lo que fueron, no como «sin cambio»."""
        if not self.retoma or not hecho.sin_cambio:
            return hecho
        previas = dict(
            FilaImportada.objects.filter(
                importacion=self.importacion, item__in=[t.item.pk for t in hecho.sin_cambio]
            ).values_list("item_id", "resultado")
        )
        de = {r: [t for t in hecho.sin_cambio if previas.get(t.item.pk) == r] for r in ("creada", "actualizada")}
        iguales = [t for t in hecho.sin_cambio if t.item.pk not in previas]
        return Hecho([*hecho.creada, *de["creada"]], [*hecho.actualizada, *de["actualizada"]], iguales, hecho.antes)

    def con_archivos(self, traducidas: Iterable[Traducida]) -> None:
        """Colgar archivos es también obra de la importación: la versión con que salió es la de después."""
        if self.importacion is None:
            return
        ids = [t.item.pk for t in traducidas]
        for pk, version in Item.objects.filter(pk__in=ids).values_list("pk", "version"):
            FilaImportada.objects.filter(importacion=self.importacion, item_id=pk).update(version=version)

    def avanzar(self, resultado: Resultado) -> None:
        """Deja el recuento de lo que va, para quien mira."""
        if self.importacion is not None:
            Importacion.objects.filter(pk=self.importacion.pk).update(recuento=sin_errores(resultado), movida=timezone.now())


def sin_errores(resultado: Resultado) -> dict[str, float]:
    """El recuento del contrato sin su lista de errores, que puede ser enorme."""
    return {c: v for c, v in resultado.como_dict().items() if c != "errores"}
