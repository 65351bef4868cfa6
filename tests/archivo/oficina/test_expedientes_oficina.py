"""Los expedientes en la oficina: quién los ve, quién los lleva y lo que cada pantalla dice."""

import io
import json
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from archivo.archivistica.puerta import Documento, Expediente, cerrar_expediente, integrar
from archivo.auditoria.puerta import Suceso
from archivo.objetos.puerta import ruta_local
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(db):
    return fabricas.area("Comunicación")


@pytest.fixture
def archivista(area):
    return fabricas.persona("archivo_tramite", en=area)


@pytest.fixture
def como(client):
    """El navegador con la sesión de alguien."""

    def entrar(persona):
        client.force_login(persona)
        return client

    return entrar


def direccion(nombre, *argumentos):
    return reverse(f"oficina_{nombre}", args=argumentos)


CARATULA = {
    "titulo": "Boletines de enero a junio de 2026",
    "asunto": "Boletines emitidos",
    "fecha_apertura": "2026-01-05",
    "soporte": "papel",
    "tradicion": "original",
    "edificio": "Archivo de trámite",
    "acceso": "publico",
}


def test_abrir_muestra_las_razones_y_luego_el_codigo(como, archivista, area):
    datos = CARATULA | {"area": area.pk, "serie": mundo.serie().pk, "responsable": archivista.pk}
    navegador = como(archivista)
    rechazo = navegador.post(direccion("expediente_abrir"), datos | {"titulo": "Varios"})
    assert rechazo.status_code == 422
    assert "no dice de qué trata" in rechazo.content.decode()
    respuesta = navegador.post(direccion("expediente_abrir"), datos, follow=True)
    assert "AE/9C/9C.7/1/2026" in respuesta.content.decode()


def test_quien_no_lleva_expedientes_no_los_abre_ni_cierra(como, area):
    exp = mundo.expediente(area)
    mundo.integrados(exp)
    navegador = como(fabricas.persona("redaccion", en=area))
    assert navegador.get(direccion("expediente", exp.clave)).status_code == 200
    assert "Integrar documentos" not in navegador.get(direccion("expediente", exp.clave)).content.decode()
    assert navegador.get(direccion("expediente_abrir")).status_code == 404
    for nombre in ("expediente_cerrar", "expediente_integrar", "expediente_corregir", "expediente_reabrir"):
        assert navegador.get(direccion(nombre, exp.clave)).status_code == 404
        assert navegador.post(direccion(nombre, exp.clave), {"fecha_cierre": "2026-06-30"}).status_code == 404
    exp.refresh_from_db()
    assert exp.estado == "abierto"


def test_lo_que_no_se_puede_ver_es_404_en_toda_pantalla_y_no_esta_en_la_lista(como, area):
    exp = mundo.expediente(area, acceso="reservado", titulo="Palabra canaria del expediente")
    mundo.integrados(exp)
    cerrar_expediente(exp, None)
    navegador = como(fabricas.persona("redaccion", en=fabricas.area("Obras")))
    for nombre in ("expediente", "expediente_historia", "expediente_caratula"):
        assert navegador.get(direccion(nombre, exp.clave)).status_code == 404
    assert navegador.get(f"{direccion('expediente_etiquetas', 'lomos')}?e={exp.clave}").status_code == 404
    assert navegador.get(direccion("expediente_indice", exp.clave, 1, "json")).status_code == 404
    lista = navegador.get(direccion("expedientes"), {"q": "canaria"}).content.decode()
    assert exp.codigo not in lista
    inventario = b"".join(navegador.get(direccion("expediente_inventario", "general", "csv")).streaming_content).decode()
    assert "canaria" not in inventario


def test_ver_uno_reservado_deja_constancia(como, archivista, area):
    exp = mundo.expediente(area, acceso="reservado")
    como(archivista).get(direccion("expediente", exp.clave))
    suceso = Suceso.objects.get(clase="expediente.consultado")
    assert (suceso.actor, suceso.objeto) == (archivista, f"expediente:{exp.clave}")


def test_el_registro_muestra_solo_los_documentos_que_el_lector_ve(como, area):
    exp = mundo.expediente(area)
    publico = mundo.con_archivo(titulo="Documento a la vista", area=area)
    cerrado = mundo.con_archivo(titulo="Documento canario", area=area, acceso="reservado")
    integrar(exp, [Documento(publico), Documento(cerrado)], None)
    cerrar_expediente(exp, None)
    navegador = como(fabricas.persona("redaccion", en=fabricas.area("Obras")))
    pagina = navegador.get(direccion("expediente", exp.clave)).content.decode()
    assert "Documento a la vista" in pagina
    assert "Documento canario" not in pagina
    assert "Versiones del índice" not in pagina
    assert navegador.get(direccion("expediente_indice", exp.clave, 1, "json")).status_code == 404
    assert navegador.post(direccion("expediente_verificar", exp.clave)).status_code == 404


