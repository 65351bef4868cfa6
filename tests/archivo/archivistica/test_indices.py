"""El índice electrónico: qué dice, con qué esquema, y qué se nota si algo cambia."""

import hashlib
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from lxml import etree

from archivo.archivistica.disparadores import DISPARADORES
from archivo.archivistica.expedientes.cierre import cerrar_expediente, reabrir_expediente
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.indice_xml import ESQUEMA, escribir
from archivo.archivistica.expedientes.integracion import Documento, integrar
from archivo.archivistica.models import IndiceElectronico
from archivo.auditoria.puerta import HistoriaInmutable
from archivo.objetos.puerta import ruta_local
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture
def cerrado():
    """Un expediente con tres documentos con archivo y uno sin él, cerrado."""
    exp = mundo.expediente(titulo="Boletines «de prensa» & avisos <2026> \x0b del año")
    mundo.integrados(exp)
    integrar(exp, [Documento(fabricas.publico(texto="Sin archivo.", dia=date(2026, 3, 1)))], None)
    cerrar_expediente(exp, None, date(2026, 6, 30))
    exp.refresh_from_db()
    return exp


def verificar(*argumentos):
    """Lo que contesta la orden y con qué sale."""
    salida, codigo = StringIO(), 0
    try:
        call_command("expedientes", "verificar", *argumentos, "--json", stdout=salida)
    except SystemExit as fin:
        codigo = fin.code
    return codigo, json.loads(salida.getvalue())


def por_fuera(orden, *valores, tabla="archivistica_integracion"):
    """Una orden SQL sin los disparadores que lo impedirían."""
    with connection.cursor() as cursor:
        nombres = [d.nombre for d in DISPARADORES if d.tabla == tabla]
        for nombre in [*nombres, "archivistica_indiceelectronico_sin_update", "archivistica_indiceelectronico_sin_delete"]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {nombre}")
        cursor.execute(orden, valores)


def motivos(respuesta):
    return {f["objeto"]: f["motivo"] for f in respuesta["fallas"]}


def test_lo_que_dice_el_indice(cerrado):
    indice = json.loads(bytes(cerrado.indices.get().contenido_json))
    assert [d["orden"] for d in indice["documentos"]] == [1, 2, 3, 4]
    con_archivo, sin_archivo = indice["documentos"][0], indice["documentos"][3]
    assert con_archivo["objetos"][0]["sha256"] == cerrado.integraciones.first().item.adjuntos.get().objeto.sha256
    assert sin_archivo["texto_sha256"] == hashlib.sha256(b"Sin archivo.").hexdigest()
    assert (con_archivo["fecha"], con_archivo["tipo"], con_archivo["foja_inicial"]) == ("2026-01-05", "Boletín", 1)
    assert indice["expediente"]["legajos"] == [{"n": 1, "foja_inicial": 1, "foja_final": 4}]
    assert indice["anterior"] == "0" * 64


def test_el_xml_cumple_su_esquema_y_dice_lo_mismo(cerrado):
    indice = cerrado.indices.get()
    esquema = etree.XMLSchema(etree.parse(ESQUEMA))
    documento = etree.fromstring(bytes(indice.contenido_xml))
    esquema.assertValid(documento)
    espacio = {"i": "urn:acervo:indice-electronico:1"}
    sumas = documento.xpath("//i:objeto/i:sha256/text()", namespaces=espacio)
    assert sumas == [o["sha256"] for d in json.loads(bytes(indice.contenido_json))["documentos"] for o in d["objetos"]]
    assert documento.xpath("string(//i:titulo)", namespaces=espacio) == "Boletines «de prensa» & avisos <2026> del año"


def test_los_bytes_son_siempre_los_mismos(cerrado):
    indice = cerrado.indices.get()
    leido = json.loads(bytes(indice.contenido_json))
    assert escribir(leido) == bytes(indice.contenido_xml)
    assert hashlib.sha256(bytes(indice.contenido_json)).hexdigest() == indice.sha256_json


def test_un_indice_no_se_cambia_ni_se_borra(cerrado):
    indice = cerrado.indices.get()
    for accion in (indice.save, indice.delete, IndiceElectronico.objects.all().delete):
        with pytest.raises(HistoriaInmutable):
            accion()


def test_integro_sale_con_cero_y_otro_codigo_con_dos(cerrado):
    for clave in ((), (cerrado.codigo,), (cerrado.clave,)):
        assert verificar(*clave) == (0, {"expedientes": 1, "integros": 1, "fallas": []})
    with pytest.raises(CommandError, match="No hay un expediente") as error:
        call_command("expedientes", "verificar", "AE/NO/1")
    assert error.value.returncode == 2


def test_un_byte_alterado_en_un_objeto_se_nombra(cerrado):
    objeto = cerrado.integraciones.en_orden()[1].item.adjuntos.get().objeto
    ruta = ruta_local(objeto)
    ruta.chmod(0o600)
    bytes_ = bytearray(ruta.read_bytes())
    bytes_[0] ^= 1
    ruta.write_bytes(bytes_)
    codigo, respuesta = verificar(cerrado.codigo)
    assert (codigo, respuesta["integros"]) == (1, 0)
    assert respuesta["fallas"] == [
        {"clave": cerrado.codigo, "objeto": objeto.sha256, "motivo": "el contenido cambió: su SHA-256 es otro"}
    ]


