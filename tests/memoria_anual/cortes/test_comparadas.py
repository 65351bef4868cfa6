"""Una comparación larga es un trabajo: se guarda lo mismo que se diría al momento, dice de cuándo es y repetirla no la duplica."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.tareas.puerta import Trabajo, drenar
from memoria_anual.cortes import comparadas
from memoria_anual.cortes.puerta import CambioHallado, ComparacionHecha, Corte, comparar, cortar, es_breve, ultima_comparacion
from memoria_anual.cortes.tasks import comparar_corte
from memoria_anual.indicadores.puerta import leer_periodo
from memoria_anual.oficina.vistas.comunes import POR_PAGINA
from tests.fabricas import boletin, persona
from tests.memoria_anual.generado import sembrar

pytestmark = pytest.mark.django_db
ANIO = leer_periodo("2025")


@pytest.fixture
def largo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cualquier comparación es larga."""
    monkeypatch.setattr(comparadas, "POCOS", -1)


def _dichos(corte: Corte) -> set[tuple[str, str, str, str]]:
    """Lo que se diría al momento: cifra, qué pasó, a qué y por qué."""
    return {
        (c.clave, e.que, e.clave, e.motivo)
        for c in comparar(corte).distintas
        for e in (*c.entraron, *c.salieron, *c.cambiaron)
    }  # fmt: skip


def test_guarda_lo_mismo_que_se_diria_al_momento_y_repetirla_no_la_duplica() -> None:
    sembrar(300, 41)
    corte = cortar(ANIO)
    contados = list(corte.elementos.filter(clase="item").values_list("objeto_id", flat=True))
    Item.objects.filter(pk__in=contados[::7]).update(estado="retirado")
    Item.objects.filter(pk__in=contados[1::7]).update(titulo="Con otro título")
    boletin(estado="publicado", dia=date(2025, 8, 1))
    for _ in range(2):
        ComparacionHecha.objects.update(momento=timezone.now() - comparadas.SE_LEE)
        comparar_corte.func(corte.pk, None)
    hecha = ComparacionHecha.objects.get()
    guardados = {(c.cifra, c.que, c.clave, c.motivo) for c in hecha.cambios.all()}
    assert guardados == _dichos(corte) and {q for _, q, _, _ in guardados} == {"entro", "salio", "cambio"}
    assert [(c["clave"], c["antes"]) for c in hecha.cifras] == [
        (c.clave, None if c.antes is None else str(c.antes)) for c in comparar(corte).distintas
    ]
    assert sum(c["entraron"] + c["salieron"] + c["cambiaron"] for c in hecha.cifras) == CambioHallado.objects.count()


def test_la_que_se_quedo_a_medias_no_se_muestra() -> None:
    corte = cortar(ANIO)
    ComparacionHecha.objects.create(corte=corte)
    assert ultima_comparacion(corte, None) is None


def test_lo_breve_se_mide_por_los_dos_lados(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparadas, "POCOS", 2)
    vacio = cortar(ANIO)
    for n in range(2):
        boletin(estado="publicado", dia=date(2025, 2, n + 1))
    lleno = cortar(ANIO)
    assert es_breve(vacio) and es_breve(vacio, lleno) and not es_breve(lleno)
    boletin(estado="publicado", dia=date(2025, 2, 9))
    assert not es_breve(vacio)


@pytest.mark.usefixtures("largo")
@pytest.mark.django_db(transaction=True)
def test_la_larga_se_encarga_una_vez_y_su_pagina_dice_de_cuando_es(client: Client) -> None:
    corte = cortar(ANIO)
    boletin(estado="publicado", dia=date(2025, 2, 1), titulo="El que entró")
    boletin(estado="publicado", dia=date(2025, 2, 2), acceso="reservado", titulo="Canario reservado")
    client.force_login(persona("cotejo"))
    direccion = reverse("memoria_corte_comparar", args=[corte.pk])
    assert "Hay mucho que leer" in client.get(direccion).content.decode()
    assert client.post(direccion).url == client.post(direccion).url == Trabajo.objects.get().get_absolute_url()
    drenar()
    boletin(estado="publicado", dia=date(2025, 2, 3), titulo="El de después")
    pagina = client.get(direccion).content.decode()
    assert "Es lo que se halló entonces" in pagina and "0 → 2" in pagina and "El que entró" in pagina
    assert "Canario" not in pagina and "El de después" not in pagina
    assert client.post(direccion).url != Trabajo.objects.earliest("pk").get_absolute_url()


@pytest.mark.parametrize("larga", [False, True])
def test_una_clase_de_cambio_se_recorre_entera_por_paginas(client: Client, monkeypatch: pytest.MonkeyPatch, larga: bool) -> None:
    corte = cortar(ANIO)
    for n in range(POR_PAGINA + 2):
        boletin(estado="publicado", dia=date(2025, 1 + n // 28, 1 + n % 28), titulo=f"El que entró {n:03}")
    if larga:
        comparar_corte.func(corte.pk, None)
        monkeypatch.setattr(comparadas, "POCOS", -1)
    client.force_login(persona("redaccion"))
    direccion = reverse("memoria_corte_comparar", args=[corte.pk])
    todo = client.get(direccion).content.decode()
    enlace = "?cifra=BOL&amp;que=entraron"
    assert f'href="{enlace}">Ver los {POR_PAGINA + 2}</a>' in todo and "El que entró 051" not in todo
    titulos = []
    for pagina in ("1", "2", "99"):
        vista = client.get(direccion, {"cifra": "BOL", "que": "entraron", "pagina": pagina})
        ((_, (grupo,)),) = vista.context["cambios"]
        titulos.append([c.titulo for c in grupo.dichos])
    assert [*titulos[0], *titulos[1]] == [f"El que entró {n:03}" for n in range(POR_PAGINA + 2)]
    assert titulos[1] == titulos[2] and f'href="{enlace}&amp;pagina=1"' in vista.content.decode()
    assert client.get(direccion, {"cifra": "NADA", "que": "entraron"}).status_code == 404
