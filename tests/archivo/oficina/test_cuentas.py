"""Las pantallas de personas: quién entra, qué se puede y qué no, y que lo que se niega queda escrito."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import Nombramiento, Suplencia, Usuario, lector_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(persona):
    return persona("admin", "administracion")


def de_nuevo(usuario):
    return Usuario.objects.get(pk=usuario.pk)


def test_solo_quien_administra_ve_las_cuentas(entrar, redactora, titular, admin):
    for usuario, esperado in ((redactora, 404), (titular, 404), (admin, 200)):
        cliente = entrar(usuario)
        for nombre, args in (("oficina_personas", []), ("oficina_persona_nueva", []), ("oficina_persona", [admin.pk])):
            assert cliente.get(reverse(nombre, args=args)).status_code == esperado, (usuario, nombre)


def test_quien_administra_solo_un_area_no_da_cargos_de_toda_la_institucion(entrar, persona, redactora):
    cliente = entrar(persona("local", "administracion", area="CCS"))
    assert cliente.get(reverse("oficina_personas")).status_code == 404
    assert cliente.post(reverse("oficina_dar_rol", args=[redactora.pk]), {"rol": "titular"}).status_code == 404


def test_cada_quien_ve_lo_suyo_y_no_puede_darse_nada(entrar, redactora):
    cliente = entrar(redactora)
    pagina = cliente.get("/admin/mi-cuenta/", follow=True).content.decode()
    assert "Redacción" in pagina and "Darle otro rol" not in pagina
    assert cliente.post(reverse("oficina_dar_rol", args=[redactora.pk]), {"rol": "titular"}).status_code == 404
    assert cliente.post(reverse("oficina_enlace", args=[redactora.pk])).status_code == 404


def test_dar_de_alta_ensena_el_enlace_una_vez(entrar, admin, areas):
    cliente = entrar(admin)
    datos = {"usuario": "lsoto", "nombre": "Laura", "apellidos": "Soto", "rol": "monitoreo", "area": areas["CCS"].pk}
    respuesta = cliente.post(reverse("oficina_persona_nueva"), datos)
    assert "/entrar/" in respuesta.content.decode()
    nueva = Usuario.objects.get(username="lsoto")
    assert "/entrar/" not in cliente.get(reverse("oficina_persona", args=[nueva.pk])).content.decode()
    assert lector_de(nueva).tiene("monitoreo", area_id=areas["CCS"].pk)
    repetida = cliente.post(reverse("oficina_persona_nueva"), datos)
    assert repetida.status_code == 422 and "Ya hay una cuenta" in repetida.content.decode()


def test_los_cambios_en_sus_permisos_dicen_el_rol_en_palabras(entrar, admin, redactora):
    cliente = entrar(admin)
    pagina = reverse("oficina_persona", args=[redactora.pk])
    cliente.post(reverse("oficina_dar_rol", args=[redactora.pk]), {"rol": "fotografia_video"})
    assert "Fotografía y video, toda la institución" in cliente.get(pagina).content.decode()


def test_la_cuenta_mal_escrita_dice_como_se_escribe(entrar, admin):
    datos = {"usuario": "rosa méndez", "nombre": "Rosa", "rol": ""}
    respuesta = entrar(admin).post(reverse("oficina_persona_nueva"), datos)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422 and "rosa.mendez" in pagina and "Elija el rol" in pagina


def test_dar_y_terminar_un_rol(entrar, admin, redactora):
    cliente = entrar(admin)
    cliente.post(reverse("oficina_dar_rol", args=[redactora.pk]), {"rol": "monitoreo", "motivo": "Suplencia de turno"})
    nombramiento = redactora.nombramientos.get(rol="monitoreo")
    cliente.post(reverse("oficina_quitar_rol", args=[redactora.pk, nombramiento.pk]), {"motivo": ""})
    assert lector_de(de_nuevo(redactora)).tiene("monitoreo")
    cliente.post(reverse("oficina_quitar_rol", args=[redactora.pk, nombramiento.pk]), {"motivo": "Terminó"})
    assert not lector_de(de_nuevo(redactora)).tiene("monitoreo")
    pagina = cliente.get(reverse("oficina_persona", args=[redactora.pk])).content.decode()
    assert "Se dio un rol" in pagina and "Terminó un rol" in pagina


def test_lo_que_no_procede_se_dice_y_queda_escrito(entrar, admin, redactora):
    cliente = entrar(admin)
    respuesta = cliente.post(reverse("oficina_dar_rol", args=[redactora.pk]), {"rol": "auditoria"})
    assert respuesta.status_code == 422 and "no se junta" in respuesta.content.decode()
    assert cliente.post(reverse("oficina_dar_rol", args=[admin.pk]), {"rol": "titular"}).status_code == 422
    assert Suceso.objects.filter(resultado="rechazado", clase="persona.nombrar").count() == 2
    assert not admin.nombramientos.filter(rol="titular").exists()


def test_suspender_y_reactivar(entrar, admin, redactora):
    cliente = entrar(admin)
    suspender = reverse("oficina_cambiar_cuenta", kwargs={"pk": redactora.pk, "que": "suspender"})
    cliente.post(suspender, {"motivo": "Baja"})
    assert not de_nuevo(redactora).is_active
    assert "suspendida" in cliente.post(reverse("oficina_enlace", args=[redactora.pk]), follow=True).content.decode()
    cliente.post(reverse("oficina_cambiar_cuenta", kwargs={"pk": redactora.pk, "que": "reactivar"}), {"motivo": "Volvió"})
    assert de_nuevo(redactora).is_active


def test_la_titular_anota_su_ausencia_y_la_suplente_autoriza_por_ella(entrar, titular, persona, redactora, boletin):
    suplente = persona("suplente", "monitoreo")
    hoy = timezone.localdate()
    datos = {
        "suplente": suplente.pk, "nombramientos": [titular.nombramientos.get().pk], "desde": hoy.isoformat(),
        "hasta": (hoy + timedelta(days=3)).isoformat(), "motivo": "Vacaciones", "fundamento": "Oficio 8/2026",
    }  # fmt: skip
    assert entrar(titular).post(reverse("oficina_suplir", args=[titular.pk]), datos).status_code == 302
    type(boletin).objects.filter(pk=boletin.pk).update(estado="en_revision", fecha=hoy, fecha_hasta=hoy)
    cliente = entrar(suplente)
    respuesta = cliente.post(f"/admin/elementos/boletin/paso/{boletin.pk}/autorizar/", follow=True)
    boletin.refresh_from_db()
    assert boletin.estado == "autorizado", respuesta.content.decode()[-3000:]
    suceso = Suceso.objects.get(clase="item.autorizar", resultado="hecho")
    assert (suceso.actor, suceso.detalle["por_ausencia_de"]) == (suplente, "Titular")
    historia = cliente.get(f"/admin/elementos/boletin/history/{boletin.pk}/").content.decode()
    assert "por ausencia de Titular" in historia


def test_suplir_no_ofrece_a_quien_no_puede_y_si_se_fuerza_dice_por_que(entrar, admin, titular, persona, redactora):
    auditora = persona("auditora", "auditoria")
    cliente, donde = entrar(admin), reverse("oficina_suplir", args=[titular.pk])
    ofrecidas = set(cliente.get(donde).context["form"].fields["suplente"].queryset)
    assert redactora in ofrecidas and not ofrecidas & {auditora, admin, titular}
    respuesta = cliente.post(donde, {"suplente": auditora.pk})
    assert respuesta.status_code == 422 and "Esa persona no puede suplirla" in respuesta.content.decode()


def test_quien_redacto_no_autoriza_ni_como_suplente(entrar, titular, redactora, boletin):
    hoy = timezone.localdate()
    suplencia = Suplencia.objects.create(ausente=titular, suplente=redactora, desde=hoy, hasta=hoy, motivo="x", fundamento="y")
    suplencia.nombramientos.set(titular.nombramientos.all())
    type(boletin).objects.filter(pk=boletin.pk).update(estado="en_revision")
    pagina = entrar(redactora).post(f"/admin/elementos/boletin/paso/{boletin.pk}/autorizar/", follow=True).content.decode()
    assert "no puede autorizarlo" in pagina
    boletin.refresh_from_db()
    assert boletin.estado == "en_revision"


def test_se_avisa_de_lo_que_esta_por_vencer(entrar, admin, redactora):
    Nombramiento.objects.filter(usuario=redactora).update(hasta=timezone.localdate() + timedelta(days=10))
    pagina = entrar(admin).get(reverse("oficina_personas")).content.decode()
    assert "Vencen en los próximos 30 días" in pagina


def test_la_lista_de_personas_hace_las_mismas_consultas_con_muchas(entrar, admin, persona):
    cliente, lista = entrar(admin), reverse("oficina_personas")
    persona("p0", "redaccion")
    cliente.get(lista)
    with CaptureQueriesContext(connection) as con_pocas:
        cliente.get(lista)
    for n in range(1, 15):
        persona(f"p{n}", "redaccion")
    with CaptureQueriesContext(connection) as con_muchas:
        pagina = cliente.get(lista).content.decode()
    assert len(con_pocas) == len(con_muchas) <= 14
    assert [n for n in range(15) if f"P{n}<" not in pagina and f"p{n}<" not in pagina] == []


def test_lo_negado_a_quien_entro_queda_escrito_igual_exista_o_no(entrar, redactora, persona, boletin):
    cliente = entrar(persona("ajena", "redaccion", area="OBR"))
    for clave in (boletin.clave, "zzzzzzzzzzzz"):
        assert cliente.get(f"/elemento/{clave}/").status_code == 404
    assert cliente.get("/admin/bitacora/").status_code == 404
    negados = Suceso.objects.filter(clase="acceso.negado").order_by("id").values_list("objeto", "resultado")
    assert list(negados) == [(f"item:{boletin.clave}", "rechazado"), ("item:zzzzzzzzzzzz", "rechazado"), ("", "rechazado")]


def test_a_quien_no_entro_no_se_le_sigue(client, boletin):
    assert client.get(f"/elemento/{boletin.clave}/").status_code == 404
    assert not Suceso.objects.filter(clase="acceso.negado").exists()
