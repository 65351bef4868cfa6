"""Quién entra a qué pantalla, las reglas, el libro y lo que la máquina nota en un cotejo."""

import io
from datetime import date

import pytest
from PIL import Image, ImageChops, ImageDraw

from archivo.auditoria.puerta import Suceso
from certificaciones.oficina.celda import diferencias, region_del_original
from certificaciones.reglas.puerta import FacultadCertificacion, TextoDeCertificacion, cargar_reglas_de_muestra
from tests import fabricas
from tests.certificaciones.actos.mundo import oficina

PANTALLAS = {
    "/admin/solicitudes/": {
        "unidad_transparencia",
        "comite_transparencia",
        "titular",
        "archivo_tramite",
        "cotejo",
        "certificacion",
        "auditoria",
    },
    "/admin/solicitudes/nueva/": {"unidad_transparencia"},
    "/admin/cotejo/": {"cotejo", "archivo_tramite", "archivo_concentracion", "archivo_historico", "certificacion", "titular"},
    "/admin/libro/": {
        "unidad_transparencia",
        "comite_transparencia",
        "titular",
        "archivo_tramite",
        "cotejo",
        "certificacion",
        "auditoria",
    },
    "/admin/facultades/": {"administracion", "titular", "unidad_transparencia", "certificacion", "auditoria"},
    "/admin/facultades/new/": {"administracion", "titular"},
}
ROLES = (
    "unidad_transparencia",
    "titular",
    "cotejo",
    "certificacion",
    "redaccion",
    "administracion",
    "auditoria",
    "archivo_tramite",
)


@pytest.mark.parametrize("rol", ROLES)
def test_cada_rol_entra_a_lo_suyo_y_lo_demas_no_existe(client, db, rol):
    client.force_login(fabricas.persona(rol))
    entra = {direccion for direccion in PANTALLAS if client.get(direccion).status_code == 200}
    assert entra == {direccion for direccion, roles in PANTALLAS.items() if rol in roles}


@pytest.fixture
def administra(client, db):
    quien = fabricas.persona("administracion", nombre="admin")
    client.force_login(quien)
    return client


def datos_de_facultad(**cambios):
    base = {
        "persona": fabricas.persona("certificacion").pk,
        "cargo": "Directora",
        "tipo": "propia",
        "fundamento": "Artículo 15",
        "documento_soporte": "Nombramiento",
        "areas": [fabricas.area("CCS").pk],
        "vigente_desde": "2026-01-01",
    }
    return base | cambios


def test_registrar_una_facultad_queda_en_la_bitacora(administra):
    assert administra.post("/admin/facultades/new/", datos_de_facultad()).status_code == 302
    facultad = FacultadCertificacion.objects.get()
    assert [a.nombre for a in facultad.areas.all()] == ["CCS"]
    assert Suceso.objects.filter(clase="facultadcertificacion.creada", objeto=f"facultadcertificacion:{facultad.pk}").exists()


@pytest.mark.parametrize(("mal", "dice"), [({"areas": []}, "Elija las áreas"), ({"tipo": "suplencia"}, "a quién suple")])
def test_una_facultad_incompleta_se_rechaza_junto_a_su_campo(administra, mal, dice):
    assert dice in administra.post("/admin/facultades/new/", datos_de_facultad(**mal)).content.decode()
    assert not FacultadCertificacion.objects.exists()


def test_un_modelo_de_texto_sin_sus_partes_no_se_guarda(administra):
    cargar_reglas_de_muestra()
    texto = TextoDeCertificacion.objects.get(clave="modelo-1")
    datos = {
        "clave": "propio",
        "nombre": "Propio",
        "tipo_soporte": "original_autografo",
        "vigente_desde": "2026-01-01",
        "activo": "on",
    }
    sin_folio = administra.post(
        "/admin/textos_de_certificacion/new/", datos | {"cuerpo": texto.cuerpo.replace("{{ folio }}", "")}
    )
    assert "Falta el folio" in sin_folio.content.decode()
    assert administra.post("/admin/textos_de_certificacion/new/", datos | {"cuerpo": texto.cuerpo}).status_code == 302


