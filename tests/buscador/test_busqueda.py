"""La búsqueda por su cara pública: la página, la orden y el canal contestan lo mismo."""

import json
import re
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from archivo.catalogo.puerta import serie_de
from archivo.indexacion.puerta import asegurar, poner_al_dia
from tests import fabricas

pytestmark = pytest.mark.django_db


def orden(*argumentos):
    salida = StringIO()
    call_command("buscar", "--json", *argumentos, stdout=salida)
    return json.loads(salida.getvalue())


def titulos(pagina):
    return re.findall(r'<h3><a href="/elemento/(\w+)/', pagina)


def test_la_pagina_y_la_orden_contestan_lo_mismo(client, acervo):
    respuesta = orden("vacunaciones", "--tamano", "10")
    pagina = client.get("/buscar/", {"q": "vacunaciones"}).content.decode()
    assert respuesta["total"] == 10
    assert "10 resultados de «vacunaciones»" in pagina
    assert titulos(pagina) == [r["clave"] for r in respuesta["resultados"]]


def test_la_respuesta_tiene_la_forma_del_contrato(acervo):
    respuesta = orden("vacunación")
    assert set(respuesta) == {"total", "modo", "resultados", "facetas", "correccion", "milisegundos"}
    primero = respuesta["resultados"][0]
    assert set(primero) == {"clave", "id_externo", "tipo", "titulo", "fecha", "acceso", "url", "fragmento", "paginas"}
    assert primero["paginas"][0]["pagina"] == 1
    assert "vacunación" in primero["fragmento"]
    assert {"tipo", "anio", "area", "tema"} <= set(respuesta["facetas"])
    assert respuesta["facetas"]["tipo"] == [{"valor": "boletin", "total": 10}]
    assert "vacunacion " not in json.dumps(orden("vacunacion "), ensure_ascii=False)


def test_la_frase_del_final_lleva_a_su_parte(client, acervo):
    hallado = orden('"ornitorrinco está al final"')["resultados"][0]
    assert hallado["paginas"][0]["pagina"] > 1
    pagina = client.get(f"{hallado['url']}pagina/{hallado['paginas'][0]['pagina']}/", {"q": "ornitorrinco"}).content.decode()
    assert "<mark>ornitorrinco</mark>" in pagina


FILTROS = [
    (["tipo=boletin"], 10),
    (["tipo=boletin", "tipo=publicacion"], 11),
    (["area=Agua Potable"], 5),
    (["area=Agua Potable", "area=Obras"], 10),
    (["tema=Salud", "area=Obras"], 1),
    (["anio=2020"], 3),
    (["anio=2020", "anio=2021"], 7),
    (["fecha=2020..2021"], 7),
    (["fecha=2021-04..2021-07"], 2),
    (["fecha=1990..1995-03"], 1),
    (["fecha=..2000"], 1),
    (["fecha=1994"], 1),
    (["mes=2021-04"], 1),
    (["tipo=recorte"], 0),
]


def test_los_valores_son_alternativas_y_los_filtros_se_suman(acervo):
    for filtros, total in FILTROS:
        argumentos = [a for f in filtros for a in ("--filtro", f)]
        assert orden(*argumentos)["total"] == total, filtros


def test_las_facetas_cuentan_la_lista_y_dejan_elegir_otra_alternativa(acervo):
    facetas = orden("--filtro", "area=Obras")["facetas"]
    assert {v["valor"]: v["total"] for v in facetas["area"]} == {"Obras": 5, "Agua Potable": 5}
    assert {v["valor"]: v["total"] for v in facetas["tema"]} == {"Agua": 4, "Salud": 1}


