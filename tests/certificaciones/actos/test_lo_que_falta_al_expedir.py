"""Expedir sin espacio en el disco, o sin autoridad que selle: un error que se entiende, nada a medias y nunca una firma más débil."""

import errno

import pytest

from archivo.auditoria.puerta import sucesos_de
from archivo.objetos.puerta import ObjetoDigital
from certificaciones import firma
from certificaciones.actos.models import ReservaDeFolio
from certificaciones.actos.puerta import ActoRechazado, Certificacion, completar_firma, expedir, preparar_firma
from certificaciones.actos.servicios import asiento, composicion
from certificaciones.firma import SelloPendiente
from certificaciones.registro.puerta import Asiento
from tests.servidores.disco import disco_lleno

pytestmark = pytest.mark.django_db
CARPETAS = {"al leer los originales": "copias-en-obra", "al componer": "certificaciones/obra", "al guardar": "objetos/.parciales"}


def lo_que_quedo(datos, acto):
    """Estado, folios, arriendos, asientos y obras a medias tras un intento que falló."""
    obras = [str(r.relative_to(datos)) for r in (datos / "certificaciones" / "obra").glob("*") if r.name != "relleno"]
    estado = Certificacion.objects.get(pk=acto.pk).estado
    return estado, Certificacion.objects.expedidas().count(), ReservaDeFolio.objects.count(), Asiento.objects.count(), obras


@pytest.mark.parametrize("paso", CARPETAS)
def test_con_el_disco_lleno_no_se_expide_y_despues_si(casa, settings, paso):
    acto, objetos = casa.en_firma(casa.documento(3)), ObjetoDigital.objects.count()
    with disco_lleno(settings.ACERVO_DATOS / CARPETAS[paso]), pytest.raises(ActoRechazado, match="No hay espacio en el disco"):
        expedir(acto, casa.certificadora)
    assert lo_que_quedo(settings.ACERVO_DATOS, acto) == ("en_firma", 0, 0, 0, [])
    assert ObjetoDigital.objects.count() == objetos
    assert expedir(acto, casa.certificadora).certificacion.consecutivo == 1


def lleno(*argumentos, **opciones):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("donde", "que", "modo"),
    [(asiento, "depositar", "autografa"), (composicion, "componer", "autografa"), (firma, "firmar", "sello")],
)
def test_sin_espacio_en_cualquier_paso_se_dice_igual(casa, pki, settings, monkeypatch, donde, que, modo):
    acto = casa.en_firma(firma_tipo=modo)
    with monkeypatch.context() as sin_espacio:
        sin_espacio.setattr(donde, que, lleno)
        with pytest.raises(ActoRechazado, match="Libere espacio y repita"):
            expedir(acto, casa.certificadora)
    assert lo_que_quedo(settings.ACERVO_DATOS, acto) == ("en_firma", 0, 0, 0, [])


def no_responde(peticion):
    raise SelloPendiente("La autoridad no responde.")


def caida(autoridad, acto, casa, pki, monkeypatch):
    """Pide firmar (o completa, si la petición ya se hizo) con esa autoridad sin responder; dice qué se rechazó."""
    certificado = pki.firmante().certificado.dump()
    if autoridad == "sellos":
        pedida = preparar_firma(acto, casa.certificadora, certificado)
        monkeypatch.setattr(pki.sellos, "responder", no_responde)
        firmas = [pki.firmante().firmar(a) for a in pedida.atributos]
        with pytest.raises(ActoRechazado) as rechazo:
            completar_firma(pedida.testigo, firmas, casa.certificadora)
    else:
        monkeypatch.setattr(pki.estados, "responder", no_responde)
        with pytest.raises(ActoRechazado) as rechazo:
            preparar_firma(acto, casa.certificadora, certificado)
    return str(rechazo.value)


@pytest.mark.parametrize("autoridad", ["sellos", "estados"])
def test_con_efirma_y_una_autoridad_caida_queda_pendiente_y_nada_a_medias(casa, pki, settings, monkeypatch, autoridad):
    acto = casa.en_firma(firma_tipo="efirma")
    assert "pendiente de sello" in caida(autoridad, acto, casa, pki, monkeypatch)
    assert lo_que_quedo(settings.ACERVO_DATOS, acto) == ("pendiente_de_sello", 0, 0, 0, [])
    [ultimo] = [s for s in sucesos_de(f"certificacion:{acto.clave}") if s.clase.endswith("pendiente_de_sello")]
    assert "no responde" in ultimo.motivo
    with pytest.raises(ActoRechazado):
        expedir(Certificacion.objects.get(pk=acto.pk), casa.certificadora)
