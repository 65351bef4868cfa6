"""Importar un instrumento de descripción: leerlo, armarlo, y escribirlo entero o no escribir nada."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import actualizar_estadisticas
from archivo.identidad.puerta import Area
from archivo.ingesta.importacion.autoridades import Autoridades
from archivo.ingesta.importacion.filas import ArchivoInutilizable
from archivo.ingesta.importacion.opciones import LIMITE_DE_ERRORES, Incidencia, Resultado
from archivo.ingesta.importacion.permisos import Facultades
from archivo.ingesta.importacion.tablas import es_tabla
from archivo.ingesta.intercambio.adjuntos import colgar, faltantes
from archivo.ingesta.intercambio.atom_lectura import leer_atom
from archivo.ingesta.intercambio.destino import Destino, Puesta, contar
from archivo.ingesta.intercambio.ead_lectura import leer_ead
from archivo.ingesta.intercambio.jerarquia import armar, recorrer
from archivo.ingesta.intercambio.niveles import EN_ESPANOL, EXPEDIENTE
from archivo.ingesta.intercambio.opciones import Opciones, SinFacultad
from archivo.ingesta.intercambio.unidad import Instrumento, Problema
from archivo.ingesta.models import InstrumentoRecibido

UNIDADES_QUE_CAMBIAN_LA_BASE = 1_000
UNIDADES_EN_LA_MUESTRA = 40
Progreso = Callable[[int, int, str], bool]
"""Recibe cuántas van, cuántas son y en qué anda; contesta si hay que dejarlo."""


class _Ensayo(Exception):
    """Deshace lo escrito: era un ensayo."""


def sin_progreso(hechas: int, total: int, mensaje: str) -> bool:
    """Para quien no mira cómo va."""
    return False


@dataclass
class ResultadoDeDescripciones(Resultado):
    """El recuento de `importar`, con los avisos, cuántas unidades de antes ya no vienen y una muestra del árbol."""

    avisos: list[dict[str, Any]] = field(default_factory=list)
    ya_no_vienen: int = 0
    formato: str = ""
    fuente: str = ""
    titulo: str = ""
    cuadro: int | None = None
    por_nivel: dict[str, int] = field(default_factory=dict)
    muestra: list[dict[str, Any]] = field(default_factory=list)

    def avisar(self, problema: Problema) -> None:
        """Un aviso más; se detallan los primeros diez mil."""
        if len(self.avisos) < LIMITE_DE_ERRORES:
            self.avisos.append(problema.como_dict())


def leer(ruta: Path, nombre: str) -> Instrumento:
    """El instrumento de un archivo, en el formato que sea, ya armado en árbol.

    Raises:
        ArchivoInutilizable: no es EAD ni CSV de AtoM, o no se puede leer.
    """
    if not ruta.is_file():
        raise ArchivoInutilizable(f"No existe el archivo «{ruta}». Revise la ruta.")
    if _es_xml(ruta):
        instrumento = leer_ead(ruta, nombre)
    elif es_tabla(nombre):
        instrumento = leer_atom(ruta, nombre)
    else:
        raise ArchivoInutilizable(
            f"«{nombre}» no es un instrumento conocido: se reciben CSV o XLSX de AtoM y XML de EAD 2002 o EAD3."
        )
    armar(instrumento)
    return instrumento


def _es_xml(ruta: Path) -> bool:
    with ruta.open("rb") as archivo:
        inicio = archivo.read(200)
    return inicio.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def importar_descripciones(
    ruta: Path, opciones: Opciones, nombre: str = "", progreso: Progreso = sin_progreso
) -> ResultadoDeDescripciones:
    """Importa el instrumento y devuelve qué fue de él. Repetirlo no duplica: lo reconoce por su fuente y sus identificadores.

    Raises:
        ArchivoInutilizable, SinFacultad: con la frase que dice qué hacer; no se escribe nada.
    """
    inicio = time.monotonic()
    opciones.revisar()
    instrumento = leer(ruta, nombre or ruta.name)
    instrumento.fuente = (opciones.fuente.strip() or instrumento.fuente)[:200]
    resultado = _previo(instrumento)
    entra = bool(instrumento.raices) and (opciones.parcial or not resultado.rechazadas)
    progreso(0, len(instrumento.unidades), "Leído; escribiendo")
    if entra:
        _exigir_lo_necesario(instrumento, opciones)
        puestas = _escribir(instrumento, opciones, resultado)
        _archivos(puestas, ruta.parent, opciones, resultado, progreso)
    resultado.segundos = round(time.monotonic() - inicio, 2)
    return resultado


def _previo(instrumento: Instrumento) -> ResultadoDeDescripciones:
    resultado = ResultadoDeDescripciones(
        filas=instrumento.leidas,
        formato=instrumento.formato,
        fuente=instrumento.fuente,
        titulo=instrumento.cabecera.get("titulo", ""),
    )
    for error in sorted(instrumento.errores, key=lambda e: e.fila):
        resultado.anotar(Incidencia(error.fila, error.id, error.campo, error.motivo))
    for aviso in instrumento.avisos:
        resultado.avisar(aviso)
    _describir(instrumento, resultado)
    return resultado


def _describir(instrumento: Instrumento, resultado: ResultadoDeDescripciones) -> None:
    profundidades: dict[str, int] = {}
    for unidad in recorrer(instrumento.raices):
        profundidades[unidad.id] = profundidades.get(unidad.madre, -1) + 1
        resultado.por_nivel[unidad.nivel] = resultado.por_nivel.get(unidad.nivel, 0) + 1
        if len(resultado.muestra) < UNIDADES_EN_LA_MUESTRA:
            resultado.muestra.append(
                {
                    "nivel": EN_ESPANOL[unidad.nivel],
                    "codigo": unidad.codigo,
                    "titulo": unidad.titulo,
                    "profundidad": profundidades[unidad.id],
                    "dentro": len(unidad.hijas),
                }
            )


def _exigir_lo_necesario(instrumento: Instrumento, opciones: Opciones) -> None:
    if not instrumento.fuente:
        raise ArchivoInutilizable("No se sabe de qué instrumento se trata: dele un nombre con la opción «fuente».")
    trae_expedientes = any(u.nivel == EXPEDIENTE for u in recorrer(instrumento.raices))
    if trae_expedientes and opciones.actor is None:
        raise SinFacultad("El instrumento trae expedientes y cada uno lleva responsable: diga con --como quién los recibe.")


def _escribir(instrumento: Instrumento, opciones: Opciones, resultado: ResultadoDeDescripciones) -> list[Puesta]:
    puestas: list[Puesta] = []
    with _deshecho_si_es_ensayo():
        destino = Destino(instrumento, opciones, _area(instrumento, opciones))
        recibido = destino.escribir()
        puestas = destino.puestas
        _contar(resultado, puestas, recibido)
        if not opciones.ensayo:
            _dejar_constancia(recibido, resultado, opciones)
        else:
            raise _Ensayo
    if resultado.creadas >= UNIDADES_QUE_CAMBIAN_LA_BASE and not opciones.ensayo:
        actualizar_estadisticas()
    return puestas


@contextmanager
def _deshecho_si_es_ensayo() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except _Ensayo:
        return


def _area(instrumento: Instrumento, opciones: Opciones) -> Area:
    """La que se dijo, la única de quien importa, o una por verificar con el nombre de quien lo produjo."""
    if opciones.area is not None:
        return opciones.area
    unica = Facultades(opciones.actor).area_unica
    if unica is not None:
        return Area.objects.get(pk=unica)
    cabecera = instrumento.cabecera
    area = Autoridades().area(cabecera.get("editor") or cabecera.get("titulo") or instrumento.fuente)
    if area is None:
        raise ArchivoInutilizable("No se sabe qué área recibe el fondo: dígalo con la opción «área».")
    return area


def _contar(resultado: ResultadoDeDescripciones, puestas: list[Puesta], recibido: InstrumentoRecibido) -> None:
    cuentas = contar(puestas)
    resultado.creadas, resultado.actualizadas = cuentas["creada"], cuentas["actualizada"]
    resultado.sin_cambio = cuentas["sin_cambio"]
    resultado.ya_no_vienen = recibido.unidades.count() - len(puestas)
    resultado.cuadro = recibido.cuadro_id
    if resultado.ya_no_vienen:
        motivo = f"{resultado.ya_no_vienen:,} unidades que habían llegado antes ya no vienen. Se conservan como estaban."
        resultado.avisar(Problema(0, "", "", motivo))


def _dejar_constancia(recibido: InstrumentoRecibido, resultado: ResultadoDeDescripciones, opciones: Opciones) -> None:
    datos = {"fuente": recibido.fuente, "formato": recibido.formato, "unidades": resultado.filas}
    cuentas = {c: getattr(resultado, c) for c in ("creadas", "actualizadas", "sin_cambio", "rechazadas", "ya_no_vienen")}
    registrar(
        SucesoNuevo(
            clase="descripciones.importadas", objeto=f"cuadro:{recibido.cuadro_id}", actor=opciones.actor, detalle=datos | cuentas
        )
    )


def _archivos(
    puestas: list[Puesta], carpeta: Path, opciones: Opciones, resultado: ResultadoDeDescripciones, progreso: Progreso
) -> None:
    """Los archivos que el instrumento nombra: se cuelgan los que están junto a él; los que no, se dicen."""
    con_archivos = [p for p in puestas if p.unidad.objetos]
    for n, puesta in enumerate(con_archivos, 1):
        if progreso(n, len(con_archivos), "Colgando archivos"):
            return
        razones = faltantes(puesta, carpeta) if opciones.ensayo else colgar(puesta, carpeta, opciones)
        for razon in razones:
            resultado.anotar(Incidencia(puesta.unidad.linea, puesta.unidad.id, "archivos", razon, rechaza=False))
