"""Lo que la página de un elemento público dice a las máquinas: JSON-LD con el vocabulario de schema.org."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from archivo.portal.lectura import Elemento
from archivo.portal.palabras import fecha_para_maquina

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def datos_de(leido: Elemento, direccion: str) -> dict[str, Any]:
    """La descripción: tipo, nombre, dirección, fecha, autoría, medio y temas; sólo lo que no está vacío."""
    item = leido.item
    dado = {
        "@context": "https://schema.org",
        "@type": leido.tipo.esquema_org,
        "name": item.titulo,
        "identifier": item.clave,
        "url": direccion,
        "datePublished": fecha_para_maquina(item.fecha_parcial),
        "description": item.resumen[:500],
        "author": item.autor,
        "publisher": {"@type": "Organization", "name": item.medio.nombre} if item.medio else None,
        "inLanguage": "es",
    }
    return {clave: valor for clave, valor in dado.items() if valor}


def json_ld(leido: Elemento, direccion: str) -> SafeString:
    """El bloque de datos (no se ejecuta), con lo que podría cerrarlo escapado."""
    texto = json.dumps(datos_de(leido, direccion), ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(texto))
