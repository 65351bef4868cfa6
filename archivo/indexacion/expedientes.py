"""El expediente de cada elemento en el índice, y las clases de que depende: sólo donde todos los lectores pueden ver el expediente."""

from dataclasses import replace

from archivo.archivistica.puerta import ExpedienteEnIndice
from archivo.identidad.puerta import Circulo
from search import Document, Operation, Upsert

CAMPO, CLASES = "expediente", "clasificacion"


def con_expediente(operacion: Operation, expediente: ExpedienteEnIndice | None) -> Operation:
    """La misma operación con el código del expediente y los de su fondo, sección y serie donde procede. En `pub`, sólo si el expediente es público."""
    if expediente is None or not isinstance(operacion, Upsert):
        return operacion
    return Upsert(operacion.index, *(_con(d, operacion.index, expediente) for d in operacion.documents))


def _con(documento: Document, indice: str, expediente: ExpedienteEnIndice) -> Document:
    de_la_oficina = str(Circulo.OFICINA) in expediente.senas or documento.acl <= expediente.senas
    if not (expediente.publico or (indice == "all" and de_la_oficina)):
        return documento
    return replace(documento, keywords={**documento.keywords, CAMPO: (expediente.codigo,), CLASES: expediente.clases})
