"""Un proceso que publica una memoria y muere (SIGKILL) en cada paso: lo lanzan las pruebas de muertes.

Es otro proceso porque quien se bifurca no debe haber compuesto nada: los hilos de Typst no pasan al hijo.
"""

import json
import sys

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO
from memoria_anual.edicion.models import EdicionPublicada, Memoria
from memoria_anual.edicion.puerta import publicar
from memoria_anual.edicion.servicios import publicacion
from tests.certificaciones.actos.emisor import morir_en

LUGARES = {
    "ingresada y sin guardar los demás archivos": (publicacion, "guardar_objeto"),
    "con la publicación a la vista y sin asentar": (publicacion, "huella_de"),
    "antes de confirmar": (publicacion, "anotar"),
}


def main() -> None:
    """`PASO…`: dice qué quedó tras cada muerte, `{paso: [señal, ediciones, publicaciones que se ven, estado]}`."""
    muertes = {}
    for paso in sys.argv[1:]:
        lugar = LUGARES[paso]
        memoria = Memoria.objects.get()
        senal = morir_en(lugar, lambda _, memoria=memoria: publicar(memoria, None))
        vistas = Item.objects.visibles_para(ANONIMO).filter(tipo="publicacion").count()
        muertes[paso] = [senal, EdicionPublicada.objects.count(), vistas, Memoria.objects.get().estado]
    sys.stdout.write(json.dumps(muertes))
