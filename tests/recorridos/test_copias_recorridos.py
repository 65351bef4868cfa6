"""E17 y E18 en un navegador de verdad: pedir, cotejar con el teclado, expedir; lo que no procede se dice; y axe en cada pantalla."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.objetos.puerta import guardar, ruta_local
from certificaciones.actos.puerta import Certificacion
from certificaciones.reglas.puerta import Calendario, PoliticaDeCertificacion, Tabulador
from certificaciones.solicitudes.puerta import Solicitud
from tests import fabricas
from tests.certificaciones.actos.mundo import oficina, pdf

CLAVE = "contrasena-de-prueba"
FOJAS = 3
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


def escaneado(paginas=FOJAS):
    """Un PDF que parece digitalizado: renglones y un sello."""
    hojas = []
    for n in range(1, paginas + 1):
        hoja = Image.new("RGB", (850, 1100), "#fbf8f0")
        dibujo = ImageDraw.Draw(hoja)
        dibujo.text((90, 80), f"ALCALDIA EJEMPLO          Pozo 14, hoja {n} de {paginas}", fill="#222", font_size=26)
        for y in range(170, 900, 34):
            dibujo.text(
                (90, y),
                "La convocante hace constar que las propuestas se recibieron en tiempo y forma.",
                fill="#333",
                font_size=18,
            )
        dibujo.ellipse((560, 900, 780, 1020), outline="#8a1d2d", width=5)
        hojas.append(hoja)
    salida = io.BytesIO()
    hojas[0].save(salida, "PDF", save_all=True, append_images=hojas[1:], resolution=100)
    return salida.getvalue()


@pytest.fixture
def casa(transactional_db):
    """Una oficina con un documento de tres fojas en un expediente de CCS."""
    asegurar()
    hecha = oficina()
    PoliticaDeCertificacion.objects.create(
        vigente_desde=timezone.localdate() - timedelta(days=9),
        tabulador=Tabulador.objects.get(clave="LFD-2025"),
        calendario=Calendario.objects.get(clave="LFT-74"),
    )
    hecha.ut = fabricas.persona("unidad_transparencia", nombre="transparencia")
    nombres = ("Irene Salgado Peña", "Tomás Quiroz Lara", "Beatriz Luna Ortega", "Ana Lucía Robles Meza")
    for quien, nombre in zip((hecha.ut, hecha.cotejadora, hecha.tramite, hecha.certificadora), nombres, strict=True):
        quien.first_name, quien.last_name = nombre.rsplit(" ", 2)[0], " ".join(nombre.rsplit(" ", 2)[1:])
        quien.save()
    item = fabricas.publico(titulo="Licitación del pozo 14", area=hecha.area)
    objeto = guardar(io.BytesIO(escaneado()), mime="application/pdf", paginas=FOJAS)
    adjuntar(item, AdjuntoNuevo(objeto, "licitacion.pdf", paginas=["La convocante hace constar"] * FOJAS), None)
    hecha.integrar(item)
    item.refresh_from_db()
    hecha.item = item
    poner_al_dia()
    return hecha


class Escritorio:
    """Una ventana a la que entra cada quien por turnos."""

    def __init__(self, contexto):
        self.contexto, self.errores = contexto, []
        self.pagina = contexto.new_page()
        self.pagina.on("pageerror", lambda error: self.errores.append(str(error)))

    def entra(self, persona):
        """Sale quien estaba y entra ella."""
        self.contexto.clear_cookies()
        self.pagina.goto("/admin/login/")
        self.pagina.fill("[name=username]", persona.username)
        self.pagina.fill("[name=password]", CLAVE)
        self.pagina.keyboard.press("Enter")
        self.pagina.wait_for_url("**/admin/")

    def revisar(self, nombre=""):
        """axe sin faltas, y la captura si se pide en ACERVO_CAPTURAS."""
        self.pagina.wait_for_load_state("networkidle")
        self.pagina.evaluate("Promise.all(document.getAnimations().map(a => a.finished.catch(() => null)))")
        violaciones = Axe().run(self.pagina).response["violations"]
        assert [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in violaciones] == [], self.pagina.url
        if nombre and (carpeta := os.environ.get("CAPTURAS")):
            self.pagina.screenshot(path=Path(carpeta) / f"{nombre}.png", full_page=not nombre.startswith("cotejo-"))


@pytest.fixture
def escritorio(chromium, live_server, casa):
    """La ventana; un error de guión reprueba."""
    contexto = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="es-MX", base_url=live_server.url)
    abierto = Escritorio(contexto)
    yield abierto
    abierto.pagina.wait_for_load_state("networkidle")
    abierto.pagina.goto("about:blank")
    contexto.close()
    assert abierto.errores == []


def pedir_desde_el_sitio(escritorio, casa):
    """Una persona pide la copia desde la página del documento, sin cuenta."""
    pagina = escritorio.pagina
    pagina.goto(casa.item.get_absolute_url())
    escritorio.revisar("elemento")
    pagina.get_by_role("link", name="Pedir copia certificada").first.click()
    pagina.get_by_label("Páginas").fill("1-9")
    pagina.get_by_label("Para qué la necesita").fill("un trámite de pensión")
    pagina.get_by_role("button", name="Pedir la copia").click()
    expect(pagina.get_by_role("alert")).to_contain_text("no hay una página 9")
    escritorio.revisar("pedir-con-falta")
    cabe_en_un_telefono(pagina)
    pagina.get_by_label("Páginas").fill("")
    pagina.get_by_role("button", name="Pedir la copia").click()
    expect(pagina.get_by_text("Recibimos su solicitud. Guarde estos dos datos")).to_be_visible()
    escritorio.revisar("pedida")
    cabe_en_un_telefono(pagina)
    pagina.goto("/solicitudes/")
    escritorio.revisar("solicitudes-inicio")
    cabe_en_un_telefono(pagina)
    return Solicitud.objects.get()


def cabe_en_un_telefono(pagina):
    """A 320 pixeles no hay que desplazarse de lado."""
    pagina.set_viewport_size({"width": 320, "height": 720})
    assert not pagina.evaluate("document.documentElement.scrollWidth > innerWidth"), pagina.url
    pagina.set_viewport_size({"width": 1280, "height": 900})


def cobrar(escritorio, casa, solicitud):
    """La Unidad de Transparencia cierra la canasta, emite la orden y registra el pago."""
    escritorio.entra(casa.ut)
    pagina = escritorio.pagina
    pagina.goto("/admin/solicitudes/")
    escritorio.revisar("solicitudes")
    pagina.get_by_role("link", name=solicitud.folio).click()
    escritorio.revisar("solicitud")
    pagina.get_by_role("button", name="Ya está todo en la canasta").click()
    pagina.get_by_text("Emitir orden de pago…").click()
    pagina.get_by_role("button", name="Emitir la orden").click()
    expect(pagina.get_by_role("region", name="Orden de pago")).to_contain_text("$78")
    expect(pagina.get_by_text("Puede pagar hasta el")).to_be_visible()
    escritorio.revisar("solicitud-por-pagar")
    pagina.get_by_label("Número del recibo").fill("A-77")
    pagina.get_by_label("Monto pagado").fill("78")
    pagina.get_by_role("button", name="Registrar el pago").click()
    expect(pagina.get_by_text("Recibo A-77 por $78.00.")).to_be_visible()
    escritorio.revisar("solicitud-pagada")


def preparar(escritorio, casa, solicitud):
    """El archivo de trámite prepara el borrador y lo manda a cotejo."""
    escritorio.entra(casa.tramite)
    pagina = escritorio.pagina
    pagina.goto(f"/admin/solicitudes/{solicitud.folio}/")
    pagina.get_by_role("link", name="Preparar la certificación").click()
    escritorio.revisar("preparar")
    pagina.get_by_role("button", name="Preparar el borrador").click()
    expect(pagina.get_by_role("heading", name="Borrador", exact=True)).to_be_visible()
    escritorio.revisar("certificacion-borrador")
    pagina.get_by_role("button", name="Mandar a cotejo").click()
    expect(pagina.get_by_role("heading", name="En cotejo", exact=True)).to_be_visible()
    return Certificacion.objects.get()


def cotejar(escritorio, casa, certificacion):
    """Otra persona compara foja por foja, sin soltar el teclado."""
    escritorio.entra(casa.cotejadora)
    pagina = escritorio.pagina
    pagina.goto("/admin/cotejo/")
    escritorio.revisar("cotejos")
    pagina.locator("main").get_by_role("link", name="la solicitud").click()
    escritorio.revisar("cotejo-empezar")
    pagina.get_by_role("button", name="Empezar el cotejo").click()
    expect(pagina.get_by_text("La máquina no nota diferencias.")).to_be_visible()
    pagina.wait_for_load_state("networkidle")
    escritorio.revisar("cotejo-mesa")
    for n in range(1, FOJAS + 1):
        expect(pagina.locator(".cot-hoja h3").last).to_contain_text(f"foja {n} de {FOJAS}")
        pagina.keyboard.press("1")
        with pagina.expect_navigation():
            pagina.keyboard.press("Control+Enter")
    expect(pagina.get_by_role("heading", name="0 por cotejar")).to_be_visible()
    escritorio.revisar("cotejo-terminado")
    pagina.get_by_role("button", name="Terminar: todo concuerda").click()
    expect(pagina.get_by_role("heading", name="Cotejada", exact=True)).to_be_visible()


def expedir(escritorio, casa, certificacion):
    """Se envía a firma; la certificadora lee el texto y la expide; se entrega con el ejemplar firmado."""
    escritorio.entra(casa.tramite)
    pagina = escritorio.pagina
    pagina.goto(f"/admin/certificaciones/{certificacion.clave}/")
    pagina.get_by_role("button", name="Enviar a firma").click()
    escritorio.entra(casa.certificadora)
    pagina.goto("/admin/bandeja/")
    pagina.get_by_role("link", name="Copia de 3 fojas").first.click()
    expect(pagina.get_by_text("tres (3) fojas útiles")).to_be_visible()
    escritorio.revisar("certificacion-por-firmar")
    pagina.get_by_role("button", name="Expedir con el folio que sigue").click()
    expect(pagina.get_by_role("heading", name="Expedida", exact=True)).to_be_visible()
    escritorio.revisar("certificacion-expedida")
    if carpeta := os.environ.get("CAPTURAS"):
        Path(carpeta, "copia.pdf").write_bytes(ruta_local(Certificacion.objects.get().objeto).read_bytes())
    pagina.get_by_text("Agregar el ejemplar firmado…").click()
    firmado = {"name": "firmado.pdf", "mimeType": "application/pdf", "buffer": pdf(4, "firmado")}
    pagina.get_by_label("El ejemplar firmado y sellado, en un solo PDF").set_input_files(firmado)
    pagina.get_by_role("button", name="Agregar el ejemplar").click()
    pagina.get_by_text("Registrar la entrega…").click()
    pagina.get_by_label("Quién recibe").fill("Quien la pidió")
    pagina.get_by_label("Identificación que se tuvo a la vista").fill("Credencial para votar")
    pagina.get_by_role("button", name="Registrar la entrega").click()
    expect(pagina.get_by_text("CONSTANCIA DE RECIBO", exact=True)).to_be_visible()
    escritorio.revisar("recibo")


def test_e17_de_la_solicitud_a_la_constancia_de_recibo(escritorio, casa):
    solicitud = pedir_desde_el_sitio(escritorio, casa)
    cobrar(escritorio, casa, solicitud)
    preparar(escritorio, casa, solicitud)
    certificacion = Certificacion.objects.get()
    cotejar(escritorio, casa, certificacion)
    expedir(escritorio, casa, certificacion)
    escritorio.pagina.goto(f"/admin/libro/{casa.libro.pk}/")
    folio = f"CC/00001/{timezone.localdate().year}"
    expect(escritorio.pagina.get_by_role("link", name=folio)).to_be_visible()
    escritorio.revisar("libro")
    certificacion.refresh_from_db()
    escritorio.pagina.goto(f"/verificar/{certificacion.codigo}/")
    expect(escritorio.pagina.get_by_text("VIGENTE").first).to_be_visible()
    escritorio.revisar("verificar")
    solicitud.refresh_from_db()
    assert (solicitud.estado, Certificacion.objects.get().folio) == ("entregada", folio)


def test_e18_lo_que_no_procede_se_dice_y_no_deja_nada(escritorio, casa):
    obras = fabricas.area("Obras")
    ajeno = fabricas.publico(titulo="Bitácora de obra", area=obras)
    objeto = guardar(io.BytesIO(pdf(1, "obra")), mime="application/pdf", paginas=1)
    adjuntar(ajeno, AdjuntoNuevo(objeto, "obra.pdf", paginas=[""]), None)
    expediente = casa.integrar(ajeno, "copia_simple", area=obras)
    casa.tramite.nombramientos.update(area=None)
    escritorio.entra(casa.tramite)
    pagina = escritorio.pagina
    pagina.goto(f"/admin/certificaciones/preparar/?expediente={expediente.clave}")
    expect(pagina.get_by_label("Para copias de").or_(pagina.get_by_label("qué se copia"))).to_have_value(
        "copia_simple_en_archivo"
    )
    pagina.get_by_label("Bitácora de obra").first.check()
    pagina.get_by_role("button", name="Preparar el borrador").click()
    expect(pagina.get_by_role("alert")).to_contain_text("no permite certificar documentos de los que sólo hay copia simple")
    escritorio.revisar("preparar-negada")
    PoliticaDeCertificacion.objects.update(certifica_copia_simple=True)
    pagina.get_by_label("Certifica", exact=True).select_option(label=str(casa.certificadora))
    pagina.get_by_role("button", name="Preparar el borrador").click()
    expect(pagina.get_by_role("alert")).to_contain_text("no alcanza los expedientes de «Obras»")
    assert not Certificacion.objects.exists()


def test_las_reglas_se_llevan_sin_faltas_de_accesibilidad(escritorio, casa):
    escritorio.entra(fabricas.persona("administracion", nombre="administra"))
    for nombre in (
        "facultades",
        "textos_de_certificacion",
        "tabuladores",
        "tarifas",
        "politicas_de_certificacion",
        "valores_de_la_uma",
        "calendarios",
        "avisos_por_correo",
    ):
        escritorio.pagina.goto(f"/admin/{nombre}/")
        escritorio.revisar(nombre)
        escritorio.pagina.goto(f"/admin/{nombre}/new/")
        escritorio.revisar()
    escritorio.pagina.goto(f"/admin/calendarios/edit/{Calendario.objects.get(clave='LFT-74').pk}/")
    expect(escritorio.pagina.get_by_label("Motivo", exact=False).first).to_be_visible()
    escritorio.revisar("calendario")
