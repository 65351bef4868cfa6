"""La mesa de luz: ver juntas las fotografías de un álbum, describir las marcadas, ordenarlas, y mirar una en grande."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import (
    NIVELES,
    TOPE_DE_FOTOS,
    CambioRechazado,
    CambiosDeFotos,
    FotosCambiadas,
    Item,
    describir_varias,
    es_sesion_fotografica,
    mover_fotos,
    ordenar_fotos,
    se_audita,
)
from archivo.identidad.puerta import lector_de
from archivo.objetos.puerta import DerivadoImposible, ObjetoAusente, imagen_de_pagina
from archivo.oficina.formularios.sesion import DescribirForm, FotoForm
from archivo.oficina.mesa import FILTROS, POR_HOJA, Foto, Mesa, marcadas
from archivo.oficina.vistas.ingresos import enlace_a
from archivo.oficina.vistas.sesion_fotografica import elemento_de

ANCHO_DE_MINIATURA, ANCHO_GRANDE = 320, 1600
APARTADO = "Otra persona apartó este álbum: se puede ver, no cambiar."
_RAPIDAS = {"seleccionar": True, "quitar_seleccion": False}


def _mesa(request: HttpRequest, clave: str, superficie: str) -> Mesa:
    return Mesa(elemento_de(request, clave, superficie), lector_de(request.user))


def _anotar(request: Any, mesa: Mesa, fotos: list[Foto]) -> None:
    """De un archivo reservado en un elemento que no lo es, su mirada se anota como la del elemento."""
    if not se_audita(mesa.item) and any(NIVELES[f.adjunto.acceso_efectivo].se_audita for f in fotos):
        registrar(
            SucesoNuevo(
                clase="item.consultado", objeto=f"item:{mesa.item.clave}", actor=request.user, ip=request.META.get("REMOTE_ADDR"),
                detalle={"superficie": "oficina: mesa de luz"},
            )
        )  # fmt: skip


def _apartado(item: Item, usuario: Any) -> bool:
    return item.locked and item.locked_by_id != usuario.pk


def _direccion(item: Item, filtro: str, pagina: Any = None) -> str:
    cola = urlencode({c: v for c, v in (("filtro", filtro), ("p", pagina)) if v})
    return reverse("oficina_mesa", args=[item.clave]) + (f"?{cola}" if cola else "")


@require_http_methods(["GET", "POST"])
def mesa(request: HttpRequest, clave: str) -> HttpResponse:
    """La hoja de contactos, con su filtro; el envío describe, selecciona o mueve las marcadas."""
    vista = _mesa(request, clave, "mesa de luz")
    form = DescribirForm(
        request.POST if request.method == "POST" else None, request.FILES or None, item=vista.item, lector=vista.lector
    )
    if request.method == "GET":
        return _pintar(request, vista, DescribirForm(item=vista.item, lector=vista.lector))
    elegidas = marcadas(request.POST.getlist("pagina" if "todas" in request.POST else "fotos"), vista)
    try:
        if _apartado(vista.item, request.user):
            raise CambioRechazado(APARTADO)
        dicho = _hacer(request, vista, form, elegidas)
    except CambioRechazado as razon:
        return _no_se_pudo(request, vista, form, elegidas, razon)
    if not request.accepts("text/html"):
        fresca = Mesa(vista.item, vista.lector)
        fotos = {f.adjunto.pk: _breve(f) for f in fresca.fotos}
        return JsonResponse({"mensaje": dicho, "seleccionadas": fresca.recuento.seleccionadas, "fotos": fotos})
    messages.success(request, dicho)
    return redirect(_direccion(vista.item, request.GET.get("filtro", ""), request.GET.get("p")))


def _breve(foto: Foto) -> dict[str, Any]:
    return {"valor": foto.valor, "seleccionada": foto.adjunto.seleccionada}


def _hacer(request: Any, vista: Mesa, form: DescribirForm, elegidas: dict[int, str]) -> str:
    """Lo pedido, por el servicio; devuelve qué decir."""
    accion = request.POST.get("accion", "describir")
    if accion in {"mover", "ordenar"}:
        return _mover(request, vista.item, accion, elegidas)
    if accion in _RAPIDAS:
        cambios = CambiosDeFotos(seleccionada=_RAPIDAS[accion], vistas=elegidas)
    elif form.is_valid():
        cambios = form.cambios(elegidas)
    else:
        raise CambioRechazado("No se guardó: falta corregir lo que está marcado abajo.")
    cambiadas = describir_varias(vista.item, elegidas, cambios, request.user)
    marcadas_dichas = f"{len(elegidas)} marcada{'' if len(elegidas) == 1 else 's'}"
    return f"Cambiaron {cambiadas} de {marcadas_dichas}." if cambiadas else "No había nada que cambiar en las marcadas."


def _mover(request: Any, item: Item, accion: str, elegidas: dict[int, str]) -> str:
    if accion == "ordenar":
        movidas = ordenar_fotos(item, request.POST.get("por", ""), request.user)
        return f"Se ordenaron: {movidas} cambiaron de lugar." if movidas else "Ya estaban en ese orden."
    lugar = request.POST.get("lugar", "")
    if not lugar.isdecimal() or not 1 <= int(lugar) <= TOPE_DE_FOTOS:
        raise CambioRechazado("Escriba a qué lugar se mueven: 1 es el primero.")
    movidas = mover_fotos(item, elegidas, int(lugar), request.user)
    return f"Se movieron al lugar {lugar}." if movidas else "Ya estaban en ese lugar."


def _no_se_pudo(
    request: HttpRequest, vista: Mesa, form: DescribirForm, elegidas: dict[int, str], razon: CambioRechazado
) -> HttpResponse:
    estado = 409 if isinstance(razon, FotosCambiadas) else 422
    if not request.accepts("text/html"):
        return JsonResponse({"errores": [str(razon)]}, status=estado)
    messages.error(request, str(razon))
    fresca = Mesa(vista.item, vista.lector)
    return _pintar(request, fresca, form, frozenset(elegidas), estado)


def _pintar(
    request: HttpRequest, vista: Mesa, form: DescribirForm, elegidas: frozenset[int] = frozenset(), estado: int = 200
) -> HttpResponse:
    filtro = FILTROS.get(request.GET.get("filtro", ""), FILTROS[""])
    hoja: Page[Foto] = Paginator(vista.con(filtro), POR_HOJA).get_page(request.GET.get("p"))
    _anotar(request, vista, list(hoja))
    item = vista.item
    contexto = {
        "item": item, "form": form, "hoja": hoja, "filtro": filtro, "filtros": vista.filtros(), "recuento": vista.recuento,
        "elegidas": elegidas, "apartado": APARTADO if _apartado(item, request.user) else "", "enlace": enlace_a(item, request.user),
        "es_album": es_sesion_fotografica(item), "estado_del_album": item.clase_de_estado, "nivel": NIVELES[item.acceso_efectivo].nombre,
        "cola": urlencode({"filtro": filtro.clave}) if filtro.clave else "",
    }  # fmt: skip
    return render(request, "oficina/sesion/mesa.html", contexto, status=estado)


@require_http_methods(["GET", "POST"])
def foto(request: HttpRequest, clave: str, pk: int) -> HttpResponse:
    """Una fotografía en grande, con todo lo que se dice de ella; guardar puede pasar a la siguiente."""
    vista = _mesa(request, clave, "fotografía")
    una = vista.foto(pk)
    if una is None:
        raise Http404
    una.adjunto.item = vista.item
    filtro = FILTROS.get(request.GET.get("filtro", ""), FILTROS[""])
    vecinas = vista.vecinas(pk, filtro)
    datos = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FotoForm(*datos, adjunto=una.adjunto, lector=vista.lector)
    if request.method == "POST" and (usar := request.POST.get("usar")):
        form = _con_lo_que_trae(request, una, vista, usar)
    elif request.method == "POST" and _guardada(request, vista, una, form):
        seguir = vecinas[1] if "siguiente" in request.POST else una
        destino = reverse("oficina_foto", args=[clave, seguir.adjunto.pk]) if seguir else _direccion(vista.item, filtro.clave)
        return redirect(f"{destino}?filtro={filtro.clave}" if seguir and filtro.clave else destino)
    else:
        _anotar(request, vista, [una])
    contexto = {
        "item": vista.item, "foto": una, "form": form, "anterior": vecinas[0], "siguiente": vecinas[1], "filtro": filtro,
        "cola": f"?filtro={filtro.clave}" if filtro.clave else "", "total": len(vista.fotos),
        "apartado": APARTADO if _apartado(vista.item, request.user) else "", "toma": una.adjunto.datos.get("toma") or {},
    }  # fmt: skip
    return render(request, "oficina/sesion/foto.html", contexto, status=422 if form.is_bound and form.errors else 200)


def _con_lo_que_trae(request: HttpRequest, una: Foto, vista: Mesa, campo: str) -> FotoForm:
    """Lo escrito, con la sugerencia puesta en su campo y sin guardar."""
    datos = request.POST.copy()
    datos[campo] = una.sugerencia.get(campo, datos.get(campo, ""))
    return FotoForm(datos, request.FILES, adjunto=una.adjunto, lector=vista.lector)


def _guardada(request: Any, vista: Mesa, una: Foto, form: FotoForm) -> bool:
    if not form.is_valid():
        return False
    try:
        if _apartado(vista.item, request.user):
            raise CambioRechazado(APARTADO)
        cambiadas = describir_varias(vista.item, [una.adjunto.pk], form.cambios(), request.user)
    except CambioRechazado as razon:
        form.add_error(None, str(razon))
        return False
    messages.success(request, f"Guardada: «{una.adjunto.nombre}»." if cambiadas else "No había nada que cambiar.")
    return True


@require_GET
def imagen(request: HttpRequest, clave: str, pk: int) -> HttpResponseBase:
    """La imagen de un archivo, chica o grande, sin los metadatos de la cámara."""
    item = elemento_de(request, clave, "mesa de luz")
    vista = Mesa(item, lector_de(request.user))
    una = vista.sola(pk)
    if una is None:
        raise Http404
    _anotar(request, vista, [una])
    ancho = ANCHO_GRANDE if request.GET.get("grande") else ANCHO_DE_MINIATURA
    etag = f'"{una.adjunto.objeto.sha256[:32]}-{ancho}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    try:
        ruta = imagen_de_pagina(una.adjunto.objeto, 1, ancho)
    except (DerivadoImposible, ObjetoAusente) as error:
        raise Http404 from error
    respuesta = FileResponse(
        ruta.open("rb"), content_type="image/webp", headers={"ETag": etag, "Cache-Control": "private, no-cache"}
    )
    del respuesta["Content-Disposition"]
    return respuesta
