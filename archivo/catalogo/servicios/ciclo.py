"""El ciclo editorial: pasar un elemento de un estado a otro."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.estados import ENVIAR, INCORPORAR, PUBLICAR
from archivo.catalogo.models import Item
from archivo.catalogo.servicios.constancias import suplencia_de
from archivo.catalogo.servicios.edicion import se_cerro
from archivo.catalogo.servicios.errores import TransicionRechazada
from archivo.catalogo.servicios.numeracion import numerar
from archivo.catalogo.servicios.plumas import ultimas_plumas
from archivo.catalogo.servicios.reglas_de_tipo import impide_el_paso
from archivo.catalogo.signals import elementos_cambiados
from archivo.catalogo.tipos.registro import tipo_de
from archivo.identidad.puerta import ROLES, Lector, Paso, Usuario, lector_de

registro = logging.getLogger("archivo.catalogo")
Guardia = Callable[[Item, Paso, Usuario | None], str]
_guardias: list[Guardia] = []


def registrar_guardia(guardia: Guardia) -> Guardia:
    """Añade una condición a los pasos: devuelve la razón del rechazo, o «» si procede. La usan los pisos de arriba."""
    _guardias.append(guardia)
    return guardia


def pasos_posibles(item: Item, lector: Lector) -> list[Paso]:
    """Los pasos que esa persona puede dar hoy con ese elemento (para los botones)."""
    fuera = {"programar", PUBLICAR.accion} if _bajo_embargo(item, timezone.now()) else {"programar"}
    if not tipo_de(item.tipo).directo:
        fuera.add(INCORPORAR.accion)
    return [t for t in item.clase_de_estado.salidas if t.accion not in fuera and not _falta_rol(item, t, lector)]


def _roles_de(item: Item, paso: Paso) -> tuple[str, ...]:
    """Los roles del paso; enviar e incorporar también los dan quienes escriben ese tipo."""
    if paso in {ENVIAR, INCORPORAR}:
        return tuple(dict.fromkeys([*paso.roles, *tipo_de(item.tipo).escriben]))
    return paso.roles


def _bajo_embargo(item: Item, ahora: datetime) -> bool:
    return item.embargo_hasta is not None and item.embargo_hasta > ahora


def _falta_rol(item: Item, paso: Paso, lector: Lector) -> str:
    roles = _roles_de(item, paso)
    if not any(r.rol in roles and r.area_id in {None, item.area_id} for r in lector.roles):
        nombres = " o ".join(ROLES[r].nombre for r in roles)
        return f"«{paso.nombre}» corresponde a {nombres}."
    if paso.exige_otra_persona and lector.usuario_id in {item.creado_por_id, ultimas_plumas([item.clave]).get(item.clave)}:
        return "Quien redacta un documento no puede autorizarlo. Pídalo a otra persona con ese rol."
    return ""


def _razon_de_rechazo(item: Item, paso: Paso, actor: Usuario | None, motivo: str) -> str:
    if paso.pide_motivo and not motivo.strip():
        return f"Escriba el motivo de «{paso.nombre}»."
    if paso is INCORPORAR and not tipo_de(item.tipo).directo:
        return f"{tipo_de(item.tipo).nombre}: antes de publicarse lo autoriza otra persona. Envíelo a revisión."
    propia = (_falta_rol(item, paso, lector_de(actor)) if actor else "") or impide_el_paso(item, paso)
    return propia or next((r for g in _guardias if (r := g(item, paso, actor))), "")


def _no_es_lo_que_se_leyo(leido: Item, actual: Item, paso: Paso) -> str:
    """Se autoriza lo que se tuvo a la vista: si alguien lo corrigió entretanto, hay que leerlo otra vez."""
    if paso.exige_otra_persona and leido.version != actual.version:
        return "Alguien corrigió el documento mientras usted lo leía. Ábralo de nuevo, revíselo y autorícelo."
    return ""


def transitar(item: Item, accion: str, actor: Usuario | None, motivo: str = "", ahora: datetime | None = None) -> Item:
    """Da un paso del ciclo. `actor` None es el propio sistema (embargos que vencen). `ahora` fecha lo que se registra.

    `item.version` es la que se tuvo a la vista: no se autoriza otra.

    Raises:
        TransicionRechazada: con la razón; el intento queda en la bitácora.
    """
    try:
        return _transitar(item, accion, actor, motivo, ahora or timezone.now())
    except TransicionRechazada as rechazo:
        registrar(
            SucesoNuevo(
                clase=f"item.{accion}", objeto=f"item:{item.clave}", actor=actor, motivo=motivo, resultado="rechazado",
                detalle={"estado": item.estado, "razon": str(rechazo)},
            )
        )  # fmt: skip
        raise


@transaction.atomic
def _transitar(item: Item, accion: str, actor: Usuario | None, motivo: str, ahora: datetime) -> Item:
    actual = Item.objects.select_for_update().get(pk=item.pk)
    paso = actual.clase_de_estado.paso(accion)
    if paso is None:
        raise TransicionRechazada(f"Un elemento en estado «{actual.clase_de_estado.nombre}» no admite «{accion}».")
    razon = _razon_de_rechazo(actual, paso, actor, motivo) or _no_es_lo_que_se_leyo(item, actual, paso)
    if razon:
        raise TransicionRechazada(razon)
    antes = Item.objects.get(pk=item.pk)
    _EFECTOS.get(accion, _sin_efecto)(actual, actor, ahora)
    _anotar(actual, paso, actor, motivo)
    if accion == "autorizar" and _bajo_embargo(actual, ahora):
        programar = actual.clase_de_estado.paso("programar")
        _anotar(actual, programar, actor, f"Embargo hasta {timezone.localtime(actual.embargo_hasta):%d/%m/%Y %H:%M}")
    actual.version += 1
    actual.save()
    item.refresh_from_db()
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=se_cerro(antes, actual))
    return item


def _anotar(item: Item, paso: Paso, actor: Usuario | None, motivo: str) -> None:
    detalle: dict[str, Any] = {"de": item.estado, "a": paso.destino}
    if item.folio:
        detalle["folio"] = item.folio
    if suple := suplencia_de(actor, _roles_de(item, paso), item.area_id):
        detalle["por_ausencia_de"] = suple
    item.estado = paso.destino
    registrar(SucesoNuevo(clase=f"item.{paso.accion}", objeto=f"item:{item.clave}", actor=actor, motivo=motivo, detalle=detalle))


def _sin_efecto(item: Item, actor: Usuario | None, ahora: datetime) -> None:
    """Pasos que sólo cambian el estado."""


def _autorizar(item: Item, actor: Usuario | None, ahora: datetime) -> None:
    numerar(item)
    item.autorizado_por = actor


def _publicar(item: Item, actor: Usuario | None, ahora: datetime) -> None:
    if _bajo_embargo(item, ahora):
        raise TransicionRechazada(
            "Tiene un embargo pendiente: se publicará solo a su hora. Cambie el embargo si debe salir antes."
        )
    item.publicado_en = ahora


_EFECTOS = {"autorizar": _autorizar, "publicar": _publicar, "incorporar": _publicar}


def publicar_programados() -> int:
    """Publica lo programado cuyo embargo venció. Se puede repetir. Devuelve cuántos."""
    vencidos = list(Item.objects.filter(estado="programado", embargo_hasta__lte=timezone.now()).order_by("pk")[:500])
    return sum(_abrir(item) for item in vencidos)


def _abrir(item: Item) -> bool:
    """Publica uno; el que no procede queda en el registro y no detiene a los demás."""
    try:
        _transitar(item, PUBLICAR.accion, None, "", timezone.now())
    except TransicionRechazada as rechazo:
        registro.warning("No se publicó «%s» al vencer su embargo: %s", item.clave, rechazo)
        return False
    return True
