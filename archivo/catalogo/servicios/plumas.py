"""Quién escribió por última vez el texto de un elemento: cuenta como quien lo redacta, y no lo autoriza."""

from collections.abc import Iterable

from archivo.auditoria.puerta import Suceso

_ESCRIBEN_TEXTO = ("item.creado", "item.corregido")


def ultimas_plumas(claves: Iterable[str]) -> dict[str, int | None]:
    """Clave del elemento → quién hizo el último cambio a su texto. Una consulta por todos; sin cambios anotados, no aparece."""
    objetos = {f"item:{clave}": clave for clave in claves}
    con_texto = Suceso.objects.filter(objeto__in=list(objetos), clase__in=_ESCRIBEN_TEXTO, detalle__has_key="texto")
    return {objetos[objeto]: actor for objeto, actor in con_texto.order_by("id").values_list("objeto", "actor_id")}
