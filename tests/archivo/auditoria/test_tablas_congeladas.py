"""Ninguna tabla cuyas filas no se borran se deja cambiar, borrar, reemplazar ni vaciar por SQL, en SQLite y en PostgreSQL."""

import itertools
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from archivo.archivistica.puerta import Expediente, Integracion
from archivo.auditoria.disparadores import quitar, reponer
from archivo.auditoria.puerta import Historia, SucesoNuevo, registrar
from certificaciones.actos.models import Certificacion, Cotejo, DocumentoCertificado, LibroCertificacion, MarcaDeCotejo

DE_HISTORIA = [modelo for modelo in apps.get_models() if issubclass(modelo, Historia)]
CON_CONDICIONES = [LibroCertificacion, DocumentoCertificado, Cotejo, MarcaDeCotejo, Certificacion, Expediente, Integracion]
CONGELADAS = [*DE_HISTORIA, *CON_CONDICIONES]
numero = itertools.count(1)
VALORES = {
    models.BooleanField: lambda: True,
    models.DateTimeField: lambda: datetime(2026, 11, 22, tzinfo=UTC),
    models.DateField: lambda: date(2026, 11, 22),
    models.JSONField: dict,
    models.BinaryField: lambda: b"x",
    models.GenericIPAddressField: lambda: "127.0.0.1",
    models.CharField: lambda: f"x{next(numero)}",
    models.TextField: lambda: "x",
}
ESPECIALES = {
    "actos_certificacion": {"estado": "expedida", "consecutivo": 1, "libro_id": 1},
    "actos_documentocertificado": {"certificacion_id": 1},
    "actos_cotejo": {"certificacion_id": 1, "resultado": "conforme", "concluido": datetime(2026, 11, 22, tzinfo=UTC)},
    "actos_marcadecotejo": {"cotejo_id": 1, "foja": 1, "documento_id": None},
    "actos_librocertificacion": {"id": 1, "cerrado_en": None},
    "archivistica_expediente": {"id": 1, "estado": "abierto", "fecha_cierre": None},
    "archivistica_integracion": {"expediente_id": 1, "foja_inicial": 1, "foja_final": 1, "retirada_en": None},
    "indicadores_medicioncapturada": {"sustituye_id": None, "valor": 1},
    "indicadores_metatrimestral": {"trimestre": 1},
    "indicadores_justificaciondemeta": {"trimestre": 1},
}


def _valor(campo):
    if campo.choices:
        return next(clave for clave, _ in campo.flatchoices if clave not in ("", None))
    for tipo, hacer in VALORES.items():
        if isinstance(campo, tipo):
            return hacer()
    return 1 if campo.primary_key else next(numero)


def poner_una_fila(modelo):
    """Una fila cualquiera, con todas sus columnas, escrita sin pasar por el modelo. La deuda de llaves ajenas no se cobra."""
    fila = {campo.column: _valor(campo) for campo in modelo._meta.concrete_fields} | ESPECIALES.get(modelo._meta.db_table, {})
    campos = {campo.column: campo for campo in modelo._meta.concrete_fields}
    valores = [campos[c].get_db_prep_save(v, connection) for c, v in fila.items()]
    with connection.cursor() as cursor:
        huecos = ", ".join(["%s"] * len(fila))
        cursor.execute(f"INSERT INTO {modelo._meta.db_table} ({', '.join(fila)}) VALUES ({huecos})", valores)


def _filas(tabla):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {tabla}")
        return cursor.fetchall()


def altera(orden, tabla):
    """¿Falta o cambió alguna fila de la tabla tras esa orden? Lo hecho se deshace."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            antes = _filas(tabla)
            cursor.execute(orden)
            despues = _filas(tabla)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return any(fila not in despues for fila in antes)


def _columnas_llave(tabla):
    with connection.cursor() as cursor:
        return [r["columns"] for r in connection.introspection.get_constraints(cursor, tabla).values() if r["unique"]]


def reemplazos(modelo):
    """En SQLite, una orden por cada llave: otra fila, toda distinta salvo esa llave; con los números también como texto."""
    tabla, columnas = modelo._meta.db_table, [c.column for c in modelo._meta.concrete_fields]
    for llave in {("rowid",), *map(tuple, _columnas_llave(tabla))}:
        for como in ("{}", "CAST({} AS TEXT)"):
            otras = {c: f"{c} || 'z'" if "char" in modelo._meta.get_field(c).db_type(connection) else c for c in columnas}
            otras["id"] = "NULL"
            valores = otras | {c: como.format(c) for c in llave}
            de_la_tabla = [c for c in (*columnas, "rowid") if c in valores]
            cuales = ", ".join(valores[c] for c in de_la_tabla)
            yield f"INSERT OR REPLACE INTO {tabla} ({', '.join(de_la_tabla)}) SELECT {cuales} FROM {tabla}"


def lo_que_se_deja(modelo):
    """Las órdenes que alteran una fila de esa tabla y la base no rechaza."""
    tabla, llave = modelo._meta.db_table, modelo._meta.pk.column
    prohibidas = [f"DELETE FROM {tabla}"]
    if modelo not in (LibroCertificacion, Expediente, Integracion):
        prohibidas.append(f"UPDATE {tabla} SET {llave} = {llave} + 1000")
    if connection.vendor == "sqlite":
        prohibidas += [*reemplazos(modelo), f"REPLACE INTO {tabla} SELECT * FROM {tabla}"]
    else:
        prohibidas += [f"TRUNCATE {tabla} CASCADE"]
    return [orden for orden in prohibidas if altera(orden, tabla)]


def test_lo_congelado_no_se_cambia_borra_reemplaza_ni_vacia(cada_base):
    with transaction.atomic():
        for modelo in CONGELADAS:
            poner_una_fila(modelo)
        admitidas = {modelo._meta.label: pasan for modelo in CONGELADAS if (pasan := lo_que_se_deja(modelo))}
        transaction.set_rollback(True)
    assert len(DE_HISTORIA) >= 27
    assert admitidas == {}


def test_sin_sus_disparadores_la_prueba_si_nota_cada_tabla(cada_base):
    with transaction.atomic():
        for modelo in DE_HISTORIA:
            poner_una_fila(modelo)
            quitar(modelo._meta.db_table, None, SimpleNamespace(connection=connection))
        sin_notar = [modelo._meta.label for modelo in DE_HISTORIA if not lo_que_se_deja(modelo)]
        transaction.set_rollback(True)
    assert sin_notar == []


def test_migrar_repone_los_que_se_perdieron(cada_base):
    quitar("auditoria_suceso", None, SimpleNamespace(connection=connection))
    reponer("default")
    registrar(SucesoNuevo("prueba.hecha"))
    orden = (
        "REPLACE INTO auditoria_suceso SELECT * FROM auditoria_suceso"
        if cada_base.vendor == "sqlite"
        else "TRUNCATE auditoria_suceso"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(orden)


def test_lo_que_ya_esta_bien_no_se_vuelve_a_poner(base_sqlite):
    reponer("default")
    with CaptureQueriesContext(connection) as ordenes:
        reponer("default")
    assert [o["sql"] for o in ordenes if "TRIGGER " in o["sql"]] == []
