"""Transparencia y certificaciones: solicitudes atendidas y copias certificadas expedidas."""

from functools import partial
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, TruncDate

from archivo.auditoria.puerta import Suceso
from certificaciones.actos.puerta import Cancelacion, Certificacion, LibroCertificacion, Sustitucion
from certificaciones.solicitudes.puerta import ESTADOS_DE_SOLICITUD, Solicitud
from memoria_anual.indicadores.declaracion import Desglose, Indicador, Medida, Semantica
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.registro import registrar_indicador
from memoria_anual.indicadores.reglas.comunes import desglose_de_columna

ATENDIDAS = ("entregada", "no_procede", "concluida_sin_pago", "desistida")
_CIERRAN = ("solicitud.entregar", "solicitud.no_procede", "solicitud.concluir_sin_pago", "solicitud.desistir")
_DE_SOLICITUD = {"clave": "folio", "titulo": "folio", "tipo": "tipo", "estado": "estado", "folio": "folio_pnt"}
_DE_CERTIFICACION = {"clave": "clave", "titulo": "folio", "estado": "estado", "area": "area__nombre", "folio": "folio"}
_SENTIDO = Desglose("sentido", "Por sentido", F("estado"), lambda claves: {c: ESTADOS_DE_SOLICITUD[c].nombre for c in claves})
_TIPO = Desglose("tipo", "Por tipo", F("tipo"), lambda claves: {c: str(Solicitud.Tipo(c).label) for c in claves})
_BASE_DE_SOLICITUD = "El día local en que se concluyó, según la bitácora."
_BASE_DE_CERTIFICACION = "El día local en que se expidió."


def atendidas() -> QuerySet[Solicitud]:
    """Las concluidas, con `_concluida`: el momento del último suceso que las cerró."""
    objeto = Concat(Value("solicitud:"), OuterRef("folio"), output_field=CharField())
    cierres = Suceso.objects.filter(objeto=objeto, clase__in=_CIERRAN, resultado="hecho").order_by("-id").values("momento")[:1]
    return Solicitud.objects.filter(estado__in=ATENDIDAS).annotate(_concluida=Coalesce(Subquery(cierres), F("modificada")))


def _con_limite() -> QuerySet[Solicitud]:
    return atendidas().filter(vence__isnull=False)


_DIA_DE_CIERRE = TruncDate("_concluida")


def _espera() -> Any:
    return ExpressionWrapper(TruncDate("_concluida") - TruncDate("recibida"), output_field=DurationField())


def _a_tiempo() -> Any:
    return Case(When(vence__gte=F("_dia"), then=Value(1)), default=Value(0), output_field=IntegerField())


def expedidas() -> QuerySet[Certificacion]:
    """Las que tienen folio, sin los ensayos, con `_sin_efectos`."""
    canceladas = Exists(Cancelacion.objects.filter(certificacion_id=OuterRef("pk")))
    sustituidas = Exists(Sustitucion.objects.filter(sustituida_id=OuterRef("pk")))
    con_folio = Certificacion.objects.filter(estado="expedida", libro__registro=LibroCertificacion.Registro.EXPEDIDAS)
    return con_folio.annotate(_sin_efectos=Case(When(canceladas | sustituidas, then=Value(1)), default=Value(0)))


def _segun_efectos(sin_efectos: int) -> QuerySet[Certificacion]:
    return expedidas().filter(Q(_sin_efectos=sin_efectos))


for _clave, _nombre, _unidad, _cuenta, _mas in (
    ("SOL", "Solicitudes atendidas", "solicitudes", "Cada solicitud concluida, en cualquier sentido, una vez.", {}),
    (
        "SOL-D",
        "Días para atender una solicitud",
        "días",
        "De las atendidas, el promedio de días naturales desde que se recibieron.",
        {"peso": _espera(), "medida": Medida.PROMEDIO},
    ),
):
    registrar_indicador(
        Indicador(
            clave=_clave,
            nombre=_nombre,
            unidad=_unidad,
            cuenta=_cuenta,
            excluye="Las que siguen en trámite.",
            base=_BASE_DE_SOLICITUD,
            medida=_mas.get("medida", Medida.CUENTA),
            semantica=Semantica.RAZON if _mas else Semantica.FLUJO,
            fuente=FuenteDeFilas(
                atendidas,
                "solicitud",
                _DIA_DE_CIERRE,
                peso=_mas.get("peso"),
                grupos=(_SENTIDO, _TIPO),
                columnas=_DE_SOLICITUD,
                area="",
            ),
            capitulo=14,
        )
    )

registrar_indicador(
    Indicador(
        clave="SOL-P",
        nombre="Solicitudes atendidas en plazo",
        unidad="%",
        cuenta="De las atendidas que tienen fecha límite, cuántas se concluyeron ese día o antes.",
        excluye="Las que siguen en trámite y las que no tienen fecha límite.",
        base=_BASE_DE_SOLICITUD,
        semantica=Semantica.RAZON,
        medida=Medida.PORCENTAJE,
        fuente=FuenteDeFilas(
            _con_limite, "solicitud", _DIA_DE_CIERRE, peso=_a_tiempo(), grupos=(_TIPO,), columnas=_DE_SOLICITUD, area=""
        ),
        capitulo=14,
    )
)

for _clave, _nombre, _unidad, _cuenta, _sin_efectos, _peso in (
    ("CER", "Certificaciones expedidas", "certificaciones", "Cada copia certificada expedida y con efectos.", 0, None),
    ("CER-F", "Fojas certificadas", "fojas", "Las fojas de las certificaciones de CER.", 0, F("fojas")),
    ("CER-X", "Certificaciones sin efectos", "certificaciones", "Cada expedida que después se canceló o se sustituyó.", 1, None),
):
    registrar_indicador(
        Indicador(
            clave=_clave,
            nombre=_nombre,
            unidad=_unidad,
            cuenta=_cuenta,
            excluye="Ensayos y trámites sin folio." + ("" if _sin_efectos else " Canceladas y sustituidas (CER-X)."),
            base=_BASE_DE_CERTIFICACION,
            medida=Medida.CUENTA if _peso is None else Medida.SUMA,
            fuente=FuenteDeFilas(
                partial(_segun_efectos, _sin_efectos),
                "certificacion",
                TruncDate("expedida_en"),
                peso=_peso,
                grupos=(desglose_de_columna("firma", "Por firma", "firma_tipo"),),
                columnas=_DE_CERTIFICACION,
            ),
            capitulo=14,
        )
    )
