"""La puerta del catálogo: lo único que los demás pisos usan de aquí."""

from archivo.catalogo import autoridades, vocabulario
from archivo.catalogo.acceso import (
    NIVELES,
    circulos_de_ficha,
    circulos_de_texto,
    combinar,
    limite_por_derechos,
    puede_ver_ficha,
    puede_ver_texto,
    se_audita,
    senas,
    senas_de,
)
from archivo.catalogo.aportes import registrar_aporte_de_acceso
from archivo.catalogo.campos_de_lote import CampoDeLote, campos_de_lote
from archivo.catalogo.claves import es_valida as clave_valida
from archivo.catalogo.claves import nueva as clave_nueva
from archivo.catalogo.cuerpo import a_texto, limpiar
from archivo.catalogo.estados import ESTADOS, Visibilidad
from archivo.catalogo.fechas import DESCONOCIDA, FechaIlegible, FechaParcial
from archivo.catalogo.fechas import leer as leer_fecha
from archivo.catalogo.impresos import membrete
from archivo.catalogo.instrumentos import serie_de
from archivo.catalogo.isad import DEL_ITEM as ISAD_DEL_ITEM
from archivo.catalogo.isad import ELEMENTOS as ELEMENTOS_ISAD
from archivo.catalogo.isad import ElementoIsad
from archivo.catalogo.models import (
    Adjunto,
    Autoridad,
    CambioEnLote,
    Consentimiento,
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
    PeriodoVeda,
    Persona,
    Relacion,
    RelacionDeAutoridad,
    Rotulo,
    SerieDeNumeracion,
    Tema,
)
from archivo.catalogo.oficios import (
    DESCRIBEN,
    FIJAN_ACCESO,
    LEEN_LA_BITACORA,
    areas_de_captura,
    niveles_que_fija,
    puede_capturar,
    puede_corregir,
    puede_desclasificar,
    sabe_quien_abrio,
)
from archivo.catalogo.relaciones import ClaseDeRelacion, clases_desde
from archivo.catalogo.rotulos import claves_con_nombre, rotulo, rotulos
from archivo.catalogo.servicios.accesos import fijar_nombradas, recalcular_acceso
from archivo.catalogo.servicios.adjuntos import (
    AdjuntoNuevo,
    DescripcionDeAdjunto,
    adjuntar,
    describir_adjunto,
    quitar_adjunto,
)
from archivo.catalogo.servicios.autoridades import proponer as proponer_autoridad
from archivo.catalogo.servicios.autoridades import proponer_varias
from archivo.catalogo.servicios.ciclo import pasos_posibles, publicar_programados, registrar_guardia, transitar
from archivo.catalogo.servicios.constancias import dejar_constancia_de_rechazo
from archivo.catalogo.servicios.consulta import (
    CLASES_DE_LECTURA,
    abrir,
    dejar_constancia_de_lectura,
    dejar_constancia_de_lista,
    lecturas_de,
)
from archivo.catalogo.servicios.derechos import Derechos, fijar_derechos, revisar_vigencias
from archivo.catalogo.servicios.duplicados import Parecido, PorGuardar, coincidencias, de_texto_parecido, sin_repetir
from archivo.catalogo.servicios.edicion import Edicion, fijar_acceso, guardar, huella_de
from archivo.catalogo.servicios.en_lote import TOPE_DE_ELEMENTOS as TOPE_DE_LOTE
from archivo.catalogo.servicios.en_lote import preparar_cambio
from archivo.catalogo.servicios.en_lote import recuento as recuento_de_lote
from archivo.catalogo.servicios.errores import CambioRechazado, TransicionRechazada
from archivo.catalogo.servicios.estadisticas import actualizar_estadisticas
from archivo.catalogo.servicios.lote import ItemDeLote, actualizar_lote, crear_lote
from archivo.catalogo.servicios.menciones import PARA_BUSCAR as PARA_TERMINOS_BUSCABLES
from archivo.catalogo.servicios.menciones import fijar_menciones_de_lote, terminos_buscables
from archivo.catalogo.servicios.optica import anotar_lectura_optica, cerrar_lectura_optica, esperar_lectura_optica
from archivo.catalogo.servicios.pendientes import NOMBRES as NOMBRES_DE_PENDIENTES
from archivo.catalogo.servicios.plumas import ultimas_plumas
from archivo.catalogo.servicios.relaciones import Impacto, RelacionNueva, impacto_de, quitar_relacion, relacionar
from archivo.catalogo.servicios.sesion import (
    TOPE_DE_FOTOS,
    CambiosDeFotos,
    FotosCambiadas,
    RecuentoDeFotos,
    describir_varias,
    es_sesion_fotografica,
    huella_de_foto,
    mover_fotos,
    ordenar_fotos,
    q_fotografias,
    recuentos_de_fotos,
    se_cubre_con_fotografias,
    sugerencia_de,
)
from archivo.catalogo.servicios.temas import proponer_temas
from archivo.catalogo.servicios.temas import resolver as resolver_temas
from archivo.catalogo.servicios.veda import aplicar_vedas, quitar_veda, suspendido_hoy
from archivo.catalogo.servicios.vocabularios import avisar_de_los_que_usan
from archivo.catalogo.signals import elementos_cambiados
from archivo.catalogo.tasks import aplicar_en_lote, comparar_autoridades, deshacer_en_lote
from archivo.catalogo.tipos.base import GRABACIONES, CampoDeBusqueda, DeFila, FichaForm, TipoDeItem, para_json
from archivo.catalogo.tipos.registro import TipoDesconocido, registrar_tipo, tipo_de, tipo_de_fila, todos_los_tipos
from archivo.catalogo.veda import en_veda

