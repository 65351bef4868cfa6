"""Cada cifra es igual a un recuento independiente en Python, y su lista la rehace."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archivo.catalogo.puerta import Adjunto, Item, Relacion
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.reglas.puerta import Calendario, DiaInhabil, cargar_reglas_de_muestra
from memoria_anual.indicadores.puerta import (
    Medida,
    Semantica,
    cifra,
    cifras,
    desglose,
    indicador,
    indicadores,
    leer_periodo,
    lista,
)
from tests.fabricas import boletin, elemento
from tests.memoria_anual.generado import ESTADOS, Recuento, sembrar

pytestmark = pytest.mark.django_db
PERIODOS = ("2024", "2025", "2026", "2024-T1", "2025-T3", "2025-G", "2024-02-10..2025-02-09")


@pytest.mark.parametrize("semilla", [1, 2])
def test_cada_cuenta_es_la_de_un_recuento_a_mano(semilla: int) -> None:
    sembrar(900, semilla)
    for clave in PERIODOS:
        periodo = leer_periodo(clave)
        esperadas = Recuento(periodo.desde, periodo.hasta).cuentas()
        halladas = {c.clave: int(c.valor or 0) for c in cifras(periodo, esperadas)}
        assert halladas == esperadas, clave


def test_los_porcentajes_y_los_minutos_dicen_sus_partes() -> None:
    sembrar(900, 3)
    periodo = leer_periodo("2025")
    recuento = Recuento(periodo.desde, periodo.hasta)
    impacto = cifra("IMP", periodo)
    assert (impacto.numerador, impacto.denominador) == (recuento.con_impacto(), len(recuento.boletines()))
    assert impacto.valor == round(Decimal(100 * recuento.con_impacto()) / len(recuento.boletines()), 2)
    minutos = cifra("VID-M", periodo).valor
    assert minutos is not None and abs(minutos - Decimal(recuento.segundos()) / 60) <= Decimal("0.005")
    tonos, total = recuento.valoraciones(), recuento.valoraciones().total()
    for clave, cual in (("TON", "positiva"), ("TON-I", "informativa"), ("TON-N", "negativa")):
        de_aqui = cifra(clave, periodo)
        assert (de_aqui.numerador, de_aqui.denominador) == (tonos[cual], total)


def test_la_lista_rehace_la_cifra_y_va_por_fecha() -> None:
    sembrar(700, 4)
    periodo = leer_periodo("2025")
    for regla in indicadores():
        renglones, c = lista(regla.clave, periodo), cifra(regla.clave, periodo)
        peso = sum((r.peso for r in renglones), Decimal(0))
        assert len(renglones) == c.elementos == len({(r.clase, r.objeto_id) for r in renglones})
        assert renglones == sorted(renglones, key=lambda r: (r.fecha or date.min, r.objeto_id))
        if regla.medida is Medida.CUENTA:
            assert c.valor == len(renglones)
        elif regla.medida is Medida.SUMA and c.valor is not None:
            assert abs(c.valor - peso / regla.divisor) <= Decimal("0.005")
        else:
            assert c.numerador in (None, peso)


def test_un_tramo_de_la_lista_es_ese_pedazo_de_la_lista() -> None:
    sembrar(400, 5)
    periodo = leer_periodo("2025")
    for clave in ("BOL", "NOT-U", "FOT-T"):
        entera = lista(clave, periodo)
        assert lista(clave, periodo, 2, 7) == entera[2:7]


def test_los_desgloses_suman_la_cifra() -> None:
    sembrar(700, 6)
    for c in cifras(leer_periodo("2025")):
        if c.indicador.medida in {Medida.CUENTA, Medida.SUMA} and c.valor is not None:
            for nombre in c.indicador.desgloses:
                porciones = desglose(c, nombre)
                assert sum(p.elementos for p in porciones) == c.elementos
                assert abs(sum((p.valor or Decimal(0) for p in porciones), Decimal(0)) - c.valor) < Decimal("0.2")


def test_el_desglose_por_mes_trae_los_meses_sin_nada() -> None:
    boletin(estado="publicado", dia=date(2025, 3, 5))
    meses = desglose(cifra("BOL", leer_periodo("2025")), "mes")
    assert [p.rotulo for p in meses][:3] == ["enero de 2025", "febrero de 2025", "marzo de 2025"]
    assert [int(p.valor or 0) for p in meses] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_e2_el_numero_cancelado_no_cuenta_y_la_fe_de_erratas_va_aparte() -> None:
    emitidos = [boletin(estado="publicado", dia=date(2026, 11, 20)) for _ in range(3)]
    boletin(estado="cancelado", dia=date(2026, 11, 21))
    errata = boletin(estado="publicado", dia=date(2026, 11, 22))
    Relacion.objects.create(origen=errata, destino=emitidos[0], clase="fe_de_erratas_de")
    periodo = leer_periodo("2026")
    assert cifra("BOL", periodo).valor == 3
    assert [r.objeto_id for r in lista("FER", periodo)] == [errata.pk]


def test_e6_cinco_impactos_son_tres_notas_unicas() -> None:
    origen = boletin(estado="publicado", dia=date(2026, 11, 20))
    notas = [
        elemento("recorte", estado="publicado", dia=date(2026, 11, 20 + n), ficha={"valoracion": "positiva"}) for n in range(5)
    ]
    for nota in notas:
        Relacion.objects.create(origen=nota, destino=origen, clase="cobertura_de")
    for repetida in notas[1:3]:
        Relacion.objects.create(origen=repetida, destino=notas[0], clase="nota_madre")
    periodo = leer_periodo("2026")
    assert [cifra(c, periodo).valor for c in ("NOT", "NOT-U", "IMP")] == [5, 3, 100]


def test_e7_lo_tomado_lo_elegido_y_lo_publicado_no_se_mezclan() -> None:
    album = elemento(
        "audiovisual", estado="publicado", dia=date(2026, 5, 1), ficha={"clase": "album_fotografico", "tomadas": 999}
    )
    for n in range(18):
        objeto = ObjetoDigital.objects.create(sha256=f"{n:064x}", bytes=1, mime="image/jpeg")
        Adjunto.objects.create(
            item=album, objeto=objeto, rol="fotografia", nombre=f"{n}.jpg", seleccionada=n < 6,
            acceso_efectivo="publico" if n < 4 else "interno",
        )  # fmt: skip
    periodo = leer_periodo("2026")
    assert [cifra(c, periodo).valor for c in ("FOT-T", "FOT-S", "FOT-P")] == [18, 6, 4]
    Item.objects.filter(pk=album.pk).update(acceso_efectivo="interno")
    assert cifra("FOT-P", periodo).valor == 0


def test_una_foto_embargada_cuenta_como_publicada_desde_su_hora_sin_reiniciar_nada() -> None:
    hora = timezone.now() + timedelta(hours=1)
    elemento(
        "audiovisual", estado="programado", dia=date(2026, 5, 1), acceso="publico", embargo_hasta=hora,
        ficha={"clase": "fotografia", "tomadas": 5, "seleccionadas": 4, "publicadas": 3},
    )  # fmt: skip
    periodo = leer_periodo("2026")
    assert cifra("FOT-P", periodo).valor == 0
    with time_machine.travel(hora + timedelta(minutes=1)):
        assert cifra("FOT-P", periodo).valor == 3


def test_el_anterior_es_el_mismo_periodo_un_anio_antes() -> None:
    for anio, cuantos in ((2024, 2), (2025, 3)):
        for n in range(cuantos):
            boletin(estado="publicado", dia=date(anio, 2, 10 + n))
    c = cifra("BOL", leer_periodo("2025-T1"))
    assert (c.valor, c.anterior, c.anterior_capturado) == (3, 2, False)


def test_de_un_anio_en_curso_solo_se_exigen_los_dias_habiles_que_ya_pasaron() -> None:
    assert cifra("SIN-C", leer_periodo("2024-01-01..2024-01-07")).valor is None
    cargar_reglas_de_muestra()
    elemento("sintesis", estado="publicado", dia=date(2024, 1, 2), ficha={"clase": "matutina"})
    elemento("sintesis", estado="publicado", dia=date(2024, 1, 2), ficha={"clase": "vespertina"})
    elemento("sintesis", estado="publicado", dia=date(2024, 1, 6), ficha={"clase": "fin_de_semana"})
    cumplido = cifra("SIN-C", leer_periodo("2024-01-01..2024-01-07"))
    assert (cumplido.numerador, cumplido.denominador, cumplido.valor) == (1, 4, 25)
    assert cifra("SIN-C", leer_periodo("2190")).valor is None
    suspendido = DiaInhabil(calendario=Calendario.objects.get(clave="LFT-74"), motivo="Suspensión de labores")
    suspendido.desde, suspendido.hasta = date(2024, 1, 3), date(2024, 1, 4)
    suspendido.save()
    assert cifra("SIN-C", leer_periodo("2024-01-01..2024-01-07")).denominador == 2


def test_toda_declaracion_dice_su_regla_completa() -> None:
    for regla in indicadores():
        assert regla.cuenta and regla.base and regla.unidad and regla.cuenta.endswith("."), regla.clave
        assert 1 <= regla.capitulo <= 17
        es_razon = regla.medida in {Medida.PORCENTAJE, Medida.PROMEDIO}
        assert es_razon == (regla.semantica is Semantica.RAZON), regla.clave


def test_estan_las_veinte_claves_y_las_de_su_familia() -> None:
    claves = {i.clave for i in indicadores()}
    pedidas = "BOL COB FOT-T FOT-S FOT-P VID LIV SIN NOT TON IMP ENT CAM DIS RED PUB ARC QUE ENC INV DSC VES CON"
    assert set(pedidas.split()) <= claves
    assert indicador("BOL").unidad == "boletines"


class TrimestresTest(TestCase):
    """Los cuatro trimestres suman el año, en todo indicador de flujo, con cualquier reparto de fechas y estados."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(("boletin", "recorte", "evento", "sintesis", "publicacion", "impreso")),
                st.dates(date(2024, 12, 1), date(2026, 1, 31)),
                st.sampled_from(ESTADOS),
            ),
            max_size=25,
        ),
        st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=8),
    )
    def test_los_trimestres_suman_el_anio(self, filas: list, lazos: list) -> None:
        fichas = {"evento": {"situacion": "cubierto", "clase": "entrevista"}, "recorte": {"valoracion": "positiva"}}
        hechos = [
            Item.objects.create(tipo=t, titulo=t, fecha=d, fecha_hasta=d, estado=e, ficha=fichas.get(t, {})) for t, d, e in filas
        ]
        notas = [i for i in hechos if i.tipo == "recorte"]
        pares = {(notas[a % len(notas)].pk, notas[b % len(notas)].pk) for a, b in lazos if notas}
        Relacion.objects.bulk_create(Relacion(origen_id=a, destino_id=b, clase="nota_madre") for a, b in pares if a != b)
        anio = leer_periodo("2025")
        for c in cifras(anio):
            if c.indicador.semantica is Semantica.FLUJO and c.valor is not None:
                partes = [cifra(c.clave, t) for t in anio.trimestres]
                assert sum((p.valor or 0) for p in partes) == c.valor, c.clave
                assert sum(p.elementos for p in partes) == c.elementos
