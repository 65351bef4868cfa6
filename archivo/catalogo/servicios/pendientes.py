"""Lo que le falta a una descripción, para que alguien lo complete."""

from collections import ChainMap

from archivo.catalogo.models import Item
from archivo.catalogo.tipos.registro import nombres_de_pendientes, tipo_de

TITULOS_GENERICOS = {"varios", "diversos", "generalidades", "otros", "documentos varios"}
_COMUNES = {
    "titulo": "El título se tomó de las primeras palabras",
    "titulo_generico": "El título no dice de qué trata",
    "fecha": "Falta la fecha",
    "fecha_por_verificar": "La fecha la propuso la lectura del archivo",
    "numero_por_verificar": "El número lo propuso la lectura del archivo",
    "area": "Falta el área productora",
    "area_por_verificar": "El área productora está por verificar",
    "texto": "No tiene texto",
    "ocr": "Tiene páginas que son imágenes y aún no se han leído",
    "medio_por_verificar": "El medio está por verificar",
    "numero_repetido": "El número ya lo tiene otro elemento de la misma serie y año",
    "serie": "Falta la serie",
    "ficha": "La ficha del tipo está incompleta",
}
NOMBRES = ChainMap(nombres_de_pendientes, _COMUNES)


def pendientes_de(item: Item, *, con_texto: bool, con_archivo: bool = False) -> list[str]:
    """Las claves de lo que falta (ver `NOMBRES`), en orden estable. No consulta la base salvo el área y el medio ya cargados."""
    tipo = tipo_de(item.tipo)
    faltas = {
        "titulo_generico": item.titulo.strip().lower() in TITULOS_GENERICOS,
        "fecha": item.fecha is None,
        "area": item.area_id is None,
        "area_por_verificar": item.area is not None and item.area.por_verificar,
        "medio_por_verificar": item.medio is not None and item.medio.por_verificar,
        "texto": tipo.lleva_cuerpo and not tipo.basta_la_ficha and not con_texto,
    }
    previos = [
        p
        for p in item.pendientes
        if p in {"titulo", "fecha_por_verificar", "numero_por_verificar", "numero_repetido", "ficha", "ocr"}
    ]
    del_tipo = tipo.faltas(item, con_archivo=con_archivo) if tipo.faltas else ()
    return list(dict.fromkeys([*previos, *(clave for clave, falta in faltas.items() if falta), *del_tipo]))
