"""Lo que sale de un expediente: carátula, etiquetas, índice, inventarios e historia."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from archivo.archivistica.puerta import (
    INVENTARIOS,
    Expediente,
    anotar,
    caratula,
    en_csv,
    en_xlsx,
    etiquetas,
    etiquetas_de_caja,
    objeto_de,
    por_verificar,
    puede_gestionar,
    renglones,
    verificar_expedientes,
)
from archivo.auditoria.puerta import Resultado, SucesoNuevo, registrar, sucesos_de
from archivo.catalogo.puerta import NIVELES
from archivo.identidad.puerta import lector_de
from archivo.oficina.bitacora import nombre_de_clase
from archivo.oficina.vistas.expedientes import dejar_constancia_de_lista, expediente_para, indices_visibles, visibles_con_filtros

TOPE_DE_ETIQUETAS = 200
LIMITE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATOS = {"json": ("contenido_json", "application/json"), "xml": ("contenido_xml", "application/xml")}


def _archivo(contenido: bytes, mime: str, nombre: str, *, descargar: bool = True) -> HttpResponse:
    respuesta = HttpResponse(contenido, content_type=mime)
    respuesta["Content-Disposition"] = f'{"attachment" if descargar else "inline"}; filename="{nombre}"'
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _nombre(expediente: Expediente, sufijo: str) -> str:
    limpio = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in expediente.codigo)
    return f"{limpio}-{sufijo}"


@require_GET
def ver_caratula(request: HttpRequest, clave: str) -> HttpResponse:
    """La carátula en PDF."""
    expediente = expediente_para(request, clave, superficie="carátula")
    enlace = request.build_absolute_uri(reverse("oficina_expediente", args=[clave]))
    return _archivo(caratula(expediente, enlace), "application/pdf", _nombre(expediente, "caratula.pdf"), descargar=False)


@require_GET
def ver_etiquetas(request: HttpRequest, que: str) -> HttpResponse:
    """Lomos o etiquetas de caja de los expedientes nombrados (`e`, repetido), en un PDF."""
    claves = request.GET.getlist("e")[:TOPE_DE_ETIQUETAS]
    expedientes = [expediente_para(request, clave, superficie="etiquetas") for clave in dict.fromkeys(claves)]
    if not expedientes:
        raise Http404
    pdf = etiquetas(expedientes) if que == "lomos" else etiquetas_de_caja(expedientes)
    return _archivo(pdf, "application/pdf", f"etiquetas-{que}.pdf", descargar=False)


@require_GET
def descargar_indice(request: Any, clave: str, version: str, formato: str) -> HttpResponse:
    """Una versión del índice, tal como se congeló; sólo para quien ve todos los documentos que nombra."""
    expediente = expediente_para(request, clave, superficie="índice")
    indice = next((i for i in indices_visibles(expediente, lector_de(request.user)) if i.version == int(version)), None)
    if indice is None:
        raise Http404
    columna, mime = _FORMATOS[formato]
    detalle = {"version": version, "formato": formato, "razon": f"Versión {version}, {formato.upper()}"}
    anotar(expediente, "indice_descargado", request.user, detalle=detalle)
    return _archivo(bytes(getattr(indice, columna)), mime, _nombre(expediente, f"indice-v{version}.{formato}"))


@require_POST
def verificar(request: Any, clave: str) -> HttpResponse:
    """Recalcula el índice desde las filas y los bytes, y dice qué no coincide."""
    expediente = expediente_para(request, clave, superficie="verificar")
    visibles = indices_visibles(expediente, lector_de(request.user))
    if not visibles or len(visibles) < expediente.indices.count():
        raise Http404
    informe = verificar_expedientes(por_verificar(clave))
    detalle = {"fallas": len(informe.fallas), "razon": f"{len(informe.fallas)} diferencias" if informe.fallas else "Íntegro"}
    anotar(expediente, "verificado", request.user, detalle=detalle)
    return render(request, "oficina/expedientes/verificacion.html", {"expediente": expediente, "informe": informe})


@require_GET
def inventario(request: Any, cual: str, formato: str) -> HttpResponse | StreamingHttpResponse:
    """El inventario de los expedientes de la lista, con sus mismos filtros."""
    if cual not in INVENTARIOS or not lector_de(request.user).es_de_oficina:
        raise Http404
    visibles = visibles_con_filtros(request)
    detalle = {"inventario": cual, "formato": formato, "filtros": request.GET.dict()}
    registrar(
        SucesoNuevo("expediente.inventariado", "expediente:", request.user, detalle=detalle, ip=request.META.get("REMOTE_ADDR"))
    )
    dejar_constancia_de_lista(
        visibles.filter(acceso__in=[n.clave for n in NIVELES.values() if n.se_audita]), request, "inventario"
    )
    formato_, filas = INVENTARIOS[cual], renglones(visibles)
    if formato == "xlsx":
        return _archivo(en_xlsx(formato_, filas), XLSX, f"inventario-{cual}.xlsx")
    respuesta = StreamingHttpResponse(en_csv(formato_, filas), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="inventario-{cual}.csv"'
    return respuesta


@require_GET
def historia(request: Any, clave: str) -> HttpResponse:
    """Lo que ha pasado con el expediente, lo último primero. Lo que no procedió, sólo ante quien lo lleva: dice qué se quiso hacer."""
    expediente = expediente_para(request, clave, superficie="historia")
    sucesos = sucesos_de(objeto_de(expediente)).order_by("-id")
    if not puede_gestionar(lector_de(request.user), expediente):
        sucesos = sucesos.exclude(resultado=Resultado.RECHAZADO)
    contexto = {"expediente": expediente, "sucesos": [(s, nombre_de_clase(s.clase)) for s in sucesos[:LIMITE]], "limite": LIMITE}
    return render(request, "oficina/expedientes/historia.html", contexto)
