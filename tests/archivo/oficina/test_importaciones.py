"""El asistente de importación: quién entra, qué se acomoda, qué se ensaya, qué entra y cómo se deshace."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from archivo.catalogo.puerta import Edicion, Item, guardar
from archivo.ingesta.importacion import servicio
from archivo.ingesta.importacion.gestion import aplicar
from archivo.ingesta.puerta import FilaImportada, Importacion
from archivo.tareas.puerta import EstadoDeTrabajo, Trabajo, drenar

pytestmark = pytest.mark.django_db
BASE = "/admin/importaciones/"
TABLA = "Título;Fecha de publicación;Dependencia;Nota\nUno;06/05/1994;Comunicación;x\nDos;1995;Comunicación;y\n"


@pytest.fixture
def subir(entrar, redactora):
    """Sube una tabla y da el cliente y la importación."""

    def mandar(contenido=TABLA, nombre="historicos.csv", usuario=None, tipo="boletin"):
        cliente = entrar(usuario or redactora)
        crudo = contenido if isinstance(contenido, bytes) else contenido.encode()
        respuesta = cliente.post(f"{BASE}nueva/", {"archivo": SimpleUploadedFile(nombre, crudo), "tipo": tipo})
        return cliente, respuesta, Importacion.objects.order_by("-pk").first()

    return mandar


def datos_de(cliente, importacion, **cambios):
    form = cliente.get(f"{BASE}{importacion.pk}/columnas/").context["form"]
    datos = {c.html_name: c.value() for c in form if c.value() not in (None, False)}
    return datos | {"accion": "ensayar"} | cambios


@pytest.fixture
def ensayar(subir):
    def hacer(*args, cambios=None, **kwargs):
        cliente, _, importacion = subir(*args, **kwargs)
        cliente.post(f"{BASE}{importacion.pk}/columnas/", datos_de(cliente, importacion, **(cambios or {})))
        drenar()
        importacion.refresh_from_db()
        return cliente, importacion

    return hacer


@pytest.fixture
def importar(ensayar):
    def hacer(*args, **kwargs):
        cliente, importacion = ensayar(*args, **kwargs)
        cliente.post(f"{BASE}{importacion.pk}/importar/")
        drenar()
        importacion.refresh_from_db()
        return cliente, importacion

    return hacer


def test_de_la_hoja_a_los_borradores(importar, areas, serie):
    cliente, importacion = importar()
    assert importacion.estado == "terminada" and importacion.recuento["creadas"] == 2
    uno, dos = Item.objects.order_by("fecha")
    assert (uno.titulo, str(uno.fecha), uno.area, uno.serie, uno.estado) == ("Uno", "1994-05-06", areas["CCS"], serie, "borrador")
    assert dos.fecha_parcial.precision == "anio"
    pagina = cliente.get(f"{BASE}{importacion.pk}/filas/").content.decode()
    assert "Uno" in pagina and f"/edit/{uno.pk}/" in pagina


def test_el_ensayo_no_escribe_y_dice_cuantas(ensayar, areas):
    cliente, importacion = ensayar()
    assert (importacion.estado, Item.objects.count(), FilaImportada.objects.count()) == ("ensayada", 0, 0)
    assert "Importar 2 filas" in cliente.get(f"{BASE}{importacion.pk}/").content.decode()


def test_la_vista_previa_ensena_las_filas_como_quedarian(subir, areas, serie):
    cliente, respuesta, importacion = subir()
    assert respuesta.status_code == 302
    previas = cliente.get(f"{BASE}{importacion.pk}/columnas/").context["previas"]
    assert [(p.numero, p.suerte, p.titulo, p.fecha, p.serie) for p in previas] == [
        (2, "nueva", "Uno", "06/05/1994", "Boletín"),
        (3, "nueva", "Dos", "1995", "Boletín"),
    ]
    assert Item.objects.count() == 0


def test_las_columnas_se_recuerdan_para_ese_encabezado(importar, subir, areas):
    importar(cambios={"columna_3": "extra.vocero", "campo_1": "autor", "valor_1": "Redacción"})
    _, _, otra = subir(TABLA.replace("Uno", "Tres"))
    assert otra.mapeo == ["titulo", "fecha", "dependencia", "extra.vocero"]
    assert otra.constantes["autor"] == "Redacción"
    _, _, de_otro_tipo = subir(tipo="publicacion")
    assert de_otro_tipo.mapeo[3] == ""


def test_las_columnas_se_comparten_y_las_constantes_son_de_quien_las_escribio(importar, subir, areas, titular, redactora):
    importar(cambios={"columna_3": "extra.vocero", "campo_1": "autor", "valor_1": "Fuente protegida"})
    _, _, ajena = subir(TABLA.replace("Uno", "Tres"), usuario=titular)
    assert ajena.mapeo[3] == "extra.vocero"
    assert "Fuente protegida" not in ajena.constantes.values()
    importar(TABLA.replace("Uno", "Cuatro"), usuario=titular, cambios={"campo_1": "lugar", "valor_1": "Centro"})
    _, _, propia = subir(TABLA.replace("Uno", "Cinco"), usuario=redactora)
    assert (propia.constantes.get("autor"), propia.constantes.get("lugar")) == ("Fuente protegida", None)


def test_con_todo_o_nada_una_fila_mala_no_deja_entrar_ninguna(ensayar, areas):
    mala = TABLA + "Tres;1996;Obras;z\n"
    cliente, importacion = ensayar(mala, cambios={"todo_o_nada": "si"})
    cliente.post(f"{BASE}{importacion.pk}/importar/")
    drenar()
    importacion.refresh_from_db()
    assert (importacion.estado, Item.objects.count()) == ("sin_efecto", 0)


def test_por_partes_entran_las_demas_y_la_lista_se_descarga_y_se_vuelve_a_subir(importar, subir, areas):
    mala = TABLA + "Tres;1996;Obras;z\n"
    cliente, importacion = importar(mala, cambios={"todo_o_nada": "no"})
    assert (importacion.estado, importacion.recuento["creadas"], importacion.recuento["rechazadas"]) == ("en_parte", 2, 1)
    assert Trabajo.objects.order_by("pk").last().estado == EstadoDeTrabajo.EN_PARTE
    csv = b"".join(cliente.get(f"{BASE}{importacion.pk}/errores.csv")).decode("utf-8-sig")
    encabezado, fila = csv.splitlines()
    assert encabezado == "Fila de origen,Campo con error,Motivo,Título,Fecha de publicación,Dependencia,Nota"
    assert fila.startswith("4,dependencia,") and fila.endswith("Tres,1996,Obras,z")
    _, _, otra = subir(csv.replace("Obras,z", "Comunicación,z"))
    assert otra.mapeo == ["", "", "", "titulo", "fecha", "dependencia", ""]


def test_deshacer_quita_lo_suyo_y_deja_lo_que_alguien_toco(importar, entrar, redactora, areas):
    cliente, importacion = importar()
    tocado = Item.objects.get(titulo="Dos")
    tocado.resumen = "Lo escribí después"
    guardar(tocado, Edicion(actor=redactora))
    previsto = cliente.get(f"{BASE}{importacion.pk}/deshacer/").context["previsto"]
    assert (previsto["quitada"], previsto["conservada"]) == (1, 1)
    cliente.post(f"{BASE}{importacion.pk}/deshacer/", {"motivo": "Archivo equivocado"})
    drenar()
    importacion.refresh_from_db()
    assert importacion.estado == "deshecha_en_parte"
    assert list(Item.objects.values_list("titulo", flat=True)) == ["Dos"]
    assert Trabajo.objects.order_by("pk").last().estado == EstadoDeTrabajo.EN_PARTE
    pagina = cliente.get(f"{BASE}{importacion.pk}/filas/").content.decode()
    assert "Uno" in pagina and "Alguien lo cambió después" in pagina


def test_un_libro_se_lee_por_la_hoja_que_se_elige(subir):
    libro = Workbook()
    libro.active.append(["Portada"])
    libro.active.append(["nada"])
    hoja = libro.create_sheet("Notas")
    hoja.append(["Título", "Fecha"])
    hoja.append(["Uno", 1994])
    salida = BytesIO()
    libro.save(salida)
    cliente, _, importacion = subir(salida.getvalue(), "notas.xlsx")
    assert importacion.encabezado == ["Portada"]
    cliente.post(f"{BASE}{importacion.pk}/columnas/", {"accion": "releer", "hoja": "Notas", "tipo": "boletin", "fechas": "dma"})
    importacion.refresh_from_db()
    assert (importacion.encabezado, importacion.mapeo) == (["Título", "Fecha"], ["titulo", "fecha"])


@pytest.mark.parametrize(
    ("contenido", "nombre", "dice"),
    [(b"", "vacio.csv", "encabezado"), (b"x", "foto.jpg", "se reciben archivos"), (b"PK", "falso.xlsx", "Excel")],
)
def test_lo_que_no_es_una_tabla_se_dice_y_no_queda_nada(subir, contenido, nombre, dice, settings):
    _, respuesta, importacion = subir(contenido or b"\n", nombre)
    assert respuesta.status_code == 422 and dice in respuesta.content.decode() and importacion is None
    assert [p for p in (settings.ACERVO_DATOS / "importaciones").rglob("*") if p.is_file()] == []


def test_dos_columnas_no_van_al_mismo_campo(subir, areas):
    cliente, _, importacion = subir()
    respuesta = cliente.post(f"{BASE}{importacion.pk}/columnas/", datos_de(cliente, importacion, columna_3="titulo"))
    assert respuesta.status_code == 422 and "mismo campo" in respuesta.content.decode()


def test_quien_no_importa_no_ve_el_asistente(entrar, persona):
    cliente = entrar(persona("auditora", "auditoria"))
    assert cliente.get(f"{BASE}nueva/").status_code == 404
    assert "Importar tablas" not in cliente.get("/admin/").content.decode()


def test_lo_ajeno_no_se_ve(subir, entrar, persona, areas):
    _, _, importacion = subir()
    cliente = entrar(persona("otra", "redaccion", area="OBR"))
    for cola in ("", "columnas/", "filas/", "errores.csv", "deshacer/"):
        assert cliente.get(f"{BASE}{importacion.pk}/{cola}").status_code == 404


def test_publicar_es_de_quien_es_titular(subir, titular, areas):
    cliente, _, importacion = subir()
    assert "publicar" not in cliente.get(f"{BASE}{importacion.pk}/columnas/").context["form"].fields
    cliente, _, importacion = subir(usuario=titular)
    assert "publicar" in cliente.get(f"{BASE}{importacion.pk}/columnas/").context["form"].fields


def test_monitoreo_sube_su_tablero_de_dieciocho_columnas(importar, persona):
    tablero = (
        "Año,# Mes,Mes,Fecha,Título de la nota,¿Es relevante?,Tema,Campaña,Radio,Televisión,Digitales,Impresos,Otros (redes),"
        "Informativo/Positivo/Negativo,Link,Autor,Publicación boletín,Resumen\n"
        "2024,5,Mayo,06/05/2024,Agua para todos,Sí,Agua,,,,,El Sol,,Positivo,,Ana Ruiz,,En breve\n"
    )
    _, importacion = importar(tablero, usuario=persona("monitora", "monitoreo"), tipo="recorte")
    assert (importacion.estado, importacion.acceso) == ("terminada", "restringido_derechos")
    nota = Item.objects.get()
    assert (nota.tipo, nota.medio.nombre, nota.autor, nota.resumen) == ("recorte", "El Sol", "Ana Ruiz", "En breve")
    assert (nota.ficha["tipo_medio"], nota.ficha["valoracion"], nota.ficha["relevante"]) == ("prensa", "positiva", True)
    assert [t.nombre for t in nota.temas.all()] == ["Agua"]


def test_el_trabajo_interrumpido_a_la_mitad_se_retoma_y_cuenta_todo_lo_que_entro(ensayar, areas, monkeypatch):
    monkeypatch.setattr(servicio, "FILAS_POR_LOTE", 1)
    _, importacion = ensayar()
    Importacion.objects.update(estado="importando")

    def morir(resultado):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        aplicar(importacion.pk, morir)
    assert (Item.objects.count(), FilaImportada.objects.count()) == (1, 1)
    recuento = aplicar(importacion.pk)
    assert (recuento["creadas"], recuento["sin_cambio"], Item.objects.count()) == (2, 0, 2)
    assert Importacion.objects.get().estado == "terminada"


def test_repetir_un_trabajo_que_entro_en_parte_no_lo_da_por_terminado(importar, areas):
    cliente, _ = importar(TABLA + "Tres;1996;Obras;z\n", cambios={"todo_o_nada": "no"})
    trabajo = Trabajo.objects.order_by("pk").last()
    cliente.post(f"{trabajo.get_absolute_url()}reintentar/")
    drenar()
    trabajo = Trabajo.objects.get(pk=trabajo.pk)
    assert (trabajo.estado, Item.objects.count()) == (EstadoDeTrabajo.EN_PARTE, 2)


def test_pedir_dos_veces_es_una(ensayar, areas):
    cliente, importacion = ensayar()
    for _ in range(2):
        cliente.post(f"{BASE}{importacion.pk}/importar/")
    assert Trabajo.objects.filter(descripcion__startswith="Importar").count() == 1


def test_un_trabajo_cancelado_no_deja_la_importacion_en_curso(ensayar, areas):
    cliente, importacion = ensayar()
    cliente.post(f"{BASE}{importacion.pk}/importar/")
    trabajo = Trabajo.objects.order_by("pk").last()
    cliente.post(f"{trabajo.get_absolute_url()}cancelar/")
    pagina = cliente.get(f"{BASE}{importacion.pk}/").content.decode()
    assert "Interrumpida" in pagina and "Continuar donde se quedó" in pagina
