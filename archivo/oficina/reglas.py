"""La pantalla de las reglas con que se abren expedientes: datos con fecha, que lleva la coordinación de archivos."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from archivo.archivistica.puerta import Expediente, ReglaDeExpedientes, falta_de_la_plantilla
from archivo.oficina.catalogos import CatalogoViewSet, SiNoColumn
from archivo.oficina.formularios.campos import DiaWidget

SIEMPRE_SE_CORRIGEN = frozenset({"nombre", "vigente_hasta", "fundamento"})
"""Lo demás ya decidió códigos y plazos de expedientes abiertos: para cambiarlo se termina esta regla y se registra otra."""


class TitulosField(forms.CharField):
    """Una lista de títulos, uno por renglón."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        """Los renglones."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Los títulos, sin vacíos ni repetidos."""
        return list(dict.fromkeys(t for renglon in str(value or "").splitlines() if (t := " ".join(renglon.split()))))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """¿Dice otros?"""
        return not self.disabled and self.to_python(self.prepare_value(initial)) != self.to_python(data)


class ReglaForm(WagtailAdminModelForm):
    """Una regla. La que ya usó un expediente sólo se termina o se nombra mejor."""

    titulos_genericos = TitulosField(
        label="Títulos que no se admiten", required=False, help_text="Uno por renglón: «Varios», «Asuntos diversos»…"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and Expediente.objects.filter(regla=self.instance).exists():
            for nombre in set(self.fields) - SIEMPRE_SE_CORRIGEN:
                self.fields[nombre].disabled = True
                self.fields[nombre].help_text = "Ya la usaron expedientes: para cambiarlo, termine esta regla y registre otra."

    def clean_plantilla_codigo(self) -> str:
        """Sólo lleva campos que existen, y los que hacen único el código."""
        plantilla = self.cleaned_data["plantilla_codigo"].strip()
        if falta := falta_de_la_plantilla(plantilla):
            raise forms.ValidationError(falta)
        return plantilla

    def clean(self) -> dict[str, Any]:
        """No termina antes de empezar."""
        limpios = super().clean()
        desde, hasta = limpios.get("vigente_desde"), limpios.get("vigente_hasta")
        if desde and hasta and hasta < desde:
            self.add_error("vigente_hasta", "La regla no puede terminar antes de empezar.")
        return limpios


class ReglaViewSet(CatalogoViewSet):
    """Las reglas de expedientes."""

    model = ReglaDeExpedientes
    icon = "clipboard-list"
    menu_label = "Reglas de expedientes"
    list_display = ["nombre", "vigente_desde", "vigente_hasta", "plantilla_codigo", SiNoColumn("es_muestra", label="De muestra")]
    edit_handler = ObjectList(
        [
            FieldPanel("nombre"),
            FieldRowPanel([FieldPanel("vigente_desde", widget=DiaWidget), FieldPanel("vigente_hasta", widget=DiaWidget)]),
            FieldPanel("plantilla_codigo"),
            FieldPanel("titulos_genericos"),
            MultiFieldPanel([FieldPanel("unidad"), FieldPanel("unidades")], heading="Cómo se llama la hoja foliada"),
            FieldPanel("inicio_plazo"),
            FieldPanel("fundamento"),
            FieldPanel("es_muestra"),
        ],
        base_form_class=ReglaForm,
    )
