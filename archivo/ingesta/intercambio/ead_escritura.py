"""Escribir un instrumento en EAD 2002 o EAD3, con un escritor de XML: nunca pegando cadenas."""

from collections.abc import Iterator
from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker

from archivo.catalogo.puerta import ELEMENTOS_ISAD
from archivo.ingesta.intercambio.atom import lista
from archivo.ingesta.intercambio.ead import (
    CONTENEDORES,
    CUADRO,
    DOCTYPE_2002,
    EAD2002,
    EN_DID,
    ETIQUETA_DE_PUNTO,
    NIVEL_EN_NOTA,
    NORMA,
    TRADUCCION,
    Dialecto,
)
from archivo.ingesta.intercambio.ead_cabecera import cabecera_2002, control_3
from archivo.ingesta.intercambio.ead_texto import en_parrafos, legal
from archivo.ingesta.intercambio.fechas import normal_de
from archivo.ingesta.intercambio.niveles import niveles_para_ead
from archivo.ingesta.intercambio.unidad import Evento, Instrumento, Unidad


def escribir_ead(instrumento: Instrumento, dialecto: Dialecto, momento: datetime) -> bytes:
    """El documento, en UTF-8. Varios fondos van dentro de un `archdesc` que sólo los reúne."""
    return _Escritor(dialecto).documento(instrumento, momento)


