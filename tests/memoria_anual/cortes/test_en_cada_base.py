"""Las mismas cifras, el mismo corte y el mismo candado en SQLite y en PostgreSQL; y un recuento en SQL llano."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.catalogo.puerta import Adjunto
from archivo.objetos.puerta import ObjetoDigital
from memoria_anual.cortes.puerta import comparar, cortar, verificar
from memoria_anual.indicadores.puerta import MedicionNueva, Periodo, capturar, cifra, cifras, desgloses, leer_periodo, lista
from tests.fabricas import elemento
from tests.memoria_anual.generado import Recuento, sembrar

ANIO = leer_periodo("2025")
EMITIDO = "i.estado IN ('publicado', 'archivado')"
FIRME = "i.estado IN ('autorizado', 'programado', 'publicado', 'archivado')"
ERRATA = "i.id IN (SELECT origen_id FROM catalogo_relacion WHERE clase = 'fe_de_erratas_de')"
CUBIERTO = f"i.tipo = 'evento' AND {FIRME} AND i.ficha ->> 'situacion' = 'cubierto'"
REPITE = """
EXISTS (
  WITH RECURSIVE lazo(a, b) AS (
    SELECT origen_id, destino_id FROM catalogo_relacion WHERE clase = 'nota_madre'
    UNION SELECT destino_id, origen_id FROM catalogo_relacion WHERE clase = 'nota_madre'
  ), alcanza(a, b) AS (SELECT a, b FROM lazo UNION SELECT alcanza.a, lazo.b FROM alcanza JOIN lazo ON lazo.a = alcanza.b)
  SELECT 1 FROM alcanza JOIN catalogo_item j ON j.id = alcanza.b
  WHERE alcanza.a = i.id AND j.tipo = 'recorte' AND j.estado IN ('publicado', 'archivado')
    AND (j.fecha < i.fecha OR (j.fecha = i.fecha AND j.id < i.id))
)"""
CON_NOTA = """
EXISTS (
  SELECT 1 FROM catalogo_relacion r JOIN catalogo_item n ON n.id = r.origen_id
  WHERE r.destino_id = i.id AND r.clase = 'cobertura_de' AND n.estado IN ('publicado', 'archivado')
)"""


def de_serie(*claves: str) -> str:
    """Lo emitido de esas series."""
    dichas = ", ".join(f"'{c}'" for c in claves)
    return f"i.tipo = 'boletin' AND {EMITIDO} AND i.serie_id IN (SELECT id FROM catalogo_seriedenumeracion WHERE clave IN ({dichas}))"


def de_clase(tipo: str, estados: str, *clases: str) -> str:
    """Lo de ese tipo cuya ficha dice una de esas clases."""
    return f"i.tipo = '{tipo}' AND {estados} AND i.ficha ->> 'clase' IN ({', '.join(repr(c) for c in clases)})"


BOLETIN = f"{de_serie('boletin', 'comunicado')} AND NOT {ERRATA}"
NOTA = f"i.tipo = 'recorte' AND {EMITIDO}"
EN_SQL = {
    "BOL": BOLETIN, "FER": f"i.tipo = 'boletin' AND {EMITIDO} AND {ERRATA}", "DSC": de_serie("discurso"),
    "VES": de_serie("version-estenografica"), "CON": de_serie("conferencia-prensa"), "COB": CUBIERTO,
    "INV": f"{CUBIERTO} AND i.ficha ->> 'clase' = 'invitacion'", "NOT": NOTA, "NOT-U": f"{NOTA} AND NOT {REPITE}",
    "SIN": f"i.tipo = 'sintesis' AND {EMITIDO}", "VID": de_clase("audiovisual", FIRME, "video", "spot_tv", "spot_radio"),
    "LIV": de_clase("audiovisual", FIRME, "transmision_en_vivo"),
    "DIS": f"i.tipo = 'impreso' AND {FIRME} AND (i.ficha ->> 'fecha_solicitud' IS NULL OR i.ficha ->> 'fecha_entrega' IS NOT NULL)",
    "PUB": f"i.tipo = 'publicacion' AND {EMITIDO} AND i.ficha ->> 'clase' <> 'encuesta'",
    "ENC": de_clase("publicacion", EMITIDO, "encuesta"),
}  # fmt: skip
NUMERADORES = {
    "IMP": f"{BOLETIN} AND {CON_NOTA}", "TON": f"{NOTA} AND i.ficha ->> 'valoracion' = 'positiva'",
    "TON-I": f"{NOTA} AND i.ficha ->> 'valoracion' = 'informativa'", "TON-N": f"{NOTA} AND i.ficha ->> 'valoracion' = 'negativa'",
}  # fmt: skip


def en_sql(condicion: str, periodo: Periodo) -> int:
    """Cuántos elementos la cumplen en esos días, con SQL escrito a mano."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM catalogo_item i WHERE {condicion} AND i.fecha >= %s AND i.fecha <= %s",
            [periodo.desde.isoformat(), periodo.hasta.isoformat()],
        )
        return int(cursor.fetchone()[0])


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
    assert {c: cifra(c, ANIO).valor for c in EN_SQL} == {c: en_sql(suya, ANIO) for c, suya in EN_SQL.items()}
    assert [cifra(c, ANIO).valor for c in ("RED", "RED-S")] == [9, 70]
    for c in cifras(ANIO):
        assert desgloses(c).keys() == set(c.indicador.desgloses) and len(lista(c.clave, ANIO)) == c.elementos
    corte = cortar(ANIO)
    assert verificar(corte) == [] and comparar(corte).distintas == ()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cortes_cifradecorte")


@pytest.mark.django_db
def test_tres_anios_recontados_en_sql_llano_dan_lo_mismo() -> None:
    sembrar(700, 32)
    for anio in ("2024", "2025", "2026"):
        periodo = leer_periodo(anio)
        assert {c: cifra(c, periodo).valor for c in EN_SQL} == {c: en_sql(suya, periodo) for c, suya in EN_SQL.items()}
        assert {c: cifra(c, periodo).numerador for c in NUMERADORES} == {c: en_sql(n, periodo) for c, n in NUMERADORES.items()}
