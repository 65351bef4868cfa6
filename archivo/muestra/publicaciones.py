"""Gacetas, informes, manuales, programas y folletos de la muestra, como datos para su PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from archivo.salidas import Bloque, Capitulo, DatosDePublicacion

from .casa import AVISO, CASA, EDITOR
from .contexto import MESES, cifras_al_azar, contexto_de
from .dibujos import ESCENAS
from .gramatica import Redactor, escoger
from .modelo import DibujoPendiente, PublicacionDeMuestra
from .vocabulario import frases_de_publicacion, nombre_de_area, vocabulario

CIFRAS = {
    "n1": (120, 960, 5),
    "n2": (64, 118, 2),
    "n3": (24, 90, 2),
    "n4": (3, 18, 1),
    "monto": (2, 38, 1),
    "porciento": (72, 97, 1),
    "pendientes": (240, 900, 5),
    "ahora": (24, 180, 4),
    "plazo": (10, 30, 5),
    "prevencion": (3, 8, 1),
}
ROMANOS = ("Primero", "Segundo", "Tercero", "Cuarto", "Quinto")


@dataclass(frozen=True, slots=True)
class Encargo:
    """Qué publicación se quiere: su clase, su número en el año, su fecha y el azar con que se escribe."""

    clase: str
    numero: int
    fecha: date
    azar: Random


def _redactor(encargo: Encargo, area: str) -> Redactor:
    contexto = contexto_de(encargo.azar, encargo.fecha, area) | cifras_al_azar(encargo.azar, CIFRAS)
    return Redactor(encargo.azar, contexto)


def _areas(azar: Random, minimo: int, maximo: int) -> list[str]:
    return escoger(azar, [a for a in vocabulario()["areas"] if a != "CCS"], minimo, maximo)


def _p(texto: str) -> Bloque:
    return {"tipo": "parrafo", "texto": texto}


def _h(texto: str, nivel: int = 2) -> Bloque:
    return {"tipo": "subtitulo", "texto": texto, "nivel": nivel}


def _documento_de_gaceta(encargo: Encargo, asunto: str) -> Capitulo:
    frases = frases_de_publicacion()["gaceta"]
    redactor = _redactor(encargo, encargo.azar.choice(_areas(encargo.azar, 3, 3)))
    articulos = redactor.algunas(frases["articulos"], 5, 9)
    bloques = [_h("Considerando"), *map(_p, redactor.algunas(frases["considerandos"], 2, 4)), _h("Disposiciones")]
    for n, articulo in enumerate(articulos, 1):
        bloques.append({"tipo": "parrafo", "texto": [{"t": f"Artículo {n}. ", "negrita": True}, articulo]})
    bloques.append(_h("Transitorios"))
    for orden, transitorio in zip(ROMANOS, redactor.algunas(frases["transitorios"], 2, 3), strict=False):
        bloques.append({"tipo": "parrafo", "texto": [{"t": f"{orden}. ", "negrita": True}, transitorio]})
    return Capitulo(redactor(asunto), bloques)


def _gaceta(encargo: Encargo) -> tuple[str, list[Capitulo]]:
    asuntos = escoger(encargo.azar, frases_de_publicacion()["gaceta"]["asuntos"], 3, 5)
    return "Gaceta de la Alcaldía Ejemplo", [_documento_de_gaceta(encargo, a) for a in asuntos]


def _cuadro(azar: Random, titulo: str, area: str) -> Bloque:
    conceptos = escoger(azar, frases_de_publicacion()["informe"]["conceptos"], 4, 7)
    filas = []
    for concepto in conceptos:
        meta = azar.randrange(40, 1800, 5)
        filas.append([concepto, meta, round(meta * azar.uniform(0.78, 1.16))])
    total = ["Total", sum(f[1] for f in filas), sum(f[2] for f in filas)]
    columnas = [{"t": "Concepto", "peso": 3}, {"t": "Meta", "n": True}, {"t": "Logro", "n": True}]
    fuente = f"{nombre_de_area(area)}, registros administrativos."
    return {"tipo": "tabla", "titulo": titulo, "columnas": columnas, "filas": filas, "total": total, "fuente": fuente}


def capitulo_de_informe(encargo: Encargo, area: str, n: int, foto: str | None) -> Capitulo:
    """Lo que hizo un área: secciones, un cuadro de metas y, si la hay, una fotografía."""
    frases = frases_de_publicacion()["informe"]
    redactor = _redactor(encargo, area)
    bloques: list[Bloque] = []
    for seccion in escoger(encargo.azar, frases["secciones"], 3, 5):
        bloques += [_h(seccion), *map(_p, redactor.algunas(frases["acciones"], 2, 4))]
        redactor = _redactor(encargo, area)
    bloques.insert(3, _cuadro(encargo.azar, f"Cuadro {n}. Metas y logros del periodo", area))
    if foto:
        bloques.insert(6, {"tipo": "foto", "foto": foto, "alto_mm": 78})
    return Capitulo(nombre_de_area(area), bloques, redactor(encargo.azar.choice(frases["aperturas"])))


def _informe(encargo: Encargo) -> tuple[str, list[Capitulo]]:
    areas = _areas(encargo.azar, 5, 7)
    capitulos = [capitulo_de_informe(encargo, a, n, "portada" if n == 2 else None) for n, a in enumerate(areas, 1)]
    orden = ("primer", "segundo", "tercer", "cuarto")[encargo.numero - 1]
    return f"Informe del {orden} trimestre de {_anio_informado(encargo)}", capitulos


def _anio_informado(encargo: Encargo) -> int:
    """El informe del cuarto trimestre sale en enero del año siguiente."""
    return encargo.fecha.year - 1 if encargo.fecha.month < 3 else encargo.fecha.year


def _manual(encargo: Encargo) -> tuple[str, list[Capitulo]]:
    frases = frases_de_publicacion()["manual"]
    area = encargo.azar.choice(_areas(encargo.azar, 4, 4))
    redactor = _redactor(encargo, area)
    tema = frases["temas"][(encargo.fecha.year + encargo.numero * 3) % len(frases["temas"])]
    objeto, alcance = (_p(redactor(o)) for o in frases["objetivos"])
    reglas = {"tipo": "lista", "puntos": redactor.algunas(frases["reglas"], 4, 5)}
    marco = [_h("Objeto"), objeto, _h("Alcance"), alcance, _h("Reglas generales"), reglas]
    capitulos = [Capitulo("Objeto, alcance y reglas", marco)]
    for parte in ("Inicio", "Desarrollo", "Cierre y archivo"):
        pasos = redactor.algunas(frases["pasos"], 6, 9)
        responsables = [nombre_de_area(a) for a in _areas(encargo.azar, 3, 3)]
        cuadro = [[str(n), paso, encargo.azar.choice(responsables)] for n, paso in enumerate(pasos, 1)]
        columnas = [{"t": "Paso", "peso": 0.35}, {"t": "Actividad", "peso": 3}, {"t": "Responsable", "peso": 1.5}]
        bloques = [
            _p(redactor(encargo.azar.choice(frases["objetivos"]))),
            {"tipo": "tabla", "titulo": f"Procedimiento: {parte.lower()}", "columnas": columnas, "filas": cuadro},
            _h("Puntos de control"),
            {"tipo": "enumeracion", "puntos": redactor.algunas(frases["reglas"], 2, 4)},
        ]
        capitulos.append(Capitulo(parte, bloques))
    return f"Manual de procedimientos: {tema[0].lower()}{tema[1:]}", capitulos


def _programa(encargo: Encargo) -> tuple[str, list[Capitulo]]:
    frases = frases_de_publicacion()["programa"]
    capitulos = []
    for n, area in enumerate(_areas(encargo.azar, 4, 5), 1):
        redactor = _redactor(encargo, area)
        lineas = {"tipo": "enumeracion", "puntos": redactor.algunas(frases["lineas"], 4, 6)}
        bloques = [_h("Diagnóstico"), *[_p(redactor(f)) for f in frases["diagnosticos"]], _h("Líneas de acción"), lineas]
        bloques += [_h("Metas"), _cuadro(encargo.azar, f"Cuadro {n}. Metas del año y avance al corte", area)]
        capitulos.append(Capitulo(f"Eje {n}. {nombre_de_area(area)}", bloques))
    return f"Programa anual de trabajo {encargo.fecha.year}", capitulos


def _folleto(encargo: Encargo) -> tuple[str, list[Capitulo]]:
    frases = frases_de_publicacion()["folleto"]
    redactor = _redactor(encargo, encargo.azar.choice(_areas(encargo.azar, 4, 4)))
    titulo = frases["titulos"][(encargo.fecha.year * 2 + encargo.numero) % len(frases["titulos"])]
    capitulos = [
        Capitulo(nombre, [{"tipo": "lista", "puntos": redactor.algunas(frases["consejos"], 4, 6)}])
        for nombre in ("Lo primero", "Paso a paso", "Dónde y con quién")
    ]
    return titulo, capitulos


Estilo = Literal["libro", "gaceta", "folleto"]
ESCRITORES: dict[str, tuple[Estilo, str, Callable[[Encargo], tuple[str, list[Capitulo]]]]] = {
    "gaceta": ("gaceta", "Gaceta oficial", _gaceta),
    "informe": ("libro", "Informe trimestral", _informe),
    "manual": ("libro", "Manual", _manual),
    "programa": ("libro", "Programa", _programa),
    "folleto": ("folleto", "Folleto", _folleto),
}


def dibujo_al_azar(azar: Random, pie: str) -> DibujoPendiente:
    """Un dibujo de cualquier escena."""
    return DibujoPendiente(azar.choice(sorted(ESCENAS)), azar.randrange(10**6), pie)


def _periodo(encargo: Encargo) -> str:
    if encargo.clase != "informe":
        return f"{MESES[encargo.fecha.month - 1].capitalize()} de {encargo.fecha.year}"
    primero = (encargo.numero - 1) * 3
    return f"{MESES[primero].capitalize()} a {MESES[primero + 2]} de {_anio_informado(encargo)}"


def _dibujos(encargo: Encargo) -> dict[str, DibujoPendiente]:
    if encargo.clase in {"gaceta", "manual"}:
        return {}
    return {"portada": dibujo_al_azar(encargo.azar, "La demarcación, vista por quien la recorre.")}


def publicacion(encargo: Encargo) -> PublicacionDeMuestra:
    """La publicación encargada, lista para componerse."""
    estilo, tipo, escribe = ESCRITORES[encargo.clase]
    titulo, capitulos = escribe(encargo)
    tiraje = f"{encargo.azar.randrange(300, 2000, 100):,} ejemplares"
    datos = DatosDePublicacion(
        institucion=CASA,
        tipo=tipo,
        titulo=titulo,
        fecha=encargo.fecha,
        capitulos=capitulos,
        estilo=estilo,
        numero=f"Núm. {encargo.numero}/{encargo.fecha.year}" if encargo.clase == "gaceta" else "",
        periodo=_periodo(encargo),
        codigo=f"AE/CCS/PUB/{encargo.clase.upper()}/{encargo.fecha.year}/{encargo.numero:02d}",
        legales=[("Editor responsable", EDITOR), ("Autoriza", "La persona titular de la Alcaldía"), ("Tiraje", tiraje)],
        aviso=AVISO,
    )
    return PublicacionDeMuestra(datos, _dibujos(encargo))
