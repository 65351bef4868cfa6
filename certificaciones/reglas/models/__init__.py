"""Los datos con vigencia que deciden una copia certificada."""

from certificaciones.reglas.models.aviso import ClaseDeAviso, TextoDeAviso
from certificaciones.reglas.models.calendario import Calendario, DescansoAnual, DiaInhabil
from certificaciones.reglas.models.facultad import FacultadCertificacion, FacultadQuerySet
from certificaciones.reglas.models.politica import PoliticaDeCertificacion
from certificaciones.reglas.models.tarifa import Tabulador, Tarifa, ValorUma
from certificaciones.reglas.models.texto import TextoDeCertificacion, TipoDeSoporte

__all__ = [
    "Calendario",
    "ClaseDeAviso",
    "DescansoAnual",
    "DiaInhabil",
    "FacultadCertificacion",
    "FacultadQuerySet",
    "PoliticaDeCertificacion",
    "Tabulador",
    "Tarifa",
    "TextoDeAviso",
    "TextoDeCertificacion",
    "TipoDeSoporte",
    "ValorUma",
]
