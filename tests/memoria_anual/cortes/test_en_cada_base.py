"""Las mismas cifras, el mismo corte y el mismo candado en SQLite y en PostgreSQL; y un recuento en SQL llano."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from archivo.archivistica.puerta import Expediente
from archivo.catalogo.puerta import Adjunto, Item, transitar
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.actos.puerta import Cancelacion
from certificaciones.reglas.puerta import cargar_reglas_de_muestra
from memoria_anual.cortes.puerta import comparar, cortar, verificar
from memoria_anual.indicadores.puerta import MedicionNueva, Periodo, capturar, cifra, cifras, desgloses, leer_periodo, lista
from tests.archivo.archivistica.mundo import expediente, integrados
from tests.certificaciones.actos.fabricas import expedida, libro
from tests.fabricas import area, elemento, persona
from tests.memoria_anual.generado import Recuento, sembrar
from tests.memoria_anual.indicadores.test_copias import solicitud

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


def sembrar_lo_demas() -> None:
    """Lo que no es un elemento: calendario, mediciones, dos solicitudes, tres certificaciones (una cancelada), dos expedientes y sus fojas."""
    cargar_reglas_de_muestra()
    for clave, concepto, valor in (
        ("RED", "Facebook", 9),
        ("RED-S", "", 70),
        ("QUE", "", 12),
        ("QUE-T", "", 7),
        ("QUE-R", "", 5),
    ):
        capturar(MedicionNueva(clave, date(2025, 1, 1), date(2025, 3, 31), Decimal(valor), "Panel", concepto=concepto), None)
    capturar(MedicionNueva("ARC-T", date(2025, 4, 1), date(2025, 6, 30), Decimal(3), "Inventario"), None)
    for n, (estado, dias) in enumerate((("entregada", 10), ("no_procede", 25)), 1):
        solicitud(f"SI-2025-000{n}", estado, dias, date(2025, 3, 31))
    en = libro()
    actos = [expedida(en, n) for n in (1, 2, 3)]
    Cancelacion.objects.create(certificacion=actos[0], motivo="Error", texto="Se cancela", asiento=90)
    cuenta = persona("archivo_tramite", nombre="archivista")
    abierto, cerrado = (
        expediente(area("Archivo"), cuenta, titulo=f"Asunto del año, número {n}", fecha_apertura=date(2025, 2, n)) for n in (1, 2)
    )
    integrados(abierto, 2, titulo="En papel")
    Expediente.objects.filter(pk=cerrado.pk).update(estado="cerrado", fecha_cierre=date(2025, 6, 1))


def lo_que_dicen(periodo: Periodo) -> dict[str, Any]:
    """Cada cifra con su valor, su reparto y su lista, sin las claves que cada base reparte."""
    return {
        c.clave: (
            [str(v) for v in (c.valor, c.anterior, c.numerador, c.denominador, c.elementos)],
            {d: sorted((p.rotulo, str(p.valor), p.elementos) for p in partes) for d, partes in desgloses(c).items()},
            [(str(r.fecha), r.titulo, str(r.peso)) for r in lista(c.clave, periodo)],
        )
        for c in cifras(periodo)
    }


def contado_en_esta_base() -> dict[str, Any]:
    """Un año generado: sus cifras, su corte y lo que cambia al retirar un boletín y mover otro de año."""
    with time_machine.travel(datetime(2025, 11, 20, 18, tzinfo=UTC), tick=False) as reloj:
        sembrar(1200, 33)
        sembrar_lo_demas()
        dichas = lo_que_dicen(ANIO)
        corte = cortar(ANIO)
        reloj.shift(timedelta(hours=1))
        primero, segundo = Item.objects.filter(pk__in=[r.objeto_id for r in lista("BOL", ANIO)]).order_by("titulo")[:2]
        transitar(primero, "retirar", None, "Datos personales")
        Item.objects.filter(pk=segundo.pk).update(fecha=date(2024, 12, 31), fecha_hasta=date(2024, 12, 31))
        cambios = {
            c.clave: (
                str(c.antes),
                str(c.despues),
                sorted((x.titulo, x.motivo) for x in (*c.salieron, *c.entraron, *c.cambiaron)),
            )
            for c in comparar(corte).distintas
        }
    congeladas = {c.clave: (str(c.valor), c.elementos, len(c.lista)) for c in corte.cifras.all()}
    return {"cifras": dichas, "corte": (congeladas, corte.elementos_total, verificar(corte)), "cambios": cambios}


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_un_anio_generado_dice_lo_mismo_en_las_dos_bases(base_sqlite, request: pytest.FixtureRequest) -> None:
    en_sqlite = contado_en_esta_base()
    request.getfixturevalue("base_postgres")
    assert contado_en_esta_base() == en_sqlite
    assert [clave for clave, ((valor, *_), *_) in en_sqlite["cifras"].items() if valor in {"0", "None"}] == []
    assert {"BOL", "IMP"} <= en_sqlite["cambios"].keys()
    assert any("Datos personales" in motivo for _, motivo in en_sqlite["cambios"]["BOL"][2])
