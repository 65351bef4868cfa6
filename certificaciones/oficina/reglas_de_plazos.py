"""Las pantallas de los calendarios con que se cuentan los plazos y de los correos que se mandan."""

from typing import Any

from django import forms
from django.contrib import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column

from certificaciones.oficina.reglas import MUESTRA, VIGENCIA, CambiarReglaView, DiaWidget, ReglaViewSet
from certificaciones.reglas.puerta import VARIABLES_DE_AVISO, Calendario, TextoDeAviso, faltas_del_aviso
from certificaciones.solicitudes.puerta import recontar_plazos


class CambiarCalendarioView(CambiarReglaView):
    """Un cambio en un calendario mueve los plazos que corren con él."""

    def save_instance(self) -> Any:
        """Guarda, anota y recuenta; dice cuántos plazos se movieron."""
        instancia = super().save_instance()
        nuevos = [f.instance.motivo for f in self.form.formsets["inhabiles"].forms if f.has_changed()]
        motivo = f"Cambió el calendario «{instancia}»{f': {", ".join(nuevos)}' if nuevos else ''}."
        movidos = recontar_plazos(instancia, self.request.user, motivo[:500])
        if movidos:
            messages.warning(
                self.request, f"Se movió la fecha de {movidos} plazo{'s' if movidos > 1 else ''} que corría{'n' * (movidos > 1)}."
            )
        return instancia


class CalendarioViewSet(ReglaViewSet):
    """Los días que no cuentan."""

    model = Calendario
    name = "calendarios"
    menu_name, menu_label = "calendarios", "Días inhábiles"
    icon = "calendar-alt"
    edit_view_class = CambiarCalendarioView
    list_display = ["nombre", "clave", MUESTRA]
    edit_handler = ObjectList(
        [
            *(FieldPanel(c) for c in ("clave", "nombre", "descansa_sabado", "descansa_domingo", "fundamento", "es_muestra")),
            InlinePanel(
                "inhabiles",
                panels=[
                    FieldPanel("desde", widget=DiaWidget),
                    FieldPanel("hasta", widget=DiaWidget),
                    *(FieldPanel(c) for c in ("motivo", "publicacion")),
                ],
                heading="Por acuerdo publicado: vacaciones, suspensiones, jornadas electorales",
                label="días inhábiles",
            ),
            InlinePanel(
                "descansos",
                panels=[
                    *(FieldPanel(c) for c in ("motivo", "mes", "dia", "cual", "dia_de_semana", "cada_anios", "fundamento")),
                    *VIGENCIA,
                ],
                heading="De cada año, por ley",
                label="día de descanso",
            ),
        ]
    )


class AvisoForm(WagtailAdminModelForm):
    """Un texto que se puede mandar."""

    def clean(self) -> dict[str, Any]:
        """Dice cada cosa que le falta o le sobra."""
        limpio = super().clean() or {}
        if limpio.get("cuerpo") and (faltas := faltas_del_aviso(limpio.get("asunto", ""), limpio["cuerpo"])):
            self.add_error("cuerpo", faltas)
        return limpio


AYUDA_DEL_AVISO = (
    "Variables: " + "; ".join(f"{{{{ {v} }}}}, {dice}" for v, dice in VARIABLES_DE_AVISO.items()) + ". "
    "Entre [[ y ]] va lo que se omite si falta. No escriba nombres: el correo puede leerlo otra persona."
)


class AvisoViewSet(ReglaViewSet):
    """Los correos a quien pidió una copia."""

    model = TextoDeAviso
    name = "avisos_por_correo"
    menu_name, menu_label = "avisos-por-correo", "Avisos por correo"
    icon = "mail"
    list_display = [Column("get_clase_display", label="Cuándo se manda"), "asunto", "vigente_desde", "vigente_hasta", MUESTRA]
    edit_handler = ObjectList(
        [
            *(FieldPanel(c) for c in ("clase", "asunto")),
            FieldPanel("cuerpo", widget=forms.Textarea(attrs={"rows": 12}), help_text=AYUDA_DEL_AVISO),
            *VIGENCIA,
            FieldPanel("es_muestra"),
        ],
        base_form_class=AvisoForm,
    )


PANTALLAS_DE_PLAZOS = (CalendarioViewSet, AvisoViewSet)
