"""Las mismas cifras, el mismo corte y el mismo candado en SQLite y en PostgreSQL; y un recuento en SQL llano."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.catalogo.puerta import Adjunto
from archivo.objetos.puerta import ObjetoDigital
from memoria_anual.cortes.puerta import comparar, cortar, verificar
from memoria_anual.indicadores.puerta import MedicionNueva, capturar, cifra, cifras, desgloses, leer_periodo, lista
from tests.fabricas import elemento
from tests.memoria_anual.generado import Recuento, sembrar

ANIO = leer_periodo("2025")
EN_SQL = {
    "NOT": "tipo = 'recorte' AND estado IN ('publicado', 'archivado')",
    "SIN": "tipo = 'sintesis' AND estado IN ('publicado', 'archivado')",
    "BOL": (
        "tipo = 'boletin' AND estado IN ('publicado', 'archivado')"
        " AND serie_id IN (SELECT id FROM catalogo_seriedenumeracion WHERE clave IN ('boletin', 'comunicado'))"
        " AND id NOT IN (SELECT origen_id FROM catalogo_relacion WHERE clase = 'fe_de_erratas_de')"
    ),
}


def test_las_cifras_el_corte_y_su_candado_son_los_mismos_en_cada_base(cada_base) -> None:
    sembrar(400, 31)
    esperadas = Recuento(ANIO.desde, ANIO.hasta).cuentas()
    esperadas |= {c: esperadas[c] + n for c, n in (("FOT-T", 1), ("FOT-P", 1))}
    album = elemento("audiovisual", estado="publicado", dia=date(2025, 5, 1), ficha={"clase": "album_fotografico"})
    objeto = ObjetoDigital.objects.create(sha256="a" * 64, bytes=1, mime="image/jpeg")
    Adjunto.objects.create(item=album, objeto=objeto, rol="fotografia", nombre="1.jpg", acceso_efectivo="publico")
    capturar(MedicionNueva("RED", date(2025, 1, 1), date(2025, 3, 31), Decimal(9), "Panel", concepto="Facebook"), None)
    capturar(MedicionNueva("RED-S", date(2025, 1, 1), date(2025, 3, 31), Decimal(70), "Panel"), None)
    assert {c.clave: int(c.valor or 0) for c in cifras(ANIO, esperadas)} == esperadas
    assert [cifra(c, ANIO).valor for c in ("RED", "RED-S")] == [9, 70]
    for c in cifras(ANIO):
        assert desgloses(c).keys() == set(c.indicador.desgloses) and len(lista(c.clave, ANIO)) == c.elementos
    corte = cortar(ANIO)
    assert verificar(corte) == [] and comparar(corte).distintas == ()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cortes_cifradecorte")


@pytest.mark.django_db
@pytest.mark.parametrize("periodo", ["2024", "2025", "2026"])
def test_un_recuento_en_sql_llano_da_lo_mismo(periodo: str) -> None:
    sembrar(700, 32)
    pedido = leer_periodo(periodo)
    with connection.cursor() as cursor:
        for clave, condicion in EN_SQL.items():
            cursor.execute(
                f"SELECT count(*), min(fecha) FROM catalogo_item WHERE {condicion} AND fecha >= %s AND fecha <= %s",
                [pedido.desde.isoformat(), pedido.hasta.isoformat()],
            )
            assert cursor.fetchone()[0] == cifra(clave, pedido).valor, clave
