"""Sin motor de búsqueda, lo que se envía: nada falla, lo que se puede guardar se guarda y lo que no se supo se dice."""

from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archivo.catalogo.puerta import CambioEnLote, Item, tipo_de
from archivo.identidad.puerta import Usuario
from archivo.indexacion import fallas
from archivo.indexacion import motor as modulo
from archivo.indexacion.puerta import asegurar, motor, poner_al_dia
from archivo.oficina.direcciones import direccion as direccion_de
from archivo.tareas.puerta import EstadoDeTrabajo, Trabajo, drenar
from buscador.avisos.enlaces import CONFIRMAR, enlace_para
from buscador.models import BusquedaGuardada, Exportacion
from memoria_anual.cortes import comparadas
from memoria_anual.cortes.models import Corte
from tests import fabricas
from tests.archivo.oficina.conftest import datos_de
from tests.archivo.oficina.test_historia import editor
from tests.archivo.operacion.sin_motor import MotorQueFalla, nunca, siempre, solo
from tests.archivo.operacion.test_sin_motor import BUSQUEDA, FRASE, archivo, direcciones

pytestmark = pytest.mark.django_db
__all__ = ["archivo"]
DATOS = {"periodo": "2026", "motivo": "Una prueba", "nombre": "Una", "correo": "ana@ejemplo.mx", "corte": "", "clave": "x"}
"""Lo que se envía a cualquier dirección: con qué pasan la primera revisión las que preguntan al motor."""


