"""La publicación oficial: portada, página legal, índice con sus páginas, cuadros y textos muy largos."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from archivo.salidas import (
    ArbolInvalido,
    Capitulo,
    DatosDePublicacion,
    Foto,
    Institucion,
    RecursoAusente,
    publicacion_pdf,
)

from .conftest import FECHA, apretado, texto_de

PARRAFO = {"tipo": "parrafo", "texto": "La dependencia informa cada trimestre lo que hizo y cuánto costó. " * 8}


@pytest.fixture
def informe(institucion: Institucion) -> DatosDePublicacion:
    capitulos = [
        Capitulo(f"Capítulo {nombre}", [{"tipo": "subtitulo", "texto": f"Sección {nombre}"}, *[PARRAFO] * 9])
        for nombre in ("primero", "segundo", "tercero")
    ]
    return DatosDePublicacion(
        institucion=institucion,
        tipo="Informe trimestral",
        titulo="Obras y servicios",
        fecha=date(2026, 10, 15),
        capitulos=capitulos,
        numero="Núm. 14",
        periodo="Julio a septiembre de 2026",
        legales=[("Editor responsable", "Coordinación de Comunicación Social"), ("ISBN", "")],
        codigo="AE/CCS/PUB/14",
        enlace="https://acervo.ejemplo.mx/d/p7x2",
    )


def _paginas(pdf: bytes) -> list[str]:
    return [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_el_indice_da_la_pagina_en_que_abre_cada_capitulo(informe: DatosDePublicacion) -> None:
    paginas = _paginas(publicacion_pdf(informe, FECHA))
    indice = paginas[2].split("Contenido")[1]
    for n, capitulo in enumerate(informe.capitulos, 1):
        abre = next(i for i, p in enumerate(paginas, 1) if f"Capítulo {n} de 3" in " ".join(p.split()))
        renglon = next(r for r in indice.splitlines() if capitulo.titulo in r)
        assert renglon.rstrip(" .").endswith(str(abre))


def test_la_pagina_legal_omite_lo_vacio(informe: DatosDePublicacion) -> None:
    legal = _paginas(publicacion_pdf(informe, FECHA))[1]
    assert "Editor responsable" in legal
    assert "ISBN" not in legal


@pytest.mark.parametrize("estilo", ["libro", "gaceta", "folleto"])
def test_cada_estilo_conserva_todo_el_texto(informe: DatosDePublicacion, estilo: str) -> None:
    leido = apretado(texto_de(publicacion_pdf(replace(informe, estilo=estilo), FECHA)))
    for capitulo in informe.capitulos:
        assert apretado(capitulo.titulo) in leido
    assert leido.count(apretado("La dependencia informa cada trimestre")) > 150
    assert apretado("Núm. 14") in leido


def test_los_cuadros_llevan_encabezado_total_y_fuente(informe: DatosDePublicacion) -> None:
    cuadro = {
        "tipo": "tabla",
        "titulo": "Cuadro 1. Obras",
        "columnas": [{"t": "Obra", "peso": 2}, {"t": "Metros", "n": True}],
        "filas": [["Calle #5 *Mayo*", 12400], ["Drenaje", 980]],
        "total": ["Total", 13380],
        "fuente": "Dirección de Obras",
    }
    datos = replace(informe, capitulos=[Capitulo("Cuadros", [cuadro])])
    leido = apretado(texto_de(publicacion_pdf(datos, FECHA)))
    for parte in ("Cuadro 1. Obras", "Calle #5 *Mayo*", "12,400", "13,380", "Fuente: Dirección de Obras"):
        assert apretado(parte) in leido


def test_una_foto_que_no_se_entrego_se_dice(informe: DatosDePublicacion, foto: Foto) -> None:
    capitulos = [Capitulo("Uno", [{"tipo": "foto", "foto": "kiosco"}])]
    with pytest.raises(RecursoAusente, match="kiosco"):
        publicacion_pdf(replace(informe, capitulos=capitulos), FECHA)
    pdf = publicacion_pdf(replace(informe, capitulos=capitulos, fotos={"kiosco": foto}), FECHA)
    assert apretado(foto.pie) in apretado(texto_de(pdf))


def test_un_bloque_desconocido_se_rechaza(informe: DatosDePublicacion) -> None:
    with pytest.raises(ArbolInvalido, match="carrusel"):
        publicacion_pdf(replace(informe, capitulos=[Capitulo("Uno", [{"tipo": "carrusel"}])]), FECHA)


def test_mas_de_ciento_veinte_paginas_con_su_numero(informe: DatosDePublicacion) -> None:
    capitulos = [Capitulo(f"Parte {n}", [PARRAFO] * 60) for n in range(1, 17)]
    paginas = _paginas(publicacion_pdf(replace(informe, capitulos=capitulos), FECHA))
    assert len(paginas) > 120
    assert f"Página {len(paginas)} de {len(paginas)}" in paginas[-1]
    assert apretado("Parte 16") in apretado(paginas[2])


def test_las_mismas_entradas_dan_los_mismos_bytes(informe: DatosDePublicacion, foto: Foto) -> None:
    datos = replace(informe, portada=foto)
    assert publicacion_pdf(datos, FECHA) == publicacion_pdf(datos, FECHA)
