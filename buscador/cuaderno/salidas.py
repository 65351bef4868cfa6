"""El cuaderno afuera: tablas con notas, referencias para un gestor y una lista impresa."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from django.utils import timezone

from archivo.catalogo.puerta import membrete
from archivo.salidas import Recursos, componer, datos_de_institucion, renglones_csv
from buscador.cuaderno.servicios import Renglon
from buscador.exportacion.filas import COLUMNAS, Registro
from buscador.exportacion.hoja import en_xlsx


def legibles(renglones: Sequence[Renglon]) -> Iterator[tuple[Renglon, Registro]]:
    """Los que esa persona puede ver hoy."""
    return ((r, r.registro) for r in renglones if r.registro is not None)


def _con_notas(renglones: Sequence[Renglon]) -> Iterator[list[str]]:
    """Las columnas de una búsqueda y, además, la página y la nota."""
    for r, registro in legibles(renglones):
        yield [*registro.celdas(), str(r.apunte.pagina or ""), r.apunte.nota]


def _csv(renglones: Sequence[Renglon]) -> Iterator[str]:
    return renglones_csv(chain([ENCABEZADO], _con_notas(renglones)))


def _xlsx(renglones: Sequence[Renglon]) -> Iterator[bytes]:
    return en_xlsx(ENCABEZADO, _con_notas(renglones))


def _jsonl(renglones: Sequence[Renglon]) -> Iterator[str]:
    for r, registro in legibles(renglones):
        yield json.dumps({**registro.como_dict(), "pagina": r.apunte.pagina, "nota": r.apunte.nota}, ensure_ascii=False) + "\n"


ENCABEZADO = [*COLUMNAS.values(), "Página", "Nota"]
CON_NOTAS = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}


def referencias(renglones: Sequence[Renglon]) -> list[Registro]:
    """Cada documento una vez, en el orden del cuaderno."""
    return list({registro.clave: registro for _, registro in legibles(renglones)}.values())


def pdf_del_cuaderno(renglones: Sequence[Renglon]) -> bytes:
    """La lista impresa, con sus notas. Lanza `ComposicionImposible`."""
    recursos = Recursos()
    documentos = [_impreso(r, registro) for r, registro in legibles(renglones)]
    hoja = {
        "documento": {
            "titulo": "Cuaderno de investigación",
            "descripcion": f"{len(documentos)} documentos del archivo, con notas.",
        },
        "institucion": datos_de_institucion(membrete(), recursos),
        "documentos": documentos,
    }
    return componer("cuaderno", hoja, recursos, timezone.localdate())


def _impreso(renglon: Renglon, registro: Registro) -> dict[str, str]:
    pagina = renglon.apunte.pagina
    datos = (registro.tipo, registro.folio, registro.fecha, registro.autor or registro.area, registro.medio)
    return {
        "titulo": registro.titulo,
        "datos": " · ".join(d for d in datos if d),
        "nota": renglon.apunte.nota,
        "direccion": f"{registro.direccion}pagina/{pagina}/" if pagina else registro.direccion,
    }
