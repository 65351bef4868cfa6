"""Lo cobrado, lo pagado, lo eximido, los acuses y los plazos cerrados no cambian ni por SQL, en SQLite y en PostgreSQL."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from archivo.auditoria.puerta import HistoriaInmutable
from archivo.objetos.puerta import guardar
from certificaciones.reglas.puerta import Tabulador
from certificaciones.solicitudes.puerta import (
    ExencionDePago,
    OrdenDePago,
    Pago,
    Plazo,
    ReciboNuevo,
    emitir_orden,
    eximir,
    plazo_de_pago,
    registrar_pago,
)
from tests.certificaciones.solicitudes.mundo import localizada, quien_atiende

pytestmark = pytest.mark.usefixtures("cada_base")

HISTORIA = ("solicitudes_ordendepago", "solicitudes_pago", "solicitudes_exenciondepago", "solicitudes_acusedesolicitud")


def rechaza(orden):
    """¿Se niega la base a esa orden?"""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(orden)
    except DatabaseError:
        return True
    return False


@pytest.fixture
def ut(cada_base):
    return quien_atiende()


@pytest.fixture
def cobradas(ut):
    """Una solicitud pagada y otra exenta, con todo lo que dejan."""
    pagada, exenta = localizada(ut), localizada(ut)
    emitir_orden(pagada, 55, ut)
    comprobante = guardar(io.BytesIO(b"%PDF-1.4 recibo"), mime="application/pdf")
    registrar_pago(pagada, ReciboNuevo("A-77", Decimal(1436), timezone.localdate(), comprobante), ut)
    eximir(exenta, "socioeconomica", "estudio 4/2026", ut)
    return pagada, exenta


def test_lo_cobrado_y_lo_acusado_no_cambia_por_sql(cobradas):
    hechas = {
        "UPDATE solicitudes_ordendepago SET total = 1",
        "UPDATE solicitudes_pago SET monto = 0",
        "UPDATE solicitudes_exenciondepago SET motivo = 'otro'",
        "UPDATE solicitudes_acusedesolicitud SET datos = '{}'",
        *(f"DELETE FROM {tabla}" for tabla in HISTORIA),
    }
    assert {o for o in hechas if not rechaza(o)} == set()
    assert OrdenDePago.objects.get().total == 1436


def test_lo_cobrado_no_se_reemplaza_ni_se_vacia(cobradas, cada_base):
    if cada_base.vendor == "postgresql":
        intentos = [f"TRUNCATE {tabla} CASCADE" for tabla in HISTORIA]
    else:
        intentos = [f"INSERT OR REPLACE INTO {tabla} SELECT * FROM {tabla}" for tabla in HISTORIA]
    assert [o for o in intentos if not rechaza(o)] == []


def test_lo_cobrado_no_cambia_por_los_modelos(cobradas):
    for modelo in (OrdenDePago, Pago, ExencionDePago):
        fila = modelo.objects.get()
        with pytest.raises(HistoriaInmutable):
            fila.save()
        with pytest.raises(HistoriaInmutable):
            modelo.objects.all().delete()


def test_el_precio_de_una_orden_no_sigue_a_la_tarifa(cobradas):
    Tabulador.objects.get(clave="LFD-2025").tarifas.update(monto=Decimal("99.00"))
    orden = OrdenDePago.objects.get()
    assert (orden.total, orden.renglones[0]["regla"]["monto"]) == (1436, "26.11")


def test_un_plazo_cerrado_no_cambia_y_ninguno_se_borra(cobradas, ut):
    cerrado = plazo_de_pago(cobradas[0])
    abierta = localizada(ut)
    emitir_orden(abierta, 1, ut)
    corre = plazo_de_pago(abierta)
    assert rechaza(f"UPDATE solicitudes_plazo SET vencimiento = '2030-01-01' WHERE id = {cerrado.pk}")
    assert rechaza(f"UPDATE solicitudes_plazo SET cerrado_en = NULL, resultado = '' WHERE id = {cerrado.pk}")
    assert rechaza(f"DELETE FROM solicitudes_plazo WHERE id = {corre.pk}")
    Plazo.objects.filter(pk=corre.pk).update(vencimiento=corre.vencimiento + timedelta(days=1))
    assert Plazo.objects.get(pk=cerrado.pk).vencimiento == cerrado.vencimiento


def test_la_base_impide_dos_plazos_iguales_corriendo_y_dos_pagos_de_una_orden(cobradas, ut):
    abierta = localizada(ut)
    emitir_orden(abierta, 1, ut)
    corre = plazo_de_pago(abierta)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plazo.objects.create(
            solicitud=abierta, clave="pago", inicio=corre.inicio, dias=1, calendario=corre.calendario, vencimiento=corre.inicio
        )
    pago = Pago.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Pago.objects.create(orden=pago.orden, recibo="B", monto=1, fecha=pago.fecha, registrado_por=ut)