@pytest.mark.parametrize(
    "argumentos",
    [
        ("--filtro", "inventado=1"),
        ("--filtro", "anio=mil"),
        ("--filtro", "anio=１９９４"),
        ("--filtro", "sin-igual"),
        ("--filtro", "tipo="),
        ("--filtro", "fecha=ayer"),
        ("--filtro", "fecha=2020", "--filtro", "fecha=2021"),
        ("--filtro", "numero=3"),
        ("--orden", "azar"),
        ("--tamano", "101"),
        ("--tamano", "0"),
        ("--pagina", "0"),
        ("--modo", "raro"),
        ("--como", "nadie"),
        ("--lote", "/no/existe"),
    ],
)
def test_lo_inutilizable_sale_con_dos_y_una_frase(argumentos):
    asegurar()
    with pytest.raises(CommandError) as error:
        call_command("buscar", *argumentos, "--json")
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)


def test_la_pagina_ignora_lo_que_no_entiende_y_lo_dice(client, acervo):
    pagina = client.get("/buscar/?q=vacunacion&anio=mil&orden=azar&fecha=ayer&inventado=1&pagina=-3&tamano=7").content.decode()
    assert "10 resultados" in pagina
    assert "espera un número" in pagina
    assert "No se entiende la fecha" in pagina
    assert "«orden»" in pagina
    assert "No hay un filtro «inventado»" in pagina


def test_el_lote_contesta_en_orden(acervo, tmp_path):
    archivo = tmp_path / "lote.jsonl"
    fabricas.persona("titular", nombre="tita")
    fabricas.publico(titulo="Interno vacunación", acceso="interno")
    poner_al_dia()
    peticiones = [
        {"texto": "vacunación", "tamano": 2},
        {"texto": "ornitorrinco"},
        {"texto": "", "filtros": {"area": ["Obras"]}, "orden": "-fecha"},
        {"texto": "vacunación", "como": "tita"},
    ]
    archivo.write_text("\n".join(json.dumps(p) for p in peticiones))
    salida = StringIO()
    call_command("buscar", "--lote", str(archivo), "--json", stdout=salida)
    respuestas = [json.loads(r) for r in salida.getvalue().splitlines()]
    assert [r["total"] for r in respuestas] == [10, 1, 5, 11]
    assert len(respuestas[0]["resultados"]) == 2
    fechas = [r["fecha"] for r in respuestas[2]["resultados"]]
    assert fechas == sorted(fechas, reverse=True)


@pytest.mark.parametrize(
    "renglon", ["{", "[]", "{}", '{"texto": 3}', '{"texto": "a", "tamano": "x"}', '{"texto": "a", "filtros": {"x": ["1"]}}']
)
def test_un_lote_con_un_renglon_malo_no_contesta_nada(tmp_path, renglon):
    archivo = tmp_path / "lote.jsonl"
    archivo.write_text('{"texto": "vacunación"}\n' + renglon)
    salida = StringIO()
    with pytest.raises(CommandError, match="Renglón 2"):
        call_command("buscar", "--lote", str(archivo), "--json", stdout=salida)
    assert salida.getvalue() == ""


@pytest.mark.parametrize(
    "texto",
    [
        "4/2021",
        "00004/2021",
        "No. 4/2021",
        "No. 004/2021",
        "no 4/2021",
        "núm. 4/2021",
        "boletín 4",
        "Boletin 4/2021",
        "BOLETÍN No. 4",
    ],
)
def test_un_folio_va_primero(acervo, texto):
    assert orden("--", texto)["resultados"][0]["clave"] == acervo[3].clave


def test_un_numero_dentro_de_una_frase_no_es_un_folio(acervo):
    otro = fabricas.publico(titulo="El pozo 4 vuelve", serie=serie_de("boletin"))
    poner_al_dia()
    assert [r["clave"] for r in orden("pozo 4")["resultados"]] == [otro.clave]


def test_el_texto_que_empieza_con_guion(acervo):
    assert orden("--", "-vacunación")["total"] == 1


def test_ordenar_y_paginar_no_repite_ni_pierde(acervo):
    vistas = [
        r["clave"] for n in range(1, 5) for r in orden("--orden", "titulo", "--tamano", "3", "--pagina", str(n))["resultados"]
    ]
    assert len(vistas) == len(set(vistas)) == 11
    fechas = [r["fecha"] for r in orden("--orden", "fecha")["resultados"]]
    assert fechas == sorted(fechas)


