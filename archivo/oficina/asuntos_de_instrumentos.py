"""Lo que el cuadro de clasificación aporta a la bandeja: a quién espera según en qué paso va."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from archivo.archivistica.puerta import (
    CuadroClasificacion,
    areas_de_la_persona,
    areas_pendientes,
    pasos_de_cuadro,
    version_abierta,
)
from archivo.auditoria.puerta import sucesos_de
from archivo.identidad.puerta import Lector
from archivo.registros import Asunto, asuntos

_VALIDAR_POR_AREA = "archivistica.validar_por_area"


@asuntos("cuadro", "Cuadro de clasificación", orden=45)
def del_cuadro(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """La versión que se prepara, si espera a esa persona: por su área, por el grupo o por la coordinación."""
    cuadro = version_abierta()
    if usuario.pk not in de or cuadro is None:
        return
    if que_hacer := _que_hacer(cuadro, usuario):
        yield Asunto(
            clave=f"cuadro:{cuadro.pk}",
            titulo=str(cuadro),
            que_hacer=que_hacer,
            desde=_desde(cuadro),
            direccion=reverse("oficina_cuadro", args=[cuadro.pk]),
            de_quien=usuario.pk,
            urgencia=1,
        )


def _que_hacer(cuadro: CuadroClasificacion, usuario: Any) -> str:
    acciones = {paso.accion for paso in pasos_de_cuadro(cuadro, usuario)}
    if cuadro.estado == "validado_grupo":
        return "El grupo ya lo validó: póngalo en vigor." if "poner_en_vigor" in acciones else ""
    if cuadro.estado != "en_revision_areas":
        return ""
    pendientes = areas_pendientes(cuadro)
    suyas = [a for a in areas_de_la_persona(cuadro, usuario) if a in pendientes] if usuario.has_perm(_VALIDAR_POR_AREA) else []
    if suyas:
        return f"Revise las series de {', '.join(str(area) for area in suyas)} y dé su conformidad, o diga qué observa."
    return "Todas las áreas dieron su conformidad: valídelo por el grupo." if "validar" in acciones and not pendientes else ""


def _desde(cuadro: CuadroClasificacion) -> datetime:
    """Cuándo llegó al paso en que está."""
    paso = {"en_revision_areas": "cuadro.enviar_a_areas", "validado_grupo": "cuadro.validar"}[cuadro.estado]
    momentos = sucesos_de(f"cuadro:{cuadro.pk}").filter(clase=paso).order_by("-id").values_list("momento", flat=True)
    return momentos.first() or timezone.now()
