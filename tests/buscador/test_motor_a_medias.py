"""Con un motor que se corta a la mitad: ni una exportación ni un aviso salen incompletos, y todo se puede repetir."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from archivo.indexacion import motor as modulo
from archivo.indexacion.puerta import motor, poner_al_dia
from archivo.tareas.puerta import drenar
from buscador.avisos import servicios
from buscador.models import BusquedaGuardada, Exportacion
from buscador.peticion import Peticion
from buscador.tasks import alertas
from tests import fabricas
from tests.archivo.operacion.sin_motor import MotorQueFalla, nunca, siempre, solo

pytestmark = pytest.mark.django_db


@pytest.fixture
def roto(acervo, monkeypatch):
    """El motor del acervo, que fallará cuando se le diga."""
    cache.clear()
    uno = MotorQueFalla(motor())
    monkeypatch.setattr(modulo, "_abrir", lambda *_: uno)
    return uno


@pytest.fixture
def encargada(client, roto, settings):
    """Una exportación de diez documentos, en la cola."""
    settings.ACERVO_EXPORTACION_INMEDIATA = 0
    client.post("/buscar/exportar/?q=vacunación&en=csv")
    return Exportacion.objects.select_related("trabajo__encargo").get()


def _ya_le_toca(exportacion):
    type(exportacion.trabajo.encargo).objects.update(desde=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("cual", [0, 1])
def test_una_exportacion_cortada_no_deja_nada_y_se_intenta_otra_vez(client, encargada, roto, cual):
    roto.con_falla(solo(cual))
    drenar()
    pagina = client.get(encargada.get_absolute_url()).content.decode()
    assert "Estamos preparando su descarga" in pagina
    assert list(encargada.ruta.parent.iterdir()) == []
    assert client.get(f"{encargada.get_absolute_url()}archivo/").status_code == 302
    roto.con_falla(nunca)
    _ya_le_toca(encargada)
    drenar()
    assert "10 documentos en CSV" in client.get(encargada.get_absolute_url()).content.decode()


def test_si_el_motor_no_vuelve_se_dice_por_que_y_se_puede_pedir_otra_vez(client, encargada, roto):
    roto.con_falla(siempre)
    for _ in range(6):
        drenar()
        _ya_le_toca(encargada)
    pagina = client.get(encargada.get_absolute_url()).content.decode()
    assert "No pudimos preparar su descarga" in pagina and "Pedirla otra vez" in pagina
    encargada.trabajo.encargo.refresh_from_db()
    assert "El buscador no contestó y la lista no se juntó completa" in encargada.trabajo.encargo.error


def test_una_descarga_inmediata_cortada_no_es_un_archivo(client, roto):
    roto.con_falla(solo(1))
    respuesta = client.get("/buscar/exportar/", {"q": "vacunación", "en": "csv"})
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "60")
    assert "Content-Disposition" not in respuesta.headers


def test_un_aviso_cortado_ni_se_manda_ni_da_nada_por_conocido(roto):
    guardada = servicios.suscribir(Peticion("vacunación"), "Vacunación", "ciudadana@ejemplo.mx")
    servicios.confirmar(guardada)
    nuevo = fabricas.publico(titulo="La vacunación nueva", texto="Llegó la vacunación.")
    poner_al_dia()
    hace_un_rato = timezone.now() - timedelta(minutes=1)
    BusquedaGuardada.objects.update(proximo=hace_un_rato)
    roto.con_falla(siempre)
    assert (alertas.func(guardada.pk), mail.outbox) == (0, [])
    assert BusquedaGuardada.objects.get().proximo > timezone.now(), "se insiste más tarde"
    roto.con_falla(nunca)
    BusquedaGuardada.objects.update(proximo=hace_un_rato)
    assert alertas.func(guardada.pk) == 1
    assert nuevo.get_absolute_url() in mail.outbox[0].body


def test_un_aviso_que_empieza_sin_motor_no_anuncia_como_nuevo_lo_que_ya_estaba(roto):
    guardada = servicios.suscribir(Peticion("vacunación"), "Vacunación", "ciudadana@ejemplo.mx")
    roto.con_falla(siempre)
    servicios.confirmar(guardada)
    roto.con_falla(nunca)
    BusquedaGuardada.objects.update(proximo=timezone.now() - timedelta(minutes=1))
    assert (alertas.func(guardada.pk), mail.outbox) == (0, [])


@pytest.mark.parametrize("formato", ["rss", "atom"])
def test_un_canal_sin_motor_no_es_un_canal_vacio(client, roto, formato):
    roto.con_falla(siempre)
    caido = client.get("/buscar/", {"q": "vacunación", "formato": formato})
    assert (caido.status_code, caido["Retry-After"], caido["Content-Type"]) == (503, "60", "text/plain; charset=utf-8")
    roto.con_falla(nunca)
    vuelto = client.get("/buscar/", {"q": "vacunación", "formato": formato})
    assert vuelto.status_code == 200 and b"vacunaci" in vuelto.content


def test_al_volver_el_motor_nada_de_lo_dicho_sin_el_se_recuerda(client, roto, acervo):
    camino = f"{acervo[0].get_absolute_url()}?q=vacunación&resultado=1"
    sanas = {ruta: client.get(ruta).status_code for ruta in ("/", "/buscar/?q=vacunación", camino)}
    roto.con_falla(siempre)
    caidas = {ruta: client.get(ruta) for ruta in sanas}
    assert ["no responde" in r.content.decode() or r.status_code == 503 for r in caidas.values()] == [True, True, True]
    roto.con_falla(nunca)
    etiquetas = {ruta: r.headers.get("ETag", "x") for ruta, r in caidas.items()}
    vueltas = {ruta: client.get(ruta, headers={"if-none-match": etiquetas[ruta]}) for ruta in sanas}
    assert {ruta: r.status_code for ruta, r in vueltas.items()} == sanas
    assert not any("no responde" in r.content.decode() for r in vueltas.values())
