"""El impreso: carteles, lonas, volantes, trípticos, credenciales y los demás diseños de la oficina."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.tipos.base import CampoDeBusqueda, FichaForm, TipoDeItem, ficha_completa
from archivo.catalogo.tipos.campos import FechaField, opciones
from archivo.catalogo.tipos.registro import registrar_tipo
from archivo.identidad.puerta import Paso

CLASES = [
    ("cartel", "Cartel"),
    ("lona", "Lona"),
    ("volante", "Volante"),
    ("diptico", "Díptico"),
    ("triptico", "Tríptico"),
    ("pendon", "Pendón"),
    ("credencial", "Credencial"),
    ("personificador", "Personificador"),
    ("gafete", "Gafete"),
    ("invitacion", "Invitación"),
    ("insercion", "Inserción o desplegado"),
    ("espectacular", "Espectacular"),
]
UNIDADES = [("cm", "cm"), ("m", "m"), ("mm", "mm"), ("in", "pulgadas")]
LEYENDA = (
    "Este programa es público, ajeno a cualquier partido político. Queda prohibido el uso para fines distintos a los "
    "establecidos en el programa"
)
"""La que debe llevar lo que difunde un programa con subsidios (LGCS art. 11)."""
PLAZO_DE_DEPOSITO = timedelta(days=90)
"""Días naturales para entregar al depósito legal (Ley General de Bibliotecas arts. 33-35)."""


class ImpresoFichaForm(FichaForm):
    """Lo propio de un impreso."""

    ejemplo: ClassVar[Mapping[str, Any]] = {"clase": "cartel", "ancho": "60", "alto": "90", "unidad": "cm", "tiraje": 500}
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("clase",), ("ancho", "alto", "unidad"), ("tiraje", "imprenta"), ("manual_identidad", "ejemplares_conservados")],
        "Solicitud y entrega": [("folio_solicitud", "disenador"), ("fecha_solicitud", "fecha_entrega")],
        "Leyenda y depósito legal": [
            ("leyenda_programa_social",),
            ("deposito_obligado",),
            ("deposito_entregado", "deposito_constancia"),
        ],
    }

    clase = forms.ChoiceField(label="Clase", choices=opciones(CLASES))
    ancho = forms.DecimalField(label="Ancho", min_value=0, max_digits=8, decimal_places=2, required=False)
    alto = forms.DecimalField(label="Alto", min_value=0, max_digits=8, decimal_places=2, required=False)
    unidad = forms.ChoiceField(label="Unidad", choices=opciones(UNIDADES), required=False)
    tiraje = forms.IntegerField(label="Tiraje", min_value=1, required=False, help_text="Ejemplares impresos.")
    imprenta = forms.CharField(label="Imprenta", max_length=200, required=False)
    manual_identidad = forms.CharField(label="Manual de identidad aplicado", max_length=120, required=False)
    ejemplares_conservados = forms.IntegerField(label="Ejemplares que se conservan", min_value=0, required=False)
    folio_solicitud = forms.CharField(label="Folio de la solicitud", max_length=60, required=False)
    disenador = forms.CharField(label="Diseñó", max_length=200, required=False)
    fecha_solicitud = FechaField(label="Se solicitó el", required=False)
    fecha_entrega = FechaField(label="Se entregó el", required=False)
    leyenda_programa_social = forms.BooleanField(
        label="Lleva la leyenda de programa social", required=False, help_text=f"«{LEYENDA}» (LGCS art. 11)."
    )
    deposito_obligado = forms.BooleanField(label="Va al depósito legal", required=False)
    deposito_entregado = FechaField(label="Se depositó el", required=False)
    deposito_constancia = forms.CharField(label="Constancia del depósito", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """La entrega no es anterior a la solicitud; las medidas llevan su unidad."""
        limpios = super().clean() or {}
        pedido, entrega = limpios.get("fecha_solicitud"), limpios.get("fecha_entrega")
        if pedido and entrega and entrega < pedido:
            self.add_error("fecha_entrega", "La fecha de entrega no puede ser anterior a la de solicitud.")
        if (limpios.get("ancho") or limpios.get("alto")) and not limpios.get("unidad"):
            self.add_error("unidad", "Diga en qué unidad están las medidas.")
        return limpios


class Impreso(Item):
    """Un diseño que se imprimió o se imprimirá."""

    codigo_de_tipo: ClassVar[str] = "impreso"
    objects: ClassVar[ItemManager] = ItemManager(tipo="impreso")

    class Meta:
        proxy = True
        verbose_name = "impreso"
        verbose_name_plural = "impresos"


def limite_de_deposito(item: Item) -> date | None:
    """Hasta cuándo puede entregarse al depósito legal: 90 días naturales desde la entrega; None si no va o no se ha entregado."""
    entrega = item.ficha.get("fecha_entrega")
    if not item.ficha.get("deposito_obligado") or not entrega:
        return None
    return date.fromisoformat(entrega) + PLAZO_DE_DEPOSITO


def campanias_con_subsidio(item: Item) -> bool:
    """¿Es material de alguna campaña que otorga un subsidio? Una consulta."""
    suyas = item.relaciones.filter(clase="de_campania").select_related("destino")
    return any(r.destino.ficha.get("otorga_subsidio") for r in suyas)


def _guardia(item: Item, paso: Paso) -> str:
    if paso.accion not in {"autorizar", "publicar"}:
        return ""
    if campanias_con_subsidio(item) and not item.ficha.get("leyenda_programa_social"):
        return (
            "Es material de una campaña que otorga un subsidio: falta la leyenda de programa social (LGCS art. 11). Agréguela al "
            "diseño y márquela en la ficha."
        )
    return ficha_completa(ImpresoFichaForm, item)


def _faltas(item: Item, *, con_archivo: bool) -> list[str]:
    faltan = {
        "clase": not item.ficha.get("clase"),
        "archivo": not con_archivo,
        "deposito": limite_de_deposito(item) is not None and not item.ficha.get("deposito_entregado"),
    }
    return [clave for clave, falta in faltan.items() if falta]


def nombre_de_clase(item: Item) -> list[str]:
    """La clase del impreso, como se dice."""
    return [dict(CLASES)[c]] if (c := item.ficha.get("clase")) in dict(CLASES) else []


def medidas(item: Item) -> str:
    """«60 × 90 cm», o «»."""
    f = item.ficha
    return (
        f"{f['ancho']} × {f['alto']} {dict(UNIDADES).get(f.get('unidad', ''), '')}".strip()
        if f.get("ancho") and f.get("alto")
        else ""
    )


IMPRESO = registrar_tipo(
    TipoDeItem(
        codigo="impreso",
        nombre="Impreso",
        nombre_plural="Impresos",
        icono="form",
        modelo=Impreso,
        ficha=ImpresoFichaForm,
        plantilla="portal/tipos/impreso.html",
        repite=("imprenta", "disenador", "unidad"),
        campos=(CampoDeBusqueda("clase", "Clase", nombre_de_clase),),
        texto_de_ficha=("imprenta", "disenador", "folio_solicitud"),
        resena=lambda item: [p for p in (*nombre_de_clase(item), medidas(item)) if p],
        guardia=_guardia,
        faltas=_faltas,
        pendientes={"deposito": "Falta entregarlo al depósito legal"},
        escriben=("diseno", "redaccion", "titular", "archivo_tramite"),
        promocional=True,
        contexto=lambda item: {"limite_de_deposito": limite_de_deposito(item), "leyenda": LEYENDA},
        esquema_org="Poster",
        serie_sugerida="disenos",
    )
)
