"""Importar un archivo de filas por lotes, cada lote en su transacción."""

import time
from collections.abc import Callable, Iterator

from django.db import DataError, IntegrityError, transaction

from archivo.catalogo.puerta import CambioRechazado, actualizar_estadisticas
from archivo.ingesta.importacion.archivos import colgar_archivos, faltantes
from archivo.ingesta.importacion.autoridades import Autoridades
from archivo.ingesta.importacion.filas import Fila, FilaIlegible, FilaRechazada
from archivo.ingesta.importacion.lote import Hecho, catalogar
from archivo.ingesta.importacion.opciones import Detallador, Incidencia, OpcionesDeImportacion, Resultado, sin_detalle
from archivo.ingesta.importacion.origen import Origen
from archivo.ingesta.importacion.registro import Registro
from archivo.ingesta.importacion.traduccion import Traducida, traducir

FILAS_POR_LOTE = 500
CARACTERES_POR_LOTE = 4_000_000
FILAS_QUE_CAMBIAN_LA_BASE = 1_000
Progreso = Callable[[Resultado], bool | None]
Anotador = Callable[[Incidencia], None]


class _Ensayo(Exception):
    """Deshace lo escrito: era un ensayo."""


def sin_anotar(incidencia: Incidencia) -> None:
    """Para quien sólo quiere el recuento."""


