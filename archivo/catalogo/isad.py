"""Los elementos de la norma ISAD(G) que no tienen columna propia, declarados una sola vez.

De aquí salen los formularios de descripción, las columnas de AtoM y las etiquetas de EAD. La fuente es ISAD(G), 2.ª edición
(CIA, 2000); las etiquetas, EAD 2002 y EAD3; las columnas, la plantilla «ISAD CSV» de AtoM.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ElementoIsad:
    """Un elemento de descripción: su número en la norma, su clave, su nombre, su etiqueta EAD y su columna en AtoM."""

    numero: str
    clave: str
    nombre: str
    ead: str
    atom: str


ELEMENTOS: tuple[ElementoIsad, ...] = (
    ElementoIsad("3.1.5", "volumen", "Volumen y soporte", "extent", "extentAndMedium"),
    ElementoIsad(
        "3.2.2", "historia_institucional", "Historia institucional o reseña biográfica", "bioghist", "eventActorHistories"
    ),
    ElementoIsad("3.2.3", "historia_archivistica", "Historia archivística", "custodhist", "archivalHistory"),
    ElementoIsad("3.2.4", "forma_ingreso", "Forma de ingreso", "acqinfo", "acquisition"),
    ElementoIsad("3.3.1", "alcance", "Alcance y contenido", "scopecontent", "scopeAndContent"),
    ElementoIsad("3.3.2", "valoracion", "Valoración, selección y eliminación", "appraisal", "appraisal"),
    ElementoIsad("3.3.3", "nuevos_ingresos", "Nuevos ingresos", "accruals", "accruals"),
    ElementoIsad("3.3.4", "organizacion", "Organización", "arrangement", "arrangement"),
    ElementoIsad("3.4.1", "condiciones_acceso", "Condiciones de acceso", "accessrestrict", "accessConditions"),
    ElementoIsad("3.4.2", "condiciones_reproduccion", "Condiciones de reproducción", "userestrict", "reproductionConditions"),
    ElementoIsad("3.4.3", "lengua", "Lengua y escritura de los documentos", "langmaterial", "language"),
    ElementoIsad(
        "3.4.4", "caracteristicas", "Características físicas y requisitos técnicos", "phystech", "physicalCharacteristics"
    ),
    ElementoIsad("3.4.5", "instrumentos", "Instrumentos de descripción", "otherfindaid", "findingAids"),
    ElementoIsad("3.5.1", "originales", "Existencia y localización de originales", "originalsloc", "locationOfOriginals"),
    ElementoIsad("3.5.2", "copias", "Existencia y localización de copias", "altformavail", "locationOfCopies"),
    ElementoIsad("3.5.3", "relacionadas", "Unidades de descripción relacionadas", "relatedmaterial", "relatedUnitsOfDescription"),
    ElementoIsad("3.5.4", "publicaciones", "Nota de publicaciones", "bibliography", "publicationNote"),
    ElementoIsad("3.6.1", "notas", "Notas", "odd", "generalNote"),
    ElementoIsad("3.7.1", "nota_archivero", "Nota del archivero", "processinfo", "archivistNote"),
    # EAD sólo tiene etiqueta para estos dos en su cabecera; en cada unidad los distingue su número (encodinganalog).
    ElementoIsad("3.7.2", "reglas", "Reglas o normas", "processinfo", "rules"),
    ElementoIsad("3.7.3", "fecha_descripcion", "Fechas de las descripciones", "processinfo", "revisionHistory"),
)

POR_CLAVE: dict[str, ElementoIsad] = {e.clave: e for e in ELEMENTOS}
# El elemento ya los lleva en columnas: resumen, acceso, notas.
_CON_COLUMNA_EN_EL_ITEM = {"alcance", "nota_archivero"}
DEL_ITEM: tuple[ElementoIsad, ...] = tuple(e for e in ELEMENTOS if e.clave not in _CON_COLUMNA_EN_EL_ITEM)
