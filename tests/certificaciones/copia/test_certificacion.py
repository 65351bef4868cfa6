"""La hoja de certificación, su anexo y lo que va dentro del PDF."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from archivo.salidas import Institucion
from certificaciones.copia.puerta import CopiaImposible, Fuente, componer, contar_fojas

from . import originales
from .conftest import CUERPO, URL, acta, dibujo, fuente, texto_de

Escribir = Callable[..., Path]
HOSTIL = '#panic("x") *b* $a$ @ref #import "/etc/passwd" <h1>'


@pytest.fixture
def simple(original: Escribir) -> Fuente:
    return fuente(original(originales.escaneo(2)))


def test_la_hoja_dice_lo_del_acto(simple: Fuente, tmp_path: Path) -> None:
    copia = componer(acta(elaboro="RPM", derechos="exento"), [simple], tmp_path / "copia.pdf")
    hoja, anexo = texto_de(copia.ruta, 0), texto_de(copia.ruta, 1)
    for dicho in (
        "Certificación de copia",
        "CC/00318/2026",
        "7K4Q-FW2M-9XD0-HT6R",
        "2 fojas útiles",
        CUERPO[:40],
        "Mtra. Eloísa",
    ):
        assert dicho in hoja
    assert "Elaboró: RPM · Cotejó: Lic. Noé Muestra · Derechos: exento" in hoja
    assert "Hoja de certificación 1 de 2, no se cuenta entre las fojas" in hoja
    sha = hashlib.sha256(simple.ruta.read_bytes()).hexdigest() if simple.ruta else ""
    assert sha in anexo.replace(" ", "")
    assert copia.cadena_original.replace(" ", "") in anexo.replace(" ", "")
    assert copia.huella_del_conjunto in anexo.replace(" ", "")


def test_certifica_se_lee_como_una_palabra(simple: Fuente, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("falta pdftotext (poppler-utils)")
    copia = componer(acta(), [simple], tmp_path / "copia.pdf")
    leido = subprocess.run(["pdftotext", "-l", "1", str(copia.ruta), "-"], capture_output=True, text=True, check=True).stdout
    assert "CERTIFICA" in leido.splitlines()


def test_la_huella_del_conjunto_es_la_de_la_orden_del_anexo(simple: Fuente, original: Escribir, tmp_path: Path) -> None:
    otra = fuente(original(originales.pdf(), "otra.pdf"))
    copia = componer(acta(), [simple, otra], tmp_path / "copia.pdf")
    lista = "".join(f"{hashlib.sha256(f.ruta.read_bytes()).hexdigest()}  {f.ruta.name}\n" for f in (simple, otra) if f.ruta)
    assert copia.huella_del_conjunto == hashlib.sha256(lista.encode()).hexdigest()


def test_los_adjuntos_son_identicos_y_el_acta_se_lee(simple: Fuente, tmp_path: Path) -> None:
    copia = componer(acta(datos={"expediente": "AE/2S"}), [simple], tmp_path / "copia.pdf")
    with pikepdf.open(copia.ruta) as pdf:
        acto = json.loads(pdf.attachments["acta.json"].get_file().read_bytes())
        adjunto = pdf.attachments["original.pdf"].get_file().read_bytes()
        relaciones = [str(a.AFRelationship) for a in pdf.Root.AF]
    assert (acto["expediente"], acto["fojas"], acto["huella_del_conjunto"]) == ("AE/2S", 2, copia.huella_del_conjunto)
    assert simple.ruta is not None
    assert adjunto == simple.ruta.read_bytes()
    assert relaciones == ["/Data", "/Source"]


def test_una_version_publica_no_lleva_originales(simple: Fuente, tmp_path: Path) -> None:
    copia = componer(acta(version_publica=True), [simple], tmp_path / "copia.pdf")
    with pikepdf.open(copia.ruta) as pdf:
        assert list(pdf.attachments) == ["acta.json"]
    assert "no van dentro de este PDF" in texto_de(copia.ruta, 1)


def test_pasados_25_mb_no_se_adjunta_y_se_dice(simple: Fuente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certificaciones.copia.legajo.ADJUNTOS_MAXIMOS", 100)
    copia = componer(acta(), [simple], tmp_path / "copia.pdf")
    assert not any(huella.adjunto for huella in copia.huellas)
    assert "Pídalos a quien emitió la copia" in texto_de(copia.ruta, 1)


def test_un_ensayo_dice_sin_validez_en_cada_pagina(simple: Fuente, tmp_path: Path) -> None:
    ensayo = componer(acta(ensayo=True), [simple], tmp_path / "ensayo.pdf")
    de_verdad = componer(acta(), [simple], tmp_path / "copia.pdf")
    assert all("SIN VALIDEZ" in texto_de(ensayo.ruta, n) for n in range(ensayo.paginas))
    assert not any("SIN VALIDEZ" in texto_de(de_verdad.ruta, n) for n in range(de_verdad.paginas))


def test_los_datos_nunca_son_marcado(simple: Fuente, tmp_path: Path) -> None:
    arbol = ({"tipo": "parrafo", "texto": HOSTIL},)
    fuentes = [replace(simple, titulo=HOSTIL, expediente=HOSTIL), Fuente("nota", HOSTIL, arbol=arbol)]
    copia = componer(
        acta(parrafos=(HOSTIL, "CERTIFICA", HOSTIL), certificador=HOSTIL, cargo=HOSTIL, institucion=Institucion(HOSTIL)),
        fuentes,
        tmp_path / "copia.pdf",
    )
    assert texto_de(copia.ruta, 0).replace(" ", "").count(HOSTIL.replace(" ", "")) >= 5
    assert HOSTIL.replace(" ", "") in texto_de(copia.ruta, copia.paginas - 1).replace(" ", "")


def test_un_nombre_hostil_se_vuelve_inofensivo_y_ninguno_se_repite(original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.pdf())
    nombres = ["../../etc/passwd\n.pdf", "acta.json", "a.pdf", "A.pdf", "x" * 300 + ".pdf"]
    copia = componer(acta(), [fuente(ruta, nombre=nombre) for nombre in nombres], tmp_path / "copia.pdf")
    puestos = [huella.nombre for huella in copia.huellas]
    assert len({n.lower() for n in puestos} | {"acta.json"}) == 6
    assert not any("/" in n or "\n" in n or len(n) > 130 for n in puestos)
    with pikepdf.open(copia.ruta) as pdf:
        assert sorted(pdf.attachments) == sorted([*puestos, "acta.json"])


def test_un_texto_que_no_cabe_con_la_firma_no_se_emite(simple: Fuente, tmp_path: Path) -> None:
    with pytest.raises(CopiaImposible, match="no cabe en una hoja"):
        componer(acta(parrafos=("Quien suscribe", "CERTIFICA", CUERPO * 60)), [simple], tmp_path / "copia.pdf")


def test_si_el_texto_cuenta_otras_fojas_no_se_emite(simple: Fuente, tmp_path: Path) -> None:
    with pytest.raises(CopiaImposible, match="dice 3 fojas y son 2"):
        componer(acta(fojas=3), [simple], tmp_path / "copia.pdf")


def test_cuarenta_documentos_van_en_el_anexo(simple: Fuente, tmp_path: Path) -> None:
    copia = componer(acta(), [replace(simple, titulo=f"Oficio {n}", paginas=(1,)) for n in range(40)], tmp_path / "copia.pdf")
    assert "Los 40 documentos de la lista del anexo único" in texto_de(copia.ruta, 0)
    assert "Oficio 39" in "".join(texto_de(copia.ruta, n) for n in range(1, 5))
    assert copia.fojas == 40


def test_el_texto_sin_archivo_se_compone_con_su_huella(tmp_path: Path) -> None:
    arbol = tuple({"tipo": "parrafo", "texto": f"Párrafo {n}. " * 30} for n in range(40))
    texto = Fuente("comunicado", "Comunicado del pozo", arbol=arbol)
    cuenta = contar_fojas([texto])
    copia = componer(acta(), [texto], tmp_path / "copia.pdf")
    assert cuenta.fojas == copia.fojas == copia.paginas - 2 > 2
    assert f"FOJA {copia.fojas} DE {copia.fojas}" in texto_de(copia.ruta, copia.paginas - 1)
    with pikepdf.open(copia.ruta) as pdf:
        adjunto = pdf.attachments["comunicado.json"].get_file().read_bytes()
    assert hashlib.sha256(adjunto).hexdigest() == copia.huellas[0].sha256


def test_las_grabaciones_van_por_su_huella_en_una_relacion(simple: Fuente, original: Escribir, tmp_path: Path) -> None:
    grabaciones = [fuente(original(b"video" * n, f"{n}.mp4"), mime="video/mp4", titulo=f"Sesión {n}") for n in (1, 2)]
    cuenta = contar_fojas([*grabaciones, simple])
    assert [(c.foja_inicial, c.fojas) for c in cuenta.por_fuente] == [(1, 1), (1, 0), (2, 2)]
    copia = componer(acta(), [*grabaciones, simple], tmp_path / "copia.pdf")
    relacion = texto_de(copia.ruta, 2)
    assert "Relación de grabaciones" in relacion
    assert all(hashlib.sha256(b"video" * n).hexdigest() in relacion.replace(" ", "") for n in (1, 2))
    assert "FOJA 3 DE 3" in texto_de(copia.ruta, 4)


def test_los_rotulos_y_el_indice_dicen_lo_que_el_papel(simple: Fuente, tmp_path: Path) -> None:
    copia = componer(
        acta(),
        [replace(simple, caras="ambos"), Fuente("n", "Nota", arbol=({"tipo": "parrafo", "texto": "x"},))],
        tmp_path / "c.pdf",
    )
    with pdfium.PdfDocument(copia.ruta) as documento:
        rotulos = [documento.get_page_label(n) for n in range(len(documento))]
        indice = [(m.get_title(), m.get_dest().get_index()) for m in documento.get_toc()]
    assert rotulos == ["Certificación 1", "Certificación 2", "Foja 1", "Foja 1 rev.", "Foja 2"]
    assert indice[2:] == [("Foja 1. Documento original", 2), ("Foja 2. Nota", 4)]


def test_el_qr_se_lee_impreso_y_fotocopiado(simple: Fuente, tmp_path: Path) -> None:
    if not shutil.which("zbarimg"):
        pytest.skip("falta zbarimg (zbar-tools)")
    copia = componer(acta(), [simple], tmp_path / "copia.pdf")
    dibujo(copia.ruta, 0, 100 / 72).convert("L").save(tmp_path / "hoja.jpg", quality=35)
    leido = subprocess.run(
        ["zbarimg", "-q", "--raw", str(tmp_path / "hoja.jpg")], capture_output=True, text=True, check=True
    ).stdout
    assert leido.strip() == URL
