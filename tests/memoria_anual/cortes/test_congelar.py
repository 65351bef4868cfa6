"""Un corte congela valores y listas, tiene huella y no se cambia, ni desde la base."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.auditoria.puerta import HistoriaInmutable, Suceso
from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import PermisoNegado
from archivo.tareas.puerta import EstadoDeTrabajo, Trabajo, drenar
from memoria_anual.cortes.puerta import CifraDeCorte, Corte, ElementoDeCorte, cortar, elementos_de, encargar_corte, verificar
from memoria_anual.indicadores.puerta import cifras, indicadores, leer_periodo, lista
from tests.fabricas import boletin, persona
from tests.memoria_anual.generado import sembrar

pytestmark = pytest.mark.django_db
ANIO = leer_periodo("2025")


def test_un_corte_guarda_cada_cifra_con_su_lista() -> None:
    sembrar(500, 11)
    corte = cortar(ANIO)
    vivas = {c.clave: c for c in cifras(ANIO)}
    assert [c.clave for c in corte.cifras.all()] == [i.clave for i in indicadores()]
    for cifra in corte.cifras.all():
        assert (cifra.valor, cifra.anterior, cifra.elementos) == (
            vivas[cifra.clave].valor,
            vivas[cifra.clave].anterior,
            vivas[cifra.clave].elementos,
        )
        renglones = lista(cifra.clave, ANIO)
        assert [(e.clase, e.objeto_id, e.titulo) for e in elementos_de(cifra)] == [
            (r.clase, r.objeto_id, r.titulo) for r in renglones
        ]
        assert elementos_de(cifra, 3, 9) == elementos_de(cifra)[3:9]
    assert corte.elementos_total == ElementoDeCorte.objects.filter(corte=corte).count()
    assert verificar(corte) == []


def test_lo_que_pasa_despues_no_cambia_el_corte() -> None:
    primero = boletin(estado="publicado", dia=date(2025, 3, 1), titulo="Antes")
    corte = cortar(ANIO)
    boletin(estado="publicado", dia=date(2025, 3, 2))
    Item.objects.filter(pk=primero.pk).update(estado="retirado", titulo="Después")
    cifra = corte.cifra("BOL")
    assert cifra is not None and cifra.valor == 1
    assert [(e.titulo, e.estado) for e in elementos_de(cifra)] == [("Antes", "publicado")]
    assert verificar(corte) == []


def test_los_desgloses_se_congelan_con_sus_rotulos() -> None:
    boletin(estado="publicado", dia=date(2025, 3, 1))
    cifra = cortar(ANIO).cifra("BOL")
    assert cifra is not None
    assert cifra.desgloses["mes"][2] == {"clave": "2025-03", "rotulo": "marzo de 2025", "valor": "1.00", "elementos": 1}
    assert cifra.desgloses["area"][0]["rotulo"] == "Sin área"
    assert cifra.regla["cuenta"].startswith("Cada boletín")


@pytest.mark.parametrize("tabla", ["cortes_corte", "cortes_cifradecorte", "cortes_elementodecorte"])
def test_la_base_no_deja_cambiar_ni_borrar_un_corte(tabla: str) -> None:
    boletin(estado="publicado", dia=date(2025, 3, 1))
    cortar(ANIO)
    for orden in (f"UPDATE {tabla} SET id = id + 100", f"DELETE FROM {tabla}"):
        with pytest.raises(DatabaseError, match="sólo admite filas nuevas"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(orden)


def test_desde_la_aplicacion_tampoco() -> None:
    corte = cortar(ANIO)
    with pytest.raises(HistoriaInmutable):
        corte.save()
    with pytest.raises(HistoriaInmutable):
        CifraDeCorte.objects.filter(corte=corte).update(valor=1)


def test_la_huella_nota_un_solo_numero_distinto() -> None:
    boletin(estado="publicado", dia=date(2025, 3, 1))
    corte = cortar(ANIO)
    otro = Corte(periodo=corte.periodo, desde=corte.desde, hasta=corte.hasta, momento=corte.momento, hash="0" * 64)
    otro.elementos_total = corte.elementos_total
    otro.save()
    for fila in (*corte.cifras.all(), *corte.elementos.all()):
        fila.pk, fila.corte, fila._state.adding = None, otro, True
        if isinstance(fila, CifraDeCorte) and fila.clave == "BOL":
            fila.valor = 2
        fila.save()
    assert any("no da la huella" in f for f in verificar(otro))


def test_cortar_deja_suceso_y_lo_hace_quien_puede() -> None:
    redactora = persona("redaccion")
    corte = cortar(ANIO, redactora, "Cierre del año")
    suceso = Suceso.objects.get(clase="memoria.corte")
    assert (suceso.objeto, suceso.actor, suceso.motivo) == (f"corte:{corte.pk}", redactora, "Cierre del año")
    assert suceso.detalle["hash"] == corte.hash
    for rol in ("monitoreo", "auditoria", "administracion"):
        with pytest.raises(PermisoNegado):
            cortar(ANIO, persona(rol))
    assert Corte.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_como_trabajo_cuenta_su_avance_y_dice_que_corte_hizo() -> None:
    boletin(estado="publicado", dia=date(2025, 3, 1))
    trabajo = encargar_corte(ANIO, persona("titular"))
    drenar()
    hecho = Trabajo.objects.select_related("encargo").get(pk=trabajo.pk)
    assert hecho.estado is EstadoDeTrabajo.HECHO and hecho.porcentaje == 100
    assert hecho.resultado["hash"] == Corte.objects.get(pk=hecho.resultado["corte"]).hash


def test_el_periodo_de_un_corte_es_el_que_era(settings: object) -> None:
    corte = cortar(leer_periodo("2025-G"))
    settings.ACERVO_INICIO_DE_GOBIERNO = (1, 1)
    assert corte.como_periodo.desde == date(2025, 10, 1)
