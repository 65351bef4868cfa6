"""Con qué empieza una captura: lo del elemento anterior, lo de otro, o lo de una plantilla.

Se copia sólo lo declarado: lo común de `COMUNES` y, de la ficha, lo que el tipo repite. Nunca número, folio, clave, dirección de
origen, archivos, relaciones, título ni texto: son de un solo documento.
"""

from typing import Any

from archivo.catalogo.puerta import Item, TipoDeItem, tipo_de
from archivo.identidad.puerta import Lector
from archivo.oficina.formularios.campos import fecha_escrita
from archivo.oficina.formularios.item import FICHA

COMUNES = (
    "fecha_escrita", "area", "serie", "medio", "autor", "lugar", "acceso", "temas_escritos", "categoria_documental", "soporte", "tradicion",
    "fuente",
)  # fmt: skip
DE_PLANTILLA = (*(c for c in COMUNES if c != "fecha_escrita"), "titulo", "resumen", "notas")
"""Una plantilla no trae la fecha (envejece); sí un título, un resumen o una nota por donde empezar."""
_LLAVES = {"area", "serie", "medio"}


def campos_que_se_repiten(tipo: TipoDeItem) -> tuple[str, ...]:
    """Los campos de la ficha que un tipo repite: los que declara y aquellos por los que cualquiera filtra.

    Un juicio que sólo ve la oficina no se repite solo.
    """
    filtran = (c.nombre for c in tipo.campos if c.publico and c.nombre in tipo.ficha.base_fields)
    return tuple(dict.fromkeys((*tipo.repite, *filtran)))


def anterior_de(usuario: Any, lector: Lector, modelo: type[Item]) -> Item | None:
    """Lo último de ese tipo que esa persona capturó y todavía puede ver."""
    suyos = modelo._default_manager.visibles_para(lector).filter(creado_por=usuario)
    return suyos.select_related("area", "serie").order_by("-id").first()


def valores_de(item: Item, campos: tuple[str, ...] = COMUNES, *, ficha_entera: bool = False) -> dict[str, Any]:
    """Nombre del campo del formulario → valor, para empezar otro documento como éste. Sin los vacíos."""
    tipo = tipo_de(item.tipo)
    comunes = {campo: _valor(item, campo) for campo in campos}
    de_ficha = tuple(tipo.ficha.base_fields) if ficha_entera else campos_que_se_repiten(tipo)
    propios = {f"{FICHA}-{campo}": item.ficha.get(campo) for campo in de_ficha}
    return {campo: valor for campo, valor in (comunes | propios).items() if valor not in (None, "", [], {})}


def _valor(item: Item, campo: str) -> Any:
    if campo == "fecha_escrita":
        return fecha_escrita(item.fecha_parcial)
    if campo == "temas_escritos":
        return list(item.temas.values_list("nombre", flat=True))
    return getattr(item, f"{campo}_id" if campo in _LLAVES else campo)


def empezar_con(form: Any, valores: dict[str, Any]) -> list[str]:
    """Pone esos valores como iniciales del formulario, si el campo está abierto y los admite. Devuelve los rótulos de lo puesto."""
    puestos = []
    for nombre, valor in valores.items():
        campo = form.fields.get(nombre)
        if campo is None or campo.disabled or not _admite(campo, valor):
            continue
        form.initial[nombre] = valor
        puestos.append(str(campo.label or nombre))
    return puestos


def _admite(campo: Any, valor: Any) -> bool:
    """¿Está entre lo que esa persona puede elegir ahí? Un área ajena o un nivel que no puede fijar no se copian."""
    opciones = getattr(campo, "queryset", None)
    if opciones is not None:
        return isinstance(valor, int) and opciones.filter(pk=valor).exists()
    elegibles = getattr(campo, "choices", None)
    if elegibles is None:
        return True
    claves = {str(clave) for clave, _ in elegibles}
    return all(str(v) in claves for v in (valor if isinstance(valor, list) else [valor]))
