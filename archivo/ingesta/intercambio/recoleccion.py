"""Reunir lo que un lector puede ver de un cuadro como un instrumento listo para escribirse."""

from collections.abc import Iterable
from typing import Any

from archivo.archivistica.puerta import CuadroClasificacion, Expediente, Integracion, NivelClasificacion, se_audita_expediente
from archivo.catalogo.puerta import NIVELES, Item, se_audita, senas
from archivo.identidad.puerta import Lector
from archivo.ingesta.intercambio.retrato import de_clase, de_expediente, de_item
from archivo.ingesta.intercambio.unidad import Instrumento, Unidad
from archivo.ingesta.models import InstrumentoRecibido, UnidadRecibida

_RIGIERON = {"vigente", "sustituido"}
_AL_FINAL = 1_000_000_000
Llave = tuple[str, int]
"""Qué es (`nivel`, `expediente`, `item`) y su llave en la base."""


def reunir_cuadro(cuadro: CuadroClasificacion, lector: Lector) -> Instrumento:
    """El cuadro entero: sus clases, sus expedientes y sus documentos, sin lo que ese lector no puede ver."""
    recolecta = _Recolecta(cuadro, lector)
    recolecta.clases(cuadro.niveles.en_orden().select_related("cuadro"))
    recolecta.expedientes(Expediente.objects.filter(serie__cuadro=cuadro))
    return recolecta.instrumento(_fuente(cuadro))


def reunir_expediente(expediente: Expediente, lector: Lector) -> Instrumento:
    """Un expediente con sus documentos, y la línea de clases que lo sitúa."""
    recolecta = _Recolecta(expediente.serie.cuadro, lector)
    recolecta.clases(_linea(expediente.serie))
    recolecta.expedientes(Expediente.objects.filter(pk=expediente.pk))
    return recolecta.instrumento(f"expediente-{expediente.clave}")


def _linea(nivel: NivelClasificacion) -> list[NivelClasificacion]:
    linea = [nivel]
    while linea[0].padre is not None:
        linea.insert(0, linea[0].padre)
    return linea


def _fuente(cuadro: CuadroClasificacion) -> str:
    instrumento = InstrumentoRecibido.objects.filter(cuadro=cuadro).first()
    return instrumento.fuente if instrumento else f"cuadro-v{cuadro.version}"


def area_que_recibio(cuadro: CuadroClasificacion) -> int | None:
    """De qué área es lo reservado de un fondo recibido: la de sus expedientes o, sin ellos, la de sus documentos."""
    unidades = UnidadRecibida.objects.filter(instrumento__cuadro=cuadro)
    de_expediente = unidades.filter(expediente__isnull=False).values_list("expediente__area_id", flat=True).first()
    return de_expediente or unidades.filter(item__isnull=False).values_list("item__area_id", flat=True).first()


