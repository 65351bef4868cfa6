import io
import json

import pytest
from PIL import Image

from archivo.objetos import derivados
from archivo.objetos.puerta import DerivadoImposible, guardar, imagen_de_pagina, miniatura, palabras_de_pagina
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db


def _pdf(*paginas, **opciones):
    return guardar(io.BytesIO(fabrica.pdf(paginas, **opciones)), mime="application/pdf", paginas=len(paginas))


def test_la_imagen_de_una_pagina_tiene_un_ancho_de_la_lista_y_se_reproduce():
    objeto = _pdf("uno", "dos")
    ruta = imagen_de_pagina(objeto, 2, 700)
    with Image.open(ruta) as imagen:
        assert imagen.format == "WEBP"
        assert imagen.width == 800
        assert abs(imagen.height - 800 * 792 / 612) < 2
    primera = ruta.read_bytes()
    ruta.unlink()
    assert imagen_de_pagina(objeto, 2, 700).read_bytes() == primera


def test_lo_hecho_no_se_hace_otra_vez(monkeypatch):
    objeto = _pdf("uno")
    ruta = imagen_de_pagina(objeto, 1, 320)
    monkeypatch.setattr(derivados, "ejecutar", lambda *a: pytest.fail("se volvió a hacer"))
    assert imagen_de_pagina(objeto, 1, 300) == ruta


def test_una_pagina_enorme_se_dibuja_con_pixeles_acotados():
    with Image.open(imagen_de_pagina(_pdf("uno", caja=(14_400, 14_400)), 1, 2400)) as imagen:
        assert imagen.width * imagen.height <= derivados.PIXELES
    with Image.open(imagen_de_pagina(_pdf("uno", caja=(100, 14_000)), 1, 2400)) as imagen:
        assert imagen.width * imagen.height <= derivados.PIXELES * 1.01


@pytest.mark.parametrize("n", [0, -1, 3])
def test_una_pagina_que_no_existe(n):
    with pytest.raises(DerivadoImposible, match="no tiene página"):
        imagen_de_pagina(_pdf("uno", "dos"), n, 800)


def test_las_palabras_dicen_donde_estan():
    palabras = palabras_de_pagina(_pdf("Boletín de prensa\nabajo"), 1)
    assert [p[0] for p in palabras] == ["Boletín", "de", "prensa", "abajo"]
    _, x0, y0, x1, y1 = palabras[0]
    assert 72 / 612 - 0.02 < x0 < x1 < 0.3
    assert 0.05 < y0 < y1 < 0.12
    assert palabras[3][2] > y0


def test_las_palabras_de_una_pagina_girada_siguen_lo_que_se_ve():
    (recta,) = palabras_de_pagina(_pdf("palabra"), 1)
    (girada,) = palabras_de_pagina(_pdf("palabra", giro=90), 1)
    assert girada[3] - girada[1] < girada[4] - girada[2], "girada, es más alta que ancha"
    assert abs((1 - recta[2]) - girada[3]) < 0.01


def test_una_palabra_cortada_es_una_y_su_caja_no_tapa_dos_renglones():
    renglon = "Un renglón con palabras bastantes para que la última se corte en la documen-\ntación del archivo"
    palabras = palabras_de_pagina(_pdf(renglon), 1)
    (cortada,) = [p for p in palabras if p[0].startswith("documen")]
    assert cortada[0] == "documentación"
    assert cortada[4] - cortada[2] < 0.03


def test_lo_que_no_es_pdf_no_tiene_palabras():
    assert palabras_de_pagina(guardar(io.BytesIO(fabrica.imagen()), mime="image/jpeg"), 1) == []


@pytest.mark.parametrize(
    ("formato", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")]
)
def test_la_miniatura_es_una_imagen_chica(formato, mime):
    objeto = guardar(io.BytesIO(fabrica.imagen(formato, (900, 600))), mime=mime)
    with Image.open(miniatura(objeto)) as imagen:
        assert imagen.size == (320, 213)


def test_la_miniatura_no_lleva_posicion_ni_camara():
    original = fabrica.imagen("JPEG", (900, 600), con_posicion=True)
    assert b"Exif" in original
    ruta = miniatura(guardar(io.BytesIO(original), mime="image/jpeg"))
    assert b"EXIF" not in ruta.read_bytes().upper()
    with Image.open(ruta) as imagen:
        assert not imagen.getexif()


def test_una_imagen_chica_no_se_agranda():
    with Image.open(miniatura(guardar(io.BytesIO(fabrica.imagen()), mime="image/jpeg"))) as imagen:
        assert imagen.size == (64, 48)


def test_los_cuadros_de_un_tiff_son_paginas():
    objeto = guardar(io.BytesIO(fabrica.imagen("TIFF", cuadros=3)), mime="image/tiff", paginas=3)
    assert imagen_de_pagina(objeto, 3, 160).read_bytes() != imagen_de_pagina(objeto, 1, 160).read_bytes()


def test_una_falla_se_recuerda_y_no_deja_restos(monkeypatch):
    objeto = guardar(io.BytesIO(b"no es un pdf"), mime="application/pdf", paginas=1)
    with pytest.raises(DerivadoImposible):
        imagen_de_pagina(objeto, 1, 320)
    carpeta = derivados.carpeta_de_derivados(objeto)
    assert [p.suffix for p in carpeta.iterdir()] == [".falla"]
    assert list((carpeta.parents[2] / ".parciales").iterdir()) == []
    monkeypatch.setattr(derivados, "ejecutar", lambda *a: pytest.fail("se volvió a intentar"))
    with pytest.raises(DerivadoImposible):
        imagen_de_pagina(objeto, 1, 320)


def test_de_un_texto_no_hay_imagen():
    with pytest.raises(DerivadoImposible, match="formato"):
        miniatura(guardar(io.BytesIO(b"hola"), mime="text/plain"))


def test_las_palabras_quedan_guardadas_como_json():
    objeto = _pdf("uno dos")
    palabras_de_pagina(objeto, 1)
    (guardado,) = derivados.carpeta_de_derivados(objeto).glob("*.json")
    assert [p[0] for p in json.loads(guardado.read_text())] == ["uno", "dos"]
