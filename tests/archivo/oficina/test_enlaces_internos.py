import pytest

from tests import fabricas


@pytest.mark.django_db
def test_buscar_una_pagina_para_enlazarla_contesta(client):
    client.force_login(fabricas.persona("titular"), backend="archivo.identidad.permisos.BackendDeRoles")
    assert client.get("/admin/choose-page/search/", {"q": "inicio"}).status_code == 200
