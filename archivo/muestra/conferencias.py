"""Versiones estenográficas: turnos de palabra por cargo, varias direcciones y ronda de preguntas."""

from datetime import date
from random import Random

from .boletines import Escrito, parrafo
from .contexto import cifras_al_azar, contexto_de
from .gramatica import Redactor, escoger
from .vocabulario import Relato, nombre_de_area, relatos, titular_de_area, vocabulario

CIFRAS = {"n1": (140, 980, 10), "n2": (24, 120, 4), "n4": (3, 9, 1)}


def _turno(quien: str, texto: str) -> str:
    return parrafo(f"{quien.upper()}: {texto}")


def _cargo(area: str) -> str:
    return titular_de_area(area).split(" ", 1)[1]


def _informe(azar: Random, relato: Relato, fecha: date) -> list[str]:
    redactor = Redactor(azar, contexto_de(azar, fecha, relato.area, relato))
    dichos = [redactor(azar.choice(relato.entradas)), *redactor.algunas(relato.parrafos, 3, 5)]
    dichos += [redactor(c) + "." for c in escoger(azar, relato.citas, 1, 2)]
    return [_turno(_cargo(relato.area), dichos[0]), *(parrafo(d) for d in dichos[1:])]


def _ronda(redactor: Redactor, frases: dict[str, list[str]], temas: list[Relato]) -> list[str]:
    turnos = []
    for pregunta in redactor.algunas(frases["preguntas"], 4, 6):
        turnos.append(_turno("pregunta", pregunta))
        quien = redactor.azar.choice(["alcaldesa", *(_cargo(t.area) for t in temas)])
        turnos.append(_turno(quien, redactor(redactor.azar.choice(frases["respuestas"]))))
        if redactor.azar.random() < 0.4:
            turnos.append(_turno("pregunta", "¿Y si no se cumple?"))
            turnos.append(_turno(quien, "Se informa en la siguiente conferencia, con el documento a la vista."))
    return turnos


def _temas(azar: Random) -> list[Relato]:
    """Dos a cuatro relatos de áreas distintas."""
    por_area = {r.area: r for r in azar.sample(relatos(), len(relatos())) if r.serie == "boletin"}
    return escoger(azar, list(por_area.values()), 2, 4)


def conferencia(azar: Random, fecha: date, usados: set[str]) -> Escrito:
    """Una conferencia de prensa completa, de la bienvenida a la despedida."""
    frases = vocabulario()["conferencia"]
    temas = _temas(azar)
    base = contexto_de(azar, fecha, "CCS") | cifras_al_azar(azar, CIFRAS)
    areas = [nombre_de_area(t.area) for t in temas]
    base["areas"] = f"{', '.join(areas[:-1])} y {areas[-1]}"
    redactor = Redactor(azar, base)
    partes = [
        _turno("moderadora", redactor(azar.choice(frases["saludos"]))),
        _turno("alcaldesa", redactor(azar.choice(frases["aperturas"]))),
    ]
    for tema in temas:
        partes += _informe(azar, tema, fecha)
    partes += _ronda(redactor, frases, temas)
    partes.append(_turno("moderadora", redactor(azar.choice(frases["cierres"]))))
    asuntos = " y ".join(t.temas[0].lower() for t in temas[:2])
    titulo = f"Versión estenográfica de la conferencia de prensa del {base['fecha_corta']} de {fecha.year}: {asuntos}"
    usados.add(titulo)
    return Escrito(titulo, (), "".join(partes), f"Conferencia sobre {asuntos}.", base["corto"], "Alcaldesa", ())
