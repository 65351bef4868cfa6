"""La muestra completa: tres años de la Alcaldía Ejemplo, siempre iguales con la misma semilla."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from archivo.salidas import Correccion

from .boletines import Escrito, escribir, parrafo
from .conferencias import conferencia
from .libro import libro
from .modelo import ElementoDeMuestra, Estado, PublicacionDeMuestra, RelacionDeMuestra
from .publicaciones import Encargo, publicacion
from .vocabulario import Relato, relatos, vocabulario

SEMILLA = 20261120
ULTIMO_DIA = date(2026, 11, 20)
PAGINAS_DEL_LIBRO = 120
#: Cuántos de cada serie por año. En 2026 el último boletín es el 122: el siguiente será el 123.
POR_SERIE = {
    "boletin": {2024: 72, 2025: 84, 2026: 122},
    "comunicado": {2024: 9, 2025: 10, 2026: 9},
    "tarjeta-informativa": {2024: 8, 2025: 9, 2026: 9},
    "invitacion": {2024: 7, 2025: 8, 2026: 7},
    "version-estenografica": {2024: 4, 2025: 5, 2026: 5},
}
CANCELADOS = {("boletin", 2024): {17, 55}, ("boletin", 2025): {31}, ("boletin", 2026): {48, 90}, ("comunicado", 2025): {6}}
RETIRADOS = {("boletin", 2024): {23}, ("boletin", 2025): {60}, ("boletin", 2026): {77}}
RESERVADO, INTERNO = ("tarjeta-informativa", 2026, 4), ("boletin", 2026, 101)
EMBARGADO = ("boletin", 2026, 122)
FIN_DEL_EMBARGO = datetime(2035, 1, 6, 9, 0)
CALENDARIO = (
    *(("gaceta", n, n * 2 - 1, 15) for n in range(1, 7)),
    *(("informe", n, n * 3 + 1, 20) for n in range(1, 4)),
    ("informe", 4, 1, 25),
    ("manual", 1, 4, 8),
    ("manual", 2, 9, 3),
    ("programa", 1, 2, 10),
    ("folleto", 1, 5, 12),
    ("folleto", 2, 8, 19),
)


def _dias_habiles(anio: int) -> list[date]:
    primero, ultimo = date(anio, 1, 4), min(date(anio, 12, 18), ULTIMO_DIA)
    dias = (primero + timedelta(days=n) for n in range((ultimo - primero).days + 1))
    return [d for d in dias if d.weekday() < 5 or d.day % 9 == 0]  # algún fin de semana sí se trabaja


def _momentos(azar: Random, anio: int, cuantos: int) -> list[tuple[date, str]]:
    """Días y horas repartidos por el año, en orden; puede haber dos el mismo día."""
    dias = _dias_habiles(anio)
    lugares = (min(len(dias) - 1, int((n + azar.random()) * len(dias) / cuantos)) for n in range(cuantos))
    return sorted((dias[lugar], _hora(azar)) for lugar in lugares)


def _hora(azar: Random) -> str:
    return f"{azar.randint(8, 18):02d}:{azar.choice((0, 10, 15, 30, 45)):02d}"


def _destino(serie: str, anio: int, numero: int) -> dict[str, Any]:
    """Estado y acceso que le tocan a cada número; los más son públicos."""
    especiales: dict[str, Any] = {}
    motivos = vocabulario()
    if numero in CANCELADOS.get((serie, anio), ()):
        especiales = {"estado": "cancelado", "motivo": motivos["motivos_de_cancelacion"][numero % 3]}
    elif numero in RETIRADOS.get((serie, anio), ()):
        especiales = {"estado": "retirado", "motivo": motivos["motivos_de_retiro"][anio % 3]}
    elif (serie, anio, numero) == EMBARGADO:
        especiales = {"estado": "programado", "embargo_hasta": FIN_DEL_EMBARGO}
    elif (serie, anio, numero) == RESERVADO:
        especiales = {"acceso": "reservado"}
    elif (serie, anio, numero) == INTERNO:
        especiales = {"acceso": "interno"}
    return especiales


def _elemento(escrito: Escrito, relato: Relato | None, serie: str, fecha: date, hora: str) -> ElementoDeMuestra:
    return ElementoDeMuestra(
        id_externo="",
        tipo="boletin",
        fecha=fecha,
        hora=hora,
        titulo=escrito.titulo,
        area=relato.area if relato else "CCS",
        serie=serie,
        balazos=escrito.balazos,
        cuerpo_html=escrito.html,
        resumen=escrito.resumen,
        temas=relato.temas if relato else ("Conferencia de prensa", "Gobierno"),
        lugar=escrito.lugar,
        vocero=escrito.vocero,
        fotos=escrito.fotos,
    )


class _Turno:
    """Reparte los relatos de una serie en rondas barajadas, cada uno en su temporada."""

    def __init__(self, azar: Random, serie: str) -> None:
        self._azar = azar
        self._propios = [r for r in relatos() if r.serie == serie]
        self._pendientes: list[Relato] = []

    def toca(self, fecha: date) -> Relato:
        """El siguiente relato que conviene a esa fecha; los de otra temporada esperan."""
        while True:
            for relato in self._pendientes:
                if not relato.meses or fecha.month in relato.meses:
                    self._pendientes.remove(relato)
                    return relato
            self._pendientes += self._azar.sample(self._propios, len(self._propios))


def _de_la_serie(azar: Random, serie: str, usados: set[str]) -> Iterator[ElementoDeMuestra]:
    turno = _Turno(azar, serie)
    for anio, cuantos in POR_SERIE[serie].items():
        for numero, (fecha, hora) in enumerate(_momentos(azar, anio, cuantos), 1):
            relato = None if serie == "version-estenografica" else turno.toca(fecha)
            escrito = escribir(azar, relato, fecha, usados) if relato else conferencia(azar, fecha, usados)
            elemento = _elemento(escrito, relato, serie, fecha, hora)
            clave = f"muestra-{serie}-{anio}-{numero:03d}"
            yield replace(elemento, id_externo=clave, numero=numero, **_destino(serie, anio, numero))


def _en_proceso(azar: Random, usados: set[str]) -> Iterator[ElementoDeMuestra]:
    """Lo que está en las mesas de la oficina: borradores y textos en revisión, aún sin número."""
    turno = _Turno(azar, "boletin")
    mesa: tuple[Estado, ...] = ("borrador",) * 5 + ("en_revision",) * 4
    for n, estado in enumerate(mesa, 1):
        fecha = ULTIMO_DIA - timedelta(days=n % 4)
        relato = turno.toca(fecha)
        elemento = _elemento(escribir(azar, relato, fecha, usados), relato, "boletin", fecha, _hora(azar))
        acceso = "interno" if estado == "borrador" else "publico"
        yield replace(elemento, id_externo=f"muestra-mesa-{n:02d}", estado=estado, acceso=acceso, fotos=())


def _fe_de_erratas(corregido: ElementoDeMuestra) -> ElementoDeMuestra:
    """Corrige un balazo de otro boletín; el texto corregido no se toca."""
    dice = corregido.balazos[0]
    debe = f"{dice}, en todas las sedes menos dos"
    fecha = corregido.fecha + timedelta(days=2)
    texto = (
        f"La Coordinación de Comunicación Social corrige un dato del boletín {corregido.folio}. El texto original se "
        "conserva sin cambios en el archivo, con aviso visible de esta corrección."
    )
    return replace(
        corregido,
        id_externo=f"muestra-fe-de-erratas-{fecha.year}-001",
        fecha=fecha,
        hora="12:00",
        serie="fe-de-erratas",
        numero=1,
        titulo=f"Fe de erratas del boletín {corregido.folio}: {corregido.titulo}"[:160],
        balazos=(),
        cuerpo_html=parrafo(texto) + parrafo("El error fue de la oficina, que tomó la cifra de una versión previa."),
        resumen=texto,
        fotos=(),
        relacion=RelacionDeMuestra(corregido.id_externo, (Correccion("Primer balazo", dice, debe),)),
    )


def _como_elemento(publicada: PublicacionDeMuestra, clase: str, clave: str) -> ElementoDeMuestra:
    datos = publicada.datos
    numero = datos.numero.removeprefix("Núm. ")
    ficha = {
        "clase": clase,
        "numero": numero,
        "periodo": datos.periodo,
        "editor_responsable": dict(datos.legales)["Editor responsable"],
    }
    indice = "\n".join(c.titulo for c in datos.capitulos)
    return ElementoDeMuestra(
        id_externo=f"muestra-{clave}",
        tipo="publicacion",
        fecha=datos.fecha,
        hora="09:00",
        titulo=f"{datos.titulo}, {datos.numero}" if datos.numero else datos.titulo,
        area="CCS",
        resumen=f"{datos.tipo} de {datos.periodo[0].lower()}{datos.periodo[1:]}, con {len(datos.capitulos)} apartados.",
        temas=("Publicaciones oficiales", datos.tipo),
        publicacion=publicada,
        ficha={**ficha, "indice": indice},
    )


def _publicaciones(semilla: int) -> Iterator[ElementoDeMuestra]:
    for anio in POR_SERIE["boletin"]:
        for clase, numero, mes, dia in CALENDARIO:
            fecha = date(anio, mes, dia)
            if fecha > ULTIMO_DIA:
                continue
            clave = f"{clase}-{anio}-{numero:02d}"
            azar = Random(f"{semilla}-{clave}")  # noqa: S311 — composición, no secreto
            yield _como_elemento(publicacion(Encargo(clase, numero, fecha, azar)), clase, clave)


def _libro(semilla: int) -> ElementoDeMuestra:
    azar = Random(f"{semilla}-libro")  # noqa: S311 — composición, no secreto
    return _como_elemento(libro(azar, date(2026, 2, 27), PAGINAS_DEL_LIBRO), "informe", "informe-anual-2026")


def generar(semilla: int = SEMILLA) -> Iterator[ElementoDeMuestra]:
    """Los elementos de la muestra en orden de fecha; al final, lo que aún no se autoriza."""
    usados: set[str] = set()
    emitidos = [
        elemento
        for serie in POR_SERIE
        for elemento in _de_la_serie(Random(f"{semilla}-{serie}"), serie, usados)  # noqa: S311 — composición
    ]
    publicos = [e for e in emitidos if e.serie == "boletin" and e.estado == "publicado" and e.fecha.year == 2026]
    emitidos.append(_fe_de_erratas(publicos[60]))
    emitidos += [*_publicaciones(semilla), _libro(semilla)]
    yield from sorted(emitidos, key=lambda e: (e.fecha, e.hora, e.id_externo))
    yield from _en_proceso(Random(f"{semilla}-mesa"), usados)  # noqa: S311 — composición
