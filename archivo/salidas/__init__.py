"""Lo que sale de Acervo: tablas, correos, y PDF accesibles y de archivo (PDF/A-3a, PDF/UA-1) hechos con Typst. Sin modelos."""

from .arbol import Bloque, Texto, arbol_de_texto, normalizar, texto_llano, textos
from .boletin import boletin_pdf, marcar_diferencias
from .cobertura import SignoCambiado, limpiar
from .compositor import Hojas, anotar_en_bitacora, componer, componer_hojas
from .correo import CorreoNoSalio, carta, mandar_correo
from .datos import (
    Capitulo,
    Contacto,
    Correccion,
    DatosDeBoletin,
    DatosDePublicacion,
    Foto,
    Institucion,
    Relacion,
)
from .errores import (
    ArbolInvalido,
    ComposicionImposible,
    ErrorDeImpreso,
    FaltaTextoAlternativo,
    ImagenNoAdmitida,
    RecursoAusente,
)
from .expediente import (
    DatosDeCaratula,
    EtiquetaDeCaja,
    EtiquetaDeLomo,
    LegajoImpreso,
    Unidad,
    ValoracionImpresa,
    caratula_pdf,
    etiquetas_de_caja_pdf,
    etiquetas_pdf,
)
from .html import arbol_de_html
from .insistencia import EstadoDeCorreo, mandar_debido
from .piezas import Recursos, datos_de_enlace, datos_de_institucion
from .publicacion import publicacion_pdf
from .tablas import con_guarda, en_csv, inofensiva, renglones_csv, sin_guarda

__all__ = [
    "ArbolInvalido",
    "Bloque",
    "Capitulo",
    "ComposicionImposible",
    "Contacto",
    "Correccion",
    "CorreoNoSalio",
    "DatosDeBoletin",
    "DatosDeCaratula",
    "DatosDePublicacion",
    "ErrorDeImpreso",
    "EstadoDeCorreo",
    "EtiquetaDeCaja",
    "EtiquetaDeLomo",
    "FaltaTextoAlternativo",
    "Foto",
    "Hojas",
    "ImagenNoAdmitida",
    "Institucion",
    "LegajoImpreso",
    "RecursoAusente",
    "Recursos",
    "Relacion",
    "SignoCambiado",
    "Texto",
    "Unidad",
    "ValoracionImpresa",
    "anotar_en_bitacora",
    "arbol_de_html",
    "arbol_de_texto",
    "boletin_pdf",
    "caratula_pdf",
    "carta",
    "componer",
    "componer_hojas",
    "con_guarda",
    "datos_de_enlace",
    "datos_de_institucion",
    "en_csv",
    "etiquetas_de_caja_pdf",
    "etiquetas_pdf",
    "inofensiva",
    "limpiar",
    "mandar_correo",
    "mandar_debido",
    "marcar_diferencias",
    "normalizar",
    "publicacion_pdf",
    "renglones_csv",
    "sin_guarda",
    "texto_llano",
    "textos",
]
