"""De borrador a expedida: cada paso con sus guardas (E17 y E18), y lo que queda escrito."""

import hashlib

import pytest
from django.utils import timezone

from archivo.archivistica.puerta import Expediente
from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import fijar_acceso
from archivo.objetos.puerta import abrir
from certificaciones.actos.puerta import (
    ActoRechazado,
    Certificacion,
    DatosDelActo,
    DocumentoPedido,
    FojaCotejada,
    cambiar,
    concluir_cotejo,
    corregir,
    desistir,
    enviar_a_firma,
    expedir,
    iniciar_cotejo,
    mandar_a_cotejo,
    marcar,
    preparar,
    revisar,
)
from certificaciones.registro.puerta import Asiento
from certificaciones.reglas.puerta import SinFacultad
from tests import fabricas
from tests.certificaciones.actos import mundo

pytestmark = pytest.mark.django_db


def test_autografa_de_principio_a_fin(casa):
    hecha = expedir(casa.en_firma(casa.documento(3)), casa.certificadora).certificacion
    anio = timezone.localdate().year
    assert (hecha.folio, hecha.fojas, hecha.estado_actual) == (f"CC/00001/{anio}", 3, "expedida")
    assert "constante de tres (3) fojas útiles" in hecha.texto
    assert "fue cotejada con su original" in hecha.texto
    assert (hecha.cargo, hecha.cotejador_nombre) == ("Directora de Información", str(casa.cotejadora))
    assert hecha.facultad["fundamento"] == "el artículo 15 del Reglamento"
    with abrir(hecha.objeto) as copia:
        assert hashlib.sha256(copia.read()).hexdigest() == hecha.sha256
    documento = hecha.documentos.get()
    assert (documento.fojas, documento.foja_desde, documento.expediente_codigo) == (3, 1, Expediente.objects.get().codigo)


def test_queda_asentada_y_con_constancia_de_cada_paso(casa):
    hecha = expedir(casa.en_firma(), casa.certificadora).certificacion
    asiento = Asiento.objects.get(registro="expedidas", indice=hecha.asiento)
    assert (asiento.evento, asiento.folio) == ("emision", hecha.folio)
    assert hecha.sha256 in asiento.hoja
    clases = [s.clase.removeprefix("certificacion.") for s in sucesos_de(f"certificacion:{hecha.clave}")]
    assert clases == ["preparada", "en_cotejo", "cotejada", "en_firma", "expedida"]


def test_los_folios_siguen_sin_saltarse_lo_desistido(casa):
    primera = expedir(casa.en_firma(), casa.certificadora).certificacion
    desistida = desistir(casa.borrador(), casa.tramite, "ya no se necesita")
    segunda = expedir(casa.en_firma(), casa.certificadora).certificacion
    assert (primera.consecutivo, segunda.consecutivo, desistida.folio) == (1, 2, None)


def test_no_se_certifica_lo_que_no_esta_en_un_expediente(casa):
    suelto = mundo.con_pdf(area=casa.area)
    with pytest.raises(ActoRechazado, match="no está en ningún expediente"):
        casa.borrador(suelto)


def test_no_se_certifica_lo_de_otra_area(casa):
    otra = fabricas.area("Obras")
    ajeno = mundo.con_pdf(area=otra)
    casa.integrar(ajeno, area=otra)
    de_otra = fabricas.persona("archivo_tramite", en=otra)
    pedidos = [DocumentoPedido(ajeno, ajeno.adjuntos.first())]
    with pytest.raises(SinFacultad, match="no alcanza los expedientes de «Obras»"):
        preparar(pedidos, DatosDelActo(certificador=casa.certificadora), de_otra)
    with pytest.raises(ActoRechazado, match="corresponde, en el área de los documentos"):
        casa.borrador(ajeno)


def test_de_una_copia_simple_no_se_afirma_que_concuerda_con_su_original(casa):
    simple = casa.documento(ejemplar="copia_simple")
    with pytest.raises(ActoRechazado, match="sólo obra copia simple"):
        casa.borrador(simple)
    with pytest.raises(ActoRechazado, match="no permite certificar"):
        casa.borrador(simple, soporte="copia_simple_en_archivo")


def test_sin_facultad_vigente_no_se_expide(casa):
    acto = casa.en_firma()
    casa.certificadora.facultades.update(vigente_hasta=timezone.localdate() - mundo.AYER)
    with pytest.raises(SinFacultad, match="venció el"):
        expedir(acto, casa.certificadora)
    assert not Certificacion.objects.expedidas().exists()


