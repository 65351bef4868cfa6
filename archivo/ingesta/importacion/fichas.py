"""La ficha de un elemento importado: lo que trae la fila, con manga ancha; lo que no cabe en su campo queda en `extra`, anotado."""

from functools import lru_cache
from typing import Any

from django import forms

from archivo.catalogo.puerta import DeFila, FichaForm, Item, TipoDeItem, para_json
from archivo.ingesta.importacion.autoridades import Autoridades

LARGO_DE_RESUMEN = 10_000


def llenar_ficha(item: Item, tipo: TipoDeItem, datos: dict[str, Any], autoridades: Autoridades) -> None:
    """Escribe en el elemento la ficha, el resumen y el medio de su fila. `extra` se guarda entero, tal como vino."""
    extra = datos["extra"]
    leido = tipo.leer_fila(datos) if tipo.leer_fila else DeFila(resumen=str(extra.get("resumen") or ""))
    propios = _propios_de(tipo, extra, item)
    item.ficha = {**leido.ficha, **propios, **({"extra": extra} if extra else {})}
    item.resumen = leido.resumen[:LARGO_DE_RESUMEN]
    item.medio = autoridades.medio(leido.medio) if tipo.con_medio else None


@lru_cache(maxsize=32)
def _campos_de(ficha: type[FichaForm]) -> dict[str, forms.Field]:
    return dict(ficha({}).fields)


def _propios_de(tipo: TipoDeItem, extra: dict[str, Any], item: Item) -> dict[str, Any]:
    campos, hechos = tipo.ficha.base_fields, {}
    for nombre in extra.keys() & campos.keys():
        try:
            valor = para_json(_campos_de(tipo.ficha)[nombre].clean(extra[nombre]))
        except forms.ValidationError:
            if "ficha" not in item.pendientes:
                item.pendientes.append("ficha")
            continue
        if valor is not False and valor not in (None, "", []):
            hechos[nombre] = valor
    return hechos
