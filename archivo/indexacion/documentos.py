"""De elementos a documentos del índice, y la única respuesta a «¿se puede indexar esto, y para quién?».

El índice `pub` sólo recibe fichas públicas y, dentro de ellas, sólo textos públicos. El índice `all` recibe todo con las
señas de quien puede leerlo; un adjunto más restringido que su elemento produce una segunda variante del mismo documento.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archivo.archivistica.puerta import expedientes_de
from archivo.catalogo.puerta import (
    Item,
    Pagina,
    TipoDeItem,
    circulos_de_ficha,
    circulos_de_texto,
    senas_de,
    terminos_buscables,
    tipo_de,
)
from archivo.identidad.puerta import Circulo
from archivo.indexacion.esquema import citables
from archivo.indexacion.expedientes import con_expediente
from search import Delete, Document, Operation, Part, Upsert

TODOS = str(Circulo.TODOS)


@dataclass(frozen=True)
class _Grupo:
    """Páginas que leen las mismas personas."""

    senas: frozenset[str]
    publico: bool
    paginas: tuple[Pagina, ...]


def operaciones(items: Sequence[Item]) -> list[Operation]:
    """Lo que hay que escribir en los dos índices para reflejar esos elementos. Consultas constantes."""
    paginas, expedientes = _paginas_de(items), expedientes_de(items)
    hechas: list[Operation] = []
    for item in items:
        grupos = _grupos(item, paginas.get(item.pk, []))
        propias = (Upsert("all", *_variantes(item, grupos)), _publico(item, grupos))
        hechas += [con_expediente(operacion, expedientes.get(item.pk)) for operacion in propias]
    return hechas


def _paginas_de(items: Sequence[Item]) -> dict[int, list[Pagina]]:
    por_item: dict[int, list[Pagina]] = defaultdict(list)
    filas = Pagina.objects.filter(item_id__in=[i.pk for i in items]).select_related("adjunto").order_by("item_id", "n")
    for pagina in filas.iterator(chunk_size=2000):
        por_item[pagina.item_id].append(pagina)
    return por_item


def _grupos(item: Item, paginas: list[Pagina]) -> list[_Grupo]:
    por_acceso: dict[frozenset[Circulo], list[Pagina]] = defaultdict(list)
    for pagina in paginas:
        por_acceso[circulos_de_texto(item, pagina.adjunto)].append(pagina)
    return [_Grupo(senas_de(item, c) - {TODOS}, Circulo.TODOS in c, tuple(p)) for c, p in por_acceso.items()]


def _variantes(item: Item, grupos: list[_Grupo]) -> list[Document]:
    de_ficha = senas_de(item, circulos_de_ficha(item)) - {TODOS}
    cadena = sorted({de_ficha, *(g.senas & de_ficha for g in grupos)}, key=len, reverse=True)
    hechas = []
    for i, lectores in enumerate(cadena):
        paginas = [p for g in grupos if g.senas >= lectores for p in g.paginas]
        mas_estrecha = cadena[i + 1] if i + 1 < len(cadena) else frozenset()
        hechas.append(_documento(item, lectores, paginas, variante=i, oculto_de=mas_estrecha))
    return hechas


def _publico(item: Item, grupos: list[_Grupo]) -> Operation:
    if Circulo.TODOS not in circulos_de_ficha(item):
        return Delete("pub", item.clave)
    if Circulo.TODOS not in circulos_de_texto(item):
        return Upsert("pub", _ficha_minima(item))
    paginas = [p for g in grupos if g.publico for p in g.paginas]
    return Upsert("pub", _documento(item, frozenset({TODOS}), paginas))


def _ficha_minima(item: Item) -> Document:
    """Lo que cualquiera puede saber de lo restringido por derechos: título, fecha, resumen y dónde se publicó."""
    tipo = tipo_de(item.tipo)
    visibles = {"tipo", "acceso", "mes"} | (citables() if tipo.cita_publica else set())
    medio = (item.medio.nombre, *(n.nombre for n in item.medio.nombres.all())) if item.medio else ()
    cita = (item.autor, *medio, *tipo.resena(item)) if tipo.cita_publica and tipo.resena else ()
    return replace(
        _documento(item, frozenset({TODOS}), ()),
        extra_text="\n".join(p for p in (tipo.nombre, item.resumen, *cita) if p),
        keywords={n: valores for n, valores in _palabras(item, tipo, frozenset({TODOS})).items() if n in visibles},
        integers={nombre: valores for nombre, valores in _enteros(item).items() if nombre == "anio"},
    )


def _documento(
    item: Item, lectores: frozenset[str], paginas: Iterable[Pagina], *, variante: int = 0, oculto_de: frozenset[str] = frozenset()
) -> Document:
    tipo = tipo_de(item.tipo)
    return Document(
        key=item.clave,
        version=item.version,
        acl=lectores,
        title=item.titulo,
        order=item.pk,
        variant=variante,
        hidden_from=oculto_de,
        extra_text="\n".join(_texto_de_la_ficha(item, tipo)),
        parts=tuple(Part(p.n, p.texto, label=str(p.adjunto_id or "")) for p in sorted(paginas, key=lambda p: p.n)),
        keywords=_palabras(item, tipo, lectores),
        integers=_enteros(item),
        date_from=item.fecha,
        date_to=item.fecha_hasta or item.fecha,
    )


def _texto_de_la_ficha(item: Item, tipo: TipoDeItem) -> list[str]:
    clase = [tipo.nombre, item.serie.nombre if item.serie else ""]
    piezas = [*clase, item.resumen, item.autor, item.lugar, item.folio, item.numero_texto]
    piezas += terminos_buscables(item)
    for campo in tipo.texto_de_ficha:
        valor = item.ficha.get(campo, "")
        piezas.append("\n".join(valor) if isinstance(valor, list) else str(valor))
    return [p for p in piezas if p]


def _mencionadas(item: Item, *papeles: str) -> list[str]:
    return [m.autoridad.nombre for m in item.menciones.all() if m.papel in papeles]


def _sin_repetir(*valores: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in valores if v))


def _tiene_original(item: Item, lectores: frozenset[str]) -> bool:
    """¿Lleva un original que puedan leer todas esas personas? De uno más cerrado no se dice que existe."""
    originales = (a for a in item.adjuntos.all() if a.rol == "original")
    return any(senas_de(item, circulos_de_texto(item, a)) >= lectores for a in originales)


def _palabras(item: Item, tipo: TipoDeItem, lectores: frozenset[str]) -> dict[str, tuple[str, ...]]:
    area = (item.area.nombre,) if item.area else ()
    dadas: dict[str, tuple[str, ...]] = {
        "tipo": (item.tipo,),
        "estado": (item.estado,),
        "acceso": (item.acceso_efectivo,),
        "area": area,
        "dependencia": _sin_repetir(*area, *_mencionadas(item, "dependencia")),
        "tema": tuple(t.nombre for t in item.temas.all()),
        "lugar": _sin_repetir(item.lugar, *_mencionadas(item, "lugar")),
        "persona": _sin_repetir(*_mencionadas(item, "persona", "retratada")),
        "medio": (item.medio.nombre,) if item.medio else (),
        "autor": _sin_repetir(item.autor, *_mencionadas(item, "autor")),
        "mes": (f"{item.fecha:%Y-%m}",) if item.fecha and item.fecha_parcial.precision in {"dia", "mes"} else (),
        "con_archivo": ("si",) if _tiene_original(item, lectores) else ("no",),
    }
    for campo in tipo.campos:
        if campo.publico or TODOS not in lectores:
            dadas[campo.nombre] = tuple(campo.valores(item))
    return dadas


def _enteros(item: Item) -> dict[str, tuple[int, ...]]:
    dados: dict[str, tuple[int, ...]] = {}
    if item.fecha and item.fecha_parcial.precision in {"dia", "mes", "anio"}:
        dados["anio"] = (item.fecha.year,)
    if item.numero is not None:
        dados["numero"] = (item.numero,)
    if item.anio_numero is not None:
        dados["anio_folio"] = (item.anio_numero,)
    return dados
