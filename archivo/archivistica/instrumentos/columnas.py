"""Las columnas con que viajan el cuadro y su catálogo: las mismas al exportar y al importar."""

import unicodedata
from dataclasses import dataclass

BANDERA = "Valores de muestra"


@dataclass(frozen=True)
class Columna:
    """Una columna: su clave, su título y qué se escribe en ella."""

    clave: str
    titulo: str
    ayuda: str
    pide: bool = False


DE_LA_CLASE = (
    Columna("codigo", "Código", "Las claves del fondo a la clase, con diagonal: AE/9C/9C.7.", pide=True),
    Columna("nivel", "Nivel", "fondo, subfondo, seccion, subseccion, serie o subserie.", pide=True),
    Columna("nombre", "Nombre", "El nombre de la clase.", pide=True),
    Columna("alcance", "Alcance y contenido", "Qué documentos reúne."),
    Columna("tipo_funcion", "Tipo de función", "comun o sustantiva, sólo en secciones."),
    Columna("activa", "Activa", "no, si ya no admite expedientes nuevos."),
)
DE_LA_FICHA = (
    Columna("areas", "Áreas productoras", "Claves de las áreas, separadas por punto y coma."),
    Columna("valor_administrativo", "Administrativo", "sí o vacío."),
    Columna("valor_legal", "Legal", "sí o vacío."),
    Columna("valor_fiscal_contable", "Fiscal o contable", "sí o vacío."),
    Columna("valor_evidencial", "Evidencial", "sí o vacío."),
    Columna("valor_testimonial", "Testimonial", "sí o vacío."),
    Columna("valor_informativo", "Informativo", "sí o vacío."),
    Columna("plazo_tramite", "Años en trámite", "Enteros o medios años."),
    Columna("plazo_concentracion", "Años en concentración", "Enteros o medios años."),
    Columna("termino_precautorio", "Término precautorio", "Enteros o medios años; vacío es cero."),
    Columna("destino_final", "Destino final", "baja, historico o muestreo."),
    Columna("tecnica_muestreo", "Técnica de muestreo", "Sólo si el destino es muestreo."),
    Columna("identificacion", "Identificación", "Grupo 1 de la ficha."),
    Columna("contexto", "Contexto", "Grupo 2 de la ficha."),
    Columna("contenido", "Contenido", "Grupo 3 de la ficha."),
    Columna("valoracion", "Valoración", "Grupo 4 de la ficha."),
    Columna("condiciones_acceso", "Condiciones de acceso", "Grupo 5 de la ficha."),
    Columna("ubicacion", "Ubicación", "Grupo 6 de la ficha."),
    Columna("responsable_custodia", "Responsable de la custodia", "Grupo 7 de la ficha."),
    Columna("fundamento", "Fundamento", "La norma que obliga a conservar esos años."),
)
AVISO = Columna("aviso", "Aviso", "La pone el producto si los valores son de muestra.")
COLUMNAS = (*DE_LA_CLASE, *DE_LA_FICHA, AVISO)
LOGICAS = frozenset({"activa", *(c.clave for c in DE_LA_FICHA if c.clave.startswith("valor_"))})
PLAZOS = ("plazo_tramite", "plazo_concentracion", "termino_precautorio")


def llano(texto: str) -> str:
    """Un texto para comparar: sin acentos, en minúsculas, con los espacios como guion bajo."""
    sin_acentos = "".join(c for c in unicodedata.normalize("NFKD", texto) if not unicodedata.combining(c))
    return "_".join(sin_acentos.lower().split())


POR_ENCABEZADO = {llano(nombre): c.clave for c in COLUMNAS for nombre in (c.clave, c.titulo)}
