"""Las clases de un cuadro en borrador: crearlas, corregirlas, ordenarlas y quitarlas, siempre con el árbol en regla."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from archivo.archivistica.arbol import DatosDeClase, faltas_de_clave, faltas_de_lugar, faltas_de_nombre
from archivo.archivistica.claves import codigo_de, orden_de
from archivo.archivistica.models import CuadroClasificacion, FichaValoracion, NivelClasificacion
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import Usuario


def objeto_de(cuadro: CuadroClasificacion) -> str:
    """Cómo se nombra un cuadro en la bitácora."""
    return f"cuadro:{cuadro.pk}"


def anotar(cuadro: CuadroClasificacion, clase: str, actor: Usuario | None, motivo: str = "", **detalle: Any) -> None:
    """Escribe un suceso de ese cuadro en la transacción en curso."""
    registrar(SucesoNuevo(clase=clase, objeto=objeto_de(cuadro), actor=actor, motivo=motivo, detalle=detalle))


def borrador_de(cuadro_id: int) -> CuadroClasificacion:
    """El cuadro, tomado para cambiarlo hasta que termine la transacción. Lanza `InstrumentoRechazado` si no está en borrador."""
    cuadro = CuadroClasificacion.objects.select_for_update().get(pk=cuadro_id)
    if cuadro.clase == CuadroClasificacion.Clase.RECIBIDO:
        raise InstrumentoRechazado("Este cuadro llegó con un fondo de otra institución y se conserva como vino (LGA, art. 18).")
    if not cuadro.se_edita:
        raise InstrumentoRechazado(
            f"La versión {cuadro.version} está «{cuadro.situacion.nombre.lower()}» y sólo se lee. "
            "Devuélvala a borrador, o haga los cambios en una versión nueva."
        )
    return cuadro


def camino_de(nivel: NivelClasificacion | None) -> list[NivelClasificacion]:
    """De la clase más amplia a ésta, incluida."""
    camino: list[NivelClasificacion] = []
    while nivel is not None:
        camino.append(nivel)
        nivel = nivel.padre
    return camino[::-1]


def descendientes_de(nivel: NivelClasificacion) -> list[NivelClasificacion]:
    """Las clases que dependen de ésta, a cualquier profundidad y en el orden del árbol, sin ella."""
    hijas: dict[int | None, list[NivelClasificacion]] = {}
    for otra in NivelClasificacion.objects.filter(cuadro_id=nivel.cuadro_id).order_by("orden", "id"):
        hijas.setdefault(otra.padre_id, []).append(otra)
    salida: list[NivelClasificacion] = []
    pendientes = list(reversed(hijas.get(nivel.pk, [])))
    while pendientes:
        salida.append(pendientes.pop())
        pendientes.extend(reversed(hijas.get(salida[-1].pk, [])))
    return salida


def alto_de(nivel: NivelClasificacion, descendientes: list[NivelClasificacion]) -> int:
    """Cuántos niveles ocupa la clase con lo que cuelga de ella: 1 si nada."""
    alto: dict[int | None, int] = {nivel.pk: 1}
    for otra in descendientes:
        alto[otra.pk] = alto[otra.padre_id] + 1
    return max(alto.values())


def fijar_camino(nivel: NivelClasificacion, camino: list[NivelClasificacion]) -> None:
    """Calcula el código y el orden de una clase de su camino, sin guardarla."""
    claves = [clase.clave for clase in camino]
    nivel.codigo, nivel.orden = codigo_de(claves), orden_de(claves)


def recalcular(nivel: NivelClasificacion) -> None:
    """Vuelve a calcular y guarda el código y el orden de la clase y de todo lo que depende de ella."""
    caminos: dict[int | None, list[NivelClasificacion]] = {nivel.pk: camino_de(nivel)}
    cambiadas = [nivel, *descendientes_de(nivel)]
    for clase in cambiadas:
        if clase.pk not in caminos:
            caminos[clase.pk] = [*caminos[clase.padre_id], clase]
        fijar_camino(clase, caminos[clase.pk])
    NivelClasificacion.objects.bulk_update(cambiadas, ["codigo", "orden"])


def comprobar(
    cuadro: CuadroClasificacion, madre: NivelClasificacion | None, datos: DatosDeClase, propia: int | None = None
) -> None:
    """Lanza `InstrumentoRechazado` con todas las razones por las que esos datos no pueden ir bajo esa madre."""
    faltas = [*faltas_de_clave(datos.clave, cuadro.patron_de_clave)]
    faltas += faltas_de_lugar(datos.nivel, madre.nivel if madre else None, len(camino_de(madre)) + 1)
    faltas += faltas_de_nombre(datos.nombre)
    hermanas = NivelClasificacion.objects.filter(cuadro=cuadro, padre=madre, clave=datos.clave).exclude(pk=propia or 0)
    if otra := hermanas.first():
        faltas.append(f"Ya hay una clase {otra.clave} («{otra.nombre}») en ese lugar. Use otra clave.")
    if faltas:
        raise InstrumentoRechazado(*faltas)


def madre_en(cuadro: CuadroClasificacion, madre: NivelClasificacion | None) -> None:
    """Lanza `InstrumentoRechazado` si la madre es de otro cuadro."""
    if madre is not None and madre.cuadro_id != cuadro.pk:
        raise InstrumentoRechazado("Esa clase es de otra versión del cuadro. Elija una de ésta.")


@transaction.atomic
def crear_clase(
    cuadro: CuadroClasificacion, madre: NivelClasificacion | None, datos: DatosDeClase, actor: Usuario | None
) -> NivelClasificacion:
    """Agrega una clase al borrador; si es serie o subserie, con su ficha vacía."""
    cuadro = borrador_de(cuadro.pk)
    madre_en(cuadro, madre)
    comprobar(cuadro, madre, datos)
    nivel = NivelClasificacion(cuadro=cuadro, padre=madre, **asdict(datos))
    fijar_camino(nivel, [*camino_de(madre), nivel])
    nivel.save()
    if nivel.lleva_ficha:
        FichaValoracion.objects.create(nivel=nivel)
    anotar(cuadro, "cuadro.clase_creada", actor, codigo=nivel.codigo, nombre=nivel.nombre)
    return nivel


@transaction.atomic
def cambiar_clase(nivel: NivelClasificacion, datos: DatosDeClase, actor: Usuario | None) -> NivelClasificacion:
    """Corrige una clase del borrador en su lugar. El nivel no cambia aquí; para llevarla a otra madre está el acto de mover."""
    cuadro = borrador_de(nivel.cuadro_id)
    nivel = NivelClasificacion.objects.select_related("padre").get(pk=nivel.pk)
    if datos.nivel != nivel.nivel:
        raise InstrumentoRechazado("El nivel de una clase no se cambia. Cree otra del nivel correcto y quite ésta.")
    comprobar(cuadro, nivel.padre, datos, nivel.pk)
    antes = {"codigo": nivel.codigo, "nombre": nivel.nombre}
    for campo, valor in asdict(datos).items():
        setattr(nivel, campo, valor)
    nivel.save()
    recalcular(nivel)
    anotar(cuadro, "cuadro.clase_cambiada", actor, antes=antes, codigo=nivel.codigo, nombre=nivel.nombre)
    return nivel


@transaction.atomic
def quitar_clase(nivel: NivelClasificacion, actor: Usuario | None) -> None:
    """Quita del borrador una clase sin hijas y sin antecedente; la que continúa a otra vigente se fusiona o se desactiva."""
    cuadro = borrador_de(nivel.cuadro_id)
    nivel = NivelClasificacion.objects.get(pk=nivel.pk)
    if nivel.hijas.exists():
        raise InstrumentoRechazado(f"De {nivel.clave} dependen otras clases. Muévalas o quítelas primero.")
    if nivel.equivalencias.exists():
        raise InstrumentoRechazado(
            f"{nivel.clave} continúa una clase de la versión anterior, que puede tener expedientes. "
            "Fusiónela con otra, o déjela inactiva."
        )
    anotar(cuadro, "cuadro.clase_quitada", actor, codigo=nivel.codigo, nombre=nivel.nombre)
    nivel.delete()


@transaction.atomic
def activar(nivel: NivelClasificacion, *, activa: bool, motivo: str, actor: Usuario | None) -> None:
    """Abre o cierra una clase a expedientes nuevos. Es lo único que cambia también en la versión vigente; lo ya clasificado sigue."""
    cuadro = CuadroClasificacion.objects.select_for_update().get(pk=nivel.cuadro_id)
    if cuadro.estado not in {"borrador", "vigente"}:
        raise InstrumentoRechazado("Sólo se abren o cierran clases del cuadro vigente o de un borrador.")
    if not motivo.strip():
        raise InstrumentoRechazado("Diga por qué se abre o se cierra la clase.")
    NivelClasificacion.objects.filter(pk=nivel.pk).update(activa=activa)
    nivel.activa = activa
    anotar(cuadro, "cuadro.clase_abierta" if activa else "cuadro.clase_cerrada", actor, motivo, codigo=nivel.codigo)