__all__ = [
    "CLASES_DE_LECTURA",
    "DESCONOCIDA",
    "DESCRIBEN",
    "ELEMENTOS_ISAD",
    "ESTADOS",
    "FIJAN_ACCESO",
    "GRABACIONES",
    "ISAD_DEL_ITEM",
    "LEEN_LA_BITACORA",
    "NIVELES",
    "NOMBRES_DE_PENDIENTES",
    "PARA_TERMINOS_BUSCABLES",
    "TOPE_DE_FOTOS",
    "TOPE_DE_LOTE",
    "Adjunto",
    "AdjuntoNuevo",
    "Autoridad",
    "CambioEnLote",
    "CambioRechazado",
    "CambiosDeFotos",
    "CampoDeBusqueda",
    "CampoDeLote",
    "ClaseDeRelacion",
    "Consentimiento",
    "Cuerpo",
    "DeFila",
    "Derechos",
    "DescripcionDeAdjunto",
    "Edicion",
    "ElementoIsad",
    "FechaIlegible",
    "FechaParcial",
    "FichaForm",
    "FotosCambiadas",
    "Impacto",
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
    "PeriodoVeda",
    "Persona",
    "PorGuardar",
    "RecuentoDeFotos",
    "Relacion",
    "RelacionDeAutoridad",
    "RelacionNueva",
    "Rotulo",
    "SerieDeNumeracion",
    "Tema",
    "TipoDeItem",
    "TipoDesconocido",
    "TransicionRechazada",
    "Visibilidad",
    "a_texto",
    "abrir",
    "actualizar_estadisticas",
    "actualizar_lote",
    "adjuntar",
    "anotar_lectura_optica",
    "aplicar_en_lote",
    "aplicar_vedas",
    "areas_de_captura",
    "autoridades",
    "avisar_de_los_que_usan",
    "campos_de_lote",
    "cerrar_lectura_optica",
    "circulos_de_ficha",
    "circulos_de_texto",
    "clases_desde",
    "clave_nueva",
    "clave_valida",
    "claves_con_nombre",
    "coincidencias",
    "combinar",
    "comparar_autoridades",
    "crear_lote",
    "de_texto_parecido",
    "dejar_constancia_de_lectura",
    "dejar_constancia_de_lista",
    "dejar_constancia_de_rechazo",
    "describir_adjunto",
    "describir_varias",
    "deshacer_en_lote",
    "elementos_cambiados",
    "en_veda",
    "es_sesion_fotografica",
    "esperar_lectura_optica",
    "fijar_acceso",
    "fijar_derechos",
    "fijar_menciones_de_lote",
    "fijar_nombradas",
    "guardar",
    "huella_de",
    "huella_de_foto",
    "impacto_de",
    "lecturas_de",
    "leer_fecha",
    "limite_por_derechos",
    "limpiar",
    "membrete",
    "mover_fotos",
    "niveles_que_fija",
    "ordenar_fotos",
    "para_json",
    "pasos_posibles",
    "preparar_cambio",
    "proponer_autoridad",
    "proponer_temas",
    "proponer_varias",
    "publicar_programados",
    "puede_capturar",
    "puede_corregir",
    "puede_desclasificar",
    "puede_ver_ficha",
    "puede_ver_texto",
    "q_fotografias",
    "quitar_adjunto",
    "quitar_relacion",
    "quitar_veda",
    "recalcular_acceso",
    "recuento_de_lote",
    "recuentos_de_fotos",
    "registrar_aporte_de_acceso",
    "registrar_guardia",
    "registrar_tipo",
    "relacionar",
    "resolver_temas",
    "revisar_vigencias",
    "rotulo",
    "rotulos",
    "sabe_quien_abrio",
    "se_audita",
    "se_cubre_con_fotografias",
    "senas",
    "senas_de",
    "serie_de",
    "sin_repetir",
    "sugerencia_de",
    "suspendido_hoy",
    "terminos_buscables",
    "tipo_de",
    "tipo_de_fila",
    "todos_los_tipos",
    "transitar",
    "ultimas_plumas",
    "vocabulario",
]
