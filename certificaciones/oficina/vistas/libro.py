"""El libro de certificaciones: sus asientos, sus exportaciones y su cierre."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.catalogo.puerta import NIVELES, Item, dejar_constancia_de_lista
from archivo.identidad.puerta import Lector, lector_de
from archivo.objetos.puerta import abrir
from certificaciones.actos.puerta import LibroCertificacion, abrir_libro, asientos_del_libro, cerrar_libro, libro_csv, libro_pdf
from certificaciones.oficina.formularios.certificaciones import LibroForm
from certificaciones.oficina.permisos import CERTIFICAN, VEN_SOLICITUDES, a_la_vista, lector_con
from certificaciones.oficina.vistas.respuestas import Hecho, cumplir, intentar

POR_PAGINA = 100
CLASIFICADOS = [n.clave for n in NIVELES.values() if n.se_audita]


def libros() -> Any:
    """Los de verdad: los de ensayo no se muestran aquí."""
    return LibroCertificacion.objects.filter(registro=LibroCertificacion.Registro.EXPEDIDAS).order_by("-anio", "-id")


def _libro(request: HttpRequest, pk: int) -> LibroCertificacion:
    lector_con(request, *VEN_SOLICITUDES)
    return get_object_or_404(libros(), pk=pk)


@require_http_methods(["GET", "POST"])
def lista(request: Any) -> HttpResponse:
    """Los libros; quien certifica puede abrir el del año."""
    lector = lector_con(request, *VEN_SOLICITUDES)
    lleva = lector.tiene(*CERTIFICAN)
    form = LibroForm(request.POST or None)

    def abrir_nuevo(limpio: dict[str, Any]) -> Hecho:
        abierto = abrir_libro(limpio["anio"], limpio["prefijo"], request.user)
        return f"{abierto} está abierto. El primer folio será {abierto.folio(1)}.", redirect("oficina_libro", pk=abierto.pk)

    hecho = cumplir(request, form, abrir_nuevo) if request.method == "POST" and lleva else None
    if hecho is not None:
        return hecho
    contexto = {"libros": libros(), "form": form if lleva else None}
    return render(request, "oficina_certificaciones/libros.html", contexto, status=422 if form.errors else 200)


def _mes(request: HttpRequest) -> int | None:
    """El mes pedido, si es uno."""
    escrito = request.GET.get("mes", "")
    return int(escrito) if escrito.isascii() and escrito.isdigit() and len(escrito) < 3 and 1 <= int(escrito) <= 12 else None


def _anotar_lo_exportado(libro: LibroCertificacion, lector: Lector, usuario: Any) -> None:
    """Constancia de que se llevó un libro que nombra documentos clasificados; sin ella no se exporta."""
    clasificados = Item.objects.visibles_para(lector).filter(
        pk__in=libro.certificaciones.expedidas().values("documentos__item"), acceso_efectivo__in=CLASIFICADOS
    )
    dejar_constancia_de_lista(clasificados, usuario, "libro de certificaciones")


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Los asientos de un libro, en el orden de sus folios; de un mes, si se pide."""
    libro = _libro(request, pk)
    mes = _mes(request)
    pagina = Paginator(asientos_del_libro(libro, mes), POR_PAGINA).get_page(request.GET.get("p"))
    a_la_vista([d for c in pagina for d in c.documentos.all()], lector_de(request.user), request.user)
    contexto = {
        "libro": libro,
        "pagina": pagina,
        "mes": mes,
        "meses": MONTHS.items(),
        "este_mes": mes or timezone.localdate().month,
        "cierra": libro.cerrado_en is None and lector_con(request, *VEN_SOLICITUDES).tiene(*CERTIFICAN),
    }
    return render(request, "oficina_certificaciones/libro.html", contexto)


@require_POST
def cerrar(request: Any, pk: int) -> HttpResponse:
    """Lo cierra con su acta."""
    libro = _libro(request, pk)
    intentar(request, lambda: cerrar_libro(libro, request.user), f"{libro} quedó cerrado, con su acta.")
    return redirect("oficina_libro", pk=pk)


@require_GET
def acta(request: HttpRequest, pk: int) -> HttpResponseBase:
    """El acta con que se cerró."""
    libro = _libro(request, pk)
    if libro.objeto_acta is None:
        raise Http404
    nombre = f"acta-{libro.prefijo}-{libro.anio}.pdf"
    return FileResponse(abrir(libro.objeto_acta), as_attachment=True, filename=nombre, content_type="application/pdf")


@require_GET
def exportar(request: HttpRequest, pk: int, formato: str) -> HttpResponseBase:
    """El libro en CSV, o un mes en PDF para imprimirse y firmarse."""
    libro, lector = _libro(request, pk), lector_de(request.user)
    _anotar_lo_exportado(libro, lector, request.user)
    nombre = f"libro-{libro.prefijo}-{libro.anio}"
    if formato == "csv":
        return StreamingHttpResponse(
            libro_csv(libro, lector=lector),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{nombre}.csv"'},
        )
    mes = _mes(request) or timezone.localdate().month
    return HttpResponse(
        libro_pdf(libro, mes, lector),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nombre}-{mes:02}.pdf"'},
    )
