"""Derechos y consentimiento: una página por documento, con un renglón para él y uno por archivo."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import (
    NIVELES,
    Adjunto,
    CambioRechazado,
    Item,
    abrir,
    dejar_constancia_de_lectura,
    dejar_constancia_de_rechazo,
    fijar_derechos,
    puede_ver_texto,
)
from archivo.identidad.puerta import lector_de
from archivo.objetos.puerta import abrir as abrir_objeto
from archivo.oficina.formularios.anexos import CABEN_EN_EL_FORMULARIO
from archivo.oficina.formularios.derechos import DerechosForm
from archivo.oficina.permisos import puede_cambiar
from archivo.oficina.vistas.ingresos import enlace_a


def _item(request: Any, clave: str) -> Item:
    """El documento, si quien pregunta lo puede corregir; su lectura queda anotada."""
    lector = lector_de(request.user)
    item = abrir(clave, lector)
    if item is None or not puede_cambiar(lector, item):
        raise Http404
    dejar_constancia_de_lectura(item, request.user, "oficina: derechos", request.META.get("REMOTE_ADDR"))
    return item


def _a_la_vista(request: HttpRequest, item: Item) -> tuple[list[Item | Adjunto], int]:
    """El documento y sus archivos, o uno solo (`?archivo=`); con muchos archivos, sólo el documento, y cuántos son."""
    item_y_archivos = _cosas(request, item)
    elegido = request.GET.get("archivo", "")
    if elegido:
        suyo: list[Item | Adjunto] = [c for c in item_y_archivos[1:] if str(c.pk) == elegido]
        if not suyo:
            raise Http404
        return suyo, 0
    muchos = len(item_y_archivos) - 1
    return (item_y_archivos, 0) if muchos <= CABEN_EN_EL_FORMULARIO else ([item], muchos)


def _cosas(request: HttpRequest, item: Item) -> list[Item | Adjunto]:
    lector = lector_de(request.user)
    prefetch_related_objects([item], "nombradas")
    propios = item.adjuntos.select_related("objeto", "consentimiento_objeto")
    legibles = [a for a in propios if puede_ver_texto(lector, item, a)]
    for adjunto in legibles:
        adjunto.item = item
    return [item, *legibles]


def _prefijo(cosa: Item | Adjunto) -> str:
    return f"adjunto-{cosa.pk}" if isinstance(cosa, Adjunto) else "item"


@require_http_methods(["GET", "POST"])
def derechos(request: Any, clave: str) -> HttpResponse:
    """Ver y escribir los derechos de un documento y de sus archivos; se guardan juntos."""
    item = _item(request, clave)
    enviado = request.method == "POST"
    datos = (request.POST, request.FILES) if enviado else (None, None)
    cosas, en_la_mesa = _a_la_vista(request, item)
    forms = [DerechosForm(*datos, cosa=c, prefix=_prefijo(c)) for c in cosas]
    validos = [f.is_valid() for f in forms] if enviado else []
    if enviado and all(validos) and _guardar(request, item, forms):
        return redirect(request.get_full_path())
    contexto = {
        "item": item,
        "renglones": [(f, f.cosa, NIVELES[f.cosa.acceso_efectivo].nombre) for f in forms],
        "enlace": enlace_a(item, request.user),
        "en_la_mesa": en_la_mesa,
    }
    return render(request, "oficina/derechos.html", contexto, status=422 if enviado else 200)


def _guardar(request: Any, item: Item, forms: list[DerechosForm]) -> bool:
    try:
        with transaction.atomic():
            cambios = sum(fijar_derechos(f.cosa, f.derechos(), request.user) for f in forms if f.has_changed())
    except CambioRechazado as razon:
        dejar_constancia_de_rechazo(item, request.user, razon)
        messages.error(request, str(razon))
        return False
    messages.success(request, f"Se guardaron los derechos de {cambios}." if cambios else "No había nada que guardar.")
    return True


@require_GET
def documento(request: Any, clave: str, sha256: str) -> FileResponse:
    """El documento de un consentimiento, para quien corrige el expediente; su descarga queda anotada."""
    item = _item(request, clave)
    objetos = (c.consentimiento_objeto for c in _cosas(request, item))
    objeto = next((o for o in objetos if o is not None and o.sha256 == sha256), None)
    if objeto is None:
        raise Http404
    registrar(
        SucesoNuevo(
            clase="archivo.descargado", objeto=f"item:{item.clave}", actor=request.user, ip=request.META.get("REMOTE_ADDR"),
            detalle={"sha256": sha256, "nombre": "el documento del consentimiento"},
        )
    )  # fmt: skip
    return FileResponse(
        abrir_objeto(objeto), as_attachment=True, filename=f"consentimiento-{item.clave}", content_type=objeto.mime
    )
