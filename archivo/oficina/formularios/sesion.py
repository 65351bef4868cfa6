"""Los formularios de una sesión fotográfica: abrirla, describir muchas fotos juntas y describir una."""

from typing import Any, ClassVar

from django import forms

from archivo.catalogo.puerta import (
    NIVELES,
    Adjunto,
    CambiosDeFotos,
    Consentimiento,
    Item,
    areas_de_captura,
    huella_de_foto,
    niveles_que_fija,
    se_cubre_con_fotografias,
)
from archivo.identidad.puerta import Area, Lector
from archivo.oficina.formularios.campos import FechaParcialField
from archivo.oficina.formularios.derechos import documento_valido, guardar_documento
from archivo.oficina.formularios.ingreso import ArchivosField
from archivo.oficina.formularios.relaciones import elementos_citados
from archivo.oficina.formularios.selectores import SelectorWidget
from archivo.oficina.permisos import area_propia

DEL_ALBUM = "del_elemento"
_INTERNO = "interno"
_SI_O_NO = [("", "Sin cambio"), ("si", "Sí"), ("no", "No")]
_LOGICO = {"": None, "si": True, "no": False}


class SesionForm(forms.Form):
    """Los datos comunes de la sesión; con ellos nace el álbum, en borrador."""

    titulo = forms.CharField(label="Título", max_length=300, help_text="Qué se fotografió: «Jornada de salud en Guadalupe».")
    fecha = FechaParcialField(label="Fecha", help_text="Como 2026-11-22. La que trae cada foto es sólo una sugerencia.")
    lugar = forms.CharField(label="Lugar", max_length=200)
    area = forms.ModelChoiceField(label="Área productora", queryset=Area.objects.all(), required=False, empty_label="Sin área")
    autor_captura = forms.CharField(label="Quién fotografió", max_length=200)
    credito = forms.CharField(label="Crédito", max_length=200, required=False, help_text="Como debe citarse al difundirlas.")
    evento = forms.CharField(
        label="Evento",
        required=False,
        help_text="Su folio o su clave, o palabras de su título, y elíjalo. Puede dejarlo vacío.",
        widget=SelectorWidget("oficina_selector_elementos", varios=False, crea=False),
    )

    def __init__(self, *args: Any, lector: Lector, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lector = lector
        suyas = areas_de_captura(lector, ["audiovisual"])
        if None not in suyas:
            campo = self.fields["area"]
            campo.queryset = Area.objects.filter(pk__in=suyas)
            campo.empty_label, campo.required, campo.initial = None, True, area_propia(suyas)

    def clean_evento(self) -> Item | None:
        """El evento que esa persona puede ver."""
        escrito = self.cleaned_data["evento"]
        hallados = [i for i in elementos_citados(escrito, self.lector) if se_cubre_con_fotografias(i)] if escrito else []
        if escrito and len(hallados) != 1:
            raise forms.ValidationError(
                f"No encontramos el evento «{escrito}». Escriba su folio completo o su clave, o déjelo vacío."
            )
        return hallados[0] if hallados else None


class FotosForm(forms.Form):
    """Las fotografías que se suben."""

    archivos = ArchivosField(
        label="Fotografías", help_text="JPEG, PNG, WebP o TIFF. Puede elegir muchas; las que ya estén no se repiten."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["archivos"].widget.attrs["accept"] = "image/*"


class _Decisiones(forms.Form):
    """Lo que se decide de una o de muchas."""

    consentimiento = forms.ChoiceField(label="Consentimiento de quien aparece", required=False)
    documento = forms.FileField(
        label="Documento del consentimiento", required=False, help_text="PDF, JPEG o PNG, de hasta 20 MB. Uno vale para todas."
    )
    acceso = forms.ChoiceField(label="Acceso", required=False)
    motivo = forms.CharField(
        label="Motivo", required=False, max_length=300, help_text="Hace falta para abrir una reservada o confidencial."
    )

    def clean_documento(self) -> Any:
        """Un documento de verdad, y no mayor que el límite."""
        return documento_valido(self.cleaned_data["documento"])

    def clean(self) -> dict[str, Any]:
        """Quien adjunta el documento dice también que se otorgó."""
        limpios = super().clean() or {}
        if limpios.get("documento") and limpios.get("consentimiento") != Consentimiento.OTORGADO:
            self.add_error("consentimiento", "Diga que se otorgó: adjuntó el documento.")
        return limpios

    def _decididas(self) -> dict[str, Any]:
        limpio = self.cleaned_data
        archivo = limpio["documento"]
        acceso = limpio.get("acceso") or None
        return {
            "consentimiento": limpio["consentimiento"] or None,
            "documento": guardar_documento(archivo) if archivo else None,
            "acceso": "" if acceso == DEL_ALBUM else acceso,
            "motivo": limpio["motivo"],
        }


def _accesos(lector: Lector, item: Item, ademas: str | None = None) -> list[tuple[str, str]]:
    """Los niveles que esa persona puede poner a un archivo, y el que ya tiene.

    Mientras el álbum es interno, cualquiera que lo describe aparta las que saldrán con él: nadie más las lee por eso.
    """
    suyos = niveles_que_fija(lector, item.area_id) | ({_INTERNO} if item.acceso == _INTERNO else set())
    propios = (
        [(DEL_ALBUM, f"El del álbum ({NIVELES[item.acceso].nombre.lower()})")] if item.acceso in suyos or ademas == "" else []
    )
    return [*propios, *((n.clave, n.nombre) for n in NIVELES.values() if n.clave in suyos or n.clave == ademas)]


class DescribirForm(_Decisiones):
    """Lo que se dice de las marcadas. Lo que se deja en blanco no cambia."""

    pie = forms.CharField(label="Pie", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    credito = forms.CharField(label="Crédito", required=False, max_length=200)
    alternativa = forms.CharField(
        label="Texto alternativo", required=False, max_length=500, help_text="Qué se ve, para quien no puede verlo."
    )
    toma = forms.MultipleChoiceField(
        label="Usar lo que trae cada foto",
        required=False,
        choices=[("pie", "Su pie"), ("credito", "Su crédito")],
        widget=forms.CheckboxSelectMultiple,
    )
    modo = forms.ChoiceField(
        label="Si ya tiene texto",
        choices=[("falta", "Poner sólo donde falta"), ("sustituir", "Sustituir lo que tengan")],
        initial="falta",
        widget=forms.RadioSelect,
    )
    seleccionada = forms.ChoiceField(label="De la selección", choices=_SI_O_NO, required=False)
    menores = forms.ChoiceField(label="Aparecen menores reconocibles", choices=_SI_O_NO, required=False)

    textos: ClassVar = ("pie", "credito", "alternativa")
    field_order: ClassVar = ("pie", "credito", "alternativa", "toma", "modo", "seleccionada", "menores")

    def __init__(self, *args: Any, item: Item, lector: Lector, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consentimiento"].choices = [("", "Sin cambio"), *Consentimiento.choices]
        suyos = _accesos(lector, item)
        self.fields["acceso"].choices = [("", "Sin cambio"), *suyos]
        if not suyos:
            del self.fields["acceso"]
            del self.fields["motivo"]

    def cambios(self, vistas: dict[int, str]) -> CambiosDeFotos:
        """Lo escrito, como el catálogo lo pide. El documento se guarda aquí."""
        limpio = self.cleaned_data | {"motivo": self.cleaned_data.get("motivo", "")}
        self.cleaned_data = limpio
        return CambiosDeFotos(
            textos={c: limpio[c] for c in self.textos if limpio[c]},
            de_la_toma=[c for c in limpio["toma"] if not limpio[c]],
            sustituir=limpio["modo"] == "sustituir",
            seleccionada=_LOGICO[limpio["seleccionada"]],
            menores=_LOGICO[limpio["menores"]],
            vistas=vistas,
            **self._decididas(),
        )


class FotoForm(_Decisiones):
    """Todo lo que se dice de una; lo que se borra queda en blanco."""

    version = forms.CharField(widget=forms.HiddenInput)
    pie = forms.CharField(label="Pie", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    credito = forms.CharField(label="Crédito", required=False, max_length=200)
    alternativa = forms.CharField(
        label="Texto alternativo",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Qué se ve, para quien no puede verlo. Si falta, se lee el pie.",
    )
    seleccionada = forms.BooleanField(label="Es de la selección", required=False)
    menores = forms.BooleanField(label="Aparecen menores de edad reconocibles", required=False)
    field_order: ClassVar = ("version", "pie", "credito", "alternativa", "seleccionada", "menores")

    def __init__(self, *args: Any, adjunto: Adjunto, lector: Lector, **kwargs: Any) -> None:
        item = adjunto.item
        inicial = {c: getattr(adjunto, c) for c in ("pie", "credito", "alternativa", "seleccionada", "menores", "consentimiento")}
        inicial |= {"version": huella_de_foto(adjunto), "acceso": adjunto.acceso or DEL_ALBUM}
        super().__init__(*args, initial=inicial, **kwargs)
        self.adjunto = adjunto
        self.fields["consentimiento"].choices = Consentimiento.choices
        self.fields["acceso"].choices = _accesos(lector, item, adjunto.acceso)
        if len(self.fields["acceso"].choices) == 1:
            self.fields["acceso"].disabled = True
            self.fields["acceso"].help_text = "Lo fija quien es titular, redacta, monitorea o lleva el archivo de trámite."
            del self.fields["motivo"]
        if adjunto.consentimiento_objeto_id:
            self.fields["documento"].help_text = "Ya tiene uno guardado; si elige otro, lo sustituye."

    def cambios(self) -> CambiosDeFotos:
        """Lo escrito, tal como debe quedar."""
        limpio = self.cleaned_data | {"motivo": self.cleaned_data.get("motivo", "")}
        self.cleaned_data = limpio
        return CambiosDeFotos(
            textos={c: limpio[c] for c in ("pie", "credito", "alternativa")},
            sustituir=True,
            seleccionada=limpio["seleccionada"],
            menores=limpio["menores"],
            vistas={self.adjunto.pk: limpio["version"]},
            **self._decididas(),
        )
