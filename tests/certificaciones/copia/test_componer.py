"""La copia entera: mismos bytes en otro proceso, tomos, campo de firma y la norma que declara, según otro juez."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from certificaciones.copia import componer as modulo
from certificaciones.copia import foliado
from certificaciones.copia.puerta import Fuente, componer, contar_fojas
from tests.servidores import verapdf

from . import originales
from .conftest import acta, fuente, texto_de

Escribir = Callable[..., Path]
RAIZ = Path(__file__).resolve().parents[3]
ARBOL = ({"tipo": "parrafo", "texto": "Se informa."}, {"tipo": "lista", "puntos": ["uno", "dos"]})
EN_OTRO_PROCESO = """
import sys; sys.path.insert(0, sys.argv[1])
import django; django.setup()
from pathlib import Path
from typing import Any
from tests.certificaciones.copia.conftest import acta, fuente
from tests.certificaciones.copia.test_componer import ARBOL
from certificaciones.copia.puerta import Fuente, componer
fuentes = [fuente(Path(sys.argv[2]), caras="ambos"), Fuente("nota", "Nota", arbol=ARBOL)]
print(componer(acta(modo_de_firma="efirma", ensayo=True), fuentes, Path(sys.argv[3])).sha256)
"""


def test_los_bytes_son_los_mismos_en_otro_proceso(original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.escaneo(3))
    fuentes = [fuente(ruta, caras="ambos"), Fuente("nota", "Nota", arbol=ARBOL)]
    aqui = componer(acta(modo_de_firma="efirma", ensayo=True), fuentes, tmp_path / "aqui.pdf")
    ambiente = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "archivo.settings.pruebas"}
    orden = [sys.executable, "-c", EN_OTRO_PROCESO, str(RAIZ), str(ruta), str(tmp_path / "alla.pdf")]
    alla = subprocess.run(orden, env=ambiente, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()
    assert alla == aqui.sha256 == hashlib.sha256(aqui.ruta.read_bytes()).hexdigest()


def test_la_copia_autografa_cumple_pdfa_y_pdfua(original: Escribir, tmp_path: Path) -> None:
    fuentes = [
        fuente(original(originales.escaneo(2)), caras="ambos"),
        fuente(original(originales.pdf(originales.ROJO + b"q q 0 0 9 9 re W n", Rotate=90), "raro.pdf")),
        fuente(original(originales.con_capa(apagada=True), "capas.pdf")),
        fuente(original(originales.jpeg(modo="CMYK"), "foto.jpg"), mime="image/jpeg"),
        Fuente("nota", "Nota informativa", arbol=ARBOL),
        fuente(original(b"video", "v.mp4"), mime="video/mp4"),
    ]
    copia = componer(acta(), fuentes, tmp_path / "copia.pdf")
    assert copia.norma == "3a"
    assert verapdf.faltas(copia.ruta, "3a", "3b", "ua1") == []


def test_la_de_carta_tambien_cumple(original: Escribir, tmp_path: Path) -> None:
    fuentes = [fuente(original(originales.escaneo(2))), Fuente("nota", "Nota informativa", arbol=ARBOL)]
    copia = componer(acta(ensayo=True), fuentes, tmp_path / "carta.pdf", "carta")
    assert verapdf.faltas(copia.ruta, "3a", "ua1") == []


def test_lo_que_no_consta_no_se_declara(original: Escribir, tmp_path: Path) -> None:
    documento = originales.pdf(b"BT /F 20 Tf 72 700 Td (Hola) Tj ET")
    letra = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    documento.pages[0].obj.Resources.Font = Dictionary(F=letra)
    copia = componer(acta(), [fuente(original(documento))], tmp_path / "copia.pdf")
    assert copia.norma == ""
    with pikepdf.open(copia.ruta) as pdf, pdf.open_metadata() as metadatos:
        assert "pdfaid:part" not in metadatos
        assert "pdfuaid:part" not in metadatos


def test_el_campo_de_firma_es_uno_y_se_lee_tras_su_titulo(original: Escribir, tmp_path: Path) -> None:
    copia = componer(acta(modo_de_firma="efirma"), [fuente(original(originales.escaneo()))], tmp_path / "copia.pdf")
    caja = copia.caja_de_firma
    with pikepdf.open(copia.ruta) as pdf:
        (campo,) = pdf.Root.AcroForm.Fields
        assert str(campo.T) == "FirmaCertificacion"
        assert [float(v) for v in campo.Rect] == pytest.approx([caja.x0, caja.y0, caja.x1, caja.y1], abs=0.01)
        assert campo.objgen in [a.objgen for a in pdf.pages[caja.pagina - 1].obj.Annots]
        hermanos = [str(e.S) for e in _padre_del_formulario(pdf.Root.StructTreeRoot).K]
    assert hermanos.index("/Form") == hermanos.index("/H2") + 1


def _padre_del_formulario(elemento: pikepdf.Object) -> pikepdf.Object:
    pendientes = [elemento]
    while pendientes:
        actual = pendientes.pop()
        hijos = actual.get("/K") if isinstance(actual, Dictionary) else None
        hijos = list(hijos) if isinstance(hijos, Array) else [hijos]
        if any(isinstance(h, Dictionary) and h.get("/S") == Name.Form for h in hijos):
            return actual
        pendientes += [h for h in hijos if isinstance(h, Dictionary)]
    raise AssertionError("no hay formulario etiquetado")


def test_una_autografa_no_lleva_campo_y_deja_lugar_al_sello(original: Escribir, tmp_path: Path) -> None:
    copia = componer(acta(), [fuente(original(originales.escaneo()))], tmp_path / "copia.pdf")
    with pikepdf.open(copia.ruta) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert "Sello de la oficina" in texto_de(copia.ruta, 0)
    assert "Rúbrica" in texto_de(copia.ruta, 2)


def test_lo_que_se_interrumpio_no_se_queda_y_lo_propio_se_borra(original: Escribir, settings: Any) -> None:
    raiz = Path(settings.ACERVO_DATOS) / "copias-en-obra"
    vieja, reciente = raiz / "vieja", raiz / "reciente"
    for carpeta in (vieja, reciente):
        carpeta.mkdir(parents=True)
    os.utime(vieja, (0, 0))
    contar_fojas([fuente(original(originales.pdf()))])
    assert [resto.name for resto in raiz.iterdir()] == ["reciente"]


def test_los_tomos_llevan_fojas_continuas_y_dicen_cual_son(
    original: Escribir, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modulo, "repartir", lambda partes: foliado.repartir(partes, fojas=2))
    ruta = original(originales.escaneo(5))
    copia = componer(acta(), [fuente(ruta)], tmp_path / "copia.pdf")
    assert [(t.foja_inicial, t.foja_final, t.paginas, t.ruta.name) for t in copia.tomos] == [
        (1, 2, 4, "copia.pdf"),
        (3, 4, 4, "copia-tomo-2.pdf"),
        (5, 5, 3, "copia-tomo-3.pdf"),
    ]
    assert "tomo 2 de 3" in texto_de(copia.tomos[1].ruta, 0)
    assert "contiene las fojas 3 a 4 de 5" in texto_de(copia.tomos[1].ruta, 1)
    assert "FOJA 5 DE 5" in texto_de(copia.tomos[2].ruta, 2)
    adjuntos = []
    for tomo in copia.tomos:
        with pikepdf.open(tomo.ruta) as pdf:
            adjuntos.append(sorted(pdf.attachments))
    assert adjuntos == [["acta.json", "original.pdf"], ["acta.json"], ["acta.json"]]
