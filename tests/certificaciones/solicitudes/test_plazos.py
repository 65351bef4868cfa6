"""El plazo para pagar: se cuenta en días hábiles, se mueve si cambia el calendario, y nada se cierra solo."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from archivo.auditoria.puerta import sucesos_de
from certificaciones.reglas.puerta import (
    Calendario,
    DiaInhabil,
    PoliticaDeCertificacion,
)
from certificaciones.solicitudes.puerta import (
    SolicitudRechazada,
    dar_paso,
    emitir_orden,
    eximir,
    plazo_de_pago,
    recontar_plazos,
    registrar_pago,
    vencidos_sin_pago,
)
from tests.certificaciones.solicitudes.mundo import localizada, quien_atiende, recibo

LUNES = date(2026, 3, 2)


def a_mediodia(dia):
    return time_machine.travel(timezone.make_aware(datetime(dia.year, dia.month, dia.day, 12)), tick=False)


@pytest.fixture
def ut(db):
    return quien_atiende()


@pytest.fixture
def cobrada(ut):
    """Una solicitud con su orden del 2 de marzo de 2026."""
    with a_mediodia(LUNES):
        solicitud = localizada(ut)
        emitir_orden(solicitud, 55, ut)
        yield solicitud


def test_la_orden_abre_un_plazo_que_vence_en_treinta_dias_habiles(cobrada):
    plazo = plazo_de_pago(cobrada)
    assert (plazo.inicio, plazo.dias, plazo.vencimiento) == (LUNES, 30, date(2026, 4, 14))
    assert plazo.regla["calendario"] == "LFT-74"


def test_un_acuerdo_posterior_mueve_el_plazo_que_corre_y_deja_las_dos_fechas(cobrada, ut):
    calendario = Calendario.objects.get(clave="LFT-74")
    DiaInhabil.objects.create(calendario=calendario, desde=date(2026, 3, 30), hasta=date(2026, 4, 3), motivo="Semana santa")
    assert recontar_plazos(calendario, ut, "Acuerdo publicado el 20 de marzo") == 1
    assert plazo_de_pago(cobrada).vencimiento == date(2026, 4, 21)
    suceso = sucesos_de(f"solicitud:{cobrada.folio}").get(clase="solicitud.plazo_recontado")
    assert suceso.detalle == {"antes": "2026-04-14", "ahora": "2026-04-21"}
    assert suceso.motivo == "Acuerdo publicado el 20 de marzo"
    assert recontar_plazos(calendario, ut, "Otra vez") == 0


def test_un_plazo_cerrado_ya_no_se_mueve(cobrada, ut):
    registrar_pago(cobrada, recibo(fecha=LUNES), ut)
    calendario = Calendario.objects.get(clave="LFT-74")
    DiaInhabil.objects.create(calendario=calendario, desde=date(2026, 3, 30), motivo="Suspensión")
    assert recontar_plazos(calendario, ut, "x") == 0
    plazo = plazo_de_pago(cobrada)
    assert (plazo.vencimiento, plazo.resultado) == (date(2026, 4, 14), "cumplido")


def test_una_orden_que_sustituye_a_otra_vuelve_a_dar_el_plazo(cobrada, ut):
    with a_mediodia(date(2026, 3, 10)):
        emitir_orden(cobrada, 50, ut)
        assert plazo_de_pago(cobrada).inicio == date(2026, 3, 10)
    assert [p.resultado for p in cobrada.plazos.all()] == ["sin_efecto", ""]


def test_dentro_del_plazo_no_se_concluye_por_falta_de_pago(cobrada, ut):
    with a_mediodia(date(2026, 4, 14)), pytest.raises(SolicitudRechazada, match=r"hasta el 14/04/2026"):
        dar_paso(cobrada, "concluir_sin_pago", ut, "No pagó")
    assert cobrada.estado == "en_espera_pago"


def test_vencido_espera_a_que_alguien_decida(cobrada, ut):
    with a_mediodia(date(2026, 4, 15)):
        assert [p.solicitud for p in vencidos_sin_pago(timezone.localdate())] == [cobrada]
        cobrada.refresh_from_db()
        assert cobrada.estado == "en_espera_pago"
        dar_paso(cobrada, "concluir_sin_pago", ut, "Venció el plazo sin que pagara")
        assert not vencidos_sin_pago(timezone.localdate())
    assert plazo_de_pago(cobrada).resultado == "vencido"


def test_eximir_deja_el_plazo_sin_efecto(cobrada, ut):
    eximir(cobrada, "socioeconomica", "estudio 4/2026", ut)
    assert plazo_de_pago(cobrada).resultado == "sin_efecto"


def test_sin_calendario_no_se_inventa_una_fecha(ut):
    PoliticaDeCertificacion.objects.update(calendario=None)
    solicitud = localizada(ut)
    emitir_orden(solicitud, 3, ut)
    assert plazo_de_pago(solicitud) is None
    assert dar_paso(solicitud, "concluir_sin_pago", ut, "No pagó").estado == "concluida_sin_pago"


def test_la_politica_de_otra_fecha_no_toca_lo_que_ya_corre(cobrada):
    PoliticaDeCertificacion.objects.create(vigente_desde=LUNES + timedelta(days=1), dias_para_pagar=10)
    assert plazo_de_pago(cobrada).dias == 30
