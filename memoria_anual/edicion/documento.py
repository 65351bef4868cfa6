"""La memoria entera, resuelta: un JSON del que salen la página, el PDF, el DOCX y las hojas, y que se congela al publicar."""

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from archivo.identidad.puerta import Usuario, institucion
from memoria_anual.cortes.puerta import Corte
from memoria_anual.edicion.aportado import recuento
from memoria_anual.edicion.cifras import SIN_DATO, CifrasDeMemoria
from memoria_anual.edicion.models import Capitulo, Memoria
from memoria_anual.edicion.resolucion import Mesa, resolver
from memoria_anual.indicadores.puerta import Periodo, lo_programado

FORMATO = 1
CALLADAS = frozenset({SIN_DATO, "0", "0 %"})
"""Lo que no encabeza una portada."""


class SinCorte(Exception):
    """La memoria no tiene corte: no hay de dónde tomar sus cifras."""


def direccion_publica(memoria: Memoria) -> str:
    """La dirección completa de su página en el sitio."""
    return direccion_completa(f"/memoria/{memoria.lugar}/")


def direccion_completa(camino: str) -> str:
    """Un camino del sitio como se escribe fuera de él."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{camino}"


def corte_de(memoria: Memoria) -> Corte:
    """De dónde toma sus cifras.

    Raises:
        SinCorte: aún no se corta.
    """
    if memoria.corte is None:
        raise SinCorte("La memoria no tiene corte todavía. Corte las cifras de su periodo y asígnelo.")
    return memoria.corte


def mesa_de(memoria: Memoria) -> Mesa:
    """Las cifras, metas y aportaciones con que se resuelve una memoria.

    Raises:
        SinCorte: aún no se corta.
    """
    corte = corte_de(memoria)
    guardada = memoria.pk is not None
    ajustes = {a.clave: a for a in memoria.ajustes.select_related("autor")} if guardada else {}
    metas, justificaciones = _metas(memoria.como_periodo)
    return Mesa(
        cifras=CifrasDeMemoria(corte, ajustes, direccion_publica(memoria)),
        anterior=Corte.objects.filter(periodo=memoria.como_periodo.anterior.clave).first(),
        metas=metas,
        justificaciones=justificaciones,
        aportaciones=list(memoria.aportaciones.select_related("area").prefetch_related("pruebas")) if guardada else [],
        en_borrador=memoria.situacion.se_escribe,
    )


def _metas(periodo: Periodo) -> tuple[dict[str, Decimal], dict[str, str]]:
    """Lo programado para ese año o trimestre, y sus justificaciones; de otros periodos no hay metas."""
    anio, _, trimestre = periodo.clave.partition("-T")
    return lo_programado(int(anio), int(trimestre) if trimestre else None) if anio.isdecimal() else ({}, {})


def documento_de(memoria: Memoria, capitulos: Sequence[Capitulo], mesa: Mesa) -> dict[str, Any]:
    """El documento: quién, de cuándo, sobre qué corte, capítulos resueltos, todas las cifras y los avisos de lo que no salió."""
    corte = mesa.cifras.corte
    return {
        "formato": FORMATO,
        "titulo": memoria.titulo,
        "tipo": memoria.tipo,
        "tipo_nombre": memoria.get_tipo_display(),
        "periodo": memoria.periodo,
        "nombre_de_periodo": memoria.como_periodo.nombre,
        "dias": [memoria.como_periodo.desde.isoformat(), memoria.como_periodo.hasta.isoformat()],
        "anio": memoria.como_periodo.anio,
        "estado": memoria.estado,
        "version": memoria.version,
        "direccion": mesa.cifras.direccion + "/",
        "institucion": _institucion(),
        "colofon": _colofon(memoria, mesa),
        "corte": {
            "numero": corte.pk,
            "momento": timezone.localtime(corte.momento).replace(tzinfo=None).isoformat(timespec="minutes"),
            "sha256": corte.hash,
            "elementos": corte.elementos_total,
        },
        "capitulos": [
            {"n": c.orden, "titulo": c.titulo, "entradilla": c.entradilla, "bloques": resolver(c.cuerpo, mesa)} for c in capitulos
        ],
        "cifras": [c.como_dict() for c in mesa.cifras],
        "avisos": list(dict.fromkeys(mesa.avisos)),
    }


def _institucion() -> dict[str, str]:
    casa = institucion()
    return {"nombre": casa.nombre, "area": casa.oficina, "domicilio": casa.domicilio, "sitio": casa.sitio}


def _colofon(memoria: Memoria, mesa: Mesa) -> dict[str, str]:
    dia = timezone.localtime(memoria.autorizada_en).date().isoformat() if memoria.autorizada_en else ""
    return {
        "editor": memoria.editor_responsable or (str(memoria.area) if memoria.area else institucion().oficina),
        "autoriza": nombre_de(memoria.autoriza),
        "autorizada": dia,
        "isbn": memoria.isbn,
        "deposito": memoria.deposito_legal,
        "aportaciones": recuento(mesa.aportaciones),
    }


def nombre_de(persona: Usuario | None) -> str:
    """Cómo se nombra a una persona; nadie es «»."""
    return (persona.get_full_name() or persona.get_username()) if persona else ""


def principales(documento: dict[str, Any], cuantas: int) -> list[dict[str, Any]]:
    """Las cifras en grande de sus capítulos, una vez cada una; las que no tienen dato o son cero quedan en su capítulo."""
    grandes = [c for cap in documento["capitulos"] for b in cap["bloques"] if b["tipo"] == "cifras" for c in b["cifras"]]
    return list({c["clave"]: c for c in grandes if c["valor"] not in CALLADAS}.values())[:cuantas]


def huella_de(documento: dict[str, Any]) -> str:
    """SHA-256 del JSON canónico: llaves en orden, sin espacios."""
    return hashlib.sha256(json.dumps(documento, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
