"""Las reglas de expedientes por su pantalla: quién las lleva, qué se revisa y qué ya no se toca."""

import pytest
from django.urls import reverse

from archivo.archivistica.puerta import ReglaDeExpedientes, asegurar_regla
from archivo.auditoria.puerta import Suceso
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db
NUEVA = {
    "nombre": "Regla SRE", "vigente_desde": "2027-01-01", "vigente_hasta": "", "plantilla_codigo": "{fondo}.{serie}/{anio}/{consecutivo}",
    "titulos_genericos": "Varios\n  Asuntos   diversos\nVarios", "unidad": "foja", "unidades": "fojas", "inicio_plazo": "cierre",
    "fundamento": "Acuerdo",
}  # fmt: skip


def pantalla(nombre, *args):
    return reverse(f"regladeexpedientes:{nombre}", args=args)


def test_la_coordinacion_registra_una_y_queda_anotado(entrar, persona):
    cliente = entrar(persona("coordina", "coordinacion_archivos"))
    assert "Reglas de expedientes" in cliente.get("/admin/").content.decode()
    assert cliente.post(pantalla("add"), NUEVA).status_code == 302
    regla = ReglaDeExpedientes.objects.get(nombre="Regla SRE")
    assert regla.titulos_genericos == ["Varios", "Asuntos diversos"]
    assert Suceso.objects.get(clase="regla_de_expedientes.creada").actor.username == "coordina"
    assert "Regla SRE" in cliente.get(pantalla("index")).content.decode()


@pytest.mark.parametrize(
    ("cambio", "dicho"),
    [
        ({"plantilla_codigo": "{fondo}/{anio}"}, "debe llevar"),
        ({"plantilla_codigo": "{ajeno}/{anio}/{consecutivo}"}, "sólo se admiten"),
        ({"vigente_hasta": "2026-01-01"}, "antes de empezar"),
    ],
)
def test_lo_que_no_sirve_se_dice(entrar, persona, cambio, dicho):
    respuesta = entrar(persona("coordina", "coordinacion_archivos")).post(pantalla("add"), NUEVA | cambio)
    assert respuesta.status_code == 200 and dicho in respuesta.content.decode()
    assert not ReglaDeExpedientes.objects.filter(nombre="Regla SRE").exists()


def test_la_que_ya_se_uso_solo_se_termina(entrar, persona):
    asegurar_regla()
    regla = mundo.expediente(fabricas.area("Comunicación")).regla
    cliente = entrar(persona("coordina", "coordinacion_archivos"))
    datos = NUEVA | {"nombre": regla.nombre, "vigente_desde": "1900-01-01", "vigente_hasta": "2026-12-31"}
    assert cliente.post(pantalla("edit", regla.pk), datos).status_code == 302
    plantilla = regla.plantilla_codigo
    regla.refresh_from_db()
    assert (regla.plantilla_codigo, str(regla.vigente_hasta)) == (plantilla, "2026-12-31")
    assert set(Suceso.objects.get(clase="regla_de_expedientes.cambiada").detalle["cambios"]) == {"vigente_hasta", "fundamento"}


@pytest.mark.parametrize("rol", ["titular", "archivo_tramite", "redaccion", "administracion"])
def test_nadie_mas_las_cambia(entrar, persona, rol):
    cliente = entrar(persona("otra", rol))
    assert cliente.get(pantalla("index")).status_code in {302, 403}
    cliente.post(pantalla("add"), NUEVA)
    assert not ReglaDeExpedientes.objects.filter(nombre="Regla SRE").exists()
