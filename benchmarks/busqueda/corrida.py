"""Una corrida entera: armar o abrir, comprobar, medir cada fila e imprimir."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.busqueda.armado import Ficha, armar, guardar, operaciones, recordar
from benchmarks.busqueda.capa import ALCANCE, Capa
from benchmarks.busqueda.corpus import ESQUEMA, Lengua, documentos
from benchmarks.busqueda.crudo import Crudo
from benchmarks.busqueda.crudo_servidor import PREFIJO, CrudoServidor
from benchmarks.busqueda.exactitud import PETICIONES, diferencias
from benchmarks.busqueda.filas import HONDO, Fila, con_muchos, filas
from benchmarks.busqueda.medicion import Tiempos, memoria_mb, un_cliente, varios
from benchmarks.busqueda.preguntas import Pregunta, Preguntas, preguntar
from benchmarks.busqueda.tabla import TITULOS, Renglon, de_tamanos, en_markdown, en_renglon
from search import ClusterOptions, Delete, SearchEngine, SearchRequest, open_engine, parse

MEMORIA_MB = 512
GUARDADOS = 40
META_VISIBLE = 500.0
QUIETA = 2.0
TROZO = 1 << 24


@dataclass(frozen=True)
class Opciones:
    """Lo que se pidió."""

    datos: Path
    docs: int
    motor: str
    carpeta: Path | None
    clientes: int
    solo_medir: bool = False
    url: str | None = None


class Corrida:
    """`nombre` es el del motor como se abre; `pid`, su proceso si es un servidor."""

    def __init__(self, opciones: Opciones, lengua: Lengua, carpeta: Path, nombre: str, pid: int) -> None:
        self.opciones, self.lengua, self.carpeta, self.nombre, self.pid = opciones, lengua, carpeta, nombre, pid
        self.cluster = ClusterOptions(prefix=PREFIJO) if ":" in nombre else None
        self.motor = self._abrir()
        self.textos: dict[str, tuple[str, ...]] = {}
        self.claves: dict[str, list[str]] = {}

    def _abrir(self) -> SearchEngine:
        return open_engine(self.nombre, self.carpeta / "tantivy", ESQUEMA, heap_mb=MEMORIA_MB, cluster=self.cluster)

    def correr(self) -> list[str]:
        """Todo, en orden; lo que no alcanza su meta."""
        ficha, todas = self._ficha(), preguntar(self.lengua)
        self._leer_del_disco()
        carga = os.getloadavg()[0]
        faltas = self._comprobar(todas) + self._filas(todas) + self._guardar_y_ver() + self._tamanos(ficha)
        despues = os.getloadavg()[0]
        quieta = "quieta" if max(carga, 0.0) <= QUIETA else "con la máquina ocupada"
        print(
            f"\nCarga de la máquina: {carga:.1f} antes y {despues:.1f} después; corrida {quieta}. Memoria de este proceso: {memoria_mb()} MB."
        )
        self.motor.close()
        return faltas

    def _ficha(self) -> Ficha:
        ruta = self.carpeta / "ficha.json"
        if not self.opciones.solo_medir:
            guardar(ruta, armar(self.motor, self.lengua, self.opciones.docs))
        ficha = recordar(ruta)
        print(
            f"{self.opciones.motor}, {ficha.documentos:,} documentos (huella {ficha.huella}), {ficha.texto / 1e6:,.0f} MB de texto;"
        )
        print(f"armados en {ficha.pared:,.0f} s de pared y {ficha.procesador:,.0f} de procesador, {ficha.memoria_mb} MB.\n")
        return ficha

    def _leer_del_disco(self) -> None:
        """Lo que se mide es el motor, no el disco: sin esto, la primera fila que usa un índice paga su lectura y las demás no."""
        for ruta in sorted((self.carpeta / "tantivy").rglob("*")):
            if ruta.is_file():
                with ruta.open("rb") as archivo:
                    while archivo.read(TROZO):
                        pass

    def _comprobar(self, todas: Preguntas) -> list[str]:
        distintas = diferencias(
            self.nombre, self.lengua, todas, replace(self.cluster, prefix="acervo_prueba") if self.cluster else None
        )
        print(f"Contra la referencia: {len(distintas)} diferencias en {PETICIONES} peticiones con lectores al azar.\n")
        return [f"respuesta distinta de la referencia: {distinta}" for distinta in distintas]

    def _preparar(self, todas: Preguntas, hondas: list[Pregunta], motor: SearchEngine) -> list[Fila]:
        return filas(Capa(motor, self.textos, self.claves), self._crudo(), todas, hondas)

    def _crudo(self) -> Any:
        return CrudoServidor(self.nombre) if self.cluster else Crudo(self.carpeta / "tantivy")

    def _filas(self, todas: Preguntas) -> list[str]:
        hondas = con_muchos(self.motor, [*todas.frecuentes, *todas.medias], HONDO + 20)
        self._leer_textos(todas.medias)
        medidas: list[Renglon] = []
        print(en_markdown(TITULOS, []))
        for numero, fila in enumerate(self._preparar(todas, hondas, self.motor)):
            self._olvidar()
            renglon = Renglon(fila, *un_cliente(fila, self.pid))
            if self.opciones.clientes > 1:
                abrir = lambda: self._preparar(todas, hondas, self._abrir())  # noqa: E731
                renglon.muchos = varios(abrir, numero, self.opciones.clientes, desnuda=False)
                renglon.muchos_desnuda = (
                    varios(abrir, numero, self.opciones.clientes, desnuda=True) if fila.desnuda else Tiempos()
                )
            medidas.append(renglon)
            print(en_renglon(renglon.columnas()), flush=True)
        return [falta for renglon in medidas for falta in renglon.faltas()]

    def _olvidar(self) -> None:
        """Que ninguna fila aproveche lo que otra ya preguntó: el índice se abre otra vez."""
        self.motor.close()
        self.motor.search(SearchRequest(ALCANCE, limit=1))

    def _leer_textos(self, preguntas: list[Pregunta]) -> None:
        """Los textos de lo que se va a mostrar, como los daría la base de datos."""
        for cada in preguntas:
            hallados = self.motor.search(SearchRequest(ALCANCE, parse(cada.texto), match="all")).hits
            self.claves[cada.texto] = [hallado.key for hallado in hallados]
        for numero in sorted({int(clave[1:]) for claves in self.claves.values() for clave in claves}):
            (documento,) = documentos(self.lengua, numero, numero + 1)
            self.textos[documento.key] = tuple(parte.text for parte in documento.parts)

    def _guardar_y_ver(self) -> list[str]:
        """Un documento nuevo cada vez: de que se entrega al escritor a que otro lector lo halla."""
        tardan = Tiempos()
        nuevos = [replace(d, key=f"nuevo-{d.key}", order=d.order + 2**30) for d in self._de_mas()]
        lector = self._abrir()
        with self.motor.writer(timeout=60) as escritor:
            for documento in nuevos:
                inicio = time.perf_counter()
                escritor.apply(operaciones(documento))
                pedido = SearchRequest(ALCANCE, parse(documento.title), match="all", sort="-order", limit=1)
                visto = documento.acl != ALCANCE.acl or lector.search(pedido).hits[0].key == documento.key
                tardan.pared.append((time.perf_counter() - inicio) * 1000 if visto else 60_000.0)
            escritor.apply([Delete(operacion.index, operacion.key) for d in nuevos for operacion in operaciones(d)])
        lector.close()
        p95 = tardan.parte("pared", 0.95)
        print(f"\nDe guardar a verlo: {tardan.parte('pared', 0.5):.0f} / {p95:.0f} ms (meta {META_VISIBLE:.0f}).")
        return [f"de guardar a verlo: {p95:.0f} ms de p95, meta {META_VISIBLE:.0f}"] if p95 > META_VISIBLE else []

    def _de_mas(self) -> list[Any]:
        desde = self.opciones.docs
        return [d for d in documentos(self.lengua, desde, desde + GUARDADOS) if d.acl == ALCANCE.acl]

    def _tamanos(self, ficha: Ficha) -> list[str]:
        medidas = self._crudo().bytes()
        suyos = {
            nombre: (cuantos, ficha.texto_publico if "pub" in nombre else ficha.texto) for nombre, cuantos in medidas.items()
        }
        escrita, faltas = de_tamanos(suyos | {"todos": (sum(medidas.values()), ficha.texto)})
        print(f"\n{escrita}")
        return faltas
