"""Llevar un vocabulario SKOS al catálogo y sacarlo de él."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from archivo.catalogo.models import RelacionDeTema, Tema
from archivo.catalogo.models.tema import LARGO_DE_TEMA
from archivo.catalogo.nombres import limpio, normal
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.servicios.temas import CambioDeTema, TerminoEscrito, guardar_tema
from archivo.catalogo.skos import Concepto, escribir, leer
from archivo.identidad.puerta import Usuario


@dataclass
class ResultadoDeVocabulario:
    """Qué pasó con cada término; `errores` son `{"termino", "motivo"}`."""

    terminos: int = 0
    creados: int = 0
    actualizados: int = 0
    sin_cambio: int = 0
    rechazados: int = 0
    errores: list[dict[str, str]] = field(default_factory=list)

    def como_dict(self) -> dict[str, Any]:
        """Listo para JSON."""
        return asdict(self)

    def rechazar(self, concepto: Concepto, motivo: str) -> None:
        """Anota un término que no entró, o una relación suya."""
        self.rechazados += 1
        self.errores.append({"termino": concepto.nombre or concepto.uri, "motivo": motivo})


class _Ensayo(Exception):
    """Deshace lo que se hizo para contarlo."""


def importar_vocabulario(datos: bytes, formato: str, actor: Usuario | None, *, ensayo: bool = False) -> ResultadoDeVocabulario:
    """Da de alta o actualiza los términos de un archivo SKOS; en ensayo, sólo cuenta. Repetirlo no cambia nada.

    Raises:
        VocabularioIlegible: el archivo no se puede usar.
    """
    conceptos = leer(datos, formato)
    hecho = ResultadoDeVocabulario(terminos=len(conceptos))
    try:
        with transaction.atomic():
            temas = _guardar_terminos(conceptos, actor, hecho)
            _enlazar(conceptos, temas, actor, hecho)
            if ensayo:
                raise _Ensayo
    except _Ensayo:
        return hecho
    return hecho


def _guardar_terminos(conceptos: Sequence[Concepto], actor: Usuario | None, hecho: ResultadoDeVocabulario) -> dict[str, Tema]:
    por_uri = {t.uri: t for t in Tema.objects.exclude(uri="")}
    por_nombre = {t.normal: t for t in Tema.objects.all()}
    temas: dict[str, Tema] = {}
    for concepto in conceptos:
        motivo = _impedimento(concepto, por_uri, por_nombre)
        if motivo:
            hecho.rechazar(concepto, motivo)
            continue
        tema = _propio(concepto.uri) or por_uri.get(concepto.uri) or por_nombre.get(normal(concepto.nombre)) or Tema()
        temas[concepto.uri] = _guardar_uno(tema, concepto, actor, hecho)
        por_uri[concepto.uri] = por_nombre[tema.normal] = tema
    return temas


def _impedimento(concepto: Concepto, por_uri: dict[str, Tema], por_nombre: dict[str, Tema]) -> str:
    if not normal(concepto.nombre):
        return "No tiene nombre preferente (skos:prefLabel)."
    if len(concepto.nombre) > LARGO_DE_TEMA:
        return f"Su nombre pasa de {LARGO_DE_TEMA} caracteres."
    mismo = por_nombre.get(normal(concepto.nombre))
    if mismo is not None and mismo.uri and mismo.uri != concepto.uri and _propio(concepto.uri) != mismo:
        return f"Ya hay otro término que se llama «{mismo.nombre}» ({mismo.uri}). Distíngalos, por ejemplo con un paréntesis."
    return ""


def _propio(uri: str) -> Tema | None:
    """El término al que apunta una dirección de este mismo archivo, si viene de una exportación suya."""
    llave = uri.removeprefix(base_de_temas())
    return Tema.objects.filter(pk=int(llave)).first() if llave != uri and llave.isascii() and llave.isdigit() else None


def _guardar_uno(tema: Tema, concepto: Concepto, actor: Usuario | None, hecho: ResultadoDeVocabulario) -> Tema:
    nuevo = tema.pk is None
    antes = None if nuevo else _retrato(tema)
    tema.nombre = limpio(concepto.nombre)
    tema.esquema, tema.notacion = concepto.esquema[:150] if concepto.esquema != "Temas" else "", concepto.notacion[:60]
    tema.nota_alcance = concepto.nota_alcance
    tema.estado = "en_desuso" if concepto.en_desuso else "vigente"
    if not concepto.uri.startswith(base_de_temas()):
        tema.uri = concepto.uri[:300]
    reemplazados = [] if nuevo else list(tema.reemplaza_a.values_list("nombre", flat=True))
    escrito = TerminoEscrito(alternas=[*_caben(concepto.alternas), *reemplazados], ocultas=_caben(concepto.ocultas))
    despues = (*_datos(tema), *(tuple(sorted(set(t) - {tema.nombre})) for t in (escrito.alternas or (), escrito.ocultas or ())))
    if antes == despues:
        hecho.sin_cambio += 1
        return tema
    guardar_tema(tema, CambioDeTema(actor, escrito, "Importación de un vocabulario"))
    hecho.creados += nuevo
    hecho.actualizados += not nuevo
    return tema


def _caben(textos: Sequence[str]) -> list[str]:
    return [limpio(t) for t in textos if normal(t) and len(t) <= LARGO_DE_TEMA]


def _datos(tema: Tema) -> tuple[Any, ...]:
    return (tema.nombre, tema.esquema, tema.notacion, tema.nota_alcance, tema.estado, tema.uri)


def _retrato(tema: Tema) -> tuple[Any, ...]:
    etiquetas = list(tema.etiquetas.all())
    return (*_datos(tema), *(tuple(sorted(e.texto for e in etiquetas if e.clase == c)) for c in ("alterna", "oculta")))


def _enlazar(conceptos: Sequence[Concepto], temas: dict[str, Tema], actor: Usuario | None, hecho: ResultadoDeVocabulario) -> None:
    """Las relaciones, cuando ya están todos; las que apuntan fuera del archivo se ignoran."""
    for concepto in conceptos:
        tema = temas.get(concepto.uri)
        if tema is None:
            continue
        amplios = [temas[u] for u in concepto.amplios if u in temas]
        relacionados = [temas[u] for u in concepto.relacionados if u in temas]
        reemplazo = temas.get(concepto.reemplazado_por)
        if not _hay_que_enlazar(tema, amplios, relacionados, reemplazo):
            continue
        tema.reemplazado_por = reemplazo
        escrito = TerminoEscrito(amplios=amplios, relacionados=[*relacionados, *_que_lo_nombran(tema)])
        try:
            with transaction.atomic():
                guardar_tema(tema, CambioDeTema(actor, escrito, "Importación de un vocabulario"))
        except CambioRechazado as razon:
            hecho.rechazar(concepto, str(razon))


def _que_lo_nombran(tema: Tema) -> list[Tema]:
    return [r.origen for r in RelacionDeTema.objects.filter(destino=tema, clase="relacionado").select_related("origen")]


def _hay_que_enlazar(tema: Tema, amplios: list[Tema], relacionados: list[Tema], reemplazo: Tema | None) -> bool:
    suyas = RelacionDeTema.objects.filter(origen=tema) | RelacionDeTema.objects.filter(destino=tema, clase="relacionado")
    guardadas = {(r.clase, r.destino_id if r.origen_id == tema.pk else r.origen_id) for r in suyas}
    pedidas = {("amplio", t.pk) for t in amplios} | {("relacionado", t.pk) for t in relacionados}
    return not pedidas <= guardadas or (reemplazo is not None and reemplazo.pk != tema.reemplazado_por_id)


def base_de_temas() -> str:
    """El principio de la dirección permanente de cada término."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/vocabulario/"


