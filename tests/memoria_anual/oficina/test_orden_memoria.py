"""`manage.py memoria`: el contrato de `docs/ordenes.md`."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from memoria_anual.cortes.puerta import Corte
from memoria_anual.indicadores.puerta import indicadores
from tests.fabricas import boletin, persona

pytestmark = pytest.mark.django_db


def _correr(*argumentos: str) -> str:
    salida = StringIO()
    call_command("memoria", *argumentos, stdout=salida)
    return salida.getvalue()


def test_cifras_da_todas_con_las_claves_del_contrato() -> None:
    for n in range(3):
        boletin(estado="publicado", dia=date(2025, 2, n + 1))
    boletin(estado="publicado", dia=date(2024, 2, 1))
    dicho = json.loads(_correr("cifras", "--periodo", "2025", "--json"))
    assert dicho["periodo"] == "2025" and [c["clave"] for c in dicho["cifras"]] == [i.clave for i in indicadores()]
    bol = dicho["cifras"][0]
    assert {k: bol[k] for k in ("clave", "nombre", "unidad", "valor", "anterior", "elementos")} == {
        "clave": "BOL", "nombre": "Boletines emitidos", "unidad": "boletines", "valor": 3, "anterior": 1, "elementos": 3,
    }  # fmt: skip
    assert next(c for c in dicho["cifras"] if c["clave"] == "RED")["valor"] is None


def test_la_lista_es_un_renglon_por_elemento_y_calla_lo_que_no_toca() -> None:
    a_la_vista = boletin(estado="publicado", dia=date(2025, 2, 1))
    boletin(estado="publicado", dia=date(2025, 2, 2), acceso="reservado", titulo="Canario reservado")
    salida = _correr("cifras", "--periodo", "2025-T1", "--indicador", "BOL", "--lista", "--json")
    renglones = [json.loads(r) for r in salida.splitlines()]
    assert [r["clave"] for r in renglones] == [a_la_vista.clave, None]
    assert "Canario" not in salida and renglones[1]["a_la_vista"] is False
    persona("titular", nombre="jefa")
    assert "Canario" in _correr("cifras", "--periodo", "2025-T1", "--indicador", "BOL", "--lista", "--json", "--como", "jefa")


def test_en_palabras_dice_el_periodo_y_n_a() -> None:
    salida = _correr("cifras", "--periodo", "2025-T2")
    assert salida.startswith("segundo trimestre de 2025\n") and "n/a" in salida and "Boletines emitidos" in salida


def test_corte_congela_y_da_su_huella() -> None:
    boletin(estado="publicado", dia=date(2025, 2, 1))
    dicho = json.loads(_correr("corte", "--periodo", "2025", "--json"))
    corte = Corte.objects.get()
    assert (dicho["corte"], dicho["hash"], dicho["cifras"][0]["valor"]) == (corte.pk, corte.hash, 1)
    en_palabras = _correr("corte", "--periodo", "2025")
    assert Corte.objects.order_by("pk").last().hash in en_palabras


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [
        (("cifras", "--periodo", "ayer"), "Escriba un año"),
        (("corte", "--periodo", "2025-T9"), "Escriba un año"),
        (("cifras", "--periodo", "2025", "--indicador", "ZZZ"), "No existe el indicador «ZZZ»"),
        (("cifras", "--periodo", "2025", "--indicador", "ZZZ", "--lista"), "No existe el indicador «ZZZ»"),
        (("cifras", "--periodo", "2025", "--lista"), "--indicador BOL --lista"),
        (("corte", "--periodo", "2025", "--como", "nadie"), "No existe la persona usuaria «nadie»"),
    ],
)
def test_lo_que_no_sirve_sale_con_2_y_dice_que_hacer(argumentos: tuple[str, ...], dice: str) -> None:
    with pytest.raises(CommandError, match=dice) as error:
        _correr(*argumentos)
    assert error.value.returncode == 2 and Corte.objects.count() == 0
