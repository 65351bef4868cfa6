"""Rehacer el índice entero: con uno o varios procesos, sin dejar de guardar ni de buscar, y sin perder nada."""

from multiprocessing import Pipe, current_process

import pytest

from archivo.catalogo.puerta import Edicion, Item, avisar_de_los_que_usan, fijar_acceso, guardar
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion import lectura, obreros
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.obreros import ConstruccionInterrumpida
from archivo.indexacion.puerta import ambito_de, asegurar, campos_de_consulta, estado, motor, poner_al_dia, reconstruir, verificar
from search import SearchRequest, parse
from search.backends.tantivy.writer import TantivyWriter
from tests import fabricas


def claves(texto):
    return {h.key for h in motor().search(SearchRequest(ambito_de(ANONIMO), parse(texto, campos_de_consulta()))).hits}


@pytest.fixture
def procesos_del_archivo(monkeypatch, settings, base_sqlite):
    """Los procesos que nacen leen la misma base y la misma carpeta que la prueba."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")
    monkeypatch.setenv("ACERVO_BASE", base_sqlite.url)
    monkeypatch.setenv("ACERVO_DATOS", str(settings.ACERVO_DATOS))
    monkeypatch.setattr(lectura, "ELEMENTOS_POR_TRAMO", 3)


def mientras_tanto(items):
    """Lo que la gente hace durante una reconstrucción, una cosa cada vez que se le llama, y lo que vio de su última."""
    visto = []

    def corregir():
        items[0].titulo = "Quimbolán"
        guardar(items[0], Edicion(actor=None))
        return lambda: claves("quimbolán") == {items[0].clave}

    def borrar():
        items[-1].delete()
        return lambda: items[-1].clave not in claves("zarzuplex")

    def cerrar():
        fijar_acceso(items[1], "reservado", None)
        return lambda: items[1].clave not in claves("zarzuplex")

    def agregar():
        nuevo = fabricas.publico(titulo="Nuevecito")
        return lambda: claves("nuevecito") == {nuevo.clave}

    pasos, comprobar = iter((corregir, borrar, cerrar, agregar)), []

    def avance(hechos, total):
        visto.extend(ve() for ve in comprobar)
        comprobar[:] = [paso() for paso in [next(pasos, None)] if paso]

    return avance, visto


@pytest.mark.parametrize("procesos", [1, 2])
def test_lo_que_se_guarda_mientras_se_rehace_se_ve_enseguida_y_no_se_pierde(procesos_del_archivo, settings, procesos):
    """Tarda lo que dos procesos en arrancar."""
    settings.ACERVO_PROCESOS_DEL_INDICE = procesos
    asegurar()
    items = [fabricas.publico(titulo=f"Zarzuplex {n}", texto="Vacunación en la alcaldía") for n in range(15)]
    poner_al_dia()
    antes = estado().generacion
    avance, visto = mientras_tanto(items)
    reconstruir(avance)
    assert visto == [True, True, True, True]
    assert estado().generacion != antes
    assert (verificar().diferencias, CambioIndice.objects.count()) == (0, 0)
    assert claves("zarzuplex") == {i.clave for i in items[2:-1]}
    assert (claves("quimbolán"), len(claves("nuevecito"))) == ({items[0].clave}, 1)


def test_si_muere_un_proceso_se_dice_y_el_indice_anterior_sigue(procesos_del_archivo, settings, monkeypatch):
    asegurar()
    item = fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    antes = estado().generacion
    settings.ACERVO_PROCESOS_DEL_INDICE = 2
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "no.existe")
    with pytest.raises(ConstruccionInterrumpida, match="ACERVO_PROCESOS_DEL_INDICE=1"):
        reconstruir()
    assert (estado().generacion, claves("zarzuplex")) == (antes, {item.clave})
    settings.ACERVO_PROCESOS_DEL_INDICE = 1
    reconstruir()
    assert (claves("zarzuplex"), verificar().diferencias) == ({item.clave}, 0)


def test_una_ficha_que_no_se_puede_preparar_se_aparta_y_lo_demas_entra(procesos_del_archivo, settings):
    asegurar()
    malo, bueno = fabricas.publico(titulo="Zarzuplex malo"), fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    antes = estado().generacion
    settings.ACERVO_PROCESOS_DEL_INDICE = 2
    Item.objects.filter(pk=malo.pk).update(tipo="desconocido")
    assert reconstruir().rechazados == 1
    assert (estado().generacion != antes, claves("zarzuplex")) == (True, {bueno.clave})


@pytest.mark.django_db
@pytest.mark.parametrize(("termino", "consulta"), [("area", "área:quimbolán"), ("serie", "quimbolán")])
def test_otro_nombre_de_un_area_o_una_serie_llega_a_sus_elementos(termino, consulta):
    asegurar()
    item = fabricas.publico(titulo="Zarzuplex", area=fabricas.area())
    poner_al_dia()
    suyo = getattr(item, termino)
    suyo.nombre = "Quimbolán"
    suyo.save()
    avisar_de_los_que_usan(suyo)
    poner_al_dia()
    assert claves(consulta) == {item.clave}


def test_mientras_los_procesos_no_acaban_nada_se_sigue_diciendo_que_se_escribe(monkeypatch):
    """En un motor de otra máquina, quien calla un minuto pierde el turno de escribir."""
    monkeypatch.setattr(obreros, "LATIDO", 0.01)
    cuadrilla = obreros.Cuadrilla(0)
    tubo, proceso = Pipe()
    cuadrilla._procesos[tubo] = current_process()
    entrega = cuadrilla.preparados(iter([(1, 3)]))
    nada, listo = obreros.Listo(0, None), obreros.Listo(3, None)
    assert (next(entrega), next(entrega), proceso.recv()) == (nada, nada, (1, 3))
    proceso.send(listo)
    assert next(entrega) == listo
    proceso.send(None)
    assert next(entrega, "fin") == "fin"


@pytest.mark.django_db
def test_con_cada_parte_se_sostiene_el_turno_de_escribir(monkeypatch):
    sostenidos = []
    monkeypatch.setattr(TantivyWriter, "hold", lambda escritor: sostenidos.append(escritor))
    fabricas.publico(titulo="Zarzuplex")
    reconstruir()
    assert len(sostenidos) == 1
