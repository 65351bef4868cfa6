"""El documento largo de la muestra: un informe anual que mide exactamente las páginas pedidas."""

import io
from dataclasses import replace
from datetime import date
from random import Random

import pypdf

from archivo.salidas import Bloque, Capitulo, DatosDePublicacion, publicacion_pdf

from .casa import AVISO, CASA, EDITOR
from .contexto import cifras_al_azar, contexto_de
from .gramatica import Redactor
from .publicaciones import CIFRAS, Encargo, capitulo_de_informe, dibujo_al_azar
from .vocabulario import frases_de_publicacion, vocabulario

#: Cuántas fichas de acción hay para elegir, y cuántas caben más o menos en una página.
FICHAS = 900
POR_PAGINA = 7
#: Con cuántas se empieza a probar: con la semilla de la casa casi siempre acierta.
DE_PRUEBA = 744


def _ficha(azar: Random, n: int, fecha: date) -> Bloque:
    areas = sorted(vocabulario()["areas"])
    redactor = Redactor(azar, contexto_de(azar, fecha, azar.choice(areas)) | cifras_al_azar(azar, CIFRAS))
    lugar = redactor.contexto["corto"]
    texto = " ".join(redactor.algunas(frases_de_publicacion()["informe"]["acciones"], 2, 2))
    return {"tipo": "parrafo", "texto": [{"t": f"{n}. {lugar}. ", "negrita": True}, texto]}


def _capitulos(encargo: Encargo) -> list[Capitulo]:
    capitulos = []
    areas = [a for a in vocabulario()["areas"] if a != "CCS"]
    for n, area in enumerate(areas, 1):
        partes = [capitulo_de_informe(encargo, area, n, f"foto-{n}" if k == 0 else None) for k in range(2)]
        bloques = [bloque for parte in partes for bloque in parte.bloques]
        capitulos.append(replace(partes[0], bloques=bloques))
    return capitulos


def libro(azar: Random, fecha: date) -> tuple[DatosDePublicacion, list[Bloque]]:
    """El informe anual sin su relación final, y las fichas con que se completa."""
    encargo = Encargo("informe", 1, fecha, azar)
    fotos = {f"foto-{n}": dibujo_al_azar(azar, "Recorrido de supervisión en la demarcación.") for n in range(1, 13)}
    datos = DatosDePublicacion(
        institucion=CASA,
        tipo="Informe anual",
        titulo=f"Informe anual de la Alcaldía {fecha.year - 1}",
        fecha=fecha,
        capitulos=_capitulos(encargo),
        periodo=f"Enero a diciembre de {fecha.year - 1}",
        codigo=f"AE/CCS/PUB/INFORME-ANUAL/{fecha.year}",
        legales=[("Editor responsable", EDITOR), ("Tiraje", "1,000 ejemplares")],
        aviso=AVISO,
        portada=fotos["foto-1"],
        fotos=fotos,
    )
    return datos, [_ficha(azar, n, fecha) for n in range(1, FICHAS + 1)]


def _con_fichas(datos: DatosDePublicacion, fichas: list[Bloque]) -> DatosDePublicacion:
    relacion = Capitulo("Relación de acciones", fichas, "Una por una, las acciones del año y el lugar en que se hicieron.")
    return replace(datos, capitulos=[*datos.capitulos, relacion])


def con_paginas(datos: DatosDePublicacion, fichas: list[Bloque], paginas: int) -> DatosDePublicacion:
    """El informe con las fichas que hacen falta para medir exactamente esas páginas."""
    cuantas = DE_PRUEBA
    for _ in range(20):
        completo = _con_fichas(datos, fichas[:cuantas])
        faltan = paginas - len(pypdf.PdfReader(io.BytesIO(publicacion_pdf(completo, datos.fecha))).pages)
        if faltan == 0:
            return completo
        cuantas = max(1, min(FICHAS, cuantas + faltan * POR_PAGINA))
    raise ValueError(f"El informe anual de muestra no pudo ajustarse a {paginas} páginas; revise sus fichas.")
