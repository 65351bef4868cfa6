"""Guardar el cuadro y los expedientes de un fondo que llegó descrito de otro archivo.

Un instrumento recibido no se modifica (LGA 18): sus clases entran como vinieron y sus expedientes no se numeran con las reglas
de aquí. Lo que trae de nuevo otra entrega del mismo archivo sí se pone al día.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

from django.db.models import Max
from django.utils import timezone

from archivo.archivistica.claves import SEPARADOR, orden_de
from archivo.archivistica.expedientes.reglas import regla_para
from archivo.archivistica.models import CuadroClasificacion, Expediente, Integracion, Legajo, NivelClasificacion
from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Usuario

LOTE = 500
_LARGO_DE_CLAVE, _LARGO_DE_CODIGO = 40, 300
_LARGO_DE_CODIGO_DE_EXPEDIENTE = 250
_DE_CLASE = ["padre", "nivel", "clave", "codigo", "orden", "nombre", "alcance", "descripcion"]
_DE_EXPEDIENTE = [
    "serie",
    "titulo",
    "asunto",
    "fecha_apertura",
    "fecha_cierre",
    "soporte",
    "acceso",
    "nota_archivero",
    "descripcion",
]


def recibir_cuadro(nombre: str, procedencia: str) -> CuadroClasificacion:
    """El cuadro de un fondo recibido. Nunca rige aquí."""
    return CuadroClasificacion.objects.create(
        clase=CuadroClasificacion.Clase.RECIBIDO, estado="recibido", nombre=nombre[:200], procedencia=procedencia[:300]
    )


def clave_libre(deseada: str, usadas: set[str]) -> str:
    """La clave que trae una clase, recortada y distinta de las de sus hermanas; sin clave, «SN»."""
    base = " ".join(deseada.replace(SEPARADOR, "-").split())[:_LARGO_DE_CLAVE] or "SN"
    clave = base
    for n in count(2):
        if clave not in usadas:
            break
        clave = f"{base[: _LARGO_DE_CLAVE - 6]}~{n}"
    usadas.add(clave)
    return clave


def colocar(nivel: NivelClasificacion, lugar: Sequence[int]) -> None:
    """Código y orden de una clase recibida, cuya `padre` ya los tiene. `lugar`: su posición entre hermanas, desde la raíz."""
    codigo = f"{nivel.padre.codigo}{SEPARADOR}{nivel.clave}" if nivel.padre else nivel.clave
    recortado = f"{codigo[: _LARGO_DE_CODIGO - 30]}~{'.'.join(map(str, lugar))}"[-_LARGO_DE_CODIGO:]
    nivel.codigo = codigo if len(codigo) <= _LARGO_DE_CODIGO else recortado
    nivel.orden = orden_de([f"{n:d}" for n in lugar])


def guardar_clases(nuevas: Sequence[NivelClasificacion], cambiadas: Sequence[NivelClasificacion]) -> None:
    """Guarda las clases de una misma profundidad, cuyas madres ya están guardadas."""
    NivelClasificacion.objects.bulk_create(nuevas, batch_size=LOTE)
    for clase in cambiadas:
        clase.save(update_fields=_DE_CLASE)


def guardar_expedientes(nuevos: Sequence[Expediente], cambiados: Sequence[Expediente], actor: Usuario) -> None:
    """Da de alta expedientes recibidos, con su legajo, y pone al día los que cambiaron.

    Conservan su código de origen si nadie lo usa aquí; si ya lo usan, con un número detrás.

    Raises:
        ExpedienteRechazado: ninguna regla de expedientes rige.
    """
    _numerar(nuevos)
    for expediente in nuevos:
        expediente.responsable = actor
        expediente.regla = regla_para(timezone.localdate())
    Expediente.objects.bulk_create(nuevos, batch_size=LOTE)
    Legajo.objects.bulk_create([Legajo(expediente=e, n=1) for e in nuevos], batch_size=LOTE)
    for expediente in cambiados:
        expediente.version += 1
        expediente.save(update_fields=[*_DE_EXPEDIENTE, "version", "modificado"])


def _numerar(nuevos: Sequence[Expediente]) -> None:
    deseados = {_codigo(e) for e in nuevos}
    usados = set(Expediente.objects.filter(codigo__in=deseados).values_list("codigo", flat=True))
    series = {e.serie_id for e in nuevos}
    ultimos: Counter[int] = Counter()
    for serie, ultimo in Expediente.objects.filter(serie__in=series).values_list("serie").annotate(m=Max("consecutivo")):
        ultimos[serie] = ultimo
    for expediente in nuevos:
        ultimos[expediente.serie_id] += 1
        expediente.consecutivo = ultimos[expediente.serie_id]
        expediente.anio = expediente.fecha_apertura.year
        expediente.codigo = _sin_repetir(_codigo(expediente), usados)


def _codigo(expediente: Expediente) -> str:
    return (expediente.codigo or f"{expediente.serie.codigo}{SEPARADOR}SN")[:_LARGO_DE_CODIGO_DE_EXPEDIENTE]


def _sin_repetir(codigo: str, usados: set[str]) -> str:
    libre = codigo
    for n in count(2):
        if libre not in usados and (libre == codigo or not Expediente.objects.filter(codigo=libre).exists()):
            break
        libre = f"{codigo[: _LARGO_DE_CODIGO_DE_EXPEDIENTE - 8]}~{n}"
    usados.add(libre)
    return libre


def integrar_recibidos(parejas: Iterable[tuple[Expediente, Item, str]], actor: Usuario) -> None:
    """Pone cada elemento en su expediente, en el orden dado, con su tipo documental. Sin fojas: nadie las ha contado aquí."""
    lista = list(parejas)
    libres = {i.pk for _, i, _ in lista} - set(
        Integracion.objects.vigentes().filter(item__in=[i.pk for _, i, _ in lista]).values_list("item_id", flat=True)
    )
    ordenes: Counter[int] = Counter()
    expedientes = {e.pk: e for e, _, _ in lista}
    for pk, ultimo in Integracion.objects.filter(expediente__in=expedientes).values_list("expediente").annotate(m=Max("orden")):
        ordenes[pk] = ultimo
    nuevas = []
    for expediente, item, tipo in lista:
        if item.pk in libres:
            ordenes[expediente.pk] += 1
            nuevas.append(
                Integracion(
                    expediente=expediente,
                    item=item,
                    orden=ordenes[expediente.pk],
                    tipo_documental=tipo[:120],
                    integrado_por=actor,
                )
            )
    Integracion.objects.bulk_create(nuevas, batch_size=LOTE)
    for pk, total in Counter(i.expediente_id for i in nuevas).items():
        expediente = expedientes[pk]
        expediente.total_documentos += total
        expediente.save(update_fields=["total_documentos"])
