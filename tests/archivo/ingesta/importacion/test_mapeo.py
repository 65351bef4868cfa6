"""De columnas con los nombres que cada oficina les puso a los campos del contrato."""

import pytest

from archivo.catalogo.puerta import leer_fecha
from archivo.ingesta.importacion.columnas import es_tablero_de_monitoreo, huella_de_encabezado, sugerir
from archivo.ingesta.importacion.filas import FilaIlegible
from archivo.ingesta.importacion.mapeo import Mapeo, Traductor, fecha_de_celda
from archivo.ingesta.importacion.tablas import Renglon

TABLERO = [
    "Año", "# Mes", "Mes", "Fecha", "Título de la nota", "¿Es relevante?", "Tema", "Campaña", "Radio", "Televisión", "Digitales", "Impresos",
    "Otros (redes)", "Informativo/Positivo/Negativo", "Link", "Autor", "Publicación boletín", "Resumen",
]  # fmt: skip


def convertir(encabezado, *celdas, **opciones):
    tipo = opciones.pop("mapeo_tipo", "")
    traductor = Traductor(Mapeo(tuple(sugerir(encabezado, tipo)), tipo=tipo, **opciones))
    filas = [traductor.fila(Renglon(n, tuple(c))) for n, c in enumerate(celdas, 2)]
    return filas[0] if len(filas) == 1 else filas


def test_los_nombres_del_contrato_y_los_de_la_calle_van_al_mismo_campo():
    assert sugerir(["id", "titulo", "extra.seccion", "url"]) == ["id", "titulo", "extra.seccion", "url"]
    assert sugerir(["Encabezado", "FECHA DE PUBLICACIÓN", "Liga", "Área productora", "Quién sabe"]) == [
        "titulo", "fecha", "url", "dependencia", "",
    ]  # fmt: skip


def test_dos_columnas_no_van_al_mismo_campo_sin_que_alguien_lo_diga():
    assert sugerir(["Título", "Encabezado"]) == ["titulo", ""]


def test_los_campos_propios_del_tipo_se_reconocen_por_su_nombre():
    assert sugerir(["Vocero o vocera", "ISBN"], "boletin") == ["extra.vocero", ""]
    assert sugerir(["ISBN"], "publicacion") == ["extra.isbn"]


def test_la_huella_no_depende_de_acentos_ni_mayusculas():
    assert huella_de_encabezado(["TITULO", "Año"]) == huella_de_encabezado(["Título", "ano "])


def test_el_tablero_de_monitoreo_de_dieciocho_columnas_se_lee_entero():
    assert es_tablero_de_monitoreo(TABLERO) and all(sugerir(TABLERO))
    nota = ["2024", "5", "Mayo", "06/05/2024", "Agua para todos", "Sí", "Agua; Obras", "Cuidemos", "", "", "x", "Imagen", "", "Rojo",
            "https://x.mx/1", "Ana", "123", "En breve"]  # fmt: skip
    fila = convertir(TABLERO, nota)
    assert (fila.datos["titulo"], fila.datos["fecha"], fila.datos["url"], fila.datos["autor"]) == (
        "Agua para todos", "2024-05-06", "https://x.mx/1", "Ana",
    )  # fmt: skip
    assert fila.datos["extra"] == {
        "relevante": True, "temas": ["Agua", "Obras"], "campania": "Cuidemos", "tipo_medio": "digital", "medio": "Imagen",
        "valoracion": "negativa", "boletin_origen": "123", "resumen": "En breve",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("celda", "desde", "hasta"),
    [
        ("22/11/2026", "2026-11-22", "2026-11-22"),
        ("5-3-94", "1994-03-05", "1994-03-05"),
        ("22 de noviembre de 2026", "2026-11-22", "2026-11-22"),
        ("Mayo de 1994", "1994-05-01", "1994-05-31"),
        ("1994", "1994-01-01", "1994-12-31"),
        ("2024-01-02 03:04:00", "2024-01-02", "2024-01-02"),
    ],
)
def test_las_fechas_como_se_escriben(celda, desde, hasta):
    fecha = leer_fecha(fecha_de_celda(celda, "dma"))
    assert (str(fecha.desde), str(fecha.hasta)) == (desde, hasta)


@pytest.mark.parametrize(
    ("celda", "queda"), [("S/F", ""), ("31/02/2024", "31/02/2024"), ("la semana pasada", "la semana pasada")]
)
def test_la_fecha_que_no_se_entiende_queda_como_vino(celda, queda):
    assert fecha_de_celda(celda, "dma") == queda


def test_el_orden_de_la_fecha_se_elige():
    assert fecha_de_celda("05/06/1994", "mda") == "1994-05-06"


@pytest.mark.parametrize(("mes", "dia", "fecha"), [("Marzo", "", "1994-03"), ("", "", "1994"), ("3", "7", "1994-03-07")])
def test_sin_fecha_vale_la_que_digan_sus_columnas(mes, dia, fecha):
    assert convertir(["Título", "Año", "Mes", "Día"], ["Uno", "1994", mes, dia]).datos["fecha"] == fecha


def test_sin_identificador_se_hace_uno_estable_y_las_filas_iguales_no_chocan():
    dos = convertir(["Título", "Fecha"], ["Uno", "1994"], ["Uno", "1994"])
    otra_vez = convertir(["Título", "Fecha", "Resumen"], ["Uno", "1994", "añadido"])
    assert dos[0].datos["id"] == otra_vez.datos["id"] and dos[1].datos["id"] == f"{dos[0].datos['id']}-2"


def test_una_constante_llena_lo_que_la_fila_no_dice():
    filas = convertir(
        ["Título", "Dependencia"], ["Uno", ""], ["Dos", "Obras"], constantes={"dependencia": "Agua", "extra.medio": "Z"}
    )
    assert [(f.datos["dependencia"], f.datos["extra"]["medio"]) for f in filas] == [("Agua", "Z"), ("Obras", "Z")]


def test_los_nombres_que_ve_una_persona_se_entienden():
    fila = convertir(["Título", "Tipo de documento", "Nivel de acceso", "Publicado"], ["Uno", "Boletines", "Público", "no"])
    assert (fila.datos["tipo"], fila.datos["acceso"], fila.datos["extra"]["publicado"]) == ("boletin", "publico", False)


def test_una_fila_sin_identificador_en_una_tabla_que_si_lo_trae_se_rechaza():
    fila = convertir(["id", "Título"], ["", "Uno"])
    assert isinstance(fila, FilaIlegible) and (fila.campo, fila.original) == ("id", ("", "Uno"))


@pytest.mark.django_db
def test_las_opciones_de_la_ficha_se_escriben_por_su_nombre():
    fila = convertir(["Título", "Género", "Clase de medio"], ["Uno", "Artículo de opinión", "Prensa"], mapeo_tipo="recorte")
    assert (fila.datos["extra"]["genero"], fila.datos["extra"]["tipo_medio"]) == ("articulo", "prensa")


def test_el_apostrofo_que_protege_de_formulas_se_quita():
    assert convertir(["Título"], ["'=A1"]).datos["titulo"] == "=A1"