def test_una_pagina_de_mas_lo_dice_y_ofrece_la_ultima(client, acervo):
    pagina = client.get("/buscar/", {"q": "vacunación", "pagina": "9"}).content.decode()
    assert "No hay página" in pagina
    assert "Ir a la última" in pagina
    lejos = client.get("/buscar/", {"q": "vacunación", "pagina": "99999999"})
    assert lejos.status_code == 200
    assert "Ir a la última" in lejos.content.decode()


def test_los_filtros_puestos_se_quitan_con_un_enlace(client, acervo):
    pagina = client.get("/buscar/?q=vacunación&area=Obras&anio=2021&desde=2019").content.decode()
    assert "Área: Obras" in pagina
    assert "Año: 2021" in pagina
    assert "Fecha: desde 2019" in pagina
    assert 'href="/buscar/?q=vacunaci%C3%B3n&amp;anio=2021&amp;fecha=2019.."' in pagina
    assert 'value="Obras" checked' in pagina


def test_sin_resultados_propone_salidas_con_su_cuenta(client, acervo):
    pagina = client.get("/buscar/?q=vacunación&anio=1987&tipo=boletin").content.decode()
    assert "No encontramos nada con «vacunación»" in pagina
    assert re.search(r"Sin «Año: 1987»</span><b>10</b>", pagina)
    nada = client.get("/buscar/?q=xyzzyqw").content.decode()
    assert "Recorrer año por año" in nada


def test_una_palabra_mal_escrita_se_corrige(client, acervo):
    respuesta = orden("vacunasion")
    assert respuesta["correccion"] == "vacunación"
    assert "¿Quiso decir…?" in client.get("/buscar/?q=vacunasion").content.decode()


def test_se_ofrece_el_otro_modo(client, acervo):
    todas = client.get("/buscar/?q=vacunación+colonia").content.decode()
    assert "todas las palabras" in todas
    assert "modo=algunas" in todas
    algunas = client.get("/buscar/?q=vacunación+xyzzyqw").content.decode()
    assert "algunas de las palabras" in algunas
    assert "modo=todas" in algunas


def test_la_grafica_y_su_tabla_dicen_los_mismos_numeros(client, acervo):
    pagina = client.get("/buscar/?q=vacunación").content.decode()
    assert "El año con más es 2021, con 4" in pagina
    assert re.search(r'anio=2021">2021</a></th><td class="n">4</td>', pagina)


def test_el_canal_es_rss_valido_y_publico(client, acervo):
    fabricas.publico(titulo="Interno vacunación zarzuplex", acceso="interno")
    fabricas.publico(titulo="Raro \x0b\x1f & <b>vacunación</b>", texto="x")
    poner_al_dia()
    respuesta = client.get("/buscar/?q=vacunación&formato=rss")
    assert respuesta["Content-Type"] == "application/rss+xml; charset=utf-8"
    canal = ElementTree.fromstring(respuesta.content).find("channel")
    entradas = canal.findall("item")
    assert len(entradas) == 11
    assert all(e.findtext("link").startswith("http://testserver/elemento/") for e in entradas)
    assert "zarzuplex" not in respuesta.content.decode()
    fechas = [e.findtext("pubDate") for e in entradas]
    assert all(fechas)


@pytest.mark.parametrize("formato", ["rss", "atom"])
def test_a_quien_ya_tiene_el_canal_no_se_le_vuelve_a_mandar(client, acervo, formato):
    direccion = f"/buscar/?q=vacunación&formato={formato}"
    marca = client.get(direccion)["ETag"]
    assert client.get(direccion, headers={"If-None-Match": marca}).status_code == 304
    fabricas.publico(titulo="Vacunación de última hora", texto="x")
    poner_al_dia()
    otra = client.get(direccion, headers={"If-None-Match": marca})
    assert (otra.status_code, otra["ETag"] == marca) == (200, False)