class Corrida:
    """Una importación en curso.

    `detallar` recibe el resultado de cada fila: `{fila, id, resultado, clave, campo, motivo}`; `anotar_error`, cada incidencia con la fila
    como venía, en el orden del archivo.
    """

    def __init__(self, origen: Origen, opciones: OpcionesDeImportacion, registro: Registro | None = None) -> None:
        self.origen = origen
        self.opciones = opciones
        self.registro = registro or Registro()
        self.detallar: Detallador = sin_detalle
        self.anotar_error: Anotador = sin_anotar
        self.autoridades = Autoridades(opciones.facultades)
        self.resultado = Resultado()
        self.cancelada = False
        self._vistas: dict[int, int] = {}
        self._incidencias: list[Incidencia] = []

    def correr(self, progreso: Progreso | None = None) -> Resultado:
        """Importa todo el archivo y devuelve el recuento. Si `progreso` contesta True, se detiene ahí con todo en orden."""
        inicio = time.monotonic()
        for lote in self._lotes():
            self._un_lote(lote)
            self.resultado.segundos = round(time.monotonic() - inicio, 2)
            self.registro.avanzar(self.resultado)
            if progreso and progreso(self.resultado):
                self.cancelada = True
                break
        if self.resultado.creadas >= FILAS_QUE_CAMBIAN_LA_BASE and not self.opciones.ensayo:
            actualizar_estadisticas()
        self.resultado.segundos = round(time.monotonic() - inicio, 2)
        return self.resultado

    def _lotes(self) -> Iterator[list[Fila | FilaIlegible]]:
        lote: list[Fila | FilaIlegible] = []
        caracteres = 0
        for leida in self.origen.filas():
            lote.append(leida)
            caracteres += len(leida.datos["texto"]) if isinstance(leida, Fila) else 0
            if len(lote) >= FILAS_POR_LOTE or caracteres >= CARACTERES_POR_LOTE:
                yield lote
                lote, caracteres = [], 0
        if lote:
            yield lote

    def _un_lote(self, lote: list[Fila | FilaIlegible]) -> None:
        self.resultado.filas += len(lote)
        legibles = []
        for fila in lote:
            if isinstance(fila, FilaIlegible):
                self._incidencias.append(Incidencia(fila.numero, fila.id, fila.campo, fila.motivo, original=fila.original))
            elif self._es_nueva(fila):
                legibles.append(fila)
        self._escribir(legibles)
        for incidencia in sorted(self._incidencias, key=lambda i: i.fila):
            self._anotar(incidencia)
        self._incidencias.clear()

    def _anotar(self, incidencia: Incidencia) -> None:
        self.resultado.anotar(incidencia)
        self.anotar_error(incidencia)
        if incidencia.rechaza:
            i = incidencia
            self.detallar(
                {"fila": i.fila, "id": i.id, "resultado": "rechazada", "clave": None, "campo": i.campo, "motivo": i.motivo}
            )

    def _rechazar(self, fila: Fila, rechazo: FilaRechazada) -> None:
        self._incidencias.append(
            Incidencia(fila.numero, fila.datos["id"].strip(), rechazo.campo, str(rechazo), original=fila.original)
        )

    def _es_nueva(self, fila: Fila) -> bool:
        """False, y rechazada, si su id ya venía en otra fila de este archivo."""
        primera = self._vistas.setdefault(hash(fila.datos["id"].strip()), fila.numero)
        if primera == fila.numero:
            return True
        self._rechazar(fila, FilaRechazada("id", f"El id se repite: ya venía en la fila {primera} del mismo archivo."))
        return False

    def _escribir(self, filas: list[Fila]) -> None:
        """Un lote en su transacción. Si la base no admite alguna, se parte hasta dar con ella: una fila mala no detiene a las demás."""
        if not filas:
            return
        previas = len(self._incidencias)
        try:
            hecho = self._en_transaccion(filas)
        except (DataError, IntegrityError, CambioRechazado) as error:
            del self._incidencias[previas:]
            self.autoridades.olvidar()
            if len(filas) == 1:
                self._rechazar(filas[0], FilaRechazada("", f"No se pudo guardar: {error}"))
                return
            mitad = len(filas) // 2
            self._escribir(filas[:mitad])
            self._escribir(filas[mitad:])
            return
        self._colgar(hecho)
        self._contar(self.registro.ya_hechas(hecho))

    def _en_transaccion(self, filas: list[Fila]) -> Hecho:
        hecho = Hecho([], [], [])
        try:
            with transaction.atomic():
                motivo = f"Importación de {self.origen.nombre}"
                hecho = catalogar(self._traducir(filas), self.opciones, motivo, lambda t, r: self._rechazar(t.fila, r))
                if self.opciones.ensayo:
                    raise _Ensayo
                self.registro.anotar(hecho)
        except _Ensayo:
            self.autoridades.olvidar()
        return hecho

    def _traducir(self, filas: list[Fila]) -> list[Traducida]:
        traducidas: list[Traducida] = []
        for fila in filas:
            try:
                traducidas.append(traducir(fila, self.opciones, self.autoridades))
            except FilaRechazada as rechazo:
                self._rechazar(fila, rechazo)
        return traducidas

    def _colgar(self, hecho: Hecho) -> None:
        # También las que no cambiaron: la corrida anterior pudo interrumpirse antes de colgar sus archivos.
        con_archivos = [t for t in (*hecho.creada, *hecho.actualizada, *hecho.sin_cambio) if t.archivos]
        for traducida in con_archivos:
            fila = traducida.fila
            for motivo in self._no_colgados(traducida):
                self._incidencias.append(
                    Incidencia(fila.numero, traducida.id, "archivos", motivo, rechaza=False, original=fila.original)
                )
        if con_archivos and not self.opciones.ensayo:
            self.registro.con_archivos(con_archivos)

    def _no_colgados(self, traducida: Traducida) -> Iterator[str]:
        if self.opciones.ensayo:
            return faltantes(traducida.archivos, self.origen.junto_a)
        return colgar_archivos(traducida, self.origen.junto_a, self.opciones)

    def _contar(self, hecho: Hecho) -> None:
        self.resultado.creadas += len(hecho.creada)
        self.resultado.actualizadas += len(hecho.actualizada)
        self.resultado.sin_cambio += len(hecho.sin_cambio)
        if self.detallar is sin_detalle:
            return
        for resultado, traducidas in hecho.por_resultado().items():
            for t in traducidas:
                clave = None if self.opciones.ensayo and resultado == "creada" else t.item.clave
                self.detallar(
                    {"fila": t.fila.numero, "id": t.id, "resultado": resultado, "clave": clave, "campo": "", "motivo": ""}
                )