class _Recolecta:
    """Las unidades visibles, por lo que son, y de cuál cuelga cada una."""

    def __init__(self, cuadro: CuadroClasificacion, lector: Lector) -> None:
        self.cuadro = cuadro
        self.lector = lector
        filas = UnidadRecibida.objects.filter(instrumento__cuadro=cuadro).order_by("orden")
        self.recibidas: dict[Llave, UnidadRecibida] = {_llave(f): f for f in filas}
        self.por_pk = {f.pk: f for f in self.recibidas.values()}
        self.unidades: dict[Llave, Unidad] = {}
        self.madres: dict[Llave, Llave] = {}
        self.auditados: list[str] = []
        self.area_id = area_que_recibio(cuadro)

    def clases(self, niveles: Iterable[NivelClasificacion]) -> None:
        for nivel in niveles:
            llave = ("nivel", nivel.pk)
            madre = ("nivel", nivel.padre_id) if nivel.padre_id else None
            if (madre is None or madre in self.unidades) and self._ve_la_clase(llave):
                self._agregar(llave, madre, de_clase(nivel, self._base(llave)))

    def _ve_la_clase(self, llave: Llave) -> bool:
        """En la oficina, por su acceso; en público, las del cuadro que rige o rigió y las que su archivo da por publicadas."""
        fila = self.recibidas.get(llave)
        if fila is None:
            return self.lector.es_de_oficina or self.cuadro.estado in _RIGIERON
        publicada = fila.recibido.get("publicacion") == "publicada"
        abren = senas(NIVELES[fila.acceso].ficha, self.area_id)
        publico = fila.acceso in {"publico", "restringido_derechos"} and publicada
        return publico or (self.lector.es_de_oficina and bool(abren & self.lector.fichas()))

    def expedientes(self, candidatos: Any) -> None:
        visibles = candidatos.visibles_para(self.lector).select_related("serie").order_by("anio", "consecutivo", "pk")
        por_pk = {e.pk: e for e in visibles}
        for expediente in sorted(por_pk.values(), key=lambda e: self._orden(("expediente", e.pk))):
            llave = ("expediente", expediente.pk)
            madre = self._madre_recibida(llave) or ("nivel", expediente.serie_id)
            if madre in self.unidades:
                self._agregar(llave, madre, de_expediente(expediente, self._base(llave)))
                self.auditados += [f"expediente:{expediente.clave}"] if se_audita_expediente(expediente) else []
        self._documentos([pk for pk in por_pk if ("expediente", pk) in self.unidades])

    def _documentos(self, expedientes: list[int]) -> None:
        integradas = Integracion.objects.vigentes().filter(expediente__in=expedientes).en_orden()
        madres: dict[int, Llave] = {i: ("expediente", e) for i, e in integradas.values_list("item_id", "expediente_id")}
        sueltos = [pk for (clase, pk) in self.recibidas if clase == "item" and pk not in madres]
        visibles = Item.objects.visibles_para(self.lector).filter(pk__in=[*madres, *sueltos])
        ajustados = visibles.select_related("area").prefetch_related("temas", "menciones__autoridad", "adjuntos")
        puestos = {pk: n for n, pk in enumerate(madres)}
        items = sorted(ajustados, key=lambda i: (self._orden(("item", i.pk)), puestos.get(i.pk, 0), i.pk))
        for item in items:
            llave = ("item", item.pk)
            madre = madres.get(item.pk) or self._madre_recibida(llave)
            if madre in self.unidades and madre is not None:
                self._agregar(llave, madre, de_item(item, self._base(llave), self.lector))
                self.auditados += [f"item:{item.clave}"] if se_audita(item) else []

    def _agregar(self, llave: Llave, madre: Llave | None, unidad: Unidad) -> None:
        unidad.madre = self.unidades[madre].id if madre else ""
        self.unidades[llave] = unidad
        if madre is not None:
            self.madres[llave] = madre

    def _base(self, llave: Llave) -> UnidadRecibida | None:
        return self.recibidas.get(llave)

    def _orden(self, llave: Llave) -> int:
        fila = self.recibidas.get(llave)
        return fila.orden if fila else _AL_FINAL

    def _madre_recibida(self, llave: Llave) -> Llave | None:
        fila = self.recibidas.get(llave)
        madre = self.por_pk.get(fila.madre_id) if fila and fila.madre_id else None
        return _llave(madre) if madre else None

    def instrumento(self, fuente: str) -> Instrumento:
        """El instrumento con sus raíces, cada unidad con las suyas en el orden en que llegaron o se clasificaron."""
        recibido = InstrumentoRecibido.objects.filter(cuadro=self.cuadro).first()
        cabecera = dict(recibido.cabecera) if recibido else {"titulo": self.cuadro.nombre}
        instrumento = Instrumento(
            "", fuente=fuente, cabecera=cabecera, unidades=list(self.unidades.values()), auditados=self.auditados
        )
        for llave in sorted(self.unidades, key=self._orden):
            unidad, madre = self.unidades[llave], self.madres.get(llave)
            (self.unidades[madre].hijas if madre else instrumento.raices).append(unidad)
        return instrumento


def _llave(fila: UnidadRecibida) -> Llave:
    for clase in ("nivel", "expediente"):
        if pk := getattr(fila, f"{clase}_id"):
            return clase, pk
    return "item", int(fila.item_id or 0)
