"""Boletines, comunicados, tarjetas e invitaciones: de un relato y una fecha, el texto completo."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from random import Random

from .contexto import contexto_de
from .dibujos import describir, dibujar
from .gramatica import Redactor, con_mayuscula
from .modelo import FotoDeMuestra
from .vocabulario import Relato, vocabulario

LARGO_DE_TITULO = 160


@dataclass(frozen=True, slots=True)
class Escrito:
    """Lo que se lee de un elemento."""

    titulo: str
    balazos: tuple[str, ...]
    html: str
    resumen: str
    lugar: str
    vocero: str
    fotos: tuple[FotoDeMuestra, ...]


def parrafo(texto: str) -> str:
    """Un párrafo de HTML; el texto se escapa."""
    return f"<p>{escape(texto, quote=False)}</p>"


def _cita(redactor: Redactor, relato: Relato) -> list[str]:
    if not relato.citas:
        return []
    dicho = redactor(redactor.azar.choice(relato.citas))
    cargo = redactor.contexto["cargo"]
    if redactor.azar.random() < 0.5:
        return [f"<blockquote>{parrafo(dicho + '.')}{parrafo('— ' + con_mayuscula(cargo))}</blockquote>"]
    verbo = redactor.azar.choice(("señaló", "dijo", "explicó", "afirmó", "sostuvo"))
    return [parrafo(f"«{dicho}», {verbo} {cargo}.")]


def _puntos(redactor: Redactor, relato: Relato) -> list[str]:
    if relato.puntos is None:
        return []
    puntos = "".join(f"<li>{escape(redactor(p), quote=False)}</li>" for p in relato.puntos["lista"])
    return [f"<h2>{escape(redactor(relato.puntos['titulo']), quote=False)}</h2>", f"<ul>{puntos}</ul>"]


def _cuerpo(redactor: Redactor, relato: Relato, titulo: int) -> tuple[str, str]:
    entrada = redactor(relato.entradas[min(titulo, len(relato.entradas) - 1)])
    largo = relato.serie == "boletin"
    parrafos = [parrafo(p) for p in redactor.algunas(relato.parrafos, 3 if largo else 2, 5 if largo else 3)]
    partes = [parrafo(entrada), *parrafos[:2], *_cita(redactor, relato), *parrafos[2:]]
    if largo:
        partes.append(parrafo(redactor(redactor.azar.choice(vocabulario()["cierres"]))))
    return "".join(partes + _puntos(redactor, relato)), entrada


def _fotos(redactor: Redactor, relato: Relato, fecha: date) -> tuple[FotoDeMuestra, ...]:
    azar = redactor.azar
    cuantas = azar.choices((0, 1, 2, 3), (40, 30, 18, 12))[0] if relato.escena else 0
    fotos = []
    for pie in redactor.algunas(relato.pies, cuantas, cuantas):
        semilla = azar.randrange(10**6)
        fotos.append(
            FotoDeMuestra(
                nombre=f"{relato.escena}-{fecha:%Y%m%d}-{semilla:06d}.jpg",
                alt=describir(relato.escena),
                pie=pie,
                credito="Coordinación de Comunicación Social",
                clave=f"AE-FOT-{fecha.year}-{semilla:06d}",
                dibujar=partial(dibujar, relato.escena, semilla),
            )
        )
    return tuple(fotos)


def _titulo_nuevo(redactor: Redactor, plantillas: tuple[str, ...], usados: set[str]) -> tuple[int, str] | None:
    """Cuál plantilla y qué título que no se haya usado, o None si todos los de este contexto ya están."""
    for n in redactor.azar.sample(range(len(plantillas)), len(plantillas)):
        titulo = redactor(plantillas[n])
        if titulo not in usados and len(titulo) <= LARGO_DE_TITULO:
            usados.add(titulo)
            return n, titulo
    return None


def escribir(azar: Random, relato: Relato, fecha: date, usados: set[str]) -> Escrito:
    """Un elemento completo del relato; prueba contextos hasta dar con un título nuevo."""
    while True:
        redactor = Redactor(azar, contexto_de(azar, fecha, relato.area, relato))
        elegido = _titulo_nuevo(redactor, relato.titulos, usados)
        if elegido is not None:
            break
    cual, titulo = elegido
    html, entrada = _cuerpo(redactor, relato, cual)
    balazos = redactor.algunas(relato.balazos, 2, 3) if relato.balazos else []
    vocero = con_mayuscula(redactor.contexto["cargo"].split(" ", 1)[1]) if azar.random() < 0.6 else ""
    return Escrito(
        titulo=titulo,
        balazos=tuple(balazos),
        html=html,
        resumen=balazos[0] if balazos else entrada[:280],
        lugar=redactor.contexto["corto"],
        vocero=vocero,
        fotos=_fotos(redactor, relato, fecha),
    )