def test_las_reglas_de_muestra_se_ven_como_tales(administra):
    cargar_reglas_de_muestra()
    for direccion in ("/admin/tabuladores/", "/admin/textos_de_certificacion/"):
        assert "De muestra" in administra.get(direccion).content.decode()


def test_las_reglas_no_se_borran(administra):
    cargar_reglas_de_muestra()
    texto = TextoDeCertificacion.objects.first()
    negada = administra.post(f"/admin/textos_de_certificacion/delete/{texto.pk}/")
    assert (negada.status_code, negada.url) == (302, "/admin/")
    assert TextoDeCertificacion.objects.filter(pk=texto.pk).exists()


def test_el_libro_se_exporta_y_se_cierra_con_su_acta(client, db):
    casa = oficina()
    client.force_login(casa.certificadora)
    base = f"/admin/libro/{casa.libro.pk}/"
    assert client.get(f"{base}libro.pdf").content.startswith(b"%PDF")
    assert client.post(f"{base}cerrar/").status_code == 302
    casa.libro.refresh_from_db()
    assert casa.libro.acta["texto"] in client.get(base).content.decode()
    client.force_login(fabricas.persona("cotejo"))
    assert "Cerrar el libro" not in client.get(base).content.decode()


def test_abrir_un_libro_da_el_primer_folio(client, db):
    client.force_login(fabricas.persona("titular"))
    anio = date.today().year
    respuesta = client.post("/admin/libro/", {"anio": anio, "prefijo": "CC"}, follow=True)
    assert f"CC/00001/{anio}" in respuesta.content.decode()
    otra = client.post("/admin/libro/", {"anio": anio, "prefijo": "CD"})
    assert "Ya está abierto" in otra.content.decode()


def hoja(*trazos):
    imagen = Image.new("RGB", (1120, 1450), "white")
    dibujo = ImageDraw.Draw(imagen)
    for y in range(100, 1300, 30):
        dibujo.text((100, y), "lo que dice la hoja " * 8, fill="black")
    for trazo in trazos:
        dibujo.ellipse(trazo, outline="red", width=6)
    return imagen


def test_la_maquina_nota_un_sello_que_falta_y_donde():
    original, copia = hoja((700, 1100, 900, 1250)), hoja()
    assert diferencias(original, original) == []
    [(x, y, w, h)] = diferencias(original, copia)
    assert 590 <= x <= 640 and 740 <= y <= 770 and x + w >= 800 and y + h >= 855


def test_ni_el_corrimiento_de_un_pixel_ni_el_suavizado_son_diferencias():
    original = hoja()
    corrida = ImageChops.offset(original, 1, 1)
    suavizada = original.resize((1000, 1295)).resize(original.size)
    comprimida = io.BytesIO()
    original.save(comprimida, "JPEG", quality=80)
    assert [diferencias(original, otra) for otra in (corrida, suavizada, Image.open(comprimida).convert("RGB"))] == [[], [], []]


@pytest.mark.parametrize(
    ("medida", "proporcion", "papel", "region"),
    [
        ((612, 826), 612 / 792, "foja", (0.0, 0.0, 1.0, 792 / 826)),
        ((468, 334), 1.0, "foja", (84 / 468, 0.0, 384 / 468, 300 / 334)),
        ((612, 792), 612 / 792, "carta", None),
    ],
)
def test_el_original_se_busca_arriba_y_al_centro_sobre_la_franja(medida, proporcion, papel, region):
    hallada = region_del_original(medida, proporcion, papel)
    assert hallada[1] == 0.0
    assert abs(hallada[0] + hallada[2] - 1) < 1e-9
    assert region is None or all(abs(a - b) < 1e-6 for a, b in zip(hallada, region, strict=True))
