"""Todo lo que se hace con el vocabulario temático, en un solo nombre: la puerta del catálogo lo da como `vocabulario`."""

from archivo.catalogo.models.tema import ESTADOS_DE_TEMA, LARGO_DE_TEMA, EtiquetaDeTema, RelacionDeTema
from archivo.catalogo.servicios.eleccion import elegir_tema
from archivo.catalogo.servicios.temas import (
    CambioDeTema,
    TerminoEscrito,
    Vecindad,
    fundir_tema,
    guardar_tema,
    proponer_temas,
    resolver,
    revisar_jerarquia,
    tema_vigente,
    vecindad,
)
from archivo.catalogo.servicios.vocabulario_skos import (
    ResultadoDeVocabulario,
    exportar_vocabulario,
    importar_vocabulario,
)
from archivo.catalogo.skos import BYTES_MAXIMOS, FORMATOS, TIPOS_MIME, VocabularioIlegible

__all__ = [
    "BYTES_MAXIMOS",
    "ESTADOS_DE_TEMA",
    "FORMATOS",
    "LARGO_DE_TEMA",
    "TIPOS_MIME",
    "CambioDeTema",
    "EtiquetaDeTema",
    "RelacionDeTema",
    "ResultadoDeVocabulario",
    "TerminoEscrito",
    "Vecindad",
    "VocabularioIlegible",
    "elegir_tema",
    "exportar_vocabulario",
    "fundir_tema",
    "guardar_tema",
    "importar_vocabulario",
    "proponer_temas",
    "resolver",
    "revisar_jerarquia",
    "tema_vigente",
    "vecindad",
]
