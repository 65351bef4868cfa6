"""La puerta de reglas: lo único que los demás pisos usan de aquí."""

from certificaciones.reglas.avisos import VARIABLES_DE_AVISO, Carta, faltas_del_aviso, redactar_aviso
from certificaciones.reglas.calendarios import DiasHabiles, dias_habiles_de
from certificaciones.reglas.costos import (
    Cantidad,
    Presupuesto,
    Renglon,
    hojas_de,
    presupuestar,
    redondear,
    tarifa_vigente,
)
from certificaciones.reglas.errores import ReglaRechazada, SinFacultad, SinTarifa, TextoRechazado
from certificaciones.reglas.facultades import areas_al_alcance, facultad_para, rfc_registrado
from certificaciones.reglas.letras import (
    fecha_breve_en_letra,
    fecha_en_letra,
    fojas_en_letra,
    fojas_utiles,
    nombre_de_fojas,
    numero_en_letra,
)
from certificaciones.reglas.models import (
    Calendario,
    ClaseDeAviso,
    DescansoAnual,
    DiaInhabil,
    FacultadCertificacion,
    PoliticaDeCertificacion,
    Tabulador,
    Tarifa,
    TextoDeAviso,
    TextoDeCertificacion,
    TipoDeSoporte,
    ValorUma,
)
from certificaciones.reglas.muestra import cargar_reglas_de_muestra
from certificaciones.reglas.politicas import politica_vigente
from certificaciones.reglas.textos import (
    VARIABLES as VARIABLES_DE_TEXTO,
)
from certificaciones.reglas.textos import TextoRedactado, faltas_del_texto, redactar, textos_para

__all__ = [
    "VARIABLES_DE_AVISO",
    "VARIABLES_DE_TEXTO",
    "Calendario",
    "Cantidad",
    "Carta",
    "ClaseDeAviso",
    "DescansoAnual",
    "DiaInhabil",
    "DiasHabiles",
    "FacultadCertificacion",
    "PoliticaDeCertificacion",
    "Presupuesto",
    "ReglaRechazada",
    "Renglon",
    "SinFacultad",
    "SinTarifa",
    "Tabulador",
    "Tarifa",
    "TextoDeAviso",
    "TextoDeCertificacion",
    "TextoRechazado",
    "TextoRedactado",
    "TipoDeSoporte",
    "ValorUma",
    "areas_al_alcance",
    "cargar_reglas_de_muestra",
    "dias_habiles_de",
    "facultad_para",
    "faltas_del_aviso",
    "faltas_del_texto",
    "fecha_breve_en_letra",
    "fecha_en_letra",
    "fojas_en_letra",
    "fojas_utiles",
    "hojas_de",
    "nombre_de_fojas",
    "numero_en_letra",
    "politica_vigente",
    "presupuestar",
    "redactar",
    "redactar_aviso",
    "redondear",
    "rfc_registrado",
    "tarifa_vigente",
    "textos_para",
]
