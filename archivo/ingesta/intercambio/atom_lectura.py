"""Leer un CSV de descripciones ISAD(G) con los encabezados de AtoM."""

from pathlib import Path

from django.utils.text import slugify

from archivo.ingesta.importacion.filas import ArchivoInutilizable, FilaIlegible
from archivo.ingesta.importacion.tablas import Renglon, abrir_tabla
from archivo.ingesta.intercambio.atom import (
    COLUMNAS,
    DE_EVENTOS,
    DE_ISAD,
    DE_PUNTOS,
    ESTADOS,
    OBLIGATORIAS,
    PROPIAS,
    lista,
)
from archivo.ingesta.intercambio.unidad import Evento, Instrumento, Objeto, Punto, Unidad
from archivo.salidas import sin_guarda

UNIDADES_MAXIMAS = 100_000
NECESARIAS = "legacyId, parentId, title y levelOfDescription"


def leer_atom(ruta: Path, nombre: str) -> Instrumento:
    """Las unidades de un CSV (o XLSX) de AtoM, en el orden de sus filas.

    Una fila con celdas de más o de menos se rechaza con su número. Las columnas que AtoM no tiene se conservan y se avisan.

    Raises:
        ArchivoInutilizable: no se puede abrir, o su encabezado no es el de descripciones de AtoM.
    """
    tabla = abrir_tabla(ruta, nombre)
    encabezado = _reconocer(tabla.encabezado)
    instrumento = Instrumento("atom")
    for ajena in [c for c in encabezado if c not in COLUMNAS]:
        instrumento.avisar(1, "", ajena, "AtoM no tiene esta columna: se conserva como vino, en cada unidad.")
    vistas: dict[str, Unidad] = {}
    for renglon in tabla.renglones:
        instrumento.leidas += 1
        if instrumento.leidas > UNIDADES_MAXIMAS:
            raise ArchivoInutilizable(f"«{nombre}» pasa de {UNIDADES_MAXIMAS:,} unidades. Divídalo por fondos.")
        if isinstance(renglon, FilaIlegible):
            instrumento.rechazar(renglon.numero, "", "", renglon.motivo)
        else:
            _agregar(instrumento, vistas, _unidad(renglon, encabezado))
    instrumento.fuente = _fuente(instrumento.unidades)
    instrumento.cabecera = _cabecera(instrumento.unidades)
    return instrumento


def _reconocer(encabezado: tuple[str, ...]) -> tuple[str, ...]:
    conocidas = {c.casefold(): c for c in COLUMNAS}
    reconocido = tuple(conocidas.get(c.casefold(), c) for c in encabezado)
    faltan = [c for c in OBLIGATORIAS if c not in reconocido]
    if faltan:
        raise ArchivoInutilizable(
            f"El encabezado no es el de descripciones de AtoM: falta {' y '.join(faltan)}. "
            f"La primera fila debe nombrar al menos {NECESARIAS}."
        )
    repetidas = sorted({c for c in reconocido if c and reconocido.count(c) > 1})
    if repetidas:
        raise ArchivoInutilizable(f"El encabezado repite {', '.join(repetidas)}. Deje cada columna una sola vez.")
    return reconocido


def _unidad(renglon: Renglon, encabezado: tuple[str, ...]) -> Unidad:
    celdas = {c: sin_guarda(v.replace("\x00", "")) for c, v in zip(encabezado, renglon.celdas, strict=True) if v.strip()}

    def valor(columna: str) -> str:
        return celdas.get(columna, "").strip()

    return Unidad(
        id=valor("legacyId"),
        titulo=valor("title"),
        madre=valor("parentId"),
        slug_de_madre=valor("qubitParentSlug"),
        nivel_original=valor("levelOfDescription"),
        codigo=valor("identifier"),
        isad={clave: celdas[columna] for columna, clave in DE_ISAD.items() if columna in celdas},
        eventos=_eventos(celdas),
        puntos=[Punto(clase, n) for columna, clase in DE_PUNTOS.items() for n in lista(valor(columna)) if n],
        objetos=[Objeto(ruta) for columna in ("digitalObjectPath", "digitalObjectURI") for ruta in lista(valor(columna)) if ruta],
        alternos=_alternos(celdas),
        otros={columna: v for columna, v in celdas.items() if columna not in PROPIAS},
        publicacion=ESTADOS.get(valor("publicationStatus").casefold(), ""),
        cultura=valor("culture"),
        linea=renglon.numero,
    )


def _eventos(celdas: dict[str, str]) -> list[Evento]:
    columnas = {parte: lista(celdas.get(columna, "")) for columna, parte in DE_EVENTOS.items()}
    cuantos = max(map(len, columnas.values()), default=0)
    eventos = [
        Evento(**{parte: valores[n] if n < len(valores) else "" for parte, valores in columnas.items()}) for n in range(cuantos)
    ]
    return [e for e in eventos if e != Evento()]


def _alternos(celdas: dict[str, str]) -> list[list[str]]:
    codigos = lista(celdas.get("alternativeIdentifiers", ""))
    rotulos = lista(celdas.get("alternativeIdentifierLabels", ""))
    return [[rotulos[n] if n < len(rotulos) else "", codigo] for n, codigo in enumerate(codigos) if codigo]


def _agregar(instrumento: Instrumento, vistas: dict[str, Unidad], unidad: Unidad) -> None:
    if not unidad.id:
        motivo = (
            "Falta legacyId: sin él no se sabe de quién depende ni se puede volver a importar. Escriba uno distinto por fila."
        )
        instrumento.rechazar(unidad.linea, "", "legacyId", motivo)
        return
    primera = vistas.get(unidad.id)
    if primera is None:
        vistas[unidad.id] = unidad
        instrumento.unidades.append(unidad)
    elif unidad.cultura and unidad.cultura != primera.cultura and unidad.cultura not in primera.traducciones:
        primera.traducciones[unidad.cultura] = _traduccion(unidad)
    else:
        motivo = f"El legacyId «{unidad.id}» ya está en la fila {primera.linea}. Una traducción lleva otra «culture»."
        instrumento.rechazar(unidad.linea, unidad.id, "legacyId", motivo)


def _traduccion(unidad: Unidad) -> dict[str, str]:
    """Sólo los textos: lo demás es de la unidad, no de la lengua."""
    return {"titulo": unidad.titulo} | unidad.isad


def _fuente(unidades: list[Unidad]) -> str:
    raiz = next((u for u in unidades if not u.madre), None)
    if raiz is None:
        return ""
    partes = (raiz.otros.get("repository", ""), raiz.codigo, raiz.titulo, raiz.id)
    return slugify(" ".join(p for p in partes if p))[:200]


def _cabecera(unidades: list[Unidad]) -> dict[str, str]:
    raices = [u for u in unidades if not u.madre]
    datos = {
        "titulo": raices[0].titulo if len(raices) == 1 else f"{len(raices)} fondos: {', '.join(r.titulo for r in raices)}"[:200],
        "editor": next((u.otros["repository"] for u in raices if "repository" in u.otros), ""),
    }
    return {clave: valor for clave, valor in datos.items() if valor} if raices else {}
