"""La remisión con acuse: un enlace de un destinatario, un BagIt íntegro, un acuse con la huella, y filas que no se cambian."""

import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta

import bagit
import pypdf
import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from archivo.auditoria.puerta import HistoriaInmutable, Suceso
from certificaciones.consulta.models import AcuseDeRemision, Remision
from certificaciones.consulta.remisiones import RemisionNueva, RemisionRechazada, remitir
from tests.certificaciones.actos.fabricas import borrador, libro
from tests.certificaciones.consulta.fabricas import cancelar, copia
from tests.fabricas import persona
from verificador.__main__ import main

pytestmark = pytest.mark.django_db
JUZGADO = RemisionNueva("Juzgado Cuarto de Distrito en Materia Administrativa", "Oficio 1234/2026")


@pytest.fixture(autouse=True)
def sin_intentos():
    cache.clear()


def remitida(**campos):
    return remitir(copia(**campos), JUZGADO)


def recibir(client, testigo, **datos):
    return client.post(
        f"/remision/{testigo}/", {"recibe": "Lic. Juana Secretaria", "cargo": "Secretaria de acuerdos"} | datos, follow=True
    )


def cuerpo(respuesta):
    return b"".join(respuesta.streaming_content)


def test_antes_de_recibir_se_ve_a_quien_y_que_pero_no_se_descarga(client):
    remision, testigo = remitida()
    texto = client.get(f"/remision/{testigo}/").content.decode()
    assert "Juzgado Cuarto de Distrito" in texto
    assert remision.certificacion.folio in texto
    for que in ("paquete", "acuse"):
        assert client.get(f"/remision/{testigo}/{que}").status_code == 404


def test_al_recibir_hay_acuse_con_la_huella_y_el_paquete_es_un_bagit_integro(client, tmp_path):
    remision, testigo = remitida()
    assert "La recibió <strong>Lic. Juana Secretaria</strong>" in recibir(client, testigo).content.decode()
    paquete = cuerpo(client.get(f"/remision/{testigo}/paquete"))
    assert hashlib.sha256(paquete).hexdigest() == remision.sha256
    acuse = cuerpo(client.get(f"/remision/{testigo}/acuse"))
    dicho = re.sub(r"[\s\u200b]+", "", pypdf.PdfReader(io.BytesIO(acuse)).pages[0].extract_text())
    for dato in (
        remision.sha256,
        "Lic.JuanaSecretaria",
        "JuzgadoCuarto",
        remision.certificacion.folio,
        remision.certificacion.sha256,
    ):
        assert dato in dicho, dato
    zipfile.ZipFile(io.BytesIO(paquete)).extractall(tmp_path / "bolsa")
    (carpeta,) = (tmp_path / "bolsa").iterdir()
    assert bagit.Bag(str(carpeta)).validate()


def test_lo_que_trae_el_paquete_se_verifica_solo_y_no_dice_quien_pidio(client, tmp_path):
    remision, testigo = remitida()
    recibir(client, testigo)
    zipfile.ZipFile(io.BytesIO(cuerpo(client.get(f"/remision/{testigo}/paquete")))).extractall(tmp_path / "bolsa")
    datos = next((tmp_path / "bolsa").iterdir()) / "data"
    nombre = remision.certificacion.folio.replace("/", "-")
    argumentos = [
        str(datos / f"{nombre}.pdf"),
        "--prueba",
        str(datos / f"{nombre}.prueba"),
        "--llave",
        str(datos / "registro.llave"),
    ]
    assert main(argumentos) == 0
    indice = json.loads((datos / "indice.json").read_text())
    assert indice["copias"][0]["sha256"] == remision.certificacion.sha256
    assert not [a.name for a in datos.rglob("*") if a.is_file() and b"Canaria" in a.read_bytes()]


def test_se_recibe_una_vez_y_con_nombre_y_cargo(client):
    _, testigo = remitida()
    respuesta = recibir(client, testigo, recibe=" ")
    assert respuesta.status_code == 422
    assert "Escriba su nombre y su cargo" in respuesta.content.decode()
    assert not AcuseDeRemision.objects.exists()
    recibir(client, testigo)
    recibir(client, testigo, recibe="Otra persona")
    assert [a.recibe for a in AcuseDeRemision.objects.all()] == ["Lic. Juana Secretaria"]
    assert list(Suceso.objects.filter(clase__startswith="certificacion.re").values_list("clase", flat=True)) == [
        "certificacion.remitida",
        "certificacion.recibida",
    ]


def test_un_enlace_ajeno_o_vencido_es_un_404_que_dice_que_hacer(client):
    _, testigo = remitir(copia(), RemisionNueva("Órgano Interno de Control", plazo=timedelta(seconds=-1)))
    for enlace in (testigo, "x" * 32):
        respuesta = client.get(f"/remision/{enlace}/")
        assert respuesta.status_code == 404
        assert "remita la copia de nuevo" in respuesta.content.decode()
        assert respuesta["X-Robots-Tag"] == "noindex, nofollow"


def test_del_enlace_se_guarda_solo_su_huella():
    remision, testigo = remitida()
    assert remision.testigo == hashlib.sha256(testigo.encode()).hexdigest()
    assert testigo not in str(Remision.objects.values())
    assert testigo not in str(list(Suceso.objects.values()))


def test_solo_se_remite_lo_vigente_y_con_validez():
    cancelada = copia()
    cancelar(cancelada)
    ensayo = copia(libro(prefijo="ENSAYO", registro="ensayos"), firma_tipo="ensayo")
    for acto, dice in ((cancelada, "cancelada"), (ensayo, "con validez"), (borrador(), "expedida")):
        with pytest.raises(RemisionRechazada, match=dice):
            remitir(acto, JUZGADO)
    with pytest.raises(RemisionRechazada, match="a quién"):
        remitir(copia(), RemisionNueva(" "))


def test_una_remision_no_se_cambia_ni_se_borra(client):
    remision, testigo = remitir(copia(), RemisionNueva("OIC", remite=persona("certificacion")))
    recibir(client, testigo)
    with pytest.raises(HistoriaInmutable):
        remision.save()
    for tabla in ("remision", "acusederemision"):
        with pytest.raises(DatabaseError, match="sólo admite"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM consulta_de_certificaciones_{tabla}")


def test_en_la_oficina_quien_certifica_remite_y_ve_el_acuse(client):
    acto = copia()
    client.force_login(persona("certificacion"))
    direccion = f"/admin/certificaciones/remitir/{acto.clave}/"
    assert "No se ha remitido a nadie" in client.get(direccion).content.decode()
    texto = client.post(direccion, {"destinatario": "Órgano Interno de Control", "dias": "30"}).content.decode()
    enlace = re.search(r'value="http://testserver(/remision/[\w-]+/)"', texto)[1]
    client.post(enlace, {"recibe": "C.P. Elena Control", "cargo": "Titular"})
    texto = client.get(direccion).content.decode()
    assert "C.P. Elena Control, Titular" in texto
    assert enlace not in texto


def test_en_la_oficina_lo_que_falta_se_dice_y_a_otros_no_les_existe(client):
    acto = copia()
    direccion = f"/admin/certificaciones/remitir/{acto.clave}/"
    client.force_login(persona("certificacion"))
    assert client.post(direccion, {"dias": "30"}).status_code == 422
    cancelar(acto)
    assert "remita la que ocupa su lugar" in client.post(direccion, {"destinatario": "OIC", "dias": "3"}).content.decode()
    client.force_login(persona("redaccion"))
    assert client.get(direccion).status_code == 404
