"""Los correos a quien pidió: salen una vez, no dicen nada de nadie, y si el servidor falla el acto queda hecho y se insiste."""

import re
import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from archivo.tareas.puerta import drenar
from certificaciones.reglas.puerta import (
    TextoDeAviso,
)
from certificaciones.solicitudes.models import Aviso
from certificaciones.solicitudes.puerta import (
    QuienPide,
    Solicitud,
    SolicitudNueva,
    SolicitudRechazada,
    dar_paso,
    emitir_orden,
    eximir,
    pedido_de,
    plazo_de_pago,
    recibir,
    recordar_pagos,
    registrar_pago,
    repasar_avisos,
    volver_a_mandar,
)
from certificaciones.solicitudes.tasks import enviar_aviso
from tests.certificaciones.solicitudes.mundo import quien_atiende, recibo
from tests.fabricas import publico

CANARIO, CORREO = "Zenobia Xochipilli", "zenobia@ejemplo.mx"


@pytest.fixture
def ut(db):
    return quien_atiende()


def pedida(ut, correo=CORREO, **cambios):
    nueva = Solicitud(finalidad="el juicio de Rosalía Canaria", **cambios)
    item = publico(titulo="Boletín con nombre propio")
    solicitud = recibir(SolicitudNueva(nueva, QuienPide(CANARIO, correo), [pedido_de(item)]), ut).solicitud
    return dar_paso(solicitud, "localizar", ut)


def mandados():
    """Los correos que salen al correr la cola, cada uno como «asunto\\ncuerpo»."""
    drenar()
    return [f"{m.subject}\n{m.body}" for m in mail.outbox]


@pytest.fixture
def servidor_caido(monkeypatch):
    """`servidor_caido(error)` hace que mandar lance ese error; `servidor_caido(None)` lo compone."""
    original = EmailBackend.send_messages

    def poner(error):
        def falla(self, mensajes):
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", falla if error else original)

    return poner


def test_la_orden_avisa_cuanto_y_hasta_cuando_con_el_enlace(ut, client):
    solicitud = pedida(ut)
    emitir_orden(solicitud, 55, ut)
    [carta] = mandados()
    assert mail.outbox[0].to == [CORREO]
    assert "$1,436.00" in carta
    assert f"{plazo_de_pago(solicitud).vencimiento.year}" in carta
    enlace = re.search(r"http\S+/solicitudes/enlace/(\S+)/", carta)
    pagina = client.get(f"/solicitudes/enlace/{enlace[1]}/", follow=True)
    assert solicitud.folio in pagina.content.decode()


def test_ningun_correo_dice_quien_pide_ni_para_que_ni_que_documento(ut):
    solicitud = pedida(ut)
    emitir_orden(solicitud, 55, ut)
    registrar_pago(solicitud, recibo(), ut)
    dar_paso(solicitud, "reproducir", ut)
    dar_paso(solicitud, "disponer", ut)
    dar_paso(solicitud, "entregar", ut)
    Aviso.objects.filter(clase="orden_de_pago").update(estado="pendiente")
    todo = "\n".join(mandados())
    assert len(mail.outbox) == 2
    assert "está lista" in todo
    assert "se entregó" in todo
    assert not [d for d in (CANARIO, "Rosalía", "nombre propio", CORREO) if d in todo]


def test_sin_correo_no_se_debe_ningun_aviso(ut):
    emitir_orden(pedida(ut, correo=""), 3, ut)
    assert mandados() == []
    assert not Aviso.objects.exists()


def test_el_mismo_aviso_corrido_dos_veces_sale_una(ut):
    emitir_orden(pedida(ut), 3, ut)
    aviso = Aviso.objects.get()
    enviar_aviso.enqueue(aviso.pk)
    assert len(mandados()) == 1
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.intentos) == ("enviado", 1)