def test_quien_cotejo_no_certifica(casa):
    acto = casa.cotejada()
    mundo.facultar(casa.cotejadora, casa.area)
    with pytest.raises(ActoRechazado, match="que certifique otra persona"):
        enviar_a_firma(acto, casa.tramite, casa.cotejadora)


def test_sin_pago_ni_exencion_no_se_envia_a_firma(casa):
    acto = casa.cotejada(pago_acreditado=False)
    with pytest.raises(ActoRechazado, match="pago de derechos o su exención"):
        enviar_a_firma(acto, casa.tramite, casa.certificadora)


def test_todas_las_fojas_se_cotejan_y_lo_que_difiere_detiene(casa):
    acto = mandar_a_cotejo(casa.borrador(casa.documento(3)), casa.tramite)
    cotejo = iniciar_cotejo(acto, casa.cotejadora)
    assert marcar(cotejo, [FojaCotejada(1), FojaCotejada(2)], casa.cotejadora) == 2
    with pytest.raises(ActoRechazado, match="Faltan 1 por comparar"):
        concluir_cotejo(cotejo, casa.cotejadora)
    with pytest.raises(ActoRechazado, match="va de la 1 a la 3"):
        marcar(cotejo, [FojaCotejada(4)], casa.cotejadora)
    with pytest.raises(ActoRechazado, match="escriba qué"):
        marcar(cotejo, [FojaCotejada(3, conforme=False)], casa.cotejadora)
    marcar(cotejo, [FojaCotejada(3, conforme=False, motivo="falta el sello")], casa.cotejadora)
    observada = concluir_cotejo(cotejo, casa.cotejadora)
    assert (observada.estado, observada.cotejos.get().motivo) == ("con_discrepancia", "Foja 3: falta el sello")
    assert corregir(observada, casa.tramite).estado == "borrador"


def test_cambiar_los_documentos_pide_cotejar_de_nuevo(casa):
    acto = corregir(casa.cotejada(), casa.tramite)
    otro = casa.documento(2)
    datos = DatosDelActo(pago_acreditado=True, lugar="la Ciudad de México")
    cambiado = cambiar(acto, datos, casa.tramite, [DocumentoPedido(otro, otro.adjuntos.first())])
    assert [d.item_clave for d in cambiado.documentos.all()] == [otro.clave]
    with pytest.raises(ActoRechazado, match="sólo procede"):
        enviar_a_firma(cambiado, casa.tramite, casa.certificadora)


def test_lo_reservado_solo_sale_a_una_autoridad_con_su_oficio(casa):
    reservado = casa.documento()
    fijar_acceso(reservado, "reservado", fabricas.persona("titular", en=casa.area), "prueba de daño")
    reservado.refresh_from_db()
    with pytest.raises(ActoRechazado, match="sólo se copia en versión pública"):
        casa.borrador(reservado)
    acto = casa.borrador(reservado, a_autoridad=True, referencia="oficio 14/2026 del Juzgado Tercero")
    assert acto.documentos.get().acceso == "reservado"


def test_lo_que_no_se_puede_ver_se_niega_como_si_no_existiera(casa):
    ajeno = casa.documento()
    fijar_acceso(ajeno, "confidencial", fabricas.persona("titular", en=casa.area), "datos personales")
    ajeno.refresh_from_db()
    with pytest.raises(ActoRechazado, match="No hay un documento"):
        casa.borrador(ajeno)


def test_la_revision_previa_no_consume_folio(casa):
    acto = casa.en_firma()
    vista = revisar(acto, casa.certificadora)
    assert vista.folio_probable.startswith("CC/00001/")
    assert "una (1) foja útil" in " ".join(vista.parrafos)
    assert not Certificacion.objects.expedidas().exists()


def test_sin_libro_abierto_lo_dice(casa):
    casa.libro.cerrado_en = timezone.now()
    casa.libro.save()
    with pytest.raises(ActoRechazado, match="No hay un libro"):
        expedir(casa.en_firma(), casa.certificadora)


def test_con_doble_codigo_se_dice_una_vez_y_se_guarda_su_huella(casa):
    hecha = expedir(casa.en_firma(consulta="doble_codigo"), casa.certificadora)
    assert len(hecha.segundo_codigo.replace("-", "")) == 10
    assert hecha.segundo_codigo not in str(vars(hecha.certificacion))
    assert hecha.certificacion.segundo_codigo.startswith("md5$")
