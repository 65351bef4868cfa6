import pytest

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import CambioRechazado, Edicion, Item, elementos_cambiados, fijar_acceso, guardar
from tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture
def avisos():
    recibidos = []

    def oir(sender, ids, revoca=False, **_):
        recibidos.append((list(ids), revoca))

    elementos_cambiados.connect(oir)
    yield recibidos
    elementos_cambiados.disconnect(oir)


def test_crear_deja_texto_constancia_y_aviso(avisos):
    item = fabricas.boletin(texto="Uno\n\nDos", temas=["Agua"])
    assert item.paginas.get().texto == "Uno\n\nDos"
    assert [t.nombre for t in item.temas.all()] == ["Agua"]
    assert sucesos_de(f"item:{item.clave}").get().clase == "item.creado"
    assert avisos == [([item.pk], False)]


def test_el_html_se_limpia_y_se_busca_como_texto():
    html = '<p onclick="x()">Hola <strong>mundo</strong></p><script>alert(1)</script><p>Otro&nbsp;renglón</p>'
    item = fabricas.boletin()
    guardar(item, Edicion(actor=None, cuerpo_html=html))
    assert item.cuerpo.html == "<p>Hola <strong>mundo</strong></p><p>Otro&nbsp;renglón</p>"
    assert item.paginas.get().texto == "Hola mundo\n\nOtro renglón"


def test_corregir_anota_antes_y_despues(avisos):
    item = fabricas.boletin(titulo="Antes")
    item.titulo = "Después"
    guardar(item, Edicion(actor=None, motivo="Errata"))
    suceso = sucesos_de(f"item:{item.clave}").last()
    assert suceso.detalle["titulo"] == ["Antes", "Después"]
    assert suceso.motivo == "Errata"
    assert Item.objects.get(pk=item.pk).version == 2
    assert avisos[-1] == ([item.pk], False)


@pytest.mark.parametrize(
    ("de", "a", "revoca"),
    [("publico", "reservado", True), ("publico", "restringido_derechos", True), ("interno", "publico", False)],
)
def test_cerrar_el_acceso_avisa_que_revoca(avisos, de, a, revoca):
    item = fabricas.publico(acceso=de)
    fijar_acceso(item, a, None, "Cambio de criterio")
    assert avisos[-1] == ([item.pk], revoca)
    assert Item.objects.get(pk=item.pk).acceso_efectivo == a


def test_cambiar_de_area_oculta_desde_ya_a_la_que_deja_de_verlo(avisos):
    item = fabricas.boletin(area=fabricas.area())
    item.area = fabricas.area()
    guardar(item, Edicion(actor=None))
    assert avisos[-1] == ([item.pk], True)


def test_un_nivel_que_no_existe():
    with pytest.raises(CambioRechazado, match="No existe el nivel"):
        fijar_acceso(fabricas.boletin(), "secretisimo", None)


def test_un_texto_largo_se_parte_y_al_rejuntarlo_es_el_mismo():
    texto = "\n".join(f"Renglón número {n} de un texto largo que no cabe en una parte." for n in range(600))
    item = fabricas.boletin(texto=texto)
    assert item.partes == item.paginas.count() > 3
    assert "".join(p.texto for p in item.paginas.all()) == texto


def test_los_pendientes_dicen_lo_que_falta():
    item = fabricas.elemento("publicacion", titulo="Varios", dia=None)
    assert item.pendientes == ["titulo_generico", "fecha", "area", "texto"]


def test_guardar_conserva_el_tipo_del_proxy():
    item = fabricas.elemento("publicacion")
    assert Item.objects.get(pk=item.pk).tipo == "publicacion"


@pytest.mark.parametrize("nivel", ["reservado", "confidencial"])
def test_abrir_lo_reservado_lo_decide_quien_puede_y_dice_por_que(nivel):
    item = fabricas.publico(acceso=nivel)
    with pytest.raises(CambioRechazado, match="corresponde a Titular o Comité"):
        fijar_acceso(item, "publico", fabricas.persona("archivo_tramite"), "Porque sí")
    item.refresh_from_db()
    titular = fabricas.persona("titular")
    with pytest.raises(CambioRechazado, match="motivo"):
        fijar_acceso(item, "publico", titular)
    item.refresh_from_db()
    assert fijar_acceso(item, "publico", titular, "Venció la reserva").acceso_efectivo == "publico"
