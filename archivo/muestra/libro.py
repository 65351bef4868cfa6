"""El documento largo de la muestra: un informe anual que mide exactamente las páginas pedidas."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pypdf

from archivo.salidas import Bloque, Capitulo, DatosDePublicacion, publicacion_pdf

from .casa import AVISO, CASA, EDITOR
from .contexto import cifras_al_azar, contexto_de
from .gramatica import Redactor
from .modelo import PublicacionDeMuestra
from .publicaciones import CIFRAS, Encargo, capitulo_de_informe, dibujo_al_azar
from .vocabulario import frases_de_publicacion, vocabulario

#: Cuántas fichas de acción hay para elegir, y cuántas caben más o menos en una página.
FICHAS = 900
POR_PAGINA = 7
#: Con cuántas se empieza a probar: con la semilla de la casa casi siempre acierta.
DE_PRUEBA = 765


def _ficha(azar: Random, n: int, fecha: date) -> Bloque:
    areas = sorted(vocabulario()["areas"])
    redactor = Redactor(azar, contexto_de(azar, fecha, azar.choice(areas)) | cifras_al_azar(azar, CIFRAS))
    lugar = redactor.contexto["corto"]
    texto = " ".join(redactor.algunas(frases_de_publicacion()["informe"]["acciones"], 2, 2))
    return {"tipo": "parrafo", "texto": [{"t": f"{n}. {lugar}. ", "negrita": True}, texto]}


def _semestre(nombre: str, capitulo: Capitulo) -> list[Bloque]:
    """Los bloques de medio año bajo su propio subtítulo, con los demás un nivel más adentro."""
    bloques = [b if b["tipo"] != "subtitulo" else {**b, "nivel": 3} for b in capitulo.bloques]
    return [{"tipo": "subtitulo", "texto": nombre, "nivel": 2}, *bloques]


def _capitulos(encargo: Encargo) -> list[Capitulo]:
    capitulos = []
    areas = [a for a in vocabulario()["areas"] if a != "CCS"]
    for n, area in enumerate(areas, 1):
        primero = capitulo_de_informe(encargo, area, 2 * n - 1, f"foto-{n}")
        segundo = capitulo_de_informe(encargo, area, 2 * n, None)
        bloques = [*_semestre("Primer semestre", primero), *_semestre("Segundo semestre", segundo)]
        capitulos.append(replace(primero, bloques=bloques))
    return capitulos


def libro(azar: Random, fecha: date, paginas: int) -> PublicacionDeMuestra:
    """El informe anual, que al imprimirse medirá esas páginas."""
    dibujos = {f"foto-{n}": dibujo_al_azar(azar, "Recorrido de supervisión en la demarcación.") for n in range(1, 13)}
    datos = DatosDePublicacion(
        institucion=CASA,
        tipo="Informe anual",
        titulo=f"Informe anual de la Alcaldía {fecha.year - 1}",
        fecha=fecha,
        capitulos=_capitulos(Encargo("informe", 1, fecha, azar)),
        periodo=f"Enero a diciembre de {fecha.year - 1}",
        codigo=f"AE/CCS/PUB/INFORME-ANUAL/{fecha.year}",
        legales=[("Editor responsable", EDITOR), ("Tiraje", "1,000 ejemplares")],
        aviso=AVISO,
    )
    fichas = tuple(_ficha(azar, n, fecha) for n in range(1, FICHAS + 1))
    return PublicacionDeMuestra(datos, {**dibujos, "portada": dibujos["foto-1"]}, fichas, paginas)


def _con_fichas(datos: DatosDePublicacion, fichas: Sequence[Bloque]) -> DatosDePublicacion:
    relacion = Capitulo("Relación de acciones", fichas, "Una por una, las acciones del año y el lugar en que se hicieron.")
    return replace(datos, capitulos=[*datos.capitulos, relacion])


def con_paginas(datos: DatosDePublicacion, fichas: Sequence[Bloque], paginas: int) -> DatosDePublicacion:
    """El informe con las fichas que hacen falta para medir exactamente esas páginas."""
    cuantas = DE_PRUEBA
    for _ in range(20):
        completo = _con_fichas(datos, fichas[:cuantas])
        faltan = paginas - len(pypdf.PdfReader(io.BytesIO(publicacion_pdf(completo, datos.fecha))).pages)
        if faltan == 0:
            return completo
        cuantas = max(1, min(FICHAS, cuantas + faltan * POR_PAGINA))
    raise ValueError(f"El informe anual de muestra no pudo ajustarse a {paginas} páginas; revise sus fichas.")
