"""El formulario con que cualquiera pide una copia certificada, y lo que pide de cada documento."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import Http404, QueryDict

from archivo.catalogo.puerta import Adjunto, Item
from archivo.identidad.puerta import ANONIMO
from certificaciones.solicitudes.puerta import (
    Pedido,
    QuienPide,
    Solicitud,
    SolicitudNueva,
    SolicitudRechazada,
    archivo_con_paginas,
    documentos_para,
    leer_paginas,
)

TOPE_DE_DOCUMENTOS = 20


@dataclass
class DocumentoPedido:
    """Un documento del formulario: el elemento, el archivo cuyas páginas se eligen y lo que se escribió."""

    item: Item
    archivo: Adjunto | None
    paginas: str = ""
    error: str = ""

    @property
    def campo(self) -> str:
        """El nombre de su campo de páginas."""
        return f"paginas-{self.item.clave}"

    @property
    def total(self) -> int | None:
        """Cuántas páginas tiene, si se sabe."""
        return self.archivo.objeto.paginas if self.archivo else None

    def revisar(self) -> bool:
        """¿Se entienden las páginas? Si no, deja el porqué en `error`."""
        try:
            leer_paginas(self.paginas, self.total)
        except SolicitudRechazada as razon:
            self.error = str(razon)
        return not self.error

    def pedido(self) -> Pedido:
        """Como lo espera el servicio: con páginas, el archivo; sin ellas, el documento entero."""
        return Pedido(self.item, self.archivo if self.paginas.strip() else None, self.paginas)


def documentos_de(datos: QueryDict) -> list[DocumentoPedido]:
    """Los de la dirección o del formulario. Lo que un lector anónimo no puede ver no existe.

    Raises:
        Http404: alguno no existe para un lector anónimo.
    """
    claves = list(dict.fromkeys(datos.getlist("elemento")))[:TOPE_DE_DOCUMENTOS]
    abiertos = documentos_para(ANONIMO, claves)
    hallados = []
    for clave in claves:
        if clave not in abiertos:
            raise Http404
        documento = DocumentoPedido(abiertos[clave], archivo_con_paginas(abiertos[clave], ANONIMO))
        documento.paginas = datos.get(documento.campo, datos.get("paginas", "") if len(claves) == 1 else "")[:200]
        hallados.append(documento)
    return hallados


class SolicitudPublicaForm(forms.Form):
    """Lo que se pregunta: para qué y cómo la quiere. Quién es, sólo si quiere que le avisemos."""

    descripcion = forms.CharField(label="Qué documento necesita", max_length=4000, required=False, widget=forms.Textarea)
    finalidad = forms.CharField(
        label="Para qué la necesita",
        max_length=300,
        error_messages={"required": "Escriba para qué la necesita: la copia lo dice."},
    )
    modalidad = forms.ChoiceField(
        label="Cómo la quiere",
        choices=Solicitud.Modalidad,
        initial=Solicitud.Modalidad.PAPEL,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija cómo la quiere."},
    )
    nombre = forms.CharField(label="Su nombre o un seudónimo", max_length=200, required=False)
    correo = forms.EmailField(
        label="Correo electrónico",
        required=False,
        error_messages={"invalid": "Escriba un correo completo, como nombre@ejemplo.mx."},
    )
    sitio_web = forms.CharField(required=False)

    def __init__(self, datos: QueryDict | None, documentos: Sequence[DocumentoPedido]) -> None:
        super().__init__(datos)
        self.documentos = documentos
        self.fields["descripcion"].required = not documentos
        self.fields["descripcion"].widget.attrs["rows"] = 3
        if documentos:
            self.fields["descripcion"].label = "Otra cosa que debamos saber"
        self.fields["descripcion"].error_messages["required"] = (
            "Diga qué documento necesita, con su folio o su fecha si los sabe."
        )
        for nombre, campo in self.fields.items():
            if nombre != "modalidad":
                campo.widget.attrs["class"] = "entra"

    def clean_sitio_web(self) -> str:
        """Una persona no ve este campo: si viene lleno, lo llenó un programa."""
        if self.cleaned_data["sitio_web"]:
            raise forms.ValidationError("Deje vacío este campo.")
        return ""

    def is_valid(self) -> bool:
        """También las páginas de cada documento."""
        malas = [d for d in self.documentos if not d.revisar()]
        return super().is_valid() and not malas

    def faltas(self) -> list[tuple[str, str]]:
        """Cada falta con el ancla de su campo, para el resumen."""
        propias = [(f"id_{nombre}", str(errores[0])) for nombre, errores in self.errors.items()]
        return propias + [(f"id_{d.campo}", d.error) for d in self.documentos if d.error]

    def nueva(self) -> SolicitudNueva:
        """La solicitud lista para recibirse."""
        limpio = self.cleaned_data
        solicitud = Solicitud(
            tipo=Solicitud.Tipo.COPIA_DIRECTA,
            medio=Solicitud.Medio.SITIO,
            modalidad=limpio["modalidad"],
            finalidad=limpio["finalidad"],
            descripcion=limpio["descripcion"],
        )
        quien = QuienPide(nombre=limpio["nombre"], correo=limpio["correo"])
        return SolicitudNueva(solicitud, quien, [d.pedido() for d in self.documentos])
