"""La muestra entra por los servicios de la oficina, y si se interrumpe, sigue donde quedó."""

import pytest

from archivo.catalogo.puerta import Item, Relacion
from archivo.muestra import servicios
from archivo.muestra.modelo import ElementoDeMuestra

pytestmark = pytest.mark.django_db


def _pocos(todos: list[ElementoDeMuestra]) -> list[ElementoDeMuestra]:
    """Los primeros cinco, uno de cada estado, una publicación corta y la fe de erratas con su boletín."""
    fe = next(e for e in todos if e.relacion)
    corregido = next(e for e in todos if e.id_externo == fe.relacion.id_externo)
    uno_por_estado = {e.estado: e for e in todos if e.tipo == "boletin" and e.serie != fe.serie}
    folleto = next(e for e in todos if e.ficha.get("clase") == "folleto")
    elegidos = [*todos[:5], *uno_por_estado.values(), folleto, corregido, fe]
    return list({e.id_externo: e for e in elegidos}.values())


@pytest.fixture
def pocos(elementos: list[ElementoDeMuestra], monkeypatch: pytest.MonkeyPatch) -> list[ElementoDeMuestra]:
    elegidos = _pocos(elementos)
    monkeypatch.setattr(servicios, "generar", lambda: iter(elegidos))
    monkeypatch.setattr(servicios, "cubrir", lambda elenco: 0)
    return elegidos


def test_cada_elemento_queda_en_su_estado_con_sus_archivos(pocos: list[ElementoDeMuestra]) -> None:
    assert servicios.sembrar(lambda frase: None) == len(pocos)
    for elemento in pocos:
        item = Item.objects.get(id_externo=elemento.id_externo)
        assert (item.estado, item.acceso_efectivo, item.titulo) == (elemento.estado, elemento.acceso, elemento.titulo)
        assert item.adjuntos.filter(rol="fotografia").count() == len(elemento.fotos)
        assert all(a.alternativa and a.pie for a in item.adjuntos.filter(rol="fotografia"))
        assert item.pendientes == []
        if elemento.numero:
            assert item.numero_asignado
            assert item.creado_por != item.autorizado_por


def test_la_publicacion_llega_con_sus_paginas(pocos: list[ElementoDeMuestra]) -> None:
    servicios.sembrar(lambda frase: None)
    publicaciones = list(Item.objects.filter(tipo="publicacion"))
    assert publicaciones
    for item in publicaciones:
        adjunto = item.adjuntos.get(rol="original")
        assert adjunto.objeto.paginas == item.paginas.filter(adjunto=adjunto).count() >= 2
        assert all(p.texto.strip() for p in item.paginas.all())


def test_la_fe_de_erratas_queda_ligada(pocos: list[ElementoDeMuestra]) -> None:
    servicios.sembrar(lambda frase: None)
    relacion = Relacion.objects.get()
    assert relacion.clase == "fe_de_erratas_de"
    assert relacion.correcciones[0]["debe"].startswith(relacion.correcciones[0]["dice"])


def test_sembrar_dos_veces_no_duplica(pocos: list[ElementoDeMuestra]) -> None:
    servicios.sembrar(lambda frase: None)
    assert servicios.sembrar(lambda frase: None) == 0
    assert Item.objects.count() == len(pocos)


def test_una_siembra_interrumpida_sigue_donde_quedo(pocos: list[ElementoDeMuestra], monkeypatch: pytest.MonkeyPatch) -> None:
    completa, veces = servicios.adjuntar, iter([None] * 2)

    def se_va_la_luz(*argumentos: object) -> object:
        if next(veces, "fin") == "fin":
            raise ConnectionError
        return completa(*argumentos)

    monkeypatch.setattr(servicios, "adjuntar", se_va_la_luz)
    with pytest.raises(ConnectionError):
        servicios.sembrar(lambda frase: None)
    a_medias = Item.objects.count()
    assert a_medias < len(pocos)
    monkeypatch.setattr(servicios, "adjuntar", completa)
    assert servicios.sembrar(lambda frase: None) == len(pocos) - a_medias
    assert Item.objects.count() == len(pocos)
