"""Las personas y los instrumentos con que se prueba la oficina."""

import pytest

from archivo.catalogo.puerta import Edicion, SerieDeNumeracion, guardar, tipo_de
from archivo.identidad.puerta import Area, Nombramiento, Usuario
from archivo.oficina.direcciones import direccion


@pytest.fixture
def areas(db):
    """Dos áreas productoras."""
    return {
        clave: Area.objects.create(clave=clave, nombre=nombre) for clave, nombre in (("CCS", "Comunicación"), ("OBR", "Obras"))
    }


@pytest.fixture
def persona(db, areas):
    """Una persona con un rol, en toda la institución o en un área."""

    def crear(nombre, *roles, area=None):
        usuario = Usuario.objects.create_user(nombre, password="clave de prueba", first_name=nombre.capitalize())
        for rol in roles:
            Nombramiento.objects.create(usuario=usuario, rol=rol, area=areas[area] if area else None)
        return usuario

    return crear


@pytest.fixture
def redactora(persona):
    return persona("redactora", "redaccion", area="CCS")


@pytest.fixture
def titular(persona):
    return persona("titular", "titular")


@pytest.fixture
def entrar(client):
    """El navegador con la sesión de alguien."""

    def como(usuario):
        client.force_login(usuario)
        return client

    return como


@pytest.fixture
def serie(db):
    return SerieDeNumeracion.objects.get_or_create(clave="boletin", defaults={"nombre": "Boletín"})[0]


@pytest.fixture
def boletin(redactora, areas, serie):
    """Un boletín en borrador, escrito por la redactora."""
    nuevo = tipo_de("boletin").modelo(titulo="Arranca jornada de salud", area=areas["CCS"], serie=serie)
    return guardar(nuevo, Edicion(actor=redactora, cuerpo_html="<p>Hay vacunas.</p>"))


def datos_de(form, anexos=None, **cambios):
    """Lo que enviaría el formulario tal como se muestra, con cambios."""
    datos = {}
    for campo in form:
        valor = campo.field.widget.format_value(campo.value()) if hasattr(campo.field.widget, "format_value") else campo.value()
        datos[campo.html_name] = "" if valor is None else valor
    juegos = [anexos.relaciones.renglones, anexos.correcciones] if anexos else []
    for otro in [f for juego in juegos for f in (juego.management_form, *juego)]:
        datos |= {c.html_name: "" if c.value() is None else c.value() for c in otro}
    for _, otro in anexos.adjuntos if anexos else []:
        datos |= {c.html_name: "" if c.value() is None else c.value() for c in otro}
    return datos | cambios


def de_la_ficha(tipo, **cambios):
    return {f"ficha-{c}": v for c, v in (dict(tipo_de(tipo).ficha.ejemplo) | cambios).items()}


@pytest.fixture
def monitorista(persona):
    return persona("monitorista", "monitoreo", area="CCS")


@pytest.fixture
def capturar(entrar):
    """Abre la captura, cambia lo dicho y la envía. Devuelve la respuesta."""

    def hacerlo(usuario, modelo, item=None, **cambios):
        cliente = entrar(usuario)
        alta = direccion(modelo, "edit", item.pk) if item else direccion(modelo, "add")
        pagina = cliente.get(alta)
        datos = datos_de(pagina.context["form"], pagina.context["anexos"]) | cambios
        return cliente.post(alta, {c: v for c, v in datos.items() if v is not None and v is not False})

    return hacerlo
