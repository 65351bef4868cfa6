"""Importar un archivo de filas por lotes, cada lote en su transacción."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import Cuerpo, Item, ItemDeLote, actualizar_estadisticas, actualizar_lote, crear_lote
from archivo.ingesta.importacion.archivos import colgar_archivos
from archivo.ingesta.importacion.autoridades import Autoridades
from archivo.ingesta.importacion.filas import Fila, FilaIlegible, leer_filas
from archivo.ingesta.importacion.opciones import Detallador, OpcionesDeImportacion, Resultado, sin_detalle
from archivo.ingesta.importacion.traduccion import FilaRechazada, Traducida, traducir

FILAS_POR_LOTE = 500
CARACTERES_POR_LOTE = 4_000_000
FILAS_QUE_CAMBIAN_LA_BASE = 1_000
Progreso = Callable[[Resultado], None]
_CAMPOS_DE_FILA = (
    "titulo", "autor", "area", "fecha", "fecha_hasta", "fecha_texto", "hora", "acceso", "estado", "serie", "numero", "anio_numero",
    "numero_texto", "folio", "ficha", "fuente", "url", "huella_fila", "huella_texto", "pendientes", "tipo",
)  # fmt: skip
_NO_RETROCEDEN = {"autorizado", "programado", "publicado", "archivado", "retirado"}


class _Ensayo(Exception):
    """Deshace lo escrito: era un ensayo."""


@dataclass(frozen=True)
class _Hecho:
    """Qué fue de las filas de un lote."""

    creada: list[Traducida]
    actualizada: list[Traducida]
    sin_cambio: list[Traducida]


class Importacion:
    """Una importación en curso. `detallar` recibe el resultado de cada fila: `{fila, id, resultado, clave, campo, motivo}`."""

    def __init__(self, ruta: Path, opciones: OpcionesDeImportacion, detallar: Detallador = sin_detalle) -> None:
        self.ruta = ruta
        self.detallar = detallar
        self.opciones = opciones
        self.autoridades = Autoridades()
        self.resultado = Resultado()
        self.comienzo = timezone.now()

    def correr(self, progreso: Progreso | None = None) -> Resultado:
        """Importa todo el archivo y devuelve el recuento."""
        inicio = time.monotonic()
        for lote in self._lotes():
            self._escribir(lote)
            self.resultado.segundos = round(time.monotonic() - inicio, 2)
            if progreso:
                progreso(self.resultado)
        if self.resultado.creadas >= FILAS_QUE_CAMBIAN_LA_BASE and not self.opciones.ensayo:
            actualizar_estadisticas()
        self.resultado.segundos = round(time.monotonic() - inicio, 2)
        return self.resultado

    def _lotes(self) -> Iterator[list[Fila]]:
        lote: list[Fila] = []
        caracteres = 0
        for leida in leer_filas(self.ruta):
            self.resultado.filas += 1
            if isinstance(leida, FilaIlegible):
                self._rechazar(leida.numero, leida.id, leida.campo, leida.motivo)
                continue
            lote.append(leida)
            caracteres += len(leida.datos["texto"])
            if len(lote) >= FILAS_POR_LOTE or caracteres >= CARACTERES_POR_LOTE:
                yield lote
                lote, caracteres = [], 0
        if lote:
            yield lote

    def _rechazar(self, fila: int, ident: str, campo: str, motivo: str) -> None:
        self.resultado.rechazar(fila, ident, campo, motivo)
        self.detallar({"fila": fila, "id": ident, "resultado": "rechazada", "clave": None, "campo": campo, "motivo": motivo})

    def _escribir(self, filas: list[Fila]) -> None:
        try:
            with transaction.atomic():
                hecho = self._catalogar(self._traducir(filas))
                if self.opciones.ensayo:
                    raise _Ensayo
        except _Ensayo:
            self.autoridades.olvidar()
        else:
            # También las que no cambiaron: la corrida anterior pudo interrumpirse antes de colgar sus archivos.
            con_archivos = [t for t in hecho.sin_cambio if t.archivos]
            for traducida in (*hecho.creada, *hecho.actualizada, *con_archivos):
                colgar_archivos(traducida, self.ruta.parent, self.opciones, self.resultado)
        self._contar(hecho)

    def _contar(self, hecho: _Hecho) -> None:
        self.resultado.creadas += len(hecho.creada)
        self.resultado.actualizadas += len(hecho.actualizada)
        self.resultado.sin_cambio += len(hecho.sin_cambio)
        for resultado, traducidas in vars(hecho).items():
            for t in traducidas:
                clave = None if self.opciones.ensayo and resultado == "creada" else t.item.clave
                self.detallar(
                    {"fila": t.fila.numero, "id": t.id, "resultado": resultado, "clave": clave, "campo": "", "motivo": ""}
                )

    def _traducir(self, filas: list[Fila]) -> list[Traducida]:
        traducidas: dict[str, Traducida] = {}
        for fila in filas:
            try:
                traducida = traducir(fila, self.opciones, self.autoridades)
            except FilaRechazada as rechazo:
                self._rechazar(fila.numero, fila.datos["id"], rechazo.campo, str(rechazo))
                continue
            if traducida.id in traducidas:
                motivo = f"El id se repite en la fila {traducidas[traducida.id].fila.numero} del mismo archivo."
                self._rechazar(fila.numero, traducida.id, "id", motivo)
                continue
            traducidas[traducida.id] = traducida
        return list(traducidas.values())

    def _es_repetida(self, traducida: Traducida, existente: Item | None) -> bool:
        """¿La misma clave de origen ya entró en esta misma importación?"""
        if existente is None or existente.modificado < self.comienzo:
            return False
        self._rechazar(traducida.fila.numero, traducida.id, "id", "El id se repite en otra fila anterior del mismo archivo.")
        return True

    def _catalogar(self, traducidas: list[Traducida]) -> _Hecho:
        ids = [t.id for t in traducidas]
        existentes = {i.id_externo: i for i in Item.objects.select_for_update().filter(id_externo__in=ids)}
        traducidas = [t for t in traducidas if not self._es_repetida(t, existentes.get(t.id))]
        nuevas = [t for t in traducidas if t.id not in existentes]
        distintas = [t for t in traducidas if t.id in existentes and existentes[t.id].huella_fila != t.item.huella_fila]
        iguales = [t for t in traducidas if t.id in existentes and existentes[t.id].huella_fila == t.item.huella_fila]
        _marcar_duplicados(nuevas)
        _marcar_numeros_repetidos(nuevas)
        motivo = f"Importación de {self.ruta.name}"
        if nuevas:
            crear_lote([ItemDeLote(t.item, t.texto) for t in nuevas], self.opciones.actor, motivo)
            _enlazar_repetidas_del_lote(nuevas)
        if distintas:
            con_cuerpo = _con_texto_propio([existentes[t.id] for t in distintas])
            for t in distintas:
                t.item = _volcar(t.item, existentes[t.id], con_cuerpo)
            lote = [ItemDeLote(t.item, t.texto, conserva_texto=t.item.pk in con_cuerpo) for t in distintas]
            actualizar_lote(lote, self.opciones.actor, motivo)
        for t in iguales:
            t.item = existentes[t.id]
        return _Hecho(nuevas, distintas, iguales)


def _con_texto_propio(existentes: list[Item]) -> set[int]:
    """Aquellos cuyo texto no se toca: tienen folio dado aquí, o se redactaron en la oficina."""
    redactados = Cuerpo.objects.filter(item__in=existentes).values_list("item_id", flat=True)
    return {i.pk for i in existentes if i.numero_asignado} | set(redactados)


def _volcar(nuevo: Item, existente: Item, con_texto_propio: set[int]) -> Item:
    """Pone en el existente lo que trae la fila. Lo que ya se autorizó o tiene folio dado aquí no retrocede."""
    conservar = {"estado"} if existente.estado in _NO_RETROCEDEN or existente.numero_asignado else set()
    if existente.numero_asignado:
        conservar |= {"serie", "numero", "anio_numero", "numero_texto", "folio"}
    if existente.pk in con_texto_propio:
        conservar.add("huella_texto")
    de_la_oficina = {c: v for c, v in existente.ficha.items() if c != "extra"}
    for campo in _CAMPOS_DE_FILA:
        if campo not in conservar:
            setattr(existente, campo, getattr(nuevo, campo))
    existente.ficha = de_la_oficina | existente.ficha
    return existente


def _marcar_duplicados(nuevas: list[Traducida]) -> None:
    huellas = {t.item.huella_texto for t in nuevas if t.item.huella_texto}
    previos: dict[str, Item] = {}
    for item in Item.objects.filter(huella_texto__in=huellas).only("pk", "huella_texto").order_by("-pk"):
        previos[item.huella_texto] = item
    for traducida in nuevas:
        if traducida.item.huella_texto in previos:
            traducida.item.duplicado_de = previos[traducida.item.huella_texto]


def _enlazar_repetidas_del_lote(nuevas: list[Traducida]) -> None:
    primeras: dict[str, Item] = {}
    for t in nuevas:
        huella = t.item.huella_texto
        if huella and t.item.duplicado_de_id is None and primeras.setdefault(huella, t.item) is not t.item:
            Item.objects.filter(pk=t.item.pk).update(duplicado_de=primeras[huella])


def _clave_de_numero(item: Item) -> tuple[int | None, int | None, str]:
    return (item.serie_id, item.anio_numero, item.numero_texto)


def _marcar_numeros_repetidos(nuevas: list[Traducida]) -> None:
    con_numero = [t.item for t in nuevas if t.item.folio]
    if not con_numero:
        return
    textos = {i.numero_texto for i in con_numero}
    vistos = {
        _clave_de_numero(i) for i in Item.objects.filter(numero_texto__in=textos).only("serie_id", "anio_numero", "numero_texto")
    }
    for item in con_numero:
        if _clave_de_numero(item) in vistos:
            item.pendientes.append("numero_repetido")
        vistos.add(_clave_de_numero(item))
