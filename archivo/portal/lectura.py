"""Leer un elemento: la regla de acceso, la constancia cuando el nivel la pide, y lo que esa persona puede ver de él."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import DatabaseError
from django.db.models import Count, Max, Min, Q, QuerySet, prefetch_related_objects

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import (
    ISAD_DEL_ITEM,
    NIVELES,
    Adjunto,
    Autoridad,
    Cuerpo,
    Item,
    Pagina,
    RecuentoDeFotos,
    TipoDeItem,
    abrir,
    dejar_constancia_de_lectura,
    es_sesion_fotografica,
    puede_ver_texto,
    se_audita,
    tipo_de,
)
from archivo.identidad.puerta import ANONIMO, Lector, Usuario, lector_de


class LecturaSinConstancia(Exception):
    """No se pudo anotar la lectura de algo que la exige; por eso no se muestra."""


@dataclass(frozen=True)
class Visita:
    """Quién lee y desde dónde. `usuario` es None si nadie ha entrado."""

    usuario: Usuario | None = None
    ip: str | None = None

    @property
    def lector(self) -> Lector:
        """Sus señas de lectura."""
        return lector_de(self.usuario) if self.usuario else ANONIMO


@dataclass(frozen=True)
class GrupoDePaginas:
    """Las páginas de un archivo, o las partes del texto propio (`adjunto` None)."""

    adjunto: Adjunto | None
    primera: int
    ultima: int
    total: int


@dataclass
class Elemento:
    """Un elemento tal como lo ve una persona: sólo contiene lo que puede leer."""

    item: Item
    visita: Visita
    adjuntos: list[Adjunto] = field(default_factory=list)
    puede_texto: bool = False

    @property
    def tipo(self) -> TipoDeItem:
        """La declaración de su tipo."""
        return tipo_de(self.item.tipo)

    @property
    def tiene_documento(self) -> bool:
        """¿Su tipo compone un impreso y esa persona puede leerlo? (Una plantilla llamaría a `tipo.documento`.)"""
        return self.tipo.documento is not None and self.puede_texto

    @property
    def es_publico(self) -> bool:
        """¿Cualquiera puede leer su texto?"""
        return puede_ver_texto(ANONIMO, self.item)

    @cached_property
    def paginas(self) -> QuerySet[Pagina]:
        """Las páginas que puede leer."""
        suyas = Q(adjunto__in=self.adjuntos)
        return self.item.paginas.filter(suyas | Q(adjunto__isnull=True) if self.puede_texto else suyas)

    def pagina(self, n: int) -> Pagina | None:
        """La página con esa dirección, si existe y la puede leer."""
        hallada = self.paginas.filter(n=n).first()
        if hallada is not None and hallada.adjunto_id is not None:
            hallada.adjunto = next(a for a in self.adjuntos if a.pk == hallada.adjunto_id)
        return hallada

    def grupos(self) -> list[GrupoDePaginas]:
        """Sus páginas, agrupadas por archivo. Una consulta."""
        filas = self.paginas.order_by().values("adjunto").annotate(primera=Min("n"), ultima=Max("n"), total=Count("pk"))
        de_pk = {a.pk: a for a in self.adjuntos}
        return [GrupoDePaginas(de_pk.get(f["adjunto"]), f["primera"], f["ultima"], f["total"]) for f in filas.order_by("primera")]

    def vecinas(self, n: int) -> tuple[int | None, int | None]:
        """La página anterior y la siguiente a esa."""
        vecindad = self.paginas.order_by().aggregate(antes=Max("n", filter=Q(n__lt=n)), despues=Min("n", filter=Q(n__gt=n)))
        return vecindad["antes"], vecindad["despues"]

    def cuerpo(self) -> str:
        """Su cuerpo redactado (HTML), o vacío."""
        if not (self.puede_texto and self.tipo.lleva_cuerpo):
            return ""
        return Cuerpo.objects.filter(item_id=self.item.pk).values_list("html", flat=True).first() or ""

    def campos_propios(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Los campos de búsqueda que su tipo declara y esa persona puede leer: (nombre, etiqueta, [(valor, cómo se dice)])."""
        de_oficina = bool(self.visita.lector.fichas())
        legibles = (c for c in self.tipo.campos if (c.publico or de_oficina) and (self.puede_texto or c.en_restringido))
        dados = ((c.nombre, c.etiqueta, [(v, c.rotulo(v)) for v in c.valores(self.item)]) for c in legibles)
        return [d for d in dados if d[2]]

    @property
    def resena(self) -> list[str]:
        """Los datos que acompañan al título, si su tipo los tiene y esa persona puede leerlos."""
        puede = self.puede_texto or self.tipo.cita_publica
        return list(self.tipo.resena(self.item)) if self.tipo.resena and puede else []

    @property
    def recuento_de_fotos(self) -> RecuentoDeFotos | None:
        """De las fotografías del álbum que esa persona puede ver, cuántas hay de cada una. Sólo para la oficina."""
        if not (self.visita.lector.es_de_oficina and es_sesion_fotografica(self.item)):
            return None
        fotos = [a for a in self.adjuntos if a.rol in {"fotografia", "original"} and a.objeto.mime.startswith("image/")]
        publicadas = sum(puede_ver_texto(ANONIMO, self.item, a) for a in fotos)
        return RecuentoDeFotos(len(fotos), sum(a.seleccionada for a in fotos), publicadas) if fotos else None

    def menciones(self) -> dict[str, list[Autoridad]]:
        """Las autoridades que nombra, por papel. Una consulta."""
        hechas: dict[str, list[Autoridad]] = {}
        filas = self.item.menciones.select_related("autoridad").order_by("autoridad__nombre")
        for mencion in filas if self.puede_texto else ():
            hechas.setdefault(mencion.papel, []).append(mencion.autoridad)
        return hechas

    def descripcion(self) -> list[tuple[str, str, str]]:
        """Los elementos de ISAD(G) que tiene: número, nombre y texto. Sólo para quien puede leerlo."""
        dichos = self.item.descripcion if self.puede_texto else {}
        return [(e.numero, e.nombre, dichos[e.clave]) for e in ISAD_DEL_ITEM if dichos.get(e.clave)]


