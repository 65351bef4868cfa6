"""La bitácora: filtros, tramos, salidas y lo que cada quien lee de ella."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from archivo.auditoria.puerta import Filtro, Lugar, Suceso, SucesoNuevo, clases_conocidas, registrar_varios, tramo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sin_memoria():
    cache.clear()


@pytest.fixture
def auditora(persona):
    return persona("auditora", "auditoria")


def registrar(cuantos, clase="prueba.vista", **otros):
    ahora = timezone.now()
    registrar_varios(
        SucesoNuevo(clase, f"cosa:{n}", momento=ahora - timedelta(minutes=cuantos - n), **otros) for n in range(cuantos)
    )


def test_los_tramos_no_repiten_ni_saltan():
    registrar(130)
    registrar(130, clase="prueba.descarga")
    for clases in ((), ("prueba.vista",), ("prueba.vista", "prueba.descarga")):
        filtro, sigue, vistos = Filtro(clases=clases), None, []
        while True:
            parte = tramo(filtro, sigue)
            vistos += [s.pk for s in parte.sucesos]
            if parte.siguiente is None:
                break
            sigue = Lugar.leer(str(parte.siguiente))
        esperados = Suceso.objects.filter(clase__in=clases) if clases else Suceso.objects.all()
        assert vistos == list(esperados.order_by("-momento", "-id").values_list("pk", flat=True))


def test_se_filtra_por_quien_que_cuando_y_resultado(entrar, auditora, redactora):
    registrar(3, actor=redactora)
    registrar(2, clase="prueba.otra", resultado="rechazado", actor=redactora)
    cliente = entrar(auditora)
    ayer = (timezone.localdate() - timedelta(days=1)).isoformat()

    def hallados(**filtros):
        return len(cliente.get("/admin/bitacora/", filtros).context["sucesos"])

    assert hallados(quien="redactora") == 5
    assert hallados(quien="redactora", clase="prueba.otra") == 2
    assert hallados(clase="prueba.") == 5
    assert hallados(quien="redactora", resultado="rechazado") == 2
    assert hallados(quien="redactora", hasta=ayer) == 0
    assert hallados(objeto="cosa:1", desde=ayer) == 2
    assert "No hay una cuenta con ese nombre" in cliente.get("/admin/bitacora/", {"quien": "nadie"}).content.decode()


@pytest.mark.parametrize(
    "raro", [{"sigue": "x-1"}, {"sigue": "9" * 30 + "-1"}, {"sigue": "1e5-2"}, {"desde": "ayer"}, {"clase": "\0"}]
)
def test_un_filtro_ilegible_no_rompe(entrar, auditora, raro):
    assert entrar(auditora).get("/admin/bitacora/", raro).status_code == 200


def test_exportar_queda_escrito_y_trae_lo_filtrado(entrar, auditora):
    registrar(3, detalle={"de": "=HYPERLINK(1)"}, motivo="=1+1")
    cliente = entrar(auditora)
    respuesta = cliente.post("/admin/bitacora/exportar/", {"clase": "prueba.vista", "formato": "jsonl"})
    renglones = [json.loads(r) for r in b"".join(respuesta).decode().splitlines()]
    assert [r["objeto"] for r in renglones] == ["cosa:2", "cosa:1", "cosa:0"]
    assert renglones[0]["detalle"] == {"de": "=HYPERLINK(1)"}
    hecha = Suceso.objects.get(clase="bitacora.exportada")
    assert (hecha.actor, hecha.detalle["filtro"]) == (auditora, {"clases": ["prueba.vista"]})
    en_csv = b"".join(cliente.post("/admin/bitacora/exportar/", {"clase": "prueba.vista", "formato": "csv"})).decode()
    assert "'=1+1" in en_csv and ",=1+1" not in en_csv


def test_quien_administra_no_lee_el_detalle(entrar, persona):
    registrar(1, clase="item.corregido", detalle={"titulo": ["zarzuplex", "otro"]})
    cliente = entrar(persona("admin", "administracion"))
    assert "zarzuplex" not in cliente.get("/admin/bitacora/").content.decode()
    assert "zarzuplex" not in b"".join(cliente.post("/admin/bitacora/exportar/", {"formato": "jsonl"})).decode()


def test_exportar_no_es_de_cualquiera(entrar, redactora, auditora):
    assert entrar(redactora).post("/admin/bitacora/exportar/", {"formato": "csv"}).status_code == 404
    assert entrar(auditora).post("/admin/bitacora/exportar/", {"formato": "exe"}).status_code == 404


def test_las_clases_se_conocen_sin_recorrer_la_bitacora(django_assert_num_queries):
    registrar(50)
    registrar(50, clase="prueba.otra")
    with django_assert_num_queries(3):
        assert clases_conocidas() == ["prueba.otra", "prueba.vista"]


def test_la_bitacora_filtra_con_palabras_y_no_con_claves_del_programa(entrar, persona, boletin):
    pagina = entrar(persona("revisora", "auditoria")).get("/admin/bitacora/").content.decode()
    assert "Todo: elementos" in pagina and "Se creó" in pagina
    assert "«item»" not in pagina
