"""Los instrumentos de muestra: un fondo, la sección 9C y su catálogo, para ver el producto andando antes de cargar los propios."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from archivo.archivistica.instrumentos.carga import Fila, cargar
from archivo.archivistica.models import CuadroClasificacion
from archivo.archivistica.servicios.clases import anotar
from archivo.archivistica.servicios.versiones import abrir_cuadro
from archivo.identidad.puerta import Area

ARCHIVO = Path(__file__).parent / "datos" / "cuadro_de_muestra.toml"
_VALORES = {
    "A": "valor_administrativo",
    "L": "valor_legal",
    "F": "valor_fiscal_contable",
    "E": "valor_evidencial",
    "T": "valor_testimonial",
    "I": "valor_informativo",
}


@transaction.atomic
def cargar_cuadro_de_muestra() -> None:
    """Carga y pone en vigor el cuadro de muestra si la institución no tiene ninguno; si ya hay, no toca nada."""
    if CuadroClasificacion.objects.institucionales().exists():
        return
    datos = tomllib.loads(ARCHIVO.read_text(encoding="utf-8"))
    Area.objects.get_or_create(clave=datos["area"], defaults={"nombre": datos["nombre_del_area"]})
    cuadro = abrir_cuadro(datos["nombre"], None, es_muestra=True)
    cargar(cuadro, [_fila(n, clase, datos) for n, clase in enumerate(datos["clases"], 1)])
    cuadro.estado, cuadro.vigente_desde, cuadro.acta_aprobacion = "vigente", datos["vigente_desde"], datos["acta"]
    cuadro.save()
    anotar(cuadro, "cuadro.muestra_cargada", None, clases=len(datos["clases"]))


def _fila(numero: int, clase: dict[str, Any], datos: dict[str, Any]) -> Fila:
    fila = {"nivel": "serie"} | {c: str(v) for c, v in clase.items() if c not in {"plazos", "valores", "destino", "tecnica"}}
    if "plazos" in clase:
        tramite, concentracion = clase["plazos"]
        fila |= datos["comun"] | {
            "areas": datos["area"],
            "identificacion": f"Serie {clase['codigo'].rsplit('/', 1)[1]}, {clase['nombre'].lower()}, de la sección 9C.",
            "contenido": clase["alcance"],
            "plazo_tramite": str(tramite),
            "plazo_concentracion": str(concentracion),
            "destino_final": clase["destino"],
            "tecnica_muestreo": clase.get("tecnica", ""),
        }
        fila |= {_VALORES[letra]: "sí" for letra in clase["valores"].split()}
    return Fila(numero, fila)
