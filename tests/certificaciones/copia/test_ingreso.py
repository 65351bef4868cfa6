"""Cada clase de archivo tiene su decisión: se copia, se copia su imagen o se rechaza diciendo qué hacer."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from certificaciones.copia.puerta import CopiaImposible, Fuente, FuenteRechazada, componer, contar_fojas

from . import originales
from .conftest import acta, dibujo, fuente, rojos, texto_de

Escribir = Callable[..., Path]


def bytes_de(documento: pikepdf.Pdf, ruta: Path) -> bytes:
    return originales.guardar(documento, ruta).read_bytes()


@pytest.mark.parametrize(
    ("hacer", "clase"),
    [
        (originales.xfa, "xfa"),
        (originales.portafolio, "portafolio"),
        (originales.bomba, "bomba"),
        (originales.risas, "bomba"),
        (pikepdf.new, "sin_paginas"),
    ],
)
def test_lo_que_no_puede_copiarse_fielmente_se_rechaza(hacer: Callable[[], pikepdf.Pdf], clase: str, original: Escribir) -> None:
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(original(hacer()))])
    assert rechazo.value.clase == clase
    assert rechazo.value.motivo.count(".") >= 2, "dice qué pasó y qué hacer"


@pytest.mark.parametrize(
    ("contenido", "clase"),
    [(b"", "vacio"), (b"<html>no soy PDF</html>", "no_es_pdf"), (b"%PDF-1.7\n" + b"basura " * 50, "incompleto")],
)
def test_lo_que_no_es_un_pdf_se_rechaza(contenido: bytes, clase: str, original: Escribir) -> None:
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(original(contenido))])
    assert rechazo.value.clase == clase


@pytest.mark.parametrize("corte", [0.5, 0.9])
def test_un_pdf_cortado_no_se_copia_ni_confirmado(corte: float, original: Escribir, tmp_path: Path) -> None:
    crudo = bytes_de(originales.escaneo(6), tmp_path / "entero.pdf")
    ruta = original(crudo[: int(len(crudo) * corte)])
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(ruta, confirmada=True)])
    assert rechazo.value.clase in {"incompleto", "danado"}


def test_un_indice_perdido_se_copia_solo_si_alguien_confirma_que_se_lee(original: Escribir, tmp_path: Path) -> None:
    crudo = bytes_de(originales.pdf(originales.TRAMA, originales.ROJO), tmp_path / "entero.pdf")
    ruta = original(crudo[: crudo.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF")
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(ruta)])
    assert rechazo.value.confirmable
    cuenta = contar_fojas([fuente(ruta, confirmada=True)])
    assert cuenta.fojas == 2
    assert "venía dañado" in cuenta.rutas[0]


@pytest.mark.parametrize(("antes", "admitido"), [(b"HTTP/1.1 200 OK\r\n\r\n", False), (b"\xef\xbb\xbf\r\n", True)])
def test_lo_ajeno_antes_del_documento_se_confirma_a_la_vista(
    antes: bytes, admitido: bool, original: Escribir, tmp_path: Path
) -> None:
    ruta = original(antes + bytes_de(originales.escaneo(), tmp_path / "entero.pdf"))
    if admitido:
        assert contar_fojas([fuente(ruta)]).fojas == 1
        return
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(ruta)])
    assert rechazo.value.confirmable
    assert contar_fojas([fuente(ruta, confirmada=True)]).fojas == 1


def test_la_clave_de_apertura_se_rechaza(original: Escribir) -> None:
    ruta = original(originales.pdf(), encryption=pikepdf.Encryption(user="secreto", owner="otra", R=6))
    with pytest.raises(FuenteRechazada, match="sin contraseña"):
        contar_fojas([fuente(ruta)])


@pytest.mark.parametrize(
    "cifrado", [pikepdf.Encryption(owner="otra", R=6), pikepdf.Encryption(owner="otra", R=2, aes=False, metadata=False)]
)
def test_la_clave_de_propietario_se_admite_y_se_dice(cifrado: pikepdf.Encryption, original: Escribir) -> None:
    cuenta = contar_fojas([fuente(original(originales.pdf(), encryption=cifrado))])
    assert any("contraseña de propietario" in ruta for ruta in cuenta.rutas)


def test_lo_que_una_capa_apagada_esconde_sigue_escondido(original: Escribir, tmp_path: Path) -> None:
    apagada = componer(acta(), [fuente(original(originales.con_capa(apagada=True)))], tmp_path / "a.pdf")
    encendida = componer(acta(), [fuente(original(originales.con_capa(apagada=False)))], tmp_path / "e.pdf")
    assert rojos(dibujo(apagada.ruta, 2)) == 0
    assert "capas que no se muestran" in apagada.rutas[0]
    assert rojos(dibujo(encendida.ruta, 2)) > 1_000
    assert "Sin conversión" in encendida.rutas[0]


@pytest.mark.parametrize("con_apariencia", [True, False])
def test_un_sello_puesto_encima_nunca_se_pierde(con_apariencia: bool, original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.con_sello(con_apariencia=con_apariencia))
    copia = componer(acta(), [fuente(ruta)], tmp_path / "copia.pdf")
    assert rojos(dibujo(copia.ruta, 2)) >= rojos(dibujo(ruta, 0)) * 0.95 > 1_000


def test_un_formulario_sin_apariencias_se_copia_como_se_ve(original: Escribir, tmp_path: Path) -> None:
    copia = componer(acta(), [fuente(original(originales.sin_apariencias()))], tmp_path / "copia.pdf")
    assert "no guardan cómo se ven" in copia.rutas[0]


def dicho_en(documento: pikepdf.Pdf) -> set[str]:
    """Las claves, los nombres y las cadenas de todos los objetos: lo que un lector obedece, sin los puntos de las imágenes."""
    dicho: set[str] = set()
    por_ver = [documento.trailer, *documento.objects]
    while por_ver:
        actual = por_ver.pop()
        if isinstance(actual, pikepdf.Dictionary | pikepdf.Stream):
            dicho |= set(actual.keys())
            por_ver += [valor for _, valor in actual.items() if not getattr(valor, "is_indirect", False)]
        elif isinstance(actual, pikepdf.Array):
            por_ver += [valor for valor in actual if not getattr(valor, "is_indirect", False)]
        elif isinstance(actual, pikepdf.Name | pikepdf.String):
            dicho.add(str(actual))
    return dicho


def activo_en(documento: pikepdf.Pdf) -> set[str]:
    prohibido = {"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/AA", "http://malo.invalid", "calc.exe", "programa.exe"}
    return prohibido & dicho_en(documento)


def test_nada_activo_llega_a_la_copia(original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.activo())
    copia = componer(acta(version_publica=True), [fuente(ruta)], tmp_path / "copia.pdf")
    with pikepdf.open(ruta) as pdf:
        assert {"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/AA", "http://malo.invalid", "calc.exe"} <= activo_en(pdf)
    with pikepdf.open(copia.ruta) as pdf:
        assert not activo_en(pdf)
    assert any("instrucciones" in ruta for ruta in copia.rutas)


def test_un_original_firmado_se_adjunta_identico_y_se_dice_su_dictamen(original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.firmado())
    copia = componer(acta(), [fuente(ruta, dictamen="La firma es válida.")], tmp_path / "copia.pdf")
    assert "una firma electrónica. La firma es válida." in texto_de(copia.ruta, 0)
    with pikepdf.open(copia.ruta) as pdf:
        assert pdf.attachments["original.pdf"].get_file().read_bytes() == ruta.read_bytes()


def test_un_archivo_cuya_huella_cambio_no_se_copia(original: Escribir) -> None:
    with pytest.raises(FuenteRechazada, match="su huella cambió"):
        contar_fojas([fuente(original(originales.pdf()), sha256="0" * 64)])


def test_una_pagina_que_no_hay_se_rechaza(original: Escribir) -> None:
    with pytest.raises(FuenteRechazada) as rechazo:
        contar_fojas([fuente(original(originales.pdf()), paginas=(2,))])
    assert rechazo.value.clase == "pagina_ausente"


@pytest.mark.parametrize("mime", ["text/html", "application/zip", "application/octet-stream"])
def test_otros_formatos_se_rechazan(mime: str, original: Escribir) -> None:
    with pytest.raises(FuenteRechazada, match="Conviértalo a PDF"):
        contar_fojas([fuente(original(b"x", "x.bin"), mime=mime)])


def test_sin_documentos_no_hay_copia() -> None:
    with pytest.raises(CopiaImposible):
        contar_fojas([])
    with pytest.raises(CopiaImposible):
        contar_fojas([Fuente("nada", "Nada")])
