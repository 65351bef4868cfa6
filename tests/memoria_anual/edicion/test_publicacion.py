"""Publicar es todo o nada, una sola vez, y lo que se publica es lo que se autorizó."""

import hashlib
import json
import signal
import subprocess
import sys

import pytest
from django.urls import reverse

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion.puerta import asegurar
from archivo.objetos.puerta import abrir
from archivo.tareas.puerta import Trabajo, drenar
from memoria_anual.edicion.models import EdicionPublicada, Memoria
from memoria_anual.edicion.puerta import CambioDeMemoriaRechazado, dar_paso, publicar
from memoria_anual.edicion.servicios import publicacion
from tests import fabricas
from tests.certificaciones.actos.test_folios_a_la_vez import RAIZ, ambiente
from tests.memoria_anual.edicion.conftest import hasta_autorizarla, parrafo
from tests.memoria_anual.edicion.publicador import LUGARES

PUBLICADOR = "import django; django.setup(); from tests.memoria_anual.edicion.publicador import main; main()"


class Muerte(Exception):
    """El proceso se cayó ahí."""


def caer(*_a, **_k):
    raise Muerte


def en_el_archivo():
    """Las publicaciones oficiales, cada una con su estado."""
    return sorted(Item.objects.filter(tipo="publicacion").values_list("estado", flat=True))


def pdfs_distintos(edicion):
    """Las huellas del PDF de la edición y del de su publicación oficial: una, si son el mismo."""
    suyo = edicion.archivos.select_related("objeto").order_by("pk").first().objeto
    return {suyo.sha256} | set(edicion.item.adjuntos.values_list("objeto__sha256", flat=True))


@pytest.mark.django_db
def test_tras_un_intento_a_medias_se_publica_lo_que_se_autorizo_despues(autorizada, redactora, titular, escribir, monkeypatch):
    asegurar()
    with monkeypatch.context() as roto:
        roto.setattr(publicacion, "guardar_objeto", caer)
        with pytest.raises(Muerte):
            publicar(autorizada, titular)
    assert en_el_archivo() == ["borrador"]
    dar_paso(autorizada, titular, "observar", "Falta la presentación")
    escribir(parrafo("Lo que faltaba decir."))
    for quien, paso in ((redactora, "enviar_a_revision"), (titular, "autorizar")):
        dar_paso(autorizada, quien, paso)
    edicion = publicar(autorizada, titular)
    assert len(pdfs_distintos(edicion)) == 1
    assert en_el_archivo() == ["cancelado", "publicado"]
    with abrir(edicion.archivos.first().objeto) as abierto:
        assert hashlib.sha256(abierto.read()).hexdigest() in pdfs_distintos(edicion)


@pytest.mark.django_db
def test_si_se_devuelve_mientras_se_publica_no_se_publica(autorizada, titular, monkeypatch):
    asegurar()
    de_verdad = publicacion.guardar_objeto

    def devolver(*a, **k):
        if Memoria.objects.get(pk=autorizada.pk).estado == "autorizada":
            dar_paso(Memoria.objects.get(pk=autorizada.pk), titular, "observar", "Se equivocó un nombre")
        return de_verdad(*a, **k)

    monkeypatch.setattr(publicacion, "guardar_objeto", devolver)
    with pytest.raises(CambioDeMemoriaRechazado, match="primero se autoriza"):
        publicar(autorizada, titular)
    assert not EdicionPublicada.objects.exists()
    assert not Item.objects.visibles_para(ANONIMO).filter(tipo="publicacion").exists()


@pytest.mark.django_db
def test_pedirla_dos_veces_es_un_solo_trabajo(autorizada, titular, client):
    asegurar()
    client.force_login(titular)
    direccion = reverse("memoria_paso", args=[autorizada.pk, "publicar"])
    primera, segunda = client.post(direccion), client.post(direccion)
    assert primera.url == segunda.url and Trabajo.objects.count() == 1
    client.force_login(fabricas.persona("titular", en=autorizada.area, nombre="otra"))
    assert "Ya se está haciendo: lo encargó titular" in client.post(direccion, follow=True).content.decode()
    drenar()
    assert EdicionPublicada.objects.count() == 1 and en_el_archivo() == ["publicado"]


@pytest.mark.django_db
def test_dos_informes_del_mismo_periodo_tienen_cada_uno_su_pagina(autorizada, redactora, titular, ccs, client):
    asegurar()
    publicar(autorizada, titular)
    gestion = hasta_autorizarla(ccs, redactora, titular, "gestion")
    publicar(gestion, titular)
    assert "Memoria anual de actividades" in client.get("/memoria/2026/").content.decode()
    portada = client.get(gestion.get_absolute_url()).content.decode()
    assert gestion.get_absolute_url() == "/memoria/gestion-2026/" and "Informe de gestión" in portada
    assert client.get("/memoria/gestion-2026/cifra/BOL/").status_code == 200
    lista = client.get("/memoria/").content.decode()
    assert 'href="/memoria/2026/"' in lista and 'href="/memoria/gestion-2026/"' in lista


@pytest.mark.parametrize("pasos", [["antes de confirmar"], pytest.param([*LUGARES], marks=pytest.mark.lento)])
def test_muere_al_publicar_y_nada_queda_a_medias(base_sqlite, settings, pasos):
    """Unos segundos: publica entera en otro proceso, que muere, y otra vez en éste."""
    ccs = fabricas.area("Comunicación Social")
    fabricas.publico(area=ccs, titulo="Boletín de 2026")
    redactora, titular = (fabricas.persona(rol, en=ccs) for rol in ("redaccion", "titular"))
    hasta_autorizarla(ccs, redactora, titular)
    orden = [sys.executable, "-c", PUBLICADOR, *pasos]
    hecho = subprocess.run(
        orden,
        cwd=RAIZ,
        env=ambiente(base_sqlite, settings.ACERVO_DATOS),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr[-800:]
    assert json.loads(hecho.stdout) == {paso: [signal.SIGKILL, 0, 0, "autorizada"] for paso in pasos}
    edicion = publicar(Memoria.objects.get(), titular)
    assert en_el_archivo() == ["publicado"] and len(pdfs_distintos(edicion)) == 1