@contextmanager
def sin_dejar_rastro():
    """Lo enviado no queda: la siguiente dirección encuentra lo mismo."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _enviar(navegador, direccion):
    with sin_dejar_rastro():
        respuesta = navegador.post(direccion, DATOS)
        return respuesta.status_code, b"".join(respuesta) if respuesta.streaming else respuesta.content


def _malas(navegador, roto, casa):
    """Las direcciones que al enviarles preguntan al motor, y las que entonces fallan."""
    vistas, malas = set(), []
    for camino, nombre in direcciones(casa)[0].items():
        direccion = f"{camino}?{BUSQUEDA}"
        roto.con_falla(nunca)
        codigo, _ = _enviar(navegador, direccion)
        if not roto.preguntas or codigo >= 400:
            continue
        vistas.add(nombre)
        for falla in (siempre, *(solo(n) for n in range(len(roto.preguntas)))):
            roto.con_falla(falla)
            codigo, texto = _enviar(navegador, direccion)
            if codigo >= 500 and codigo != 503:
                malas.append(f"{nombre} {direccion} {codigo}")
            elif codigo in {200, 503} and not FRASE.search(texto.decode(errors="replace")):
                malas.append(f"{nombre} {direccion} {codigo} y no lo dice")
    return vistas, malas


@pytest.mark.parametrize(
    ("quien", "preguntan"),
    [("anonima", set()), ("titular", {"memoria_corte_de", "oficina_lote_elegir"})],
    ids=["anonima", "titular"],
)
def test_enviar_a_cualquier_direccion_sin_motor_no_falla(archivo, quien, preguntan):
    casa, roto = archivo
    navegador = Client(raise_request_exception=False)
    if quien == "titular":
        navegador.force_login(casa["titular"])
    vistas, malas = _malas(navegador, roto, casa)
    assert malas == []
    assert preguntan <= vistas
    assert vistas == preguntan or quien == "titular"  # lo que envía quien no tiene cuenta no pregunta al motor


@pytest.fixture
def caido(monkeypatch, db):
    """Un documento público ya indexado, y el motor caído."""
    asegurar()
    publico = fabricas.publico(titulo="Jornada zarzuplex", texto="La jornada zarzuplex.")
    poner_al_dia()
    roto = MotorQueFalla(motor(), siempre)
    monkeypatch.setattr(modulo, "_abrir", lambda *_: roto)
    return publico, roto


@pytest.fixture
def titular(client):
    """El navegador de quien hace de todo."""
    client.force_login(fabricas.persona("titular", "redaccion"))
    return client


def test_un_aviso_se_confirma_y_empieza_cuando_el_motor_vuelve(caido, client):
    pedida = BusquedaGuardada.objects.create(consulta="q=zarzuplex", nombre="Una", correo="ana@ejemplo.mx")
    respuesta = client.post(urlsplit(enlace_para(pedida, CONFIRMAR)).path)
    pedida.refresh_from_db()
    assert (respuesta.status_code, pedida.confirmada_en is not None, pedida.huellas) == (200, True, None)
    assert pedida.proximo <= timezone.now(), "lo que ya hay se anota en cuanto se pueda"


def test_una_busqueda_se_guarda_con_aviso(caido, titular):
    Usuario.objects.update(email="titular@ejemplo.mx")
    respuesta = titular.post(f"{reverse('buscador:aviso')}?q=zarzuplex", {"nombre": "Una", "con_aviso": "on"})
    assert (respuesta.status_code, BusquedaGuardada.objects.get().huellas) == (302, None)


def test_lo_marcado_se_guarda_en_el_cuaderno(caido, client):
    respuesta = client.post(f"{reverse('buscador:cuaderno_agregar_varios')}?q=zarzuplex", {"clave": caido[0].clave})
    assert (respuesta.status_code, respuesta["Location"]) == (302, reverse("buscador:cuaderno"))
    assert "Jornada zarzuplex" in client.get(reverse("buscador:cuaderno")).content.decode()


def test_una_descarga_encargada_espera_y_no_se_entrega_a_medias(caido, client):
    for falla in (siempre, solo(1)):
        caido[1].con_falla(falla)
        respuesta = client.post(f"{reverse('buscador:exportar')}?q=zarzuplex&en=csv")
        drenar()
        pedida = Exportacion.objects.latest("pk")
        assert (respuesta.status_code, pedida.lista_en, pedida.trabajo.estado) == (302, None, EstadoDeTrabajo.EN_ESPERA)
        assert "El buscador no contestó" in client.get(pedida.get_absolute_url()).content.decode()


def test_se_captura_y_se_dice_que_el_texto_no_se_comparo(caido, titular):
    alta, antes = direccion_de(tipo_de("boletin").modelo, "add"), Item.objects.count()
    pagina = titular.get(alta)
    datos = datos_de(pagina.context["form"], pagina.context["anexos"], titulo="Algo nuevo")
    caido[1].con_falla(siempre)
    respuesta = titular.post(
        alta,
        {c: v for c, v in datos.items() if v is not None and v is not False}
        | {"cuerpo": editor("<p>La jornada llegó a la colonia.</p>")},
    )
    assert (respuesta.status_code, caido[1].preguntas, Item.objects.count()) == (302, ["search"], antes + 1)
    assert "el texto no se comparó" in titular.get(reverse("wagtailadmin_home")).content.decode()


def test_el_cambio_en_lote_de_toda_una_busqueda_no_se_prepara(caido, titular):
    respuesta = titular.post("/admin/lote/boletin/?q=zarzuplex&campo=lugar", {"accion": "poner", "valor": "Obras", "motivo": "x"})
    assert (respuesta.status_code, "No se preparó nada" in respuesta.content.decode()) == (503, True)
    assert CambioEnLote.objects.count() == 0


def test_un_corte_que_pregunta_al_buscador_no_se_hace_a_medias_ni_encargado(archivo, caplog, monkeypatch):
    casa, roto = archivo
    monkeypatch.setattr(fallas, "_CUENTAS", {})
    roto.con_falla(siempre)
    antes, navegador = Corte.objects.count(), Client()
    navegador.force_login(casa["titular"])
    ahora = navegador.post(reverse("memoria_corte_de", args=[casa["memoria"]]), {"corte": ""})
    assert (ahora.status_code, bool(FRASE.search(ahora.content.decode()))) == (503, True)
    assert "Una página de cifras no se da: el índice no responde (EngineAbsent)" in caplog.text
    navegador.post(reverse("memoria_corte_nuevo"), {"periodo": "2026", "motivo": "x"})
    drenar()
    trabajo = Trabajo.objects.latest("pk")
    assert (trabajo.estado, Corte.objects.count()) == (EstadoDeTrabajo.EN_ESPERA, antes)
    assert FRASE.search(navegador.get(trabajo.get_absolute_url()).content.decode())


def test_un_corte_encargado_desde_la_memoria_espera_a_que_el_buscador_vuelva(archivo, monkeypatch):
    casa, roto = archivo
    monkeypatch.setattr(comparadas, "POCOS", -1)
    roto.con_falla(siempre)
    antes, navegador = Corte.objects.count(), Client()
    navegador.force_login(casa["titular"])
    navegador.post(reverse("memoria_corte_de", args=[casa["memoria"]]), {"corte": ""})
    drenar()
    trabajo = Trabajo.objects.latest("pk")
    assert (trabajo.estado, Corte.objects.count()) == (EstadoDeTrabajo.EN_ESPERA, antes)
    assert FRASE.search(navegador.get(trabajo.get_absolute_url()).content.decode())
