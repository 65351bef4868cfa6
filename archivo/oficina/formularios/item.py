"""El formulario de un elemento: lo común, la ficha de su tipo, su fecha, sus temas y su cuerpo en una sola hoja."""

import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from archivo.catalogo.puerta import FichaForm, Item, TipoDeItem, Visibilidad, areas_de_captura, limpiar, niveles_que_fija
from archivo.identidad.puerta import Area, lector_de
from archivo.oficina.formularios import descripcion
from archivo.oficina.formularios.campos import CuerpoField, CuerpoWidget, FechaParcialField, HoraWidget, MomentoWidget, TemasField
from archivo.oficina.formularios.selectores import MUCHAS_AREAS, AreaField, SelectorWidget
from archivo.oficina.permisos import area_propia

FICHA = "ficha"
LARGO_CON_EDITOR = 20_000
LARGO_EDITABLE = 500_000
RENGLONES = 3
_INDIZACION = {
    "temas_escritos",
    "resumen",
    "notas",
    "categoria_documental",
    "soporte",
    "tradicion",
    "acceso",
    "motivo",
    "version_cargada",
}
_CUERPO_ABIERTO = {"borrador", "en_revision"}


@dataclass(frozen=True)
class Texto:
    """El texto de un elemento como se edita: `html` con editor, `llano` en un recuadro, o `cerrado` (no se edita aquí)."""

    modo: str
    valor: str = ""


def texto_de(item: Item) -> Texto:
    """Con qué se edita el texto: el redactado corto, con editor; el largo o el que llegó llano, en un recuadro."""
    if item.pk is None:
        return Texto("html")
    cuerpo = getattr(item, "cuerpo", None)
    if cuerpo is not None:
        modo = "html" if len(cuerpo.html) <= LARGO_CON_EDITOR and CuerpoWidget().entiende(cuerpo.html) else "llano_html"
        return Texto(modo, cuerpo.html) if len(cuerpo.html) <= LARGO_EDITABLE else Texto("cerrado")
    llano = "".join(item.paginas.filter(adjunto__isnull=True).order_by("n").values_list("texto", flat=True))
    if len(llano) > LARGO_EDITABLE:
        return Texto("cerrado")
    return Texto("llano", llano) if llano else Texto("html")


