"""Un expediente reservado: quién lo abre, qué rastro deja verlo en una lista y quién recibe los índices que nombran lo ajeno."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from archivo.archivistica.puerta import (
    Documento,
    ExpedienteRechazado,
    cerrar_expediente,
    corregir_expediente,
    integrar,
    reabrir_expediente,
    reclasificar,
)
from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item, fijar_acceso
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db
DESCLASIFICACION = {"clasificacion_desclasificacion": "22/11/2026, la titular", "acceso": "publico"}


@pytest.fixture
def area(db):
    return fabricas.area("Comunicación")


@pytest.fixture
def archivista(area):
    return fabricas.persona("archivo_tramite", en=area)


@pytest.fixture
def reservado(area):
    """Un expediente reservado con un documento que de suyo es público."""
    exp = mundo.expediente(area, acceso="reservado")
    integrar(exp, [Documento(mundo.con_archivo(area=area))], None)
    return exp


def efectivo(exp):
    return exp.integraciones.vigentes().get().item.acceso_efectivo


def test_quien_lleva_un_expediente_reservado_no_lo_abre(client, reservado, archivista):
    client.force_login(archivista)
    with pytest.raises(ExpedienteRechazado, match="Titular o Comité"):
        corregir_expediente(reservado, {"acceso": "interno"}, archivista)
    client.post(f"/admin/expedientes/{reservado.clave}/corregir/", {"acceso": "publico"})
    reservado.refresh_from_db()
    assert (reservado.acceso, efectivo(reservado)) == ("reservado", "reservado")
    corregir_expediente(reservado, {"acceso": "confidencial"}, archivista)


def test_lo_abre_quien_es_titular_diciendo_quien_y_cuando(client, reservado, area):
    client.force_login(fabricas.persona("titular", en=area))
    direccion = f"/admin/expedientes/{reservado.clave}/corregir/"
    assert "Desclasificar" in client.get(f"/admin/expedientes/{reservado.clave}/").content.decode()
    pagina = client.get(direccion).content.decode()
    assert 'name="acceso"' in pagina and 'name="titulo"' not in pagina and 'name="nombradas"' not in pagina
    assert client.post(direccion, {"acceso": "publico"}).status_code == 422
    assert client.post(direccion, DESCLASIFICACION).status_code == 302
    reservado.refresh_from_db()
    assert (reservado.acceso, efectivo(reservado)) == ("publico", "publico")
    assert client.get(direccion).status_code == 404


def test_mudar_un_documento_a_uno_mas_abierto_tambien_es_abrirlo(reservado, area, archivista):
    abierto, igual = mundo.expediente(area), mundo.expediente(area, acceso="reservado")
    integracion = reservado.integraciones.get()
    destino = Documento(integracion.item)
    with pytest.raises(ExpedienteRechazado, match="se abriría"):
        reclasificar(integracion, destino, abierto, "Acuerdo 1", archivista)
    assert reservado.integraciones.get().retirada_en is None
    reclasificar(integracion, destino, igual, "Acuerdo 1", archivista)
    assert efectivo(igual) == "reservado"


def test_quitar_a_las_personas_nombradas_las_quita_tambien_de_los_documentos(area, archivista):
    lectora = fabricas.persona("redaccion", en=area)
    exp = mundo.expediente(area)
    exp.nombradas.set([lectora])
    integrar(exp, [Documento(mundo.con_archivo(area=area, acceso="confidencial"))], None)
    item = exp.integraciones.get().item
    assert [n.usuario for n in item.nombradas.all()] == [lectora]
    corregir_expediente(exp, {}, archivista, [])
    assert not Item.objects.get(pk=item.pk).nombradas.exists()


def test_verlo_en_la_lista_o_sacarlo_en_un_inventario_deja_constancia(client, reservado, area, archivista):
    mundo.expediente(area)
    client.force_login(archivista)
    vistos = Suceso.objects.filter(clase="expediente.consultado", objeto=f"expediente:{reservado.clave}")
    client.get("/admin/expedientes/")
    assert [s.detalle["superficie"] for s in vistos] == ["lista"]
    b"".join(client.get("/admin/expedientes/inventario/general.csv?estado=abierto"))
    assert [s.detalle["superficie"] for s in vistos.order_by("id")] == ["lista", "inventario"]
    assert Suceso.objects.filter(clase="expediente.consultado").count() == 2
    sacado = Suceso.objects.get(clase="expediente.inventariado")
    assert (sacado.actor, sacado.detalle["filtros"]) == (archivista, {"estado": "abierto"})


def test_una_version_vieja_del_indice_no_la_recibe_quien_no_ve_lo_que_nombra(client, area, archivista):
    exp, otro = mundo.expediente(area), mundo.expediente(area, acceso="publico")
    quedan = mundo.integrados(exp, 1, area=area)
    integrar(exp, [Documento(mundo.con_archivo(area=area))], None)
    cerrar_expediente(exp, None)
    reabrir_expediente(exp, None, "Reclasificación")
    se_va = exp.integraciones.exclude(pk=quedan[0].pk).get()
    reclasificar(se_va, Documento(se_va.item), otro, "Acuerdo 1", None)
    cerrar_expediente(exp, None)
    fijar_acceso(Item.objects.get(pk=se_va.item_id), "reservado", None)
    client.force_login(fabricas.persona("redaccion", en=fabricas.area("Obras")))
    base = f"/admin/expedientes/{exp.clave}"
    assert client.get(f"{base}/indice-v1.json").status_code == 404
    assert se_va.item.clave not in client.get(f"{base}/indice-v2.json").content.decode()
    assert client.post(f"{base}/verificar/").status_code == 404
    historia = client.get(f"{base}/historia/").content.decode()
    assert se_va.item.clave not in historia and otro.codigo not in historia
    client.force_login(archivista)
    assert client.get(f"{base}/indice-v1.xml").status_code == 200


def test_los_totales_cuentan_lo_oculto_y_nada_mas_lo_nombra(client, area):
    exp = mundo.expediente(area)
    visto = mundo.con_archivo(titulo="Documento a la vista", area=area, dia=date(2026, 1, 6))
    oculto = mundo.con_archivo(titulo="Documento canario", area=area, acceso="reservado", dia=date(2026, 1, 7))
    integrar(exp, [Documento(visto, fojas=3), Documento(oculto, fojas=4)], None)
    client.force_login(fabricas.persona("redaccion", en=fabricas.area("Obras")))
    registro = client.get(reverse("oficina_expediente", args=[exp.clave])).content.decode()
    assert "2 documentos · 7 fojas" in registro
    lista = client.get(reverse("oficina_expedientes")).content.decode()
    assert "<td>2</td>" in lista
    assert "<td>7</td>" in lista
    pdf = PdfReader(io.BytesIO(client.get(reverse("oficina_expediente_caratula", args=[exp.clave])).content))
    caratula = " ".join(hoja.extract_text() for hoja in pdf.pages)
    assert "1–7" in caratula
    historia = client.get(reverse("oficina_expediente_historia", args=[exp.clave])).content.decode()
    for pagina in (registro, lista, caratula, historia):
        assert "canario" not in pagina
        assert oculto.clave not in pagina
