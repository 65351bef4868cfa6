"""Altas, nombramientos, suspensiones y suplencias: lo que procede, lo que se niega, y que todo queda escrito."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.identidad.models import Nombramiento, Usuario
from archivo.identidad.puerta import (
    CuentaNueva,
    NombramientoNuevo,
    PermisoNegado,
    SuplenciaNueva,
    dar_de_alta,
    dar_enlace,
    lector_de,
    nombrar,
    quienes_suplen_a,
    registrar_suplencia,
    suspender,
    terminar_nombramiento,
    terminar_suplencia,
)
from tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return fabricas.persona("administracion")


def de_nuevo(usuario):
    """La misma persona, como en otra petición."""
    return Usuario.objects.get(pk=usuario.pk)


def suplencia(ausente, suplente, *, dias=(0, 7), nombramientos=None):
    hoy = timezone.localdate()
    propios = list(ausente.nombramientos.all()) if nombramientos is None else nombramientos
    return SuplenciaNueva(
        ausente, suplente, propios, hoy + timedelta(days=dias[0]), hoy + timedelta(days=dias[1]), "Vacaciones", "Oficio 12/2026"
    )


def test_dar_de_alta_deja_la_cuenta_sin_contrasena_y_un_enlace(admin):
    nombrada = NombramientoNuevo("redaccion", fabricas.area("Prensa"))
    usuario, enlace = dar_de_alta(CuentaNueva("lsoto", "Laura", "Soto"), nombrada, actor=admin)
    assert enlace.startswith("/entrar/")
    assert not usuario.has_usable_password()
    assert lector_de(usuario).tiene("redaccion")
    assert list(Suceso.objects.filter(objeto=f"persona:{usuario.pk}").values_list("clase", flat=True)) == [
        "persona.creada", "nombramiento.dado",
    ]  # fmt: skip


def test_nadie_se_nombra_y_el_intento_queda_escrito(admin):
    with pytest.raises(PermisoNegado, match="Nadie se da un rol"):
        nombrar(admin, NombramientoNuevo("titular"), actor=admin)
    negado = Suceso.objects.get(resultado="rechazado")
    assert (negado.clase, negado.actor, negado.objeto) == ("persona.nombrar", admin, f"persona:{admin.pk}")
    assert not lector_de(de_nuevo(admin)).tiene("titular")


@pytest.mark.parametrize(("tiene", "otro"), [("auditoria", "titular"), ("redaccion", "auditoria")])
def test_los_roles_que_no_se_juntan_tampoco_se_dejan_para_manana(admin, tiene, otro):
    persona, manana = fabricas.persona(), timezone.localdate() + timedelta(days=1)
    nombrar(persona, NombramientoNuevo(tiene, desde=manana), actor=admin)
    with pytest.raises(PermisoNegado, match="no se junta"):
        nombrar(persona, NombramientoNuevo(otro, desde=manana), actor=admin)
    assert persona.nombramientos.count() == 1


def test_lo_que_suplira_despues_tambien_cuenta(admin):
    titular, persona = fabricas.persona("titular"), fabricas.persona("redaccion")
    registrar_suplencia(suplencia(titular, persona, dias=(5, 9)), actor=admin)
    persona.nombramientos.all().delete()
    with pytest.raises(PermisoNegado, match="no se junta"):
        nombrar(persona, NombramientoNuevo("auditoria"), actor=admin)


@pytest.mark.parametrize(("tiene", "otro"), [("auditoria", "titular"), ("redaccion", "auditoria")])
def test_quien_audita_no_hace_lo_que_audita(admin, tiene, otro):
    with pytest.raises(PermisoNegado, match="no se junta"):
        nombrar(fabricas.persona(tiene), NombramientoNuevo(otro), actor=admin)


def test_un_nombramiento_terminado_deja_de_valer_y_se_puede_dar_otra_vez(admin):
    persona = fabricas.persona("redaccion")
    terminar_nombramiento(persona, persona.nombramientos.get(), actor=admin, motivo="Cambió de área")
    assert not lector_de(de_nuevo(persona)).roles
    nombrar(persona, NombramientoNuevo("redaccion"), actor=admin)
    assert lector_de(de_nuevo(persona)).tiene("redaccion")
    assert list(Suceso.objects.filter(objeto=f"persona:{persona.pk}").values_list("clase", "motivo")) == [
        ("nombramiento.terminado", "Cambió de área"), ("nombramiento.dado", ""),
    ]  # fmt: skip


def test_no_se_quita_a_la_ultima_que_administra(admin):
    otra = fabricas.persona("redaccion")
    with pytest.raises(PermisoNegado, match="única persona que administra"):
        suspender(admin, actor=otra, motivo="x")
    assert de_nuevo(admin).is_active


def test_suspender_cierra_la_puerta_y_no_da_enlaces(admin, client):
    persona = fabricas.persona("redaccion")
    client.force_login(persona)
    assert client.get("/admin/").status_code == 200
    suspender(persona, actor=admin, motivo="Baja")
    assert client.get("/admin/").status_code == 302
    with pytest.raises(PermisoNegado, match="suspendida"):
        dar_enlace(de_nuevo(persona), actor=admin)


def test_un_area_incluye_a_las_que_dependen_de_ella():
    secretaria, direccion, unidad, ajena = (fabricas.area(n) for n in ("Secretaría", "Dirección", "Unidad", "Ajena"))
    direccion.padre, unidad.padre = secretaria, direccion
    direccion.save()
    unidad.save()
    lector = lector_de(fabricas.persona("archivo_tramite", en=direccion))
    assert lector.tiene("archivo_tramite", area_id=direccion.pk)
    assert lector.tiene("archivo_tramite", area_id=unidad.pk)
    assert not lector.tiene("archivo_tramite", area_id=secretaria.pk)
    assert not lector.tiene("archivo_tramite", area_id=ajena.pk)


def test_dos_areas_que_dependen_una_de_otra_no_atoran():
    una, otra = fabricas.area("Una"), fabricas.area("Otra")
    una.padre, otra.padre = otra, una
    una.save()
    otra.save()
    assert lector_de(fabricas.persona("titular", en=una)).tiene("titular", area_id=otra.pk)


def test_saber_quien_lee_cuesta_dos_consultas(django_assert_num_queries):
    area = fabricas.area("Obras")
    ausente, suplente = fabricas.persona("titular", "redaccion", en=area), fabricas.persona("monitoreo", en=area)
    registrar_suplencia(suplencia(ausente, suplente), actor=ausente)
    otra_vez = de_nuevo(suplente)
    with django_assert_num_queries(2):
        lector = lector_de(otra_vez)
    assert {r.rol for r in lector.roles} == {"titular", "redaccion", "monitoreo"}


def test_la_suplente_ejerce_mientras_dura_y_se_sabe_por_quien(admin):
    ausente, suplente = fabricas.persona("titular"), fabricas.persona("redaccion")
    ausente.first_name, ausente.last_name = "Ana", "Ruiz"
    ausente.save()
    hecha = registrar_suplencia(suplencia(ausente, suplente), actor=admin)
    lector = lector_de(de_nuevo(suplente))
    assert lector.por_ausencia_de({"titular"}, None) == "Ana Ruiz"
    assert lector.por_ausencia_de({"redaccion"}, None) == ""
    terminar_suplencia(hecha, actor=admin, motivo="Volvió")
    assert not lector_de(de_nuevo(suplente)).tiene("titular")
    clases = Suceso.objects.filter(objeto=f"persona:{suplente.pk}").values_list("clase", flat=True)
    assert list(clases) == ["suplencia.registrada", "suplencia.terminada"]


@pytest.mark.parametrize("dias", [(1, 5), (-9, -1)])
def test_fuera_de_sus_fechas_no_se_suple(admin, dias):
    ausente, suplente = fabricas.persona("titular"), fabricas.persona("redaccion")
    nueva = suplencia(ausente, suplente, dias=dias)
    if dias[1] < 0:
        with pytest.raises(PermisoNegado, match="ya habría terminado"):
            registrar_suplencia(nueva, actor=admin)
    else:
        registrar_suplencia(nueva, actor=admin)
    assert not lector_de(de_nuevo(suplente)).tiene("titular")


def test_si_vence_el_nombramiento_vence_lo_que_se_suple(admin):
    ausente, suplente = fabricas.persona("titular"), fabricas.persona("redaccion")
    registrar_suplencia(suplencia(ausente, suplente), actor=admin)
    Nombramiento.objects.filter(usuario=ausente).update(hasta=timezone.localdate() - timedelta(days=1))
    assert not lector_de(de_nuevo(suplente)).tiene("titular")


def test_una_suplencia_no_se_delega(admin):
    ausente, suplente, tercera = fabricas.persona("titular"), fabricas.persona("redaccion"), fabricas.persona("redaccion")
    registrar_suplencia(suplencia(ausente, suplente), actor=admin)
    with pytest.raises(PermisoNegado, match="una suplencia no se suple"):
        registrar_suplencia(suplencia(suplente, tercera, nombramientos=list(ausente.nombramientos.all())), actor=suplente)
    registrar_suplencia(suplencia(suplente, tercera), actor=suplente)
    assert not lector_de(de_nuevo(tercera)).tiene("titular")


def test_quien_administra_por_suplencia_no_registra_otras(admin):
    suplente, titular, otra = fabricas.persona("redaccion"), fabricas.persona("titular"), fabricas.persona("redaccion")
    registrar_suplencia(suplencia(admin, suplente), actor=admin)
    with pytest.raises(PermisoNegado, match="derecho propio"):
        registrar_suplencia(suplencia(titular, otra), actor=de_nuevo(suplente))


def test_quien_administra_no_se_hace_suplente_para_leer(admin):
    with pytest.raises(PermisoNegado, match="suplente a sí mismo"):
        registrar_suplencia(suplencia(fabricas.persona("titular"), admin), actor=admin)


def test_solo_se_ofrece_a_quien_puede_suplir(admin):
    titular, redactora, auditora = (fabricas.persona(rol) for rol in ("titular", "redaccion", "auditoria"))
    fabricas.persona("auditoria", desde=timezone.localdate() + timedelta(days=9))
    suspendida = fabricas.persona("monitoreo")
    suspender(suspendida, actor=admin, motivo="Baja")
    assert list(quienes_suplen_a(titular, admin)) == [redactora]
    assert set(quienes_suplen_a(titular, titular)) == {admin, redactora}
    otra_auditora = fabricas.persona("auditoria")
    assert otra_auditora in quienes_suplen_a(auditora, admin) and redactora not in quienes_suplen_a(auditora, admin)


def test_quien_suple_a_una_auditora_no_se_ofrece_para_escribir(admin):
    auditora, titular = fabricas.persona("auditoria"), fabricas.persona("titular")
    nueva = fabricas.persona("redaccion", hasta=timezone.localdate() - timedelta(days=1))
    registrar_suplencia(suplencia(auditora, nueva), actor=admin)
    assert nueva not in quienes_suplen_a(titular, admin)
    with pytest.raises(PermisoNegado, match="no suple"):
        registrar_suplencia(suplencia(titular, nueva), actor=admin)


def test_una_cuenta_suspendida_no_suple(admin):
    suspendida = fabricas.persona("monitoreo")
    suspender(suspendida, actor=admin, motivo="Baja")
    with pytest.raises(PermisoNegado, match="suspendida"):
        registrar_suplencia(suplencia(fabricas.persona("titular"), suspendida), actor=admin)


def test_quien_audita_no_suple_a_quien_escribe(admin):
    with pytest.raises(PermisoNegado, match="no suple"):
        registrar_suplencia(suplencia(fabricas.persona("titular"), fabricas.persona("auditoria")), actor=admin)
