"""Lo que hace que capturar todo el día no cueste: empezar como el anterior, con plantilla, y que nada escrito se pierda."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from archivo.catalogo.puerta import NIVELES, CambioRechazado, Item, se_audita, tipo_de
from archivo.oficina.copias import anterior_de, empezar_con, valores_de
from archivo.oficina.envios import CAMPO, GALLETA, EnvioRepetido, OtroConLaMismaFicha, apartar, concluir, ficha_nueva
from archivo.oficina.formularios.relaciones import elementos_citados
from archivo.oficina.models import PlantillaDeCaptura

RECUPERAR = "recuperar"
OTRO = "guardar_y_nuevo"
CERRADOS = " ".join(n.clave for n in NIVELES.values() if n.se_audita)
"""Los niveles cuya captura no se guarda en el equipo de nadie."""


@never_cache
@require_GET
def sesion(request: HttpRequest) -> JsonResponse:
    """¿Sigue abierta la sesión? Con la ficha que la página necesita para guardar aunque se haya vuelto a entrar."""
    return JsonResponse({"usuario": request.user.pk, "ficha": get_token(request)})


class SinPerder:
    """Lo escrito se puede recuperar: el navegador guarda una copia y la devuelve aquí sin guardarla en el archivo."""

    @property
    def recupera(self) -> bool:
        """¿Se devuelve al formulario lo que no se llegó a guardar?"""
        return RECUPERAR in self.request.POST

    def is_valid(self, form: Any) -> bool:
        """Lo recuperado vuelve al formulario sin guardarse y sin regaños: todavía no se pidió guardar."""
        if not self.recupera:
            return super().is_valid(form)
        form._errors, form.cleaned_data = ErrorDict(), {}
        self.produced_error_message = None
        messages.warning(self.request, "Aquí está lo que no se guardó. Revíselo y guárdelo.")
        return False

    @cached_property
    def ficha_de_envio(self) -> str:
        """La ficha de este formulario: la que trae el envío, o una nueva."""
        return self.request.POST.get(CAMPO) or ficha_nueva()

    def form_valid(self, form: Any) -> HttpResponse:
        """Si se guardó, el navegador olvida su copia."""
        return self.que_olvide(super().form_valid(form))

    def que_olvide(self, respuesta: HttpResponse) -> HttpResponse:
        """Pone en la respuesta qué envío ya quedó guardado."""
        if respuesta.status_code == 302:
            seguro = self.request.is_secure()
            respuesta.set_cookie(GALLETA, self.ficha_de_envio, max_age=86_400, path="/", samesite="Lax", secure=seguro)
        return respuesta

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Con lo que el guión de la página necesita."""
        contexto = super().get_context_data(**kwargs)
        contexto["copia_local"] = {
            "envio": self.ficha_de_envio,
            "cerrado": bool(self.object and self.object.pk and se_audita(self.object)),
            "niveles_cerrados": CERRADOS,
            "sesion_url": reverse("oficina_sesion"),
            "entrar_url": reverse("wagtailadmin_login"),
            "recuperada": self.recupera,
        }
        return contexto | ({"has_unsaved_changes": True} if self.recupera else {})


class Comienzo(SinPerder):
    """Escribir uno nuevo: en blanco, igual que el anterior, igual que otro o con una plantilla; y una sola vez."""

    @cached_property
    def anterior(self) -> Item | None:
        """Lo último de este tipo que esa persona capturó."""
        return anterior_de(self.request.user, self.lector, self.model)

    @cached_property
    def plantillas(self) -> list[PlantillaDeCaptura]:
        """Las que puede usar para este tipo."""
        return list(PlantillaDeCaptura.objects.para(self.request.user, self.lector, self.model.codigo_de_tipo))

    @cached_property
    def valores(self) -> tuple[str, dict[str, Any]]:
        """De dónde se copia y qué."""
        igual, plantilla = self.request.GET.get("igual", ""), self.request.GET.get("plantilla", "")
        if igual:
            modelo = self._modelo_de_copia(igual)
            return (f"«{modelo.titulo}»", valores_de(modelo)) if modelo else ("", {})
        elegida = next((p for p in self.plantillas if str(p.pk) == plantilla), None)
        return (f"la plantilla «{elegida.nombre}»", elegida.valores) if elegida else ("", {})

    def _modelo_de_copia(self, igual: str) -> Item | None:
        if igual == "anterior":
            return self.anterior
        citados = [i for i in elementos_citados(igual, self.lector) if i.tipo == self.model.codigo_de_tipo]
        return citados[0] if len(citados) == 1 else None

    def get_form(self, form_class: Any = None) -> Any:
        """Con lo copiado por iniciales."""
        form = super().get_form(form_class)
        if self.request.method == "GET":
            self.puestos = empezar_con(form, self.valores[1])
        return form

    def guardar(self, form: Any) -> Item:
        """El elemento y la ficha de su envío, juntos."""
        with transaction.atomic():
            envio = apartar(self.request.POST, self.request.user)
            item = super().guardar(form)
            concluir(envio, item)
        return item

    def form_valid(self, form: Any) -> HttpResponse:
        """Repetir un envío lleva a lo que ya se guardó."""
        try:
            return super().form_valid(form)
        except EnvioRepetido as repetido:
            self.object = repetido.item
            messages.info(self.request, f"Ya estaba guardado: «{self.object.titulo}». No se creó otro.")
            return self.que_olvide(redirect(self.get_success_url()))

    def _rechazar(self, form: Any, razon: CambioRechazado) -> HttpResponse:
        if isinstance(razon, OtroConLaMismaFicha):
            self.ficha_de_envio = ficha_nueva()
        return super()._rechazar(form, razon)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Con las maneras de empezar y lo que se copió."""
        return super().get_context_data(**kwargs) | {
            "anterior_capturado": self.anterior,
            "plantillas": self.plantillas,
            "copiado_de": self.valores[0] if self.request.method == "GET" else "",
            "copiado": getattr(self, "puestos", []),
        }


def direccion_de_otro_igual(item: Item) -> str:
    """Dónde se escribe otro como éste."""
    modelo = tipo_de(item.tipo).modelo
    base = reverse(f"wagtailsnippets_{modelo._meta.app_label}_{modelo._meta.model_name}:add")
    return f"{base}?{urlencode({'igual': item.clave})}"
