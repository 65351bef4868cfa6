"""Los recordatorios a las dependencias, con el trabajador y un servidor de correo de verdad: los días que toca, una vez, y sin perder ninguno."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as ajustes
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import Nombramiento, Suplencia
from archivo.settings import entorno
from archivo.tareas.puerta import drenar
from memoria_anual.edicion.models import AportacionDeArea, Recordatorio, ReglaDeRecordatorio
from memoria_anual.edicion.puerta import LoAportado, capturar_aportacion, dar_paso, mover_aportacion, pedir_aportaciones
from memoria_anual.edicion.servicios.recordatorios import asegurar_reglas
from memoria_anual.edicion.tasks import enviar_recordatorio
from tests import fabricas
from tests.servidores.correo import servidor_de_correo

pytestmark = pytest.mark.django_db
PEDIDA, VENCE = date(2027, 1, 2), date(2027, 1, 15)


def a_las(dia, hora=9, minuto=0):
    """Ese día, hora local."""
    return datetime(dia.year, dia.month, dia.day, hora, minuto, tzinfo=ZoneInfo(ajustes.TIME_ZONE))


@pytest.fixture
def obras(db):
    """La dependencia, con su titular."""
    area = fabricas.area("Obras")
    persona = fabricas.persona("titular", en=area, nombre="obras")
    persona.email = "obras@ejemplo.mx"
    persona.save()
    return area


@pytest.fixture
def titular_de_obras(obras):
    return obras.nombramiento_set.get(rol="titular").usuario


@pytest.fixture
def pedida(memoria, redactora, obras):
    """Lo que se le pidió el 2 de enero para el 15, con dos recordatorios antes y uno después."""
    for dias, cuando in ((10, "antes"), (3, "antes"), (2, "despues")):
        ReglaDeRecordatorio.objects.create(dias=dias, cuando=cuando, desde=date(2020, 1, 1), texto="Dudas: extensión 12.")
    with time_machine.travel(a_las(PEDIDA), tick=False):
        return pedir_aportaciones(memoria, redactora, [obras], VENCE)[0]


@pytest.fixture
def correo(settings, monkeypatch):
    """`correo(direccion)` dice por dónde sale."""

    def poner(direccion):
        with monkeypatch.context() as variables:
            variables.setenv("ACERVO_CORREO", direccion)
            settings.MAILERS = entorno.correo("ACERVO_CORREO")

    return poner


def trabajar(dia, hora=9, minuto=0):
    """Lo que el trabajador haría ese día a esa hora."""
    with time_machine.travel(a_las(dia, hora, minuto), tick=False):
        call_command("trabajador", una_vez=True, verbosity=0)


def test_llegan_los_dias_que_toca_una_vez_y_dejan_de_llegar_al_entregar(pedida, titular_de_obras, redactora, correo):
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
        llegaron = {}
        for dia in range(2, 19):
            for hora in (9, 15):
                trabajar(date(2027, 1, dia), hora)
            llegaron[dia] = len(servidor.cartas)
        assert [llegaron[d] for d in (4, 5, 11, 12, 16, 17, 18)] == [0, 1, 1, 2, 2, 3, 3]
        carta = servidor.cartas[0]
        assert (carta["To"], carta["Auto-Submitted"]) == ("obras@ejemplo.mx", "auto-generated")
        dicho = carta.get_content()
        assert "lo que toca a Obras" in dicho and "15 de enero de 2027" in dicho and "Dudas: extensión 12." in dicho
        assert f"/admin/memorias/aportaciones/{pedida.pk}/" in dicho
        assert "El plazo venció" in servidor.cartas[2].get_content()
        assert len({c["Message-ID"] for c in servidor.cartas}) == 3
        capturar_aportacion(pedida, titular_de_obras, LoAportado("Bacheo", "", "Se tapó."))
        mover_aportacion(pedida, titular_de_obras, "entregar")
        ReglaDeRecordatorio.objects.create(dias=9, cuando="despues", desde=date(2020, 1, 1))
        trabajar(date(2027, 1, 24))
        assert len(servidor.cartas) == 3
    assert Suceso.objects.filter(clase="aportacion.recordatorio_enviado", objeto=pedida.objeto).count() == 3


def test_sin_servidor_no_se_pierde_y_se_insiste_hasta_que_sale_uno(pedida, correo, client, redactora):
    with servidor_de_correo() as servidor:
        direccion, puerto = servidor.direccion, servidor.server_address[1]
    correo(direccion)
    trabajar(date(2027, 1, 5))
    debido = Recordatorio.objects.get()
    assert (debido.estado, debido.intentos) == ("pendiente", 1) and "El servidor de correo no lo tomó" in debido.error
    assert "obras@" not in debido.error
    client.force_login(redactora)
    bandeja = client.get("/admin/bandeja/").content.decode()
    assert "No le ha llegado el recordatorio" in bandeja
    assert "No ha salido: El servidor" in client.get(reverse("memoria_ver", args=[pedida.memoria_id])).content.decode()
    with servidor_de_correo(puerto) as servidor:
        trabajar(date(2027, 1, 5), 9, 6)
        trabajar(date(2027, 1, 5), 9, 20)
        assert len(servidor.cartas) == 1
    debido.refresh_from_db()
    assert (debido.estado, debido.error) == ("enviado", "")


@pytest.mark.parametrize(
    ("cambia", "dice"),
    [
        ({"estado": "fallido"}, "Ya no se intenta; avísele por otro medio."),
        ({"vence": date(2027, 1, 14)}, ""),
    ],
)
def test_la_bandeja_dice_si_el_que_no_salio_se_sigue_intentando_y_olvida_el_de_otro_plazo(
    pedida, correo, client, redactora, cambia, dice
):
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
    trabajar(date(2027, 1, 5))
    client.force_login(redactora)
    assert "Se sigue intentando" in client.get("/admin/bandeja/").content.decode()
    Recordatorio.objects.update(**cambia)
    bandeja = client.get("/admin/bandeja/").content.decode()
    assert "Se sigue intentando" not in bandeja
    assert dice in bandeja


def test_lo_que_no_salio_deja_la_bandeja_cuando_la_aportacion_se_entrega(pedida, correo, client, redactora):
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
    trabajar(date(2027, 1, 5))
    type(pedida).objects.filter(pk=pedida.pk).update(estado="entregada", entregada_en=timezone.now())
    client.force_login(redactora)
    assert "No le ha llegado el recordatorio" not in client.get("/admin/bandeja/").content.decode()


def test_la_tarea_corrida_dos_veces_manda_uno(pedida, correo):
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
        trabajar(date(2027, 1, 5))
        enviar_recordatorio.enqueue(Recordatorio.objects.get().pk)
        drenar()
        assert len(servidor.cartas) == 1


def test_si_el_trabajador_estuvo_parado_solo_llega_el_ultimo_que_tocaba(pedida, correo):
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
        trabajar(date(2027, 1, 14))
        assert len(servidor.cartas) == 1
    assert Recordatorio.objects.get().dia == date(2027, 1, 12)


def test_lo_que_ya_no_viene_al_caso_no_sale(pedida, memoria, redactora, obras, correo):
    correo("smtp://127.0.0.1:9")
    trabajar(date(2027, 1, 12))
    with time_machine.travel(a_las(date(2027, 1, 12), 10), tick=False):
        pedir_aportaciones(memoria, redactora, [obras], date(2027, 1, 29))
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
        trabajar(date(2027, 1, 12), 11)
        assert servidor.cartas == []
        assert Recordatorio.objects.get().estado == "omitido"
        trabajar(date(2027, 1, 19))
        assert "29 de enero" in servidor.cartas[0].get_content()
        AportacionDeArea.objects.update(estado="aceptada")
        dar_paso(memoria, redactora, "enviar_a_revision")
        trabajar(date(2027, 2, 1))
        assert len(servidor.cartas) == 1


def test_si_el_plazo_se_mueve_y_ese_dia_toca_otra_vez_el_que_no_salio_se_manda_con_el_nuevo(pedida, correo):
    ReglaDeRecordatorio.objects.all().delete()
    ReglaDeRecordatorio.objects.create(dias=0, cuando="al_pedir", desde=date(2020, 1, 1))
    with servidor_de_correo() as servidor:
        direccion, puerto = servidor.direccion, servidor.server_address[1]
    correo(direccion)
    trabajar(PEDIDA)
    type(pedida).objects.filter(pk=pedida.pk).update(vence=VENCE + timedelta(days=5))
    with servidor_de_correo(puerto) as servidor:
        trabajar(PEDIDA + timedelta(days=1))
        trabajar(PEDIDA + timedelta(days=2))
        assert ["20/01/2027" in c["Subject"] for c in servidor.cartas] == [True]


def test_un_correo_que_no_se_puede_componer_no_detiene_a_los_demas_ni_se_intenta_siempre(pedida, correo, monkeypatch, caplog):
    def romper(*_):
        raise ValueError("plantilla de obras@ejemplo.mx")

    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
        monkeypatch.setattr("memoria_anual.edicion.servicios.recordatorios.render_to_string", romper)
        trabajar(date(2027, 1, 5))
    debido = Recordatorio.objects.get()
    assert (debido.estado, debido.error) == ("pendiente", "No se pudo componer (ValueError): avise a soporte.")
    assert debido.proximo > a_las(date(2027, 1, 5))


def test_se_escribe_a_quien_entrega_a_quien_suple_y_si_no_hay_nadie_al_area_de_arriba(
    pedida, memoria, redactora, titular_de_obras, correo
):
    suplente = fabricas.persona("consulta_interna", en=fabricas.area("Parques"), nombre="suplente")
    suplente.email = "suplente@ejemplo.mx"
    suplente.save()
    suplencia = Suplencia.objects.create(
        ausente=titular_de_obras, suplente=suplente, desde=PEDIDA, hasta=VENCE, motivo="Vacaciones", fundamento="Oficio 3"
    )
    mercados = fabricas.area("Mercados")  # la llevó hace años: quien hoy la suple ya no entrega lo de ahí
    Nombramiento.objects.create(
        usuario=titular_de_obras, rol="titular", area=mercados, desde=date(2020, 1, 1), hasta=date(2021, 1, 1)
    )
    suplencia.nombramientos.set(titular_de_obras.nombramientos.all())
    bacheo = fabricas.area("Bacheo")
    bacheo.padre = pedida.area
    bacheo.save()
    fabricas.persona("redaccion", en=bacheo, nombre="sin-correo")
    with time_machine.travel(a_las(PEDIDA), tick=False):
        pedir_aportaciones(memoria, redactora, [bacheo, mercados], VENCE)
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
        trabajar(date(2027, 1, 5))
        destinos = [(c["To"], "Bacheo" in c.get_content()) for c in servidor.cartas]
    assert sorted(destinos) == [(f"{q}@ejemplo.mx", de_bacheo) for q in ("obras", "suplente") for de_bacheo in (False, True)]


def test_quien_integra_lo_recuerda_hoy_con_un_boton_y_una_vez(pedida, redactora, client, correo, titular_de_obras):
    client.force_login(redactora)
    direccion = reverse("memoria_aportacion_recordar", args=[pedida.pk])
    with servidor_de_correo() as servidor:
        correo(servidor.direccion)
        assert "Se le recuerda hoy por correo a Obras" in client.post(direccion, follow=True).content.decode()
        drenar()
        assert len(servidor.cartas) == 1
        assert "Hoy ya se le recordó" in client.post(direccion, follow=True).content.decode()
        drenar()
        assert len(servidor.cartas) == 1
    assert "1; el último" in client.get(reverse("memoria_ver", args=[pedida.memoria_id])).content.decode()
    titular_de_obras.email = ""
    titular_de_obras.save()
    assert "Nadie que entregue lo de Obras tiene correo" in client.post(direccion, follow=True).content.decode()
    client.force_login(titular_de_obras)
    negado = client.post(direccion, follow=True).content.decode()
    assert "le toca a redacción o a quien es titular" in negado


def test_los_dias_son_datos_que_lleva_quien_integra(client, redactora, titular_de_obras):
    asegurar_reglas()
    client.force_login(redactora)
    lista = client.get(reverse("regladerecordatorio:index")).content.decode()
    assert "7 días antes de que venza el plazo" in lista and "El día que se pide" in lista
    nueva = {"dias": "5", "cuando": "antes", "texto": "", "desde": "2027-01-01", "hasta": "2026-01-01"}
    assert client.post(reverse("regladerecordatorio:add"), nueva).status_code == 200
    assert client.post(reverse("regladerecordatorio:add"), nueva | {"hasta": ""}).status_code == 302
    regla = ReglaDeRecordatorio.objects.get(dias=5)
    assert client.post(reverse("regladerecordatorio:delete", args=[regla.pk])).status_code == 302
    assert [s.clase for s in Suceso.objects.filter(objeto=f"regla_de_recordatorio:{regla.pk}")] == [
        "regla_de_recordatorio.creada",
        "regla_de_recordatorio.quitada",
    ]
    client.force_login(fabricas.persona("consulta_interna", en=fabricas.area("Parques"), nombre="otra"))
    assert client.get(reverse("regladerecordatorio:index")).status_code in {302, 403}


def test_las_reglas_que_alguien_quito_no_vuelven(client, redactora):
    asegurar_reglas()
    client.force_login(redactora)
    for regla in ReglaDeRecordatorio.objects.all():
        client.post(reverse("regladerecordatorio:delete", args=[regla.pk]))
    asegurar_reglas()
    assert not ReglaDeRecordatorio.objects.exists()


def test_una_regla_solo_vale_en_su_vigencia_y_despues_de_pedida(pedida):
    regla = ReglaDeRecordatorio(dias=3, cuando="antes", desde=VENCE - timedelta(days=3), hasta=VENCE)
    assert regla.dia_de(pedida) == date(2027, 1, 12)
    regla.desde = VENCE
    assert regla.dia_de(pedida) is None
    assert ReglaDeRecordatorio(dias=30, cuando="antes", desde=date(2020, 1, 1)).dia_de(pedida) is None