def leer(clave: str, visita: Visita) -> Elemento | None:
    """El elemento para esa persona, sin anotar nada todavía; None si no existe o no puede saber de él. Tres consultas."""
    item = abrir(clave, visita.lector)
    if item is None:
        return None
    prefetch_related_objects([item], "nombradas")
    adjuntos = item.adjuntos.select_related("objeto")
    legibles = [a for a in adjuntos if puede_ver_texto(visita.lector, item, a)]
    for adjunto in legibles:
        adjunto.item = item
    return Elemento(item, visita, legibles, puede_ver_texto(visita.lector, item))


def anotar_lectura(elemento: Elemento, superficie: str, adjuntos: Iterable[Adjunto] = ()) -> None:
    """Deja constancia si el elemento, o algún archivo que se va a mostrar, la exige.

    Raises:
        LecturaSinConstancia: no se pudo escribir; quien llama no debe mostrar nada.
    """
    item, visita = elemento.item, elemento.visita
    try:
        if not se_audita(item) and any(NIVELES[a.acceso_efectivo].se_audita for a in adjuntos):
            _registrar(elemento, "item.consultado", {"superficie": superficie})
        else:
            dejar_constancia_de_lectura(item, visita.usuario, superficie, visita.ip)
    except DatabaseError as error:
        raise LecturaSinConstancia(item.clave) from error


def anotar_descarga(elemento: Elemento, adjunto: Adjunto) -> None:
    """Toda descarga de un archivo que no es público queda anotada.

    Raises:
        LecturaSinConstancia: no se pudo escribir.
    """
    if puede_ver_texto(ANONIMO, elemento.item, adjunto):
        return
    try:
        _registrar(elemento, "archivo.descargado", {"sha256": adjunto.objeto.sha256, "nombre": adjunto.nombre})
    except DatabaseError as error:
        raise LecturaSinConstancia(elemento.item.clave) from error


def _registrar(elemento: Elemento, clase: str, detalle: dict[str, str]) -> None:
    visita = elemento.visita
    registrar(SucesoNuevo(clase=clase, objeto=f"item:{elemento.item.clave}", actor=visita.usuario, ip=visita.ip, detalle=detalle))