def test_si_el_servidor_falla_la_orden_queda_y_el_correo_se_reintenta(ut, servidor_caido):
    servidor_caido(smtplib.SMTPServerDisconnected("se cortó la conexión"))
    solicitud = pedida(ut)
    emitir_orden(solicitud, 3, ut)
    assert mandados() == []
    aviso = Aviso.objects.get()
    assert solicitud.estado == "en_espera_pago"
    assert aviso.estado == "pendiente"
    assert "se cortó la conexión" in aviso.error
    assert repasar_avisos() == 0
    servidor_caido(None)
    Aviso.objects.update(proximo=timezone.now())
    assert repasar_avisos() == 1
    assert len(mandados()) == 1
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.error) == ("enviado", "")


def test_la_falla_no_guarda_la_direccion_de_quien_pidio(ut, servidor_caido):
    servidor_caido(smtplib.SMTPRecipientsRefused({CORREO: (550, b"no existe")}))
    emitir_orden(pedida(ut), 3, ut)
    assert mandados() == []
    assert CORREO not in Aviso.objects.get().error


def test_agotados_los_intentos_queda_como_no_salido_y_puede_volverse_a_mandar(ut, servidor_caido):
    servidor_caido(OSError("sin red"))
    emitir_orden(pedida(ut), 3, ut)
    Aviso.objects.update(intentos=8)
    assert mandados() == []
    aviso = Aviso.objects.get()
    assert aviso.estado == "fallido"
    servidor_caido(None)
    volver_a_mandar(aviso, ut)
    assert len(mandados()) == 1
    with pytest.raises(SolicitudRechazada, match="ya no está por mandar"):
        volver_a_mandar(aviso, ut)


def test_sin_servidor_configurado_se_dice_que_falta(ut, settings):
    settings.MAILERS = {}
    emitir_orden(pedida(ut), 3, ut)
    drenar()
    assert "ACERVO_CORREO" in Aviso.objects.get().error


def test_se_recuerda_una_vez_antes_de_que_venza_y_no_a_quien_ya_pago(ut):
    solicitud, pagada = pedida(ut), pedida(ut)
    for s in (solicitud, pagada):
        emitir_orden(s, 55, ut)
    mandados()
    registrar_pago(pagada, recibo(), ut)
    mail.outbox.clear()
    vence = plazo_de_pago(solicitud).vencimiento
    assert recordar_pagos(vence - timedelta(days=20)) == 0
    assert recordar_pagos(vence - timedelta(days=1)) == 1
    assert recordar_pagos(vence) == 0
    [carta] = mandados()
    assert "vence pronto" in carta
    assert solicitud.folio in carta


def test_un_recordatorio_que_ya_no_hace_falta_no_sale(ut, servidor_caido):
    solicitud = pedida(ut)
    emitir_orden(solicitud, 55, ut)
    eximir(solicitud, "socioeconomica", "estudio 4/2026", ut)
    assert mandados() == []
    assert Aviso.objects.get().estado == "omitido"


def test_la_institucion_escribe_lo_suyo(ut):
    TextoDeAviso.objects.create(
        clase="orden_de_pago", asunto="Pague {{ folio }}", cuerpo="Son {{ total }}: {{ enlace }}", vigente_desde=date(2026, 1, 1)
    )
    solicitud = pedida(ut)
    emitir_orden(solicitud, 55, ut)
    [carta] = mandados()
    assert carta.startswith(f"Pague {solicitud.folio}\nSon $1,436.00: http")


def test_un_enlace_alterado_vencido_o_de_otra_no_abre_nada(ut, client):
    solicitud = pedida(ut)
    emitir_orden(solicitud, 3, ut)
    [carta] = mandados()
    testigo = re.search(r"/enlace/(\S+)/", carta)[1]
    assert client.get(f"/solicitudes/enlace/{testigo[:-2]}xx/").status_code == 404
    Solicitud.objects.update(huella_codigo="0" * 64)
    respuesta = client.get(f"/solicitudes/enlace/{testigo}/")
    assert respuesta.status_code == 404
    assert "Ese enlace ya no vale" in respuesta.content.decode()
    assert "noindex" in respuesta.headers["X-Robots-Tag"]
