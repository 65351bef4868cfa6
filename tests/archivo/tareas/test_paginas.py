"""La página de un trabajo: sin JavaScript, anunciada, y sólo para quien le toca."""

import pytest
from django.urls import reverse

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import crear_usuario
from archivo.tareas.models import Encargo
from archivo.tareas.puerta import EstadoDeTrabajo, Trabajo, cancelar, drenar, encargar, sin_atender
from archivo.tareas.views import _en_renglones
from tests.archivo.tareas.tareas_de_prueba import a_medias, anotar, contar, romper

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    persona = crear_usuario("ana", "redaccion")
    client.force_login(persona)
    return persona


def pagina(client, trabajo):
    return client.get(trabajo.get_absolute_url()).content.decode()


def test_mientras_espera_se_recarga_sola_y_se_puede_cancelar(client, ana):
    trabajo = encargar(contar, 3, descripcion="Importar boletines", actor=ana)
    assert trabajo.get_absolute_url() == f"/admin/trabajos/{trabajo.pk}/"
    cuerpo = pagina(client, trabajo)
    assert '<meta http-equiv="refresh" content="3">' in cuerpo
    assert 'aria-live="polite"' in cuerpo
    assert "Importar boletines" in cuerpo
    respuesta = client.post(reverse("trabajo_cancelar", args=[trabajo.pk]))
    assert respuesta.url == trabajo.get_absolute_url()
    assert Trabajo.objects.get().estado == EstadoDeTrabajo.CANCELADO


def test_terminado_ya_no_se_recarga_y_muestra_el_resultado(client, ana):
    trabajo = encargar(anotar, "obras", descripcion="Anotar", actor=ana)
    drenar()
    cuerpo = pagina(client, trabajo)
    assert "http-equiv" not in cuerpo
    assert "terminado" in cuerpo
    assert "obras" in cuerpo


def test_fallido_dice_por_que_y_se_repite_por_post(client, ana):
    trabajo = encargar(romper, descripcion="Romper", actor=ana)
    drenar()
    cuerpo = pagina(client, trabajo)
    assert "no hay tal cosa" in cuerpo
    assert "Traceback" not in cuerpo
    assert client.get(reverse("trabajo_reintentar", args=[trabajo.pk])).status_code == 405
    client.post(reverse("trabajo_reintentar", args=[trabajo.pk]))
    assert Trabajo.objects.get().estado == EstadoDeTrabajo.EN_ESPERA


def test_cancelar_lo_terminado_se_explica(client, ana):
    trabajo = encargar(anotar, "obras", descripcion="Anotar", actor=ana)
    drenar()
    respuesta = client.post(reverse("trabajo_cancelar", args=[trabajo.pk]), follow=True)
    assert "ya terminó" in respuesta.content.decode()


@pytest.mark.parametrize("direccion", ["trabajo", "trabajo_cancelar", "trabajo_reintentar"])
def test_el_trabajo_de_otra_persona_no_existe(client, ana, direccion):
    ajeno = encargar(contar, 3, descripcion="Secreto de Beto", actor=crear_usuario("beto", "redaccion"))
    pedir = client.get if direccion == "trabajo" else client.post
    assert pedir(reverse(direccion, args=[ajeno.pk])).status_code == 404
    assert Encargo.objects.get().estado == "READY"
    assert "Secreto" not in client.get(reverse("trabajos"), {"de": "todos"}).content.decode()


def test_sin_entrar_no_se_ve_nada(client):
    trabajo = encargar(contar, 3, descripcion="Contar")
    assert client.get(trabajo.get_absolute_url()).url.startswith("/admin/login/")


def test_auditoria_ve_todos_con_consultas_constantes(client, django_assert_max_num_queries):
    client.force_login(crear_usuario("revisora", "auditoria"))
    for numero in range(30):
        encargar(anotar, f"a{numero}", descripcion=f"Trabajo número {numero}")
    cancelar(Trabajo.objects.first())
    client.get(reverse("trabajos"), {"de": "todos"})
    with django_assert_max_num_queries(15):
        cuerpo = client.get(reverse("trabajos"), {"de": "todos"}).content.decode()
    assert cuerpo.count("Trabajo número") == 30


def test_lo_que_quedo_a_medias_dice_cuantos_y_nunca_terminado(client, ana):
    trabajo = encargar(a_medias, 3, descripcion="Importar", actor=ana)
    drenar()
    cuerpo = pagina(client, trabajo)
    assert "se hizo en parte: 3 de 10 no se pudieron" in cuerpo and "terminado" not in cuerpo
    lista = client.get(reverse("trabajos")).content.decode()
    assert "3 de 10 no se pudieron" in lista and "erminado" not in lista


