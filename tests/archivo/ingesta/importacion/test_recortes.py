"""Las notas de prensa y de opinión entran como recortes, con lo que su fila dice."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from archivo.catalogo.puerta import Autoridad, Item
from archivo.indexacion.puerta import asegurar, poner_al_dia

pytestmark = pytest.mark.django_db

NOTA = {
    "id": "n:1", "tipo": "nota_prensa", "titulo": "Baja la presión del agua", "fecha": "2026-11-20", "autor": "Redacción",
    "texto": "Vecinas reportan baja presión.", "fuente": "El Pregón",
    "extra": {
        "seccion": "Ciudad", "sumario": "Piden la medición semanal", "pagina": "A3",
        "imagenes": [{"pie": "El tanque elevado", "url": "x"}, {"pie": "", "url": "y"}],
    },
}  # fmt: skip


@pytest.fixture
def importar(tmp_path):
    def correr(*filas, opciones=("--publicar", "--acceso", "publico")):
        ruta = tmp_path / "filas.jsonl"
        ruta.write_text("".join(json.dumps(f) + "\n" for f in filas), encoding="utf-8")
        salida = StringIO()
        call_command("importar", str(ruta), "--json", *opciones, stdout=salida)
        return json.loads(salida.getvalue())

    return correr


def buscar(*argumentos):
    salida = StringIO()
    call_command("buscar", "--json", *argumentos, stdout=salida)
    return json.loads(salida.getvalue())


def test_una_nota_trae_su_medio_seccion_sumario_y_pies(importar):
    importar(NOTA)
    item = Item.objects.get()
    assert (item.tipo, item.medio.nombre, item.medio.por_verificar, item.resumen) == (
        "recorte",
        "El Pregón",
        True,
        "Piden la medición semanal",
    )
    propios = {c: v for c, v in item.ficha.items() if c != "extra"}
    assert propios == {
        "tipo_medio": "prensa",
        "genero": "nota",
        "seccion": "Ciudad",
        "pagina": "A3",
        "pies_de_foto": ["El tanque elevado"],
    }
    assert item.ficha["extra"]["sumario"] == "Piden la medición semanal"
    assert "medio_por_verificar" in item.pendientes


@pytest.mark.parametrize(("seccion", "genero"), [("Opinión", "articulo"), ("Columnas", "columna"), ("Editorial", "editorial")])
def test_el_genero_de_la_opinion_lo_dice_su_seccion(importar, seccion, genero):
    importar(NOTA | {"tipo": "opinion", "extra": {"seccion": seccion}})
    assert Item.objects.get().ficha["genero"] == genero


def test_el_sumario_de_relleno_no_es_un_resumen_y_lo_no_publicado_es_borrador(importar):
    importar(NOTA | {"extra": {"sumario": "Resumen de menos de 140 caracteres", "publicado": False}})
    item = Item.objects.get()
    assert (item.resumen, item.estado) == ("", "borrador")


def test_lo_que_no_cabe_en_su_campo_queda_en_extra_y_se_anota(importar):
    importar(NOTA | {"extra": {"duracion": "un rato", "valoracion": "negativa"}})
    item = Item.objects.get()
    assert "duracion" not in item.ficha and item.ficha["extra"]["duracion"] == "un rato"
    assert (item.ficha["valoracion"], "ficha" in item.pendientes) == ("negativa", True)


def test_dos_filas_del_mismo_medio_son_una_autoridad_y_otra_corrida_no_cambia_nada(importar):
    filas = [NOTA, NOTA | {"id": "n:2", "titulo": "Otra"}]
    importar(*filas)
    assert Autoridad.objects.filter(clase="medio").count() == 1
    assert importar(*filas)["sin_cambio"] == 2


def test_las_facetas_cuentan_lo_que_dicen_las_filas_y_la_valoracion_no_sale(importar, tmp_path):
    asegurar()
    filas = [
        NOTA | {"id": f"n:{i}", "extra": {"seccion": s, "valoracion": "negativa"}}
        for i, s in enumerate(["Ciudad", "Ciudad", "Mundo"])
    ]
    importar(*filas)
    poner_al_dia()
    hallado = buscar("--filtro", "tipo=recorte")
    assert hallado["facetas"]["seccion"] == [{"valor": "Ciudad", "total": 2}, {"valor": "Mundo", "total": 1}]
    assert hallado["facetas"]["medio"] == [{"valor": "El Pregón", "total": 3}]
    assert "valoracion" not in hallado["facetas"] and "negativa" not in json.dumps(hallado)
    assert buscar("--filtro", "seccion=Mundo")["total"] == 1
    assert buscar("--filtro", "valoracion=negativa")["total"] == 0
    assert buscar("--filtro", "medio=El Pregón", "--filtro", "autor=Redacción")["total"] == 3


def test_de_lo_restringido_se_conoce_la_cita_y_no_el_texto(importar):
    asegurar()
    importar(NOTA, opciones=("--publicar", "--acceso", "restringido_derechos"))
    poner_al_dia()
    assert buscar("presión", "--filtro", "seccion=Ciudad")["total"] == 1
    assert buscar("Pregón")["total"] == 1
    assert buscar("reportan")["total"] == 0
    assert buscar("elevado")["total"] == 0