def exportar_vocabulario(formato: str, esquema: str | None = None) -> bytes:
    """Los términos en SKOS (`turtle`, `xml`, `json-ld`), sin los que nadie ha revisado; `esquema` deja los de una lista."""
    temas = Tema.objects.exclude(estado="por_verificar").prefetch_related("etiquetas", "relaciones").order_by("pk")
    elegidos = list(temas if esquema is None else temas.filter(esquema=esquema))
    uris = {t.pk: t.uri or f"{base_de_temas()}{t.pk}" for t in elegidos}
    return escribir((_concepto(t, uris) for t in elegidos), formato, base_de_temas())


def _concepto(tema: Tema, uris: dict[int, str]) -> Concepto:
    relaciones = [(r.clase, uris[r.destino_id]) for r in tema.relaciones.all() if r.destino_id in uris]
    etiquetas = list(tema.etiquetas.all())
    return Concepto(
        uri=uris[tema.pk],
        nombre=tema.nombre,
        alternas=tuple(e.texto for e in etiquetas if e.clase == "alterna"),
        ocultas=tuple(e.texto for e in etiquetas if e.clase == "oculta"),
        amplios=tuple(u for clase, u in relaciones if clase == "amplio"),
        relacionados=tuple(u for clase, u in relaciones if clase == "relacionado"),
        nota_alcance=tema.nota_alcance,
        notacion=tema.notacion,
        esquema=tema.esquema,
        en_desuso=tema.estado == "en_desuso",
        reemplazado_por=uris.get(tema.reemplazado_por_id or 0, ""),
    )
