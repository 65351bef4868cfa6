"""Las columnas de la plantilla «ISAD CSV» de AtoM 2.x: a qué parte de una unidad corresponde cada una."""

from archivo.catalogo.puerta import ELEMENTOS_ISAD

SEPARADOR = "|"
VACIO = "NULL"
"""Así escribe AtoM un lugar vacío en medio de una lista."""
DE_ISAD = {e.atom: e.clave for e in ELEMENTOS_ISAD if e.atom and e.clave != "historia_institucional"}
DE_PUNTOS = {
    "subjectAccessPoints": "tema",
    "placeAccessPoints": "lugar",
    "nameAccessPoints": "nombre",
    "genreAccessPoints": "genero",
}
DE_EVENTOS = {
    "eventDates": "texto",
    "eventTypes": "tipo",
    "eventStartDates": "desde",
    "eventEndDates": "hasta",
    "eventActors": "actor",
    "eventActorHistories": "historia",
}
ESTADOS = {"draft": "borrador", "borrador": "borrador", "published": "publicada", "publicado": "publicada"}
EN_ATOM = {"borrador": "Draft", "publicada": "Published"}
COLUMNAS = (
    "legacyId", "parentId", "qubitParentSlug", "accessionNumber", "identifier", "title", "levelOfDescription", "extentAndMedium",
    "repository", "archivalHistory", "acquisition", "scopeAndContent", "appraisal", "accruals", "arrangement", "accessConditions",
    "reproductionConditions", "language", "script", "languageNote", "physicalCharacteristics", "findingAids", "locationOfOriginals",
    "locationOfCopies", "relatedUnitsOfDescription", "publicationNote", "digitalObjectPath", "digitalObjectURI", "generalNote",
    "subjectAccessPoints", "placeAccessPoints", "nameAccessPoints", "genreAccessPoints", "descriptionIdentifier",
    "institutionIdentifier", "rules", "descriptionStatus", "levelOfDetail", "revisionHistory", "languageOfDescription",
    "scriptOfDescription", "sources", "archivistNote", "publicationStatus", "physicalObjectName", "physicalObjectLocation",
    "physicalObjectType", "alternativeIdentifiers", "alternativeIdentifierLabels", "eventDates", "eventTypes", "eventStartDates",
    "eventEndDates", "eventActors", "eventActorHistories", "culture",
)  # fmt: skip
PROPIAS = {
    "legacyId", "parentId", "qubitParentSlug", "identifier", "title", "levelOfDescription", "digitalObjectPath", "digitalObjectURI",
    "publicationStatus", "alternativeIdentifiers", "alternativeIdentifierLabels", "culture", *DE_EVENTOS, *DE_PUNTOS, *DE_ISAD,
}  # fmt: skip
OBLIGATORIAS = ("title", "levelOfDescription")


def lista(valor: str) -> list[str]:
    """Los valores de una celda de varios; un lugar vacío queda como «»."""
    if not valor.strip():
        return []
    partes = [parte.strip() for parte in valor.split(SEPARADOR)]
    return ["" if parte == VACIO else parte for parte in partes]


def celda(valores: list[str]) -> str:
    """Una celda de varios valores. La barra, que AtoM no sabe escapar, se escribe «¦»."""
    if not any(valores):
        return ""
    return SEPARADOR.join(valor.replace(SEPARADOR, "¦") or VACIO for valor in valores)
