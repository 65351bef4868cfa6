"""El recorrido de una importación: recibir el archivo, acomodar sus columnas, ensayarla, aplicarla."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import OperationalError, transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import SerieDeNumeracion, tipo_de
from archivo.identidad.puerta import Usuario
from archivo.ingesta import buzon
from archivo.ingesta.importacion.columnas import es_destino, huella_de_encabezado, sugerir
from archivo.ingesta.importacion.deshacer import deshacer
from archivo.ingesta.importacion.dialecto import Lectura
from archivo.ingesta.importacion.errores import EscritorDeErrores, sin_las_nuestras
from archivo.ingesta.importacion.filas import ArchivoInutilizable
from archivo.ingesta.importacion.mapeo import Mapeo
from archivo.ingesta.importacion.opciones import Incidencia, OpcionesDeImportacion, Resultado
from archivo.ingesta.importacion.origen import Origen
from archivo.ingesta.importacion.permisos import Facultades
from archivo.ingesta.importacion.registro import Registro, sin_errores
from archivo.ingesta.importacion.servicio import Corrida, Progreso
from archivo.ingesta.importacion.tablas import detectar, es_tabla
from archivo.ingesta.models import Importacion, MapeoRecordado
from archivo.ingesta.veredictos import Rechazo
from archivo.objetos.puerta import SinEspacio, dar_nombre, escribir_parcial
from archivo.tareas.puerta import anotar_fallas

Estado = Importacion.Estado


def recibir_tabla(archivo: BinaryIO, nombre: str, actor: Usuario | None, tipo: str = "") -> Importacion:
    """Guarda el archivo como llegó, detecta cómo se lee y propone a dónde va cada columna.

    Raises:
        ArchivoInutilizable: no es una tabla que se pueda leer, o no cabe; no queda nada guardado.
    """
    importacion = Importacion(nombre=buzon.nombre_legible(nombre), actor=actor, tipo=tipo)
    importacion.acceso = _acceso_inicial(tipo, actor)
    importacion.ruta = f"importaciones/{uuid.uuid4().hex}"
    try:
        con_tope: Any = buzon.ConTope(archivo, settings.ACERVO_ARCHIVO_MAXIMO)
        escrito = escribir_parcial(con_tope, importacion.carpeta)
    except (Rechazo, SinEspacio) as motivo:
        raise ArchivoInutilizable(str(motivo)) from motivo
    dar_nombre(escrito.ruta, importacion.archivo)
    importacion.sha256, importacion.bytes = escrito.sha256, escrito.bytes
    try:
        releer(importacion, Lectura())
    except ArchivoInutilizable:
        importacion.archivo.unlink(missing_ok=True)
        raise
    importacion.save()
    return importacion


def _acceso_inicial(tipo: str, actor: Usuario | None) -> str:
    """El del tipo, si quien importa lo puede fijar; si no, interno."""
    inicial = tipo_de(tipo).acceso_inicial if tipo else "interno"
    return inicial if inicial in Facultades(actor).niveles() else "interno"


def releer(importacion: Importacion, lectura: Lectura) -> Importacion:
    """Vuelve a leer el encabezado con esa hoja, codificación o separador, y propone las columnas. No guarda.

    Raises:
        ArchivoInutilizable: así no se puede leer.
    """
    origen = _origen(importacion, lectura, None)
    importacion.encabezado = list(origen.encabezado())
    if es_tabla(importacion.nombre):
        lectura = detectar(importacion.archivo, importacion.nombre, lectura)
    elif next(origen.filas(), None) is None:
        raise ArchivoInutilizable(f"«{importacion.nombre}» no tiene filas.")
    importacion.lectura = lectura.como_dict()
    importacion.mapeo, importacion.constantes = proponer_mapeo(importacion)
    importacion.estado, importacion.ensayo = Estado.PREPARANDO, {}
    return importacion


def proponer_mapeo(importacion: Importacion) -> tuple[list[str], dict[str, str]]:
    """Las columnas de la última vez que llegó ese encabezado para ese tipo, o lo que sugieren sus nombres; y las constantes.

    Las columnas se comparten entre la oficina; las constantes sólo se le proponen a quien las escribió.
    """
    propias = sin_las_nuestras(importacion.encabezado)
    nuestras = [""] * (len(importacion.encabezado) - len(propias))
    tipo = importacion.tipo
    iguales = MapeoRecordado.objects.filter(huella=huella_de_encabezado(propias), tipo=tipo).order_by("-usado", "-pk")
    ultimo, mio = iguales.first(), iguales.filter(actor=importacion.actor).first()
    constantes = dict(mio.constantes) if mio else _serie_sugerida(tipo)
    if ultimo and len(ultimo.mapeo) == len(propias):
        return [*nuestras, *ultimo.mapeo], constantes
    return [*nuestras, *sugerir(propias, tipo)], constantes


def _serie_sugerida(tipo: str) -> dict[str, str]:
    """La serie de numeración que lleva el nombre del tipo, para las filas que no dicen la suya."""
    serie = SerieDeNumeracion.objects.filter(clave=tipo).first() if tipo and tipo_de(tipo).se_numera else None
    return {"extra.serie": serie.nombre} if serie else {}


def recordar_mapeo(importacion: Importacion) -> None:
    """La próxima vez que llegue ese encabezado, se propondrán las mismas columnas; y a esa persona, sus constantes."""
    propias = sin_las_nuestras(importacion.encabezado)
    if propias:
        MapeoRecordado.objects.update_or_create(
            huella=huella_de_encabezado(propias),
            tipo=importacion.tipo,
            actor=importacion.actor,
            defaults={
                "mapeo": importacion.mapeo[len(importacion.encabezado) - len(propias) :],
                "constantes": importacion.constantes,
            },
        )


def acomodar(importacion: Importacion, actor: Usuario | None) -> Importacion:
    """Guarda las columnas, constantes y opciones que la persona dejó en `importacion`; el ensayo anterior ya no vale.

    Raises:
        ValueError: una opción que no existe o que esa persona no puede pedir.
    """
    OpcionesDeImportacion.de(tipo=importacion.tipo, acceso=importacion.acceso, publicar=importacion.publicar, actor=actor)
    destinos = [c for c in (*importacion.mapeo, *importacion.constantes) if c]
    ajenos = [c for c in destinos if not es_destino(c)]
    if ajenos:
        raise ValueError(f"No existe el campo «{ajenos[0]}». Elija uno de la lista.")
    repetidos = {c for c in importacion.mapeo if c and c != "fecha.mes" and importacion.mapeo.count(c) > 1}
    if repetidos:
        raise ValueError("Dos columnas van al mismo campo. Deje sólo una y mande la otra a «No importar».")
    importacion.estado, importacion.ensayo, importacion.motivo = Estado.PREPARANDO, {}, ""
    importacion.save()
    recordar_mapeo(importacion)
    return importacion


def _origen(importacion: Importacion, lectura: Lectura | None = None, mapeo: Mapeo | None = None) -> Origen:
    return Origen(
        ruta=importacion.archivo,
        nombre=importacion.nombre,
        junto_a=importacion.carpeta / "archivos",
        lectura=lectura or Lectura.de(importacion.lectura),
        mapeo=mapeo,
        tipo=importacion.tipo,
    )


def origen_de(importacion: Importacion) -> Origen:
    """De dónde salen sus filas, con las columnas ya acomodadas."""
    mapeo = Mapeo(tuple(importacion.mapeo), importacion.constantes, Lectura.de(importacion.lectura).fechas, importacion.tipo)
    return _origen(importacion, mapeo=mapeo if importacion.encabezado else None)


def opciones_de(importacion: Importacion, *, ensayo: bool = False) -> OpcionesDeImportacion:
    """Lo que se pidió, con lo que su autora puede hoy: si le quitaron el rol, ya no importa."""
    return OpcionesDeImportacion.de(
        tipo=importacion.tipo, acceso=importacion.acceso, publicar=importacion.publicar, actor=importacion.actor, ensayo=ensayo
    )


def ensayar(pk: int, progreso: Progreso | None = None) -> dict[str, Any]:
    """Qué pasaría con cada fila, sin dejar nada escrito. Se puede repetir."""
    importacion = Importacion.objects.select_related("actor").get(pk=pk)
    try:
        corrida, problemas = _correr(importacion, ensayo=True, progreso=progreso)
    except OperationalError:
        raise
    except Exception as error:
        Importacion.objects.filter(pk=pk).update(estado=Estado.PREPARANDO, motivo=str(error))
        raise
    if corrida.cancelada:
        Importacion.objects.filter(pk=pk).update(estado=Estado.PREPARANDO, motivo="Se canceló el ensayo.")
        return {}
    ensayo = sin_errores(corrida.resultado) | {"problemas": problemas}
    importacion.ensayo = ensayo | {"errores": corrida.resultado.errores[:50]}
    importacion.estado, importacion.motivo = Estado.ENSAYADA, ""
    importacion.save(update_fields=["ensayo", "estado", "motivo", "movida"])
    return ensayo


def _correr(importacion: Importacion, *, ensayo: bool, progreso: Progreso | None) -> tuple[Corrida, int]:
    """La corrida hecha, y cuántas filas entraron sin algo de lo que pedían."""
    corrida = Corrida(origen_de(importacion), opciones_de(importacion, ensayo=ensayo), Registro(None if ensayo else importacion))
    with EscritorDeErrores(importacion.errores_csv(ensayo=ensayo), importacion.encabezado) as escritor:
        vigia = Vigia(escritor, progreso, cuenta_fallas=not ensayo)
        corrida.anotar_error = vigia.anotar
        corrida.correr(vigia.avanzar)
    return corrida, len(vigia.incompletas)


@dataclass
class Vigia:
    """Lo que se cuenta mientras corre: cada incidencia al CSV y, si se importa de verdad, al trabajo que alguien mira."""

    escritor: EscritorDeErrores
    progreso: Progreso | None
    cuenta_fallas: bool
    incompletas: set[int] = field(default_factory=set)
    _fallas: list[tuple[str, str]] = field(default_factory=list)

    def anotar(self, incidencia: Incidencia) -> None:
        """Una incidencia."""
        self.escritor.escribir(incidencia)
        if not incidencia.rechaza:
            self.incompletas.add(incidencia.fila)
        if self.cuenta_fallas:
            self._fallas.append((f"fila {incidencia.fila}", f"{incidencia.campo}: {incidencia.motivo}".removeprefix(": ")))

    def avanzar(self, resultado: Resultado) -> bool:
        """Al terminar cada lote."""
        if self._fallas:
            anotar_fallas(dict(self._fallas).items())
            self._fallas.clear()
        return bool(self.progreso and self.progreso(resultado))


def aplicar(pk: int, progreso: Progreso | None = None) -> dict[str, Any]:
    """Importa las filas por lotes. Se puede repetir y matar en cualquier punto: lo que ya entró no entra otra vez."""
    importacion = Importacion.objects.select_related("actor").get(pk=pk)
    if importacion.estado not in {Estado.IMPORTANDO, Estado.INTERRUMPIDA, Estado.EN_PARTE}:
        return importacion.recuento
    try:
        if importacion.todo_o_nada and not _ensayo_limpio(importacion, progreso):
            return _sin_efecto(importacion, "Hay filas que no entran y se pidió todo o nada: no se importó ninguna. Corríjalas.")
        corrida, problemas = _correr(importacion, ensayo=False, progreso=progreso)
    except OperationalError:
        raise
    except Exception as error:
        Importacion.objects.filter(pk=pk).update(estado=Estado.INTERRUMPIDA, motivo=str(error))
        raise
    return cerrar(importacion, corrida.resultado, problemas=problemas, cancelada=corrida.cancelada)


def _ensayo_limpio(importacion: Importacion, progreso: Progreso | None) -> bool:
    if Registro(importacion).retoma:
        return True
    if not importacion.ensayo:
        corrida, problemas = _correr(importacion, ensayo=True, progreso=None)
        importacion.ensayo = sin_errores(corrida.resultado) | {"problemas": problemas}
        importacion.save(update_fields=["ensayo"])
    return not importacion.ensayo.get("rechazadas")


def _sin_efecto(importacion: Importacion, motivo: str) -> dict[str, Any]:
    importacion.estado, importacion.motivo = Estado.SIN_EFECTO, motivo
    importacion.recuento = importacion.ensayo | {"creadas": 0, "actualizadas": 0}
    importacion.save(update_fields=["estado", "motivo", "recuento", "movida"])
    return importacion.recuento


@transaction.atomic
def _anotar_fin(importacion: Importacion, recuento: dict[str, Any], estado: str) -> None:
    importacion.recuento, importacion.estado = recuento, estado
    importacion.motivo = "Se canceló; lo que ya había entrado está en el archivo." if estado == Estado.INTERRUMPIDA else ""
    importacion.save(update_fields=["recuento", "estado", "motivo", "movida"])
    detalle = {"archivo": importacion.nombre, "sha256": importacion.sha256, "estado": estado, **recuento}
    registrar(
        SucesoNuevo(
            clase="importacion.aplicada", objeto=f"importacion:{importacion.pk}", actor=importacion.actor, detalle=detalle
        )
    )


def cerrar(importacion: Importacion, resultado: Resultado, *, problemas: int = 0, cancelada: bool = False) -> dict[str, Any]:
    """Deja dicho en qué terminó. Con todo o nada, una fila rechazada a última hora deshace las demás."""
    recuento = sin_errores(resultado) | {"problemas": problemas}
    estado = Estado.EN_PARTE if resultado.rechazadas or problemas else Estado.TERMINADA
    _anotar_fin(importacion, recuento, Estado.INTERRUMPIDA if cancelada else estado)
    if importacion.todo_o_nada and resultado.rechazadas and not cancelada:
        deshacer(importacion.pk, importacion.actor, "Se pidió todo o nada y hubo filas rechazadas")
        importacion.refresh_from_db()
        importacion.ensayo = recuento
        return _sin_efecto(
            importacion, "Al importar aparecieron filas que no entran y se pidió todo o nada: se deshizo lo que había entrado."
        )
    return recuento


def abrir_orden(ruta: Path, opciones: OpcionesDeImportacion, *, todo_o_nada: bool = False) -> Importacion:
    """La importación de una orden: el archivo se queda donde está; aquí queda cómo se llamaba y qué hizo."""
    return Importacion.objects.create(
        nombre=ruta.name[:255],
        tipo=opciones.tipo.codigo if opciones.tipo else "",
        acceso=opciones.acceso,
        publicar=opciones.publicar,
        todo_o_nada=todo_o_nada,
        estado=Estado.IMPORTANDO,
        actor=opciones.actor,
    )
