"""Lo que acompaña a una copia expedida: su prueba en el registro."""

from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion
from certificaciones.registro.puerta import Asiento, prueba_de


def prueba_de_certificacion(certificacion: Certificacion) -> str:
    """La prueba de su asiento, para verificarla sin red. `ActoRechazado` si no se ha expedido."""
    if certificacion.libro is None:
        raise ActoRechazado(f"{certificacion} no se ha expedido: no tiene prueba en el registro.")
    return prueba_de(Asiento.objects.get(registro=certificacion.libro.registro, indice=certificacion.asiento))
