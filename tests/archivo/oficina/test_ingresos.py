"""Ingresar archivos por la oficina, ver cómo les fue y decidir sobre lo que no entró."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from archivo.catalogo.puerta import Item, fijar_acceso, tipo_de
from archivo.ingesta.puerta import Ingreso, procesar
from archivo.tareas.puerta import Trabajo, drenar

pytestmark = pytest.mark.django_db
INGRESAR = "/admin/ingresar/"


def archivo(nombre="nota.txt", contenido=b"Gaceta municipal\n\nSe publica el reglamento de mercados."):
    return SimpleUploadedFile(nombre, contenido)


def imagen():
    salida = BytesIO()
    Image.new("RGB", (40, 30), "green").save(salida, "JPEG")
    return salida.getvalue()


@pytest.fixture
def enviar(entrar, redactora, areas):
    def mandar(*archivos, usuario=None, **datos):
        cliente = entrar(usuario or redactora)
        campos = {"tipo": "publicacion", "acceso": "interno", "area": areas["CCS"].pk} | datos
        respuesta = cliente.post(INGRESAR, campos | {"archivos": list(archivos)})
        for ingreso in Ingreso.objects.pendientes():
            procesar(ingreso.pk)
        return respuesta

    return mandar


def test_sin_guion_un_formulario_manda_varios(enviar, redactora, entrar):
    respuesta = enviar(archivo("uno.txt"), archivo("dos.txt", b"Otro texto corrido, distinto del primero."))
    assert (respuesta.status_code, respuesta.url) == (302, "/admin/ingresos/")
    assert Ingreso.objects.filter(estado="aceptado", actor=redactora).count() == 2
    assert Trabajo.objects.filter(actor=redactora).count() == 2
    item = Item.objects.order_by("id").first()
    assert (item.tipo, item.estado, item.acceso, item.area.clave) == ("publicacion", "borrador", "interno", "CCS")
    lista = entrar(redactora).get("/admin/ingresos/").content.decode()
    assert "uno.txt" in lista and "Aceptado" in lista and f"/edit/{item.pk}/" in lista


def test_con_guion_contesta_json(entrar, redactora, areas):
    cliente = entrar(redactora)
    datos = {"tipo": "publicacion", "acceso": "interno", "area": areas["CCS"].pk, "archivos": [archivo()]}
    ingreso = cliente.post(INGRESAR, datos, headers={"accept": "application/json"}).json()["ingresos"][0]
    assert (ingreso["estado"], ingreso["terminado"]) == ("recibido", False)
    procesar(ingreso["id"])
    estado = cliente.get(f"/admin/ingresos/{ingreso['id']}/estado/").json()
    assert estado["terminado"] and estado["elemento"].startswith("/admin/elementos/publicacion/edit/")
    errores = cliente.post(INGRESAR, {"tipo": "publicacion"}, headers={"accept": "application/json"})
    assert errores.status_code == 400 and "Elija al menos un archivo." in errores.json()["errores"]


def test_las_propuestas_se_aceptan_o_corrigen(enviar, entrar, redactora):
    enviar(archivo())
    ingreso = Ingreso.objects.get()
    camino = f"/admin/ingresos/{ingreso.pk}/"
    cliente = entrar(redactora)
    pagina = cliente.get(camino)
    assert pagina.context["form"] is not None and "Lo que el archivo dice de sí" in pagina.content.decode()
    assert cliente.post(camino, {"titulo": "", "fecha": "nunca"}).context["form"].errors.keys() == {"titulo", "fecha"}
    respuesta = cliente.post(camino, {"titulo": "Reglamento de mercados", "fecha": "1987", "numero": "45 bis"})
    assert respuesta.status_code == 302
    item = tipo_de("publicacion").modelo.objects.get()
    assert (item.titulo, str(item.fecha), item.numero_texto) == ("Reglamento de mercados", "1987-01-01", "45 bis")
    assert "titulo" not in item.pendientes
    assert cliente.get(camino).context["form"] is None


def test_una_fotografia_se_cuelga_del_boletin(enviar, boletin):
    respuesta = enviar(archivo("foto.jpg", imagen()), destino=boletin.clave, rol="fotografia")
    assert respuesta.status_code == 302
    adjunto = boletin.adjuntos.get()
    assert (adjunto.nombre, adjunto.rol) == ("foto.jpg", "fotografia")
    assert Item.objects.count() == 1


def test_a_un_destino_ajeno_no_se_le_cuelga_nada(enviar, boletin, persona, areas):
    ajena = persona("ajena", "redaccion", area="OBR")
    respuesta = enviar(archivo(), usuario=ajena, destino=boletin.clave)
    assert respuesta.status_code == 422 and "No encontramos el documento" in respuesta.content.decode()
    assert not Ingreso.objects.exists()


def test_de_un_duplicado_reservado_no_se_sabe(enviar, persona, titular, entrar, areas):
    enviar(archivo())
    fijar_acceso(Item.objects.get(), "reservado", titular, "Prueba de daño")
    ajena = persona("ajena", "redaccion", area="OBR")
    enviar(archivo(), usuario=ajena, area=areas["OBR"].pk)
    segundo = Ingreso.objects.order_by("-id").first()
    assert segundo.estado == "aceptado" and Item.objects.count() == 2
    assert entrar(ajena).get(f"/admin/ingresos/{Ingreso.objects.order_by('id').first().pk}/").status_code == 404
    enviar(archivo())
    repetido = Ingreso.objects.order_by("-id").first()
    assert repetido.estado == "duplicado"


def test_lo_de_cuarentena_se_descarga_se_revisa_y_se_descarta(enviar, entrar, redactora):
    enviar(archivo("roto.pdf", b"%PDF-1.7\nesto no es un PDF\n%%EOF"))
    ingreso = Ingreso.objects.get()
    assert ingreso.estado == "cuarentena" and ingreso.motivo
    cliente = entrar(redactora)
    camino = f"/admin/ingresos/{ingreso.pk}/"
    assert "Revisar de nuevo" in cliente.get(camino).content.decode()
    bajado = cliente.get(f"{camino}descargar/")
    assert bajado["Content-Disposition"].startswith("attachment") and b"".join(bajado.streaming_content).startswith(b"%PDF")
    assert cliente.post(f"{camino}reintentar/").status_code == 302
    ingreso.refresh_from_db()
    assert ingreso.estado == "recibido" and Trabajo.objects.latest("id").descripcion == "Revisar de nuevo «roto.pdf»"
    drenar()
    cliente.post(f"{camino}descartar/", {"motivo": ""})
    ingreso.refresh_from_db()
    assert ingreso.estado == "cuarentena"
    cliente.post(f"{camino}descartar/", {"motivo": "Está dañado"})
    ingreso.refresh_from_db()
    assert ingreso.estado == "rechazado" and "Está dañado" in ingreso.motivo
    assert cliente.get(f"{camino}descargar/").status_code == 404


def test_quien_no_escribe_no_ingresa(entrar, persona):
    cliente = entrar(persona("auditora", "auditoria"))
    assert cliente.get(INGRESAR).status_code == 404
    assert cliente.post(INGRESAR, {"archivos": archivo()}).status_code == 404
