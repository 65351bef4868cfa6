"""Las pantallas de las reglas: facultades, textos, tabuladores, tarifas, UMA y política. Todo cambio queda en la bitácora."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from archivo.auditoria.puerta import SucesoNuevo, registrar
from certificaciones.reglas.puerta import (
    VARIABLES_DE_TEXTO,
    FacultadCertificacion,
    PoliticaDeCertificacion,
    Tabulador,
    Tarifa,
    TextoDeCertificacion,
    ValorUma,
    faltas_del_texto,
)


class DiaWidget(forms.DateInput):
    """Un día con el control del navegador."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


VIGENCIA = [FieldPanel("vigente_desde", widget=DiaWidget), FieldPanel("vigente_hasta", widget=DiaWidget)]


def anotar_regla(instancia: Any, accion: str, usuario: Any, cambios: list[str]) -> None:
    """Qué regla y qué campos; lo que decía antes está en la instantánea de cada acto."""
    clase = instancia._meta.model_name
    detalle = {"dice": str(instancia)[:300]} | ({"cambios": cambios} if cambios else {})
    registrar(SucesoNuevo(f"{clase}.{accion}", f"{clase}:{instancia.pk}", actor=usuario, detalle=detalle))


class CrearReglaView(CreateView):
    """Una regla nueva, con su constancia."""

    def save_instance(self) -> Any:
        """Guarda y anota."""
        instancia = super().save_instance()
        anotar_regla(instancia, "creada", self.request.user, [])
        return instancia


class CambiarReglaView(EditView):
    """Un cambio en una regla, con su constancia."""

    def save_instance(self) -> Any:
        """Guarda y anota; lo que alguien revisó deja de ser de muestra."""
        instancia = super().save_instance()
        anotar_regla(instancia, "cambiada", self.request.user, list(self.form.changed_data))
        return instancia


