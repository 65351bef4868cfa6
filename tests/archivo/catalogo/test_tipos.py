import pytest
from django.core.exceptions import ImproperlyConfigured

from archivo.catalogo import checks
from archivo.catalogo.models import Item
from archivo.catalogo.puerta import TipoDesconocido, registrar_tipo, tipo_de, tipo_de_fila, todos_los_tipos
from archivo.catalogo.tipos.boletin import Boletin
from archivo.catalogo.tipos.publicacion import PublicacionOficial, isbn_correcto, issn_correcto
from tests import fabricas


def test_un_codigo_repetido_no_arranca():
    with pytest.raises(ImproperlyConfigured, match="Hay dos tipos"):
        registrar_tipo(tipo_de("boletin"))


def test_un_tipo_que_no_existe_dice_los_que_hay():
    with pytest.raises(TipoDesconocido) as error:
        tipo_de("pergamino")
    assert "boletin" in str(error.value)


@pytest.mark.parametrize(
    ("fila", "codigo", "serie"), [("comunicado", "boletin", "comunicado"), ("ley", "publicacion", ""), ("boletin", "boletin", "")]
)
def test_las_filas_dicen_su_tipo_y_su_serie(fila, codigo, serie):
    tipo, suya = tipo_de_fila(fila)
    assert (tipo.codigo, suya) == (codigo, serie)


def test_una_fila_desconocida():
    assert tipo_de_fila("nota_de_voz") is None


@pytest.mark.django_db
def test_cada_proxy_solo_ve_lo_suyo():
    boletin, publicacion = fabricas.boletin(), fabricas.elemento("publicacion")
    assert [i.pk for i in Boletin.objects.all()] == [boletin.pk]
    assert [i.pk for i in PublicacionOficial.objects.all()] == [publicacion.pk]
    assert Item.objects.count() == 2
    assert not Boletin.objects.filter(pk=publicacion.pk).exists()


def test_las_revisiones_no_encuentran_faltas():
    assert checks.revisar_tipos(None) == []


def test_un_manager_sin_filtro_se_nota(monkeypatch):
    monkeypatch.setattr(Boletin._default_manager, "tipo", "")
    assert [f.id for f in checks.revisar_tipos(None)] == ["catalogo.E002"]


@pytest.mark.django_db
@pytest.mark.parametrize("tipo", todos_los_tipos(), ids=lambda t: t.codigo)
def test_la_ficha_vacia_valida_o_dice_que_falta(tipo):
    ficha = tipo.ficha({})
    assert ficha.is_valid() or all(mensajes for mensajes in ficha.errors.values())


def test_los_balazos_tienen_limites():
    ficha = tipo_de("boletin").ficha
    assert ficha({"balazos": "uno\n\n dos "}).is_valid()
    assert not ficha({"balazos": "\n".join("abcdef")}).is_valid()
    assert not ficha({"balazos": "x" * 201}).is_valid()


@pytest.mark.parametrize(
    ("isbn", "vale"), [("978-0-306-40615-7", True), ("0-306-40615-2", True), ("978-0-306-40615-8", False), ("hola", False)]
)
def test_isbn(isbn, vale):
    assert isbn_correcto(isbn) is vale


@pytest.mark.parametrize(("issn", "vale"), [("0378-5955", True), ("0378-5954", False), ("2434-561X", True), ("", False)])
def test_issn(issn, vale):
    assert issn_correcto(issn) is vale
