"""SKOS (W3C, 2009) de ida y vuelta: RDF/XML, Turtle y JSON-LD. No toca la base.

Lo que llega es ajeno: no se aceptan DOCTYPE ni entidades, ni contextos de JSON-LD que haya que ir a buscar a la red, ni más de
veinte megabytes.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

FORMATOS = {"ttl": "turtle", "rdf": "xml", "xml": "xml", "jsonld": "json-ld", "json": "json-ld"}
TIPOS_MIME = {"turtle": "text/turtle", "xml": "application/rdf+xml", "json-ld": "application/ld+json"}
BYTES_MAXIMOS = 20_000_000
CONCEPTOS_MAXIMOS = 100_000
_LENGUAS = ("es-mx", "es", "")
_BASE = "urn:acervo:vocabulario:"


class VocabularioIlegible(ValueError):
    """El archivo no se puede leer como SKOS; el mensaje dice qué hacer."""


@dataclass(frozen=True)
class Concepto:
    """Un término como viaja en SKOS; las relaciones van por identificador."""

    uri: str
    nombre: str
    alternas: tuple[str, ...] = ()
    ocultas: tuple[str, ...] = ()
    amplios: tuple[str, ...] = ()
    relacionados: tuple[str, ...] = ()
    nota_alcance: str = ""
    notacion: str = ""
    esquema: str = ""
    en_desuso: bool = False
    reemplazado_por: str = ""


@dataclass
class _Lector:
    grafo: Graph
    esquemas: dict[Node, str] = field(default_factory=dict)

    def conceptos(self) -> Iterator[Concepto]:
        """Los del grafo, por identificador."""
        propios = {s for s in self.grafo.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef)}
        con_nombre = {s for s in self.grafo.subjects(SKOS.prefLabel) if isinstance(s, URIRef)}
        ajenos = set(self.grafo.subjects(RDF.type, SKOS.ConceptScheme)) | set(self.grafo.subjects(RDF.type, SKOS.Collection))
        inversos = self._inversos()
        for sujeto in sorted((propios | con_nombre) - ajenos):
            yield self._concepto(sujeto, inversos.get(sujeto, ()))

    def _inversos(self) -> dict[Node, list[Node]]:
        """Quién dice de quién que es más específico: vale como «más amplio» al revés."""
        hallados: dict[Node, list[Node]] = {}
        for amplio, especifico in self.grafo.subject_objects(SKOS.narrower):
            hallados.setdefault(especifico, []).append(amplio)
        return hallados

    def _concepto(self, sujeto: Node, amplios: Sequence[Node]) -> Concepto:
        reemplazo = next(iter(self.grafo.objects(sujeto, DCTERMS.isReplacedBy)), "")
        return Concepto(
            uri=str(sujeto),
            nombre=self._preferente(sujeto, SKOS.prefLabel),
            alternas=self._textos(sujeto, SKOS.altLabel),
            ocultas=self._textos(sujeto, SKOS.hiddenLabel),
            amplios=tuple(sorted({str(o) for o in (*self.grafo.objects(sujeto, SKOS.broader), *amplios)})),
            relacionados=tuple(sorted({str(o) for o in self.grafo.objects(sujeto, SKOS.related)})),
            nota_alcance=self._preferente(sujeto, SKOS.scopeNote) or self._preferente(sujeto, SKOS.definition),
            notacion=next((str(o) for o in sorted(self.grafo.objects(sujeto, SKOS.notation), key=str)), ""),
            esquema=self._esquema(sujeto),
            en_desuso=any(str(o).lower() in {"true", "1"} for o in self.grafo.objects(sujeto, OWL.deprecated)),
            reemplazado_por=str(reemplazo),
        )

    def _literales(self, sujeto: Node, propiedad: URIRef) -> list[Literal]:
        return sorted(o for o in self.grafo.objects(sujeto, propiedad) if isinstance(o, Literal) and str(o).strip())

    def _preferente(self, sujeto: Node, propiedad: URIRef) -> str:
        """El texto en español; si no hay, el que no dice lengua; si no, el primero."""
        todos = self._literales(sujeto, propiedad)
        for lengua in _LENGUAS:
            hallado = next((t for t in todos if (t.language or "").lower() == lengua), None)
            if hallado is not None:
                return " ".join(str(hallado).split())
        return " ".join(str(todos[0]).split()) if todos else ""

    def _textos(self, sujeto: Node, propiedad: URIRef) -> tuple[str, ...]:
        todos = self._literales(sujeto, propiedad)
        nuestros = [t for t in todos if (t.language or "").lower() in _LENGUAS or (t.language or "").lower().startswith("es")]
        return tuple(dict.fromkeys(" ".join(str(t).split()) for t in nuestros))

    def _esquema(self, sujeto: Node) -> str:
        esquema = next(iter(sorted(self.grafo.objects(sujeto, SKOS.inScheme), key=str)), None)
        if esquema is None:
            return ""
        if esquema not in self.esquemas:
            titulos = (self._preferente(esquema, p) for p in (SKOS.prefLabel, DCTERMS.title, RDFS.label))
            self.esquemas[esquema] = next((t for t in titulos if t), "") or str(esquema).rstrip("/#").rpartition("/")[2]
        return self.esquemas[esquema]


def leer(datos: bytes, formato: str) -> list[Concepto]:
    """Los conceptos de un archivo SKOS (`turtle`, `xml` o `json-ld`).

    Raises:
        VocabularioIlegible: es demasiado grande, trae algo peligroso, no es de ese formato o no lleva ningún término.
    """
    if len(datos) > BYTES_MAXIMOS:
        raise VocabularioIlegible("El archivo pasa de 20 MB. Divida el vocabulario en varios archivos.")
    _REVISIONES.get(formato, lambda _: None)(datos)
    grafo = Graph()
    try:
        grafo.parse(data=datos, format=formato, publicID=_BASE)
    except Exception as error:
        raise VocabularioIlegible(f"El archivo no se puede leer como {formato}: revise que esté completo y en UTF-8.") from error
    conceptos = list(_Lector(grafo).conceptos())
    if not conceptos:
        raise VocabularioIlegible("El archivo no lleva ningún término de SKOS (skos:Concept con skos:prefLabel).")
    if len(conceptos) > CONCEPTOS_MAXIMOS:
        raise VocabularioIlegible(f"El archivo lleva más de {CONCEPTOS_MAXIMOS:,} términos. Divídalo en varios.")
    return conceptos


def _revisar_xml(datos: bytes) -> None:
    """Sin DOCTYPE no hay entidades que crezcan ni que lean archivos."""
    lector = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        arbol = etree.fromstring(datos, lector).getroottree()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise VocabularioIlegible(f"El archivo no es XML bien formado: {error}") from error
    if arbol.docinfo.internalDTD is not None or arbol.docinfo.doctype:
        raise VocabularioIlegible(
            "El archivo declara un DOCTYPE, que puede esconder entidades. Guárdelo como Turtle o sin DOCTYPE."
        )


def _revisar_json(datos: bytes) -> None:
    """Un contexto por dirección haría que el archivo saliera a la red."""
    try:
        pendientes: list[Any] = [json.loads(datos)]
    except (ValueError, RecursionError) as error:
        raise VocabularioIlegible("El archivo no es JSON en UTF-8.") from error
    while pendientes:
        pieza = pendientes.pop()
        if isinstance(pieza, dict):
            contextos = pieza.get("@context", [])
            if any(isinstance(c, str) for c in (contextos if isinstance(contextos, list) else [contextos])) or "@import" in pieza:
                raise VocabularioIlegible(
                    "El archivo pide un @context de otra dirección. Inclúyalo dentro del archivo o use Turtle."
                )
            pendientes += pieza.values()
        elif isinstance(pieza, list):
            pendientes += pieza


_REVISIONES = {"xml": _revisar_xml, "json-ld": _revisar_json}


def escribir(conceptos: Iterable[Concepto], formato: str, base: str) -> bytes:
    """El vocabulario en SKOS. `base` es la dirección de los esquemas propios; cada concepto ya trae la suya."""
    grafo = Graph()
    grafo.bind("skos", SKOS)
    grafo.bind("dcterms", DCTERMS)
    esquemas: dict[str, URIRef] = {}
    for concepto in conceptos:
        _escribir_uno(grafo, concepto)
        esquema = esquemas.setdefault(concepto.esquema, URIRef(f"{base}esquema/{len(esquemas) + 1}"))
        grafo.add((URIRef(concepto.uri), SKOS.inScheme, esquema))
    for nombre, esquema in esquemas.items():
        grafo.add((esquema, RDF.type, SKOS.ConceptScheme))
        grafo.add((esquema, SKOS.prefLabel, Literal(nombre or "Temas", lang="es")))
    opciones: dict[str, Any] = {"context": {"skos": str(SKOS), "dcterms": str(DCTERMS)}} if formato == "json-ld" else {}
    return grafo.serialize(format=formato, encoding="utf-8", **opciones)


def _escribir_uno(grafo: Graph, concepto: Concepto) -> None:
    sujeto = URIRef(concepto.uri)
    grafo.add((sujeto, RDF.type, SKOS.Concept))
    textos = [(SKOS.prefLabel, [concepto.nombre]), (SKOS.altLabel, concepto.alternas), (SKOS.hiddenLabel, concepto.ocultas)]
    textos.append((SKOS.scopeNote, [concepto.nota_alcance] if concepto.nota_alcance else []))
    for propiedad, valores in textos:
        for valor in valores:
            grafo.add((sujeto, propiedad, Literal(valor, lang="es")))
    if concepto.notacion:
        grafo.add((sujeto, SKOS.notation, Literal(concepto.notacion)))
    for amplio in concepto.amplios:
        grafo.add((sujeto, SKOS.broader, URIRef(amplio)))
        grafo.add((URIRef(amplio), SKOS.narrower, sujeto))
    for relacionado in concepto.relacionados:
        grafo.add((sujeto, SKOS.related, URIRef(relacionado)))
        grafo.add((URIRef(relacionado), SKOS.related, sujeto))
    if concepto.en_desuso:
        grafo.add((sujeto, OWL.deprecated, Literal(lexical_or_value=True)))
    if concepto.reemplazado_por:
        grafo.add((sujeto, DCTERMS.isReplacedBy, URIRef(concepto.reemplazado_por)))
