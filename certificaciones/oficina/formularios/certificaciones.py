"""Lo que se pregunta de una certificación: al prepararla, corregirla, enviarla a firma, entregarla y cancelarla."""

from typing import Any

from django import forms
from django.utils import timezone

from archivo.identidad.puerta import Usuario
from certificaciones.actos.puerta import Certificacion, DatosDeEntrega, DatosDelActo
from certificaciones.reglas.puerta import (
    VARIABLES_DE_TEXTO,
    FacultadCertificacion,
    TextoDeCertificacion,
    TipoDeSoporte,
    textos_para,
)

LAS_PONE_EL_ARCHIVO = frozenset(
    {
        "certificador", "cargo", "suplencia", "institucion", "fundamento", "fojas_letra", "fojas_numero", "nombre_de_fojas", "ambos_lados",
        "en_las_que_se_cuenta", "rango", "descripcion", "expediente", "area", "solicitante", "referencia", "finalidad", "lugar",
        "fecha_letra", "folio", "derechos", "elaboro", "cotejador", "url", "codigo", "sha256", "archivos", "fojas_anexo",
    }
)  # fmt: skip
"""Las variables que nadie escribe: salen de los documentos, de la facultad y del acto."""
DEL_ACTO = (
    "soporte", "modelo", "finalidad", "referencia", "peticionario", "a_autoridad", "lugar", "ejemplares", "derechos", "pago_acreditado",
    "elaboro", "reviso", "certificador", "firma_tipo", "consulta", "papel", "adjuntar_originales", "version_publica",
)  # fmt: skip
GRUPOS = (
    ("Qué se certifica", ("soporte", "modelo", "version_publica")),
    ("Para quién y para qué", ("peticionario", "a_autoridad", "referencia", "finalidad", "ejemplares")),
    ("Derechos", ("derechos", "pago_acreditado")),
    ("Quién y dónde", ("certificador", "lugar", "elaboro", "reviso")),
    ("Cómo sale", ("firma_tipo", "papel", "consulta", "adjuntar_originales")),
)


def quienes_certifican() -> Any:
    """Las personas con una facultad que rige hoy."""
    vigentes = FacultadCertificacion.objects.vigentes(timezone.localdate()).order_by()
    return Usuario.objects.filter(pk__in=vigentes.values("persona_id"), is_active=True).order_by("first_name", "username")


class PersonaField(forms.ModelChoiceField):
    """Una persona, por su nombre."""

    def label_from_instance(self, persona: Any) -> str:
        """Su nombre."""
        return str(persona)


class ActoForm(forms.ModelForm):
    """Los datos de un borrador. `acreditado`: el pago lo dice la solicitud y aquí no se escribe."""

    certificador = PersonaField(
        Usuario.objects.none(), label="Certifica", required=False, empty_label="Se decide al enviar a firma"
    )
    modelo = forms.ChoiceField(label="Modelo de texto", required=False)

    class Meta:
        model = Certificacion
        fields = [c for c in DEL_ACTO if c not in {"certificador", "modelo"}]

    def __init__(self, *args: Any, acreditado: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificador"].queryset = quienes_certifican()
        self.fields["firma_tipo"].choices = [c for c in Certificacion.Firma.choices if c[0] != Certificacion.Firma.ENSAYO]
        if acreditado:
            for campo in ("derechos", "pago_acreditado"):
                del self.fields[campo]
        soporte = self["soporte"].value() or TipoDeSoporte.ORIGINAL_AUTOGRAFO
        modelos = textos_para(str(soporte), timezone.localdate())
        self.fields["modelo"].choices = [("", "El que corresponde"), *((m.clave, m.nombre) for m in modelos)]
        self.fields["modelo"].initial = self.instance.modelo
        self.de_texto = self._pedir_lo_que_el_modelo_dice(modelos)

    def _pedir_lo_que_el_modelo_dice(self, modelos: list[TextoDeCertificacion]) -> list[str]:
        """Un campo por cada variable del modelo que sólo una persona sabe."""
        elegido = self["modelo"].value()
        modelo = next((m for m in modelos if m.clave == elegido), modelos[0] if modelos else None)
        if modelo is None:
            return []
        nombres = [v for v in VARIABLES_DE_TEXTO if v in modelo.variables and v not in LAS_PONE_EL_ARCHIVO]
        for variable in nombres:
            rotulo = VARIABLES_DE_TEXTO[variable].capitalize()
            inicial = self.instance.variables.get(variable, "")
            self.fields[f"var_{variable}"] = forms.CharField(label=rotulo, max_length=500, required=False, initial=inicial)
        return [f"var_{v}" for v in nombres]

    @property
    def grupos(self) -> list[tuple[str, list[Any]]]:
        """Los campos, por asunto; primero los que el modelo de texto pide."""
        propios = [("Lo que el modelo de texto pide", [self[c] for c in self.de_texto])] if self.de_texto else []
        comunes = [(t, [self[c] for c in campos if c in self.fields]) for t, campos in GRUPOS]
        return [par for par in [comunes[0], *propios, *comunes[1:]] if par[1]]

    def datos(self, derechos: str = "") -> DatosDelActo:
        """Lo escrito, como lo espera el servicio. Con `derechos`, el pago ya consta en la solicitud."""
        limpio = self.cleaned_data
        campos = {c: limpio[c] for c in DEL_ACTO if c in limpio}
        if derechos:
            campos |= {"derechos": derechos, "pago_acreditado": True}
        variables = {c.removeprefix("var_"): limpio[c] for c in self.de_texto if limpio.get(c)}
        return DatosDelActo(**campos, variables=variables)


class FirmaForm(forms.Form):
    """Quién la va a firmar."""

    certificador = PersonaField(Usuario.objects.none(), label="Certifica", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificador"].queryset = quienes_certifican()


class EjemplarForm(forms.Form):
    """La digitalización del ejemplar firmado y sellado."""

    archivo = forms.FileField(
        label="El ejemplar firmado y sellado, en un solo PDF", widget=forms.FileInput(attrs={"accept": ".pdf"})
    )
    nota = forms.CharField(label="Observaciones", max_length=300, required=False)


class EntregaForm(forms.Form):
    """La constancia de recibo."""

    recibe = forms.CharField(label="Quién recibe", max_length=200)
    identificacion = forms.CharField(
        label="Identificación que se tuvo a la vista",
        max_length=100,
        help_text="Sólo el tipo: credencial para votar, gafete, oficio. Sin número ni copia.",
    )
    ejemplares = forms.IntegerField(label="Ejemplares", min_value=1, max_value=999, initial=1)
    nota = forms.CharField(label="Observaciones", max_length=300, required=False)

    def datos(self) -> DatosDeEntrega:
        """Como la espera el servicio."""
        return DatosDeEntrega(**self.cleaned_data)


class MotivoForm(forms.Form):
    """Un motivo que queda en el libro."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Se verá en la página pública de verificación: sin nombres de particulares.",
    )


class LibroForm(forms.Form):
    """Abrir un libro."""

    anio = forms.IntegerField(label="Año", min_value=2000, max_value=2200, initial=lambda: timezone.localdate().year)
    prefijo = forms.CharField(label="Prefijo del folio", max_length=12, initial="CC", help_text="«CC» da folios CC/00001/2026.")
