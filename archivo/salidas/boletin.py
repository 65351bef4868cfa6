"""El boletín impreso, con su embargo o su fe de erratas."""

import difflib
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from .arbol import Bloque, Texto, Trozo, normalizar
from .compositor import Avisar, anotar_en_bitacora, componer
from .datos import Contacto, Correccion, DatosDeBoletin, Foto, Relacion
from .piezas import Recursos, datos_de_enlace, datos_de_institucion

_PALABRAS = re.compile(r"\w+|\s+|[^\w\s]")


def _marcados(palabras: list[str], distintas: list[tuple[int, int]]) -> list[Trozo]:
    trozos: list[Trozo] = []
    fin = 0
    for desde, hasta in distintas:
        trozos += [t for t in ("".join(palabras[fin:desde]),) if t]
        if hasta > desde:
            trozos.append({"t": "".join(palabras[desde:hasta]), "negrita": True})
        fin = hasta
    resto = "".join(palabras[fin:])
    return [*trozos, resto] if resto else trozos


def marcar_diferencias(dice: str, debe: str) -> tuple[list[Trozo], list[Trozo]]:
    """«Dice» y «debe decir» con las palabras distintas en negrita; la plantilla las tacha y las subraya."""
    antes, despues = _PALABRAS.findall(dice), _PALABRAS.findall(debe)
    cambios = [c for c in difflib.SequenceMatcher(None, antes, despues, autojunk=False).get_opcodes() if c[0] != "equal"]
    return (
        _marcados(antes, [(c[1], c[2]) for c in cambios]),
        _marcados(despues, [(c[3], c[4]) for c in cambios]),
    )


def _correccion(correccion: Correccion) -> dict[str, Any]:
    dice: Texto = correccion.dice
    debe: Texto = correccion.debe
    if isinstance(dice, str) and isinstance(debe, str):
        dice, debe = marcar_diferencias(dice, debe)
    return {"donde": correccion.donde, "dice": dice, "debe": debe}


def _relacion(relacion: Relacion) -> dict[str, Any]:
    return {
        "folio": relacion.folio,
        "fecha": relacion.fecha.isoformat()[:10],
        "titulo": relacion.titulo,
        "verbo": relacion.verbo,
        "nombre": relacion.nombre,
        "correcciones": [_correccion(c) for c in relacion.correcciones],
    }


def _contacto(contacto: Contacto) -> dict[str, str]:
    cifras = re.sub(r"\D", "", contacto.telefono)
    return {
        "nombre": contacto.nombre,
        "cargo": contacto.cargo,
        "telefono": contacto.telefono,
        "telefono_uri": f"tel:+52{cifras}" if len(cifras) == 10 else f"tel:{cifras}",
        "correo": contacto.correo,
        "horario": contacto.horario,
    }


def _con_fotos(bloques: list[Bloque], fotos: Sequence[Foto], recursos: Recursos) -> tuple[list[Bloque], list[dict[str, Any]]]:
    """Si son impares, la primera va grande dentro del texto; las demás, de dos en dos al final."""
    listas = [recursos.con_foto(foto) for foto in fotos]
    if len(listas) % 2 == 0 or not bloques:
        return bloques, listas
    principal = {"tipo": "foto", "flota": True, **listas[0]}
    return [*bloques[:1], principal, *bloques[1:]], listas[1:]


def _documento(datos: DatosDeBoletin) -> dict[str, Any]:
    nombre = " ".join(parte for parte in (datos.serie, datos.folio) if parte)
    prefijo = "EMBARGADO. " if datos.embargo_hasta else ""
    return {
        "titulo": f"{prefijo}{nombre}. {datos.titulo}",
        "descripcion": " ".join(datos.balazos) or datos.titulo,
        "claves": [datos.serie, *datos.temas],
    }


def _opcionales(datos: DatosDeBoletin) -> dict[str, Any]:
    opcionales: dict[str, Any] = datos_de_enlace(datos.enlace)
    if datos.contacto is not None:
        opcionales["contacto"] = _contacto(datos.contacto)
    if datos.relacion is not None:
        opcionales["relacion"] = _relacion(datos.relacion)
    if datos.embargo_hasta is not None:
        opcionales["embargo_hasta"] = datos.embargo_hasta.replace(tzinfo=None).isoformat(timespec="minutes")
    return opcionales


def boletin_pdf(datos: DatosDeBoletin, fecha: date, avisar: Avisar = anotar_en_bitacora) -> bytes:
    """PDF del boletín. `fecha` es la de los metadatos (normalmente la de emisión o de autorización).

    Lanza `FaltaTextoAlternativo`, `ImagenNoAdmitida`, `ArbolInvalido` o `ComposicionImposible`.
    """
    recursos = Recursos()
    cuerpo, fotografias = _con_fotos(normalizar(datos.cuerpo), datos.fotografias, recursos)
    hoja = {
        "documento": _documento(datos),
        "institucion": datos_de_institucion(datos.institucion, recursos),
        "serie": datos.serie,
        "folio": datos.folio,
        "fecha": datos.fecha.isoformat()[:10],
        "lugar": datos.lugar,
        "titulo": datos.titulo,
        "emite": datos.emite,
        "vocero": datos.vocero,
        "temas": list(datos.temas),
        "codigo": datos.codigo,
        "balazos": list(datos.balazos),
        "cuerpo": cuerpo,
        "fotografias": fotografias,
        "huso": datos.huso,
        "marca": datos.marca,
        **_opcionales(datos),
    }
    return componer("boletin", hoja, recursos, fecha, avisar)
