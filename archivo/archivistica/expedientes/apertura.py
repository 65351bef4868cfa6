"""Abrir un expediente y corregir su carátula."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from archivo.archivistica.expedientes.acceso import ABRE, puede_abrir, puede_gestionar, se_abre
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.reglas import codigo_de_expediente, falta_del_titulo, hoy, regla_para
from archivo.archivistica.expedientes.sucesos import anotar, con_constancia
from archivo.archivistica.models import ConsecutivoDeExpedientes, Expediente, Legajo, NivelClasificacion
from archivo.archivistica.models.expediente import nueva_clave
from archivo.catalogo.puerta import Item, elementos_cambiados, fijar_nombradas, recalcular_acceso
from archivo.identidad.puerta import Usuario, lector_de

SIEMPRE = frozenset(
    {
        "edificio", "pasillo", "anaquel", "charola", "caja", "acceso", "clasificacion", "solicitudes", "nota_archivero", "responsable",
        "electronico",
    }
)  # fmt: skip
"""Lo que se corrige aun después de cerrado: dónde está, quién lo cuida y quién lo lee."""
ABIERTO = SIEMPRE | {
    "titulo", "asunto", "fecha_apertura", "soporte", "tradicion", "formato", "parte_fisica", "parte_fisica_cantidad", "descripcion",
}  # fmt: skip


def bloquear(expediente: Expediente) -> Expediente:
    """La fila del expediente, apartada hasta el fin de la transacción: dos no lo cambian a la vez."""
    return Expediente.objects.select_for_update(of=("self",)).select_related("serie", "area", "regla").get(pk=expediente.pk)


def exigir_gestion(expediente: Expediente, actor: Usuario | None) -> None:
    """Sólo el archivo de trámite del área lleva sus expedientes. Sin actor, es el sistema.

    Raises:
        ExpedienteRechazado: no le toca.
    """
    if actor is not None and not puede_gestionar(lector_de(actor), expediente):
        raise ExpedienteRechazado(
            "Los expedientes de un área los lleva su archivo de trámite. Pídalo a quien lo tenga a su cargo."
        )


@con_constancia("abierto")
@transaction.atomic
def abrir_expediente(expediente: Expediente, actor: Usuario | None, nombradas: Iterable[Usuario] = ()) -> Expediente:
    """Abre un expediente todavía sin guardar: lo valida, le da consecutivo y código, y abre su primer legajo.

    Raises:
        ExpedienteRechazado: con cada razón.
    """
    exigir_gestion(expediente, actor)
    expediente.fecha_apertura = expediente.fecha_apertura or hoy()
    expediente.regla = regla_para(expediente.fecha_apertura)
    expediente.titulo = " ".join(expediente.titulo.split())
    if faltas := _faltas_al_abrir(expediente):
        raise ExpedienteRechazado(*faltas)
    expediente.anio = expediente.fecha_apertura.year
    if expediente.soporte != Expediente.Soporte.PAPEL and not expediente.electronico:
        expediente.electronico = _donde_se_lee(expediente)
    while Expediente.objects.filter(clave=expediente.clave).exists():
        expediente.clave = nueva_clave()
    _numerar(expediente)
    expediente.save()
    expediente.nombradas.set(nombradas)
    Legajo.objects.create(expediente=expediente, n=1)
    detalle = {"codigo": expediente.codigo, "titulo": expediente.titulo, "serie": expediente.serie.codigo}
    anotar(expediente, "abierto", actor, detalle=detalle)
    return expediente


def _faltas_al_abrir(expediente: Expediente) -> list[str]:
    faltas = [falta_del_titulo(expediente.titulo, expediente.regla)]
    if expediente.fecha_apertura > hoy():
        faltas.append("La fecha de apertura no puede ser futura.")
    if not NivelClasificacion.objects.para_clasificar(expediente.fecha_apertura).filter(pk=expediente.serie_id).exists():
        faltas.append(
            f"La serie {expediente.serie} no admite expedientes abiertos el {expediente.fecha_apertura:%d/%m/%Y}: "
            "elija una serie activa, sin subseries, del cuadro que regía ese día."
        )
    return [f for f in faltas if f]


def _donde_se_lee(expediente: Expediente) -> dict[str, str]:
    return {
        "vinculo": f"/admin/expedientes/{expediente.clave}/",
        "formato": "El de cada archivo, en el índice",
        "requisitos": "Navegador y lector de PDF",
        "ubicacion": "Depósito de originales del archivo",
    }


def _numerar(expediente: Expediente) -> None:
    """El consecutivo que sigue en la serie, el área y el año; se salta el que daría un código ya usado por otra área.

    La fila de la serie se aparta: dos áreas de la misma serie no toman el mismo código.
    """
    NivelClasificacion.objects.select_for_update(no_key=True).get(pk=expediente.serie_id)
    contador, _ = ConsecutivoDeExpedientes.objects.get_or_create(
        serie_id=expediente.serie_id, area_id=expediente.area_id, anio=expediente.anio
    )
    expediente.consecutivo = contador.ultimo + 1
    expediente.codigo = codigo_de_expediente(expediente)
    while Expediente.objects.filter(codigo=expediente.codigo).exists():
        expediente.consecutivo += 1
        expediente.codigo = codigo_de_expediente(expediente)
    contador.ultimo = expediente.consecutivo
    contador.save(update_fields=["ultimo"])


def _exigir_que_se_corrija(fila: Expediente, distintos: Mapping[str, Any]) -> None:
    if fijos := sorted(set(distintos) - (ABIERTO if fila.situacion.se_integra else SIEMPRE)):
        nombres = ", ".join(_rotulo(c) for c in fijos)
        raise ExpedienteRechazado(
            f"Ya no se corrige: {nombres}. El expediente está {fila.situacion.nombre.lower()}; reábralo con motivo."
        )


@con_constancia("corregido")
@transaction.atomic
def corregir_expediente(
    expediente: Expediente, cambios: Mapping[str, Any], actor: Usuario | None, nombradas: Iterable[Usuario] | None = None
) -> Expediente:
    """Corrige la carátula. Cerrado, sólo lo que no está en su índice (`SIEMPRE`). `nombradas` None no las toca.

    Abrir lo reservado o confidencial lo decide quien desclasifica, con su dato escrito, aunque no lleve el expediente.

    Raises:
        ExpedienteRechazado: un campo que ya no se corrige, o un valor que no se admite.
    """
    fila = bloquear(expediente)
    distintos = {campo: valor for campo, valor in cambios.items() if getattr(fila, campo) != valor}
    _exigir_a_quien_corrige(fila, distintos, actor)
    if nombradas is not None:
        exigir_gestion(fila, actor)
    _exigir_que_se_corrija(fila, distintos)
    antes = {campo: _legible(getattr(fila, campo)) for campo in distintos}
    _poner(fila, distintos)
    cambian_personas = nombradas is not None and _nombrar(fila, nombradas)
    if not distintos and not cambian_personas:
        return fila
    fila.version += 1
    fila.save()
    razon = ", ".join([_rotulo(c) for c in distintos] + ["personas nombradas"] * cambian_personas)
    despues = {campo: _legible(valor) for campo, valor in distintos.items()}
    detalle = {"antes": antes, "despues": despues, "razon": razon}
    anotar(fila, "corregido", actor, detalle=detalle)
    if "acceso" in distintos or cambian_personas:
        llevar_acceso(fila, actor, "Cambió el acceso del expediente")
    return fila


def _poner(fila: Expediente, valores: Mapping[str, Any]) -> None:
    for campo, valor in valores.items():
        setattr(fila, campo, valor)
    if falta := falta_del_titulo(fila.titulo, fila.regla):
        raise ExpedienteRechazado(falta)
    if fila.fecha_apertura > hoy():
        raise ExpedienteRechazado("La fecha de apertura no puede ser futura.")


def _exigir_a_quien_corrige(fila: Expediente, distintos: Mapping[str, Any], actor: Usuario | None) -> None:
    abre = se_abre(fila.acceso, distintos.get("acceso", fila.acceso))
    desclasifica = actor is None or puede_abrir(lector_de(actor), fila)
    if not (distintos.keys() <= ABRE and desclasifica):
        exigir_gestion(fila, actor)
    if abre and not desclasifica:
        raise ExpedienteRechazado("Abrir un expediente reservado o confidencial corresponde a Titular o Comité de Transparencia.")
    if abre and actor is not None and not distintos.get("clasificacion", fila.clasificacion).get("desclasificacion"):
        raise ExpedienteRechazado("Escriba la fecha de desclasificación y el servidor público que la decide.")


def _rotulo(campo: str) -> str:
    return str(getattr(Expediente._meta.get_field(campo), "verbose_name", campo))


def _legible(valor: Any) -> Any:
    return valor if isinstance(valor, str | int | dict | type(None)) else str(valor)


def _nombrar(fila: Expediente, nombradas: Iterable[Usuario]) -> bool:
    nuevas = {u.pk for u in nombradas}
    if nuevas == set(fila.nombradas.values_list("pk", flat=True)):
        return False
    fila.nombradas.set(nuevas)
    return True


def llevar_acceso(expediente: Expediente, actor: Usuario | None, motivo: str, ids: Iterable[int] | None = None) -> None:
    """Recalcula el acceso de sus documentos (o de `ids`) y los manda al índice: el nivel del expediente los limita."""
    llaves = list(expediente.integraciones.vigentes().values_list("item_id", flat=True)) if ids is None else list(ids)
    if not llaves:
        return
    recalcular_acceso(llaves, actor, motivo)
    personas = list(expediente.nombradas.values_list("pk", flat=True))
    if expediente.acceso == "confidencial" or personas or ids is None:
        fijar_nombradas(llaves, personas, actor, motivo)
    elementos_cambiados.send(sender=Item, ids=llaves, revoca=False)
