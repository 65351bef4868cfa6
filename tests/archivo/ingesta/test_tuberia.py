import pytest

from archivo.catalogo.puerta import Item
from archivo.ingesta.puerta import procesar
from archivo.objetos.puerta import ObjetoDigital, abrir
from tests import fabricas
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db
BOLETIN = "Boletín No. 123/2026\nInauguran biblioteca en la colonia Centro\nCiudad de México, 22 de noviembre de 2026\nTexto del boletín."


def test_un_pdf_queda_catalogado_con_el_texto_de_cada_pagina(ingerir, bytes_en):
    crudo = fabrica.pdf([BOLETIN, "La frase de la página dos", ""])
    ingreso = ingerir(crudo, "boletin 123.pdf")
    assert (ingreso.estado, ingreso.motivo, ingreso.mime, ingreso.paginas) == ("aceptado", "", "application/pdf", 3)
    item = ingreso.item
    assert (item.tipo, item.estado, item.acceso) == ("publicacion", "borrador", "interno")
    assert item.titulo == "Inauguran biblioteca en la colonia Centro"
    assert (item.fecha.isoformat(), item.numero_texto) == ("2026-11-22", "123/2026")
    assert {"titulo", "fecha_por_verificar", "numero_por_verificar", "area"} <= set(item.pendientes)
    paginas = list(item.paginas.order_by("n"))
    assert [p.lectura for p in paginas] == ["pdf", "pdf", "sin_texto"]
    assert "frase de la página dos" in paginas[1].texto
    adjunto = item.adjuntos.get()
    assert adjunto.nombre == "boletin 123.pdf"
    assert "1 de 3" in adjunto.avisos[0]
    with abrir(ingreso.objeto) as original:
        assert original.read() == crudo
    assert bytes_en("buzon") == []
    assert any(nombre.endswith(".webp") for nombre in bytes_en("derivados")), "la miniatura queda hecha"


def test_publicado_y_publico_si_se_pide(ingerir):
    item = ingerir(fabrica.pdf(), publicar=True, acceso="publico").item
    assert item in Item.objects.publicos()


@pytest.mark.parametrize(
    ("muestra", "nombre", "frase"),
    [
        (fabrica.pdf_cifrado(), "a.pdf", "contraseña"),
        (fabrica.pdf_cifrado(""), "a.pdf", "restricciones"),
        (fabrica.pdf(["uno"] * 3)[:400], "a.pdf", "dañado"),
        (b"%PDF-1.7\nbasura", "a.pdf", "dañado"),
        (fabrica.pdf(["uno", "dos"], cuenta=40), "a.pdf", "páginas"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "a.pdf", "página web"),
        (b"texto suelto con nombre de pdf", "a.pdf", "nombre dice otra cosa"),
        (
            b"MZ\x90\x00" + b"\x00" * 56 + b"\x80\x00\x00\x00" + b"\x00" * 64 + b"PE\x00\x00" + b"\x00" * 200,
            "foto.jpg",
            "programa",
        ),
        (b"#!/bin/sh\nrm -rf /\n", "leeme.txt", "órdenes"),
        (b"GIF89a%PDF-1.4" + fabrica.imagen("GIF")[6:], "a.gif", "dos tipos"),
        (fabrica.imagen("JPEG") + fabrica.un_zip(), "a.jpg", "dos tipos"),
        (fabrica.pdf() + fabrica.un_zip(), "a.pdf", "dos tipos"),
        (fabrica.png_enorme(), "a.png", "50000 × 50000"),
        (fabrica.imagen("PNG", (400, 400))[:-300], "a.png", "dañada"),
        (b"\x00\x01\x02\x03\xfe\xff" * 50, "a.pdf", "No se reconoce"),
        (b"   \n\n \t", "vacio.txt", "ninguna palabra"),
    ],
    ids=lambda valor: "" if isinstance(valor, bytes) else None,
)
def test_lo_hostil_va_a_cuarentena_con_un_motivo_y_no_se_pierde(ingerir, bytes_en, muestra, nombre, frase):
    ingreso = ingerir(muestra, nombre)
    assert (ingreso.estado, ingreso.item, ingreso.objeto) == ("cuarentena", None, None)
    assert frase in ingreso.motivo
    assert ingreso.motivo.endswith((".", ")"))
    assert ingreso.archivo.read_bytes() == muestra
    assert bytes_en("buzon") == bytes_en("objetos") == []
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("muestra", "nombre", "frase"),
    [
        (b"", "a.pdf", "vacío"),
        (fabrica.un_zip(), "a.zip", "Todavía no se recibe"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x10\x00\x00\x00\x01\x00\x01\x00" + b"\x00" * 40, "a.wav", "no recibe este formato"),
        (b"{\\rtf1\\ansi hola}", "a.rtf", "Todavía no se recibe"),
        (b"a,b,c\n1,2,3\n4,5,6\n", "a.csv", "Todavía no se recibe"),
        (b"cualquier cosa", ".DS_Store", "sistema operativo"),
        (fabrica.imagen("GIF"), "a.gif", "no recibe este formato"),
    ],
    ids=lambda valor: "" if isinstance(valor, bytes) else None,
)
def test_lo_que_no_se_recibe_se_rechaza_y_se_dice_por_que(ingerir, bytes_en, muestra, nombre, frase):
    ingreso = ingerir(muestra, nombre)
    assert ingreso.estado == "rechazado"
    assert frase in ingreso.motivo
    assert bytes_en("buzon") == bytes_en("objetos") == bytes_en("cuarentena") == []


