"""Una fotógrafa abre una sesión, sube sus fotografías y las describe juntas con el teclado, en un navegador de verdad."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Nombramiento, Usuario
from archivo.ingesta.puerta import Ingreso, Pedido, procesar, recibir
from tests import fabricas

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fotografa(db):
    area = fabricas.area("Coordinación de Comunicación Social")
    usuaria = Usuario.objects.create_user("lsoto", password="clave de prueba", first_name="Laura", last_name="Soto")
    for rol in ("fotografia_video", "redaccion"):
        Nombramiento.objects.create(usuario=usuaria, rol=rol, area=area)
    return usuaria


@pytest.fixture
def ventana_de(abrir, client, fotografa):
    client.force_login(fotografa)

    def nueva(**opciones):
        return abrir(cookies=[{"name": "sessionid", "value": client.cookies["sessionid"].value}], **opciones)

    return nueva


def foto(n):
    """Una escena sencilla con su pie y su hora en el EXIF."""
    imagen = Image.new("RGB", (480, 320), (150 + n * 12, 180, 205 - n * 9))
    trazo = ImageDraw.Draw(imagen)
    trazo.rectangle((0, 210, 480, 320), fill=(90, 110 + n * 8, 80))
    trazo.ellipse((60 + n * 40, 90, 130 + n * 40, 260), fill=(60, 40, 50 + n * 10))
    exif = Image.Exif()
    exif[0x010E] = f"Brigada en la mesa {n + 1}"
    exif[0x0132] = f"2026:11:20 09:{n:02}:00"
    salida = BytesIO()
    imagen.save(salida, "JPEG", exif=exif)
    return salida.getvalue()


def archivos(cuantos):
    return [{"name": f"DSC_{n:04}.jpg", "mimeType": "image/jpeg", "buffer": foto(n)} for n in range(cuantos)]


def mirar(ventana, nombre):
    """Sin faltas de accesibilidad ni desborde; si `CAPTURAS` dice una carpeta, además guarda la imagen."""
    ventana.pagina.wait_for_load_state("networkidle")
    ventana.pagina.evaluate("Promise.all(document.getAnimations().map(a => a.finished))")
    if carpeta := os.environ.get("CAPTURAS"):
        ventana.pagina.screenshot(path=Path(carpeta) / f"{nombre}.png", full_page=True)
    assert ventana.faltas_de_accesibilidad() == []
    assert not ventana.desborda()


def revisar_lo_que_llega(pagina, cuantos):
    """Hace de trabajador mientras la página sube."""
    for _ in range(600):
        for ingreso in Ingreso.objects.pendientes().order_by("pk"):
            procesar(ingreso.pk)
        if Ingreso.objects.exclude(estado__in=Ingreso.EN_CURSO).count() >= cuantos:
            break
        pagina.wait_for_timeout(50)
    assert Ingreso.objects.filter(estado="aceptado").count() == cuantos


def test_de_la_camara_a_la_mesa_de_luz(ventana_de, fotografa):
    ventana = ventana_de()
    pagina = ventana.pagina
    ventana.ir("/admin/sesiones/")
    pagina.get_by_role("link", name="Nueva sesión").click()
    mirar(ventana, "sesion-nueva")
    for campo, valor in (
        ("titulo", "Jornada de salud en Guadalupe"),
        ("fecha", "2026-11-20"),
        ("lugar", "Guadalupe"),
        ("autor_captura", "Laura Soto"),
    ):
        pagina.locator(f"#id_{campo}").fill(valor)
    pagina.get_by_role("button", name="Guardar y subir fotografías").click()
    pagina.locator("#id_archivos").set_input_files(archivos(7))
    pagina.get_by_role("button", name="Subir", exact=True).click()
    revisar_lo_que_llega(pagina, 7)
    expect(pagina.get_by_text("7 de 7.")).to_be_visible()
    mirar(ventana, "sesion-subir")
    pagina.locator("#id_archivos").set_input_files(archivos(7))
    pagina.get_by_role("button", name="Subir", exact=True).click()
    expect(pagina.get_by_text("14 de 14; ya estaban 7.")).to_be_visible()
    assert Ingreso.objects.count() == 7
    pagina.get_by_role("link", name="Ir a la mesa de luz").click()
    describir_con_el_teclado(ventana)


def describir_con_el_teclado(ventana):
    pagina = ventana.pagina
    album = Item.objects.get(tipo="audiovisual")
    casillas = pagina.locator("input[name=fotos]")
    casillas.first.focus()
    for tecla in ("x", "ArrowRight", "ArrowRight", "Shift+X"):
        pagina.keyboard.press(tecla)
    expect(pagina.locator("#describir [data-cuantas]")).to_have_text("(3)")
    pagina.keyboard.press("s")
    expect(pagina.get_by_text("Cambiaron 3 de 3 marcadas.")).to_have_count(1)
    assert album.adjuntos.filter(seleccionada=True).count() == 3
    pagina.locator("#id_pie").fill("Brigada de vacunación en la plaza.")
    mirar(ventana, "mesa-1280")
    with pagina.expect_navigation():  # el aviso anterior dice lo mismo
        pagina.get_by_role("button", name="Aplicar a las marcadas").last.click()
    expect(pagina.get_by_text("Cambiaron 3 de 3 marcadas.")).to_be_visible()
    assert album.adjuntos.filter(pie="Brigada de vacunación en la plaza.").count() == 3
    casillas.first.focus()
    pagina.keyboard.press("?")
    expect(pagina.get_by_text("Marcar desde la última marcada hasta ésta")).to_be_visible()
    pagina.keyboard.press("Escape")
    pagina.goto(f"{ventana.base}/admin/sesiones/{album.clave}/mesa/?filtro=sin-pie", wait_until="networkidle")
    expect(casillas).to_have_count(4)
    casillas.first.focus()
    pagina.keyboard.press("Enter")
    una_en_grande(ventana, album)


def una_en_grande(ventana, album):
    pagina = ventana.pagina
    expect(pagina.get_by_role("heading", name="Lo que trae la foto")).to_be_visible()
    assert pagina.locator("#id_pie").input_value() == ""
    mirar(ventana, "foto-1280")
    pagina.get_by_role("button", name="Usar de pie").click()
    assert pagina.locator("#id_pie").input_value() == "Brigada en la mesa 4"
    with pagina.expect_navigation():
        pagina.keyboard.press("Control+Enter")
    expect(pagina.get_by_text("DSC_0004.jpg").first).to_be_visible()
    assert album.adjuntos.get(nombre="DSC_0003.jpg").pie == "Brigada en la mesa 4"


@pytest.fixture
def album(fotografa):
    """Un álbum con seis fotografías: una con menores sin consentimiento y dos de la selección."""
    area = Nombramiento.objects.filter(usuario=fotografa).first().area
    item = fabricas.elemento(
        "audiovisual", titulo="Jornada de salud en Guadalupe", area=area, acceso="interno", ficha={"clase": "album_fotografico"}
    )
    de_la_camara(item, fotografa)
    item.adjuntos.filter(nombre="DSC_0000.jpg").update(menores=True, seleccionada=True, pie="Brigada de vacunación.")
    item.adjuntos.filter(nombre="DSC_0002.jpg").update(
        seleccionada=True, pie="Fila en la plaza.", alternativa="Personas en fila."
    )
    return item


def de_la_camara(item, actor):
    for archivo in archivos(6):
        pedido = Pedido(actor=actor, tipo="audiovisual", destino=item, rol="fotografia", area=item.area)
        procesar(recibir(BytesIO(archivo["buffer"]), archivo["name"], pedido).pk)


@pytest.mark.parametrize(("ancho", "oscuro"), [(390, False), (390, True), (1280, True)])
def test_la_mesa_se_usa_en_el_telefono_y_de_noche(ventana_de, album, ancho, oscuro):
    ventana = ventana_de(ancho=ancho, oscuro=oscuro)
    cola = f"{ancho}{'-oscuro' if oscuro else ''}"
    ventana.ir(f"/admin/sesiones/{album.clave}/mesa/")
    mirar(ventana, f"mesa-{cola}")
    expect(ventana.pagina.locator("input[name=fotos]")).to_have_count(6)
    ventana.ir(f"/admin/sesiones/{album.clave}/fotos/{album.adjuntos.first().pk}/")
    mirar(ventana, f"foto-{cola}")
    expect(ventana.pagina.get_by_text("DSC_0000.jpg").first).to_be_visible()
    ventana.ir(f"/admin/sesiones/{album.clave}/subir/")
    mirar(ventana, f"subir-{cola}")
    ventana.ir("/admin/sesiones/")
    mirar(ventana, f"sesiones-{cola}")


def test_sin_guion_se_describe_con_casillas_y_botones(ventana_de, album):
    ventana = ventana_de(con_guion=False)
    pagina = ventana.pagina
    ventana.ir(f"/admin/sesiones/{album.clave}/mesa/")
    pagina.locator("input[name=fotos]").nth(1).check()
    pagina.locator("#id_credito").fill("CCS / Laura Soto")
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")
    assert list(album.adjuntos.exclude(credito="").values_list("nombre", flat=True)) == ["DSC_0001.jpg"]
    pagina.get_by_text("Todas las 6 de esta hoja").click()
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="A la selección", exact=True).click()
    assert album.adjuntos.filter(seleccionada=True).count() == 6


def test_si_el_servidor_no_contesta_la_subida_espera_y_sigue_sola(ventana_de, album):
    ventana = ventana_de()
    pagina = ventana.pagina
    ventana.ir(f"/admin/sesiones/{album.clave}/subir/")
    caidas = [503]
    pagina.route(
        "**/subir/",
        lambda ruta: ruta.fulfill(status=caidas.pop()) if caidas and ruta.request.method == "POST" else ruta.continue_(),
    )
    pagina.locator("#id_archivos").set_input_files(archivos(7)[6:])
    pagina.get_by_role("button", name="Subir", exact=True).click()
    expect(pagina.get_by_text("Se perdió la conexión.")).to_be_visible()
    revisar_lo_que_llega(pagina, 7)
    expect(pagina.get_by_text("1 de 1.")).to_be_visible()
    expect(pagina.get_by_text("Se perdió la conexión.")).to_be_hidden()
    assert album.adjuntos.count() == 7
