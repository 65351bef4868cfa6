"""Ninguna lista ni ficha de las copias pregunta más a la base por tener más renglones."""

import itertools
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse

from archivo.objetos.puerta import guardar
from certificaciones.actos.models import Certificacion, DocumentoCertificado
from certificaciones.consulta.remisiones import RemisionNueva, remitir
from certificaciones.oficina.models import CopiaDeSolicitud
from certificaciones.oficina.vistas import cotejo
from certificaciones.registro.puerta import asentar
from certificaciones.solicitudes.puerta import QuienPide, Solicitud, SolicitudNueva, pedido_de, recibir
from tests import fabricas
from tests.certificaciones.actos.fabricas import borrador, libro
from tests.certificaciones.actos.mundo import facultar
from tests.certificaciones.consulta.fabricas import _congelado, cancelar, copia, hoja, pdf
from tests.consultas import consultas_de, las_que_crecen

pytestmark = pytest.mark.django_db
_tramite = itertools.count(1)


@pytest.fixture
def oficina(client):
    quien = fabricas.persona("titular", "unidad_transparencia", "certificacion", "cotejo", nombre="todo")
    client.force_login(quien)
    return client


def recibida(*pedidos):
    return recibir(SolicitudNueva(Solicitud(finalidad="un trámite"), QuienPide(), pedidos), None).solicitud


def expedida(en, documentos):
    """Una copia expedida de tantos documentos, de dos páginas cada uno, con sus fojas a la vista de cualquiera."""
    acto = Certificacion.objects.create()
    for orden in range(1, documentos + 1):
        item = fabricas.publico(area=fabricas.area())
        DocumentoCertificado.objects.create(
            certificacion=acto, orden=orden, item=item, item_clave=item.clave, nombre="b.pdf", titulo=item.titulo, fojas=2,
            descripcion=item.titulo, mime="application/pdf", sha256="0" * 64, foja_desde=2 * orden - 1,
            objeto=guardar(BytesIO(item.clave.encode()), mime="application/pdf", paginas=2),
        )  # fmt: skip
    fijo = _congelado(en, pdf(2 * documentos + 1), 2 * documentos) | {"consulta": "publica", "firma_tipo": "efirma"}
    for campo, valor in fijo.items():
        setattr(acto, campo, valor)
    with transaction.atomic():
        acto.asiento = asentar(en.registro, hoja(acto, "emision")).indice
        acto.save()
    return Certificacion.objects.get(pk=acto.pk)


def test_las_listas_de_la_oficina(oficina):
    del_anio, area = libro(), fabricas.area("Comunicación")
    certifica = fabricas.persona("certificacion", nombre="certifica")
    facultar(certifica, area)

    def llenar(cuantas):
        for _ in range(cuantas):
            copia(del_anio)
            cancelar(copia(del_anio))
            recibida()
            borrador(estado="en_cotejo", creado_por=fabricas.persona("cotejo"), area=fabricas.area())

    crecen = las_que_crecen(
        oficina,
        {
            "certificaciones": "/admin/certificaciones/?estado=todas", "cotejo": "/admin/cotejo/", "bandeja": "/admin/",
            "solicitudes": "/admin/solicitudes/?estado=todas", "libro": f"/admin/libro/{del_anio.pk}/",
            "libro en CSV": f"/admin/libro/{del_anio.pk}/libro.csv", "registro": "/registro/", "hojas": "/registro/hojas.jsonl",
        },
        llenar,
    )  # fmt: skip
    assert crecen == {}


def test_el_cotejo_va_por_paginas(oficina, monkeypatch):
    monkeypatch.setattr(cotejo, "POR_PAGINA", 2)
    for _ in range(3):
        borrador(estado="en_cotejo", creado_por=fabricas.persona("cotejo"), area=fabricas.area())
    vistas = [[c.pk for c in oficina.get(f"/admin/cotejo/?p={p}").context["pagina"]] for p in (1, 2)]
    assert [len(v) for v in vistas] == [2, 1] and not set(vistas[0]) & set(vistas[1])
    assert "3 copias por cotejar" in oficina.get("/admin/cotejo/").content.decode()


def test_las_copias_por_firmar(client):
    area = fabricas.area("Comunicación")
    certifica = fabricas.persona("certificacion", nombre="certifica")
    facultar(certifica, area)
    client.force_login(certifica)

    def llenar(cuantas):
        for _ in range(cuantas):
            borrador(estado="en_firma", certificador=certifica, area=area, firma_tipo="efirma")

    assert las_que_crecen(client, {"por firmar": reverse("certificaciones_firma")}, llenar) == {}
    assert client.get(reverse("certificaciones_firma")).content.decode().count("Elemento de prueba") == 12


def test_una_copia_de_muchos_documentos(oficina):
    del_anio = libro()
    breve, larga = expedida(del_anio, 3), expedida(del_anio, 12)
    direcciones = {
        "ficha": lambda c: f"/admin/certificaciones/{c.clave}/",
        "descarga": lambda c: f"/admin/certificaciones/{c.clave}/copia/descargar/",
        "verificación": lambda c: f"/verificar/{c.codigo}/",
        "fojas": lambda c: f"/verificar/{c.codigo}/fojas/?desde=2",
    }
    crecen = {
        nombre: (antes, despues)
        for nombre, de in direcciones.items()
        if (despues := consultas_de(oficina, de(larga))) > (antes := consultas_de(oficina, de(breve)))
    }
    assert crecen == {}


def test_una_solicitud_de_muchas_copias_y_una_copia_de_muchas_remisiones(oficina):
    del_anio, remitida = libro(), copia()
    solicitud = recibida()

    def llenar(cuantas):
        for _ in range(cuantas):
            CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=copia(del_anio))
            remitir(remitida, RemisionNueva("Juzgado Segundo"))

    sesion = oficina.session
    sesion["solicitudes_vistas"] = [solicitud.folio]
    sesion.save()
    direcciones = {
        "ficha": f"/admin/solicitudes/{solicitud.folio}/",
        "seguimiento": f"/solicitudes/{solicitud.folio}/",
        "remisiones": reverse("certificaciones_remitir", args=[remitida.clave]),
    }
    assert las_que_crecen(oficina, direcciones, llenar) == {}


def test_pedir_muchos_documentos(client):
    items = [fabricas.publico(area=fabricas.area()) for _ in range(12)]
    con_tres, con_doce = ("/solicitudes/nueva/?" + "&".join(f"elemento={i.clave}" for i in items[:n]) for n in (3, 12))
    assert consultas_de(client, con_doce) == consultas_de(client, con_tres)


def test_la_canasta_de_muchos_documentos(oficina):
    breve, larga = (recibida(*(pedido_de(fabricas.publico(area=fabricas.area())) for _ in range(n))) for n in (3, 12))
    con_tres, con_doce = (consultas_de(oficina, f"/admin/solicitudes/{s.folio}/") for s in (breve, larga))
    assert con_doce == con_tres
