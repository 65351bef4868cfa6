"""Un cuadro vigente con fichas, y documentos por integrar."""

import io
import itertools
from datetime import date

from archivo.archivistica.expedientes.apertura import abrir_expediente
from archivo.archivistica.expedientes.integracion import Documento, integrar
from archivo.archivistica.expedientes.reglas import asegurar_regla
from archivo.archivistica.models import CuadroClasificacion, Expediente, FichaValoracion, NivelClasificacion
from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.objetos.puerta import guardar as guardar_objeto
from tests import fabricas

_numero = itertools.count(1)
CLASES = (
    ("fondo", "AE", "Alcaldía Ejemplo", None),
    ("seccion", "9C", "Comunicación social", "AE"),
    ("serie", "9C.7", "Boletines informativos para medios", "9C"),
    ("serie", "9C.10", "Síntesis informativa", "9C"),
    ("subserie", "9C.10.1", "Síntesis matutina", "9C.10"),
)


def cuadro():
    """El cuadro de la casa, con ficha en cada serie; None si ya está."""
    if CuadroClasificacion.objects.exists():
        return None
    asegurar_regla()
    nuevo = CuadroClasificacion.objects.create(nombre="Cuadro", estado="vigente", vigente_desde=date(2020, 1, 1))
    hechas = {}
    for n, (nivel, clave, nombre, padre) in enumerate(CLASES):
        codigo = f"{hechas[padre].codigo}/{clave}" if padre else clave
        hechas[clave] = NivelClasificacion.objects.create(
            cuadro=nuevo, padre=hechas.get(padre), nivel=nivel, clave=clave, nombre=nombre, codigo=codigo, orden=str(n)
        )
        if nivel in {"serie", "subserie"}:
            FichaValoracion.objects.create(
                nivel=hechas[clave], valor_administrativo=True, plazo_tramite=2, plazo_concentracion=5, destino_final="historico"
            )
    return nuevo


def serie(clave="9C.7"):
    cuadro()
    return NivelClasificacion.objects.get(clave=clave)


def expediente(area=None, actor=None, **campos):
    """Un expediente abierto, con la carátula completa."""
    propios = {
        "serie": campos.pop("serie", None) or serie(),
        "area": area or fabricas.area("Comunicación"),
        "responsable": actor or fabricas.persona("archivo_tramite"),
        "titulo": "Boletines de prensa de enero a junio de 2026",
        "asunto": "Boletines emitidos, con su versión firmada.",
        "fecha_apertura": date(2026, 1, 5),
        "soporte": "papel",
        "edificio": "Archivo de trámite",
        "anaquel": "B",
        "caja": "1",
    }
    return abrir_expediente(Expediente(**(propios | campos)), actor)


def con_archivo(paginas=1, contenido=None, **campos):
    """Un boletín publicado con su original."""
    item = fabricas.publico(**campos)
    objeto = guardar_objeto(
        io.BytesIO(contenido or f"contenido {next(_numero)}".encode()), mime="application/pdf", paginas=paginas
    )
    adjuntar(item, AdjuntoNuevo(objeto, "boletin.pdf", paginas=["texto"] * paginas), None)
    item.refresh_from_db()
    return item


def integrados(exp, cuantos=3, **campos):
    """Documentos integrados, del más antiguo al más nuevo."""
    items = [con_archivo(dia=date(2026, 1, 5 + n), **campos) for n in range(cuantos)]
    return integrar(exp, [Documento(i) for i in items], None)
