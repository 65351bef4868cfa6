"""Lo que la base misma impide en un expediente, aunque se entre por fuera de la aplicación.

Un documento sólo entra a un expediente abierto, con las fojas que siguen a las últimas; si entró sin ellas las recibe después, una
vez; dadas, no cambian, y su fila no se borra. El código de un expediente no cambia. Quien altere estas tablas en SQLite debe reponer sus disparadores (`poner`):
Django rehace la tabla y se pierden.
"""

from typing import Any

from django.db import migrations

from archivo.auditoria.puerta import Disparador, poner_condicionados, quitar_condicionados

INTEGRACION, EXPEDIENTE = "archivistica_integracion", "archivistica_expediente"
_ESTADO = "(SELECT estado FROM archivistica_expediente WHERE id = NEW.expediente_id)"
_ULTIMA = (
    "COALESCE((SELECT foja_final FROM archivistica_integracion WHERE expediente_id = NEW.expediente_id "
    "AND foja_inicial IS NOT NULL ORDER BY foja_inicial DESC LIMIT 1), 0)"
)
# Un CHECK da por bueno lo que resulta NULL: que vengan las tres columnas o ninguna se exige aquí, sin NULL de por medio.
_PAPEL = ("NEW.foja_inicial", "NEW.foja_final", "NEW.legajo_id")
_MAL_FOLIADA = (
    f"({' OR '.join(f'{c} IS NOT NULL' for c in _PAPEL)}) "
    f"AND ({' OR '.join(f'{c} IS NULL' for c in _PAPEL)} OR NEW.foja_inicial <> {_ULTIMA} + 1)"
)
_SIEMPRE_FIJAS = ("expediente_id", "item_id")
_FIJAS_YA_DADAS = ("legajo_id", "foja_inicial", "foja_final")


def _cambia(*columnas: str) -> str:
    return " OR ".join(f"COALESCE(NEW.{c}, -1) <> COALESCE(OLD.{c}, -1)" for c in columnas)


DISPARADORES = (
    Disparador(
        "integracion_en_abierto",
        INTEGRACION,
        "INSERT",
        f"{_ESTADO} <> 'abierto'",
        "El expediente no está abierto: no admite documentos",
    ),
    Disparador(
        "integracion_fojas_seguidas",
        INTEGRACION,
        "INSERT",
        _MAL_FOLIADA,
        "Las fojas deben seguir a las últimas del expediente, sin huecos ni traslapes",
    ),
    Disparador(
        "integracion_fojas_fijas",
        INTEGRACION,
        "UPDATE",
        f"{_cambia(*_SIEMPRE_FIJAS)} OR (({_cambia(*_FIJAS_YA_DADAS)}) "
        "AND (OLD.foja_inicial IS NOT NULL OR OLD.retirada_en IS NOT NULL OR NEW.retirada_en IS NOT NULL))",
        "Las fojas de un documento no se cambian",
    ),
    Disparador(
        "integracion_foliada_en_orden",
        INTEGRACION,
        "UPDATE",
        f"OLD.foja_inicial IS NULL AND {_MAL_FOLIADA}",
        "Las fojas deben seguir a las últimas del expediente, sin huecos ni traslapes",
    ),
    Disparador(
        "integracion_congelada", INTEGRACION, "UPDATE", f"{_ESTADO} <> 'abierto'", "El expediente no está abierto: no se cambia"
    ),
    Disparador(
        "integracion_sin_borrar", INTEGRACION, "DELETE", "1 = 1", "Un documento integrado no se borra: se reclasifica con acuerdo"
    ),
    Disparador(
        "expediente_codigo_fijo",
        EXPEDIENTE,
        "UPDATE",
        "NEW.codigo <> OLD.codigo OR NEW.consecutivo <> OLD.consecutivo",
        "El código de un expediente no se cambia",
    ),
    Disparador("expediente_sin_borrar", EXPEDIENTE, "DELETE", "1 = 1", "Un expediente no se borra: su baja es un acto aparte"),
)


def poner(apps: Any, schema_editor: Any) -> None:
    """Crea los disparadores en SQLite o PostgreSQL; los que ya están se rehacen."""
    poner_condicionados(DISPARADORES, schema_editor)


def quitar(apps: Any, schema_editor: Any) -> None:
    """Quita los disparadores."""
    quitar_condicionados(DISPARADORES, schema_editor)


def reglas_de_expedientes(*, primera: bool = False) -> migrations.RunPython:
    """Operación de migración: desde aquí la base cuida fojas, orden de ingreso y códigos. Al deshacerla, sólo la `primera` los quita."""
    return migrations.RunPython(poner, quitar if primera else poner)
