"""Ver en cualquier lista de la oficina algo reservado deja constancia; lo demás, no."""

import pytest
from django.db import DatabaseError

from archivo.archivistica.puerta import Documento, integrar
from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import CambioEnLote, preparar_cambio
from archivo.catalogo.servicios import consulta
from archivo.indexacion.puerta import asegurar, poner_al_dia
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture
def casa(client):
    """Un boletín reservado y otro público de un área, en un expediente, y quien los ve."""
    asegurar()
    area = fabricas.area("Obras")
    quien = fabricas.persona("archivo_tramite", en=area)
    reservado = fabricas.publico(area=area, acceso="reservado", titulo="Canario reservado")
    publico = fabricas.publico(area=area, titulo="Canario público")
    exp = mundo.expediente(area)
    integrar(exp, [Documento(reservado), Documento(publico)], None)
    cambio = CambioEnLote(tipo="boletin", cambios=[{"campo": "lugar", "accion": "poner", "valor": "X"}], actor=quien)
    preparar_cambio(cambio, [reservado.pk, publico.pk], lambda item: True)
    poner_al_dia()
    client.force_login(quien)
    return {"reservado": reservado.clave, "publico": publico.clave, "exp": exp.clave, "lote": cambio.pk}


@pytest.mark.parametrize(
    "direccion",
    [
        "/admin/elementos/boletin/",
        "/admin/elementos/boletin/results/?q=canario",
        "/admin/selectores/elementos.json?q=canario",
        "/admin/lotes/{lote}/",
        "/admin/expedientes/{exp}/",
        "/admin/expedientes/{exp}/integrar/?q=canario",
    ],
)
def test_lo_reservado_que_se_ve_en_una_lista_queda_escrito(client, casa, direccion):
    assert "Canario reservado" in client.get(direccion.format(**casa)).content.decode()
    vistos = set(Suceso.objects.filter(clase="item.consultado").values_list("objeto", flat=True))
    assert vistos == {f"item:{casa['reservado']}"}


def test_si_no_se_puede_anotar_no_se_muestra(client, casa, monkeypatch):
    def sin_disco(sucesos):
        if list(sucesos):
            raise DatabaseError("disco lleno")

    monkeypatch.setattr(consulta, "registrar_varios", sin_disco)
    client.raise_request_exception = False
    respuesta = client.get("/admin/elementos/boletin/")
    assert respuesta.status_code == 500 and "Canario" not in respuesta.content.decode()