class ReglasView(IndexView):
    """La lista, con el aviso de que hay valores que nadie ha revisado."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """¿Alguno es de muestra?"""
        lleva = any(c.name == "es_muestra" for c in self.model._meta.fields)
        de_muestra = lleva and self.model._default_manager.filter(es_muestra=True).exists()
        if self.model is Tarifa:
            de_muestra = Tabulador.objects.filter(es_muestra=True).exists()
        return super().get_context_data(**kwargs) | {"hay_de_muestra": de_muestra}


class ReglaViewSet(ModelViewSet):
    """Una clase de reglas: no se borran, se les pone fin."""

    add_view_class = CrearReglaView
    edit_view_class = CambiarReglaView
    add_to_admin_menu = True
    index_view_class = ReglasView
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    index_template_name = "oficina_certificaciones/reglas.html"


class SiNoColumn(Column):
    """Un dato de sí o no, dicho en palabras."""

    def get_value(self, instancia: Any) -> str:
        """«Sí» o «No»."""
        return "Sí" if super().get_value(instancia) else "No"


MUESTRA = SiNoColumn("es_muestra", label="De muestra")


class FacultadForm(WagtailAdminModelForm):
    """Lo que la base exige, dicho junto a su campo."""

    def clean(self) -> dict[str, Any]:
        """Una suplencia nombra a quien suple; una facultad alcanza algo."""
        limpio = super().clean() or {}
        if limpio.get("tipo") == FacultadCertificacion.Tipo.SUPLENCIA and not limpio.get("suple_a"):
            self.add_error("suple_a", "Escriba a quién suple, como se imprime.")
        if not limpio.get("toda_la_institucion") and not limpio.get("areas"):
            self.add_error("areas", "Elija las áreas que alcanza, o marque toda la institución.")
        return limpio


class TextoForm(WagtailAdminModelForm):
    """Un modelo propio debe llevar todas sus partes."""

    def clean(self) -> dict[str, Any]:
        """Dice cada parte que falta."""
        limpio = super().clean() or {}
        if limpio.get("cuerpo") and (faltas := faltas_del_texto(limpio["cuerpo"], limpio.get("tipo_soporte", ""))):
            self.add_error("cuerpo", faltas)
        return limpio


class FacultadViewSet(ReglaViewSet):
    """Quién puede certificar."""

    model = FacultadCertificacion
    name = "facultades"
    menu_name, menu_label = "facultades", "Facultades para certificar"
    icon = "key"
    list_display = ["persona", "cargo", Column("get_tipo_display", label="Tipo"), "vigente_desde", "vigente_hasta"]
    edit_handler = ObjectList(
        [
            *(
                FieldPanel(c)
                for c in ("persona", "rfc", "cargo", "tipo", "suple_a", "cargo_suplido", "fundamento", "documento_soporte")
            ),
            FieldPanel("toda_la_institucion"),
            FieldPanel("areas", widget=forms.CheckboxSelectMultiple),
            *VIGENCIA,
        ],
        base_form_class=FacultadForm,
    )


AYUDA_DEL_TEXTO = (
    "Variables: " + ", ".join(f"{{{{ {v} }}}}" for v in VARIABLES_DE_TEXTO) + ". Entre [[ y ]] va lo que se omite si falta."
)


class TextoViewSet(ReglaViewSet):
    """Los modelos de texto."""

    model = TextoDeCertificacion
    name = "textos_de_certificacion"
    menu_name, menu_label = "textos-de-certificacion", "Modelos de texto"
    ordering = ["clave"]
    icon = "doc-full"
    list_display = [
        "nombre",
        Column("get_tipo_soporte_display", label="Para copias de"),
        SiNoColumn("activo", label="En uso"),
        MUESTRA,
    ]
    edit_handler = ObjectList(
        [
            *(FieldPanel(c) for c in ("clave", "nombre", "tipo_soporte")),
            FieldPanel("cuerpo", widget=forms.Textarea(attrs={"rows": 18}), help_text=AYUDA_DEL_TEXTO),
            *VIGENCIA,
            FieldPanel("activo"),
            FieldPanel("es_muestra"),
        ],
        base_form_class=TextoForm,
    )


class TabuladorViewSet(ReglaViewSet):
    """Los juegos de tarifas."""

    model = Tabulador
    name = "tabuladores"
    menu_name, menu_label = "tabuladores", "Tabuladores"
    icon = "table"
    list_display = ["nombre", "clave", Column("get_redondeo_display", label="Redondeo"), MUESTRA]
    panels = [FieldPanel(c) for c in ("clave", "nombre", "redondeo", "fundamento", "es_muestra")]


class TarifaViewSet(ReglaViewSet):
    """Cuánto cuesta cada cosa."""

    model = Tarifa
    name = "tarifas"
    menu_name, menu_label = "tarifas", "Tarifas"
    icon = "decimal"
    list_display = [
        Column("get_concepto_display", label="Concepto"),
        "tabulador",
        "monto",
        "factor_uma",
        "vigente_desde",
        "vigente_hasta",
    ]
    list_filter = ["tabulador", "concepto"]
    panels = [
        *(FieldPanel(c) for c in ("tabulador", "concepto", "unidad", "monto", "factor_uma", "gratuidad", "gratis", "fundamento")),
        *VIGENCIA,
    ]


class UmaViewSet(ReglaViewSet):
    """El valor de la UMA."""

    model = ValorUma
    name = "valores_de_la_uma"
    menu_name, menu_label = "valores-de-la-uma", "Valores de la UMA"
    icon = "calendar-alt"
    list_display = ["valor", "vigente_desde", "vigente_hasta", "fundamento"]
    panels = [FieldPanel("valor"), FieldPanel("fundamento"), *VIGENCIA]


class PoliticaViewSet(ReglaViewSet):
    """Lo que las normas dejan decidir."""

    model = PoliticaDeCertificacion
    name = "politicas_de_certificacion"
    menu_name, menu_label = "politicas-de-certificacion", "Política de certificación"
    icon = "sliders"
    list_display = ["vigente_desde", "vigente_hasta", "tabulador", SiNoColumn("cotejador_distinto", label="Coteja otra persona")]
    panels = [
        *(
            FieldPanel(c)
            for c in (
                "tabulador", "cotejador_distinto", "cuenta_certificacion", "certifica_copia_simple", "certifica_recortes",
                "cobra_por_hoja_impresa", "dias_para_pagar", "dias_de_recordatorio", "calendario", "fundamento",
            )
        ),
        *VIGENCIA,
    ]  # fmt: skip


PANTALLAS = (FacultadViewSet, TextoViewSet, TabuladorViewSet, TarifaViewSet, UmaViewSet, PoliticaViewSet)