@pytest.mark.parametrize(
    ("muestra", "frase"),
    [
        (fabrica.pdf_con_javascript(), "JavaScript"),
        (fabrica.pdf_con_lanzador(), "abrir otro programa"),
        (b"basura antes\n" + fabrica.pdf(["uno"]), "antes del comienzo"),
    ],
)
def test_lo_peligroso_pero_legible_se_acepta_con_aviso(ingerir, muestra, frase):
    ingreso = ingerir(muestra)
    assert ingreso.estado == "aceptado", ingreso.motivo
    assert any(frase in aviso for aviso in ingreso.avisos)
    assert list(ingreso.item.adjuntos.get().avisos) == ingreso.avisos


def test_una_bomba_no_tumba_nada(ingerir):
    ingreso = ingerir(fabrica.pdf_bomba(1500))
    assert ingreso.estado in {"aceptado", "cuarentena"}
    assert ingreso.estado == "aceptado" or ingreso.motivo


def test_el_nombre_no_decide_el_formato(ingerir):
    ingreso = ingerir(fabrica.pdf(), "foto.jpg")
    assert (ingreso.estado, ingreso.mime) == ("aceptado", "application/pdf")
    assert any("nombre" in aviso for aviso in ingreso.avisos)


def test_demasiadas_paginas(ingerir, settings):
    settings.ACERVO_PAGINAS_MAXIMAS = 3
    ingreso = ingerir(fabrica.pdf(["x"] * 4))
    assert (ingreso.estado, "hasta 3" in ingreso.motivo) == ("cuarentena", True)


def test_demasiado_grande_se_rechaza_sin_guardar_nada(ingerir, settings, bytes_en):
    settings.ACERVO_ARCHIVO_MAXIMO = 1024 * 1024
    ingreso = ingerir(b"%PDF" + b"x" * 1024 * 1024)
    assert (ingreso.estado, "1 MB" in ingreso.motivo) == ("rechazado", True)
    assert bytes_en("buzon") == []


def test_una_hoja_gigante_se_acepta(ingerir):
    assert ingerir(fabrica.pdf(["plano"], caja=(14_400, 14_400))).estado == "aceptado"


def test_una_fotografia_se_cuelga_del_elemento_pedido(ingerir):
    boletin = fabricas.boletin()
    ingreso = ingerir(fabrica.imagen("JPEG", con_posicion=True), "foto.jpg", destino=boletin, rol="fotografia")
    assert (ingreso.estado, ingreso.item) == ("aceptado", boletin)
    assert boletin.adjuntos.get().rol == "fotografia"
    assert any("posición" in aviso for aviso in ingreso.avisos)
    assert Item.objects.count() == 1
    repetida = ingerir(fabrica.imagen("JPEG", con_posicion=True), "otra.jpg", destino=boletin, rol="fotografia")
    assert (repetida.estado, boletin.adjuntos.count()) == ("duplicado", 1)


def test_el_texto_llano_se_lee_en_su_codificacion(ingerir):
    ingreso = ingerir("Año de la niñez\nSegundo renglón".encode("cp1252"), "nota.txt")
    assert (ingreso.estado, ingreso.paginas) == ("aceptado", None)
    assert ingreso.item.paginas.get().texto == "Año de la niñez\nSegundo renglón"
    assert "cp1252" in ingreso.avisos[0]


def test_un_tiff_de_varias_hojas_tiene_paginas(ingerir):
    ingreso = ingerir(fabrica.imagen("TIFF", cuadros=3), "hojas.tif")
    assert (ingreso.estado, ingreso.paginas, ingreso.item.partes) == ("aceptado", 3, 3)


@pytest.mark.parametrize(
    ("nombre", "legible"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Mis documentos\\a.pdf", "a.pdf"),
        ("a\nb\x00c.pdf", "a b c.pdf"),
        ("gato\u202efdp.exe", "gato fdp.exe"),
        ("mal\udcff.pdf", "mal .pdf"),
        ("", "sin nombre"),
        ("n\u0303.pdf", "ñ.pdf"),
        ("x" * 400 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_los_nombres_raros_quedan_legibles(ingerir, nombre, legible):
    ingreso = ingerir(fabrica.pdf([nombre.encode("utf-8", "replace").hex()]), nombre)
    assert ingreso.nombre == legible
    assert ingreso.estado == "aceptado"


def test_dos_lectores_que_leen_distinto_se_avisa(ingerir, monkeypatch):
    ajeno = {"paginas": 1, "textos": ["zzz " * 40], "acciones": [], "defectos": 0}
    monkeypatch.setattr("archivo.ingesta.contraste._releer", lambda *a: ajeno)
    ingreso = ingerir(fabrica.pdf(["El texto que sí se ve en la página y que es bastante largo"]))
    assert ingreso.estado == "aceptado"
    assert any("no leen lo mismo" in aviso for aviso in ingreso.avisos)


def test_procesar_dos_veces_no_cataloga_dos(ingerir):
    ingreso = ingerir(fabrica.pdf())
    assert procesar(ingreso.pk).estado == "aceptado"
    assert (Item.objects.count(), ObjetoDigital.objects.count()) == (1, 1)


def test_dos_ingresos_con_los_mismos_bytes_comparten_el_original(ingerir):
    uno = ingerir(fabrica.pdf(["igual"]), "uno.pdf")
    otro = ingerir(fabrica.pdf(["igual"]), "otro.pdf")
    assert (otro.estado, otro.item, otro.objeto) == ("duplicado", uno.item, uno.objeto)
