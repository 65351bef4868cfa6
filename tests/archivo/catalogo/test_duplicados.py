"""Posibles duplicados por archivo, dirección, título y fecha, y texto; nunca lo que esa persona no puede ver."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivo.catalogo.direcciones import direccion_llana, huella_de_url
from archivo.catalogo.puerta import AdjuntoNuevo, Item, ItemDeLote, PorGuardar, adjuntar, coincidencias, crear_lote, tipo_de
from archivo.catalogo.servicios.duplicados import de_texto_parecido, grupos, solape
from archivo.identidad.puerta import lector_de
from archivo.objetos.puerta import guardar as guardar_objeto
from tests.fabricas import area, boletin, persona

TEXTO = " ".join(f"palabra{n}" for n in range(60))


@pytest.mark.parametrize(
    "otra",
    [
        "https://www.eldiario.mx/nota/1/?utm_source=boletin&utm_medium=correo",
        "http://eldiario.mx/nota/1#comentarios",
        "https://EldiariO.mx/nota/1?fbclid=IwAR0",
        "https://m.eldiario.mx/nota/1/",
    ],
)
def test_la_misma_direccion_se_reconoce_escrita_de_otro_modo(otra):
    assert direccion_llana(otra) == direccion_llana("https://eldiario.mx/nota/1")


@pytest.mark.parametrize("otra", ["https://eldiario.mx/nota/2", "https://eldiario.mx/nota/1?pagina=2", "https://otro.mx/nota/1"])
def test_otra_nota_no_se_confunde(otra):
    assert huella_de_url(otra) != huella_de_url("https://eldiario.mx/nota/1")


@given(st.text(max_size=80))
def test_cualquier_cosa_escrita_como_direccion_tiene_huella(texto):
    assert huella_de_url(texto) == huella_de_url(texto)
    assert bool(huella_de_url(texto)) == bool(texto.strip())


@pytest.fixture
def titular(db):
    return persona("titular")


def test_misma_url_sin_rastreo(titular):
    previo = boletin(titulo="Jornada de salud", url="https://eldiario.mx/nota/9")
    dato = PorGuardar("boletin", "Otra cosa", url="https://www.eldiario.mx/nota/9/?utm_source=x")
    (hallado,) = coincidencias(dato, lector_de(titular))
    assert hallado.item.pk == previo.pk
    assert "dirección" in hallado.razon


def test_tambien_lo_que_entro_por_lote_tiene_huella(titular):
    crear_lote([ItemDeLote(tipo_de("boletin").modelo(titulo="Lote", url="https://a.mx/1?gclid=2"))], None, "")
    assert Item.objects.get(titulo="Lote").huella_url == huella_de_url("http://a.mx/1")


def test_titulo_casi_igual_en_fecha_vecina(titular):
    previo = boletin(titulo="Arranca la jornada de salud en Iztacalco", dia=date(2026, 5, 6))
    boletin(titulo="Arranca la jornada de salud en Iztacalco", dia=date(2020, 5, 6))
    boletin(titulo="Inauguran el parque de la colonia Agrícola", dia=date(2026, 5, 6))
    dato = PorGuardar("boletin", "Arranca jornada de salud, en Iztacalco", fecha=date(2026, 5, 7))
    assert [p.item.pk for p in coincidencias(dato, lector_de(titular))] == [previo.pk]


def test_mismos_bytes(titular):
    objeto = guardar_objeto(BytesIO(b"un original"))
    previo = boletin(titulo="Con archivo")
    adjuntar(previo, AdjuntoNuevo(objeto, "a.txt"), titular)
    assert [p.item.pk for p in coincidencias(PorGuardar("boletin", sha256=(objeto.sha256,)), lector_de(titular))] == [previo.pk]


@pytest.mark.django_db
def test_no_se_avisa_de_lo_que_no_se_puede_ver():
    boletin(titulo="Secreto", url="https://eldiario.mx/nota/9", acceso="confidencial", area=area("Otra"))
    ajena = persona("redaccion", en=area("Una"))
    dato = PorGuardar("boletin", "Secreto", fecha=date(2026, 5, 6), url="https://eldiario.mx/nota/9")
    assert coincidencias(dato, lector_de(ajena)) == []


def test_lo_que_se_corrige_no_es_duplicado_de_si_mismo(titular):
    previo = boletin(titulo="Uno", url="https://a.mx/1")
    assert coincidencias(PorGuardar("boletin", "Uno", url="https://a.mx/1", propio=previo.pk), lector_de(titular)) == []


def test_texto_recortado_de_la_misma_agencia(titular):
    entero = boletin(titulo="Entera", texto=TEXTO + " " + " ".join(f"cola{n}" for n in range(60)))
    distinto = boletin(titulo="Distinta", texto=" ".join(f"otra{n}" for n in range(60)))
    (hallado,) = de_texto_parecido(TEXTO, [entero, distinto])
    assert hallado.item.pk == entero.pk
    assert hallado.grado > 0.9


def test_un_texto_muy_corto_no_se_compara(titular):
    corto = boletin(titulo="Corta", texto="sólo cinco palabras de texto")
    assert de_texto_parecido("sólo cinco palabras de texto", [corto]) == []


@given(st.lists(st.sampled_from("abcdefghij"), min_size=20, max_size=60), st.lists(st.sampled_from("klmnop"), max_size=40))
def test_el_solape_es_simetrico_y_entero_consigo_mismo(unas, otras):
    uno, dos = grupos(" ".join(f"{p}{i}" for i, p in enumerate(unas))), grupos(" ".join(otras))
    assert solape(uno, uno) == 1.0
    assert solape(uno, dos) == solape(dos, uno)
