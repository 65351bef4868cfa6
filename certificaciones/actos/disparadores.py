"""Lo que la base misma impide en el libro de certificaciones, aunque se entre por fuera de la aplicación.

Una certificación expedida, sus documentos y su cotejo no se cambian ni se borran; los folios de un libro se dan de uno en uno, sin huecos y
sólo mientras está abierto; un libro conserva su prefijo y su año, y cerrado ya no cambia. Quien altere estas tablas en SQLite debe
reponer los disparadores (`reglas_del_libro`): Django rehace la tabla y se pierden.
"""

from typing import Any

from django.db import migrations

from archivo.auditoria.puerta import Disparador, poner_condicionados, quitar_condicionados
from certificaciones.actos.estados import EXPEDIDA

CERTIFICACION, LIBRO = "actos_certificacion", "actos_librocertificacion"
DOCUMENTO, COTEJO, MARCA = "actos_documentocertificado", "actos_cotejo", "actos_marcadecotejo"
HISTORIA = ("actos_ejemplarfirmado", "actos_entrega", "actos_cancelacion", "actos_sustitucion")
_FIJA = "Una certificación expedida no se cambia ni se borra: se cancela o se sustituye"
_PARTES_FIJAS = "Las partes de una certificación expedida no se cambian"
_SIGUIENTE = f"(SELECT COALESCE(MAX(consecutivo), 0) + 1 FROM {CERTIFICACION} WHERE libro_id = NEW.libro_id)"  # noqa: S608
_LIBRO_CERRADO = f"(SELECT cerrado_en FROM {LIBRO} WHERE id = NEW.libro_id) IS NOT NULL"  # noqa: S608
_LIBRO_FIJO = ("institucion_id", "anio", "prefijo", "registro")


def _estado_de(certificacion_id: str) -> str:
    return f"(SELECT estado FROM {CERTIFICACION} WHERE id = {certificacion_id}) = '{EXPEDIDA}'"  # noqa: S608


def _del_cotejo(cual: str) -> str:
    return f"(SELECT certificacion_id FROM {COTEJO} WHERE id = {cual}.cotejo_id)"  # noqa: S608


def _al_expedir(verbo: str) -> tuple[Disparador, ...]:
    se_expide = f"NEW.estado = '{EXPEDIDA}'" + (f" AND OLD.estado <> '{EXPEDIDA}'" if verbo == "UPDATE" else "")
    sufijo = verbo.lower()
    return (
        Disparador(
            f"certificacion_folio_seguido_{sufijo}",
            CERTIFICACION,
            verbo,
            f"{se_expide} AND NEW.consecutivo <> {_SIGUIENTE}",
            "El folio debe ser el que sigue en su libro",
        ),
        Disparador(
            f"certificacion_libro_abierto_{sufijo}",
            CERTIFICACION,
            verbo,
            f"{se_expide} AND {_LIBRO_CERRADO}",
            "El libro está cerrado: no da folios",
        ),
    )


def _de_partes(tabla: str, de_nueva: str, de_vieja: str) -> tuple[Disparador, ...]:
    return (
        Disparador(f"{tabla}_fija_insert", tabla, "INSERT", _estado_de(de_nueva), _PARTES_FIJAS),
        Disparador(f"{tabla}_fija_update", tabla, "UPDATE", f"{_estado_de(de_vieja)} OR {_estado_de(de_nueva)}", _PARTES_FIJAS),
        Disparador(f"{tabla}_fija_delete", tabla, "DELETE", _estado_de(de_vieja), _PARTES_FIJAS),
    )


DISPARADORES = (
    Disparador("certificacion_fija", CERTIFICACION, "UPDATE", f"OLD.estado = '{EXPEDIDA}'", _FIJA),
    Disparador("certificacion_sin_borrar", CERTIFICACION, "DELETE", f"OLD.estado = '{EXPEDIDA}'", _FIJA),
    *_al_expedir("INSERT"),
    *_al_expedir("UPDATE"),
    *_de_partes(DOCUMENTO, "NEW.certificacion_id", "OLD.certificacion_id"),
    *_de_partes(COTEJO, "NEW.certificacion_id", "OLD.certificacion_id"),
    *_de_partes(MARCA, _del_cotejo("NEW"), _del_cotejo("OLD")),
    Disparador(
        "libro_fijo",
        LIBRO,
        "UPDATE",
        " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _LIBRO_FIJO),
        "El prefijo y el año de un libro no se cambian",
    ),
    Disparador("libro_cerrado", LIBRO, "UPDATE", "OLD.cerrado_en IS NOT NULL", "Un libro cerrado no se cambia"),
    Disparador("libro_sin_borrar", LIBRO, "DELETE", "1 = 1", "Un libro no se borra: se cierra con su acta"),
)


def poner(apps: Any, schema_editor: Any) -> None:
    """Crea los disparadores; los que ya están se rehacen."""
    poner_condicionados(DISPARADORES, schema_editor)


def quitar(apps: Any, schema_editor: Any) -> None:
    """Quita los disparadores."""
    quitar_condicionados(DISPARADORES, schema_editor)


def reglas_del_libro(*, primera: bool = False) -> migrations.RunPython:
    """Operación de migración: desde aquí la base cuida folios y lo expedido. Al deshacerla, sólo la `primera` los quita."""
    return migrations.RunPython(poner, quitar if primera else poner)
