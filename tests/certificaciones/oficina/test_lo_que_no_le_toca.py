"""En la oficina de certificaciones no se nombra, no se expide ni se remite lo que esa persona no puede ver."""

import io

import pikepdf
import pytest
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.actos.puerta import ActoRechazado, agregar_ejemplar_firmado, cerrar_libro, expedir
from certificaciones.consulta.remisiones import RemisionNueva, RemisionRechazada, remitir
from tests import fabricas
from tests.certificaciones.actos.mundo import oficina

pytestmark = pytest.mark.django_db
CANARIO = "Titulocanario"


@pytest.fixture
def casa():
    return oficina()


def cerrar_acceso(item, nivel="reservado"):
    Item.objects.filter(pk=item.pk).update(acceso=nivel, acceso_efectivo=nivel)


def expedida(casa, nivel="reservado", **datos):
    item = casa.documento(titulo=CANARIO)
    acto = expedir(casa.en_firma(item, **datos), casa.certificadora).certificacion
    cerrar_acceso(item, nivel)
    return acto


def paginas_del_libro(client, libro, mes):
    pdf = client.get(f"/admin/libro/{libro.pk}/libro.pdf?mes={mes}").content
    csv = b"".join(client.get(f"/admin/libro/{libro.pk}/libro.csv").streaming_content).decode()
    return client.get(f"/admin/libro/{libro.pk}/").content.decode() + csv, pdf


def test_el_libro_no_nombra_lo_reservado_de_otra_area(client, casa):
    expedida(casa, peticionario="Rosalía Particular")
    client.force_login(fabricas.persona("archivo_tramite", en=fabricas.area("Obras")))
    dicho, _ = paginas_del_libro(client, casa.libro, timezone.localdate().month)
    assert "CC/00001/" in dicho
    assert CANARIO not in dicho
    assert "Rosalía Particular" not in dicho
    assert not Suceso.objects.filter(clase="item.consultado").exists()


def test_el_libro_lo_nombra_a_la_titular_del_area_y_queda_constancia(client, casa):
    expedida(casa, peticionario="Rosalía Particular")
    titular = fabricas.persona("titular", en=casa.area)
    client.force_login(titular)
    dicho, pdf = paginas_del_libro(client, casa.libro, timezone.localdate().month)
    assert CANARIO in dicho
    assert "Rosalía Particular" in dicho
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 1
    assert Suceso.objects.filter(clase="item.consultado", actor=titular).count() == 3


def test_un_mes_que_no_lo_es_no_tira_la_exportacion(client, casa):
    client.force_login(casa.certificadora)
    assert client.get(f"/admin/libro/{casa.libro.pk}/libro.pdf?mes=²").status_code == 200


def test_la_ficha_no_dice_que_se_copio_a_quien_no_puede_verlo(client, casa):
    acto = expedida(casa, "confidencial")
    client.force_login(casa.cotejadora)
    pagina = client.get(f"/admin/certificaciones/{acto.clave}/").content.decode()
    assert acto.folio in pagina
    assert CANARIO not in pagina
    assert "no está a su alcance" in pagina


def test_no_expide_quien_no_puede_leer_lo_que_certifica(casa):
    item = casa.documento(titulo=CANARIO)
    acto = casa.en_firma(item)
    cerrar_acceso(item, "confidencial")
    with pytest.raises(ActoRechazado, match="no puede leer") as rechazo:
        expedir(acto, casa.certificadora)
    assert CANARIO not in str(rechazo.value)


def test_no_remite_quien_no_puede_leer_lo_que_manda(casa):
    acto = expedida(casa, "confidencial")
    with pytest.raises(RemisionRechazada, match="no puede leer"):
        remitir(acto, RemisionNueva("Juzgado Segundo", remite=casa.certificadora))
    assert not acto.remisiones.exists()


def test_el_acta_de_cierre_se_descarga_cuando_la_hay(client, casa):
    client.force_login(casa.certificadora)
    direccion = f"/admin/libro/{casa.libro.pk}/acta.pdf"
    assert client.get(direccion).status_code == 404
    cerrar_libro(casa.libro, casa.certificadora)
    assert direccion in client.get(f"/admin/libro/{casa.libro.pk}/").content.decode()
    assert b"".join(client.get(direccion).streaming_content).startswith(b"%PDF")


def test_la_ficha_lleva_a_remitir_a_quien_puede_hacerlo(client, casa):
    acto = expedida(casa, "publico")
    client.force_login(casa.certificadora)
    assert f"/certificaciones/remitir/{acto.clave}/" in client.get(f"/admin/certificaciones/{acto.clave}/").content.decode()
    client.force_login(casa.cotejadora)
    assert "Remitir con acuse" not in client.get(f"/admin/certificaciones/{acto.clave}/").content.decode()


def test_no_se_guarda_nada_de_quien_no_puede_agregar_el_ejemplar_ni_de_lo_que_no_cabe(casa, monkeypatch):
    acto = expedida(casa, "publico")
    antes = ObjetoDigital.objects.count()
    with pytest.raises(ActoRechazado, match="corresponde"):
        agregar_ejemplar_firmado(acto, io.BytesIO(b"%PDF basura"), fabricas.persona("auditoria"))
    monkeypatch.setattr("certificaciones.actos.servicios.posteriores.TOPE_DE_EJEMPLAR", 1024)
    for mal in (b"", b"%PDF" + b"0" * 2048):
        with pytest.raises(ActoRechazado, match="pesa"):
            agregar_ejemplar_firmado(acto, io.BytesIO(mal), casa.tramite)
    assert ObjetoDigital.objects.count() == antes
