"""De elementos a documentos del índice, y la única respuesta a «¿se puede indexar esto, y para quién?».

El índice `pub` sólo recibe fichas públicas y, dentro de ellas, sólo textos públicos. El índice `all` recibe todo con las
señas de quien puede leerlo; un adjunto más restringido que su elemento produce una segunda variante del mismo documento.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archivo.archivistica.puerta import expedientes_de
from archivo.catalogo.puerta import (
    Adjunto,
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


@dataclass(frozen=True)
class _Ficha:
    """Lo que dicen igual todos los documentos de un elemento: se lee y se compone una vez."""

    item: Item
    tipo: TipoDeItem
    texto: str
    palabras: dict[str, tuple[str, ...]]
    enteros: dict[str, tuple[int, ...]]
    originales: tuple[Adjunto, ...]


def _leer(item: Item) -> _Ficha:
    tipo, precision = tipo_de(item.tipo), item.fecha_parcial.precision
    return _Ficha(
        item,
        tipo,
        _texto_de_la_ficha(item, tipo),
        _palabras_de_la_ficha(item, tipo, precision),
        _enteros(item, precision),
        tuple(a for a in item.adjuntos.all() if a.rol == "original"),
    )


def operaciones(items: Sequence[Item]) -> list[Operation]:
    """Lo que hay que escribir en los dos índices para reflejar esos elementos. Consultas constantes."""
    paginas, expedientes = _paginas_de(items), expedientes_de(items)
    hechas: list[Operation] = []
    for item in items:
        grupos = _grupos(item, paginas.get(item.pk, []))
        ficha = _leer(item)
        propias = (Upsert("all", *_variantes(ficha, grupos)), _publico(ficha, grupos))
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


def _variantes(ficha: _Ficha, grupos: list[_Grupo]) -> list[Document]:
    de_ficha = senas_de(ficha.item, circulos_de_ficha(ficha.item)) - {TODOS}
    cadena = sorted({de_ficha, *(g.senas & de_ficha for g in grupos)}, key=len, reverse=True)
    hechas = []
    for i, lectores in enumerate(cadena):
        paginas = [p for g in grupos if g.senas >= lectores for p in g.paginas]
        mas_estrecha = cadena[i + 1] if i + 1 < len(cadena) else frozenset()
        hechas.append(_documento(ficha, lectores, paginas, variante=i, oculto_de=mas_estrecha))
    return hechas


def _publico(ficha: _Ficha, grupos: list[_Grupo]) -> Operation:
    if Circulo.TODOS not in circulos_de_ficha(ficha.item):
        return Delete("pub", ficha.item.clave)
    if Circulo.TODOS not in circulos_de_texto(ficha.item):
        return Upsert("pub", _ficha_minima(ficha))
    paginas = [p for g in grupos if g.publico for p in g.paginas]
    return Upsert("pub", _documento(ficha, frozenset({TODOS}), paginas))


def _ficha_minima(ficha: _Ficha) -> Document:
    """Lo que cualquiera puede saber de lo restringido por derechos: título, fecha, resumen y dónde se publicó."""
    item, tipo = ficha.item, ficha.tipo
    visibles = {"tipo", "acceso", "mes"} | (citables() if tipo.cita_publica else set())
    medio = (item.medio.nombre, *(n.nombre for n in item.medio.nombres.all())) if item.medio else ()
    cita = (item.autor, *medio, *tipo.resena(item)) if tipo.cita_publica and tipo.resena else ()
    completo = _documento(ficha, frozenset({TODOS}), ())
    return replace(
        completo,
        extra_text="\n".join(p for p in (tipo.nombre, item.resumen, *cita) if p),
        keywords={n: valores for n, valores in completo.keywords.items() if n in visibles},
        integers={nombre: valores for nombre, valores in completo.integers.items() if nombre == "anio"},
    )


def _documento(
    ficha: _Ficha,
    lectores: frozenset[str],
    paginas: Iterable[Pagina],
    *,
    variante: int = 0,
    oculto_de: frozenset[str] = frozenset(),
) -> Document:
    item = ficha.item
    return Document(
        key=item.clave,
        version=item.version,
        acl=lectores,
        title=item.titulo,
        order=item.pk,
        variant=variante,
        hidden_from=oculto_de,
        extra_text=ficha.texto,
        parts=tuple(Part(p.n, p.texto, label=str(p.adjunto_id or "")) for p in sorted(paginas, key=lambda p: p.n)),
        keywords=_palabras(ficha, lectores),
        integers=ficha.enteros,
        date_from=item.fecha,
        date_to=item.fecha_hasta or item.fecha,
    )


def _texto_de_la_ficha(item: Item, tipo: TipoDeItem) -> str:
    clase = [tipo.nombre, item.serie.nombre if item.serie else ""]
    piezas = [*clase, item.resumen, item.autor, item.lugar, item.folio, item.numero_texto]
    piezas += terminos_buscables(item)
    for campo in tipo.texto_de_ficha:
        valor = item.ficha.get(campo, "")
        piezas.append("\n".join(valor) if isinstance(valor, list) else str(valor))
    return "\n".join([p for p in piezas if p])


def _sin_repetir(*valores: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in valores if v))


def _tiene_original(ficha: _Ficha, lectores: frozenset[str]) -> bool:
    """¿Lleva un original que puedan leer todas esas personas? De uno más cerrado no se dice que existe."""
    item = ficha.item
    return any(senas_de(item, circulos_de_texto(item, a)) >= lectores for a in ficha.originales)


def _palabras(ficha: _Ficha, lectores: frozenset[str]) -> dict[str, tuple[str, ...]]:
    dadas = ficha.palabras | {"con_archivo": ("si",) if _tiene_original(ficha, lectores) else ("no",)}
    if TODOS in lectores:
        for reservado in (campo.nombre for campo in ficha.tipo.campos if not campo.publico):
            del dadas[reservado]
    return dadas


def _palabras_de_la_ficha(item: Item, tipo: TipoDeItem, precision: str) -> dict[str, tuple[str, ...]]:
    """Las que no dependen de quién lee."""
    area = (item.area.nombre,) if item.area else ()
    nombrados: dict[str, list[str]] = defaultdict(list)
    for mencion in item.menciones.all():
        nombrados[mencion.papel].append(mencion.autoridad.nombre)
    dadas: dict[str, tuple[str, ...]] = {
        "tipo": (item.tipo,),
        "estado": (item.estado,),
        "acceso": (item.acceso_efectivo,),
        "area": area,
        "dependencia": _sin_repetir(*area, *nombrados["dependencia"]),
        "tema": tuple(t.nombre for t in item.temas.all()),
        "lugar": _sin_repetir(item.lugar, *nombrados["lugar"]),
        "persona": _sin_repetir(*nombrados["persona"], *nombrados["retratada"]),
        "medio": (item.medio.nombre,) if item.medio else (),
        "autor": _sin_repetir(item.autor, *nombrados["autor"]),
        "mes": (f"{item.fecha:%Y-%m}",) if item.fecha and precision in {"dia", "mes"} else (),
    }
    return dadas | {campo.nombre: tuple(campo.valores(item)) for campo in tipo.campos}


def _enteros(item: Item, precision: str) -> dict[str, tuple[int, ...]]:
    dados: dict[str, tuple[int, ...]] = {}
    if item.fecha and precision in {"dia", "mes", "anio"}:
        dados["anio"] = (item.fecha.year,)
    if item.numero is not None:
        dados["numero"] = (item.numero,)
    if item.anio_numero is not None:
        dados["anio_folio"] = (item.anio_numero,)
    return dados
