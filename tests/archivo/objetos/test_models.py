import io

import pytest

from archivo.objetos.puerta import ObjetoDigital, OriginalInmutable, abrir, guardar

pytestmark = pytest.mark.django_db


def test_guardar_dos_veces_da_el_mismo_objeto():
    uno = guardar(io.BytesIO(b"hola"), mime="text/plain")
    otro = guardar(io.BytesIO(b"hola"), mime="application/pdf", paginas=9)
    assert uno.pk == otro.pk
    assert (otro.bytes, otro.mime, otro.paginas) == (4, "text/plain", None)
    with abrir(otro) as abierto:
        assert abierto.read() == b"hola"


def test_guardar_desde_una_ruta(tmp_path):
    origen = tmp_path / "a.txt"
    origen.write_bytes(b"hola")
    assert guardar(origen).bytes == 4
    assert origen.read_bytes() == b"hola"


@pytest.mark.parametrize(("campo", "valor"), [("sha256", "0" * 64), ("bytes", 5), ("mime", "image/png"), ("paginas", 7)])
def test_el_contenido_no_se_cambia(campo, valor):
    objeto = guardar(io.BytesIO(b"hola"))
    setattr(objeto, campo, valor)
    with pytest.raises(OriginalInmutable):
        objeto.save()
    leido = ObjetoDigital.objects.get(pk=objeto.pk)
    setattr(leido, campo, valor)
    with pytest.raises(OriginalInmutable):
        leido.save()
    with pytest.raises(OriginalInmutable):
        ObjetoDigital.objects.filter(pk=objeto.pk).update(**{campo: valor})


def test_no_se_borra_ni_solo_ni_en_bloque():
    objeto = guardar(io.BytesIO(b"hola"))
    with pytest.raises(OriginalInmutable):
        objeto.delete()
    with pytest.raises(OriginalInmutable):
        ObjetoDigital.objects.all().delete()
    assert ObjetoDigital.objects.count() == 1


def test_el_resultado_de_la_verificacion_si_se_guarda():
    objeto = guardar(io.BytesIO(b"hola"))
    objeto.integridad = ObjetoDigital.Integridad.CORRECTO
    objeto.save()
    assert ObjetoDigital.objects.get().integridad == "correcto"
