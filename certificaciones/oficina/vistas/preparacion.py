"""Preparar una certificación: elegir documentos de una solicitud o de un expediente, y corregir el borrador."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from archivo.archivistica.puerta import Expediente, Integracion
from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import lector_de
from certificaciones.actos.puerta import DocumentoPedido, cambiar, pedidos_de, preparar
from certificaciones.oficina.copias import pedidos_de_la_canasta, preparar_para, solicitud_de
from certificaciones.oficina.formularios.certificaciones import ActoForm
from certificaciones.oficina.permisos import ARMAN, certificacion_para, lector_con, solicitud_para
from certificaciones.oficina.vistas.respuestas import Hecho, cumplir
from certificaciones.reglas.puerta import TipoDeSoporte
from certificaciones.solicitudes.puerta import (
    Solicitud,
    acreditacion_de,
    leer_paginas,
    quien_pide,
    referencia_de,
)

_SOPORTES: dict[str, str] = {
    Integracion.Ejemplar.COPIA_CERTIFICADA: TipoDeSoporte.COPIA_CERTIFICADA,
    Integracion.Ejemplar.COPIA_SIMPLE: TipoDeSoporte.COPIA_SIMPLE,
}


@dataclass
class Origen:
    """De dónde salen los documentos: una solicitud, o un expediente del que se eligen."""

    solicitud: Solicitud | None = None
    expediente: Expediente | None = None
    integraciones: Any = ()

    def pedidos(self, request: HttpRequest) -> list[DocumentoPedido]:
        """Lo que se va a copiar. Lanza `SolicitudRechazada` si no se entiende."""
        if self.solicitud is not None:
            return pedidos_de_la_canasta(self.solicitud)
        marcados = set(request.POST.getlist("documento"))
        elegidas = [i for i in self.integraciones if i.item.clave in marcados]
        pedidos: list[DocumentoPedido] = []
        for i in elegidas:
            pedidos += pedidos_de(i.item, leer_paginas(request.POST.get(f"paginas-{i.item.clave}", "")))
        return pedidos

    def inicial(self) -> dict[str, Any]:
        """Lo que ya se sabe al abrir el formulario."""
        if self.solicitud is None:
            return {"soporte": soporte_de(self.integraciones)}
        pedidas = Integracion.objects.vigentes().filter(item__in=self.solicitud.elementos.values("item"))
        return {
            "soporte": soporte_de(pedidas),
            "finalidad": self.solicitud.finalidad,
            "referencia": referencia_de(self.solicitud),
            "peticionario": quien_pide(self.solicitud) if self.solicitud.es_de_autoridad else "",
            "a_autoridad": self.solicitud.es_de_autoridad,
            "ejemplares": self.solicitud.ejemplares,
        }


def soporte_de(integraciones: Any) -> str:
    """Lo que puede afirmarse según lo que obra en el expediente; si hay de varias clases, original."""
    ejemplares = {i.ejemplar for i in integraciones}
    unico = next(iter(ejemplares)) if len(ejemplares) == 1 else ""
    return _SOPORTES.get(unico, TipoDeSoporte.ORIGINAL_AUTOGRAFO)


def origen_de(request: Any) -> Origen:
    """La solicitud o el expediente de la dirección, si esa persona los ve; si no, 404."""
    if folio := request.GET.get("solicitud"):
        return Origen(solicitud=solicitud_para(request, folio))
    lector = lector_de(request.user)
    expediente = get_object_or_404(Expediente.objects.visibles_para(lector), clave=request.GET.get("expediente", ""))
    visibles = Item.objects.visibles_para(lector)
    suyas = expediente.integraciones.vigentes().en_orden().filter(item__in=visibles).select_related("item")
    return Origen(expediente=expediente, integraciones=list(suyas))


@require_http_methods(["GET", "POST"])
def nueva(request: Any) -> HttpResponse:
    """Un borrador con sus documentos y sus datos."""
    lector_con(request, *ARMAN)
    origen = origen_de(request)
    acreditacion = acreditacion_de(origen.solicitud) if origen.solicitud else None
    form = ActoForm(request.POST or None, initial=origen.inicial(), acreditado=acreditacion is not None)

    def preparada(limpio: dict[str, Any]) -> Hecho:
        pedidos, datos = origen.pedidos(request), form.datos(acreditacion.frase if acreditacion else "")
        servicio = partial(preparar_para, origen.solicitud) if origen.solicitud else preparar
        return "", redirect("oficina_certificacion", clave=servicio(pedidos, datos, request.user).clave)

    hecho = cumplir(request, form, preparada) if request.method == "POST" else None
    if hecho is not None:
        return hecho
    contexto = {"form": form, "origen": origen, "acreditacion": acreditacion, "marcados": request.POST.getlist("documento")}
    return render(request, "oficina_certificaciones/preparar.html", contexto, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def corregir(request: Any, clave: str) -> HttpResponse:
    """Corrige los datos de un borrador; sus documentos no cambian."""
    lector_con(request, *ARMAN)
    certificacion = certificacion_para(request, clave)
    if not certificacion.clase_de_estado.se_edita:
        raise Http404
    solicitud = solicitud_de(certificacion)
    acreditacion = acreditacion_de(solicitud) if solicitud else None
    form = ActoForm(
        request.POST or None,
        instance=certificacion,
        initial={"certificador": certificacion.certificador_id},
        acreditado=acreditacion is not None,
    )

    def corregida(limpio: dict[str, Any]) -> Hecho:
        cambiar(certificacion_para(request, clave), form.datos(acreditacion.frase if acreditacion else ""), request.user)
        return "", redirect("oficina_certificacion", clave=clave)

    hecho = cumplir(request, form, corregida) if request.method == "POST" else None
    if hecho is not None:
        return hecho
    contexto = {"form": form, "certificacion": certificacion, "acreditacion": acreditacion}
    return render(request, "oficina_certificaciones/corregir.html", contexto, status=422 if form.errors else 200)
