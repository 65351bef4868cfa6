"""Sesiones fotográficas por la oficina: abrirlas, subir, la mesa de luz y quién puede qué."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.models import Adjunto
from archivo.catalogo.puerta import Edicion, Item, fijar_acceso, guardar, huella_de_foto, tipo_de
from archivo.ingesta.puerta import Ingreso, procesar
from archivo.objetos.puerta import ObjetoDigital
from tests import fabricas
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db


@pytest.fixture
def fotografa(persona):
    return persona("fotografa", "fotografia_video", area="CCS")


@pytest.fixture
def album(areas, fotografa):
    """Un álbum en borrador del área, sin fotografías."""
    nuevo = tipo_de("audiovisual").modelo(
        titulo="Jornada de salud", area=areas["CCS"], ficha={"clase": "album_fotografico", "autor_captura": "L. Soto"}
    )
    return guardar(nuevo, Edicion(actor=fotografa))


def con_fotos(item, cuantas, **campos):
    desde = ObjetoDigital.objects.count()
    objetos = ObjetoDigital.objects.bulk_create(
        ObjetoDigital(sha256=f"{n:064x}", bytes=1, mime="image/jpeg") for n in range(desde, desde + cuantas)
    )
    comunes = {"rol": "fotografia", "acceso": "interno", "acceso_efectivo": "interno"} | campos
    Adjunto.objects.bulk_create(
        Adjunto(item=item, objeto=o, nombre=f"{n}.jpg", orden=n, **comunes) for n, o in enumerate(objetos)
    )
    return item


def foto(n, *, con_posicion=False):
    salida = BytesIO()
    Image.new("RGB", (64, 48), (n % 256, 40, 90)).save(salida, "JPEG")
    return fabrica.imagen("JPEG", (64 + n, 48), con_posicion=True) if con_posicion else salida.getvalue()


def subir(cliente, item, *contenidos, **opciones):
    archivos = [SimpleUploadedFile(f"DSC_{n:03}.jpg", c, "image/jpeg") for n, c in enumerate(contenidos)]
    respuesta = cliente.post(f"/admin/sesiones/{item.clave}/subir/", {"archivos": archivos}, **opciones)
    for ingreso in Ingreso.objects.pendientes().order_by("pk"):
        procesar(ingreso.pk)
    return respuesta


def valores(item, *uno):
    return [f"{a.pk}:{huella_de_foto(a)}" for a in uno or item.adjuntos.all()]


def mesa(item):
    return f"/admin/sesiones/{item.clave}/mesa/"


def test_abrir_una_sesion_crea_el_album_de_su_area_y_lo_une_al_evento(entrar, fotografa, areas):
    evento = fabricas.elemento("evento", titulo="Jornada en Guadalupe", area=areas["CCS"], estado="publicado")
    cliente = entrar(fotografa)
    pagina = cliente.get(f"/admin/sesiones/nueva/?evento={evento.clave}").content.decode()
    envio = pagina.split('name="envio" value="')[1].split('"')[0]
    datos = {
        "titulo": "Jornada de salud", "fecha": "2026-11-20", "lugar": "Guadalupe", "area": areas["CCS"].pk, "autor_captura": "L. Soto",
        "credito": "CCS", "evento": evento.clave, "envio": envio,
    }  # fmt: skip
    respuesta = cliente.post("/admin/sesiones/nueva/", datos)
    album = Item.objects.get(tipo="audiovisual")
    assert respuesta.url == f"/admin/sesiones/{album.clave}/subir/"
    assert (album.estado, album.acceso, album.area, album.ficha["clase"]) == (
        "borrador",
        "interno",
        areas["CCS"],
        "album_fotografico",
    )
    assert album.relaciones.get().destino_id == evento.pk
    assert cliente.post("/admin/sesiones/nueva/", datos).url == respuesta.url
    assert Item.objects.filter(tipo="audiovisual").count() == 1
    lista = cliente.get("/admin/sesiones/").content.decode()
    assert "Jornada de salud" in lista and "Nueva sesión" in lista
    falta = cliente.post("/admin/sesiones/nueva/", {"titulo": "", "evento": "no existe"})
    assert falta.status_code == 422 and "No encontramos el evento" in falta.content.decode()


def test_subir_guarda_el_original_intacto_y_repetir_no_hace_nada(entrar, fotografa, album):
    cliente = entrar(fotografa)
    contenidos = [foto(n, con_posicion=True) for n in range(3)]
    assert subir(cliente, album, *contenidos).status_code == 302
    assert [a.objeto.sha256 for a in album.adjuntos.all()] == [hashlib.sha256(c).hexdigest() for c in contenidos]
    assert set(album.adjuntos.values_list("rol", "acceso")) == {("fotografia", "interno")}
    subir(cliente, album, *contenidos)
    assert album.adjuntos.count() == 3
    assert Ingreso.objects.filter(estado="duplicado").count() == 3
    conocidas = cliente.get(f"/admin/sesiones/{album.clave}/subir/avance.json").json()["conocidas"]
    assert set(conocidas) == {hashlib.sha256(c).hexdigest() for c in contenidos}


def test_lo_que_no_entra_dice_por_que_y_el_avance_cuenta(entrar, fotografa, album):
    cliente = entrar(fotografa)
    respuesta = subir(cliente, album, foto(1), b"%PDF-1.4 no es foto", headers={"accept": "application/json"}).json()
    desde = respuesta["ingresos"][0]["id"]
    dichos = cliente.get(f"/admin/sesiones/{album.clave}/subir/avance.json?desde={desde}").json()["ingresos"]
    assert [d["estado"] for d in dichos] == ["aceptado", "rechazado"]
    pagina = cliente.get(f"/admin/sesiones/{album.clave}/subir/").content.decode()
    assert "1 archivo; 1 no entró" in pagina and "sólo entran fotografías" in pagina
    vacio = cliente.post(f"/admin/sesiones/{album.clave}/subir/", {}, headers={"accept": "application/json"})
    assert vacio.status_code == 400 and vacio.json()["errores"] == ["Elija al menos un archivo."]


def test_lo_que_quedo_en_cuarentena_se_vuelve_a_revisar_junto(entrar, fotografa, album):
    cliente = entrar(fotografa)
    subir(cliente, album, b"\xff\xd8\xff\xe0 cortada", b"\xff\xd8\xff\xe0 otra cortada")
    assert Ingreso.objects.filter(estado="cuarentena").count() == 2
    assert "Volver a revisar" in cliente.get(f"/admin/sesiones/{album.clave}/subir/").content.decode()
    cliente.post(f"/admin/sesiones/{album.clave}/subir/reintentar/")
    assert Ingreso.objects.filter(estado="recibido").count() == 2


def consultas(cliente, direccion):
    with CaptureQueriesContext(connection) as hechas:
        assert cliente.get(direccion).status_code == 200
    return len(hechas)


def test_la_mesa_de_luz_hace_las_mismas_consultas_con_pocas_que_con_mil(entrar, fotografa, album):
    cliente = entrar(fotografa)
    con_fotos(album, 20)
    consultas(cliente, mesa(album))
    pocas = consultas(cliente, mesa(album))
    con_fotos(album, 180)
    assert consultas(cliente, mesa(album)) == pocas
    con_fotos(album, 800)
    assert consultas(cliente, mesa(album)) == pocas
    assert consultas(cliente, f"{mesa(album)}?filtro=sin-pie&p=3") == pocas


def test_la_captura_y_la_pagina_publica_tampoco_crecen_con_mil_archivos(entrar, fotografa, album, client):
    cliente = entrar(fotografa)
    captura = f"/admin/elementos/audiovisual/edit/{album.pk}/"
    con_fotos(album, 21)
    consultas(cliente, captura)
    pocas = consultas(cliente, captura)
    publica = consultas(cliente, album.get_absolute_url())
    derechos = consultas(cliente, f"/admin/derechos/{album.clave}/")
    con_fotos(album, 979, acceso="confidencial", acceso_efectivo="confidencial")
    assert consultas(cliente, captura) == pocas
    assert consultas(cliente, album.get_absolute_url()) == publica
    assert consultas(cliente, f"/admin/derechos/{album.clave}/") == derechos
    dicho = cliente.get(captura).content.decode()
    assert f'href="{mesa(album)}"' in dicho and "adjunto-" not in dicho


def test_describir_las_marcadas_con_un_solo_documento(entrar, fotografa, album):
    cliente = entrar(fotografa)
    con_fotos(album, 4)
    documento = SimpleUploadedFile("permiso.pdf", b"%PDF-1.4 firmado", "application/pdf")
    datos = {
        "accion": "describir", "fotos": valores(album)[:3], "pie": "Brigada", "modo": "falta", "seleccionada": "si", "menores": "si",
        "consentimiento": "otorgado", "documento": documento,
    }  # fmt: skip
    respuesta = cliente.post(f"{mesa(album)}?filtro=sin-pie", datos)
    assert respuesta.url == f"{mesa(album)}?filtro=sin-pie"
    tres = Adjunto.objects.filter(pie="Brigada", seleccionada=True, menores=True, consentimiento="otorgado")
    assert tres.count() == 3
    assert tres.values("consentimiento_objeto").distinct().count() == 1
    assert cliente.post(mesa(album), {"accion": "mover", "fotos": valores(album)[3:], "lugar": "1"}).status_code == 302
    assert album.adjuntos.first().pie == ""


def test_lo_mal_escrito_no_pierde_las_marcas_y_el_choque_se_dice(entrar, fotografa, album, titular):
    cliente = entrar(fotografa)
    con_fotos(album, 3)
    vistas = valores(album)
    mal = cliente.post(
        mesa(album), {"accion": "describir", "fotos": vistas[:2], "modo": "falta", "consentimiento": "otorgado", "menores": "si"}
    )
    assert mal.status_code == 422 and mal.content.decode().count(" checked> <span>") == 2
    Adjunto.objects.filter(nombre="1.jpg").update(pie="De otra persona")
    choque = cliente.post(mesa(album), {"accion": "describir", "fotos": vistas, "modo": "sustituir", "pie": "Mío"})
    assert choque.status_code == 409 and "Otra persona cambió «1.jpg»" in choque.content.decode()
    assert list(album.adjuntos.exclude(pie="").values_list("pie", flat=True)) == ["De otra persona"]
    breve = cliente.post(mesa(album), {"accion": "seleccionar", "fotos": vistas}, headers={"accept": "application/json"})
    assert breve.status_code == 409 and "Otra persona" in breve.json()["errores"][0]


def test_sin_guion_se_toman_todas_las_de_la_hoja_y_con_el_contesta_lo_que_cambio(entrar, fotografa, album):
    cliente = entrar(fotografa)
    con_fotos(album, 3)
    cliente.post(mesa(album), {"accion": "seleccionar", "pagina": valores(album), "todas": "1"})
    assert album.adjuntos.filter(seleccionada=True).count() == 3
    primera = album.adjuntos.first()
    fuera = {"accion": "quitar_seleccion", "fotos": valores(album, primera)}
    cuerpo = cliente.post(mesa(album), fuera, headers={"accept": "application/json"}).json()
    assert cuerpo["seleccionadas"] == 2
    primera.refresh_from_db()
    assert cuerpo["fotos"][str(primera.pk)] == {"valor": valores(album, primera)[0], "seleccionada": False}


def test_una_en_grande_muestra_lo_que_trae_sin_aplicarlo_y_sigue_con_la_siguiente(entrar, fotografa, album):
    cliente = entrar(fotografa)
    con_fotos(album, 2, datos={"toma": {"pie": "De la cámara", "fecha": "2024-01-02T03:04:05"}})
    primera, segunda = album.adjuntos.all()
    direccion = f"/admin/sesiones/{album.clave}/fotos/{primera.pk}/"
    pagina = cliente.get(direccion).content.decode()
    assert "De la cámara" in pagina and "2024-01-02 03:04" in pagina
    datos = {"version": huella_de_foto(primera), "pie": "", "consentimiento": "no_requiere", "acceso": "interno"}
    usado = cliente.post(direccion, datos | {"usar": "pie"}).content.decode()
    assert "De la cámara</textarea>" in usado.replace("\n", "")
    primera.refresh_from_db()
    assert (primera.pie, album.fecha) == ("", None)
    guardada = cliente.post(direccion, datos | {"pie": "Mío", "seleccionada": "on", "siguiente": "1"})
    assert guardada.url == f"/admin/sesiones/{album.clave}/fotos/{segunda.pk}/"
    primera.refresh_from_db()
    assert (primera.pie, primera.seleccionada, primera.acceso) == ("Mío", True, "interno")
    vieja = cliente.post(direccion, datos | {"pie": "Tarde"})
    assert vieja.status_code == 422 and "Otra persona cambió" in vieja.content.decode()


def test_solo_su_area_y_nadie_ve_lo_que_no_le_toca(entrar, fotografa, album, persona, boletin):
    con_fotos(album, 2)
    oculta = album.adjuntos.last()
    Adjunto.objects.filter(pk=oculta.pk).update(acceso="confidencial", acceso_efectivo="confidencial")
    una = album.adjuntos.first()
    rutas = [mesa(album), f"/admin/sesiones/{album.clave}/subir/", f"/admin/sesiones/{album.clave}/fotos/{una.pk}/",
             f"/admin/sesiones/{album.clave}/fotos/{una.pk}/imagen/"]  # fmt: skip
    for ajena in (
        persona("deobras", "fotografia_video", area="OBR"),
        persona("audita", "auditoria"),
        persona("monitor", "monitoreo", area="CCS"),
    ):
        cliente = entrar(ajena)
        assert {cliente.get(r).status_code for r in rutas} <= {404}
        assert album.titulo not in cliente.get("/admin/sesiones/").content.decode()
    cliente = entrar(fotografa)
    pagina = cliente.get(mesa(album)).content.decode()
    assert f'data-foto="{una.pk}"' in pagina and f'data-foto="{oculta.pk}"' not in pagina
    assert cliente.get(f"/admin/sesiones/{album.clave}/fotos/{oculta.pk}/").status_code == 404
    assert cliente.get(f"/admin/sesiones/{album.clave}/fotos/{oculta.pk}/imagen/").status_code == 404
    assert cliente.post(mesa(album), {"accion": "seleccionar", "fotos": valores(album, oculta)}).status_code == 422
    assert '<option value="publico"' not in pagina and "El del álbum (interno)" in pagina
    assert cliente.get(f"/admin/sesiones/{boletin.clave}/subir/").status_code == 404


def test_mirar_un_album_interno_queda_anotado_y_lo_reservado_cada_vez(entrar, fotografa, album, titular):
    con_fotos(album, 1, acceso="reservado", acceso_efectivo="reservado")
    cliente = entrar(titular)
    cliente.get(mesa(album))
    antes = sucesos_de(f"item:{album.clave}").filter(clase="item.consultado").count()
    cliente.get(mesa(album))
    assert sucesos_de(f"item:{album.clave}").filter(clase="item.consultado").count() == antes + 1


def test_un_album_apartado_por_otra_persona_se_ve_y_no_se_cambia(entrar, fotografa, album, titular):
    con_fotos(album, 1)
    Item.objects.filter(pk=album.pk).update(locked=True, locked_by=titular, locked_at=timezone.now() - timedelta(minutes=1))
    cliente = entrar(fotografa)
    assert "Otra persona apartó" in cliente.get(mesa(album)).content.decode()
    assert cliente.post(mesa(album), {"accion": "seleccionar", "fotos": valores(album)}).status_code == 422
    assert not album.adjuntos.filter(seleccionada=True).exists()


def test_e7_de_la_camara_al_publico_sin_posicion_y_solo_lo_que_se_abrio(entrar, fotografa, album, client):
    cliente = entrar(fotografa)
    contenidos = [foto(n, con_posicion=True) for n in range(12)]
    subir(cliente, album, *contenidos)
    cliente.post(mesa(album), {"accion": "seleccionar", "fotos": valores(album)[:5]})
    cliente.post(mesa(album), {"accion": "describir", "fotos": valores(album)[:1], "modo": "falta", "menores": "si"})
    cliente.post(mesa(album), {"accion": "describir", "fotos": valores(album)[:3], "modo": "falta", "acceso": "del_elemento"})
    Item.objects.filter(pk=album.pk).update(estado="publicado")
    album.refresh_from_db()
    fijar_acceso(album, "publico", None)
    cliente.post(mesa(album), {"accion": "describir", "fotos": valores(album)[4:], "modo": "falta", "acceso": "del_elemento"})
    assert '<strong class="ses-num">2</strong> publicadas' in cliente.get(mesa(album)).content.decode()
    client.logout()
    publica = client.get(album.get_absolute_url()).content.decode()
    assert "Fotografía 1 de 2" in publica and "12" not in publica.split("Fotografía 1 de 2")[1].split("</figure>")[0]
    assert "En el archivo" not in publica
    detenida, abierta = album.adjuntos.all()[:2]
    base = f"/elemento/{album.clave}"
    assert client.get(f"{base}/imagen/{detenida.objeto.sha256}/1/").status_code == 404
    copia = b"".join(client.get(f"{base}/archivo/{abierta.objeto.sha256}/").streaming_content)
    assert not Image.open(BytesIO(copia)).getexif().get_ifd(0x8825)
    assert Image.open(BytesIO(contenidos[1])).getexif().get_ifd(0x8825)
    assert abierta.objeto.sha256 == hashlib.sha256(contenidos[1]).hexdigest()
