"""Las etiquetas de EAD 2002 y de EAD3: en qué coinciden y en qué no."""

from dataclasses import dataclass

from archivo.catalogo.puerta import ELEMENTOS_ISAD

ESPACIO_2002 = "urn:isbn:1-931666-22-9"
ESPACIO_3 = "http://ead3.archivists.org/schema/"
XLINK = "http://www.w3.org/1999/xlink"
DOCTYPE_2002 = (
    '<!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd (Encoded Archival Description (EAD) Version 2002)//EN" "ead.dtd">'
)
NORMA = "ISAD(G)v2"
CUADRO = "cuadro"
"""`otherlevel` del `archdesc` que sólo reúne varios fondos: no es una unidad."""
EN_DID = {"volumen", "lengua"}
ISAD_POR_ETIQUETA = {e.ead: e.clave for e in reversed(ELEMENTOS_ISAD) if e.clave not in EN_DID}
ISAD_POR_NUMERO = {e.numero: e.clave for e in ELEMENTOS_ISAD}
DE_PUNTO = {
    "subject": "tema",
    "geogname": "lugar",
    "persname": "persona",
    "corpname": "organismo",
    "famname": "familia",
    "name": "nombre",
    "genreform": "genero",
}
ETIQUETA_DE_PUNTO = {clase: etiqueta for etiqueta, clase in DE_PUNTO.items()}
NIVEL_EN_NOTA = "levelOfDescription"
TRADUCCION = "traduccion:"
CONTENEDORES = ("physicalObjectName", "physicalObjectType", "physicalObjectLocation")


@dataclass(frozen=True)
class Dialecto:
    """Una versión de EAD: su espacio de nombres, el atributo de tipo local y si los nombres llevan `part`."""

    formato: str
    espacio: str
    tipo: str
    con_partes: bool


EAD2002 = Dialecto("ead2002", "", "type", con_partes=False)
EAD3 = Dialecto("ead3", ESPACIO_3, "localtype", con_partes=True)
