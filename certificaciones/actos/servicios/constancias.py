"""Lo que acompaña a una copia expedida: su prueba en el registro y su segundo código."""

from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion
from certificaciones.registro.puerta import Asiento, prueba_de


def asiento_de(certificacion: Certificacion) -> Asiento | None:
    """El asiento de su emisión; None si no se ha expedido o el registro no lo tiene."""
    if certificacion.libro is None or certificacion.asiento is None:
        return None
    return Asiento.objects.filter(registro=certificacion.libro.registro, indice=certificacion.asiento).first()


def prueba_de_certificacion(certificacion: Certificacion) -> str:
    """La prueba de su asiento, para verificarla sin red. `ActoRechazado` si no se ha expedido."""
    asiento = asiento_de(certificacion)
    if asiento is None:
        raise ActoRechazado(f"{certificacion} no se ha expedido: no tiene prueba en el registro.")
    return prueba_de(asiento)
