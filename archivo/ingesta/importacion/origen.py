"""De dónde salen las filas: un `.jsonl`, o una tabla con sus columnas acomodadas."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archivo.ingesta.importacion.columnas import sugerir
from archivo.ingesta.importacion.dialecto import Lectura
from archivo.ingesta.importacion.filas import EXTENSIONES, ArchivoInutilizable, Fila, FilaIlegible, leer_filas
from archivo.ingesta.importacion.mapeo import Mapeo, Traductor
from archivo.ingesta.importacion.tablas import Tabla, abrir_tabla, es_tabla


@dataclass(frozen=True)
class Origen:
    """Un archivo de filas. `nombre` dice de qué clase es (el archivo puede llamarse de otro modo); `junto_a`, dónde buscar lo que nombra.

    Sin `mapeo`, las columnas de una tabla van a donde sus nombres sugieren.
    """

    ruta: Path
    nombre: str
    junto_a: Path
    lectura: Lectura = field(default_factory=Lectura)
    mapeo: Mapeo | None = None
    tipo: str = ""

    @classmethod
    def de(cls, ruta: Path, tipo: str = "") -> "Origen":
        """El de una orden: el archivo tal como se llama y lo que hay junto a él."""
        return cls(ruta=ruta, nombre=ruta.name, junto_a=ruta.parent, tipo=tipo)

    def encabezado(self) -> tuple[str, ...]:
        """Las columnas; ninguna si no es una tabla. Lanza `ArchivoInutilizable`."""
        self._comprobar()
        return self.tabla().encabezado if es_tabla(self.nombre) else ()

    def tabla(self) -> Tabla:
        """La tabla tal como se lee. Lanza `ArchivoInutilizable`."""
        return abrir_tabla(self.ruta, self.nombre, self.lectura)

    def filas(self) -> Iterator[Fila | FilaIlegible]:
        """Las filas, en orden. Lanza `ArchivoInutilizable`, con qué pasa y qué hacer."""
        self._comprobar()
        if not es_tabla(self.nombre):
            yield from leer_filas(self.ruta)
            return
        tabla = self.tabla()
        mapeo = self.mapeo or Mapeo(tuple(sugerir(tabla.encabezado, self.tipo)), {}, self.lectura.fechas, self.tipo)
        if len(mapeo.columnas) != len(tabla.encabezado):
            raise ArchivoInutilizable("Las columnas del archivo ya no son las que se acomodaron. Acomódelas de nuevo.")
        yield from Traductor(mapeo).filas(tabla)

    def _comprobar(self) -> None:
        if not self.nombre.lower().endswith(EXTENSIONES) and not es_tabla(self.nombre):
            raise ArchivoInutilizable(
                f"No se puede importar «{self.nombre}»: se reciben archivos .csv, .xlsx y {' y '.join(EXTENSIONES)}."
            )
        if not self.ruta.is_file():
            raise ArchivoInutilizable(f"No se pudo leer «{self.nombre}»: no existe o no es un archivo. Revise la ruta.")