class ItemForm(WagtailAdminModelForm):
    """La captura de un elemento. La guarda `vistas.guardado`, por el servicio del catálogo; `save` nunca escribe."""

    tipo: ClassVar[TipoDeItem]

    version_cargada = forms.IntegerField(widget=forms.HiddenInput, required=False)
    fecha_escrita = FechaParcialField(
        label="Fecha",
        required=False,
        help_text="Como 2026-11-22, 1987-03, 1987, ca. 1987, entre 1985 y 1990, desde 1985 o s. XIX. Vacía si no se sabe.",
    )
    temas_escritos = TemasField(
        label="Temas",
        required=False,
        help_text="Al escribir se ofrecen los del vocabulario, también por sus sinónimos; los nuevos quedan por verificar.",
        widget=SelectorWidget("oficina_selector_temas"),
    )
    cuerpo = CuerpoField(label="Texto", required=False)
    motivo = forms.CharField(
        label="Motivo del cambio", required=False, max_length=300, help_text="Queda en la historia. Opcional."
    )

    class Meta:
        widgets: ClassVar = {"embargo_hasta": MomentoWidget, "hora": HoraWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.instance
        self.texto = texto_de(item)
        self.initial |= {
            "version_cargada": item.version if item.pk else None,
            "fecha_escrita": item.fecha_parcial,
            "temas_escritos": [t.nombre for t in item.temas.all()] if item.pk else [],
            "cuerpo": self.texto.valor,
            **descripcion.inicial_de(item),
            **{f"{FICHA}-{clave}": valor for clave, valor in item.ficha.items()},
        }
        for campo in self.fields.values():
            if isinstance(campo.widget, forms.Textarea):
                campo.widget.attrs["rows"] = RENGLONES
        self._poner_opciones()
        self._limitar_titulo()
        self._preparar_cuerpo()
        self._limitar_areas()
        self._elegir_area()
        self._limitar_acceso()
        self._cerrar_lo_cerrado()

    def _poner_opciones(self) -> None:
        """Las opciones que la ficha de un tipo toma de la base (los rótulos que cada institución cambia)."""
        for nombre, campo in self.tipo.ficha().fields.items():
            propio = self.fields.get(f"{FICHA}-{nombre}")
            if propio is not None and hasattr(campo, "choices"):
                propio.choices = campo.choices

    def _limitar_titulo(self) -> None:
        """El largo que admite el impreso del tipo; un título histórico más largo se conserva."""
        campo, limite = self.fields.get("titulo"), self.tipo.largo_de_titulo
        if campo is None or len(self.instance.titulo) > limite:
            return
        campo.validators.append(MaxLengthValidator(limite, f"Acorte el título a {limite} caracteres; tiene %(show_value)s."))
        campo.widget.attrs["maxlength"] = str(limite)

    def _preparar_cuerpo(self) -> None:
        campo = self.fields["cuerpo"]
        if not self.tipo.lleva_cuerpo:
            del self.fields["cuerpo"]
            return
        if self.texto.modo != "html":
            campo.widget = forms.Textarea(attrs={"rows": 20})
            campo.strip = False
        if self.texto.modo == "llano":
            campo.help_text = "Texto llano, como llegó: sin negritas ni enlaces."
        elif self.texto.modo == "llano_html":
            campo.help_text = "Texto largo o con una estructura que el editor no admite: se edita como HTML. Pasando de 20,000 caracteres, sus versiones no se guardan."
        elif self.texto.modo == "cerrado":
            campo.help_text = "El texto pasa de 500,000 caracteres: se corrige con una importación."
        cerrado = self.instance.numero_asignado and self.instance.estado not in _CUERPO_ABIERTO
        if cerrado:
            campo.help_text = "El documento ya tiene folio: su texto no se cambia. Emita una fe de erratas."
        if cerrado or self.texto.modo == "cerrado":
            campo.widget = forms.Textarea(attrs={"rows": 12})
            campo.disabled = True

    def _limitar_areas(self) -> None:
        """Quien escribe sólo en su área sólo cataloga ahí: si no, dejaría de ver lo que guarda."""
        campo = self.fields.get("area")
        if campo is None or self.for_user is None:
            return
        suyas = areas_de_captura(lector_de(self.for_user), [self.tipo.codigo])
        if not suyas or None in suyas:
            return
        campo.queryset = Area.objects.filter(pk__in=(suyas | {self.instance.area_id}) - {None})
        campo.required = True
        if self.instance.pk is None and not self.initial.get("area"):
            self.initial["area"] = area_propia(suyas)

    def _elegir_area(self) -> None:
        """Entre muchas, se escribe y se elige; pocas caben en una lista."""
        campo = self.fields.get("area")
        if campo is None or campo.queryset.order_by().values_list("pk")[: MUCHAS_AREAS + 1].count() <= MUCHAS_AREAS:
            return
        self.fields["area"] = AreaField(
            queryset=campo.queryset, label=campo.label, required=campo.required, help_text=campo.help_text
        )

    def _limitar_acceso(self) -> None:
        """Sólo los niveles que esa persona puede poner; quien no fija el acceso lo ve y no lo cambia."""
        campo = self.fields.get("acceso")
        if campo is None or self.for_user is None or self.for_user.is_superuser:
            return
        suyos = niveles_que_fija(lector_de(self.for_user), *([self.instance.area_id] if self.instance.pk else []))
        quedan = suyos | {self.instance.acceso}
        campo.choices = [(clave, nombre) for clave, nombre in campo.choices if clave in quedan]
        if not suyos:
            campo.disabled = True
            campo.help_text = "El acceso lo fija quien es titular, redacta, monitorea o lleva el archivo de trámite."

    def _cerrar_lo_cerrado(self) -> None:
        estado = self.instance.clase_de_estado
        if estado.se_edita:
            return
        abiertos = (
            {"notas", "motivo", "version_cargada"}
            if estado.clave == "cancelado"
            else _INDIZACION | descripcion.indizables(self.fields)
        )
        if estado.clave != "cancelado" and estado.visibilidad is not Visibilidad.PUBLICA:
            abiertos.add("embargo_hasta")
        for nombre, campo in self.fields.items():
            campo.disabled = campo.disabled or nombre not in abiertos

    def clean(self) -> dict[str, Any]:
        """Revisa la ficha con el formulario de su tipo y la fecha contra el embargo."""
        limpios = super().clean()
        self._revisar_ficha()
        self._revisar_fecha(limpios)
        return limpios

    def _revisar_ficha(self) -> None:
        if not self.instance.clase_de_estado.se_edita:
            return
        ficha = self.tipo.ficha(self.data, self.files, prefix=FICHA)
        propias = set(ficha.fields)
        for nombre, errores in ficha.errors.items():
            destino = f"{FICHA}-{nombre}" if nombre in propias else None
            if destino not in self.errors and not self._aplazado(destino):
                self.add_error(destino, errores)
        if ficha.is_valid() or self.is_deferred_validation:
            ajenas = {c: v for c, v in self.instance.ficha.items() if c not in propias}
            self.instance.ficha = ajenas | ficha.como_json()

    def _aplazado(self, campo: str | None) -> bool:
        return self.is_deferred_validation and campo in self.deferred_required_fields

    def _revisar_fecha(self, limpios: dict[str, Any]) -> None:
        fecha, embargo = limpios.get("fecha_escrita"), limpios.get("embargo_hasta")
        if fecha is None or self.tipo.admite_futuro or "fecha_escrita" not in self.changed_data:
            return
        limite = max(timezone.localdate(), timezone.localtime(embargo).date() if embargo else timezone.localdate())
        if fecha.desde and fecha.desde > limite:
            self.add_error(
                "fecha_escrita", "La fecha es posterior a hoy. Si el documento se anuncia para entonces, ponga su embargo."
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if "fecha_escrita" in self.cleaned_data and not self.fields["fecha_escrita"].disabled:
            self.instance.fecha_parcial = self.cleaned_data["fecha_escrita"]
        descripcion.pasar_isad(self)

    def save(self, commit: bool = True) -> Item:  # noqa: FBT001, FBT002 - la firma es de Django
        """El elemento con lo escrito, sin guardar: lo pide la vista previa. Guardar es de `guardado.guardar_captura`."""
        if self.texto.modo == "html" and "cuerpo" in self.fields and not self.fields["cuerpo"].disabled:
            self.instance.cuerpo_previo = limpiar(self.cleaned_data.get("cuerpo") or "")
        return self.instance

    def cuerpo_cambiado(self) -> str | None:
        """El texto si de verdad cambió (el editor puede devolver lo mismo con otras etiquetas); None si no."""
        campo = self.fields.get("cuerpo")
        if campo is None or campo.disabled:
            return None
        nuevo = self.cleaned_data.get("cuerpo") or ""
        if self.texto.modo == "llano":
            nuevo = nuevo.replace("\r\n", "\n")
            return nuevo if nuevo != self.texto.valor.replace("\r\n", "\n") else None
        nuevo = limpiar(nuevo)
        antes = self.texto.valor
        iguales = {antes, limpiar(antes)}
        if isinstance(campo.widget, CuerpoWidget):
            iguales.add(campo.widget.ida_y_vuelta(antes))
        return None if nuevo in iguales else nuevo


def formulario_de(tipo: TipoDeItem) -> type[ItemForm]:
    """El formulario de un tipo: el común, los puntos de acceso, ISAD(G), y su ficha con el nombre `ficha-<campo>`."""
    ficha: type[FichaForm] = tipo.ficha
    propios = {f"{FICHA}-{nombre}": copy.deepcopy(campo) for nombre, campo in ficha.base_fields.items()}
    return type(
        f"{tipo.modelo.__name__}Form",
        (ItemForm,),
        {"tipo": tipo, "__module__": __name__, **descripcion.campos_de(tipo), **propios},
    )
