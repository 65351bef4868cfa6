"""De los bloques de un capítulo a lo que se lee: cada bloque, con sus cifras puestas, su huella y sus enlaces.

El resultado es JSON llano: lo mismo componen el sitio, el PDF y el DOCX, y es lo que se congela al publicar.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from archivo.catalogo.puerta import Item
from archivo.salidas import arbol_de_html
from memoria_anual.cortes.puerta import Corte
from memoria_anual.edicion import graficas
from memoria_anual.edicion.aportado import bloques_de_aportaciones
from memoria_anual.edicion.bloques import POR_AREA, POR_LO_SUYO, POR_MES
from memoria_anual.edicion.cifras import SIN_DATO, CifraDeMemoria, CifraDesconocida, CifrasDeMemoria, en_palabras
from memoria_anual.edicion.evidencia import a_la_vista, como_prueba, fotografia_publica, publicos, sin_rotulo
from memoria_anual.edicion.models import AportacionDeArea
from memoria_anual.edicion.vivas import avivar

Bloque = dict[str, Any]
MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
MAXIMO_DE_PORCIONES = 14


@dataclass
class Mesa:
    """Lo que hace falta para resolver: las cifras, el corte de un año antes, las metas y lo que aportaron las áreas.

    `avisos` junta lo que no se pudo poner y por qué, para quien edita.
    """

    cifras: CifrasDeMemoria
    anterior: Corte | None = None
    metas: Mapping[str, Decimal] = field(default_factory=dict)
    justificaciones: Mapping[str, str] = field(default_factory=dict)
    aportaciones: Sequence[AportacionDeArea] = ()
    en_borrador: bool = True
    avisos: list[str] = field(default_factory=list)


def resolver(cuerpo: Any, mesa: Mesa) -> list[Bloque]:
    """Los bloques de un capítulo, resueltos. El que no se puede poner deja su razón en los avisos y no sale."""
    listos: list[Bloque] = []
    for bloque in cuerpo:
        try:
            listos += _RESUELVEN[bloque.block_type](bloque.value, mesa)
        except CifraDesconocida as falta:
            mesa.avisos.append(str(falta))
    return listos


def _parrafo(valor: Any, mesa: Mesa) -> list[Bloque]:
    vivos = avivar(arbol_de_html(valor["texto"].source), mesa.cifras)
    return [b if valor.get("revisado") or not mesa.en_borrador else {**b, "sin_revisar": True} for b in vivos]


def _subtitulo(valor: str, mesa: Mesa) -> list[Bloque]:
    return [{"tipo": "subtitulo", "nivel": 2, "texto": valor}]


def _cita(valor: Any, mesa: Mesa) -> list[Bloque]:
    vivo = avivar([{"tipo": "cita", "texto": valor["texto"].strip()}], mesa.cifras)[0]
    return [vivo | {c: valor[c] for c in ("quien", "cargo") if valor.get(c)}]


def _cifras(valor: Any, mesa: Mesa) -> list[Bloque]:
    return [{"tipo": "cifras", "cifras": [_grande(c, mesa) for c in _las_que_hay(valor["claves"], mesa)]}]


def _las_que_hay(claves: Iterable[str], mesa: Mesa) -> list[CifraDeMemoria]:
    """Las de esas claves; la que el corte no tiene deja su aviso y las demás salen."""
    halladas = []
    for clave in claves:
        try:
            halladas.append(mesa.cifras[clave])
        except CifraDesconocida as falta:
            mesa.avisos.append(str(falta))
    return halladas


def _grande(cifra: CifraDeMemoria, mesa: Mesa) -> dict[str, Any]:
    return {
        "clave": cifra.clave, "valor": cifra.dicha, "nombre": cifra.nombre, "detalle": _detalle(cifra, mesa), "nota": cifra.nota,
        "url": mesa.cifras.enlace(cifra.clave), "huella": mesa.cifras.huella_de(cifra),
    }  # fmt: skip


def _detalle(cifra: CifraDeMemoria, mesa: Mesa) -> str:
    partes = []
    if cifra.es_razon and cifra.numerador is not None and cifra.denominador is not None:
        partes.append(f"{en_palabras(cifra.numerador)} de {en_palabras(cifra.denominador)}.")
    antes = en_palabras(cifra.anterior, cifra.unidad)
    if cifra.anterior is not None:
        tecleado = ", según el informe de entonces" if cifra.anterior_capturado else ""
        comparado = (
            f"{cifra.variacion} que un año antes ({antes}{tecleado})." if cifra.variacion else f"Un año antes: {antes}{tecleado}."
        )
        partes.append(comparado)
    meta = mesa.metas.get(cifra.clave)
    if meta:
        alcanzada = cifra.valor is not None and cifra.valor >= meta
        partes.append(f"Meta: {en_palabras(meta, cifra.unidad)}{'.' if alcanzada else ', no alcanzada.'}")
    partes += [cifra.aviso] if cifra.aviso else []
    return " ".join(p[0].upper() + p[1:] for p in partes) or cifra.unidad


def _grafica(valor: Any, mesa: Mesa) -> list[Bloque]:
    cifra = mesa.cifras[valor["clave"]]
    porciones = _porciones(cifra, valor["por"]) if cifra.elementos else []
    titulo = valor.get("titulo") or f"{cifra.nombre}{ {POR_MES: ', por mes', POR_AREA: ', por área'}.get(valor['por'], '') }"
    if not any(_decimal(p["valor"]) for p in porciones):
        return [{"tipo": "parrafo", "texto": f"{cifra.nombre}: sin registros en el periodo."}]
    antes = _antes(mesa, cifra.clave) if valor["por"] == POR_MES else {}
    valores = [_decimal(p["valor"]) for p in porciones]
    dicho = graficas.Titulada(titulo, _descripcion(porciones, cifra.unidad))
    if valor["por"] == POR_MES:
        rotulos = [MESES[int(p["clave"][5:7]) - 1] for p in porciones]
        previos = [antes.get(p["clave"][5:7]) for p in porciones] if antes else []
        svg = graficas.barras(dicho, rotulos, valores, previos)
    else:
        previos = []
        svg = graficas.renglones(dicho, [p["rotulo"] for p in porciones], valores)
    anio = mesa.cifras.corte.desde.year
    return [
        {
            "tipo": "grafica", "clave": cifra.clave, "titulo": titulo, "svg": svg, "alt": dicho.descripcion,
            "claves": [str(anio), str(anio - 1)] if previos else [], "tabla": _tabla_de(cifra, porciones, previos, anio),
            "url": mesa.cifras.enlace(cifra.clave), "huella": mesa.cifras.huella_de(cifra), "regla": dict(cifra.regla),
        }
    ]  # fmt: skip


def _porciones(cifra: CifraDeMemoria, por: str) -> list[dict[str, Any]]:
    nombre = por if por != POR_LO_SUYO else next((n for n in cifra.desgloses if n not in {POR_MES, POR_AREA}), "")
    porciones = cifra.desgloses.get(nombre) or []
    if not porciones:
        raise CifraDesconocida(
            f"«{cifra.clave}» no se reparte así en este corte: no hay de qué hacer la gráfica. Elija otro reparto."
        )
    if nombre == POR_MES or len(porciones) <= MAXIMO_DE_PORCIONES:
        return list(porciones)
    ordenadas = sorted(porciones, key=lambda p: -(_decimal(p["valor"]) or Decimal(0)))
    visibles, resto = ordenadas[: MAXIMO_DE_PORCIONES - 1], ordenadas[MAXIMO_DE_PORCIONES - 1 :]
    if cifra.es_razon:
        return visibles
    suma = sum((_decimal(p["valor"]) or Decimal(0) for p in resto), Decimal(0))
    elementos = sum(p["elementos"] for p in resto)
    return [*visibles, {"clave": "", "rotulo": f"Los otros {len(resto)}", "valor": str(suma), "elementos": elementos}]


def _decimal(dicho: str | None) -> Decimal | None:
    return None if dicho is None else Decimal(dicho)


def _antes(mesa: Mesa, clave: str) -> dict[str, Decimal | None]:
    fila = mesa.anterior.cifra(clave) if mesa.anterior else None
    return {p["clave"][5:7]: _decimal(p["valor"]) for p in (fila.desgloses.get(POR_MES) or [])} if fila else {}


def _descripcion(porciones: Sequence[Mapping[str, Any]], unidad: str) -> str:
    """Lo que la gráfica dice, para quien no la ve."""
    return "; ".join(f"{p['rotulo']}, {en_palabras(_decimal(p['valor']), unidad)}" for p in porciones) + "."


def _tabla_de(
    cifra: CifraDeMemoria, porciones: Sequence[Mapping[str, Any]], previos: Sequence[Decimal | None], anio: int
) -> Bloque:
    por_mes = porciones[0]["clave"][4:5] == "-" if porciones else False
    columnas = [{"t": "Mes" if por_mes else "De qué"}, {"t": str(anio) if previos else "Valor", "n": True}]
    columnas += [{"t": str(anio - 1), "n": True}] if previos else []
    filas = []
    for n, p in enumerate(porciones):
        fila = [p["rotulo"], en_palabras(_decimal(p["valor"]), cifra.unidad)]
        filas.append([*fila, en_palabras(previos[n], cifra.unidad)] if previos else fila)
    return {"columnas": columnas, "filas": filas, "porciones": [p["clave"] for p in porciones]}


def _tabla(valor: Any, mesa: Mesa) -> list[Bloque]:
    elegidas = _las_que_hay(valor["claves"], mesa)
    columnas = [{"t": "Indicador", "peso": 3}, *({"t": t, "n": True} for t in ("Valor", "Un año antes", "Variación"))]
    filas = [[c.nombre, c.dicha, en_palabras(c.anterior, c.unidad), c.variacion or SIN_DATO] for c in elegidas]
    return [
        {
            "tipo": "tabla", "titulo": valor["titulo"], "columnas": columnas, "filas": filas,
            "claves": [c.clave for c in elegidas], "notas": [c.nota for c in elegidas],
        }
    ]  # fmt: skip


def _metas(valor: Any, mesa: Mesa) -> list[Bloque]:
    filas = [
        _contra_meta(c, mesa.metas[c.clave], mesa.justificaciones.get(c.clave, "")) for c in mesa.cifras if c.clave in mesa.metas
    ]
    if filas:
        return [{"tipo": "indicadores", "titulo": valor["titulo"], "filas": filas}]
    todas = [c.clave for c in mesa.cifras if c.valor is not None]
    return [
        {
            "tipo": "parrafo",
            "texto": "No se programaron metas para este periodo: los resultados se comparan con los de un año antes.",
        },
        *_tabla({"titulo": "Resultados frente al año anterior", "claves": todas}, mesa),
    ]


def _contra_meta(cifra: CifraDeMemoria, meta: Decimal, justificacion: str) -> dict[str, Any]:
    porciento = round(cifra.valor * 100 / meta, 1) if meta and cifra.valor is not None else None
    return {
        "clave": cifra.clave, "nombre": cifra.nombre, "anterior": en_palabras(cifra.anterior, cifra.unidad),
        "meta": en_palabras(meta, cifra.unidad), "logro": cifra.dicha,
        "porcentaje": None if porciento is None else float(porciento), "nota": " ".join(x for x in (cifra.nota, justificacion) if x),
    }  # fmt: skip


def _relacion(valor: Any, mesa: Mesa) -> list[Bloque]:
    cifra = mesa.cifras[valor["clave"]]
    fila = mesa.cifras.corte.cifra(cifra.clave)
    if fila is None:
        raise CifraDesconocida(f"El corte no tiene «{cifra.clave}».")
    nombrados = [e for e, _ in a_la_vista(fila, cuantos=valor["maximo"])]
    faltan = cifra.elementos - len(nombrados)
    aviso = (
        f"Se nombran {len(nombrados):,} de {cifra.elementos:,}." if faltan else f"Los {cifra.elementos:,} elementos de la cifra."
    )
    if faltan:
        aviso += " Los demás no caben aquí o no son de consulta pública; todos cuentan."
    columnas = [{"t": "Día"}, {"t": "Folio"}, {"t": "Título", "peso": 4}, {"t": "Clave"}]
    filas = [[f"{e.fecha:%d/%m/%Y}" if e.fecha else "", e.folio, e.titulo, e.clave] for e in nombrados]
    return [
        {
            "tipo": "relacion", "clave": cifra.clave, "titulo": valor.get("titulo") or f"Relación: {cifra.nombre.lower()}", "aviso": aviso,
            "columnas": columnas, "filas": filas, "url": mesa.cifras.enlace(cifra.clave), "huella": mesa.cifras.huella_de(cifra),
        }
    ]  # fmt: skip


def _destacado(valor: Any, mesa: Mesa) -> list[Bloque]:
    item = publicos([valor["elemento"]]).get(valor["elemento"].strip())
    if item is None:
        mesa.avisos.append(f"El elemento destacado «{valor['elemento']}» no es de consulta pública y no sale.")
        return []
    return [{"tipo": "destacado", "texto": valor["texto"], **como_prueba(item)}]


def _galeria(valor: Any, mesa: Mesa) -> list[Bloque]:
    hallados = publicos(f["elemento"] for f in valor["fotos"])
    fotos = [f for elegida in valor["fotos"] if (f := _foto(elegida, hallados, mesa))]
    return [{"tipo": "galeria", "titulo": valor["titulo"], "fotos": fotos}] if fotos else []


def _foto(elegida: Any, hallados: Mapping[str, Item], mesa: Mesa) -> dict[str, Any] | None:
    hallada = fotografia_publica(hallados.get(elegida["elemento"].strip()))
    if hallada is None:
        mesa.avisos.append(f"La fotografía «{elegida['elemento']}» no está, o no es de consulta pública: no sale.")
        return None
    propios = {"pie": elegida.get("pie"), "credito": sin_rotulo(elegida.get("credito")), "alt": elegida.get("alternativa")}
    return hallada | {c: v for c, v in propios.items() if v}


def _cronologia(valor: Any, mesa: Mesa) -> list[Bloque]:
    citados = publicos(h["elemento"] for h in valor["hechos"] if h.get("elemento"))
    hechos = [_hecho(h, citados, mesa) for h in sorted(valor["hechos"], key=lambda h: h["fecha"])]
    return [{"tipo": "cronologia", "titulo": valor["titulo"], "hechos": hechos}] if hechos else []


def _hecho(hecho: Any, citados: Mapping[str, Item], mesa: Mesa) -> dict[str, str]:
    item = citados.get((hecho.get("elemento") or "").strip())
    if hecho.get("elemento") and item is None:
        mesa.avisos.append(f"La prueba «{hecho['elemento']}» de «{hecho['titulo']}» no es de consulta pública: no se cita.")
    dia: date = hecho["fecha"]
    dicho = {
        "fecha": f"{dia.day} {MESES[dia.month - 1]}",
        "dia": dia.isoformat(),
        "titulo": hecho["titulo"],
        "texto": hecho.get("texto") or "",
    }
    return dicho | ({"clave": item.clave, "url": item.get_absolute_url()} if item else {"clave": "", "url": ""})


def _aportaciones(valor: Any, mesa: Mesa) -> Iterator[Bloque]:
    yield from bloques_de_aportaciones(mesa.aportaciones, valor.get("area") or "", en_borrador=mesa.en_borrador)


_RESUELVEN: dict[str, Callable[[Any, Mesa], Any]] = {
    "parrafo": _parrafo,
    "subtitulo": _subtitulo,
    "cifras": _cifras,
    "grafica": _grafica,
    "tabla": _tabla,
    "metas": _metas,
    "relacion": _relacion,
    "destacado": _destacado,
    "galeria": _galeria,
    "cronologia": _cronologia,
    "cita": _cita,
    "aportaciones": _aportaciones,
}
