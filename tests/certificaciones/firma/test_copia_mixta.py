"""Una copia de varios documentos, de muchas páginas y con sus originales adjuntos: alterada donde sea, se dice alterada."""

import io

import pikepdf
import pytest

from certificaciones.copia.puerta import Fuente, componer
from certificaciones.firma import firmar, pki_de_ensayo, validar
from tests.certificaciones.copia import originales
from tests.certificaciones.copia.conftest import acta, fuente
from tests.certificaciones.firma.ataques import TODOS, bits_al_azar
from verificador.firma import revisar_firma

pytestmark = pytest.mark.lento
SIN_FIRMA_QUE_LO_NOTE = {"relleno_cambiado", "minusculas"}
"""Cambian el hueco, que ninguna firma cubre: quien verifica sin el sistema los nota por la huella; el sistema, por su regla."""
FOJAS, ADJUNTOS = 16, {"acta.json", "legajo.pdf", "plano.pdf", "foto.jpg", "nota.json"}


@pytest.fixture(scope="module")
def pki(carpeta_de_pki):
    return pki_de_ensayo(carpeta_de_pki)


@pytest.fixture(scope="module")
def copia(pki, tmp_path_factory):
    carpeta = tmp_path_factory.mktemp("mixta")
    (carpeta / "foto.jpg").write_bytes(originales.jpeg(modo="RGB"))
    fuentes = [
        fuente(originales.guardar(originales.escaneo(25), carpeta / "legajo.pdf"), caras="ambos"),
        fuente(originales.guardar(originales.pdf(originales.ROJO, Rotate=90), carpeta / "plano.pdf")),
        fuente(carpeta / "foto.jpg", mime="image/jpeg"),
        Fuente("nota", "Nota", arbol=({"tipo": "parrafo", "texto": "Se informa de lo hallado."},)),
    ]
    sin_firma = componer(acta(modo_de_firma="efirma", ensayo=True), fuentes, carpeta / "sin_firma.pdf")
    firmar(sin_firma.ruta, carpeta / "copia.pdf", pki.firmante(), pki.servicios())
    with pikepdf.open(carpeta / "copia.pdf") as abierta:
        assert (sin_firma.fojas, set(abierta.attachments)) == (FOJAS, ADJUNTOS)
        assert len(abierta.pages) > FOJAS
    return (carpeta / "copia.pdf").read_bytes()


def _dictamen(contenido, pki, carpeta):
    archivo = carpeta / "atacada.pdf"
    archivo.write_bytes(contenido)
    return validar(archivo, pki.confianza)


def test_intacta_vale_aqui_y_sin_el_sistema(copia, pki, tmp_path):
    dictamen = _dictamen(copia, pki, tmp_path)
    assert dictamen.valida, dictamen.motivos
    assert revisar_firma(tmp_path / "atacada.pdf", pki.confianza.raices + pki.confianza.intermedias)[0] == "bien"


@pytest.mark.parametrize("ataque", TODOS, ids=lambda ataque: ataque.__name__)
def test_cada_ataque_se_nota_aqui_y_sin_el_sistema(copia, pki, tmp_path, ataque):
    atacada = ataque(copia)
    assert atacada != copia
    assert not _dictamen(atacada, pki, tmp_path).valida
    if ataque.__name__ not in SIN_FIRMA_QUE_LO_NOTE:
        assert revisar_firma(tmp_path / "atacada.pdf", pki.confianza.raices + pki.confianza.intermedias)[0] != "bien"


def test_quinientos_bits_cambiados_se_notan(copia, pki, tmp_path):
    pasaron = [donde for donde, contenido in bits_al_azar(copia, 500, semilla=11) if _dictamen(contenido, pki, tmp_path).valida]
    assert pasaron == []


def test_cada_original_adjunto_cambiado_se_nota(copia, pki, tmp_path):
    """Un adjunto vuelto a escribir con otro contenido, en un archivo por lo demás igual, ya no lleva una firma que lo cubra."""
    notados = set()
    for nombre in ADJUNTOS:
        with pikepdf.open(io.BytesIO(copia)) as abierta:
            abierta.attachments[nombre].get_file().obj.write(b"otra cosa")
            salida = io.BytesIO()
            abierta.save(salida)
        if not _dictamen(salida.getvalue(), pki, tmp_path).valida:
            notados.add(nombre)
    assert notados == ADJUNTOS
