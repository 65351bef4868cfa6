"""A quién se escribe de lo que se pidió a una dependencia."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Q

from archivo.identidad.puerta import Area, Nombramiento, Suplencia, Usuario
from memoria_anual.edicion.estados import APORTAN


def quienes_entregan(areas: Collection[int]) -> Mapping[int, list[Usuario]]:
    """Por área, las personas con correo que entregan lo suyo, y quienes hoy las suplen. Tres consultas, sean cuantas sean.

    En un área sin nadie se escribe a la que la encabeza: un nombramiento vale en las que dependen de él. No se escribe a quien
    tiene el rol en toda la institución, que es quien pide.
    """
    padres = dict(Area.objects.values_list("pk", "padre_id"))
    con_correo = _por_area()
    return {area: con_correo[con_gente] for area in areas if (con_gente := _con_gente(area, padres, con_correo))}


def _con_gente(area: int | None, padres: Mapping[int, int | None], gente: Mapping[int, list[Usuario]]) -> int | None:
    """El área, o la primera de las que la encabezan en que hay a quién escribir."""
    vistas: set[int] = set()
    while area is not None and area not in vistas:
        if gente.get(area):
            return area
        vistas.add(area)
        area = padres.get(area)
    return None


def _por_area() -> dict[int, list[Usuario]]:
    hallados: dict[int, dict[int, Usuario]] = defaultdict(dict)
    ejercen = Nombramiento.objects.vigentes().filter(rol__in=APORTAN, area__isnull=False)
    for n in ejercen.filter(usuario__is_active=True).exclude(usuario__email="").select_related("usuario").order_by("usuario_id"):
        hallados[n.area_id or 0][n.usuario_id] = n.usuario
    ejercidos = set(ejercen)
    suplen = (
        Suplencia.objects.vigentes().filter(Q(suplente__is_active=True), nombramientos__in=ejercen).exclude(suplente__email="")
    )
    for suplencia in suplen.select_related("suplente").prefetch_related("nombramientos").distinct():
        for n in suplencia.nombramientos.all():
            if n in ejercidos and n.area_id:
                hallados[n.area_id][suplencia.suplente_id] = suplencia.suplente
    return {area: list(personas.values()) for area, personas in hallados.items()}
