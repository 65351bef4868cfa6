from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.utils import timezone
from PIL import Image

from archivo.catalogo.models import Relacion
from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar, tipo_de
from archivo.objetos.puerta import guardar as guardar_objeto
from archivo.objetos.puerta import ruta_local
from tests import fabricas

pytestmark = pytest.mark.django_db


def _texto(item):
    pdf = tipo_de("boletin").documento(item, "https://ejemplo.mx/elemento/x/")
    return " ".join(" ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)).split())


def test_el_boletin_impreso_lleva_lo_suyo():
    item = fabricas.publico(
        titulo="Arranca jornada de salud", lugar="Villa Ejemplo", folio="No. 123/2026", area=fabricas.area("Salud"), texto="Primer párrafo.\n\nSegundo.",
        ficha={"balazos": ["Habrá vacunas"], "contacto_prensa": "Oficina de prensa"},
    )  # fmt: skip
    texto = _texto(item)
    for pieza in (
        "No. 123/2026",
        "Arranca jornada de salud",
        "Villa Ejemplo",
        "Habrá vacunas",
        "Primer párrafo.",
        "Segundo.",
        "no es una copia certificada",
    ):
        assert pieza.replace(" ", "") in texto.replace(" ", "").replace("\xa0", ""), pieza


def test_las_fotografias_van_con_pie_y_credito():
    item = fabricas.publico(texto="Cuerpo.")
    imagen = BytesIO()
    Image.new("RGB", (600, 400), "teal").save(imagen, "JPEG")
    imagen.seek(0)
    foto = AdjuntoNuevo(
        guardar_objeto(imagen, mime="image/jpeg"),
        "f.jpg",
        rol="fotografia",
        pie="Vista del parque",
        credito="Archivo",
        alternativa="Un parque",
    )
    adjuntar(item, foto, None)
    assert "Vista del parque" in _texto(item)


def test_el_embargo_y_la_fe_de_erratas_se_imprimen():
    original = fabricas.publico(titulo="Original con error", folio="No. 007/2026")
    fe = fabricas.boletin(texto="Se corrige.", embargo_hasta=timezone.now() + timedelta(days=2))
    Relacion.objects.create(
        origen=fe,
        destino=original,
        clase="fe_de_erratas_de",
        correcciones=[{"donde": "Párrafo 2", "dice": "cien", "debe": "mil"}],
    )
    texto = _texto(fe)
    assert "EMBARGADO hasta" in texto
    assert "No. 007/2026" in texto.replace("\xa0", " ")
    assert "Debe decir" in texto


def test_mismo_elemento_mismos_bytes():
    item = fabricas.publico(texto="Cuerpo.")
    assert tipo_de("boletin").documento(item, "https://e.mx/") == tipo_de("boletin").documento(item, "https://e.mx/")


def test_sin_el_original_de_una_foto_el_boletin_se_imprime_sin_ella():
    item = fabricas.publico(texto="Cuerpo.")
    imagen = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(imagen, "JPEG")
    imagen.seek(0)
    adjunto = adjuntar(
        item, AdjuntoNuevo(guardar_objeto(imagen, mime="image/jpeg"), "f.jpg", rol="fotografia", pie="Vista del parque"), None
    )
    ruta_local(adjunto.objeto).unlink()
    texto = _texto(item)
    assert "Cuerpo." in texto
    assert "Vista del parque" not in texto
