"""La bandeja: a cada quien lo suyo, por plazo y edad, hasta un tope y con un número fijo de consultas."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Edicion, Item, guardar, tipo_de, transitar
from archivo.ingesta.puerta import Pedido, procesar, recibir
from archivo.oficina import bandeja as modulo_bandeja
from archivo.oficina.bandeja import recoger
from archivo.registros import Asunto, aportaciones, asuntos
from archivo.tareas.puerta import drenar, encargar
from tests.archivo.tareas.tareas_de_prueba import a_medias

pytestmark = pytest.mark.django_db
BANDEJA = "/admin/bandeja/"


def grupos_de(respuesta):
    return {g.modulo.clave: [r.asunto.titulo for r in g.renglones] for g in respuesta.context["grupos"]}


@pytest.fixture
def modulo_prestado(monkeypatch):
    """Un módulo ajeno que dice los asuntos que la prueba le da."""
    monkeypatch.setattr(aportaciones, "asuntos", {})

    def prestar(*dichos):
        asuntos("ajeno", "De otro piso")(lambda lector, usuario, de: iter(dichos))

    return prestar


def _asunto(clave, usuario, desde, vence=None):
    return Asunto(clave, clave, "Hágalo.", desde, "/admin/", usuario.pk, vence)


def test_otro_piso_aporta_y_se_ordena_por_plazo_y_luego_por_edad(modulo_prestado, redactora):
    ahora = timezone.now()
    ayer, manana = ahora - timedelta(days=1), ahora + timedelta(days=1)
    modulo_prestado(
        _asunto("nuevo", redactora, ahora),
        _asunto("viejo", redactora, ayer),
        _asunto("por vencer", redactora, ahora, manana),
        _asunto("vencido", redactora, ahora, ayer),
    )
    (grupo,) = recoger(redactora, (redactora.pk,), {})
    assert [r.asunto.clave for r in grupo.renglones] == ["vencido", "por vencer", "viejo", "nuevo"]
    assert [r.plazo for r in grupo.renglones] == ["vencido", "pronto", "", ""]


def test_no_lee_mas_de_lo_que_muestra(modulo_prestado, redactora, monkeypatch):
    monkeypatch.setattr(modulo_bandeja, "TOPE", 3)
    pedidos = []

    def sin_fin(lector, usuario, de):
        for n in range(1_000):
            pedidos.append(n)
            yield _asunto(str(n), redactora, timezone.now())

    asuntos("sin_fin", "Sin fin")(sin_fin)
    (grupo,) = recoger(redactora, (redactora.pk,), {})
    assert (len(grupo.renglones), grupo.cuantos, len(pedidos)) == (3, "más de 3", 4)


def test_cada_quien_ve_lo_suyo(entrar, redactora, titular, boletin):
    assert grupos_de(entrar(redactora).get(BANDEJA)) == {"borradores": [boletin.titulo]}
    assert grupos_de(entrar(titular).get(BANDEJA)) == {}
    transitar(boletin, "enviar_a_revision", redactora)
    assert grupos_de(entrar(titular).get(BANDEJA)) == {"por_autorizar": [boletin.titulo]}
    assert grupos_de(entrar(redactora).get(BANDEJA)) == {"pendientes": [boletin.titulo]}
    boletin.refresh_from_db()
    transitar(boletin, "devolver", titular, "Falta la fecha")
    suya = entrar(redactora).get(BANDEJA)
    assert grupos_de(suya) == {"devueltos": [boletin.titulo]} and "Falta la fecha" in suya.content.decode()


def test_quien_cambio_el_texto_al_final_no_lo_autoriza(entrar, persona, redactora, titular, boletin):
    guardar(boletin, Edicion(actor=titular, cuerpo_html="<p>Hay vacunas para todas las edades.</p>"))
    transitar(boletin, "enviar_a_revision", redactora)
    assert grupos_de(entrar(titular).get(BANDEJA)) == {}
    assert grupos_de(entrar(persona("otra", "titular")).get(BANDEJA)) == {"por_autorizar": [boletin.titulo]}


def test_la_de_otra_area_no_lo_nombra(entrar, persona, redactora, boletin):
    transitar(boletin, "enviar_a_revision", redactora)
    assert boletin.titulo not in entrar(persona("otra", "titular", area="OBR")).get(BANDEJA).content.decode()


def test_lo_reservado_se_nombra_por_su_nivel_y_su_clave(entrar, redactora, titular, boletin):
    transitar(boletin, "enviar_a_revision", redactora)
    boletin.refresh_from_db()
    transitar(boletin, "devolver", titular, "Quite el nombre del testigo")
    Item.objects.filter(pk=boletin.pk).update(acceso="reservado", acceso_efectivo="reservado")
    for donde in (BANDEJA, "/admin/"):
        pagina = entrar(redactora).get(donde).content.decode()
        assert f"Documento reservado · {boletin.clave}" in pagina
        assert boletin.titulo not in pagina and "testigo" not in pagina
    assert not Suceso.objects.filter(clase="item.consultado").exists()


def test_quien_encabeza_un_area_ve_lo_de_su_gente_y_nadie_mas(entrar, persona, redactora, boletin):
    jefa, ajena = persona("jefa", "titular", area="CCS"), persona("ajena", "redaccion", area="OBR")
    assert grupos_de(entrar(jefa).get(BANDEJA)) == {}
    de_gente = entrar(jefa).get(BANDEJA, {"de": "gente"})
    assert grupos_de(de_gente) == {"borradores": [boletin.titulo]} and "Espera a Redactora" in de_gente.content.decode()
    assert grupos_de(entrar(jefa).get(BANDEJA, {"de": redactora.pk})) == {"borradores": [boletin.titulo]}
    for intrusa in (ajena, redactora, persona("otra", "titular", area="OBR")):
        for de in ("gente", str(jefa.pk), str(redactora.pk) if intrusa != redactora else "1"):
            assert boletin.titulo not in str(grupos_de(entrar(intrusa).get(BANDEJA, {"de": de})).get("por_autorizar", ""))
            assert "Espera a Redactora" not in entrar(intrusa).get(BANDEJA, {"de": de}).content.decode()


def test_lo_programado_vence_con_su_embargo(entrar, titular, redactora, boletin):
    Item.objects.filter(pk=boletin.pk).update(estado="programado", embargo_hasta=datetime(2035, 1, 6, 15, tzinfo=UTC))
    assert "Vence el 6 de enero de 2035, 09:00" in entrar(redactora).get(BANDEJA).content.decode()


def test_lo_que_el_archivo_no_pudo_espera_a_quien_lo_pidio(entrar, redactora, titular, areas):
    roto = SimpleUploadedFile("roto.pdf", b"%PDF-1.7\nno es un PDF\n%%EOF")
    procesar(recibir(roto, "roto.pdf", Pedido(actor=redactora, area=areas["CCS"])).pk)
    encargar(a_medias, 3, descripcion="Importar recortes", actor=redactora)
    drenar()
    suya = entrar(redactora).get(BANDEJA)
    assert grupos_de(suya) == {"cuarentena": ["roto.pdf"], "trabajos": ["Importar recortes"]}
    assert "3 de 10 no se pudieron" in suya.content.decode()
    assert "trabajos" not in grupos_de(entrar(titular).get(BANDEJA, {"de": "gente"}))


def test_los_filtros_raros_no_rompen(entrar, titular):
    for raro in ({"de": "9" * 30}, {"de": "²"}, {"modulo": "x"}, {"de": "gente", "modulo": "borradores"}, {"modulo": "\x00"}):
        assert entrar(titular).get(BANDEJA, raro).status_code == 200


def test_vacia_dice_que_aparecera(entrar, persona):
    assert "Nada le espera." in entrar(persona("nueva", "redaccion", area="CCS")).get(BANDEJA).content.decode()


def test_las_consultas_no_crecen_con_los_asuntos(entrar, redactora, areas, boletin, django_assert_max_num_queries):
    cliente = entrar(redactora)
    cliente.get(BANDEJA)
    with CaptureQueriesContext(connection) as con_uno:
        cliente.get(BANDEJA)
    modelo = tipo_de("boletin").modelo
    modelo.objects.bulk_create(
        modelo(
            tipo="boletin",
            titulo=f"Borrador {n}",
            area=areas["CCS"],
            creado_por=redactora,
            acceso_efectivo="confidencial" if n % 2 else "interno",
        )
        for n in range(120)
    )
    with django_assert_max_num_queries(len(con_uno) + 1):
        assert len(grupos_de(cliente.get(BANDEJA))["borradores"]) == 61


def test_la_portada_y_la_bandeja_dicen_lo_mismo(entrar, redactora, boletin):
    cliente = entrar(redactora)
    portada, suya = cliente.get("/admin/").content.decode(), cliente.get(BANDEJA)
    assert suya.context["resumen"] == "1 asunto" and "1 asunto." in portada and boletin.titulo in portada
    assert portada.index('"/admin/bandeja/"') < portada.index('"/admin/elementos/boletin/"')