def test_se_integran_los_marcados_y_los_escritos(como, archivista, area):
    exp = mundo.expediente(area, actor=archivista)
    uno, otro = mundo.con_archivo(area=area, dia=date(2026, 2, 2)), mundo.con_archivo(area=area, dia=date(2026, 2, 1))
    datos = {"marcados": [uno.clave], "claves": f"{otro.clave}, ", "caras": "anverso", "ejemplar": "original", "papel": "auto"}
    respuesta = como(archivista).post(direccion("expediente_integrar", exp.clave), datos, follow=True)
    assert "Se integraron 2 documentos" in respuesta.content.decode()
    assert list(exp.integraciones.en_orden().values_list("item_id", flat=True)) == [otro.pk, uno.pk]


@pytest.mark.parametrize(
    ("claves", "fojas", "dice"),
    [
        ("no-existe", {}, "No encontramos"),
        ("", {}, "al menos un documento"),
        (None, {"foja_inicial": 5, "foja_final": 9}, "faltarían fojas"),
        (None, {"foja_inicial": 5}, "o ninguna"),
    ],
)
def test_lo_que_no_se_integra_dice_por_que(como, archivista, area, claves, fojas, dice):
    exp = mundo.expediente(area, actor=archivista)
    claves = mundo.con_archivo(area=area).clave if claves is None else claves
    datos = {"claves": claves, "caras": "anverso", "ejemplar": "original", "papel": "auto"} | fojas
    respuesta = como(archivista).post(direccion("expediente_integrar", exp.clave), datos)
    assert respuesta.status_code == 422
    assert dice in respuesta.content.decode()


def test_la_lista_de_cierre_el_cierre_y_la_reapertura(como, archivista, area):
    exp = mundo.expediente(area, actor=archivista)
    navegador = como(archivista)
    falta = navegador.post(direccion("expediente_cerrar", exp.clave), {"fecha_cierre": "2026-06-30"})
    assert falta.status_code == 422
    assert "Integre los documentos" in falta.content.decode()
    mundo.integrados(exp)
    pagina = navegador.post(
        direccion("expediente_cerrar", exp.clave), {"fecha_cierre": "2026-06-30"}, follow=True
    ).content.decode()
    assert "Se cerró el expediente" in pagina
    assert "Versiones del índice" in pagina
    sin_motivo = navegador.post(direccion("expediente_reabrir", exp.clave), {"motivo": ""})
    assert sin_motivo.status_code == 422
    navegador.post(direccion("expediente_reabrir", exp.clave), {"motivo": "Faltó un oficio"})
    historia = navegador.get(direccion("expediente_historia", exp.clave)).content.decode()
    assert "Se reabrió" in historia
    assert "Faltó un oficio" in historia


def test_el_indice_se_descarga_y_se_verifica_y_un_byte_alterado_se_dice(como, archivista, area):
    exp = mundo.expediente(area)
    mundo.integrados(exp)
    indice = cerrar_expediente(exp, None)
    navegador = como(archivista)
    bajado = navegador.get(direccion("expediente_indice", exp.clave, 1, "json"))
    assert bajado.content == bytes(indice.contenido_json)
    assert json.loads(bajado.content)["version"] == 1
    assert navegador.get(direccion("expediente_indice", exp.clave, 1, "xml")).content == bytes(indice.contenido_xml)
    assert "Íntegro" in navegador.post(direccion("expediente_verificar", exp.clave)).content.decode()
    objeto = exp.integraciones.first().item.adjuntos.get().objeto
    ruta_local(objeto).unlink()
    pagina = navegador.post(direccion("expediente_verificar", exp.clave)).content.decode()
    assert objeto.sha256 in pagina
    assert "falta el archivo" in pagina


def test_corregir_lo_cerrado_solo_deja_lo_que_no_esta_en_el_indice(como, archivista, area):
    exp = mundo.expediente(area, actor=archivista)
    mundo.integrados(exp)
    cerrar_expediente(exp, archivista)
    pagina = como(archivista).get(direccion("expediente_corregir", exp.clave)).content.decode()
    assert 'name="caja"' in pagina
    assert 'name="titulo"' not in pagina
    datos = {
        "caja": "7",
        "edificio": "Central",
        "acceso": "interno",
        "responsable": archivista.pk,
        "clasificacion_acta": "CT/1/2026",
    }
    respuesta = como(archivista).post(direccion("expediente_corregir", exp.clave), datos)
    assert respuesta.status_code == 302
    exp.refresh_from_db()
    assert (exp.caja, exp.acceso, exp.clasificacion) == ("7", "interno", {"acta": "CT/1/2026"})


def test_corregir_lo_abierto_guarda_todo(como, archivista, area):
    exp = mundo.expediente(area, actor=archivista)
    datos = CARATULA | {"titulo": "Boletines y avisos de 2026", "responsable": archivista.pk, "version_publica": "true"}
    respuesta = como(archivista).post(direccion("expediente_corregir", exp.clave), datos)
    assert respuesta.status_code == 302
    exp.refresh_from_db()
    assert (exp.titulo, exp.clasificacion) == ("Boletines y avisos de 2026", {"version_publica": True})


