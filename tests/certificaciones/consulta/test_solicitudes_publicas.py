"""Pedir una copia desde el sitio y seguirla, sin cuenta."""

import re

import pytest
from django.core.cache import cache

from archivo.auditoria.puerta import Suceso
from certificaciones.solicitudes.puerta import AL_PEDIR, AL_SEGUIR, Solicitante, Solicitud, dar_paso
from tests.fabricas import boletin, persona, publico

CANARIO = "Zenobia Xochipilli"


@pytest.fixture(autouse=True)
def sin_frenos(db):
    cache.clear()


def pedir(client, *items, **cambios):
    datos = {"elemento": [i.clave for i in items], "finalidad": "un trámite", "modalidad": "papel"} | cambios
    return client.post("/solicitudes/nueva/", datos, follow=True)


def codigo_en(respuesta):
    return re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", respuesta.content.decode()).group()


def test_la_pagina_del_elemento_ofrece_pedirla_con_el_documento_puesto(client):
    item = publico(titulo="El agua vuelve")
    direccion = f"/solicitudes/nueva/?elemento={item.clave}"
    assert direccion in client.get(item.get_absolute_url()).content.decode()
    formulario = client.get(direccion).content.decode()
    assert "El agua vuelve" in formulario
    assert f'name="elemento" value="{item.clave}"' in formulario


def test_se_recibe_con_folio_y_codigo_que_se_muestra_una_vez(client):
    respuesta = pedir(client, publico(), nombre=CANARIO, correo="z@ejemplo.mx")
    solicitud = Solicitud.objects.get()
    codigo = codigo_en(respuesta)
    assert solicitud.folio in respuesta.content.decode()
    assert codigo not in client.get(f"/solicitudes/{solicitud.folio}/").content.decode()
    assert (solicitud.medio, solicitud.elementos.count()) == ("sitio", 1)
    assert Solicitante.objects.get().nombre == CANARIO


def test_se_vuelve_con_folio_y_codigo_y_sin_ellos_es_404(client):
    codigo = codigo_en(pedir(client, publico()))
    solicitud = Solicitud.objects.get()
    client.cookies.clear()
    assert client.get(f"/solicitudes/{solicitud.folio}/").status_code == 404
    mala = client.post("/solicitudes/", {"folio": solicitud.folio, "codigo": "2222-2222-2222"})
    assert mala.status_code == 422
    assert "No hay una solicitud con ese folio y ese código" in mala.content.decode()
    buena = client.post("/solicitudes/", {"folio": solicitud.folio.lower(), "codigo": codigo.replace("-", "")}, follow=True)
    assert "estamos localizando" in buena.content.decode()


def test_lo_que_un_anonimo_no_ve_no_puede_pedirse_ni_entrando(client):
    redactora = persona("redaccion", "titular")
    client.force_login(redactora)
    for oculto in (boletin(actor=redactora), publico(acceso="interno"), publico(acceso="reservado")):
        assert client.get("/solicitudes/nueva/", {"elemento": oculto.clave}).status_code == 404
        assert pedir(client, oculto).status_code == 404
    assert client.get("/solicitudes/nueva/", {"elemento": "no-existe"}).status_code == 404
    assert not Solicitud.objects.exists()


def test_la_pagina_de_algo_interno_no_ofrece_pedirlo(client):
    client.force_login(persona("redaccion"))
    assert "/solicitudes/nueva/" not in client.get(publico(acceso="interno").get_absolute_url()).content.decode()


def test_sin_finalidad_se_dice_que_falta_y_nada_se_guarda(client):
    respuesta = pedir(client, publico(), finalidad="")
    assert respuesta.status_code == 422
    assert 'href="#id_finalidad"' in respuesta.content.decode()
    assert not Solicitud.objects.exists()


def test_sin_documento_hay_que_describirlo(client):
    assert pedir(client).status_code == 422
    assert pedir(client, descripcion="El informe de 2019 sobre el pozo 14").status_code == 200
    assert Solicitud.objects.get().descripcion.startswith("El informe")


def test_unas_paginas_que_no_se_entienden_se_senalan_en_su_documento(client):
    item = publico()
    respuesta = pedir(client, item, **{f"paginas-{item.clave}": "todas"})
    assert respuesta.status_code == 422
    assert f'href="#id_paginas-{item.clave}"' in respuesta.content.decode()


def test_lo_que_llena_un_programa_no_entra(client):
    assert pedir(client, publico(), sitio_web="http://x").status_code == 422
    assert not Solicitud.objects.exists()


def test_pedir_y_probar_codigos_muchas_veces_se_frena(client):
    for _ in range(AL_SEGUIR.tope):
        client.post("/solicitudes/", {"folio": "SI-2026-0001", "codigo": "X"})
    assert client.post("/solicitudes/", {"folio": "SI-2026-0001", "codigo": "X"}).status_code == 429
    item = publico()
    for _ in range(AL_PEDIR.tope):
        assert pedir(client, item).status_code == 200
    assert pedir(client, item).status_code == 429


def test_el_seguimiento_no_dice_quien_la_hizo_ni_deja_rastro_de_ello(client):
    respuesta = pedir(client, publico(), nombre=CANARIO)
    assert CANARIO not in respuesta.content.decode()
    assert not [s for s in Suceso.objects.all() if CANARIO in f"{s.objeto}{s.motivo}{s.detalle}"]


def test_la_historia_dice_lo_que_paso_y_lo_que_falta(client):
    pedir(client, publico())
    solicitud = Solicitud.objects.get()
    dar_paso(solicitud, "localizar", persona("unidad_transparencia"))
    pagina = client.get(f"/solicitudes/{solicitud.folio}/").content.decode()
    assert pagina.index("Localizamos los documentos</h3>") < pagina.index('aria-current="step"')
    assert pagina.count('class="falta"') == 2


def test_quien_pide_puede_desistir(client):
    pedir(client, publico())
    solicitud = Solicitud.objects.get()
    respuesta = client.post(f"/solicitudes/{solicitud.folio}/desistir/", {"seguro": "si"}, follow=True)
    solicitud.refresh_from_db()
    assert solicitud.estado == "desistida"
    assert "Usted desistió" in respuesta.content.decode()


def test_lo_que_se_pide_no_se_guarda_en_intermediarios(client):
    assert "no-store" in client.get("/solicitudes/nueva/").headers["Cache-Control"]
