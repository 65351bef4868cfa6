"""El expediente de cada elemento en el índice: sólo en los documentos cuyos lectores pueden todos ver el expediente."""

from dataclasses import replace

from archivo.archivistica.puerta import ExpedienteEnIndice
from archivo.identidad.puerta import Circulo
from search import Document, Operation, Upsert

CAMPO = "expediente"


def con_expediente(operacion: Operation, expediente: ExpedienteEnIndice | None) -> Operation:
    """La misma operación con el código del expediente donde procede. En `pub`, sólo si el expediente es público."""
    if expediente is None or not isinstance(operacion, Upsert):
        return operacion
    return Upsert(operacion.index, *(_con(d, operacion.index, expediente) for d in operacion.documents))


def _con(documento: Document, indice: str, expediente: ExpedienteEnIndice) -> Document:
    de_la_oficina = str(Circulo.OFICINA) in expediente.senas or documento.acl <= expediente.senas
    if not (expediente.publico or (indice == "all" and de_la_oficina)):
        return documento
    return replace(documento, keywords={**documento.keywords, CAMPO: (expediente.codigo,)})