def test_los_pdf_y_los_inventarios_se_abren(como, archivista, area):
    exp = mundo.expediente(area)
    mundo.integrados(exp)
    navegador = como(archivista)
    direcciones = [direccion("expediente_caratula", exp.clave)]
    direcciones += [f"{direccion('expediente_etiquetas', que)}?e={exp.clave}" for que in ("lomos", "cajas")]
    for una in direcciones:
        assert navegador.get(una).content.startswith(b"%PDF")
    libro = navegador.get(direccion("expediente_inventario", "fuid", "xlsx"), {"area": area.pk})
    hoja = openpyxl.load_workbook(io.BytesIO(libro.content)).active
    assert hoja["B5"].value == exp.codigo
    assert navegador.get(direccion("expediente_etiquetas", "lomos")).status_code == 404
    assert navegador.get("/admin/expedientes/inventario/otro.csv").status_code == 404


def test_la_lista_filtra_y_no_gasta_consultas_de_mas(como, archivista, area, django_assert_max_num_queries):
    hechos = [mundo.expediente(area) for _ in range(12)]
    navegador = como(archivista)
    navegador.get(direccion("expedientes"))
    with django_assert_max_num_queries(30):
        pagina = navegador.get(
            direccion("expedientes"), {"area": area.pk, "estado": "abierto", "apertura": 2026}
        ).content.decode()
    assert all(e.codigo in pagina for e in hechos)
    assert hechos[0].codigo not in navegador.get(direccion("expedientes"), {"apertura": 1999}).content.decode()
    hallada = navegador.get(direccion("expedientes"), {"q": "AE/9C/9C.7/12/"}).content.decode()
    assert hechos[11].codigo in hallada
    assert hechos[0].codigo not in hallada


def test_la_pagina_del_documento_dice_su_expediente_y_ofrece_integrarlo(como, archivista, area):
    exp, item = mundo.expediente(area, actor=archivista), mundo.con_archivo(area=area)
    navegador = como(archivista)
    elegir = navegador.get(direccion("expediente_elegir", item.clave))
    assert exp.codigo in elegir.content.decode()
    integrar(exp, [Documento(item)], archivista)
    consulta = f"/admin/snippets/catalogo/boletin/inspect/{item.pk}/"
    respuesta = navegador.get(consulta)
    pagina = (
        navegador.get(enlace_de(navegador, item)).content.decode() if respuesta.status_code == 404 else respuesta.content.decode()
    )
    assert exp.codigo in pagina


def enlace_de(navegador, item):
    """La dirección con que la lista de expedientes lleva al documento."""
    expediente = Expediente.objects.get(integraciones__item_id=item.pk)
    pagina = navegador.get(direccion("expediente", expediente.clave)).content.decode()
    return pagina.split('of-titulo-largo"><a href="')[1].split('"')[0]


def test_mover_y_reclasificar_desde_la_pantalla(como, archivista, area):
    uno, otro = mundo.expediente(area, actor=archivista), mundo.expediente(area, actor=archivista)
    filas = mundo.integrados(uno, area=area)
    navegador = como(archivista)
    navegador.post(direccion("expediente_mover", uno.clave, filas[1].pk), {"hacia": "arriba"})
    assert [i.pk for i in uno.integraciones.en_orden()] == [filas[1].pk, filas[0].pk, filas[2].pk]
    navegador.post(direccion("expediente_paso", uno.clave, "orden"))
    assert [i.pk for i in uno.integraciones.en_orden()] == [f.pk for f in filas]
    hacia = direccion("expediente_reclasificar", uno.clave, filas[0].pk)
    assert navegador.post(hacia, {"destino": "AE/NO", "acuerdo": "A"}).status_code == 422
    assert navegador.post(hacia, {"destino": otro.codigo, "acuerdo": "Acuerdo 9"}).status_code == 302
    assert otro.integraciones.get().item_id == filas[0].item_id


def test_lo_integrado_sin_fojas_se_folia_desde_su_renglon(como, archivista, area):
    exp = mundo.expediente(area)
    [fila] = integrar(exp, [Documento(mundo.con_archivo(area=area), fojas=0)], None)
    navegador = como(archivista)
    destino = direccion("expediente_foliar", exp.clave, fila.pk)
    assert destino in navegador.get(direccion("expediente", exp.clave)).content.decode()
    assert "La que sigue es la <strong>1</strong>" in navegador.get(destino).content.decode()
    dos_cosas = navegador.post(destino, {"caras": "anverso", "fojas": 2, "foja_inicial": 1, "foja_final": 2})
    assert (dos_cosas.status_code, "no las dos cosas" in dos_cosas.content.decode()) == (422, True)
    con_hueco = navegador.post(destino, {"caras": "anverso", "foja_inicial": 4, "foja_final": 5})
    assert (con_hueco.status_code, "faltarían" in con_hueco.content.decode()) == (422, True)
    pagina = navegador.post(destino, {"caras": "anverso", "fojas": 1}, follow=True).content.decode()
    assert "El documento quedó foliado: 1." in pagina
    assert "<td>1</td>" in pagina
    assert "1–1" not in pagina
    assert destino not in pagina
    navegador = como(fabricas.persona("redaccion", en=area))
    assert navegador.get(destino).status_code == 404
