"""La exportación que se encarga: dice cuánto lleva, se cancela, vence, y la baja quien puede con lo que puede ver entonces."""

import os

import pytest
from django.core.cache import cache

from archivo.catalogo.puerta import fijar_acceso
from archivo.identidad.puerta import Freno, Nombramiento
from archivo.indexacion.puerta import poner_al_dia
from archivo.tareas.puerta import Trabajo, drenar
from buscador.exportacion import servicios, views
from buscador.models import Exportacion
from buscador.peticion import Peticion
from tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sin_cuentas_de_otra_prueba():
    cache.clear()


@pytest.fixture
def encargada(client, acervo, settings):
    """Una exportación de diez documentos que espera en la cola."""
    settings.ACERVO_EXPORTACION_INMEDIATA = 0
    client.post("/buscar/exportar/?q=vacunación&en=csv")
    return Exportacion.objects.select_related("trabajo__encargo").get()


def lo_dicho(client, exportacion):
    """El estado con que responde su página, y lo que dice."""
    respuesta = client.get(exportacion.get_absolute_url())
    return respuesta.status_code, respuesta.content.decode()


def test_la_pagina_dice_cuanto_lleva(client, encargada):
    assert "Está en la fila" in lo_dicho(client, encargada)[1]
    Trabajo.objects.filter(pk=encargada.trabajo_id).update(avance=4500, total=20_000)
    estado, pagina = lo_dicho(client, encargada)
    assert (estado, "Van 4,500 de 20,000 documentos." in pagina) == (200, True)
    assert '<progress class="progreso" id="lleva" max="20000" value="4500">22 %</progress>' in pagina


def test_se_cancela_y_no_queda_nada(client, encargada):
    seguida = client.post(f"{encargada.get_absolute_url()}cancelar/", follow=True).content.decode()
    assert "Cancelamos su descarga" in seguida
    assert "/buscar/exportar/?q=vacunaci%C3%B3n&amp;en=csv" in seguida
    drenar()
    assert not encargada.ruta.exists()
    assert "Cancelamos su descarga" in lo_dicho(client, encargada)[1]
    assert client.get(f"{encargada.get_absolute_url()}cancelar/").status_code == 405


def test_la_que_se_cancela_a_la_mitad_no_deja_nada(encargada, monkeypatch):
    monkeypatch.setattr(servicios, "cancelado", lambda: True)
    assert servicios.juntar(encargada.pk) == 0
    encargada.refresh_from_db()
    assert encargada.lista_en is None
    assert [r for r in encargada.ruta.parent.iterdir() if r.stem == str(encargada.pk)] == []


def test_cancelar_la_que_ya_esta_no_la_pierde(client, encargada):
    drenar()
    seguida = client.post(f"{encargada.get_absolute_url()}cancelar/", follow=True).content.decode()
    assert "Su descarga está lista" in seguida
    assert "10 documentos en CSV" in seguida


def test_la_que_fallo_lo_dice_y_se_puede_pedir_otra_vez(client, encargada):
    type(encargada.trabajo.encargo).objects.update(estado="FAILED", terminado="2026-01-01T00:00:00Z", error="x")
    pagina = lo_dicho(client, encargada)[1]
    assert "No pudimos preparar su descarga" in pagina
    assert "Pedirla otra vez" in pagina


@pytest.mark.parametrize("razon", ["vencida", "sin archivo", "inexistente"])
def test_la_que_ya_no_esta_lo_dice(client, encargada, razon):
    drenar()
    if razon == "vencida":
        Exportacion.objects.update(creada="2020-01-01T00:00:00Z")
    elif razon == "sin archivo":
        encargada.ruta.unlink()
    else:
        Exportacion.objects.all().delete()
    estado, pagina = lo_dicho(client, encargada)
    assert (estado, "Esa descarga ya no está" in pagina) == (404, True)
    assert client.get(f"{encargada.get_absolute_url()}archivo/").status_code == 404
    assert client.post(f"{encargada.get_absolute_url()}cancelar/").status_code == 404


def test_la_que_nadie_firmo_trae_lo_publico_aunque_la_baje_la_oficina(client, encargada, acervo):
    drenar()
    titular = fabricas.persona("titular")
    fijar_acceso(acervo[0], "reservado", titular, motivo="Prueba")
    client.force_login(titular)
    bajado = b"".join(client.get(f"{encargada.get_absolute_url()}archivo/").streaming_content).decode()
    assert (acervo[0].clave in bajado, acervo[1].clave in bajado) == (False, True)


@pytest.mark.parametrize("cuando", ["antes de juntarse", "antes de bajarse"])
@pytest.mark.parametrize("como", ["rol", "cuenta"])
def test_a_quien_se_le_retira_el_permiso_no_se_lleva_lo_que_ya_no_ve(client, acervo, settings, cuando, como):
    settings.ACERVO_EXPORTACION_INMEDIATA = 0
    titular = fabricas.persona("titular")
    fabricas.boletin(titulo="Canario de la vacunación", acceso="interno", estado="publicado")
    poner_al_dia()
    client.force_login(titular)
    client.post("/buscar/exportar/?q=vacunación&en=jsonl")
    if cuando == "antes de bajarse":
        drenar()
    if como == "rol":
        Nombramiento.objects.filter(usuario=titular).delete()
    else:
        type(titular).objects.filter(pk=titular.pk).update(is_active=False)
    drenar()
    exportacion = Exportacion.objects.get()
    juntadas = len(exportacion.ruta.read_text().splitlines())
    bajado = client.get(f"{exportacion.get_absolute_url()}archivo/")
    salida = b"".join(bajado).decode()
    assert "Canario" not in salida
    assert juntadas == (11 if cuando == "antes de bajarse" else 10)
    assert bajado.status_code == (200 if como == "rol" else 404)


def test_bajar_sin_parar_se_frena(client, encargada, monkeypatch):
    monkeypatch.setattr(views, "AL_BAJAR", Freno("bajar", tope=1, ventana=60))
    drenar()
    archivo = f"{encargada.get_absolute_url()}archivo/"
    assert [client.get(archivo).status_code for _ in range(2)] == [200, 429]


def test_lo_que_nadie_reclama_se_borra_al_vencer(acervo):
    viva, a_medias, huerfana = (servicios.nueva(Peticion("vacunación"), "csv", None) for _ in range(3))
    for exportacion in (viva, huerfana):
        servicios.juntar(exportacion.pk)
    suelta, parte = huerfana.ruta, a_medias.ruta.with_suffix(".parte")
    huerfana.delete()
    parte.write_text("k1")
    for vieja in (suelta, parte):
        os.utime(vieja, (0, 0))
    servicios.limpiar()
    assert [r.exists() for r in (viva.ruta, suelta, parte)] == [True, False, False]


def test_las_vencidas_se_borran_con_su_archivo(acervo, settings):
    vieja, nueva = (servicios.nueva(Peticion("vacunación"), "csv", None) for _ in range(2))
    for exportacion in (vieja, nueva):
        servicios.juntar(exportacion.pk)
    Exportacion.objects.filter(pk=vieja.pk).update(creada="2020-01-01T00:00:00Z")
    assert servicios.limpiar() == 1
    assert [e.ruta.exists() for e in (vieja, nueva)] == [False, True]
