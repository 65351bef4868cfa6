"""Lo que dice el índice de un expediente: un diccionario que sólo depende de sus filas, con escritura canónica.

Al recalcularlo con las mismas filas salen los mismos bytes; por eso no lleva títulos de documentos ni nombres de personas,
que se corrigen después, ni la hora en que se pide.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from archivo.archivistica.models import Expediente, Integracion, Legajo
from archivo.catalogo.puerta import Adjunto, Item, Pagina

FORMATO = "indice-electronico/1"
_PROHIBIDOS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SEPARADOR = "\f"
LOTE = 500


def canonico(valor: Any) -> bytes:
    """JSON con las claves en orden, sin espacios y en UTF-8: el mismo valor da siempre los mismos bytes."""
    return json.dumps(valor, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def limpio(texto: str) -> str:
    """El texto sin los signos que XML 1.0 no admite, para que los dos formatos digan lo mismo."""
    return _PROHIBIDOS.sub("\ufffd", texto)


def contenido_de(expediente: Expediente) -> dict[str, Any]:
    """El expediente y sus documentos, en orden. Consultas constantes por cada quinientos documentos."""
    integraciones = list(expediente.integraciones.vigentes().en_orden().select_related("item", "legajo"))
    return {
        "formato": FORMATO,
        "expediente": _cabecera(expediente),
        "documentos": documentos_de(integraciones),
    }


def _cabecera(expediente: Expediente) -> dict[str, Any]:
    return {
        "clave": expediente.clave,
        "codigo": expediente.codigo,
        "titulo": limpio(expediente.titulo),
        "serie": expediente.serie.codigo,
        "area": expediente.area.clave,
        "fecha_apertura": _iso(expediente.fecha_apertura),
        "fecha_cierre": _iso(expediente.fecha_cierre),
        "soporte": expediente.soporte,
        "total_documentos": expediente.total_documentos,
        "total_fojas": expediente.total_fojas,
        "legajos": [_legajo(legajo) for legajo in expediente.legajos.all()],
    }


def _legajo(legajo: Legajo) -> dict[str, int]:
    rango = legajo.rango()
    return {"n": legajo.n} | ({"foja_inicial": rango[0], "foja_final": rango[1]} if rango else {})


def _iso(dia: date | None) -> str:
    return dia.isoformat() if dia else ""


def documentos_de(integraciones: Sequence[Integracion]) -> list[dict[str, Any]]:
    """Un renglón por documento. `pagina_inicial` y `pagina_final` corren por todo el expediente."""
    renglones: list[dict[str, Any]] = []
    pagina = 0
    for desde in range(0, len(integraciones), LOTE):
        lote = integraciones[desde : desde + LOTE]
        ids = [i.item_id for i in lote]
        objetos, textos = _objetos(ids), textos_de(ids)
        for integracion in lote:
            renglon = _renglon(integracion, objetos[integracion.item_id], textos.get(integracion.item_id, ""))
            if renglon["paginas"]:
                renglon |= {"pagina_inicial": pagina + 1, "pagina_final": pagina + renglon["paginas"]}
                pagina += renglon["paginas"]
            renglon["orden"] = len(renglones) + 1
            renglones.append(renglon)
    return renglones


def _renglon(integracion: Integracion, objetos: list[dict[str, Any]], texto: str) -> dict[str, Any]:
    item = integracion.item
    paginas = sum(o["paginas"] for o in objetos if o["papel"] == "original") or item.partes
    legajo = integracion.legajo
    renglon: dict[str, Any] = {
        "clave": item.clave,
        "tipo": integracion.tipo_documental,
        "fecha": fecha_de(item),
        "paginas": paginas,
        "ejemplar": integracion.ejemplar,
        "origen": _origen(item, en_papel=legajo is not None, con_archivo=bool(objetos)),
        "objetos": objetos,
    }
    if texto:
        renglon["texto_sha256"] = texto
    if legajo is not None:
        renglon |= {
            "legajo": legajo.n,
            "foja_inicial": integracion.foja_inicial,
            "foja_final": integracion.foja_final,
        }
    return renglon


def fecha_de(item: Item) -> str:
    """La fecha del documento: un día, un intervalo ISO 8601 o «» si se desconoce."""
    if item.fecha is None:
        return ""
    hasta = item.fecha_hasta or item.fecha
    return _iso(item.fecha) if hasta == item.fecha else f"{_iso(item.fecha)}/{_iso(hasta)}"


def _origen(item: Item, *, en_papel: bool, con_archivo: bool) -> str:
    """`papel` (sólo papel), `digitalizado` (papel con su imagen) o `electronico`."""
    if item.soporte == "digital" and (con_archivo or not en_papel):
        return "electronico"
    return "digitalizado" if con_archivo else "papel"


def _objetos(ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    por_item: dict[int, list[dict[str, Any]]] = defaultdict(list)
    filas = Adjunto.objects.filter(item_id__in=ids).select_related("objeto").order_by("item_id", "objeto__sha256", "rol")
    for a in filas:
        por_item[a.item_id].append(
            {
                "sha256": a.objeto.sha256,
                "bytes": a.objeto.bytes,
                "mime": a.objeto.mime,
                "paginas": a.objeto.paginas or 0,
                "papel": a.rol,
            }
        )
    return por_item


def textos_de(ids: Iterable[int]) -> dict[int, str]:
    """SHA-256 del texto propio de cada elemento (el que no viene de un archivo); los que no tienen, no están."""
    sumas: dict[int, Any] = {}
    filas = Pagina.objects.filter(item_id__in=ids, adjunto__isnull=True).order_by("item_id", "n").values_list("item_id", "texto")
    for item_id, texto in filas.iterator(chunk_size=500):
        if item_id in sumas:
            sumas[item_id].update(SEPARADOR.encode())
        sumas.setdefault(item_id, hashlib.sha256()).update(texto.encode())
    return {item_id: suma.hexdigest() for item_id, suma in sumas.items()}


def huellas_de(items: Sequence[Item]) -> dict[int, str]:
    """La huella de lo que de cada elemento queda congelado al cerrar: su fecha, sus archivos y su texto propio."""
    ids = [i.pk for i in items]
    objetos, textos = _objetos(ids), textos_de(ids)
    return {i.pk: hashlib.sha256(canonico([fecha_de(i), objetos[i.pk], textos.get(i.pk, "")])).hexdigest() for i in items}