def test_un_objeto_que_falta_se_nombra(cerrado):
    objeto = cerrado.integraciones.en_orden()[0].item.adjuntos.get().objeto
    ruta_local(objeto).unlink()
    assert motivos(verificar()[1]) == {objeto.sha256: "falta el archivo"}


def test_un_documento_quitado_por_fuera_se_nota(cerrado):
    tercero = cerrado.integraciones.en_orden()[2]
    por_fuera("DELETE FROM archivistica_integracion WHERE id = %s", tercero.pk)
    codigo, respuesta = verificar()
    assert codigo == 1
    assert motivos(respuesta)[f"documento 3 ({tercero.item.clave})"] == "está en el índice y ya no en el expediente"


def test_un_documento_agregado_por_fuera_se_nota(cerrado):
    ajeno = mundo.con_archivo()
    columnas = "expediente_id, item_id, orden, caras, ejemplar, tipo_documental, huella_contenido, integrado_en, acuerdo"
    por_fuera(
        f"INSERT INTO archivistica_integracion ({columnas}) VALUES (%s, %s, 9, 'anverso', 'original', 'x', '', '2026-01-01', '')",
        cerrado.pk,
        ajeno.pk,
    )
    assert motivos(verificar()[1])[f"documento 5 ({ajeno.clave})"] == "está en el expediente y no en el índice"


def test_cambiar_el_orden_por_fuera_se_nota(cerrado):
    primero = cerrado.integraciones.en_orden()[0]
    por_fuera("UPDATE archivistica_integracion SET orden = 99 WHERE id = %s", primero.pk)
    assert "cambió de lugar en el orden" in motivos(verificar()[1]).values()


def test_cambiar_el_texto_de_un_documento_sin_archivo_se_nota(cerrado):
    sin_archivo = cerrado.integraciones.en_orden()[3].item
    sin_archivo.paginas.update(texto="Otro.")
    [(objeto, motivo)] = motivos(verificar()[1]).items()
    assert objeto == f"documento 4 ({sin_archivo.clave})"
    assert motivo.startswith("texto_sha256")


@pytest.mark.parametrize("columna", ["contenido_json", "contenido_xml"])
def test_un_byte_alterado_en_el_indice_se_nota(cerrado, columna):
    indice = cerrado.indices.get()
    alterado = bytes(getattr(indice, columna)).replace(b"original", b"originaI", 1)
    por_fuera(f"UPDATE archivistica_indiceelectronico SET {columna} = %s WHERE id = %s", alterado, indice.pk)
    assert "no es el que se guardó" in " ".join(f["motivo"] for f in verificar()[1]["fallas"])


def test_rehacer_la_huella_no_engana_a_la_historia(cerrado):
    indice = cerrado.indices.get()
    por_fuera("UPDATE archivistica_indiceelectronico SET huella = %s WHERE id = %s", "f" * 64, indice.pk)
    dichos = " ".join(f["motivo"] for f in verificar()[1]["fallas"])
    assert "no corresponde" in dichos
    assert "no es la que quedó en la historia" in dichos


def test_una_version_borrada_o_una_cadena_rota_se_notan(cerrado):
    reabrir_expediente(cerrado, None, "falta uno")
    cerrar_expediente(cerrado, None)
    assert verificar()[0] == 0
    por_fuera("UPDATE archivistica_indiceelectronico SET anterior = %s WHERE version = 2", "e" * 64)
    assert "no sigue a la huella" in " ".join(f["motivo"] for f in verificar()[1]["fallas"])
    por_fuera("DELETE FROM archivistica_indiceelectronico WHERE version = 2")
    assert motivos(verificar()[1])["índice, versión 2"] == "la historia lo nombra y ya no está"


def test_reabierto_se_comprueban_la_cadena_y_los_bytes(cerrado):
    reabrir_expediente(cerrado, None, "falta uno")
    integrar(cerrado, [Documento(mundo.con_archivo())], None)
    assert verificar()[0] == 0
    ruta_local(cerrado.integraciones.en_orden()[0].item.adjuntos.get().objeto).unlink()
    assert verificar()[0] == 1


def test_no_se_hace_el_indice_de_un_archivo_alterado():
    exp = mundo.expediente()
    mundo.integrados(exp)
    ruta_local(exp.integraciones.first().item.adjuntos.get().objeto).unlink()
    with pytest.raises(ExpedienteRechazado, match="no son los recibidos"):
        cerrar_expediente(exp, None)
    exp.refresh_from_db()
    assert exp.estado == "abierto"


def test_sin_expedientes_cerrados_no_hay_nada_que_comprobar():
    mundo.expediente()
    assert verificar() == (0, {"expedientes": 0, "integros": 0, "fallas": []})
