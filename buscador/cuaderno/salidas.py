"""El cuaderno afuera: CSV con notas, referencias para un gestor y una lista impresa."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.utils import timezone

from archivo.catalogo.puerta import membrete
from archivo.salidas import Recursos, componer, datos_de_institucion, renglones_csv
from buscador.cuaderno.servicios import Renglon
from buscador.exportacion.filas import COLUMNAS, Registro


def legibles(renglones: Sequence[Renglon]) -> Iterator[tuple[Renglon, Registro]]:
    """Los que esa persona puede ver hoy."""
    return ((r, r.registro) for r in renglones if r.registro is not None)


def csv_del_cuaderno(renglones: Sequence[Renglon]) -> Iterator[str]:
    """Las columnas de una búsqueda y, además, la página y la nota."""
    filas = ([*registro.celdas(), r.apunte.pagina or "", r.apunte.nota] for r, registro in legibles(renglones))
    return renglones_csv(chain([[*COLUMNAS.values(), "Página", "Nota"]], filas))


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
