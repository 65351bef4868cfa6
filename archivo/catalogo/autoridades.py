"""Todo lo que se hace con autoridades, en un solo nombre: la puerta del catálogo lo da como `autoridades`."""

from archivo.catalogo.fichas_de_autoridad import FICHAS, FichaDeAutoridadForm
from archivo.catalogo.models.autoridad import CLASES, CLASES_DE_NOMBRE, CLASES_DE_RELACION, LARGO_DE_NOMBRE
from archivo.catalogo.models.fusion import Fusion, PosibleDuplicado
from archivo.catalogo.nombres import limpio, normal
from archivo.catalogo.servicios.autoridades import (
    Cambio,
    NombreNuevo,
    guardar_autoridad,
    halladas,
    nombre_en,
    proponer,
    proponer_varias,
    renombrar,
    verificar_autoridad,
    vigente,
)
from archivo.catalogo.servicios.autoridades_parecidas import (
    Candidata,
    buscar_duplicados,
    declarar_distintas,
    parecidas_a,
    parecidas_al_nombre,
)
from archivo.catalogo.servicios.eleccion import Opcion, Opciones, elegir_autoridad, llaves_que_responden
from archivo.catalogo.servicios.fusion import Previa, deshacer_fusion, fundir, previa_de_fusion
from archivo.catalogo.servicios.menciones import (
    CLASES_POR_PAPEL,
    NOMBRES_DE_PAPEL,
    Menciones,
    fijar_menciones_de_lote,
    menciones_de,
)
from archivo.catalogo.servicios.parentesco import Parentesco, desemparentar, emparentar
from archivo.catalogo.servicios.vocabularios import los_que_usan

__all__ = [
    "CLASES",
    "CLASES_DE_NOMBRE",
    "CLASES_DE_RELACION",
    "CLASES_POR_PAPEL",
    "FICHAS",
    "LARGO_DE_NOMBRE",
    "NOMBRES_DE_PAPEL",
    "Cambio",
    "Candidata",
    "FichaDeAutoridadForm",
    "Fusion",
    "Menciones",
    "NombreNuevo",
    "Opcion",
    "Opciones",
    "Parentesco",
    "PosibleDuplicado",
    "Previa",
    "buscar_duplicados",
    "declarar_distintas",
    "desemparentar",
    "deshacer_fusion",
    "elegir_autoridad",
    "emparentar",
    "fijar_menciones_de_lote",
    "fundir",
    "guardar_autoridad",
    "halladas",
    "limpio",
    "llaves_que_responden",
    "los_que_usan",
    "menciones_de",
    "nombre_en",
    "normal",
    "parecidas_a",
    "parecidas_al_nombre",
    "previa_de_fusion",
    "proponer",
    "proponer_varias",
    "renombrar",
    "verificar_autoridad",
    "vigente",
]
