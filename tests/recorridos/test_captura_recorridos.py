"""Capturar con la red cortada, con «atrás», con la sesión vencida y con dos clics: nada se pierde y nada se duplica."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from archivo.catalogo.puerta import Edicion, Item, SerieDeNumeracion, guardar, tipo_de, transitar
from archivo.identidad.puerta import Area, Nombramiento, Usuario
from archivo.indexacion.puerta import asegurar
from archivo.oficina.direcciones import direccion
from archivo.oficina.models import PlantillaDeCaptura
from archivo.tareas.puerta import drenar, encargar
from tests.archivo.tareas.tareas_de_prueba import a_medias
from tests.servidores.espera import hasta_que

CLAVE = "clave de prueba"
NUEVO = "/admin/elementos/boletin/add/"
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def area(db):
    area = Area.objects.create(clave="CCS", nombre="Comunicación Social")
    SerieDeNumeracion.objects.get_or_create(clave="boletin", defaults={"nombre": "Boletín"})
    for nombre, rol, suya in (("redactora", "redaccion", area), ("titular", "titular", area)):
        usuario = Usuario.objects.create_user(nombre, password=CLAVE, first_name=nombre.capitalize())
        Nombramiento.objects.create(usuario=usuario, rol=rol, area=suya)
    return area


def _identificarse(pagina, nombre):
    pagina.fill("[name=username]", nombre)
    pagina.fill("[name=password]", CLAVE)
    pagina.keyboard.press("Enter")


@pytest.fixture
def entrar(chromium, live_server, area):
    """Abre la oficina como alguien; lo que el navegador se queje reprueba."""
    contextos, quejas = [], []

    def como(nombre, ancho=1280, oscuro=False):
        contexto = chromium.new_context(
            viewport={"width": ancho, "height": 900},
            locale="es-MX",
            base_url=live_server.url,
            color_scheme="dark" if oscuro else "light",
        )
        contextos.append(contexto)
        pagina = contexto.new_page()
        pagina.set_default_timeout(20_000)
        pagina.on("pageerror", lambda error: quejas.append(str(error)))
        pagina.on("dialog", lambda dialogo: dialogo.accept())
        pagina.goto("/admin/login/")
        _identificarse(pagina, nombre)
        pagina.wait_for_url("**/admin/")
        return pagina

    yield como
    for contexto in contextos:
        contexto.close()
    assert quejas == []


def escribir(pagina, titulo, cuerpo="Habrá vacunas para todas las edades."):
    pagina.wait_for_selector("[contenteditable=true]")
    pagina.locator("#id_titulo").fill(titulo)
    pagina.locator("[contenteditable=true]").first.click()
    pagina.keyboard.type(cuerpo)


def copias(pagina):
    return pagina.evaluate("Object.keys(localStorage).filter((c) => c.startsWith('acervo:captura:'))")


def copiado(pagina):
    hasta_que(lambda: copias(pagina))


def test_con_la_red_cortada_lo_escrito_se_conserva_y_se_recupera(entrar):
    pagina = entrar("redactora")
    pagina.goto(NUEVO)
    escribir(pagina, "Jornada sin red")
    pagina.context.set_offline(True)
    pagina.keyboard.press("Control+s")
    expect(pagina.get_by_text("No hay conexión con el archivo.")).to_be_visible()
    expect(pagina.locator("#id_titulo")).to_have_value("Jornada sin red")
    pagina.context.set_offline(False)
    pagina.goto("about:blank")
    pagina.goto(NUEVO)
    expect(pagina.get_by_text("Hay algo que escribió aquí y no se guardó")).to_be_visible()
    pagina.get_by_role("button", name="Recuperar lo que no se guardó").click()
    expect(pagina.get_by_text("Aquí está lo que no se guardó")).to_be_visible()
    expect(pagina.locator("#id_titulo")).to_have_value("Jornada sin red")
    expect(pagina.locator("[contenteditable=true]").first).to_contain_text("Habrá vacunas")
    assert not Item.objects.exists()
    pagina.keyboard.press("Control+s")
    expect(pagina.get_by_text("Guardado:")).to_be_visible()
    item = Item.objects.get()
    assert (item.titulo, item.cuerpo.html) == ("Jornada sin red", "<p>Habrá vacunas para todas las edades.</p>")
    hasta_que(lambda: not copias(pagina), que="que se borre la copia de lo que se guardó")


def test_volver_atras_ofrece_lo_que_no_se_guardo_y_se_puede_descartar(entrar):
    pagina = entrar("redactora")
    pagina.goto(NUEVO)
    escribir(pagina, "A medias")
    copiado(pagina)
    pagina.goto("/admin/bandeja/")
    pagina.go_back()
    expect(pagina.get_by_text("Hay algo que escribió aquí y no se guardó")).to_be_visible()
    pagina.get_by_role("button", name="Descartarlo").click()
    hasta_que(lambda: not copias(pagina), que="que se borre lo descartado")
    pagina.reload()
    expect(pagina.get_by_role("button", name="Descartarlo")).to_be_hidden()


def test_atras_despues_de_guardar_y_guardar_otra_vez_no_duplica(entrar):
    pagina = entrar("redactora")
    pagina.goto(NUEVO)
    escribir(pagina, "Una sola vez")
    pagina.keyboard.press("Control+s")
    expect(pagina.get_by_text("Guardado:")).to_be_visible()
    assert Item.objects.count() == 1
    hasta_que(lambda: not copias(pagina), que="que se borre la copia de lo que se guardó")
    hasta_que(lambda: "of_guardado=" not in pagina.evaluate("document.cookie"), que="que se quite la seña de lo guardado")


def test_dos_clics_seguidos_guardan_uno(entrar):
    pagina = entrar("redactora")
    pagina.goto(NUEVO)
    escribir(pagina, "Dos clics")
    pagina.evaluate(
        "() => { const b = document.querySelector('.of-acciones button'); for (let n = 0; n < 4; n += 1) b.click(); }"
    )
    expect(pagina.get_by_text(re.compile("Guardado:|Ya estaba guardado"))).to_be_visible()
    assert Item.objects.count() == 1


def test_lo_reservado_no_queda_en_el_equipo(entrar):
    pagina = entrar("titular")
    pagina.goto(NUEVO)
    escribir(pagina, "Antes de saber")
    copiado(pagina)
    pagina.locator("#id_acceso").select_option("reservado")
    hasta_que(lambda: not copias(pagina))
    pagina.locator("#id_titulo").fill("Algo reservado")
    pagina.keyboard.press("Tab")
    pagina.goto("/admin/bandeja/")
    assert copias(pagina) == []


def test_con_la_sesion_vencida_se_entra_en_otra_pestana_y_se_guarda(entrar):
    pagina = entrar("redactora")
    pagina.goto(NUEVO)
    escribir(pagina, "Sesión vencida")
    pagina.context.clear_cookies()
    pagina.keyboard.press("Control+s")
    expect(pagina.get_by_text("Su sesión terminó.")).to_be_visible()
    with pagina.context.expect_page() as abierta:
        pagina.get_by_role("link", name="Entrar en otra pestaña").click()
    otra = abierta.value
    otra.wait_for_load_state()
    _identificarse(otra, "redactora")
    otra.wait_for_url("**/admin/sesion/")
    otra.close()
    pagina.keyboard.press("Control+s")
    expect(pagina.get_by_text("Guardado:")).to_be_visible()
    assert Item.objects.get().titulo == "Sesión vencida"


def test_al_salir_no_queda_nada_en_el_equipo(entrar):
    pagina = entrar("redactora")
    pagina.goto(NUEVO)
    escribir(pagina, "Me voy")
    copiado(pagina)
    pagina.goto("/admin/bandeja/")
    assert len(copias(pagina)) == 1
    pagina.evaluate(
        "() => { const f = document.createElement('form'); f.method = 'post'; f.action = '/admin/logout/'; document.body.append(f);"
        " f.addEventListener('submit', (e) => e.preventDefault()); f.requestSubmit(); }"
    )
    assert copias(pagina) == []


def test_capturar_uno_igual_al_anterior_solo_con_teclado(entrar, area):
    autora = Usuario.objects.get(username="redactora")
    guardar(tipo_de("boletin").modelo(titulo="El primero", area=area, autor="Ana Robles"), Edicion(actor=autora))
    pagina = entrar("redactora")
    pagina.goto(direccion(tipo_de("boletin").modelo, "list"))
    pagina.wait_for_load_state("networkidle")
    pagina.keyboard.press("Alt+n")
    pagina.wait_for_url(f"**{NUEVO}")
    pagina.wait_for_load_state("networkidle")
    pagina.keyboard.press("Alt+i")
    pagina.wait_for_url("**?igual=anterior")
    expect(pagina.get_by_text("Se copió de «El primero»")).to_be_visible()
    escribir(pagina, "El segundo")
    pagina.keyboard.press("Control+Shift+Enter")
    expect(pagina.get_by_text("Se copió de «El segundo»")).to_be_visible()
    assert Item.objects.get(titulo="El segundo").autor == "Ana Robles"
    pagina.wait_for_load_state("networkidle")
    pagina.keyboard.press("Alt+b")
    pagina.wait_for_url("**/admin/bandeja/")


@pytest.fixture
def pantallas(area):
    """Las pantallas de quien captura, con algo que mostrar en cada una."""
    asegurar()
    autora, jefa = (Usuario.objects.get(username=n) for n in ("redactora", "titular"))
    modelo = tipo_de("boletin").modelo
    hechos = [guardar(modelo(titulo=f"Boletín {n}", area=area, autor="Ana"), Edicion(actor=autora)) for n in range(3)]
    transitar(hechos[0], "enviar_a_revision", autora)
    hechos[0].refresh_from_db()
    transitar(hechos[0], "devolver", jefa, "Falta la fecha")
    transitar(hechos[1], "enviar_a_revision", autora)
    Item.objects.filter(pk=hechos[2].pk).update(estado="programado", embargo_hasta=timezone.now() - timedelta(days=1))
    plantilla = PlantillaDeCaptura.objects.create(
        tipo="boletin", nombre="Del día", usuario=jefa, area=area, valores={"autor": "Ana"}
    )
    trabajo = encargar(a_medias, 3, descripcion="Importar recortes de marzo", actor=jefa)
    drenar()
    lista = direccion(modelo, "list")
    return [
        "/admin/",
        "/admin/bandeja/",
        "/admin/bandeja/?de=gente",
        "/admin/trabajos/",
        trabajo.get_absolute_url(),
        "/admin/plantillas/",
        f"/admin/plantillas/{plantilla.pk}/",
        f"/admin/plantillas/de/{hechos[1].clave}/",
        NUEVO,
        f"{NUEVO}?plantilla={plantilla.pk}",
        f"{lista}?orden=fecha&autor=ana",
    ]


@pytest.mark.parametrize(("ancho", "oscuro"), [(320, False), (1280, True)])
def test_axe_no_halla_faltas_en_las_pantallas_de_captura(entrar, pantallas, ancho, oscuro):
    pagina = entrar("titular", ancho, oscuro)
    faltas = {}
    for ruta in pantallas:
        pagina.goto(ruta)
        pagina.wait_for_load_state("networkidle")
        for detalle in pagina.locator("main details:not([open]) summary").all():
            detalle.click()
        if halladas := Axe().run(pagina).response["violations"]:
            faltas[ruta] = [(h["id"], [n["html"][:160] for n in h["nodes"]]) for h in halladas]
        assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{ruta} se desborda a {ancho}"
    assert faltas == {}
