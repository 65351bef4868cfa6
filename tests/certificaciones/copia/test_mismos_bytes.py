"""Las mismas fuentes y la misma acta dan los mismos bytes, y los que se guardaron son los que se vuelven a descargar."""

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificaciones.actos.puerta import expedir
from certificaciones.copia.puerta import Acta, Fuente, componer
from tests.certificaciones.actos.mundo import oficina

from . import originales
from .conftest import acta, fuente

Hacer = Callable[[Path], Fuente]
TEXTOS = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=40).filter(str.strip)


def _escaneo(paginas: int, caras: str) -> Hacer:
    return lambda carpeta: fuente(originales.guardar(originales.escaneo(paginas), carpeta / "oficio.pdf"), caras=caras)


def _imagen(modo: str) -> Hacer:
    def hacer(carpeta: Path) -> Fuente:
        (carpeta / "foto.jpg").write_bytes(originales.jpeg(modo=modo))
        return fuente(carpeta / "foto.jpg", mime="image/jpeg")

    return hacer


def _nota(texto: str) -> Hacer:
    return lambda _: Fuente("nota", "Nota", arbol=({"tipo": "parrafo", "texto": texto},))


FUENTES = st.lists(
    st.one_of(
        st.builds(_escaneo, st.integers(1, 3), st.sampled_from(["anverso", "ambos"])),
        st.builds(_imagen, st.sampled_from(["L", "RGB", "CMYK"])),
        st.builds(_nota, TEXTOS),
    ),
    min_size=1,
    max_size=3,
)
ACTAS = st.builds(
    acta,
    parrafos=st.tuples(TEXTOS, st.just("CERTIFICA"), TEXTOS),
    modo_de_firma=st.sampled_from(["autografa", "efirma"]),
    ensayo=st.booleans(),
    version_publica=st.booleans(),
    datos=st.dictionaries(st.sampled_from(["referencia", "finalidad", "modelo"]), TEXTOS),
)


@settings(max_examples=6)
@given(hacer=FUENTES, acto=ACTAS, papel=st.sampled_from(["foja", "carta"]))
def test_las_mismas_fuentes_y_acta_dan_los_mismos_bytes(hacer: list[Hacer], acto: Acta, papel: str) -> None:
    bytes_de = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as carpeta:
            lugar = Path(carpeta)
            copia = componer(acto, [h(lugar) for h in hacer], lugar / "copia.pdf", papel)
            bytes_de.append(copia.ruta.read_bytes())
            assert copia.sha256 == hashlib.sha256(bytes_de[-1]).hexdigest()
    assert bytes_de[0] == bytes_de[1]


@pytest.mark.django_db
def test_la_copia_guardada_se_descarga_identica_cada_vez(client) -> None:
    casa = oficina()
    certificacion = expedir(casa.en_firma(casa.documento(2)), casa.certificadora).certificacion
    client.force_login(casa.certificadora)
    direccion = f"/admin/certificaciones/{certificacion.clave}/copia/descargar/"
    bajadas = [b"".join(client.get(direccion).streaming_content) for _ in range(2)]
    assert [hashlib.sha256(bajada).hexdigest() for bajada in bajadas] == [certificacion.sha256] * 2
    assert certificacion.sha256 == certificacion.sha256_sin_firma, "sin firma electrónica, lo expedido es lo que se compuso"
