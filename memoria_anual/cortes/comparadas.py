"""Comparar un corte cuando hay mucho que leer: se encarga, se guarda lo hallado y se muestra diciendo de cuándo es."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Q

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo, en_curso, encargar
from memoria_anual.cortes.comparacion import CambioDeCifra, recorrer_cambios
from memoria_anual.cortes.models import CambioHallado, ComparacionHecha, Corte
from memoria_anual.indicadores.puerta import Periodo

POCOS = 3_000
"""Hasta cuántas cosas entre los dos lados se comparan mientras la persona espera."""
LOTE = 2_000
A_MEDIAS = timedelta(days=1)
"""Pasado este tiempo, una comparación sin terminar es de un trabajo que murió."""
SE_LEE = timedelta(hours=1)
"""Lo que se conserva una comparación después de rehecha: quien ya la descargaba la termina entera."""


def es_breve(corte: Corte, con: Corte | None = None) -> bool:
    """¿Se compara en el momento? Una consulta, que no cuenta más de lo necesario."""
    quedan = POCOS - corte.elementos_total
    return quedan >= 0 and (con.elementos_total if con else _hay_ahora(corte.como_periodo, quedan)) <= quedan


def se_corta_al_momento(periodo: Periodo) -> bool:
    """¿Es tan poco que cortar no hace esperar? Una consulta, que no cuenta más de lo necesario."""
    return _hay_ahora(periodo, POCOS) <= POCOS


def _hay_ahora(periodo: Periodo, tope: int) -> int:
    return Item.objects.filter(fecha__gte=periodo.desde, fecha__lte=periodo.hasta)[: tope + 1].count()


def encargar_comparacion(corte: Corte, con: Corte | None, actor: Usuario, tarea: Any) -> Trabajo:
    """Encola la comparación con su página de avance; si esa persona ya la pidió y no termina, devuelve la que está en curso."""
    objeto = f"comparacion:{corte.pk}:{con.pk if con else 'ahora'}"
    if (ya := en_curso(objeto, actor=actor)) is not None:
        return ya
    descripcion = f"Comparar el corte {corte.pk} con {f'el corte {con.pk}' if con else 'lo de ahora'}"
    return encargar(tarea, corte.pk, con.pk if con else None, descripcion=descripcion, actor=actor, objeto=objeto)


def guardar_comparacion(corte: Corte, con: Corte | None) -> ComparacionHecha:
    """Compara y guarda lo hallado; las anteriores de los mismos se borran cuando ya nadie las lee. Repetirla da lo mismo.

    Raises:
        CorteImposible: el archivo cambia tanto que una cifra no se deja leer entera.
    """
    hecha = ComparacionHecha.objects.create(corte=corte, con=con)
    hecha.cifras = [_guardar_cifra(hecha, c) for c in recorrer_cambios(corte, con) if c.hay]
    hecha.terminada = True
    with transaction.atomic():
        hecha.save(update_fields=["cifras", "terminada"])
        sobran = Q(terminada=True, momento__lt=hecha.momento - SE_LEE) | Q(momento__lt=hecha.momento - A_MEDIAS)
        ComparacionHecha.objects.filter(sobran, corte=corte, con=con, pk__lt=hecha.pk).delete()
    return hecha


def ultima_comparacion(corte: Corte, con: Corte | None) -> ComparacionHecha | None:
    """La última que se terminó de esos dos lados."""
    return ComparacionHecha.objects.filter(corte=corte, con=con, terminada=True).first()


def _guardar_cifra(hecha: ComparacionHecha, c: CambioDeCifra) -> dict[str, Any]:
    for lote in batched(_filas(hecha, c), LOTE):
        CambioHallado.objects.bulk_create(lote)
    return {
        "clave": c.clave, "nombre": c.nombre, "antes": None if c.antes is None else str(c.antes),
        "despues": None if c.despues is None else str(c.despues), "regla_distinta": c.regla_distinta, "solo_en": c.solo_en,
        "entraron": len(c.entraron), "salieron": len(c.salieron), "cambiaron": len(c.cambiaron),
    }  # fmt: skip


def _filas(hecha: ComparacionHecha, c: CambioDeCifra) -> Iterable[CambioHallado]:
    for cambios in (c.entraron, c.salieron, c.cambiaron):
        for n, cambio in enumerate(cambios):
            cosa = cambio.contado
            yield CambioHallado(
                comparacion=hecha, cifra=c.clave, que=cambio.que, n=n, clase=cosa.clase, objeto_id=cosa.objeto_id, clave=cosa.clave,
                titulo=cosa.titulo, motivo=cambio.motivo, quien=cambio.quien[:300],
            )  # fmt: skip
