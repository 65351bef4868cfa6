"""La declaración completa de un tipo de más: su proxy, su ficha y su registro."""

from typing import ClassVar

from django import forms

from archivo.catalogo.puerta import CampoDeBusqueda, FichaForm, Item, ItemManager, TipoDeItem, registrar_tipo


class MaquetaFichaForm(FichaForm):
    """Lo propio de una maqueta."""

    escala = forms.CharField(label="Escala", max_length=20)


class Maqueta(Item):
    """Un modelo a escala de una obra."""

    codigo_de_tipo: ClassVar[str] = "maqueta"
    objects: ClassVar[ItemManager] = ItemManager(tipo="maqueta")

    class Meta:
        proxy = True
        verbose_name = "maqueta"


MAQUETA = registrar_tipo(
    TipoDeItem(
        codigo="maqueta",
        nombre="Maqueta",
        nombre_plural="Maquetas",
        icono="grid",
        modelo=Maqueta,
        ficha=MaquetaFichaForm,
        campos=(CampoDeBusqueda("escala", "Escala", lambda item: [item.ficha["escala"]] if item.ficha.get("escala") else []),),
        texto_de_ficha=("escala",),
    )
)
