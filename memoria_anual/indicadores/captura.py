"""Lo que se teclea porque el archivo no lo puede contar: quién lo capturó, de dónde salió y cómo se corrige."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Cast

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import Lector, PermisoNegado, Usuario, lector_de
from memoria_anual.indicadores.declaracion import Desglose, Indicador, Origen, Semantica
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.lectura import Totales
from memoria_anual.indicadores.models import MedicionCapturada
from memoria_anual.indicadores.periodos import Periodo

De = MedicionCapturada.Clase
CAPTURAN = ("titular", "redaccion", "monitoreo", "archivo_tramite")
_COLUMNAS = {"clave": "_clave", "titulo": "fuente", "folio": "concepto"}
_POR_CONCEPTO = Desglose("concepto", "Por concepto", F("concepto"))


class CapturaRechazada(ValueError):
    """Lo que se quiso capturar no procede; el mensaje dice por qué y qué hacer."""


@dataclass(frozen=True)
class MedicionNueva:
    """Un número por capturar. `concepto` separa partes del mismo indicador (la red social)."""

    indicador: str
    desde: date
    hasta: date
    valor: Decimal
    fuente: str
    clase: str = De.MEDICION
    concepto: str = ""
    nota: str = ""


def puede_capturar_mediciones(lector: Lector) -> bool:
    """¿Teclea mediciones y cifras de informes viejos?"""
    return lector.tiene(*CAPTURAN)


def fuente_capturada(clave: str, *, ultima: bool = False) -> FuenteDeFilas:
    """Las mediciones vigentes de ese indicador que caben enteras en el periodo; con `ultima`, sólo la más reciente de cada concepto."""

    def filas() -> Any:
        vigentes = MedicionCapturada.objects.vigentes().filter(indicador=clave, clase=De.MEDICION)
        return vigentes.annotate(_clave=Cast(F("pk"), CharField()))

    def en_periodo(periodo: Periodo) -> Q:
        caben = Q(desde__gte=periodo.desde, hasta__lte=periodo.hasta)
        if not ultima:
            return caben
        despues = filas().filter(caben, concepto=OuterRef("concepto"), hasta__gt=OuterRef("hasta"))
        return caben & ~Q(Exists(despues))

    return FuenteDeFilas(
        filas, clase="medicion", dia="desde", peso=F("valor"), grupos=(_POR_CONCEPTO,), en_periodo=en_periodo,
        columnas=_COLUMNAS, area="",
    )  # fmt: skip


def tecleado(clave: str, periodo: Periodo, clase: str) -> Decimal | None:
    """Lo tecleado para exactamente ese periodo (sumados sus conceptos), o None."""
    vigentes = MedicionCapturada.objects.vigentes().filter(indicador=clave, clase=clase, desde=periodo.desde, hasta=periodo.hasta)
    return vigentes.aggregate(s=Sum("valor"))["s"]


def nota_de_captura(regla: Indicador, periodo: Periodo, totales: Totales) -> str:
    """Lo que hay que saber de una cifra que se tecleó, o que un informe viejo dio con otro valor."""
    if regla.origen is Origen.CAPTURA:
        return _cobertura(regla, periodo, totales)
    informe = tecleado(regla.clave, periodo, De.INFORME)
    return "" if informe is None else f"El informe de entonces dice {informe.normalize():f}."


def _cobertura(regla: Indicador, periodo: Periodo, totales: Totales) -> str:
    if not totales.elementos:
        return "Nadie ha capturado este dato del periodo."
    if regla.semantica is not Semantica.FLUJO:
        return "Dato capturado."
    filas = [p[0] for p in regla.fuente.recorrer(periodo)]
    tramos = MedicionCapturada.objects.filter(pk__in=filas).order_by().values_list("desde", "hasta").distinct()
    dias = sum((hasta - desde).days + 1 for desde, hasta in tramos)
    return "Dato capturado." if dias >= periodo.dias else f"Dato capturado de {dias} de los {periodo.dias} días del periodo."


@transaction.atomic
def capturar(nueva: MedicionNueva, actor: Usuario | None) -> MedicionCapturada:
    """Guarda un número tecleado. Si ese periodo y concepto ya lo tenía, la nueva lo corrige y la anterior queda en la historia.

    Raises:
        CapturaRechazada: falta la fuente, el periodo está al revés o se traslapa con otra medición.
        PermisoNegado: no le toca capturar.
    """
    _revisar(nueva, actor)
    del_concepto = MedicionCapturada.objects.select_for_update(of=("self",)).filter(
        indicador=nueva.indicador, clase=nueva.clase, concepto=nueva.concepto
    )
    vigentes = del_concepto.filter(corregida_por__isnull=True)
    misma = vigentes.filter(desde=nueva.desde, hasta=nueva.hasta).first()
    otra = vigentes.filter(valor__isnull=False, desde__lte=nueva.hasta, hasta__gte=nueva.desde)
    otra = otra if misma is None else otra.exclude(pk=misma.pk)
    if nueva.clase == De.MEDICION and (choca := otra.first()):
        raise CapturaRechazada(
            f"Se traslapa con la medición del {choca.desde:%d/%m/%Y} al {choca.hasta:%d/%m/%Y}: se contaría dos veces. "
            "Anule aquélla o capture sólo los días que faltan."
        )
    return _guardar(nueva, nueva.valor, misma, actor)


@transaction.atomic
def anular(medicion: MedicionCapturada, motivo: str, actor: Usuario | None) -> MedicionCapturada:
    """Quita un número tecleado por error: deja de contar y su fila se conserva.

    Raises:
        CapturaRechazada: falta el motivo, o ya no está vigente.
        PermisoNegado: no le toca capturar.
    """
    _exigir_permiso(actor)
    if not motivo.strip():
        raise CapturaRechazada("Escriba por qué se anula.")
    actual = MedicionCapturada.objects.select_for_update().get(pk=medicion.pk)
    if actual.valor is None or MedicionCapturada.objects.filter(sustituye=actual).exists():
        raise CapturaRechazada("Esa medición ya se corrigió o se anuló. Vea la vigente.")
    datos = MedicionNueva(
        actual.indicador, actual.desde, actual.hasta, Decimal(0), actual.fuente, actual.clase, actual.concepto, motivo
    )
    return _guardar(datos, None, actual, actor)


def _guardar(
    nueva: MedicionNueva, valor: Decimal | None, misma: MedicionCapturada | None, actor: Usuario | None
) -> MedicionCapturada:
    fila = MedicionCapturada(
        indicador=nueva.indicador, clase=nueva.clase, desde=nueva.desde, hasta=nueva.hasta, concepto=nueva.concepto,
        valor=valor, fuente=nueva.fuente, nota=nueva.nota, sustituye=misma, actor=actor,
    )  # fmt: skip
    fila.save()
    detalle = {
        "periodo": f"{nueva.desde}..{nueva.hasta}",
        "valor": None if valor is None else str(valor),
        "clase": str(nueva.clase),
    }
    if misma is not None:
        detalle["antes"] = None if misma.valor is None else str(misma.valor)
    registrar(SucesoNuevo("indicador.medicion", f"indicador:{nueva.indicador}", actor, nueva.nota[:500], detalle))
    return fila


def _exigir_permiso(actor: Usuario | None) -> None:
    if actor is not None and not puede_capturar_mediciones(lector_de(actor)):
        raise PermisoNegado("Capturar mediciones le toca a titular, redacción, monitoreo o archivo de trámite.")


def _revisar(nueva: MedicionNueva, actor: Usuario | None) -> None:
    _exigir_permiso(actor)
    if nueva.hasta < nueva.desde:
        raise CapturaRechazada("El periodo termina antes de empezar. Revise las dos fechas.")
    if not nueva.fuente.strip():
        raise CapturaRechazada("Escriba de dónde salió el número: el informe y su página, o el panel que se leyó.")
    if nueva.valor < 0:
        raise CapturaRechazada("Escriba un número de cero en adelante.")
