"""La puerta de objetos: guardar, leer, verificar y derivar originales; y abrir lo ajeno en un proceso aislado."""

from archivo.objetos.aislado import FallaAislada, Limites, ejecutar
from archivo.objetos.deposito import (
    ObjetoAusente,
    SinEspacio,
    barrer_parciales,
    dar_nombre,
    escribir_parcial,
    espacio_a_la_vista,
)
from archivo.objetos.derivados import (
    DerivadoImposible,
    Palabra,
    copia_de_difusion,
    imagen_de_pagina,
    miniatura,
    palabras_de_pagina,
    rehacer_miniatura,
)
from archivo.objetos.integridad import Revision, revisar, verificar
from archivo.objetos.models import ObjetoDigital, OriginalInmutable
from archivo.objetos.servicios import abrir, dar_fila, depositar, espacio_libre, guardar, ruta_local

__all__ = [
    "DerivadoImposible",
    "FallaAislada",
    "Limites",
    "ObjetoAusente",
    "ObjetoDigital",
    "OriginalInmutable",
    "Palabra",
    "Revision",
    "SinEspacio",
    "abrir",
    "barrer_parciales",
    "copia_de_difusion",
    "dar_fila",
    "dar_nombre",
    "depositar",
    "ejecutar",
    "escribir_parcial",
    "espacio_a_la_vista",
    "espacio_libre",
    "guardar",
    "imagen_de_pagina",
    "miniatura",
    "palabras_de_pagina",
    "rehacer_miniatura",
    "revisar",
    "ruta_local",
    "verificar",
]