class _Escritor:
    """Las piezas de un documento en una versión de EAD."""

    def __init__(self, dialecto: Dialecto) -> None:
        self.dialecto = dialecto
        nsmap = {None: dialecto.espacio} if dialecto.espacio else None
        self.e = ElementMaker(namespace=dialecto.espacio or None, nsmap=nsmap)

    def documento(self, instrumento: Instrumento, momento: datetime) -> bytes:
        cabecera = cabecera_2002 if self.dialecto is EAD2002 else control_3
        raiz = self.e.ead(cabecera(self.e, instrumento, momento), self._descripcion(instrumento))
        doctype = DOCTYPE_2002 if self.dialecto is EAD2002 else None
        return bytes(etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", doctype=doctype))

    def _descripcion(self, instrumento: Instrumento) -> etree._Element:
        if len(instrumento.raices) == 1:
            raiz = instrumento.raices[0]
            nodo = self._unidad(raiz, "archdesc")
            contenidas = raiz.hijas
        else:
            titulo = legal(instrumento.cabecera.get("titulo", "")) or CUADRO
            nodo = self.e.archdesc(self.e.did(self.e.unittitle(titulo)), level="otherlevel", otherlevel=CUADRO)
            contenidas = instrumento.raices
        nodo.set("relatedencoding", NORMA)
        if contenidas:
            nodo.append(self.e.dsc(*(self._rama(hija) for hija in contenidas)))
        return nodo

    def _rama(self, unidad: Unidad) -> etree._Element:
        nodo = self._unidad(unidad, "c")
        nodo.extend(self._rama(hija) for hija in unidad.hijas)
        return nodo

    def _unidad(self, unidad: Unidad, nombre: str) -> etree._Element:
        nivel, otro, nota = niveles_para_ead(unidad.nivel, unidad.nivel_original)
        nodo = self.e(nombre, level=nivel)
        if otro:
            nodo.set("otherlevel", otro)
        if unidad.publicacion:
            nodo.set("audience", "internal" if unidad.publicacion == "borrador" else "external")
        nodo.append(self._did(unidad))
        nodo.extend(self._bloques(unidad))
        for tipo, texto in self._notas(unidad, nota):
            if texto.strip():
                nodo.append(self._parrafos(self.e.odd(**{self.dialecto.tipo: legal(tipo)}), texto))
        if unidad.puntos:
            nodo.append(self.e.controlaccess(*(self._nombre(p.clase, p.nombre) for p in unidad.puntos)))
        return nodo

    def _did(self, unidad: Unidad) -> etree._Element:
        e = self.e
        did = e.did(e.unittitle(legal(unidad.titulo), encodinganalog="3.1.2"))
        did.append(e.unitid(legal(unidad.codigo), identifier=legal(unidad.id), encodinganalog="3.1.1"))
        for rotulo, codigo in unidad.alternos:
            did.append(e.unitid(legal(codigo), **({self.dialecto.tipo: legal(rotulo)} if rotulo else {})))
        did.extend(self._fechas(unidad.eventos))
        did.extend(self._volumen(unidad.isad.get("volumen", "")))
        did.extend(self._productores(unidad.eventos))
        if lenguas := [t.strip() for t in legal(unidad.isad.get("lengua", "")).split("|") if t.strip()]:
            did.append(e.langmaterial(*(e.language(t) for t in lenguas), encodinganalog="3.4.3"))
        if unidad.otros.get("repository"):
            did.append(e.repository(self._nombre("organismo", unidad.otros["repository"])))
        did.extend(self._contenedores(unidad))
        did.extend(self._objetos(unidad))
        return did

    def _fechas(self, eventos: list[Evento]) -> Iterator[etree._Element]:
        for evento in eventos:
            if evento.texto or evento.desde or evento.hasta:
                intervalo, texto = normal_de(evento)
                nodo = self.e.unitdate(legal(texto), encodinganalog="3.1.3")
                if intervalo:
                    nodo.set("normal", intervalo)
                if evento.tipo:
                    nodo.set("datechar", legal(evento.tipo))
                yield nodo

    def _productores(self, eventos: list[Evento]) -> Iterator[etree._Element]:
        for evento in eventos:
            if evento.actor:
                clase = evento.clase_de_actor if evento.clase_de_actor in {"persona", "organismo", "familia"} else "nombre"
                nodo = self.e.origination(self._nombre(clase, evento.actor), encodinganalog="3.2.1")
                if evento.tipo:
                    nodo.set("label", legal(evento.tipo))
                yield nodo

    def _volumen(self, texto: str) -> Iterator[etree._Element]:
        for renglon in (r for bloque in en_parrafos(texto) for r in bloque):
            dentro = self.e.extent(renglon) if self.dialecto is EAD2002 else renglon
            yield self.e.physdesc(dentro, encodinganalog="3.1.5")

    def _contenedores(self, unidad: Unidad) -> Iterator[etree._Element]:
        nombres, tipos, lugares = (lista(unidad.otros.get(columna, "")) for columna in CONTENEDORES)
        for n in range(max(len(nombres), len(tipos))):
            nodo = self.e.container(legal(nombres[n]) if n < len(nombres) else "")
            if n < len(tipos) and tipos[n]:
                nodo.set("label", legal(tipos[n]))
            yield nodo
        yield from (self.e.physloc(legal(lugar)) for lugar in lugares)

    def _objetos(self, unidad: Unidad) -> Iterator[etree._Element]:
        titulo = "title" if self.dialecto is EAD2002 else "linktitle"
        daos = []
        for objeto in unidad.objetos:
            nodo = self.e.dao(href=legal(objeto.ruta), **({} if self.dialecto is EAD2002 else {"daotype": "unknown"}))
            if objeto.titulo:
                nodo.set(titulo, legal(objeto.titulo))
            daos.append(nodo)
        if self.dialecto is not EAD2002 and len(daos) > 1:
            yield self.e.daoset(*daos)
        else:
            yield from daos

    def _bloques(self, unidad: Unidad) -> Iterator[etree._Element]:
        historias = "\n\n".join(dict.fromkeys(e.historia for e in unidad.eventos if e.historia))
        for elemento in ELEMENTOS_ISAD:
            texto = unidad.isad.get(elemento.clave, "")
            if elemento.clave == "historia_institucional":
                texto = texto or historias
            if elemento.clave not in EN_DID and en_parrafos(texto):
                yield self._parrafos(self.e(elemento.ead, encodinganalog=elemento.numero), texto)

    def _notas(self, unidad: Unidad, nivel: str) -> Iterator[tuple[str, str]]:
        yield NIVEL_EN_NOTA, nivel
        yield "culture", unidad.cultura
        yield "qubitParentSlug", unidad.slug_de_madre if not unidad.madre else ""
        for cultura, textos in sorted(unidad.traducciones.items()):
            yield from ((f"{TRADUCCION}{cultura}:{clave}", texto) for clave, texto in sorted(textos.items()))
        yield from ((n, t) for n, t in sorted(unidad.otros.items()) if n not in {*CONTENEDORES, "repository"})

    def _parrafos(self, nodo: etree._Element, texto: str) -> etree._Element:
        for bloque in en_parrafos(texto):
            parrafo = self.e.p(bloque[0])
            for renglon in bloque[1:]:
                salto = self.e.lb()
                salto.tail = renglon
                parrafo.append(salto)
            nodo.append(parrafo)
        return nodo

    def _nombre(self, clase: str, nombre: str) -> etree._Element:
        etiqueta = ETIQUETA_DE_PUNTO.get(clase, "name")
        return self.e(etiqueta, self.e.part(legal(nombre)) if self.dialecto.con_partes else legal(nombre))
