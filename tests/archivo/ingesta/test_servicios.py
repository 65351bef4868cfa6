import io
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import CambioRechazado, Item, TipoDesconocido
from archivo.ingesta import buzon, servicios, tuberia
from archivo.ingesta.puerta import (
    Ingreso,
    Pedido,
    abrir_cuarentena,
    descartar,
    procesar,
    procesar_ingreso,
    reanudar,
    recibir,
    reintentar,
)
from archivo.objetos.puerta import SinEspacio
from archivo.tareas.puerta import drenar
from tests import fabricas
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db


class Muerte(BaseException):
    """Lo que una prueba lanza en lugar de un kill -9: nada lo atrapa."""


def _recibido(crudo=None, **pedido):
    return recibir(io.BytesIO(crudo or fabrica.pdf()), "a.pdf", Pedido(**pedido))


def _abandonar(ingreso):
    Ingreso.objects.filter(pk=ingreso.pk).update(movido=timezone.now() - timedelta(hours=1))


def test_lo_recibido_esta_en_el_buzon_y_no_se_ve():
    ingreso = _recibido()
    assert (ingreso.estado, ingreso.terminado) == ("recibido", False)
    assert ingreso.archivo.read_bytes() == fabrica.pdf()
    assert not Item.objects.exists()


@pytest.mark.parametrize("pedido", [{"tipo": "nada"}, {"acceso": "nada"}])
def test_un_pedido_equivocado_no_guarda_nada(pedido, bytes_en):
    with pytest.raises((TipoDesconocido, CambioRechazado)):
        _recibido(**pedido)
    assert bytes_en("buzon") == []
    assert not Ingreso.objects.exists()


PASOS = [paso.__name__ for paso in tuberia.PASOS]


@pytest.mark.parametrize("paso", PASOS)
@pytest.mark.parametrize("despues", [False, True])
def test_morir_en_cualquier_paso_no_pierde_ni_duplica(monkeypatch, bytes_en, paso, despues):
    crudo = fabrica.pdf(["Texto que debe estar una sola vez"])
    ingreso = _recibido(crudo)
    indice = PASOS.index(paso)
    real = tuberia.PASOS[indice]

    def mortal(caso):
        if despues:
            real(caso)
        raise Muerte

    with monkeypatch.context() as parche:
        parche.setattr(tuberia, "PASOS", (*tuberia.PASOS[:indice], mortal, *tuberia.PASOS[indice + 1 :]))
        with pytest.raises(Muerte):
            procesar(ingreso.pk)
    a_medias = Ingreso.objects.get(pk=ingreso.pk)
    if a_medias.estado != "aceptado":
        assert a_medias.archivo.read_bytes() == crudo
        assert not Item.objects.exists()
    assert procesar(ingreso.pk).estado == a_medias.estado, "mientras el arriendo vive, nadie más lo toma"
    _abandonar(ingreso)
    reanudar()
    final = Ingreso.objects.get(pk=ingreso.pk)
    assert (final.estado, Item.objects.count()) == ("aceptado", 1)
    assert final.item.paginas.get().texto == "Texto que debe estar una sola vez"
    assert len(bytes_en("objetos")) == 1


def test_morir_al_apartar_no_pierde_los_bytes(monkeypatch):
    ingreso = _recibido(fabrica.pdf_cifrado())
    with monkeypatch.context() as parche:
        parche.setattr(servicios, "registrar", lambda suceso: (_ for _ in ()).throw(Muerte()))
        with pytest.raises(Muerte):
            procesar(ingreso.pk)
    a_medias = Ingreso.objects.get(pk=ingreso.pk)
    assert a_medias.archivo.exists()
    _abandonar(ingreso)
    reanudar()
    final = Ingreso.objects.get(pk=ingreso.pk)
    assert (final.estado, final.archivo.exists()) == ("cuarentena", True)


def test_lo_que_se_interrumpe_siempre_termina_en_cuarentena():
    ingreso = _recibido()
    Ingreso.objects.filter(pk=ingreso.pk).update(intentos=servicios.INTENTOS)
    assert procesar(ingreso.pk).estado == "cuarentena"


