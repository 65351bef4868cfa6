"""Lo que se cobra, cómo se congela, y cómo se paga o se exime."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.auditoria.puerta import HistoriaInmutable
from certificaciones.reglas.puerta import PoliticaDeCertificacion, SinTarifa, Tabulador
from certificaciones.solicitudes.puerta import (
    OrdenDePago,
    SolicitudRechazada,
    acreditacion_de,
    emitir_orden,
    eximir,
    orden_vigente,
    registrar_pago,
)
from tests.certificaciones.solicitudes.mundo import localizada, quien_atiende, recibo
from tests.fabricas import persona

OFICIO = {"tipo": "requerimiento_autoridad", "autoridad": "Juzgado Segundo", "referencia": "oficio 1234/2026"}


@pytest.fixture
def ut(db):
    return quien_atiende()


def test_cincuenta_y_cinco_hojas_a_un_particular_cuestan_1436(ut):
    solicitud = localizada(ut)
    orden = emitir_orden(solicitud, 55, ut)
    assert (orden.suma, orden.total, orden.hojas, solicitud.estado) == (Decimal("1436.05"), 1436, 55, "en_espera_pago")
    assert acreditacion_de(solicitud) is None
    registrar_pago(solicitud, recibo(), ut)
    assert solicitud.estado == "pagada"
    assert acreditacion_de(solicitud).frase == "recibo A-77 por $1,436.00"


def test_el_precio_queda_congelado_en_la_orden(ut):
    orden = emitir_orden(localizada(ut), 55, ut)
    Tabulador.objects.get(clave="LFD-2025").tarifas.update(monto=Decimal("99.00"))
    congelada = OrdenDePago.objects.get(pk=orden.pk)
    assert congelada.total == 1436
    assert congelada.renglones[0]["regla"]["monto"] == "26.11"
    assert congelada.reglas["politica"]["tabulador"] == "LFD-2025"


def test_una_orden_no_se_cambia_ni_se_borra_ni_por_sql(ut):
    orden = emitir_orden(localizada(ut), 55, ut)
    orden.total = Decimal(1)
    with pytest.raises(HistoriaInmutable):
        orden.save()
    for sql in ("UPDATE solicitudes_ordendepago SET total = 1", "DELETE FROM solicitudes_ordendepago"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_una_orden_mal_emitida_se_sustituye_con_otra(ut):
    solicitud = localizada(ut)
    mala = emitir_orden(solicitud, 50, ut)
    buena = emitir_orden(solicitud, 55, ut)
    assert (buena.sustituye_a, orden_vigente(solicitud)) == (mala, buena)
    with pytest.raises(SolicitudRechazada, match=r"es de \$1,436\.00"):
        registrar_pago(solicitud, recibo("1305"), ut)


def test_un_requerimiento_oficial_no_paga_y_dice_por_que(ut):
    solicitud = localizada(ut, **OFICIO)
    eximir(solicitud, "autoridad", "petición oficial de autoridad judicial (LFD, art. 5)", ut)
    assert solicitud.estado == "en_reproduccion"
    assert acreditacion_de(solicitud).frase == "exento, petición oficial de autoridad judicial (LFD, art. 5)"


@pytest.mark.parametrize(
    ("causa", "motivo", "dice"),
    [("autoridad", "x", "no lo es"), ("socioeconomica", " ", "Escriba el motivo"), ("porque_si", "x", "Elija la causa")],
)
def test_una_exencion_sin_causa_o_sin_motivo_se_rechaza(ut, causa, motivo, dice):
    with pytest.raises(SolicitudRechazada, match=dice):
        eximir(localizada(ut), causa, motivo, ut)


def test_una_orden_pendiente_tambien_puede_eximirse(ut):
    solicitud = localizada(ut)
    emitir_orden(solicitud, 3, ut)
    eximir(solicitud, "socioeconomica", "estudio socioeconómico 4/2026", ut)
    assert solicitud.estado == "en_reproduccion"


def test_sin_tabulador_o_sin_monto_no_se_cobra(ut):
    solicitud = localizada(ut)
    PoliticaDeCertificacion.objects.update(tabulador=Tabulador.objects.get(clave="CDMX"))
    with pytest.raises(SinTarifa, match="no tiene monto"):
        emitir_orden(solicitud, 1, ut)
    PoliticaDeCertificacion.objects.all().delete()
    with pytest.raises(SinTarifa, match="no ha dicho con qué tabulador"):
        emitir_orden(solicitud, 1, ut)
    solicitud.refresh_from_db()
    assert solicitud.estado == "con_informacion"


def test_los_ejemplares_multiplican_las_hojas(ut):
    assert emitir_orden(localizada(ut, ejemplares=2), 10, ut).total == 522


@pytest.mark.parametrize("cambio", [{"recibo": " "}, {"fecha": date(2999, 1, 1)}])
def test_un_pago_sin_recibo_o_del_futuro_se_rechaza(ut, cambio):
    solicitud = localizada(ut)
    emitir_orden(solicitud, 55, ut)
    with pytest.raises(SolicitudRechazada):
        registrar_pago(solicitud, recibo(**cambio), ut)


def test_solo_la_unidad_de_transparencia_cobra(ut):
    with pytest.raises(SolicitudRechazada, match="le toca a otra persona"):
        emitir_orden(localizada(ut), 1, persona("certificacion"))
