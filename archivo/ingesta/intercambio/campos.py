"""De una unidad recibida a los campos de lo que es aquí. Al exportar se pregunta si esos campos siguen como llegaron."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from archivo.catalogo.puerta import ELEMENTOS_ISAD, combinar
from archivo.ingesta.intercambio.fechas import fecha_de
from archivo.ingesta.intercambio.niveles import EN_ESPANOL, plano
from archivo.ingesta.intercambio.unidad import Unidad

_CON_COLUMNA = {"alcance", "nota_archivero"}
CLAVES_ISAD = frozenset(e.clave for e in ELEMENTOS_ISAD)
_CIERRAN = (
    ("confidencial", ("confidencial", "confidential", "secreto")),
    ("reservado", ("reservad", "restringid", "restricted", "closed", "cerrado", "no accesible", "acceso prohibido")),
)
_NIEGAN = ("sin restric", "no restric", "no restringid", "unrestricted", "no reservad", "sin reserva", "no confidencial")
_url_valida = URLValidator(schemes=["http", "https"])


def acceso_de(unidad: Unidad, heredado: str) -> str:
    """El acceso que le toca: el de quien la contiene, o uno más estrecho si sus condiciones lo dicen. Nunca uno más abierto.

    Unas condiciones que no se entienden no abren nada: vale el que se pidió al importar.
    """
    texto = plano(unidad.isad.get("condiciones_acceso", ""))
    if not texto or any(frase in texto for frase in _NIEGAN):
        return heredado
    propio = next((nivel for nivel, raices in _CIERRAN if any(raiz in texto for raiz in raices)), heredado)
    return combinar(heredado, propio)


def descripcion_de(unidad: Unidad, *, con_columnas: bool) -> dict[str, str]:
    """Los elementos de ISAD(G) que van a `descripcion`, sin los que ya tienen columna propia."""
    isad = {c: v for c, v in unidad.isad.items() if c in CLAVES_ISAD and not (con_columnas and c in _CON_COLUMNA)}
    historias = "\n\n".join(dict.fromkeys(e.historia for e in unidad.eventos if e.historia))
    if historias:
        isad.setdefault("historia_institucional", historias)
    return isad


def titulo_de(unidad: Unidad, largo: int) -> str:
    """Su título, o algo que la nombre."""
    return (" ".join(unidad.titulo.split()) or unidad.codigo or f"Sin título ({unidad.id})")[:largo]


def campos_de_clase(unidad: Unidad) -> dict[str, Any]:
    """Para `NivelClasificacion`, sin su lugar en el árbol."""
    return {
        "nivel": unidad.nivel,
        "nombre": titulo_de(unidad, 300),
        "alcance": unidad.isad.get("alcance", ""),
        "descripcion": {c: v for c, v in descripcion_de(unidad, con_columnas=False).items() if c != "alcance"},
    }


def campos_de_expediente(unidad: Unidad, desde: date) -> dict[str, Any]:
    """Para `Expediente`. `desde` es la fecha de apertura si la unidad no trae ninguna."""
    fecha = fecha_de(unidad.eventos)
    return {
        "titulo": titulo_de(unidad, 300),
        "asunto": unidad.isad.get("alcance", ""),
        "nota_archivero": unidad.isad.get("nota_archivero", ""),
        "descripcion": descripcion_de(unidad, con_columnas=True),
        "fecha_apertura": fecha.desde or desde,
        "fecha_cierre": fecha.hasta if fecha.hasta and fecha.hasta - (fecha.desde or desde) > timedelta(0) else None,
        "soporte": "papel",
    }


def campos_de_item(unidad: Unidad) -> dict[str, Any]:
    """Para un elemento de tipo documento."""
    actores = list(dict.fromkeys(e.actor for e in unidad.eventos if e.actor))
    lugares = [p.nombre for p in unidad.puntos if p.clase == "lugar"]
    return {
        "titulo": titulo_de(unidad, 1000),
        "resumen": unidad.isad.get("alcance", ""),
        "notas": unidad.isad.get("nota_archivero", ""),
        "descripcion": descripcion_de(unidad, con_columnas=True),
        "fecha_parcial": fecha_de(unidad.eventos),
        "autor": "; ".join(actores)[:500],
        "lugar": (lugares[0] if lugares else "")[:200],
        "url": next((o.ruta for o in unidad.objetos if _es_direccion(o.ruta)), ""),
        "soporte": "digital" if unidad.objetos else "papel",
    }


def ficha_de(unidad: Unidad) -> dict[str, Any]:
    """La ficha del documento: quién lo emite, si se dice."""
    actor = next((e.actor for e in unidad.eventos if e.actor), "")
    return {"emisor": actor[:300]} if actor else {}


def archivos_de(unidad: Unidad) -> list[str]:
    """Las rutas de sus archivos; las direcciones de la red se conservan y no se visitan."""
    return [o.ruta for o in unidad.objetos if "://" not in o.ruta]


def tipo_documental(unidad: Unidad) -> str:
    """Cómo se llama en el índice de su expediente."""
    return unidad.nivel_original or EN_ESPANOL[unidad.nivel]


def huella_de(unidad: Unidad, acceso: str, orden: int) -> str:
    """Cambia si cambia algo de lo que la unidad dice, su lugar o su acceso."""
    canonica = json.dumps([unidad.como_dict(), unidad.madre, acceso, orden], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonica.encode()).hexdigest()


def _es_direccion(ruta: str) -> bool:
    try:
        _url_valida(ruta)
    except ValidationError:
        return False
    return len(ruta) <= 1000
