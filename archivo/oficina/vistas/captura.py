"""Escribir y corregir un elemento."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views.snippets import CreateView, EditView

from archivo.catalogo.puerta import NIVELES, NOMBRES_DE_PENDIENTES, CambioRechazado, Item, Visibilidad, pasos_posibles, tipo_de
from archivo.identidad.puerta import lector_de
from archivo.oficina.duplicados import comparacion, por_avisar
from archivo.oficina.formularios.anexos import Anexos
from archivo.oficina.formularios.descripcion import inicial_de_version
from archivo.oficina.formularios.relaciones import elementos_citados
from archivo.oficina.guardado import EdicionSimultanea, anotar_rechazo, guardar_captura
from archivo.oficina.listado import vecinos
from archivo.oficina.versiones import recuperar
from archivo.oficina.vistas.comunes import DelTipo, DeUnElemento
from archivo.oficina.vistas.empezar import OTRO, Comienzo, SinPerder, direccion_de_otro_igual

SEGUIR = "guardar_y_siguiente"
SE_PARECE = "Todavía no se guardó: se parece a algo que ya está en el archivo. Compárelos abajo."


class CandadoSidePanel(SnippetStatusSidePanel):
    """El candado y la última corrección. El estado se dice en la captura: el de Wagtail diría «En vivo» de un borrador."""

    template_name = "oficina/trozos/candado.html"
    title = "Candado"


class Captura:
    """Lo común a escribir y corregir: los anexos se validan con el formulario y todo se guarda junto."""

    diferencias: list = []
    duplicados: dict[str, Any] = {}
    inicial_de_relacion: dict[str, str] = {}

    @cached_property
    def lector(self) -> Any:
        """Quién captura."""
        return lector_de(self.request.user)

    @cached_property
    def anexos(self) -> Anexos:
        """La relación y los archivos del elemento."""
        datos = self.request.POST if self.request.method == "POST" else None
        return Anexos(self.object or self.model(), self.lector, datos, self.inicial_de_relacion)

    def is_valid(self, form: Any) -> bool:
        """Todo bien escrito; los errores se cuentan juntos."""
        hoja = super().is_valid(form)
        anexos = self.anexos.is_valid()
        if not anexos:
            self.produced_error_message = self.get_error_message()
        return hoja and anexos

    def get_error_message(self) -> str:
        """Qué pasó y qué hacer."""
        return "No se guardó: falta corregir lo que está marcado abajo."

    def form_valid(self, form: Any) -> HttpResponse:
        """Guarda por el servicio; si no procede, la razón se muestra y lo escrito sigue ahí."""
        self.form = form
        parecidos, aviso = por_avisar(form, self.lector)
        if aviso:
            messages.warning(self.request, aviso)
        if parecidos:
            self.duplicados = comparacion(form, parecidos, self.request.user)
            return self._rechazar(form, CambioRechazado(SE_PARECE))
        try:
            self.object = self.guardar(form)
        except EdicionSimultanea as choque:
            datos = form.data.copy()
            datos["version_cargada"] = choque.actual.version
            form.data = datos
            self.diferencias = choque.diferencias
            return self._rechazar(form, choque)
        except CambioRechazado as razon:
            anotar_rechazo(form.instance, self.request.user, razon)
            return self._rechazar(form, razon)
        messages.success(self.request, f"Guardado: «{self.object.titulo}».")
        return redirect(self.get_success_url())

    def guardar(self, form: Any) -> Item:
        """El elemento guardado."""
        return guardar_captura(form, self.anexos, self.request.user)

    def _rechazar(self, form: Any, razon: CambioRechazado) -> HttpResponse:
        self.produced_error_message = str(razon)
        return self.form_invalid(form)

    @property
    def sigue(self) -> bool:
        """¿Se pidió guardar y pasar al siguiente?"""
        return SEGUIR in self.request.POST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Con los anexos y lo que otra persona cambió."""
        return super().get_context_data(**kwargs) | {
            "anexos": self.anexos,
            "diferencias": self.diferencias,
            **self.duplicados,
            "seguir": SEGUIR,
            "otro": OTRO,
            "tipo": tipo_de(self.model.codigo_de_tipo),
        }

    def get_side_panels(self) -> MediaContainer:
        """Candado e historia, y la vista previa."""
        guardado = self.view_name != "create"
        panel = CandadoSidePanel(
            self.form.instance,
            self.request,
            usage_url=None,
            history_url=self.get_history_url() if guardado else None,
            last_updated_info=self.get_last_updated_info() if guardado else None,
        )
        previa = PreviewSidePanel(self.form.instance, self.request, preview_url=self.get_preview_url())
        return MediaContainer([panel, previa])


