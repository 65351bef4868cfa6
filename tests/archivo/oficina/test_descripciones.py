"""Fondos recibidos en la oficina: quién entra, qué se ve antes de importar, qué entra, y qué se puede sacar."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archivo.archivistica.puerta import Expediente, NivelClasificacion, asegurar_regla
from archivo.ingesta.puerta import CargaDeDescripciones
from archivo.tareas.puerta import drenar

pytestmark = pytest.mark.django_db
BASE = "/admin/descripciones/"
BUENO = """legacyId,parentId,title,levelOfDescription,digitalObjectPath
1,,Fondo Díaz,Fondo,
2,1,Correspondencia,Serie,
3,2,Cartas de 1911,Expediente,
4,3,Carta a Madero,Unidad documental simple,carta.pdf
"""
MALFORMADO = "legacyId,parentId,title,levelOfDescription,culture\n1,,Fondo,Fondo,es\n2,1,Serie,Serie\n"


@pytest.fixture
def historico(persona):
    asegurar_regla()
    return persona("historico", "archivo_historico")


@pytest.fixture
def subir(entrar, historico):
    """Sube un archivo y corre su ensayo; da el cliente y la carga."""

    def mandar(contenido=BUENO, nombre="fondo.csv", **datos):
        cliente = entrar(historico)
        archivo = SimpleUploadedFile(nombre, contenido.encode())
        respuesta = cliente.post(f"{BASE}nueva/", {"archivo": archivo, "acceso": "interno", **datos})
        drenar()
        return cliente, respuesta, CargaDeDescripciones.objects.order_by("-pk").first()

    return mandar


@pytest.mark.parametrize("direccion", ["", "nueva/", "1/"])
def test_quien_no_recibe_fondos_no_encuentra_la_pantalla(entrar, redactora, direccion):
    assert entrar(redactora).get(BASE + direccion).status_code == 404


def test_se_ensaya_se_ve_el_arbol_y_se_importa(subir):
    cliente, respuesta, carga = subir()
    assert respuesta.status_code == 302
    assert carga.estado == "ensayada"
    assert not Expediente.objects.exists()
    pagina = cliente.get(f"{BASE}{carga.pk}/").content.decode()
    assert "Cartas de 1911" in pagina
    assert "Importar 4 unidades" in pagina
    assert "carta.pdf" in pagina
    cliente.post(f"{BASE}{carga.pk}/importar/")
    drenar()
    carga.refresh_from_db()
    assert (carga.estado, carga.recuento["creadas"]) == ("importada", 4)
    assert Expediente.objects.get().titulo == "Cartas de 1911"
    assert "Fondo Díaz" in cliente.get(BASE).content.decode()


def test_lo_malformado_dice_su_fila_y_no_ofrece_importar(subir):
    cliente, _, carga = subir(MALFORMADO)
    pagina = cliente.get(f"{BASE}{carga.pk}/").content.decode()
    assert "4 columnas y el encabezado 5" in pagina
    assert "Importar " not in pagina.split("of-pasos")[1].split("</div>")[0]
    cliente.post(f"{BASE}{carga.pk}/importar/")
    drenar()
    carga.refresh_from_db()
    assert carga.estado == "rechazada"
    assert not Expediente.objects.exists()


def test_lo_ilegible_se_dice_al_subirlo_y_no_se_guarda(subir, settings):
    _, respuesta, carga = subir("<html/>", "pagina.xml")
    assert respuesta.status_code == 422
    assert "no es EAD" in respuesta.content.decode()
    assert carga is None
    assert not [p for p in (settings.ACERVO_DATOS / "descripciones").rglob("*") if p.is_file()]


def test_importar_dos_veces_lo_mismo_no_duplica(subir):
    for _ in range(2):
        cliente, _, carga = subir()
        cliente.post(f"{BASE}{carga.pk}/importar/")
        drenar()
    carga.refresh_from_db()
    assert carga.recuento["sin_cambio"] == 4
    assert Expediente.objects.count() == 1


@pytest.mark.parametrize(("formato", "inicio"), [("ead2002", b"<?xml"), ("ead3", b"<?xml"), ("atom", b"legacyId,")])
def test_el_cuadro_y_el_expediente_se_sacan_y_no_con_get(subir, formato, inicio):
    cliente, _, carga = subir()
    cliente.post(f"{BASE}{carga.pk}/importar/")
    drenar()
    carga.refresh_from_db()
    expediente = Expediente.objects.get()
    for direccion in (f"{BASE}cuadro/{carga.instrumento.cuadro_id}/", f"{BASE}expediente/{expediente.clave}/"):
        respuesta = cliente.post(direccion, {"formato": formato})
        assert respuesta.content.startswith(inicio)
        assert "attachment" in respuesta["Content-Disposition"]
        assert cliente.get(direccion).status_code == 405
        assert cliente.post(direccion, {"formato": "otro"}).status_code == 404


def test_los_botones_de_sacar_estan_en_el_cuadro(subir):
    cliente, _, carga = subir()
    cliente.post(f"{BASE}{carga.pk}/importar/")
    drenar()
    carga.refresh_from_db()
    assert 'value="ead3"' in cliente.get(f"/admin/cuadros/{carga.instrumento.cuadro_id}/").content.decode()


CON_RESERVA = """legacyId,parentId,title,levelOfDescription,accessConditions
1,,Fondo Díaz,Fondo,
2,1,Correspondencia,Serie,
3,1,Canario reservado,Serie,Reservado
4,2,Cartas de 1911,Expediente,
"""


def test_una_clase_reservada_de_un_fondo_recibido_no_se_ve_sin_derecho(subir, entrar, persona):
    cliente, _, carga = subir(CON_RESERVA)
    cliente.post(f"{BASE}{carga.pk}/importar/")
    drenar()
    clase = NivelClasificacion.objects.get(nombre="Canario reservado")
    coordinacion = entrar(persona("coordina", "coordinacion_archivos"))
    pagina = coordinacion.get(reverse("oficina_cuadro", args=[clase.cuadro_id]))
    assert pagina.status_code == 200 and "Correspondencia" in pagina.content.decode()
    assert "Canario" not in pagina.content.decode()
    assert coordinacion.get(reverse("oficina_clase", args=[clase.pk])).status_code == 404
    assert coordinacion.get(reverse("oficina_cuadro_exportar", args=[clase.cuadro_id, "cuadro", "csv"])).status_code == 404
    auditora = entrar(persona("audita", "auditoria"))
    assert "Canario reservado" in auditora.get(reverse("oficina_cuadro", args=[clase.cuadro_id])).content.decode()
