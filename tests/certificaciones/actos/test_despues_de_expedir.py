"""Lo que pasa después (E19): entregar, cancelar, sustituir, cerrar el libro y sacarlo; y que lo expedido no cambie."""

import csv
import io

import pikepdf
import pytest
from django.utils import timezone

from archivo.catalogo.puerta import Edicion, guardar
from archivo.objetos.puerta import abrir, ruta_local
from certificaciones.actos.puerta import (
    COLUMNAS_DEL_LIBRO,
    ActoRechazado,
    Certificacion,
    DatosDeEntrega,
    LibroCertificacion,
    abrir_libro,
    agregar_ejemplar_firmado,
    cancelar,
    cerrar_libro,
    desistir,
    entregar,
    expedir,
    libro_csv,
    libro_pdf,
    preparar_sustituta,
    situacion_de,
    verificar_archivo,
)
from certificaciones.actos.servicios.cotejo import FojaCotejada, concluir_cotejo, iniciar_cotejo, mandar_a_cotejo, marcar
from certificaciones.actos.servicios.expedicion import enviar_a_firma
from certificaciones.registro.puerta import Asiento, verificar_registros
from tests.certificaciones.actos import mundo

pytestmark = pytest.mark.django_db
RECIBO = DatosDeEntrega(recibe="Actuaria del Juzgado Tercero", identificacion="gafete oficial")


@pytest.fixture
def emitida(casa):
    return expedir(casa.en_firma(casa.documento(2)), casa.certificadora).certificacion


def _seguir_hasta_expedir(casa, acto):
    acto = mandar_a_cotejo(acto, casa.tramite)
    cotejo = iniciar_cotejo(acto, casa.cotejadora)
    marcar(cotejo, [FojaCotejada(n) for n in range(1, acto.fojas + 1)], casa.cotejadora)
    listo = enviar_a_firma(concluir_cotejo(cotejo, casa.cotejadora), casa.tramite, casa.certificadora)
    return expedir(listo, casa.certificadora).certificacion


def test_se_entrega_ya_firmada_y_con_constancia(casa, emitida):
    with pytest.raises(ActoRechazado, match="Falta el ejemplar firmado"):
        entregar(emitida, RECIBO, casa.tramite)
    with pytest.raises(ActoRechazado, match="digitalícela completa"):
        agregar_ejemplar_firmado(emitida, io.BytesIO(mundo.pdf(1, "incompleta")), casa.tramite)
    with pytest.raises(ActoRechazado, match="no es un PDF"):
        agregar_ejemplar_firmado(emitida, io.BytesIO(b"no soy un PDF"), casa.tramite)
    ejemplar = agregar_ejemplar_firmado(emitida, io.BytesIO(mundo.pdf(4, "firmada")), casa.tramite)
    entregar(emitida, RECIBO, casa.tramite)
    assert Certificacion.objects.get(pk=emitida.pk).estado_actual == "entregada"
    assert verificar_archivo(ruta_local(ejemplar.objeto)).resultado == "vigente"


def test_cancelar_deja_la_fila_y_asienta(casa, emitida):
    with pytest.raises(ActoRechazado, match="escriba el motivo"):
        cancelar(emitida, casa.certificadora, " ")
    with pytest.raises(ActoRechazado, match="corresponde"):
        cancelar(emitida, casa.tramite, "error")
    cancelar(emitida, casa.certificadora, "error en el número de fojas")
    leida = Certificacion.objects.get(pk=emitida.pk)
    assert (leida.estado, leida.estado_actual) == ("expedida", "cancelada")
    situacion, motivos = situacion_de(leida)
    assert situacion == "cancelada"
    assert "por error en el número de fojas, y queda sin efectos" in motivos[0]
    assert Asiento.objects.filter(folio=leida.folio).values_list("evento", flat=True).last() == "cancelacion"
    assert verificar_archivo(ruta_local(leida.objeto)).resultado == "cancelada"
    assert verificar_registros().integro


def test_cancelada_y_luego_sustituida_lo_dice_todo(casa, emitida):
    cancelar(emitida, casa.certificadora, "error de fojas")
    nueva = _seguir_hasta_expedir(casa, preparar_sustituta(emitida, casa.certificadora, "fojas mal contadas"))
    vieja = Certificacion.objects.get(pk=emitida.pk)
    assert vieja.estado_actual == "cancelada"
    assert (vieja.sustitucion.sustituta, nueva.sustituye.sustituida) == (nueva, vieja)
    assert situacion_de(vieja)[1][-1] == f"Sustituida por {nueva.folio}."
    assert Asiento.objects.get(registro="expedidas", indice=vieja.sustitucion.asiento).evento == "sustitucion"


