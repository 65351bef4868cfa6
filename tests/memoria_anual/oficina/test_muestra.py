"""Las memorias del archivo de muestra: una publicada que se puede leer, otra en integración, y sembrar dos veces no las repite."""

from datetime import date

import pytest

from archivo.identidad.puerta import Area, Usuario, crear_usuario
from archivo.indexacion.puerta import asegurar
from memoria_anual.edicion.puerta import AportacionDeArea, EdicionPublicada, Memoria
from memoria_anual.oficina import muestra
from tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture
def sembrada(db):
    """Lo que las memorias toman de la muestra: dos personas, las áreas convocadas y los boletines que citan."""
    asegurar()
    for cuenta in muestra.GENTE:
        crear_usuario(cuenta, cuenta)
    for clave in ("CCS", *muestra.CONVOCADAS):
        Area.objects.create(clave=clave, nombre=f"Dirección {clave}")
    citados = {*muestra.HECHOS, *(c for a in muestra.CONVOCADAS.values() if a for c in a.pruebas)}
    for n, nombre in enumerate(sorted(citados)):
        fabricas.publico(dia=date(2025, 1 + n, 5), titulo=f"Boletín {nombre}", id_externo=f"muestra-{nombre}")
    muestra.sembrar(lambda dicho: None)


def test_la_de_2025_se_lee_en_el_sitio_y_dice_lo_que_falta(sembrada, client):
    edicion = EdicionPublicada.objects.get()
    titulos = [c["titulo"] for c in edicion.contenido["capitulos"]]
    assert all(t.startswith(empieza) for t, empieza in zip(titulos, muestra.SE_QUEDAN, strict=True))
    dependencias = client.get("/memoria/2025/capitulo/6/").content.decode()
    assert "No entregada." in dependencias and "Afirmación sin prueba en el archivo" in dependencias
    portada = client.get("/memoria/2025/").content.decode()
    assert "Dato ajustado" in portada and str(Usuario.objects.get(username="titular").get_full_name()) in portada


def test_la_de_2026_pide_aportaciones_y_sembrar_otra_vez_no_repite_nada(sembrada):
    muestra.sembrar(lambda dicho: None)
    assert list(Memoria.objects.order_by("periodo").values_list("periodo", "estado")) == [
        ("2025", "publicada"),
        ("2026", "en_integracion"),
    ]
    pedidas = AportacionDeArea.objects.filter(memoria__periodo="2026")
    assert {a.estado for a in pedidas} == {"solicitada"} and pedidas.count() == len(muestra.CONVOCADAS)


def test_sin_la_muestra_no_se_siembra(db):
    fabricas.publico(dia=date(2025, 1, 5))
    muestra.sembrar(lambda dicho: None)
    assert not Memoria.objects.exists()
