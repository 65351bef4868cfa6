"""Avisos de lo nuevo: confirmados por su dueño, sólo de lo público, una vez, y con una baja que borra el correo."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from archivo.catalogo.puerta import fijar_acceso
from archivo.indexacion.puerta import poner_al_dia
from buscador.avisos import servicios
from buscador.avisos.enlaces import BAJA, CONFIRMAR, enlace_para
from buscador.models import BusquedaGuardada
from buscador.peticion import Peticion
from buscador.tasks import alertas, confirmar_aviso
from tests import fabricas

pytestmark = pytest.mark.django_db

CORREO = "ciudadana@ejemplo.mx"


@pytest.fixture(autouse=True)
def sin_cuentas_de_otra_prueba():
    cache.clear()


def camino(enlace):
    return re.sub(r"^https?://[^/]+", "", enlace)


def confirmada(texto="vacunación"):
    guardada = servicios.suscribir(Peticion(texto), f"«{texto}»", CORREO)
    servicios.confirmar(guardada)
    vencer(guardada)
    return guardada


def vencer(guardada):
    BusquedaGuardada.objects.filter(pk=guardada.pk).update(proximo=timezone.now() - timedelta(minutes=1))


def publicar(titulo="La vacunación nueva", **campos):
    item = fabricas.boletin(**({"estado": "publicado", "titulo": titulo, "texto": "Llegó la vacunación."} | campos))
    poner_al_dia()
    return item


def test_pedir_confirmar_recibir_y_darse_de_baja(client, acervo, django_capture_on_commit_callbacks):
    pedida = client.post("/buscar/aviso/?q=vacunación", {"correo": "Ciudadana@EJEMPLO.mx"})
    assert "Revise su correo" in pedida.content.decode()
    guardada = BusquedaGuardada.objects.get()
    assert (guardada.correo, guardada.confirmada_en) == ("Ciudadana@ejemplo.mx", None)
    assert alertas.func(guardada.pk) == 0
    confirmar_aviso.func(guardada.pk)
    enlace = camino(re.search(r"http\S+/confirmar/\S+", mail.outbox[0].body)[0])
    assert "Confirmar los avisos" in client.get(enlace).content.decode()
    guardada.refresh_from_db()
    assert guardada.confirmada_en is None
    assert "Listo: le avisaremos" in client.post(enlace).content.decode()
    nuevo = publicar()
    vencer(guardada)
    assert alertas.func(guardada.pk) == 1
    carta = mail.outbox[1]
    assert carta.to == ["Ciudadana@ejemplo.mx"]
    assert nuevo.get_absolute_url() in carta.body
    assert all(viejo.get_absolute_url() not in carta.body for viejo in acervo)
    baja = camino(carta.extra_headers["List-Unsubscribe"].strip("<>"))
    assert baja in carta.body
    client.get(baja)
    assert BusquedaGuardada.objects.count() == 1
    client.post(baja, {"List-Unsubscribe": "One-Click"})
    assert BusquedaGuardada.objects.count() == 0
    assert "Ya no le escribiremos" in client.get(baja).content.decode()
    assert client.get(enlace).status_code == 404


def test_correr_dos_veces_no_repite_y_sin_novedad_no_escribe(acervo):
    guardada = confirmada()
    publicar()
    assert [alertas.func(guardada.pk), alertas.func(guardada.pk)] == [1, 0]
    vencer(guardada)
    assert alertas.func(guardada.pk) == 0
    assert len(mail.outbox) == 1


def test_solo_se_avisa_de_lo_publico_aunque_la_pida_la_titular(acervo):
    titular = fabricas.persona("titular")
    titular.email = "titular@ejemplo.mx"
    titular.save()
    guardada = servicios.guardar(Peticion("zarandaja"), "Zarandaja", titular, con_aviso=True)
    interno = publicar("Zarandaja interna", acceso="interno")
    borrador = publicar("Zarandaja borrador", estado="borrador")
    vencer(guardada)
    assert alertas.func(guardada.pk) == 0
    assert mail.outbox == []
    fijar_acceso(interno, "publico", titular, motivo="Se abre")
    poner_al_dia()
    vencer(guardada)
    assert alertas.func(guardada.pk) == 1
    assert interno.titulo in mail.outbox[0].body
    assert borrador.titulo not in mail.outbox[0].body


def test_lo_que_se_cierra_antes_de_mandarse_no_sale(acervo, monkeypatch):
    guardada = confirmada("zarandaja")
    item = publicar("Zarandaja breve")
    monkeypatch.setattr(EmailBackend, "send_messages", _sin_servidor)
    assert alertas.func(guardada.pk) == 0
    guardada.refresh_from_db()
    assert guardada.por_enviar == {"claves": [item.clave], "total": 1}
    fijar_acceso(item, "reservado", fabricas.persona("titular"), motivo="Prueba")
    monkeypatch.undo()
    vencer(guardada)
    assert alertas.func(guardada.pk) == 0
    assert mail.outbox == []


def test_lo_que_se_cierra_sin_haberse_nombrado_tampoco_se_cuenta(acervo, monkeypatch, settings):
    settings.ACERVO_AVISOS_POR_CORREO = 1
    guardada = confirmada("zarandaja")
    items = [publicar(f"Zarandaja {n}") for n in range(4)]
    monkeypatch.setattr(EmailBackend, "send_messages", _sin_servidor)
    assert alertas.func(guardada.pk) == 0
    monkeypatch.undo()
    for item in items[:2]:
        fijar_acceso(item, "reservado", fabricas.persona("titular"), motivo="Prueba")
    vencer(guardada)
    assert alertas.func(guardada.pk) == 2
    assert ("2 documentos nuevos" in mail.outbox[0].subject, "Y 1 más." in mail.outbox[0].body) == (True, True)


def test_el_correo_que_cualquiera_puede_pedir_para_otro_no_lleva_enlaces_ajenos(client, acervo):
    client.post("/buscar/aviso/?q=Gane en http://malo.ejemplo/x o escriba a pillo@malo.ejemplo", {"correo": "victima@ejemplo.mx"})
    confirmar_aviso.func(BusquedaGuardada.objects.get().pk)
    cuerpo = mail.outbox[0].body
    assert "«Gane en http: malo ejemplo x o escriba a pillo malo ejemplo»" in cuerpo
    assert [f for f in re.findall(r"\S+[./@]\S+", cuerpo) if "/buscar/aviso/" not in f] == []


def test_la_carta_de_lo_nuevo_dice_la_busqueda_como_se_guardo(acervo):
    guardada = confirmada("zarandaja")
    publicar("Zarandaja breve")
    alertas.func(guardada.pk)
    assert "\n  «zarandaja»\n" in mail.outbox[0].body


def _sin_servidor(*_):
    raise OSError("no hay servidor")


def test_si_no_habia_nada_lo_primero_que_entra_tambien_se_avisa(acervo, settings):
    settings.ACERVO_AVISOS_POR_CORREO = 2
    guardada = confirmada("zarandaja")
    for n in range(3):
        fabricas.publico(titulo=f"Zarandaja {n}", texto="x")
    poner_al_dia()
    assert alertas.func(guardada.pk) == 3
    assert mail.outbox[0].body.count("/elemento/") == 2
    assert "Y 1 más." in mail.outbox[0].body


def test_sin_saber_lo_que_habia_la_primera_revision_no_manda_nada(acervo):
    guardada = confirmada()
    BusquedaGuardada.objects.update(huellas=None)
    assert alertas.func(guardada.pk) == 0
    publicar()
    vencer(guardada)
    assert alertas.func(guardada.pk) == 1


def test_si_el_correo_falla_se_insiste_con_lo_mismo(acervo, monkeypatch):
    guardada = confirmada()
    publicar()
    monkeypatch.setattr(EmailBackend, "send_messages", _sin_servidor)
    alertas.func(guardada.pk)
    monkeypatch.undo()
    vencer(guardada)
    assert alertas.func(guardada.pk) == 1
    assert len(mail.outbox) == 1


def test_no_se_revela_quien_recibe_avisos_ni_se_llena_un_buzon(client, acervo):
    confirmada()
    ya = client.post("/buscar/aviso/?q=vacunación", {"correo": CORREO}).content
    nueva = client.post("/buscar/aviso/?q=vacunación", {"correo": "otra@ejemplo.mx"}).content
    assert ya == nueva
    for n in range(5):
        client.post(f"/buscar/aviso/?q=palabra{n}", {"correo": "victima@ejemplo.mx"})
    assert BusquedaGuardada.objects.filter(correo="victima@ejemplo.mx").count() == 3
    for n in range(5):
        ultima = client.post(f"/buscar/aviso/?q=otra{n}", {"correo": f"persona{n}@ejemplo.mx"})
    assert ultima.status_code == 429


def test_un_correo_mal_escrito_se_dice(client, acervo):
    respuesta = client.post("/buscar/aviso/?q=vacunación", {"correo": "no es correo"})
    assert respuesta.status_code == 400
    assert "Escriba un correo completo" in respuesta.content.decode()
    assert BusquedaGuardada.objects.count() == 0


def test_lo_que_nadie_confirma_se_olvida_y_los_enlaces_no_se_cruzan(client, acervo):
    guardada = servicios.suscribir(Peticion("agua"), "agua", CORREO)
    testigo_de_baja = enlace_para(guardada, BAJA).rstrip("/").rpartition("/")[2]
    assert client.post(f"/buscar/aviso/confirmar/{testigo_de_baja}/").status_code == 404
    assert CORREO not in enlace_para(guardada, CONFIRMAR)
    BusquedaGuardada.objects.update(creada=timezone.now() - timedelta(days=3))
    assert servicios.olvidar_sin_confirmar() == 1


@pytest.mark.parametrize("texto", ["vacunación", "nadalodice"])
def test_de_los_resultados_se_vuelve_a_las_guardadas(client, acervo, texto):
    assert "/buscar/guardadas/" not in client.get(f"/buscar/?q={texto}").content.decode()
    client.force_login(fabricas.persona("titular"))
    assert 'href="/buscar/guardadas/"' in client.get(f"/buscar/?q={texto}").content.decode()


def test_las_guardadas_son_de_cada_quien(client, acervo):
    una, otra = fabricas.persona("redaccion"), fabricas.persona("redaccion")
    assert client.get("/buscar/guardadas/").status_code == 302
    client.force_login(una)
    formulario = client.get("/buscar/aviso/?q=vacunación&area=Obras").content.decode()
    assert "«vacunación», Área: Obras" in formulario
    sin_correo = client.post("/buscar/aviso/?q=vacunación", {"nombre": "Vacunas", "con_aviso": "on"})
    assert "Su cuenta no tiene correo" in sin_correo.content.decode()
    client.post("/buscar/aviso/?q=vacunación", {"nombre": "Vacunas"})
    assert "Vacunas" in client.get("/buscar/guardadas/").content.decode()
    suya = BusquedaGuardada.objects.get()
    client.force_login(otra)
    assert "Vacunas" not in client.get("/buscar/guardadas/").content.decode()
    assert client.post(f"/buscar/guardadas/{suya.pk}/borrar/").status_code == 404
    client.force_login(una)
    client.post(f"/buscar/guardadas/{suya.pk}/borrar/")
    assert BusquedaGuardada.objects.count() == 0


def test_el_canal_tambien_en_atom_y_se_anuncia(client, acervo):
    pagina = client.get("/buscar/", {"q": "vacunación"}).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in pagina
    respuesta = client.get("/buscar/", {"q": "vacunación", "formato": "atom"})
    assert respuesta["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert respuesta.content.decode().count("<entry>") == 10
    assert "formato=atom" in respuesta.content.decode()
