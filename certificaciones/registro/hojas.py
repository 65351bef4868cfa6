"""La hoja: lo que de cada acto se publica para siempre. Nada de quién pidió la copia ni del código que la abre."""

import json
import re
from typing import Any

from certificaciones.registro.errores import HojaInvalida

EVENTOS = ("emision", "sustitucion", "cancelacion")
OBLIGATORIOS = frozenset({"t", "folio", "sha256", "fojas", "emitido"})
OPCIONALES = frozenset({"firmante", "tipo", "modo", "sustituye_a", "sustituida_por", "asentado", "tomos", "anexos"})
LARGO_DE_TEXTO = 200
_HUELLA = re.compile(r"[0-9a-f]{64}")


def _es_texto(valor: Any) -> bool:
    return isinstance(valor, str) and 0 < len(valor) <= LARGO_DE_TEXTO and valor.isprintable()


def _es_huella(valor: Any) -> bool:
    return isinstance(valor, str) and bool(_HUELLA.fullmatch(valor))


def _admite(campo: str, valor: Any) -> bool:
    if campo in {"tomos", "anexos"}:
        return isinstance(valor, list | tuple) and all(_es_huella(v) for v in valor)
    if campo == "fojas":
        return isinstance(valor, int) and not isinstance(valor, bool) and valor >= 0
    return {"t": lambda v: v in EVENTOS, "sha256": _es_huella}.get(campo, _es_texto)(valor)


def canonica(hoja: dict[str, Any]) -> str:
    """La hoja en su única forma: claves ordenadas, sin espacios, UTF-8. `HojaInvalida` si trae de más, de menos o algo raro.

    Campos: `t` (emision, sustitucion, cancelacion), `folio`, `sha256` del PDF entregado, `fojas`, `emitido` (ISO 8601) y, si los
    hay, `firmante` (serie de su certificado o cargo), `tipo`, `modo`, `sustituye_a`, `sustituida_por`, `asentado`, y las
    huellas de `tomos` y `anexos`.
    """
    faltan, sobran = OBLIGATORIOS - hoja.keys(), hoja.keys() - OBLIGATORIOS - OPCIONALES
    if faltan or sobran:
        que = f"le falta {', '.join(sorted(faltan))}" if faltan else f"no admite {', '.join(sorted(sobran))}"
        raise HojaInvalida(f"La hoja del registro {que}. Sólo lleva lo que puede ser público para siempre.")
    raros = sorted(campo for campo, valor in hoja.items() if not _admite(campo, valor))
    if raros:
        raise HojaInvalida(f"La hoja del registro trae un valor que no puede ser en {', '.join(raros)}.")
    return json.dumps(hoja, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
