"""La mesa de luz: las fotografías de un álbum (o los archivos de cualquier elemento) con su estado, sus filtros y sus vecinas."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from archivo.catalogo.puerta import (
    NIVELES,
    Adjunto,
    Item,
    RecuentoDeFotos,
    huella_de_foto,
    limite_por_derechos,
    puede_ver_texto,
    recuentos_de_fotos,
    sugerencia_de,
)
from archivo.identidad.puerta import ANONIMO, Lector

POR_HOJA = 200


@dataclass(frozen=True)
class Foto:
    """Un archivo en la mesa: su lugar en el álbum (desde 1), si hoy lo ve cualquiera, y lo que se sabe de él."""

    adjunto: Adjunto
    lugar: int
    publicada: bool

    @property
    def valor(self) -> str:
        """Con qué se marca: su llave y la huella de lo que se dice de él."""
        return f"{self.adjunto.pk}:{huella_de_foto(self.adjunto)}"

    @property
    def detenida(self) -> bool:
        """¿La detiene un consentimiento que falta?"""
        return limite_por_derechos(self.adjunto) == "interno"

    @property
    def nivel(self) -> str:
        """El acceso que resulta, en palabras."""
        return NIVELES[self.adjunto.acceso_efectivo].nombre

    @property
    def sugerencia(self) -> dict[str, str]:
        """Lo que la foto trae dicho: pie y crédito."""
        return sugerencia_de(self.adjunto)

    @property
    def tomada(self) -> str:
        """Cuándo dice la cámara que se tomó, o «»."""
        return str((self.adjunto.datos.get("toma") or {}).get("fecha", "")).replace("T", " ")[:16]

    @property
    def se_dibuja(self) -> bool:
        """¿Tiene miniatura?"""
        return self.adjunto.objeto.mime.startswith(("image/", "video/")) or self.adjunto.objeto.mime == "application/pdf"


@dataclass(frozen=True)
class Filtro:
    """Una manera de ver la mesa."""

    clave: str
    nombre: str
    admite: Callable[[Foto], bool]


FILTROS = {
    f.clave: f
    for f in (
        Filtro("", "Todas", lambda _: True),
        Filtro("sin-pie", "Falta el pie", lambda f: not f.adjunto.pie),
        Filtro("sin-alternativa", "Sin texto alternativo", lambda f: not f.adjunto.alternativa),
        Filtro("seleccionadas", "Seleccionadas", lambda f: f.adjunto.seleccionada),
        Filtro("detenidas", "Falta el consentimiento", lambda f: f.detenida),
        Filtro("publicadas", "A la vista de cualquiera", lambda f: f.publicada),
    )
}


class Mesa:
    """Lo que esa persona puede ver de los archivos de un elemento. Consultas constantes, sean 20 o 1,000."""

    def __init__(self, item: Item, lector: Lector) -> None:
        self.item, self.lector = item, lector

    @cached_property
    def fotos(self) -> list[Foto]:
        """Todas, en su orden."""
        prefetch_related_objects([self.item], "nombradas")
        adjuntos = list(self.item.adjuntos.select_related("objeto", "consentimiento_objeto"))
        legibles = ((n, a) for n, a in enumerate(adjuntos, 1) if puede_ver_texto(self.lector, self.item, a))
        return [Foto(a, n, puede_ver_texto(ANONIMO, self.item, a)) for n, a in legibles]

    @cached_property
    def recuento(self) -> RecuentoDeFotos:
        """Tomadas, seleccionadas y publicadas."""
        return recuentos_de_fotos([self.item.pk])[self.item.pk]

    def con(self, filtro: Filtro) -> list[Foto]:
        """Las de un filtro."""
        return [f for f in self.fotos if filtro.admite(f)]

    def filtros(self) -> list[tuple[Filtro, int]]:
        """Cada filtro con cuántas tiene."""
        return [(f, len(self.con(f))) for f in FILTROS.values()]

    def foto(self, pk: int) -> Foto | None:
        """Una, si la puede ver."""
        return next((f for f in self.fotos if f.adjunto.pk == pk), None)

    def sola(self, pk: int) -> Foto | None:
        """Una, sin traer las demás (su lugar no se sabe): para su imagen."""
        adjunto = self.item.adjuntos.select_related("objeto").filter(pk=pk).first()
        if adjunto is None or not puede_ver_texto(self.lector, self.item, adjunto):
            return None
        return Foto(adjunto, 0, puede_ver_texto(ANONIMO, self.item, adjunto))

    def vecinas(self, pk: int, filtro: Filtro) -> tuple[Foto | None, Foto | None]:
        """La anterior y la siguiente a esa entre las de un filtro (aunque ella ya no esté en él)."""
        lugar = next(f.lugar for f in self.fotos if f.adjunto.pk == pk)
        otras = [f for f in self.con(filtro) if f.adjunto.pk != pk]
        antes = [f for f in otras if f.lugar < lugar]
        despues = [f for f in otras if f.lugar > lugar]
        return (antes[-1] if antes else None), (despues[0] if despues else None)


def marcadas(valores: list[str], mesa: Mesa) -> dict[int, str]:
    """`["12:ab34…"]` → `{12: "ab34…"}`, sólo de lo que esa persona puede ver; lo demás es como si no existiera."""
    visibles = {f.adjunto.pk for f in mesa.fotos}
    pares = (v.partition(":") for v in valores)
    return {int(pk): huella for pk, _, huella in pares if pk.isdecimal() and int(pk) in visibles}
