"""Integrar documentos: su lugar, su legajo y sus fojas, que siguen a las anteriores y no se renumeran."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from archivo.archivistica.expedientes.acceso import se_abre
from archivo.archivistica.expedientes.apertura import bloquear, exigir_gestion, llevar_acceso
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.fojas import rango_escrito
from archivo.archivistica.expedientes.sucesos import anotar, con_constancia
from archivo.archivistica.models import Expediente, Integracion, Legajo
from archivo.catalogo.puerta import Adjunto, Item, combinar, puede_desclasificar, puede_ver_ficha, tipo_de
from archivo.identidad.puerta import Usuario, lector_de

_SIN_FECHA = (date.max, time.max)


@dataclass(frozen=True)
class Documento:
    """Un elemento por integrar. Sin `fojas` ni rango, se calculan: una por página si está en papel; 0, no tiene papel.

    `foja_inicial`–`foja_final`: las que ya lleva escritas; deben seguir a las últimas del expediente.
    """

    item: Item
    fojas: int | None = None
    foja_inicial: int | None = None
    foja_final: int | None = None
    caras: str = Integracion.Caras.ANVERSO
    ejemplar: str = Integracion.Ejemplar.ORIGINAL


def fojas_de(paginas: int, caras: str) -> int:
    """Cuántas fojas hacen esas páginas: una por página, o una por cada dos si están por ambas caras. Al menos una."""
    return max(-(-paginas // 2) if caras == Integracion.Caras.AMBOS else paginas, 1)


def paginas_de(items: Sequence[Item]) -> dict[int, int]:
    """Las páginas de cada elemento: las de sus originales o, sin ellos, las partes de su texto. Una consulta."""
    originales = Adjunto.objects.filter(item__in=[i.pk for i in items], rol="original").values("item_id")
    de_archivos = {r["item_id"]: r["n"] or 0 for r in originales.annotate(n=Sum("objeto__paginas"))}
    return {i.pk: de_archivos.get(i.pk) or i.partes for i in items}


def _cronologico(item: Item) -> tuple[date, time, int, int]:
    return (item.fecha or _SIN_FECHA[0], item.hora or _SIN_FECHA[1], item.numero or 0, item.pk)


@con_constancia("integrado")
@transaction.atomic
def integrar(
    expediente: Expediente, documentos: Sequence[Documento], actor: Usuario | None, viene_de: Integracion | None = None
) -> list[Integracion]:
    """Integra uno o varios elementos, en orden cronológico (o en el de sus fojas escritas), al último legajo.

    Raises:
        ExpedienteRechazado: el expediente no está abierto, un elemento ya está en otro, o sus fojas no siguen a las últimas.
    """
    fila = bloquear(expediente)
    exigir_gestion(fila, actor)
    exigir_abierto(fila)
    _exigir_libres(fila, documentos, actor)
    nuevas = _por_integrar(fila, documentos)
    for nueva in nuevas:
        nueva.integrado_por, nueva.viene_de = actor, viene_de
    Integracion.objects.bulk_create(nuevas, batch_size=500)
    contar(fila)
    ids = [i.item_id for i in nuevas]
    fojas = [[i.foja_inicial, i.foja_final] for i in nuevas]
    detalle = {"documentos": [i.item.clave for i in nuevas], "fojas": fojas, "razon": _en_palabras(nuevas, fila.regla.unidades)}
    anotar(fila, "integrado", actor, detalle=detalle)
    llevar_acceso(fila, actor, f"Se integró al expediente {fila.codigo}", ids)
    return nuevas


def _por_integrar(fila: Expediente, documentos: Sequence[Documento]) -> list[Integracion]:
    """Las filas nuevas, con su orden y las fojas que siguen a las últimas."""
    legajo = fila.legajos.latest("n")
    paginas = paginas_de([d.item for d in documentos])
    ultima = ultima_foja(fila)
    orden = fila.integraciones.aggregate(m=Max("orden"))["m"] or 0
    nuevas = []
    for n, documento in enumerate(_ordenados(documentos), orden + 1):
        rango = rango_de(fila, documento, ultima, paginas[documento.item.pk])
        ultima = rango[1] if rango else ultima
        nueva = _fila(fila, documento, (legajo, *rango) if rango else None)
        nueva.orden = n
        nuevas.append(nueva)
    return nuevas


def _en_palabras(nuevas: Sequence[Integracion], unidades: str) -> str:
    """«3 documentos, fojas 1–6», para la historia."""
    con_papel = [i for i in nuevas if i.foja_inicial is not None]
    cuantos = f"{len(nuevas)} documento{'s' if len(nuevas) > 1 else ''}"
    if not con_papel:
        return f"{cuantos}, sin papel"
    return f"{cuantos}, {unidades} {rango_escrito(con_papel[0].foja_inicial or 0, con_papel[-1].foja_final or 0)}"


def ultima_foja(expediente: Expediente) -> int:
    """La última foja del expediente; 0 si no tiene."""
    return expediente.integraciones.aggregate(m=Max("foja_final"))["m"] or 0


def exigir_abierto(fila: Expediente) -> None:
    """Lanza `ExpedienteRechazado` si no admite documentos."""
    if not fila.situacion.se_integra:
        raise ExpedienteRechazado(
            f"El expediente {fila.codigo} está {fila.situacion.nombre.lower()} y no admite documentos. Reábralo, con motivo, o abra otro."
        )


def _exigir_libres(fila: Expediente, documentos: Sequence[Documento], actor: Usuario | None) -> None:
    ids = [d.item.pk for d in documentos]
    if not ids:
        raise ExpedienteRechazado("Elija al menos un documento.")
    if len(set(ids)) != len(ids):
        raise ExpedienteRechazado("Un documento está dos veces en la lista.")
    lector = lector_de(actor) if actor else None
    if lector and (ocultos := [d.item.clave for d in documentos if not puede_ver_ficha(lector, d.item)]):
        raise ExpedienteRechazado(f"No encontramos {', '.join(ocultos)}.")
    cancelados = [d.item.clave for d in documentos if d.item.estado == "cancelado" and not d.item.folio]
    if cancelados:
        raise ExpedienteRechazado(f"Se cancelaron sin número y no se integran: {', '.join(cancelados)}.")
    integrados = Integracion.objects.vigentes().filter(item__in=ids).select_related("expediente", "item")
    faltas = [_ya_esta(i, fila) for i in integrados]
    if faltas:
        raise ExpedienteRechazado(*faltas)


def _ya_esta(integracion: Integracion, fila: Expediente) -> str:
    if integracion.expediente_id == fila.pk:
        return f"{integracion.item.clave} ya está en este expediente."
    return f"{integracion.item.clave} ya está en otro expediente. Para moverlo hace falta un acuerdo de reclasificación."


def _ordenados(documentos: Sequence[Documento]) -> list[Documento]:
    if any(d.foja_inicial for d in documentos):
        return sorted(documentos, key=lambda d: (d.foja_inicial or 0, _cronologico(d.item)))
    return sorted(documentos, key=lambda d: _cronologico(d.item))


def rango_de(fila: Expediente, documento: Documento, ultima: int, paginas: int) -> tuple[int, int] | None:
    """Las fojas que le tocan, o None si no está en papel."""
    if documento.foja_inicial is not None:
        return _escrito(fila, documento, ultima)
    fojas = documento.fojas
    if fojas is None:
        en_papel = fila.lleva_papel and (fila.soporte == fila.Soporte.PAPEL or documento.item.soporte == "papel")
        fojas = fojas_de(paginas, documento.caras) if en_papel else 0
    if fojas and not fila.lleva_papel:
        raise ExpedienteRechazado(
            "El expediente es electrónico y no lleva fojas en papel. Cambie su soporte a «papel y electrónico»."
        )
    return (ultima + 1, ultima + fojas) if fojas > 0 else None


def _escrito(fila: Expediente, documento: Documento, ultima: int) -> tuple[int, int]:
    desde, unidades = documento.foja_inicial or 0, fila.regla.unidades
    hasta = documento.foja_final if documento.foja_final is not None else desde + (documento.fojas or 1) - 1
    if hasta < desde or desde < 1:
        raise ExpedienteRechazado(f"El rango {desde}–{hasta} está al revés. La última foja no puede ser menor que la primera.")
    if desde <= ultima:
        raise ExpedienteRechazado(
            f"Las {unidades} {rango_escrito(desde, hasta)} se traslapan con las que ya están: la última es la {ultima}. La que sigue es la {ultima + 1}."
        )
    if desde != ultima + 1:
        raise ExpedienteRechazado(
            f"Entre la {ultima} y la {desde} faltarían {unidades}: la que sigue es la {ultima + 1}. Integre antes lo que va en medio."
        )
    return desde, hasta


def _fila(fila: Expediente, documento: Documento, papel: tuple[Legajo, int, int] | None) -> Integracion:
    item = documento.item
    legajo, desde, hasta = papel or (None, None, None)
    return Integracion(
        expediente=fila,
        legajo=legajo,
        item=Item(pk=item.pk, clave=item.clave, tipo=item.tipo),
        foja_inicial=desde,
        foja_final=hasta,
        caras=documento.caras,
        ejemplar=documento.ejemplar,
        tipo_documental=(item.serie.nombre if item.serie else tipo_de(item.tipo).nombre)[:120],
    )


def contar(fila: Expediente) -> None:
    """Pone al día sus totales y su versión."""
    vigentes = fila.integraciones.vigentes()
    fila.total_documentos = vigentes.count()
    fila.total_fojas = sum(i.fojas for i in vigentes)
    fila.version += 1
    fila.save(update_fields=["total_documentos", "total_fojas", "version", "modificado"])


@con_constancia("legajo_abierto")
@transaction.atomic
def abrir_legajo(expediente: Expediente, actor: Usuario | None, caja: str = "") -> Legajo:
    """Abre el legajo que sigue: lo que se integre desde ahora va en él.

    Raises:
        ExpedienteRechazado: el último todavía no tiene fojas.
    """
    fila = bloquear(expediente)
    exigir_gestion(fila, actor)
    exigir_abierto(fila)
    ultimo = fila.legajos.latest("n")
    if ultimo.rango() is None:
        raise ExpedienteRechazado(
            f"El legajo {ultimo.n} todavía no tiene {fila.regla.unidades}: integre en él antes de abrir otro."
        )
    nuevo = Legajo.objects.create(expediente=fila, n=ultimo.n + 1, caja=caja)
    anotar(fila, "legajo_abierto", actor, detalle={"legajo": nuevo.n, "caja": caja, "razon": f"Legajo {nuevo.n}"})
    return nuevo


@con_constancia("reordenado")
@transaction.atomic
def ordenar(expediente: Expediente, ids: Sequence[int] | None, actor: Usuario | None) -> None:
    """Cambia el orden lógico de los documentos: el dado (claves de Integracion) o, con None, el cronológico. Las fojas no cambian.

    Raises:
        ExpedienteRechazado: la lista no nombra exactamente a los que están.
    """
    fila = bloquear(expediente)
    exigir_gestion(fila, actor)
    exigir_abierto(fila)
    actuales = {i.pk: i for i in fila.integraciones.vigentes().select_related("item")}
    if ids is None:
        ids = sorted(actuales, key=lambda pk: _cronologico(actuales[pk].item))
    if sorted(ids) != sorted(actuales):
        raise ExpedienteRechazado(
            "El orden debe nombrar a todos los documentos del expediente, una vez cada uno. Recargue la página."
        )
    for n, pk in enumerate(ids, 1):
        actuales[pk].orden = n
    Integracion.objects.bulk_update(actuales.values(), ["orden"], batch_size=500)
    anotar(fila, "reordenado", actor, detalle={"documentos": [actuales[pk].item.clave for pk in ids]})


def _exigir_que_no_se_abra(item: Item, a: Expediente, actor: Usuario | None) -> None:
    """Mover un documento a un expediente más abierto también es desclasificarlo."""
    if actor is None or not se_abre(item.acceso_efectivo, combinar(item.acceso, a.acceso)):
        return
    if not puede_desclasificar(lector_de(actor), item.area_id):
        raise ExpedienteRechazado(
            "Ahí se abriría un documento reservado o confidencial. Elija un expediente igual de cerrado, o pida a Titular o Comité "
            "de Transparencia que abra el suyo."
        )


@con_constancia("reclasificado")
@transaction.atomic
def reclasificar(integracion: Integracion, destino: Documento, a: Expediente, acuerdo: str, actor: Usuario | None) -> Integracion:
    """Mueve un documento a otro expediente por acuerdo. En el suyo queda la constancia, con sus fojas ocupadas por el testigo.

    Raises:
        ExpedienteRechazado: sin acuerdo, al mismo expediente, o alguno de los dos no está abierto.
    """
    if not acuerdo.strip():
        raise ExpedienteRechazado("Escriba el acuerdo de reclasificación: número, fecha y quién lo autoriza.")
    if integracion.expediente_id == a.pk:
        raise ExpedienteRechazado("El documento ya está en ese expediente.")
    for pk in sorted((integracion.expediente_id, a.pk)):
        bloquear(Expediente(pk=pk))
    origen = bloquear(integracion.expediente)
    exigir_gestion(origen, actor)
    exigir_abierto(origen)
    _exigir_que_no_se_abra(integracion.item, a, actor)
    retiradas = Integracion.objects.vigentes().filter(pk=integracion.pk)
    if not retiradas.update(retirada_en=timezone.now(), acuerdo=acuerdo.strip()):
        raise ExpedienteRechazado("El documento ya no está en ese expediente. Recargue la página.")
    contar(origen)
    [nueva] = integrar(a, [destino], actor, viene_de=integracion)
    fojas = [integracion.foja_inicial, integracion.foja_final]
    detalle = {
        "documento": integracion.item.clave,
        "a": a.codigo,
        "fojas": fojas,
        "razon": "Un documento pasó a otro expediente",
    }
    anotar(origen, "reclasificado", actor, motivo=acuerdo.strip(), detalle=detalle)
    return nueva
