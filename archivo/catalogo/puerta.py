"""La puerta del catálogo: lo único que los demás pisos usan de aquí."""

from archivo.catalogo.acceso import (
    NIVELES,
    circulos_de_ficha,
    circulos_de_texto,
    combinar,
    puede_ver_ficha,
    puede_ver_texto,
    se_audita,
    senas,
    senas_de,
)
from archivo.catalogo.aportes import registrar_aporte_de_acceso
from archivo.catalogo.claves import es_valida as clave_valida
from archivo.catalogo.claves import nueva as clave_nueva
from archivo.catalogo.cuerpo import a_texto, limpiar
from archivo.catalogo.estados import ESTADOS, Transicion, Visibilidad
from archivo.catalogo.fechas import DESCONOCIDA, FechaIlegible, FechaParcial
from archivo.catalogo.fechas import leer as leer_fecha
from archivo.catalogo.instrumentos import serie_de
from archivo.catalogo.isad import ELEMENTOS as ELEMENTOS_ISAD
from archivo.catalogo.isad import ElementoIsad
from archivo.catalogo.models import (
    Adjunto,
    Autoridad,
    Cuerpo,
    Item,
    ItemManager,
    ItemQuerySet,
    Lugar,
    Medio,
    Mencion,
    NombreDeAutoridad,
    Organismo,
    Pagina,
    Persona,
    Relacion,
    RelacionDeAutoridad,
    SerieDeNumeracion,
    Tema,
)
from archivo.catalogo.servicios.accesos import fijar_nombradas, recalcular_acceso
from archivo.catalogo.servicios.adjuntos import (
    AdjuntoNuevo,
    DescripcionDeAdjunto,
    adjuntar,
    describir_adjunto,
    elemento_con,
    quitar_adjunto,
)
from archivo.catalogo.servicios.ciclo import pasos_posibles, publicar_programados, registrar_guardia, transitar
from archivo.catalogo.servicios.consulta import abrir, abrir_texto, dejar_constancia_de_lectura
from archivo.catalogo.servicios.duplicados import Parecido, PorGuardar, coincidencias, de_texto_parecido, sin_repetir
from archivo.catalogo.servicios.edicion import Edicion, fijar_acceso, guardar, huella_de
from archivo.catalogo.servicios.errores import CambioRechazado, TransicionRechazada
from archivo.catalogo.servicios.estadisticas import actualizar_estadisticas
from archivo.catalogo.servicios.lote import ItemDeLote, actualizar_lote, crear_lote
from archivo.catalogo.servicios.pendientes import NOMBRES as NOMBRES_DE_PENDIENTES
from archivo.catalogo.servicios.plumas import ultimas_plumas
from archivo.catalogo.servicios.relaciones import RelacionNueva, quitar_relacion, relacionar
from archivo.catalogo.servicios.vocabularios import avisar_de_los_que_usan
from archivo.catalogo.signals import elementos_cambiados
from archivo.catalogo.tipos.base import CampoDeBusqueda, FichaForm, TipoDeItem
from archivo.catalogo.tipos.registro import TipoDesconocido, registrar_tipo, tipo_de, tipo_de_fila, todos_los_tipos

__all__ = [
    "DESCONOCIDA",
    "ELEMENTOS_ISAD",
    "ESTADOS",
    "NIVELES",
    "NOMBRES_DE_PENDIENTES",
    "Adjunto",
    "AdjuntoNuevo",
    "Autoridad",
    "CambioRechazado",
    "CampoDeBusqueda",
    "Cuerpo",
    "DescripcionDeAdjunto",
    "Edicion",
    "ElementoIsad",
    "FechaIlegible",
    "FechaParcial",
    "FichaForm",
    "Item",
    "ItemDeLote",
    "ItemManager",
    "ItemQuerySet",
    "Lugar",
    "Medio",
    "Mencion",
    "NombreDeAutoridad",
    "Organismo",
    "Pagina",
    "Parecido",
    "Persona",
    "PorGuardar",
    "Relacion",
    "RelacionDeAutoridad",
    "RelacionNueva",
    "SerieDeNumeracion",
    "Tema",
    "TipoDeItem",
    "TipoDesconocido",
    "Transicion",
    "TransicionRechazada",
    "Visibilidad",
    "a_texto",
    "abrir",
    "abrir_texto",
    "actualizar_estadisticas",
    "actualizar_lote",
    "adjuntar",
    "avisar_de_los_que_usan",
    "circulos_de_ficha",
    "circulos_de_texto",
    "clave_nueva",
    "clave_valida",
    "coincidencias",
    "combinar",
    "crear_lote",
    "de_texto_parecido",
    "dejar_constancia_de_lectura",
    "describir_adjunto",
    "elemento_con",
    "elementos_cambiados",
    "fijar_acceso",
    "fijar_nombradas",
    "guardar",
    "huella_de",
    "leer_fecha",
    "limpiar",
    "pasos_posibles",
    "publicar_programados",
    "puede_ver_ficha",
    "puede_ver_texto",
    "quitar_adjunto",
    "quitar_relacion",
    "recalcular_acceso",
    "registrar_aporte_de_acceso",
    "registrar_guardia",
    "registrar_tipo",
    "relacionar",
    "se_audita",
    "senas",
    "senas_de",
    "serie_de",
    "sin_repetir",
    "tipo_de",
    "tipo_de_fila",
    "todos_los_tipos",
    "transitar",
    "ultimas_plumas",
]
