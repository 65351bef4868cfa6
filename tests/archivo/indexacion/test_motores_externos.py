"""El archivo entero sobre un motor externo: se indexa, se rehace sin perder nada, se cae y vuelve."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archivo.catalogo.puerta import Item, fijar_acceso
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion import lectura
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.motor import ambito_de, motor
from archivo.indexacion.puerta import asegurar, campos_de_consulta, poner_al_dia, reconstruir, verificar
from search import EngineAbsent, SearchRequest, parse
from tests import fabricas
from tests.search.red_rota import puerto_sin_nadie

pytestmark = pytest.mark.django_db


def claves(texto):
    return {h.key for h in motor().search(SearchRequest(ambito_de(ANONIMO), parse(texto, campos_de_consulta()))).hits}


@pytest.mark.motores
def test_del_catalogo_al_motor_y_de_vuelta(externo, client):
    visible = fabricas.publico(titulo="Jornada zarzuplex", texto="renglón\n" * 2000 + "ornitorrinco")
    fabricas.boletin(titulo="Borrador zarzuplex")
    poner_al_dia()
    assert claves("zarzuplex") == claves("ornitorrinco") == {visible.clave}
    pagina = client.get("/buscar/", {"q": "zarzuplex"}).content.decode()
    assert visible.get_absolute_url() in pagina and "Borrador" not in pagina
    estado = verificar()
    assert (estado.motor, estado.elementos, estado.diferencias) == (externo.nombre, 2, 0)
    fijar_acceso(visible, "reservado", None)
    assert claves("zarzuplex") == set()
    poner_al_dia()
    assert (claves("zarzuplex"), verificar().diferencias) == (set(), 0)


@pytest.mark.motores
def test_lo_que_se_guarda_mientras_se_rehace_se_ve_y_no_se_pierde(externo, monkeypatch):
    antes = [fabricas.publico(titulo=f"Zarzuplex {n}") for n in range(4)]
    poner_al_dia()
    nuevos, vistos = [], []
    monkeypatch.setattr(lectura, "ELEMENTOS_POR_TRAMO", 2)

    def entre_lotes(hechos, total):
        if hechos == 2:
            Item.objects.get(pk=antes[0].pk).delete()
            fijar_acceso(antes[1], "reservado", None)
            nuevos.append(fabricas.publico(titulo="Zarzuplex nuevo"))
        vistos.append(claves("zarzuplex"))

    anterior = motor().health().generation
    reconstruir(entre_lotes)
    quedan = {antes[2].clave, antes[3].clave, nuevos[0].clave}
    assert vistos[-1] == claves("zarzuplex") == quedan
    assert motor().health().generation != anterior
    assert not CambioIndice.objects.exists()
    assert verificar().diferencias == 0


@pytest.mark.motores
def test_si_el_motor_falta_la_cola_espera_y_al_volver_se_vacia(externo, settings, client):
    fabricas.publico(titulo="Zarzuplex uno")
    poner_al_dia()
    settings.ACERVO_BUSQUEDA = f"{externo.nombre}:http://127.0.0.1:{puerto_sin_nadie()}"
    segundo = fabricas.publico(titulo="Zarzuplex dos")
    with pytest.raises(EngineAbsent):
        asegurar()
    with pytest.raises(EngineAbsent):
        poner_al_dia()
    respuesta = client.get("/buscar/", {"q": "zarzuplex"})
    assert respuesta.status_code == 503 and segundo.get_absolute_url() in respuesta.content.decode()
    with pytest.raises(CommandError, match="no contesta") as error:
        call_command("indice", "poner-al-dia", "--json")
    assert error.value.returncode == 2
    settings.ACERVO_BUSQUEDA = externo.ajuste
    assert CambioIndice.objects.count() == 1
    poner_al_dia()
    assert len(claves("zarzuplex")) == 2
    assert (verificar().pendientes, verificar().diferencias) == (0, 0)


@pytest.mark.motores
def test_el_diagnostico_del_operador_no_halla_diferencias_ni_deja_rastro(externo):
    salida = StringIO()
    call_command("indice", "diagnostico", "--json", stdout=salida)
    dato = json.loads(salida.getvalue())
    assert (dato["motor"], dato["diferencias"], dato["detalle"]) == (externo.nombre, 0, [])
    assert dato["version"] and dato["preguntas"] >= 90
    assert motor()._server.indexes("*_trial_*") == {}
