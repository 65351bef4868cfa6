"""Menores, consentimiento y licencias: lo que no se puede difundir no se difunde, tampoco sus imágenes (E7)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.models import Adjunto, Consentimiento, Item
from archivo.catalogo.puerta import (
    CambioRechazado,
    Derechos,
    TransicionRechazada,
    fijar_derechos,
    puede_ver_texto,
    revisar_vigencias,
    transitar,
)
from archivo.identidad.puerta import ANONIMO, lector_de
from archivo.objetos.puerta import ObjetoDigital
from tests import fabricas

pytestmark = pytest.mark.django_db


def objeto(n):
    return ObjetoDigital.objects.create(sha256=f"{n:064x}", bytes=1, mime="image/jpeg")


@pytest.fixture
def album():
    """Un evento con seis fotografías publicadas."""
    item = fabricas.publico()
    for n in range(6):
        Adjunto.objects.create(item=item, objeto=objeto(n), rol="fotografia", nombre=f"{n}.jpg", acceso_efectivo="publico")
    return item


def publicas(item):
    item.refresh_from_db()
    return sum(puede_ver_texto(ANONIMO, item, a) for a in item.adjuntos.all())


def test_e7_dos_fotos_con_menores_no_salen_hasta_que_se_adjunta_el_consentimiento(album):
    fotografa = fabricas.persona("fotografia_video")
    dos = list(album.adjuntos.all()[:2])
    for foto in dos:
        assert fijar_derechos(foto, Derechos(menores=True), fotografa)
    assert publicas(album) == 4
    assert puede_ver_texto(lector_de(fotografa), album, dos[0])
    with pytest.raises(CambioRechazado, match="Adjunte el documento"):
        fijar_derechos(dos[0], Derechos(menores=True, consentimiento=Consentimiento.OTORGADO), fotografa)
    assert publicas(album) == 4
    firmado = objeto(99)
    for foto in dos:
        fijar_derechos(foto, Derechos(menores=True, consentimiento=Consentimiento.OTORGADO, documento=firmado), fotografa)
    assert publicas(album) == 6
    ultimo = sucesos_de(f"item:{album.clave}").last()
    assert (ultimo.clase, ultimo.detalle["documento"]) == ("item.derechos_fijados", firmado.sha256)


def test_un_elemento_con_menores_no_se_publica_ni_aparece():
    titular = fabricas.persona("titular")
    item = fabricas.boletin(estado="autorizado")
    fijar_derechos(item, Derechos(menores=True), titular)
    with pytest.raises(TransicionRechazada, match="menores de edad"):
        transitar(item, "publicar", titular)
    ya = fabricas.publico()
    fijar_derechos(ya, Derechos(menores=True), titular)
    assert not Item.objects.publicos().filter(pk=ya.pk).exists()


def test_repetir_los_mismos_derechos_no_escribe_nada(album):
    foto = album.adjuntos.first()
    assert fijar_derechos(foto, Derechos(menores=True), None)
    version = Item.objects.get(pk=album.pk).version
    assert not fijar_derechos(Adjunto.objects.get(pk=foto.pk), Derechos(menores=True), None)
    assert Item.objects.get(pk=album.pk).version == version


def test_la_licencia_que_vence_se_cierra_sola(album):
    ayer = timezone.localdate() - timedelta(days=1)
    foto = album.adjuntos.first()
    Adjunto.objects.filter(pk=foto.pk).update(derechos_hasta=ayer)
    entero = fabricas.publico()
    Item.objects.filter(pk=entero.pk).update(derechos_hasta=ayer)
    assert revisar_vigencias() == 2
    assert publicas(album) == 5
    entero.refresh_from_db()
    assert entero.acceso_efectivo == "restringido_derechos"
    assert revisar_vigencias() == 0
