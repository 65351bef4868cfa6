"""Cerrar un expediente con su índice, y reabrirlo con motivo."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from archivo.archivistica.expedientes.apertura import bloquear, exigir_gestion
from archivo.archivistica.expedientes.contenido import canonico, contenido_de, huellas_de
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.indice_xml import escribir
from archivo.archivistica.expedientes.reglas import falta_del_titulo, hoy
from archivo.archivistica.expedientes.sucesos import anotar, con_constancia
from archivo.archivistica.models import Expediente, FichaValoracion, IndiceElectronico, Integracion
from archivo.catalogo.puerta import ESTADOS
from archivo.identidad.puerta import Usuario
from archivo.objetos.puerta import ObjetoDigital, revisar

HUELLA_INICIAL = "0" * 64
_SIN_TERMINAR = ("borrador", "en_revision")
LOTE = 200


@dataclass(frozen=True)
class Requisito:
    """Un renglón de la lista de cierre. `falta` vacía es que se cumple; `aviso` es algo por revisar que no impide cerrar."""

    nombre: str
    falta: str
    aviso: str = ""

    @property
    def cumple(self) -> bool:
        """¿Ya está?"""
        return not self.falta


def requisitos_de_cierre(expediente: Expediente, fecha_cierre: date | None = None) -> list[Requisito]:
    """Lo que hace falta para cerrar, cumplido o no."""
    vigentes = expediente.integraciones.vigentes()
    return [
        Requisito("Al menos un documento", "" if vigentes.exists() else "Integre los documentos del expediente."),
        Requisito("Todos foliados", _sin_foliar(expediente)),
        Requisito("Ninguno sin terminar", _sin_terminar(expediente)),
        Requisito("Carátula completa", _caratula(expediente)),
        Requisito("Ficha de valoración de la serie", _sin_ficha(expediente)),
        Requisito("Fechas en orden", _fechas(expediente, fecha_cierre or hoy()), _anteriores(expediente)),
    ]


def _sin_foliar(expediente: Expediente) -> str:
    if not expediente.lleva_papel:
        return ""
    unidades = expediente.regla.unidades
    vigentes = expediente.integraciones.vigentes()
    en_papel = Q() if expediente.soporte == Expediente.Soporte.PAPEL else Q(item__soporte="papel")
    claves = list(vigentes.filter(en_papel, foja_inicial__isnull=True).values_list("item__clave", flat=True)[:5])
    if claves:
        return f"Hay documentos en papel sin {unidades}: {', '.join(claves)}. Use «Foliar» en el renglón de cada uno."
    if vigentes.exists() and not vigentes.filter(foja_inicial__isnull=False).exists():
        return (
            f"El expediente dice tener papel y ninguno de sus documentos tiene {unidades}: use «Foliar» en los que están en papel. "
            "Si no hay papel, corrija la carátula: soporte «Electrónico»."
        )
    vacios = [str(legajo.n) for legajo in expediente.legajos.all() if legajo.rango() is None]
    return f"El legajo {', '.join(vacios)} no tiene {unidades}." if vacios and len(vacios) < expediente.legajos.count() else ""


def _sin_terminar(expediente: Expediente) -> str:
    vigentes = expediente.integraciones.vigentes().filter(item__estado__in=_SIN_TERMINAR)
    claves = [f"{c} ({ESTADOS[e].nombre.lower()})" for c, e in vigentes.values_list("item__clave", "item__estado")[:5]]
    return f"Hay documentos sin autorizar: {', '.join(claves)}." if claves else ""


def _caratula(expediente: Expediente) -> str:
    faltan = (
        [falta_del_titulo(expediente.titulo, expediente.regla)] if falta_del_titulo(expediente.titulo, expediente.regla) else []
    )
    vacios = [] if expediente.asunto.strip() else ["el asunto"]
    if expediente.lleva_papel:
        vacios += [] if expediente.ubicacion else ["la ubicación del papel"]
    if expediente.soporte == Expediente.Soporte.HIBRIDO and not (expediente.parte_fisica and expediente.parte_fisica_cantidad):
        vacios.append("el tipo y la cantidad de la parte en papel")
    if expediente.soporte != Expediente.Soporte.PAPEL:
        vacios += [n for n in ("vinculo", "formato", "requisitos", "ubicacion") if not expediente.electronico.get(n)]
    return " ".join([*faltan, f"Falta {', '.join(vacios)}."] if vacios else faltan)


def _sin_ficha(expediente: Expediente) -> str:
    ficha = ficha_de(expediente)
    if ficha is None or ficha.plazo_total is None or not ficha.destino_final:
        return f"La serie {expediente.serie} no tiene ficha de valoración con plazos y destino: pídala a la coordinación de archivos."
    return ""


def _fechas(expediente: Expediente, cierre: date) -> str:
    if cierre < expediente.fecha_apertura:
        return "La fecha de cierre es anterior a la de apertura."
    if cierre > hoy():
        return "La fecha de cierre no puede ser futura."
    ultima = expediente.integraciones.vigentes().aggregate(m=Max("item__fecha"))["m"]
    if ultima and ultima > cierre:
        return f"Un documento es del {ultima:%d/%m/%Y}, posterior a la fecha de cierre."
    return ""


def _anteriores(expediente: Expediente) -> str:
    """Los fechados por completo antes de la apertura: un antecedente lo puede estar, así que no impide cerrar."""
    vigentes = expediente.integraciones.vigentes().annotate(ultimo_dia=Coalesce("item__fecha_hasta", "item__fecha"))
    previos = vigentes.filter(ultimo_dia__lt=expediente.fecha_apertura).order_by("ultimo_dia", "pk")
    primeros = [f"{clave} ({dia:%d/%m/%Y})" for clave, dia in previos.values_list("item__clave", "ultimo_dia")[:5]]
    if not primeros:
        return ""
    otros = previos.count() - len(primeros)
    nombrados = ", ".join(primeros) + (f" y otros {otros}" if otros > 0 else "")
    return (
        f"Con fecha anterior a la apertura ({expediente.fecha_apertura:%d/%m/%Y}): {nombrados}. "
        "Si no son antecedentes, corrija su fecha o la de apertura."
    )


def ficha_de(expediente: Expediente) -> FichaValoracion | None:
    """La ficha de la serie; la de una subserie sin ficha es la de su serie."""
    serie = expediente.serie
    llaves = [serie.pk, *([serie.padre_id] if serie.padre_id else [])]
    fichas = {f.nivel_id: f for f in FichaValoracion.objects.filter(nivel_id__in=llaves)}
    return next((fichas[llave] for llave in llaves if llave in fichas), None)


def valoracion_de(ficha: FichaValoracion) -> dict[str, Any]:
    """La copia de la ficha que el expediente guarda: la ficha puede cambiar después, ésta no."""
    campos = [f"valor_{v}" for v in ("administrativo", "legal", "fiscal_contable", "evidencial", "testimonial", "informativo")]
    plazos = {
        n: float(getattr(ficha, n) or 0) for n in ("plazo_tramite", "plazo_concentracion", "termino_precautorio", "plazo_total")
    }
    destino = {"destino_final": ficha.destino_final, "tecnica_muestreo": ficha.tecnica_muestreo, "fundamento": ficha.fundamento}
    return {n: getattr(ficha, n) for n in campos} | plazos | destino | {"ficha": ficha.pk, "serie": ficha.nivel.codigo}


@con_constancia("cerrado")
def cerrar_expediente(expediente: Expediente, actor: Usuario | None, fecha_cierre: date | None = None) -> IndiceElectronico:
    """Cierra el expediente: congela su contenido en un índice nuevo, encadenado al anterior.

    Los bytes se leen antes de la transacción, para no detener al archivo mientras se leen; dentro sólo lo agregado entretanto.

    Raises:
        ExpedienteRechazado: con cada requisito que falta.
    """
    leidos = _leer_bytes(expediente, frozenset())
    with transaction.atomic():
        fila = bloquear(expediente)
        exigir_gestion(fila, actor)
        if not fila.situacion.se_cierra:
            raise ExpedienteRechazado(f"El expediente está {fila.situacion.nombre.lower()}: no se cierra.")
        cierre = fecha_cierre or hoy()
        if faltas := [r.falta for r in requisitos_de_cierre(fila, cierre) if not r.cumple]:
            raise ExpedienteRechazado(*faltas)
        _leer_bytes(fila, leidos)
        return _cerrar(fila, actor, cierre)


def _leer_bytes(expediente: Expediente, leidos: frozenset[str]) -> frozenset[str]:
    """Lee completos los archivos de sus documentos: no se hace el índice de un archivo que ya no es el recibido."""
    vigentes = expediente.integraciones.vigentes().values("item_id")
    objetos = ObjetoDigital.objects.filter(adjuntos__item__in=vigentes).exclude(sha256__in=leidos).distinct()
    fallas = [r for o in objetos.order_by("pk").iterator(chunk_size=LOTE) if (r := revisar(o)).motivo]
    if fallas:
        detalle = "; ".join(f"{f.sha256[:12]}…: {f.motivo}" for f in fallas[:5])
        raise ExpedienteRechazado(
            f"Hay archivos que no son los recibidos y no se puede hacer el índice: {detalle}. Avise a sistemas."
        )
    return leidos | frozenset(objetos.values_list("sha256", flat=True))


def _cerrar(fila: Expediente, actor: Usuario | None, cierre: date) -> IndiceElectronico:
    ficha = ficha_de(fila)
    if ficha is None:
        raise ExpedienteRechazado(_sin_ficha(fila))
    fila.fecha_cierre, fila.valoracion = cierre, valoracion_de(ficha)
    vigentes = list(fila.integraciones.vigentes().en_orden().select_related("item"))
    huellas = huellas_de([i.item for i in vigentes])
    for n, integracion in enumerate(vigentes, 1):
        integracion.orden, integracion.huella_contenido = n, huellas[integracion.item_id]
    Integracion.objects.bulk_update(vigentes, ["orden", "huella_contenido"], batch_size=LOTE)
    indice = _indice_nuevo(fila, actor)
    indice.save()
    fila.estado = "cerrado"
    fila.version += 1
    fila.save()
    detalle = {
        "fecha_cierre": cierre.isoformat(),
        "version": indice.version,
        "huella": indice.huella,
        "documentos": indice.documentos,
        "razon": f"Versión {indice.version} de su índice, con {indice.documentos} documentos",
    }
    anotar(fila, "cerrado", actor, detalle=detalle)
    return indice


def indice_completo(contenido: Mapping[str, Any], version: int, momento: str, anterior: str) -> dict[str, Any]:
    """El contenido con su versión, su momento (ISO 8601) y la huella de la versión anterior."""
    return {**contenido, "version": version, "momento": momento, "anterior": anterior}


def huella_de_indice(codigo: str, version: int, anterior: str, sumas: tuple[str, str]) -> str:
    """La huella que encadena una versión: anterior, código, versión y los SHA-256 del JSON y del XML, en renglones."""
    return hashlib.sha256("\n".join((anterior, codigo, str(version), *sumas)).encode()).hexdigest()


def _indice_nuevo(fila: Expediente, actor: Usuario | None) -> IndiceElectronico:
    previo = fila.indices.last()
    version, anterior = (previo.version + 1, previo.huella) if previo else (1, HUELLA_INICIAL)
    momento = timezone.now().replace(microsecond=0)
    indice = indice_completo(contenido_de(fila), version, momento.isoformat(), anterior)
    en_json, en_xml = canonico(indice), escribir(indice)
    sumas = hashlib.sha256(en_json).hexdigest(), hashlib.sha256(en_xml).hexdigest()
    return IndiceElectronico(
        expediente=fila,
        version=version,
        momento=momento,
        autor=actor,
        documentos=len(indice["documentos"]),
        contenido_json=en_json,
        contenido_xml=en_xml,
        sha256_json=sumas[0],
        sha256_xml=sumas[1],
        anterior=anterior,
        huella=huella_de_indice(fila.codigo, version, anterior, sumas),
    )


@con_constancia("reabierto")
@transaction.atomic
def reabrir_expediente(expediente: Expediente, actor: Usuario | None, motivo: str) -> Expediente:
    """Vuelve a abrir un expediente cerrado. Su índice se conserva; al cerrarlo otra vez se hace la versión que sigue.

    Raises:
        ExpedienteRechazado: sin motivo, o ya no se reabre.
    """
    fila = bloquear(expediente)
    exigir_gestion(fila, actor)
    if not fila.situacion.se_reabre:
        raise ExpedienteRechazado(f"El expediente está {fila.situacion.nombre.lower()}: no se reabre.")
    if not motivo.strip():
        raise ExpedienteRechazado("Escriba el motivo de la reapertura: queda en la historia del expediente.")
    fila.estado, fila.fecha_cierre = "abierto", None
    fila.version += 1
    fila.save()
    anotar(fila, "reabierto", actor, motivo=motivo.strip())
    return fila
