"""La puerta de edicion: lo único que los demás pisos usan de aquí."""

from memoria_anual.edicion.cifras import SIN_DATO, CifraDesconocida, CifrasDeMemoria, en_palabras
from memoria_anual.edicion.documento import SinCorte, corte_de, documento_de, huella_de, mesa_de, principales
from memoria_anual.edicion.estados import ESTADOS_DE_APORTACION, ESTADOS_DE_MEMORIA
from memoria_anual.edicion.evidencia import a_la_vista
from memoria_anual.edicion.generacion import ArchivoHecho, archivo_actual, archivos_de, documento_actual, memoria_del_periodo
from memoria_anual.edicion.impreso import memoria_pdf, resumen_pdf
from memoria_anual.edicion.models import (
    AjusteDeCifra,
    AportacionDeArea,
    ArchivoDeEdicion,
    Capitulo,
    CierreDeSala,
    Comentario,
    EdicionPublicada,
    MarcaDeAuditoria,
    Memoria,
    PlantillaDeCapitulo,
    SalaDeAuditoria,
)
from memoria_anual.edicion.plantillas import asegurar_plantillas, en_lista
from memoria_anual.edicion.resolucion import resolver
from memoria_anual.edicion.servicios.capitulos import agregar_capitulo, mover_capitulo, quitar_capitulo
from memoria_anual.edicion.servicios.duplicacion import diferencias, duplicar, texto_de
from memoria_anual.edicion.servicios.integracion import (
    LoAportado,
    ajustar_cifra,
    atender_comentario,
    capturar_aportacion,
    comentar,
    mover_aportacion,
    pedir_aportaciones,
)
from memoria_anual.edicion.servicios.memorias import (
    MemoriaNueva,
    Repaso,
    abrir_memoria,
    capitulos_de_plantilla,
    dar_paso,
    guardar_capitulo,
    guardar_datos,
    pasos_de,
    poner_corte,
    repasar,
)
from memoria_anual.edicion.servicios.permisos import (
    CambioDeMemoriaRechazado,
    puede_aportar,
    puede_autorizar,
    puede_crear,
    puede_editar,
    puede_leer,
)
from memoria_anual.edicion.servicios.publicacion import publicar
from memoria_anual.edicion.servicios.salas import (
    SalaNueva,
    abrir_sala,
    cerrar_sala,
    cifras_de,
    entrar,
    lector_de_sala,
    marcar,
    sala_con,
    ultimas,
)
from memoria_anual.edicion.tablas import relacion_csv
from memoria_anual.edicion.tasks import encargar_publicacion
from memoria_anual.edicion.vivas import referencias, tecleadas
from memoria_anual.edicion.web import capitulo_para_web

__all__ = [
    "ESTADOS_DE_APORTACION",
    "ESTADOS_DE_MEMORIA",
    "SIN_DATO",
    "AjusteDeCifra",
    "AportacionDeArea",
    "ArchivoDeEdicion",
    "ArchivoHecho",
    "CambioDeMemoriaRechazado",
    "Capitulo",
    "CierreDeSala",
    "CifraDesconocida",
    "CifrasDeMemoria",
    "Comentario",
    "EdicionPublicada",
    "LoAportado",
    "MarcaDeAuditoria",
    "Memoria",
    "MemoriaNueva",
    "PlantillaDeCapitulo",
    "Repaso",
    "SalaDeAuditoria",
    "SalaNueva",
    "SinCorte",
    "a_la_vista",
    "abrir_memoria",
    "abrir_sala",
    "agregar_capitulo",
    "ajustar_cifra",
    "archivo_actual",
    "archivos_de",
    "asegurar_plantillas",
    "atender_comentario",
    "capitulo_para_web",
    "capitulos_de_plantilla",
    "capturar_aportacion",
    "cerrar_sala",
    "cifras_de",
    "comentar",
    "corte_de",
    "dar_paso",
    "diferencias",
    "documento_actual",
    "documento_de",
    "duplicar",
    "en_lista",
    "en_palabras",
    "encargar_publicacion",
    "entrar",
    "guardar_capitulo",
    "guardar_datos",
    "huella_de",
    "lector_de_sala",
    "marcar",
    "memoria_del_periodo",
    "memoria_pdf",
    "mesa_de",
    "mover_aportacion",
    "mover_capitulo",
    "pasos_de",
    "pedir_aportaciones",
    "poner_corte",
    "principales",
    "publicar",
    "puede_aportar",
    "puede_autorizar",
    "puede_crear",
    "puede_editar",
    "puede_leer",
    "quitar_capitulo",
    "referencias",
    "relacion_csv",
    "repasar",
    "resolver",
    "resumen_pdf",
    "sala_con",
    "tecleadas",
    "texto_de",
    "ultimas",
]
