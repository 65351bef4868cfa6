"""El formulario de un término del vocabulario, con lo que SKOS llama etiquetas y relaciones."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from archivo.catalogo.puerta import CambioRechazado, Tema, vocabulario
from archivo.oficina.formularios.selectores import SelectorWidget, separar


class TerminosField(forms.CharField):
    """Términos que ya existen, separados por punto y coma. Limpio da los temas."""

    def __init__(self, **opciones: Any) -> None:
        opciones.setdefault("widget", SelectorWidget("oficina_selector_temas", crea=False))
        super().__init__(required=False, **opciones)

    def prepare_value(self, value: Any) -> Any:
        """Los nombres en un renglón."""
        return "; ".join(str(v) for v in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[Tema]:
        """Los temas de esos nombres; el que no existe se dice."""
        nombres = separar(value)
        hallados = vocabulario.resolver(nombres)
        faltan = [n for n in nombres if n not in hallados]
        if faltan:
            raise forms.ValidationError(f"No hay un tema «{faltan[0]}». Elija uno de la lista, o agréguelo antes.")
        return list({hallados[n].pk: hallados[n] for n in nombres}.values())

    def validate(self, value: Any) -> None:
        """Nunca es obligatorio."""

    def run_validators(self, value: Any) -> None:
        """Se revisó nombre por nombre."""


class FormasField(forms.CharField):
    """Otras formas de decirlo, una por renglón o separadas por punto y coma."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **opciones)

    def clean(self, value: Any) -> list[str]:
        """Las formas, sin repetir; cada una cabe."""
        formas = separar(value)
        larga = next((f for f in formas if len(f) > vocabulario.LARGO_DE_TEMA), None)
        if larga:
            raise forms.ValidationError(f"Acorte «{larga[:60]}…» a {vocabulario.LARGO_DE_TEMA} caracteres.")
        return formas


class TemaForm(WagtailAdminModelForm):
    """Un término. Lo guarda el servicio del vocabulario; `save` nunca escribe."""

    alternas = FormasField(label="Sinónimos", help_text="Uno por renglón. Quien los escriba o los busque llega a este término.")
    ocultas = FormasField(label="Formas que sólo se buscan", help_text="Erratas y abreviaturas frecuentes; no se muestran.")
    amplios = TerminosField(label="Términos más amplios")
    relacionados = TerminosField(label="Términos relacionados")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tema = self.instance
        if tema.pk is None:
            return
        etiquetas = list(tema.etiquetas.all())
        vecinos = vocabulario.vecindad(tema)
        self.initial |= {
            "alternas": "\n".join(e.texto for e in etiquetas if e.clase == "alterna"),
            "ocultas": "\n".join(e.texto for e in etiquetas if e.clase == "oculta"),
            "amplios": list(vecinos.amplios),
            "relacionados": list(vecinos.relacionados),
        }

    def clean(self) -> dict[str, Any]:
        """Nadie está sobre sí mismo, ni de cerca ni de lejos."""
        limpios = super().clean()
        propio = self.instance
        for campo in ("amplios", "relacionados"):
            if propio.pk and propio in limpios.get(campo, []):
                self.add_error(campo, "Un término no se relaciona consigo mismo.")
        try:
            vocabulario.revisar_jerarquia(propio, limpios.get("amplios", []))
        except CambioRechazado as razon:
            self.add_error("amplios", str(razon))
        return limpios

    def guardar(self, actor: Any) -> Tema:
        """Guarda por el servicio, que puede rechazarlo."""
        limpio = self.cleaned_data
        escrito = vocabulario.TerminoEscrito(limpio["alternas"], limpio["ocultas"], limpio["amplios"], limpio["relacionados"])
        return vocabulario.guardar_tema(self.instance, vocabulario.CambioDeTema(actor, escrito))


PANELES_DE_TEMA = ObjectList(
    [
        FieldPanel("nombre"),
        MultiFieldPanel([FieldPanel("alternas"), FieldPanel("ocultas")], heading="Otras formas de decirlo"),
        MultiFieldPanel([FieldPanel("amplios"), FieldPanel("relacionados")], heading="Relaciones"),
        FieldPanel("nota_alcance"),
        FieldRowPanel([FieldPanel("esquema"), FieldPanel("notacion"), FieldPanel("estado")]),
    ],
    base_form_class=TemaForm,
)