def test_sustituir_una_vigente(casa, emitida):
    borrador = preparar_sustituta(emitida, casa.certificadora, "se pidió con más fojas")
    with pytest.raises(ActoRechazado, match="Ya se prepara una sustituta"):
        preparar_sustituta(emitida, casa.certificadora, "otra vez")
    nueva = _seguir_hasta_expedir(casa, borrador)
    vieja = Certificacion.objects.get(pk=emitida.pk)
    assert (vieja.estado_actual, nueva.estado_actual) == ("sustituida", "expedida")
    assert nueva.consecutivo == vieja.consecutivo + 1
    with pytest.raises(ActoRechazado, match="ya no procede nada"):
        cancelar(vieja, casa.certificadora, "tarde")


def test_de_una_expedida_no_se_desiste(casa, emitida):
    with pytest.raises(ActoRechazado, match="sólo procede"):
        desistir(emitida, casa.tramite, "ya no")


def test_cambiar_el_documento_despues_no_altera_lo_expedido(casa, emitida):
    with abrir(emitida.objeto) as antes:
        bytes_de_antes = antes.read()
    item = emitida.documentos.get().item
    item.titulo = "Otro título, corregido después"
    guardar(item, Edicion(actor=None, texto=None, cuerpo_html=None, temas=None))
    leida = Certificacion.objects.get(pk=emitida.pk)
    assert leida.documentos.get().titulo != item.titulo
    with abrir(leida.objeto) as despues:
        assert despues.read() == bytes_de_antes
    assert verificar_archivo(ruta_local(leida.objeto)).resultado == "vigente"


def test_el_libro_se_cierra_con_su_acta(casa, emitida):
    otra = expedir(casa.en_firma(), casa.certificadora).certificacion
    cancelar(otra, casa.certificadora, "duplicada")
    cerrado = cerrar_libro(casa.libro, casa.certificadora)
    acta = cerrado.acta
    assert (acta["primer_folio"], acta["ultimo_folio"]) == (emitida.folio, otra.folio)
    assert (acta["expedidas"], acta["canceladas"], acta["sustituidas"]) == (2, 1, 0)
    with pikepdf.open(ruta_local(cerrado.objeto_acta)) as impresa:
        assert len(impresa.pages) == 1
    with pytest.raises(ActoRechazado, match="ya está cerrado"):
        cerrar_libro(cerrado, casa.certificadora)
    with pytest.raises(ActoRechazado, match="ya se usó"):
        abrir_libro(cerrado.anio, "cc", casa.certificadora)


def test_no_hay_dos_libros_abiertos_y_no_los_abre_cualquiera(casa):
    with pytest.raises(ActoRechazado, match="Ya está abierto"):
        abrir_libro(casa.libro.anio, "DD", casa.certificadora)
    with pytest.raises(ActoRechazado, match="corresponde a quien certifica"):
        abrir_libro(2031, "DD", casa.tramite)
    assert LibroCertificacion.objects.count() == 1


def test_el_libro_en_csv_no_dice_quien_pide_si_es_publico(casa):
    expedir(casa.en_firma(peticionario="=Ana Particular", referencia="solicitud 12"), casa.certificadora)
    propio = list(csv.DictReader(io.StringIO("".join(libro_csv(casa.libro)).lstrip("\ufeff"))))
    publico = "".join(libro_csv(casa.libro, publico=True))
    assert tuple(propio[0]) == COLUMNAS_DEL_LIBRO
    assert (propio[0]["solicitante o autoridad"], propio[0]["estado"]) == ("'=Ana Particular", "Expedida")
    assert "Ana Particular" not in publico


def test_el_libro_en_pdf_por_mes(casa, emitida):
    mes = timezone.localdate().month
    with pikepdf.open(io.BytesIO(libro_pdf(casa.libro, mes))) as con_asientos:
        assert casa.libro.prefijo in str(con_asientos.docinfo["/Title"])
    with pikepdf.open(io.BytesIO(libro_pdf(casa.libro, mes % 12 + 1))) as sin_asientos:
        assert len(sin_asientos.pages) == 1
