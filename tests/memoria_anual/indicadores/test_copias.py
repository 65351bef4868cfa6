"""SOL y CER: por el día local en que se concluyen o se expiden, con su lista y sin ensayos."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import ANONIMO, lector_de
from certificaciones.actos.puerta import Cancelacion, LibroCertificacion, Sustitucion
from certificaciones.solicitudes.puerta import Solicitud
from memoria_anual.indicadores.puerta import cifra, desglose, leer_periodo, lista, visibles
from tests.certificaciones.actos.fabricas import expedida, libro
from tests.fabricas import persona

pytestmark = pytest.mark.django_db
TRIMESTRE = leer_periodo("2025-T1")
CASI_ABRIL = datetime(2025, 3, 31, 23, 30)
_CIERRES = {"entregada": "entregar", "no_procede": "no_procede"}


def solicitud(folio: str, estado: str, dias: int, vence: date | None = None) -> Solicitud:
    fin = timezone.make_aware(CASI_ABRIL)
    hecha = Solicitud.objects.create(
        folio=folio, finalidad="Juicio", estado=estado, recibida=fin - timedelta(days=dias), vence=vence, huella_codigo=folio
    )
    if estado in _CIERRES:
        registrar(SucesoNuevo(f"solicitud.{_CIERRES[estado]}", f"solicitud:{folio}", momento=fin))
    return hecha


def test_las_atendidas_cuentan_el_dia_en_que_se_concluyen() -> None:
    a_tiempo = solicitud("SI-2025-0001", "entregada", 10, date(2025, 3, 31))
    tarde = solicitud("SI-2025-0002", "no_procede", 20, date(2025, 3, 30))
    solicitud("SI-2025-0003", "recibida", 5)
    assert [r.objeto_id for r in lista("SOL", TRIMESTRE)] == [a_tiempo.pk, tarde.pk]
    assert [cifra(c, TRIMESTRE).valor for c in ("SOL", "SOL-D", "SOL-P")] == [2, 15, 50]
    assert {p.rotulo: p.valor for p in desglose(cifra("SOL", TRIMESTRE), "sentido")} == {"Entregada": 1, "No procede": 1}
    assert cifra("SOL", leer_periodo("2025-T2")).valor == 0
    assert cifra("SOL-D", leer_periodo("2025-T2")).valor is None


def test_lo_cancelado_o_sustituido_va_aparte_y_juntos_son_los_folios() -> None:
    en = libro()
    actos = [expedida(en, n) for n in (1, 2, 3, 4)]
    hoy = timezone.localdate()
    periodo = leer_periodo(f"{hoy}..{hoy}")
    Cancelacion.objects.create(certificacion=actos[0], motivo="Error", texto="Se cancela", asiento=90)
    Sustitucion.objects.create(sustituida=actos[1], sustituta=actos[2], motivo="Error", texto="Se sustituye", asiento=91)
    assert [r.objeto_id for r in lista("CER", periodo)] == [actos[2].pk, actos[3].pk]
    assert [r.objeto_id for r in lista("CER-X", periodo)] == [actos[0].pk, actos[1].pk]
    assert cifra("CER-F", periodo).valor == Decimal(actos[2].fojas + actos[3].fojas)


def test_un_ensayo_no_se_cuenta() -> None:
    expedida(libro(prefijo="EN", registro=LibroCertificacion.Registro.ENSAYOS), 1)
    assert cifra("CER", leer_periodo(str(timezone.localdate().year))).valor == 0


def test_una_solicitud_la_ve_en_la_lista_quien_ve_solicitudes() -> None:
    solicitud("SI-2025-0001", "entregada", 10)
    renglones = lista("SOL", TRIMESTRE)
    for lector, se_ve in (
        (lector_de(persona("unidad_transparencia")), True),
        (lector_de(persona("diseno")), False),
        (ANONIMO, False),
    ):
        assert [v for _, _, v in visibles(lector, renglones)] == [se_ve]
