"""La copia expedida llega a la página de quien la pidió, entera, y a nadie más; y con ella, sus acuses."""

import io
import re
import zipfile
from datetime import date

import pypdf
import pytest
from django.core.cache import cache

from archivo.auditoria.puerta import Suceso
from archivo.objetos.puerta import guardar
from certificaciones.actos.models import Entrega
from certificaciones.actos.puerta import ensayar, expedir
from certificaciones.oficina.models import CopiaDeSolicitud
from certificaciones.reglas.puerta import Calendario, PoliticaDeCertificacion, Tabulador
from certificaciones.solicitudes.puerta import Plazo, Solicitud, dar_paso, emitir_orden
from tests.certificaciones.actos.mundo import oficina
from tests.certificaciones.consulta.fabricas import copia as copia_expedida
from tests.certificaciones.consulta.fabricas import pdf
from tests.fabricas import persona, publico

CANARIO = "Zenobia Xochipilli"


@pytest.fixture
def pedida(client, db):
    """La oficina, y una solicitud hecha desde el sitio en esta misma visita."""
    cache.clear()
    casa = oficina()
    item = casa.documento(2, titulo="Bases de la licitación")
    client.post("/solicitudes/nueva/", {"elemento": item.clave, "finalidad": "un trámite", "modalidad": "papel"})
    return casa, item, Solicitud.objects.get()


@pytest.fixture
def sencilla(client, db):
    """Una solicitud hecha desde el sitio en esta visita, y nada más."""
    cache.clear()
    datos = {"elemento": publico(titulo="Bases de la licitación").clave, "finalidad": "un trámite", "modalidad": "electronica"}
    client.post("/solicitudes/nueva/", datos | {"nombre": CANARIO, "correo": "z@ejemplo.mx"})
    return Solicitud.objects.get()


def cuerpo(respuesta):
    return b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content


def dicho(contenido):
    """El texto de un PDF, sin espacios."""
    return re.sub(r"[\s\u200b]+", "", "".join(h.extract_text() for h in pypdf.PdfReader(io.BytesIO(contenido)).pages))


def en_tomos(solicitud):
    """Una copia expedida de tres tomos que atiende la solicitud."""
    objetos = [guardar(io.BytesIO(pdf(n)), mime="application/pdf", paginas=n) for n in (1, 2, 3)]
    acto = copia_expedida(
        firma_tipo="sello", objeto=objetos[0], sha256=objetos[0].sha256, tomos=[{"sha256": o.sha256} for o in objetos]
    )
    CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=acto)
    return acto, objetos


def test_de_una_autografa_se_dice_el_folio_y_se_recoge_en_la_oficina(client, pedida):
    casa, item, solicitud = pedida
    copia = expedir(casa.en_firma(item), casa.certificadora).certificacion
    CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=copia)
    pagina = client.get(f"/solicitudes/{solicitud.folio}/").content.decode()
    assert copia.folio in pagina
    assert f"/verificar/{copia.codigo}/" in pagina
    for que in (".pdf", "-tomo-1.pdf", ".zip", "/entrega.pdf"):
        assert client.get(f"/solicitudes/{solicitud.folio}/copia/{copia.codigo}{que}").status_code == 404


def test_la_electronica_se_descarga_solo_desde_la_visita_que_la_pidio(client, pedida):
    _, item, solicitud = pedida
    copia = ensayar(item).certificacion
    CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=copia)
    direccion = f"/solicitudes/{solicitud.folio}/copia/{copia.codigo}.pdf"
    assert cuerpo(client.get(direccion)).startswith(b"%PDF")
    assert Suceso.objects.filter(clase="solicitud.copia_descargada", objeto=f"solicitud:{solicitud.folio}").exists()
    client.cookies.clear()
    assert client.get(direccion).status_code == 404