def test_una_falla_nuestra_no_pierde_el_archivo(monkeypatch):
    def falla(caso):
        raise RuntimeError("un error de programación")

    monkeypatch.setattr(tuberia, "PASOS", (falla,))
    ingreso = procesar(_recibido().pk)
    assert (ingreso.estado, ingreso.archivo.exists()) == ("cuarentena", True)
    assert "a salvo" in ingreso.motivo


@pytest.mark.parametrize("error", [SinEspacio("No hay espacio."), DatabaseError("bloqueada")])
def test_un_tropiezo_pasajero_lo_deja_en_el_buzon(monkeypatch, error):
    def falla(caso):
        raise error

    ingreso = _recibido()
    with monkeypatch.context() as parche:
        parche.setattr(tuberia, "PASOS", (falla,))
        with pytest.raises(type(error)):
            procesar(ingreso.pk)
    assert Ingreso.objects.get(pk=ingreso.pk).estado == "recibido"
    assert procesar(ingreso.pk).estado == "aceptado"


def test_sin_espacio_al_recibir_nace_rechazado(monkeypatch):
    def lleno(*a):
        raise SinEspacio("No hay espacio en el disco.")

    monkeypatch.setattr(buzon, "escribir_parcial", lleno)
    ingreso = _recibido()
    assert (ingreso.estado, ingreso.motivo) == ("rechazado", "No hay espacio en el disco.")


def test_reintentar_despues_de_ampliar_un_limite(settings):
    settings.ACERVO_PAGINAS_MAXIMAS = 1
    quien = fabricas.persona("archivo_tramite")
    ingreso = procesar(_recibido(fabrica.pdf(["a", "b"])).pk)
    assert ingreso.estado == "cuarentena"
    with abrir_cuarentena(ingreso, None) as bytes_apartados:
        assert bytes_apartados.read(4) == b"%PDF"
    settings.ACERVO_PAGINAS_MAXIMAS = 10
    apartado = ingreso.archivo
    assert reintentar(ingreso, quien).estado == "recibido"
    assert procesar(ingreso.pk).estado == "aceptado"
    assert not apartado.exists()
    assert Suceso.objects.filter(clase="ingreso.reintentado", actor=quien).exists()


def test_reintentar_sin_que_nada_cambie_lo_deja_en_cuarentena():
    ingreso = procesar(_recibido(fabrica.pdf_cifrado()).pk)
    otra_vez = procesar(reintentar(ingreso, None).pk)
    assert (otra_vez.estado, otra_vez.archivo.exists()) == ("cuarentena", True)


def test_descartar_pide_motivo_y_borra_los_bytes():
    ingreso = procesar(_recibido(fabrica.pdf_cifrado()).pk)
    apartado = ingreso.archivo
    with pytest.raises(CambioRechazado):
        descartar(ingreso, None, "  ")
    assert descartar(ingreso, None, "no es nuestro").estado == "rechazado"
    assert not apartado.exists()
    assert Suceso.objects.filter(clase="ingreso.rechazado", objeto=f"ingreso:{ingreso.pk}").exists()
    with pytest.raises(CambioRechazado):
        descartar(ingreso, None, "otra vez")


def test_la_tarea_hace_lo_mismo_y_puede_correr_dos_veces():
    ingreso = _recibido()
    procesar_ingreso.enqueue(ingreso.pk)
    procesar_ingreso.enqueue(ingreso.pk)
    drenar()
    assert Ingreso.objects.get(pk=ingreso.pk).estado == "aceptado"
    assert Item.objects.count() == 1


def test_barrer_quita_lo_que_nadie_recibio(settings, monkeypatch):
    vivo = _recibido()
    suelto = settings.ACERVO_DATOS / "buzon" / "suelto"
    suelto.write_bytes(b"x")
    assert buzon.barrer() == 0
    monkeypatch.setattr(buzon, "DIA", -10)
    assert buzon.barrer() == 1
    assert (vivo.archivo.exists(), suelto.exists()) == (True, False)
