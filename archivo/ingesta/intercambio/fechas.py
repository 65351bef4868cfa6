"""Las fechas de una unidad: de lo que trae el archivo al intervalo del catálogo, y de vuelta."""

import re
from datetime import date

from archivo.catalogo.puerta import DESCONOCIDA, FechaIlegible, FechaParcial, leer_fecha
from archivo.ingesta.intercambio.unidad import Evento

LARGO_DEL_TEXTO = 80
_CON_DIAGONALES = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?")
_ENTRE_DOS = re.compile(r"\s+-\s+|\s+a\s+|(?<=\d)\s*[-–]\s*(?=\d{4}\b)")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
_CREACION = {"", "creacion", "creation", "creación", "created"}


def normal(texto: str) -> str:
    """`1986/5/24` como `1986-05-24`; lo demás, igual."""

    def _iso(hallado: re.Match[str]) -> str:
        return "-".join([hallado[1], *(parte.zfill(2) for parte in hallado.groups()[1:] if parte)])

    return _CON_DIAGONALES.sub(_iso, texto.strip())


def intervalo(evento: Evento) -> FechaParcial:
    """Los días entre los que cae el hecho, con el texto como se escribió. Lo ilegible conserva su texto y ningún día."""
    texto = evento.texto.strip()
    for desde, hasta in ((evento.desde, evento.hasta), _partido(texto)):
        leida = _entre(desde, hasta)
        if leida is not None:
            sobra = not texto or _leer(texto) == FechaParcial(leida.desde, leida.hasta)
            return FechaParcial(leida.desde, leida.hasta, "" if sobra else texto[:LARGO_DEL_TEXTO])
    return FechaParcial(texto=texto[:LARGO_DEL_TEXTO])


def _partido(texto: str) -> tuple[str, str]:
    partes = _ENTRE_DOS.split(normal(texto).replace("ca. ", "").strip("[]()"))
    return (partes[0], partes[1]) if len(partes) == 2 else (partes[0] if len(partes) == 1 else "", "")


def _entre(desde: str, hasta: str) -> FechaParcial | None:
    primera, ultima = _leer(desde), _leer(hasta)
    if primera is None and ultima is None:
        return None
    if primera is None or ultima is None:
        return primera or ultima
    if primera.desde is None or ultima.hasta is None or primera.desde > ultima.hasta:
        return None
    return FechaParcial(primera.desde, ultima.hasta)


def _leer(texto: str) -> FechaParcial | None:
    try:
        leida = leer_fecha(normal(texto))
    except FechaIlegible:
        return None
    return None if leida is DESCONOCIDA or leida.desde is None else leida


def principal(eventos: list[Evento]) -> Evento | None:
    """El que fecha la unidad: la creación, o el primero que trae fecha."""
    fechados = [e for e in eventos if e.texto or e.desde or e.hasta]
    return next((e for e in fechados if e.tipo.casefold() in _CREACION), fechados[0] if fechados else None)


def fecha_de(eventos: list[Evento]) -> FechaParcial:
    """La fecha de la unidad."""
    evento = principal(eventos)
    return intervalo(evento) if evento else DESCONOCIDA


def evento_de(fecha: FechaParcial) -> Evento | None:
    """El hecho que escribe una fecha del catálogo, o None si se desconoce."""
    if fecha.desde is None or fecha.hasta is None:
        return Evento(texto=fecha.texto) if fecha.texto else None
    texto = fecha.texto or _legible(fecha.desde, fecha.hasta, fecha.precision)
    return Evento(texto=texto, desde=fecha.desde.isoformat(), hasta=fecha.hasta.isoformat())


def _legible(desde: date, hasta: date, precision: str) -> str:
    if precision == "dia":
        return desde.isoformat()
    if (desde.month, desde.day, hasta.month, hasta.day) == (1, 1, 12, 31):
        return str(desde.year) if desde.year == hasta.year else f"{desde.year}/{hasta.year}"
    if desde.day == 1 and precision == "mes":
        return desde.isoformat()[:7]
    return f"{desde.isoformat()}/{hasta.isoformat()}"


def normal_de(evento: Evento) -> tuple[str, str]:
    """(`normal` de EAD, texto). Sin fechas normalizadas, las que se entienden del texto.

    Lo que no es una fecha ISO 8601 va con el texto, entre corchetes, para que no se pierda.
    """
    desde, hasta = normal(evento.desde), normal(evento.hasta)
    if not desde and not hasta:
        return _normal_del_texto(evento), evento.texto
    if all(not f or _ISO.match(f) for f in (desde, hasta)):
        unidas = f"{desde}/{hasta}" if hasta and hasta != desde else desde
        return unidas, evento.texto
    return "", f"{evento.texto} [{evento.desde}/{evento.hasta}]".strip()


def _normal_del_texto(evento: Evento) -> str:
    leida = intervalo(evento)
    if leida.desde is None or leida.hasta is None:
        return ""
    return _legible(leida.desde, leida.hasta, leida.precision)