def test_una_copia_en_tomos_se_baja_tomo_por_tomo_y_toda_junta(client, sencilla):
    acto, _ = en_tomos(sencilla)
    base = f"/solicitudes/{sencilla.folio}/copia/{acto.codigo}"
    pagina = client.get(f"/solicitudes/{sencilla.folio}/").content.decode()
    assert [f"{base}-tomo-{n}.pdf" in pagina for n in (1, 2, 3)] == [True] * 3
    tomos = [cuerpo(client.get(f"{base}-tomo-{n}.pdf")) for n in (1, 2, 3)]
    assert [len(pypdf.PdfReader(io.BytesIO(t)).pages) for t in tomos] == [1, 2, 3]
    junto = zipfile.ZipFile(io.BytesIO(cuerpo(client.get(f"{base}.zip"))))
    nombre = acto.folio.replace("/", "-")
    assert junto.namelist() == [f"{nombre}-tomo-1.pdf", f"{nombre}-tomo-2.pdf", f"{nombre}-tomo-3.pdf", f"{nombre}.prueba"]
    assert [junto.read(n) for n in junto.namelist()[:3]] == tomos
    assert [client.get(f"{base}-tomo-{n}.pdf").status_code for n in (0, 4, 999)] == [404] * 3


def test_ni_un_tomo_ni_los_acuses_sin_haber_demostrado_que_es_suya(client, sencilla):
    acto, _ = en_tomos(sencilla)
    client.cookies.clear()
    base = f"/solicitudes/{sencilla.folio}/"
    rutas = ("", "acuse.pdf", f"copia/{acto.codigo}.pdf", f"copia/{acto.codigo}-tomo-2.pdf", f"copia/{acto.codigo}.zip")
    assert [client.get(base + r).status_code for r in rutas] == [404] * 5


def test_la_copia_de_otra_solicitud_no_se_baja_desde_ésta(client, sencilla):
    ajena = copia_expedida(firma_tipo="sello")
    assert client.get(f"/solicitudes/{sencilla.folio}/copia/{ajena.codigo}.zip").status_code == 404


def test_el_acuse_dice_lo_que_se_pidio_y_no_quien(client, sencilla):
    acuse = dicho(cuerpo(client.get(f"/solicitudes/{sencilla.folio}/acuse.pdf")))
    assert sencilla.folio in acuse
    assert "Basesdelalicitación" in acuse
    assert "Zenobia" not in acuse
    assert "z@ejemplo" not in acuse


def test_el_acuse_no_cambia_con_la_canasta_pero_calla_lo_que_dejo_de_ser_publico(client, sencilla):
    item = sencilla.elementos.get().item
    sencilla.elementos.all().delete()
    assert item.clave in dicho(cuerpo(client.get(f"/solicitudes/{sencilla.folio}/acuse.pdf")))
    type(item).objects.filter(pk=item.pk).update(acceso="reservado", acceso_efectivo="reservado")
    despues = dicho(cuerpo(client.get(f"/solicitudes/{sencilla.folio}/acuse.pdf")))
    assert "Basesdelalicitación" not in despues
    assert item.clave in despues


def test_la_constancia_de_la_entrega_lleva_las_huellas_y_no_el_nombre_de_quien_recibio(client, sencilla):
    acto, objetos = en_tomos(sencilla)
    Entrega.objects.create(
        certificacion=acto, recibe="Rosalía Canaria", identificacion="credencial", entregada_por=persona("cotejo")
    )
    constancia = dicho(cuerpo(client.get(f"/solicitudes/{sencilla.folio}/copia/{acto.codigo}/entrega.pdf")))
    assert acto.folio in constancia
    assert [o.sha256 in constancia for o in objetos] == [True] * 3
    assert "Rosalía" not in constancia


def test_la_pagina_dice_hasta_que_dia_puede_pagarse_y_si_ya_paso(client, sencilla):
    oficina()
    ut = persona("unidad_transparencia")
    PoliticaDeCertificacion.objects.create(
        vigente_desde=date(2025, 1, 1),
        tabulador=Tabulador.objects.get(clave="LFD-2025"),
        calendario=Calendario.objects.get(clave="LFT-74"),
    )
    emitir_orden(dar_paso(sencilla, "localizar", ut), 2, ut)
    direccion = f"/solicitudes/{sencilla.folio}/"
    assert "Puede pagar hasta el" in client.get(direccion).content.decode()
    Plazo.objects.update(inicio=date(2026, 1, 5), vencimiento=date(2026, 2, 17))
    assert "El plazo para pagar venció el martes 17 de febrero de 2026" in client.get(direccion).content.decode()