class EscribirView(DelTipo, Comienzo, Captura, CreateView):
    """Un elemento nuevo. `?corrige=<clave>` lo prepara como fe de erratas de otro."""

    template_name = "oficina/formulario.html"

    @cached_property
    def corregido(self) -> Item | None:
        """El documento que se corrige, si se vino de él."""
        clave = self.request.GET.get("corrige", "")
        citados = elementos_citados(clave, self.lector) if clave else []
        return citados[0] if len(citados) == 1 else None

    @cached_property
    def inicial_de_relacion(self) -> dict[str, str]:
        """La relación ya escrita de una fe de erratas."""
        return {"clase": "fe_de_erratas_de", "destino": self.corregido.folio or self.corregido.clave} if self.corregido else {}

    def get_initial_form_instance(self) -> Item:
        """Vacío, con el acceso que a su tipo le toca, o con lo que una fe de erratas toma del documento que corrige."""
        nuevo = self.model(tipo=self.model.codigo_de_tipo, acceso=tipo_de(self.model.codigo_de_tipo).acceso_inicial)
        if self.corregido:
            nuevo.titulo = f"Fe de erratas: {self.corregido.folio or self.corregido.titulo}"
            nuevo.area, nuevo.serie = self.corregido.area, self.corregido.serie
        return nuevo

    def get_success_url(self) -> str:
        """Otro en blanco, otro igual que éste, o el que se acaba de escribir."""
        if OTRO in self.request.POST:
            return direccion_de_otro_igual(self.object)
        return self.add_url if self.sigue else self.get_edit_url()


class CorregirView(DeUnElemento, SinPerder, Captura, EditView):
    """Un elemento que existe, con su estado, los pasos que admite y sus vecinos en la lista."""

    template_name = "oficina/formulario.html"
    accion = "change"
    superficie = "oficina: corregir"

    def get_object(self, queryset: Any = None) -> Item:
        """El elemento, que es también el que está en la base."""
        self.live_object = super().get_object(queryset)
        return self.live_object

    @cached_property
    def lista(self) -> str:
        """Los filtros de la lista de que se vino."""
        return self.request.GET.get("lista", "")

    @cached_property
    def vecinos(self) -> tuple[str, str, str]:
        """Las direcciones del anterior y del siguiente en la lista, y lo que hay que decir si el motor no respondió."""
        anterior, siguiente, aviso = vecinos(self.object, self.request, self.lista)
        return *(self._direccion(v) if v else "" for v in (anterior, siguiente)), aviso  # type: ignore[return-value]

    def _direccion(self, item: Item) -> str:
        base = reverse(self.edit_url_name, args=[item.pk])
        return f"{base}?{urlencode({'lista': self.lista})}" if self.lista else base

    def get_success_url(self) -> str:
        """El siguiente de la lista (o la lista, si no hay más), otro igual, o el mismo."""
        if OTRO in self.request.POST and self.user_has_permission("add"):
            return direccion_de_otro_igual(self.object)
        if not self.sigue:
            return self._direccion(self.object)
        return self.vecinos[1] or reverse(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Con lo que se sabe del elemento y lo que se puede hacer con él."""
        item = self.object
        return super().get_context_data(**kwargs) | {
            "action_url": self.request.get_full_path(),
            "anterior": self.vecinos[0],
            "siguiente": self.vecinos[1],
            "aviso_de_vecinos": self.vecinos[2],
            "pasos": self._pasos(),
            "estado": item.clase_de_estado,
            "nivel": NIVELES[item.acceso_efectivo],
            "pendientes": [NOMBRES_DE_PENDIENTES.get(p, p) for p in item.pendientes],
            "historia_url": self.get_history_url(),
            "fe_de_erratas_url": self._fe_de_erratas(),
            "otro_igual_url": direccion_de_otro_igual(item) if self.user_has_permission("add") else "",
            "ingresar_url": f"{reverse('oficina_ingresar')}?{urlencode({'destino': item.clave})}",
        }

    def _pasos(self) -> list[dict[str, Any]]:
        direccion = self.edit_url_name.replace(":edit", ":paso")
        posibles = pasos_posibles(self.model._default_manager.get(pk=self.object.pk), self.lector)
        return [
            {
                "accion": p.accion,
                "nombre": p.nombre,
                "pide_motivo": p.pide_motivo,
                "url": reverse(direccion, args=[self.object.pk, p.accion]),
            }
            for p in posibles
        ]

    def _fe_de_erratas(self) -> str:
        item = self.object
        if not item.folio or item.clase_de_estado.visibilidad is Visibilidad.AREA or not self.user_has_permission("add"):
            return ""
        return f"{reverse(self.edit_url_name.replace(':edit', ':add'))}?{urlencode({'corrige': item.clave})}"


class RecuperarView(CorregirView):
    """Una versión anterior puesta en el formulario: se guarda como una corrección más."""

    view_name = "revisions_revert"

    def get_object(self, queryset: Any = None) -> Item:
        """El elemento con la descripción de aquella versión."""
        item = super().get_object(queryset)
        if not item.clase_de_estado.se_edita:
            raise Http404
        self.revision = get_object_or_404(item.revisions, id=self.kwargs["revision_id"])
        return recuperar(item, self.revision)

    def get_form(self, form_class: Any = None) -> Any:
        """Con los temas y el cuerpo de aquella versión."""
        form = super().get_form(form_class)
        form.initial["temas_escritos"] = self.revision.content.get("_temas") or form.initial["temas_escritos"]
        form.initial |= inicial_de_version(self.revision.content)
        cuerpo = self.revision.content.get("_cuerpo")
        if cuerpo is not None and form.texto.modo == "html" and "cuerpo" in form.fields and not form.fields["cuerpo"].disabled:
            form.initial["cuerpo"] = cuerpo
        return form

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Avisa qué se está viendo."""
        messages.warning(request, "Ve una versión anterior. Si guarda, será la vigente; el estado y el folio no cambian.")
        return super().get(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """De vuelta al elemento."""
        return reverse(self.edit_url_name, args=[self.object.pk])
