"""E18: no se certifica lo que no está en un expediente de su alcance, y de una copia simple no se dice que concuerda con su original."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificaciones.actos.puerta import Certificacion
from certificaciones.reglas.puerta import PoliticaDeCertificacion, TextoDeCertificacion
from tests import fabricas
from tests.certificaciones.actos.mundo import con_pdf, oficina
from tests.certificaciones.oficina.test_e17 import ACTO

PAGADO = {"derechos": "exento, uso interno", "pago_acreditado": "on"}


@pytest.fixture
def casa(db):
    return oficina()


def preparar(client, casa, expediente, item, **cambios):
    client.force_login(casa.tramite)
    datos = ACTO | PAGADO | {"documento": item.clave, "certificador": casa.certificadora.pk} | cambios
    return client.post(f"/admin/certificaciones/preparar/?expediente={expediente.clave}", datos, follow=True)


def politica(**cambios):
    ayer = timezone.localdate() - timedelta(days=1)
    return PoliticaDeCertificacion.objects.create(vigente_desde=ayer, **cambios)


def test_lo_que_no_esta_en_un_expediente_no_se_certifica(client, casa):
    suelto = con_pdf(1, area=casa.area, titulo="En la carpeta de alguien")
    expediente = casa.integrar(con_pdf(1, area=casa.area))
    respuesta = preparar(client, casa, expediente, suelto)
    assert respuesta.status_code == 422
    assert "Elija al menos un documento" in respuesta.content.decode()
    assert not Certificacion.objects.exists()


def test_ni_pidiendolo_en_una_solicitud(client, casa):
    ut = fabricas.persona("unidad_transparencia")
    client.force_login(ut)
    suelto = con_pdf(1, area=casa.area, titulo="En la carpeta de alguien")
    client.post(
        "/admin/solicitudes/nueva/",
        {"tipo": "consulta_interna", "medio": "oficina", "finalidad": "x", "modalidad": "papel", "ejemplares": 1},
    )
    from_lista = client.get("/admin/solicitudes/?estado=todas").content.decode()
    folio = from_lista.split("/admin/solicitudes/SI-")[1].split("/")[0]
    base = f"/admin/solicitudes/SI-{folio}/"
    client.post(f"{base}canasta/", {"elemento": suelto.clave})
    client.post(f"{base}localizar/")
    client.post(f"{base}exencion/", {"causa": "interna", "motivo": "uso interno"})
    client.force_login(casa.tramite)
    respuesta = client.post(f"/admin/certificaciones/preparar/?solicitud=SI-{folio}", ACTO)
    assert "no está en ningún expediente" in respuesta.content.decode()
    assert not Certificacion.objects.exists()


def test_lo_de_otra_area_esta_fuera_de_su_alcance(client, casa):
    obras = fabricas.area("Obras")
    item = con_pdf(1, area=obras, titulo="Bitácora de obra")
    expediente = casa.integrar(item, area=obras)
    casa.tramite.nombramientos.update(area=None)
    respuesta = preparar(client, casa, expediente, item)
    assert "no alcanza los expedientes de «Obras»" in respuesta.content.decode()
    assert not Certificacion.objects.exists()


def test_de_una_copia_simple_solo_se_ofrece_el_modelo_4_si_la_politica_lo_permite(client, casa):
    item = con_pdf(1, area=casa.area, titulo="Oficio en copia")
    expediente = casa.integrar(item, ejemplar="copia_simple")
    como_original = preparar(client, casa, expediente, item).content.decode()
    assert "sólo obra copia simple" in como_original
    no_permitida = preparar(client, casa, expediente, item, soporte="copia_simple_en_archivo").content.decode()
    assert "no permite certificar documentos de los que sólo hay copia simple" in no_permitida
    politica(certifica_copia_simple=True)
    assert "sólo obra copia simple" in preparar(client, casa, expediente, item).content.decode()
    hecha = preparar(client, casa, expediente, item, soporte="copia_simple_en_archivo")
    assert hecha.redirect_chain
    assert Certificacion.objects.get().soporte == "copia_simple_en_archivo"


def test_el_formulario_propone_copia_simple_y_su_texto_no_dice_que_concuerda(client, casa):
    item = con_pdf(1, area=casa.area)
    expediente = casa.integrar(item, ejemplar="copia_simple")
    client.force_login(casa.tramite)
    pagina = client.get(f"/admin/certificaciones/preparar/?expediente={expediente.clave}").content.decode()
    assert '<option value="copia_simple_en_archivo" selected>' in pagina
    modelo = TextoDeCertificacion.objects.get(tipo_soporte="copia_simple_en_archivo")
    assert modelo.nombre in pagina
    assert "concuerda" not in modelo.cuerpo
    assert "Modelo 1" not in pagina


def test_lo_que_no_puede_leer_ni_se_le_ofrece(client, casa):
    abierto = con_pdf(1, area=casa.area, titulo="Oficio abierto")
    expediente = casa.integrar(abierto)
    reservado = con_pdf(1, area=fabricas.area("Obras"), acceso="reservado", titulo="CANARIO reservado")
    casa.integrar(reservado, area=fabricas.area("Obras"))
    client.force_login(casa.tramite)
    assert "CANARIO" not in client.get(f"/admin/certificaciones/preparar/?expediente={expediente.clave}").content.decode()
    ajeno = reservado.integraciones.get().expediente
    client.force_login(fabricas.persona("certificacion", en=casa.area))
    assert "CANARIO" not in client.get(f"/admin/certificaciones/preparar/?expediente={ajeno.clave}").content.decode()
