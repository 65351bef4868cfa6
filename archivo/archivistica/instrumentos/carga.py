"""Cargar un cuadro con su catálogo desde filas: se revisa todo y, si algo falla, no se carga nada."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from archivo.archivistica.arbol import faltas_de_clave, faltas_de_lugar, faltas_de_nombre
from archivo.archivistica.claves import SEPARADOR, codigo_de, orden_de
from archivo.archivistica.instrumentos.columnas import BANDERA, LOGICAS, PLAZOS, POR_ENCABEZADO, llano
from archivo.archivistica.instrumentos.columnas import COLUMNAS as TODAS
from archivo.archivistica.instrumentos.hojas import leer_tabla
from archivo.archivistica.models import NIVELES_DE_CLASE, CuadroClasificacion, FichaValoracion, NivelClasificacion
from archivo.archivistica.models.cuadro import CON_FICHA
from archivo.archivistica.servicios.clases import anotar, borrador_de
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.archivistica.servicios.fichas import faltas_de_plazos
from archivo.archivistica.servicios.versiones import abrir_cuadro
from archivo.identidad.puerta import Area, Usuario

_AFIRMA, _NIEGA = {"si", "s", "x", "1", "verdadero", "true"}, {"no", "n", "0", "falso", "false", ""}
_DE_CLASE = ("nivel", "nombre", "alcance", "tipo_funcion", "activa")


@dataclass
class Fila:
    """Una fila leída: su número en el archivo, sus datos por clave de columna y lo que tiene mal."""

    numero: int
    datos: dict[str, Any]
    faltas: list[str] = field(default_factory=list)

    @property
    def claves(self) -> list[str]:
        """Las claves del camino."""
        return [c.strip() for c in str(self.datos.get("codigo", "")).split(SEPARADOR)]

    @property
    def codigo(self) -> str:
        """El código, limpio."""
        return codigo_de(self.claves)


class CargaRechazada(InstrumentoRechazado):
    """No se cargó nada; `errores` es una lista de `(fila, motivo)`."""

    def __init__(self, errores: list[tuple[int, str]]) -> None:
        super().__init__(*(f"Fila {numero}: {motivo}" if numero else motivo for numero, motivo in errores))
        self.errores = errores


def leer(datos: bytes, nombre: str) -> list[Fila]:
    """Las filas de un CSV o XLSX cuyo primer renglón con «Código» es el encabezado; lo anterior se ignora."""
    columnas: list[str] | None = None
    filas: list[Fila] = []
    for numero, celdas in leer_tabla(datos, nombre):
        if columnas is None:
            reconocidas = [POR_ENCABEZADO.get(llano(celda), "") for celda in celdas]
            columnas = reconocidas if "codigo" in reconocidas else None
            continue
        filas.append(Fila(numero, {c: valor for c, valor in zip(columnas, celdas, strict=False) if c}))
    if columnas is None:
        raise InstrumentoRechazado("No se halló el encabezado: hace falta una fila con las columnas Código, Nivel y Nombre.")
    if faltan := [c.titulo for c in TODAS if c.pide and c.clave not in columnas]:
        raise InstrumentoRechazado(f"Al archivo le faltan las columnas: {', '.join(faltan)}.")
    if not filas:
        raise InstrumentoRechazado("El archivo no tiene ninguna clase debajo del encabezado.")
    return filas


def revisar(filas: Sequence[Fila], patron: str) -> None:
    """Anota en cada fila lo que tiene mal: árbol, claves, valores y plazos. Convierte los textos a sus valores."""
    por_codigo: dict[str, Fila] = {}
    areas = {area.clave: area for area in Area.objects.all()}
    for fila in filas:
        _convertir(fila, areas)
        if fila.codigo in por_codigo:
            fila.faltas.append(f"El código {fila.codigo} ya está en la fila {por_codigo[fila.codigo].numero}.")
        por_codigo.setdefault(fila.codigo, fila)
    for fila in filas:
        _revisar_lugar(fila, por_codigo, patron)


def _revisar_lugar(fila: Fila, por_codigo: dict[str, Fila], patron: str) -> None:
    fila.faltas += faltas_de_clave(fila.claves[-1], patron)
    madre = por_codigo.get(codigo_de(fila.claves[:-1])) if len(fila.claves) > 1 else None
    if len(fila.claves) > 1 and madre is None:
        fila.faltas.append(f"No hay una fila para {codigo_de(fila.claves[:-1])}, de la que depende {fila.codigo}. Agréguela.")
        return
    if fila.datos["nivel"] in NIVELES_DE_CLASE and (madre is None or madre.datos["nivel"] in NIVELES_DE_CLASE):
        fila.faltas += faltas_de_lugar(fila.datos["nivel"], madre.datos["nivel"] if madre else None, len(fila.claves))


def _convertir(fila: Fila, areas: dict[str, Area]) -> None:
    datos = fila.datos
    datos["nivel"] = llano(str(datos.get("nivel", "")))
    if datos["nivel"] not in NIVELES_DE_CLASE:
        fila.faltas.append(f"El nivel «{datos['nivel']}» no existe. Escriba uno de: {', '.join(NIVELES_DE_CLASE)}.")
    fila.faltas += faltas_de_nombre(str(datos.get("nombre", "")))
    datos["tipo_funcion"] = _opcion(fila, "tipo_funcion", NivelClasificacion.TipoDeFuncion.values)
    datos["destino_final"] = _opcion(fila, "destino_final", FichaValoracion.Destino.values)
    for campo in LOGICAS:
        datos[campo] = _logico(fila, campo)
    for campo in PLAZOS:
        datos[campo] = _plazo(fila, campo)
    datos["areas"] = _areas(fila, areas)
    if datos["nivel"] in CON_FICHA and not fila.faltas:
        fila.faltas += faltas_de_plazos(_ficha_de(datos))


def _opcion(fila: Fila, campo: str, opciones: Iterable[str]) -> str:
    valor = llano(str(fila.datos.get(campo, "")))
    if valor and valor not in opciones:
        fila.faltas.append(
            f"«{fila.datos[campo]}» no es un valor de la columna «{campo}». Escriba uno de: {', '.join(opciones)}."
        )
        return ""
    return valor


def _logico(fila: Fila, campo: str) -> bool:
    valor = llano(str(fila.datos.get(campo, "")))
    if valor not in _AFIRMA | _NIEGA:
        fila.faltas.append(f"En «{campo}» dice «{fila.datos[campo]}». Escriba sí o no.")
    return valor in _AFIRMA or (campo == "activa" and not valor)


def _plazo(fila: Fila, campo: str) -> Decimal | None:
    texto = str(fila.datos.get(campo, "")).strip().replace(",", ".")
    if not texto:
        return Decimal(0) if campo == "termino_precautorio" else None
    try:
        return Decimal(texto)
    except InvalidOperation:
        fila.faltas.append(f"En «{campo}» dice «{texto}», que no es un número de años.")
        return None


def _areas(fila: Fila, areas: dict[str, Area]) -> list[Area]:
    claves = [c.strip() for c in str(fila.datos.get("areas", "")).split(";") if c.strip()]
    if faltan := [c for c in claves if c not in areas]:
        fila.faltas.append(
            f"No hay un área con la clave {', '.join(faltan)}. Dela de alta en Catálogos › Áreas o corrija la clave."
        )
    return [areas[c] for c in claves if c in areas]


def _ficha_de(datos: dict[str, Any]) -> FichaValoracion:
    fuera = {"id", "nivel"}
    return FichaValoracion(
        **{c.name: datos[c.name] for c in FichaValoracion._meta.fields if c.name in datos and c.name not in fuera}
    )


@transaction.atomic
def importar_cuadro(filas: list[Fila], nombre: str, actor: Usuario | None) -> CuadroClasificacion:
    """Abre una versión en borrador con esas filas. Lanza `CargaRechazada` con todos los errores, y entonces no queda nada."""
    cuadro = abrir_cuadro(nombre, actor, es_muestra=any(BANDERA in str(f.datos.get("aviso", "")) for f in filas))
    cargar(cuadro, filas)
    anotar(cuadro, "cuadro.importado", actor, clases=len(filas))
    return cuadro


@transaction.atomic
def cargar(cuadro: CuadroClasificacion, filas: Sequence[Fila]) -> None:
    """Escribe las clases y fichas en un borrador vacío, o lanza `CargaRechazada` sin escribir ninguna."""
    borrador_de(cuadro.pk)
    revisar(filas, cuadro.patron_de_clave)
    if errores := [(fila.numero, motivo) for fila in filas for motivo in fila.faltas]:
        raise CargaRechazada(errores)
    niveles: dict[str, NivelClasificacion] = {}
    for fila in sorted(filas, key=lambda f: len(f.claves)):
        niveles[fila.codigo] = _crear(cuadro, fila, niveles.get(codigo_de(fila.claves[:-1])))


def _crear(cuadro: CuadroClasificacion, fila: Fila, madre: NivelClasificacion | None) -> NivelClasificacion:
    datos = {c: fila.datos[c] for c in _DE_CLASE if c in fila.datos}
    claves = fila.claves
    nivel = NivelClasificacion.objects.create(
        cuadro=cuadro, padre=madre, clave=claves[-1], codigo=codigo_de(claves), orden=orden_de(claves), **datos
    )
    if nivel.lleva_ficha:
        ficha = _ficha_de(fila.datos)
        ficha.nivel = nivel
        ficha.save()
        ficha.areas.set(fila.datos["areas"])
    return nivel
