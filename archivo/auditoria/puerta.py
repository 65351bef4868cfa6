"""La puerta de auditoría: registrar lo que pasa y comprobar que nadie lo cambió."""

from archivo.auditoria.disparadores import solo_agregar
from archivo.auditoria.models import Historia, HistoriaInmutable, HistoriaQuerySet, Resultado, Suceso
from archivo.auditoria.sellado import sellar
from archivo.auditoria.servicios import SucesoNuevo, registrar, registrar_varios, sucesos_de, ultimo_sellado
from archivo.auditoria.verificacion import Falla, Informe, verificar

__all__ = [
    "Falla",
    "Historia",
    "HistoriaInmutable",
    "HistoriaQuerySet",
    "Informe",
    "Resultado",
    "Suceso",
    "SucesoNuevo",
    "registrar",
    "registrar_varios",
    "sellar",
    "solo_agregar",
    "sucesos_de",
    "ultimo_sellado",
    "verificar",
]