def test_las_fallas_se_descargan_sin_formulas(client, ana):
    trabajo = encargar(a_medias, 25, descripcion="Importar", actor=ana)
    drenar()
    assert "Aquí están las primeras 20" in pagina(client, trabajo)
    hoja = b"".join(client.get(reverse("trabajo_fallas", args=[trabajo.pk])).streaming_content).decode("utf-8-sig")
    renglones = hoja.splitlines()
    assert renglones[0] == "qué,por qué" and len(renglones) == 26 and renglones[1] == "fila 1,'=falta la fecha"
    client.force_login(crear_usuario("beto", "redaccion"))
    assert client.get(reverse("trabajo_fallas", args=[trabajo.pk])).status_code == 404


def test_repetir_lo_que_quedo_a_medias_empieza_sin_fallas(client, ana):
    trabajo = encargar(a_medias, 3, descripcion="Importar", actor=ana)
    drenar()
    drenar()
    client.post(reverse("trabajo_reintentar", args=[trabajo.pk]))
    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.fallidos, trabajo.fallas.count()) == (EstadoDeTrabajo.EN_ESPERA, 0, 0)
    drenar()
    trabajo = Trabajo.objects.get()
    assert (trabajo.estado, trabajo.fallidos, trabajo.fallas.count()) == (EstadoDeTrabajo.EN_PARTE, 3, 3)


def test_enterarse_quita_la_falla_de_lo_que_espera(client, ana):
    trabajo = encargar(romper, descripcion="Romper", actor=ana)
    drenar()
    assert list(sin_atender([ana.pk])) == [trabajo]
    client.post(reverse("trabajo_enterado", args=[trabajo.pk]))
    assert not sin_atender([ana.pk]).exists()
    assert "no hay tal cosa" in pagina(client, trabajo)


@pytest.mark.parametrize("direccion", ["trabajo_cancelar", "trabajo_reintentar", "trabajo_enterado"])
def test_auditoria_mira_y_no_manda(client, ana, direccion):
    trabajo = encargar(contar, 3, descripcion="Importar", actor=ana)
    client.force_login(crear_usuario("revisora", "auditoria"))
    assert "Cancelar este trabajo" not in pagina(client, trabajo)
    respuesta = client.post(reverse(direccion, args=[trabajo.pk]))
    assert (respuesta.status_code, respuesta.url) == (302, "/admin/")
    assert Trabajo.objects.get().cancelacion_pedida is None
    negado = Suceso.objects.get(clase="acceso.negado")
    assert (negado.actor_nombre, negado.detalle["estado"], negado.detalle["metodo"]) == ("revisora", 403, "POST")


def test_quien_administra_cancela_sin_leer_de_que_trata(client, ana):
    trabajo = encargar(a_medias, 3, descripcion="Ingresar «denuncia.pdf»", actor=ana)
    otro = encargar(contar, 3, descripcion="Ingresar «denuncia 2.pdf»", actor=ana)
    drenar()
    jefa = crear_usuario("jefa", "administracion")
    client.force_login(jefa)
    for direccion in (trabajo.get_absolute_url(), f"{reverse('trabajos')}?de=todos"):
        cuerpo = client.get(direccion).content.decode()
        assert f"Trabajo {trabajo.pk}" in cuerpo and "denuncia" not in cuerpo and "falta la fecha" not in cuerpo
    assert client.get(reverse("trabajo_fallas", args=[trabajo.pk])).status_code == 404
    client.post(reverse("trabajo_reintentar", args=[trabajo.pk]))
    client.post(reverse("trabajo_cancelar", args=[trabajo.pk]))
    assert otro.pk != trabajo.pk and Trabajo.objects.get(pk=trabajo.pk).estado == EstadoDeTrabajo.CANCELADO
    sucesos = Suceso.objects.filter(objeto=f"trabajo:{trabajo.pk}").order_by("id").values_list("clase", "actor_id")
    assert list(sucesos) == [("trabajo.repetido", jefa.pk), ("trabajo.cancelado", jefa.pk)]


def test_el_resultado_se_lee_en_palabras_y_sin_ceros():
    assert _en_renglones({"se_queda": 2, "deshecho": 0}) == [("Se queda", 2)]
    assert _en_renglones("listo") == [("Dijo", "listo")] and _en_renglones(None) == []
