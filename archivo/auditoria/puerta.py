"""La puerta de auditoría: registrar lo que pasa y comprobar que nadie lo cambió."""

from archivo.auditoria.consulta import (
    EstadoDelSello,
    Filtro,
    Lugar,
    Tramo,
    clases_conocidas,
    cuantos,
    estado_del_sello,
    recorrer,
    tramo,
)
from archivo.auditoria.disparadores import Disparador, poner_condicionados, quitar_condicionados, solo_agregar
from archivo.auditoria.enlaces import EnlaceConPlazo
from archivo.auditoria.models import Historia, HistoriaInmutable, HistoriaQuerySet, Resultado, Suceso
from archivo.auditoria.sellado import sellar
from archivo.auditoria.servicios import SucesoNuevo, registrar, registrar_varios, sucesos_de
from archivo.auditoria.verificacion import Falla, Informe, verificar

__all__ = [
    "Disparador",
    "EnlaceConPlazo",
    "EstadoDelSello",
    "Falla",
    "Filtro",
    "Historia",
    "HistoriaInmutable",
    "HistoriaQuerySet",
    "Informe",
    "Lugar",
    "Resultado",
    "Suceso",
    "SucesoNuevo",
    "Tramo",
    "clases_conocidas",
    "cuantos",
    "estado_del_sello",
    "poner_condicionados",
    "quitar_condicionados",
    "recorrer",
    "registrar",
    "registrar_varios",
    "sellar",
    "solo_agregar",
    "sucesos_de",
    "tramo",
    "verificar",
]
