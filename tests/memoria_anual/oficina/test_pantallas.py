"""Las pantallas de cifras: quién entra, qué muestran y que cada cifra abra su lista."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item, Relacion
from archivo.indexacion.puerta import asegurar
from archivo.tareas.puerta import Trabajo, drenar
from certificaciones.reglas.puerta import cargar_reglas_de_muestra
from memoria_anual.cortes import comparadas
from memoria_anual.cortes.puerta import Corte, cortar
from memoria_anual.indicadores.puerta import (
    IndicadorPropio,
    MedicionCapturada,
    MetaTrimestral,
    UmbralDeSemaforo,
    leer_periodo,
    lista,
    programar,
)
from tests.fabricas import boletin, elemento, persona

pytestmark = pytest.mark.django_db
DE_LECTURA = ("memoria_indicadores", "memoria_cortes", "memoria_metas_de_hoy", "memoria_mediciones", "memoria_propios")


@pytest.fixture
def entrar(client: Client) -> Callable[..., Client]:
    def hacer(*roles: str) -> Client:
        client.force_login(persona(*roles))
        return client

    return hacer


def test_cada_cifra_abre_su_lista_exacta(entrar: Callable[..., Client]) -> None:
    for n in range(3):
        boletin(estado="publicado", dia=date(2025, 2, n + 1), titulo=f"Boletín número {n}")
    oficina = entrar("redaccion")
    portada = oficina.get(reverse("memoria_indicadores"), {"periodo": "2025"}).content.decode()
    direccion = f"{reverse('memoria_indicador', args=['BOL'])}?periodo=2025"
    assert f'href="{direccion}"' in portada
    pagina = oficina.get(direccion)
    assert [f.contado.titulo for f in pagina.context["pagina"].filas] == [f"Boletín número {n}" for n in range(3)]
    assert "febrero de 2025" in pagina.content.decode()


def test_la_lista_va_de_cincuenta_en_cincuenta(entrar: Callable[..., Client]) -> None:
    for n in range(53):
        boletin(estado="publicado", dia=date(2025, 1 + n // 28, 1 + n % 28))
    pagina = entrar("redaccion").get(reverse("memoria_indicador", args=["BOL"]), {"periodo": "2025", "pagina": "2"})
    assert [f.lugar for f in pagina.context["pagina"].filas] == [51, 52, 53]
    assert "Página 2 de 2" in pagina.content.decode()


@pytest.mark.parametrize("clave", ["NOT", "NOT-U", "TON", "SIN-C"])
def test_hojear_no_lee_el_reparto_y_da_los_mismos_renglones(entrar: Callable[..., Client], clave: str) -> None:
    cargar_reglas_de_muestra()
    valoraciones = cycle(({"valoracion": "positiva"}, {"valoracion": "negativa"}, {}))
    for n in range(85):
        tipo = "sintesis" if clave == "SIN-C" else "recorte"
        elemento(tipo, estado="publicado", dia=date(2025, 1, 1) + timedelta(days=n), ficha=next(valoraciones))
    Relacion.objects.create(origen=Item.objects.latest("pk"), destino=Item.objects.earliest("pk"), clase="nota_madre")
    oficina, direccion = entrar("redaccion"), reverse("memoria_indicador", args=[clave])
    entera = [r.objeto_id for r in lista(clave, leer_periodo("2025"))]
    primera = oficina.get(direccion, {"periodo": "2025"})
    segunda = oficina.get(direccion, {"periodo": "2025", "pagina": "2"})
    vistas = [f.contado.objeto_id for pagina in (primera, segunda) for f in pagina.context["pagina"].filas]
    assert len(entera) > 50 and vistas == entera[:100]
    assert primera.context["cifra"].valor == segunda.context["cifra"].valor
    assert primera.context["repartos"]
    assert segunda.context["repartos"] == [] and "Cómo se reparte" in segunda.content.decode()
    assert "lectura" not in vars(segunda.context["cifra"])


def test_lo_reservado_se_cuenta_no_se_nombra_y_verlo_deja_constancia(entrar: Callable[..., Client]) -> None:
    boletin(estado="publicado", dia=date(2025, 2, 1), acceso="reservado", titulo="Canario reservado")
    direccion = reverse("memoria_indicador", args=["BOL"]) + "?periodo=2025"
    pagina = entrar("cotejo").get(direccion)
    assert pagina.context["cifra"].valor == 1 and "Canario" not in pagina.content.decode()
    assert not Suceso.objects.filter(clase="item.consultado").exists()
    assert "Canario" in entrar("titular").get(direccion).content.decode()
    assert Suceso.objects.filter(clase="item.consultado", detalle__superficie="memoria.indicador.BOL").exists()


@pytest.mark.parametrize("nombre", DE_LECTURA)
def test_entra_la_oficina_y_no_quien_solo_administra(entrar: Callable[..., Client], nombre: str) -> None:
    respuesta = entrar("auditoria").get(reverse(nombre), follow=True)
    assert respuesta.status_code == 200
    assert entrar("administracion").get(reverse(nombre)).status_code == 404


def test_un_periodo_que_no_se_entiende_lo_dice_y_muestra_este_anio(entrar: Callable[..., Client]) -> None:
    pagina = entrar("redaccion").get(reverse("memoria_indicadores"), {"periodo": "ayer"})
    assert "Escriba un año" in pagina.content.decode() and pagina.status_code == 200
    assert entrar("redaccion").get(reverse("memoria_indicador", args=["NADA"])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_cortar_es_un_trabajo_y_el_corte_se_ve_se_comprueba_y_se_compara(entrar: Callable[..., Client]) -> None:
    boletin(estado="publicado", dia=date(2025, 2, 1), titulo="El primero")
    oficina = entrar("titular")
    respuesta = oficina.post(reverse("memoria_corte_nuevo"), {"periodo": "2025", "motivo": "Cierre"})
    assert respuesta.url == Trabajo.objects.get().get_absolute_url()
    drenar()
    corte = Corte.objects.get()
    assert corte.hash in oficina.get(reverse("memoria_corte", args=[corte.pk])).content.decode()
    lista = oficina.get(reverse("memoria_corte_cifra", args=[corte.pk, "BOL"]))
    assert "El primero" in lista.content.decode()
    comprobado = oficina.post(reverse("memoria_corte_comprobar", args=[corte.pk]), follow=True)
    assert "La huella cuadra" in comprobado.content.decode()
    sin_cambios = oficina.get(reverse("memoria_corte_comparar", args=[corte.pk])).content.decode()
    assert "Nada cambió" in sin_cambios and "a lo que hay ahora" in sin_cambios and "había el" not in sin_cambios
    boletin(estado="publicado", dia=date(2025, 3, 1), titulo="El segundo")
    cambios = oficina.get(reverse("memoria_corte_comparar", args=[corte.pk])).content.decode()
    assert "El segundo" in cambios and "Se incorporó el" in cambios and "1 → 2" in cambios


def test_comparar_no_nombra_lo_que_no_toca(entrar: Callable[..., Client]) -> None:
    corte = cortar(leer_periodo("2025"))
    boletin(estado="publicado", dia=date(2025, 2, 1), acceso="reservado", titulo="Canario reservado")
    pagina = entrar("cotejo").get(reverse("memoria_corte_comparar", args=[corte.pk])).content.decode()
    assert "0 → 1" in pagina and "Canario" not in pagina


@pytest.mark.parametrize(
    ("nombre", "args", "datos"),
    [
        ("memoria_corte_nuevo", [], {"periodo": "2025"}),
        ("memoria_meta_fijar", [2025], {}),
        ("memoria_meta_justificar", [2025], {}),
        ("memoria_meta_umbral", [2025], {}),
        ("memoria_mediciones", [], {}),
        ("memoria_propio_nuevo", [], {}),
    ],
)
def test_solo_cambia_quien_integra_la_memoria(entrar: Callable[..., Client], nombre: str, args: list, datos: dict) -> None:
    assert entrar("auditoria").post(reverse(nombre, args=args), datos).status_code == 404
    assert (Corte.objects.count(), Trabajo.objects.count(), MetaTrimestral.objects.count()) == (0, 0, 0)


def test_las_metas_se_fijan_se_justifican_y_dicen_su_avance(entrar: Callable[..., Client]) -> None:
    oficina = entrar("redaccion")
    for n in range(5):
        boletin(estado="publicado", dia=date(2024, 2, n + 1))
    datos = {"meta-indicador": "BOL", "meta-trimestre": "1", "meta-programado": "10", "meta-motivo": ""}
    assert oficina.post(reverse("memoria_meta_fijar", args=[2024]), datos).status_code == 302
    pagina = oficina.get(reverse("memoria_metas", args=[2024])).content.decode()
    assert (
        '/admin/memoria/indicadores/BOL/?periodo=2024-T1"' in pagina
        and "5</a> de 10" in pagina
        and "50 %, no cumple" in pagina
        and "Falta justificar" in pagina
    )
    otra = oficina.post(reverse("memoria_meta_fijar", args=[2024]), datos | {"meta-programado": "6"})
    assert "Ya había una meta de 10" in otra.content.decode()
    porque = {"justificacion-indicador": "BOL", "justificacion-trimestre": "1", "justificacion-texto": "Hubo veda."}
    oficina.post(reverse("memoria_meta_justificar", args=[2024]), porque)
    assert "Hubo veda." in oficina.get(reverse("memoria_metas", args=[2024])).content.decode()


def test_un_umbral_al_reves_no_se_guarda(entrar: Callable[..., Client]) -> None:
    datos = {
        "umbral-desde": "2025-01-01", "umbral-verde": "50", "umbral-amarillo": "70", "umbral-justifica_bajo": "90",
        "umbral-justifica_sobre": "110",
    }  # fmt: skip
    oficina = entrar("titular")
    assert "El verde empieza" in oficina.post(reverse("memoria_meta_umbral", args=[2025]), datos).content.decode()
    oficina.post(reverse("memoria_meta_umbral", args=[2025]), datos | {"umbral-verde": "80"})
    assert UmbralDeSemaforo.objects.get().verde == Decimal(80)


def test_una_medicion_se_captura_y_se_anula(entrar: Callable[..., Client]) -> None:
    oficina = entrar("monitoreo")
    datos = {
        "clase": "medicion", "indicador": "RED", "desde": "2025-01-01", "hasta": "2025-01-31", "concepto": "Facebook",
        "valor": "120", "fuente": "Panel",
    }  # fmt: skip
    assert oficina.post(reverse("memoria_mediciones"), datos).status_code == 302
    medicion = MedicionCapturada.objects.get()
    assert "120" in oficina.get(reverse("memoria_indicador", args=["RED"]), {"periodo": "2025"}).content.decode()
    del_archivo = oficina.post(reverse("memoria_mediciones"), datos | {"indicador": "BOL"})
    assert "lo cuenta el archivo" in del_archivo.content.decode()
    oficina.post(reverse("memoria_medicion_anular", args=[medicion.pk]), {"motivo": "Otra cuenta"})
    assert MedicionCapturada.objects.vigentes().count() == 0


def test_un_indicador_propio_sale_de_la_direccion_de_una_busqueda(entrar: Callable[..., Client]) -> None:
    asegurar()
    oficina = entrar("redaccion")
    datos = {
        "clave": "agua", "nombre": "Agua", "unidad": "documentos", "cuenta": "Lo que habla de agua.", "agrupacion": "tipo",
        "activo": "on", "busqueda": "http://127.0.0.1:8000/buscar/?q=agua+potable&tipo=boletin&tipo=recorte&orden=fecha&pagina=2&anio=2026&desde=2026-01",
    }  # fmt: skip
    guardado = oficina.post(reverse("memoria_propio_nuevo"), datos, follow=True).content.decode()
    assert (
        "Se quitó anio=2026, desde=2026-01 de la búsqueda" in guardado
        and "Lo que habla de agua. Búsqueda: «agua potable»" in guardado
    )
    propio = IndicadorPropio.objects.get()
    assert (propio.clave, propio.texto, propio.filtros) == ("AGUA", "agua potable", {"tipo": ["boletin", "recorte"]})
    assert Suceso.objects.filter(clase="indicador.creado", objeto="indicador:AGUA").exists()
    malo = oficina.post(
        reverse("memoria_propio_nuevo"), datos | {"clave": "BOL", "busqueda": "/buscar/?color=azul"}
    ).content.decode()
    assert "ya es un indicador del archivo" in malo and "No hay un filtro «color»" in malo
    con_anio = oficina.post(reverse("memoria_propio", args=[propio.pk]), datos | {"busqueda": "", "filtros": "anio=2026"})
    assert "Quite anio=2026: el periodo lo pone cada cifra" in con_anio.content.decode()
    vacio = oficina.post(reverse("memoria_propio", args=[propio.pk]), datos | {"busqueda": "", "texto": "", "filtros": ""})
    assert "contaría todo el archivo" in vacio.content.decode()


def test_la_pagina_no_pregunta_mas_por_tener_mas(entrar: Callable[..., Client], django_assert_max_num_queries: object) -> None:
    programar("BOL", (2025, 1), Decimal(1), None)
    for n in range(40):
        boletin(estado="publicado", dia=date(2025, 1, 1 + n % 28))
    oficina = entrar("redaccion")
    direccion = reverse("memoria_indicador", args=["BOL"])
    oficina.get(direccion, {"periodo": "2025"})
    with django_assert_max_num_queries(30):
        pagina = oficina.get(direccion, {"periodo": "2025"})
    assert len(pagina.context["pagina"].filas) == 40


def _renglones(respuesta: object) -> list[list[str]]:
    crudo = b"".join(respuesta.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(crudo)))


@pytest.mark.parametrize("encargada", [False, True])
def test_los_cambios_desde_un_corte_se_descargan_enteros_con_su_razon(
    entrar: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, *, encargada: bool
) -> None:
    oficina = entrar("cotejo")
    corte = cortar(leer_periodo("2025"))
    boletin(estado="publicado", dia=date(2025, 3, 1), titulo="El segundo")
    boletin(estado="publicado", dia=date(2025, 4, 1), acceso="reservado", titulo="Canario reservado")
    if encargada:
        monkeypatch.setattr(comparadas, "POCOS", -1)
        sin_hacer = oficina.get(reverse("memoria_corte_cambios_csv", args=[corte.pk]))
        assert sin_hacer.url == reverse("memoria_corte_comparar", args=[corte.pk])
        comparadas.guardar_comparacion(corte, None)
    encabezado, *filas = _renglones(oficina.get(reverse("memoria_corte_cambios_csv", args=[corte.pk])))
    de_bol = [f for f in filas if f[0] == "BOL"]
    assert encabezado[4:8] == ["Qué pasó", "Clave", "Título", "Por qué"]
    assert [(f[2], f[3], f[4], f[6]) for f in de_bol] == [("0", "2", "Entró", "El segundo"), ("0", "2", "Entró", "")]
    assert "Se incorporó el" in de_bol[0][7] and "no le toca ver" in de_bol[1][7]
    assert "Canario" not in str(filas)


def test_la_descarga_de_los_cambios_sale_entera_aunque_se_comparen_otra_vez(
    entrar: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    oficina, corte = entrar("cotejo"), cortar(leer_periodo("2025"))
    for n in range(3):
        boletin(estado="publicado", dia=date(2025, 3, 1 + n))
    monkeypatch.setattr(comparadas, "POCOS", -1)
    comparadas.guardar_comparacion(corte, None)
    entera = _renglones(oficina.get(reverse("memoria_corte_cambios_csv", args=[corte.pk])))
    a_la_vez = oficina.get(reverse("memoria_corte_cambios_csv", args=[corte.pk]))
    comparadas.guardar_comparacion(corte, None)
    assert _renglones(a_la_vez) == entera and len(entera) > 3
