"""Cortar: congelar las cifras de un periodo con la lista exacta de lo que las forma, y comprobar que nadie las cambió."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import batched
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import Lector, PermisoNegado, Usuario, lector_de
from archivo.tareas.puerta import Trabajo, avanzar, encargar
from memoria_anual.cortes.canonico import CENTESIMOS, huella
from memoria_anual.cortes.models import CifraDeCorte, Corte, ElementoDeCorte
from memoria_anual.indicadores.puerta import Celda, Cifra, Indicador, Periodo, Renglon, Totales, calcular, desgloses, indicadores

CORTAN = ("titular", "redaccion")
INTENTOS = 3
LOTE = 2_000
_HECHOS = ("clase", "objeto_id", "clave", "tipo", "titulo", "folio", "fecha", "estado", "area", "acceso")


class CorteImposible(Exception):
    """No se pudo cortar; el mensaje dice por qué y qué hacer."""


@dataclass
class _Acta:
    """Lo que se va juntando: las cifras, y cada cosa contada una sola vez, en su lugar."""

    cifras: list[CifraDeCorte] = field(default_factory=list)
    elementos: list[Renglon] = field(default_factory=list)
    lugares: dict[tuple[str, int], int] = field(default_factory=dict)

    def anotar(self, renglones: Iterable[Renglon]) -> None:
        """Agrega lo que aún no estaba."""
        for renglon in renglones:
            llave = (renglon.clase, renglon.objeto_id)
            if llave not in self.lugares:
                self.lugares[llave] = len(self.elementos)
                self.elementos.append(renglon)


def puede_cortar(lector: Lector) -> bool:
    """¿Congela cifras? Quien edita la memoria (COMSOC) y quien la autoriza."""
    return lector.tiene(*CORTAN)


def cortar(periodo: Periodo, actor: Usuario | None = None, motivo: str = "") -> Corte:
    """Congela las cifras del periodo. Lee sin bloquear a nadie; cada cifra sale igual de su cuenta y de su lista, o se repite.

    Raises:
        PermisoNegado: no le toca cortar.
        CorteImposible: el archivo cambia tanto que una cifra no se deja leer entera.
    """
    exigir_permiso(actor)
    reglas = indicadores()
    acta = _Acta()
    for orden, regla in enumerate(reglas):
        avanzar(orden, len(reglas) + 1, f"{regla.clave}: {regla.nombre}")
        acta.cifras.append(_congelar(acta, orden, regla, periodo))
    corte = _guardar(acta, periodo, actor, motivo)
    avanzar(len(reglas) + 1, len(reglas) + 1, f"Corte {corte.pk}")
    return corte


def exigir_permiso(actor: Usuario | None) -> None:
    """Sin persona corta el sistema (la orden de quien opera).

    Raises:
        PermisoNegado: no le toca.
    """
    if actor is not None and not puede_cortar(lector_de(actor)):
        raise PermisoNegado("Cortar las cifras le toca a titular o a redacción.")


def encargar_corte(periodo: Periodo, actor: Usuario, tarea: Any, motivo: str = "") -> Trabajo:
    """Encola el corte con su página de avance. `tarea` es `cortes.tasks.cortar_periodo`."""
    exigir_permiso(actor)
    return encargar(tarea, periodo.clave, actor.pk, motivo, descripcion=f"Corte de cifras de {periodo.nombre}", actor=actor)


def _congelar(acta: _Acta, orden: int, regla: Indicador, periodo: Periodo) -> CifraDeCorte:
    clase, totales, celdas, pares = _leer_entera(acta, regla, periodo)
    cifra = calcular(regla, periodo, totales)
    cifra.__dict__["celdas"] = celdas
    pesos = [peso for _, peso in pares]
    return CifraDeCorte(
        orden=orden,
        lista=[acta.lugares[clase, pk] for pk, _ in pares],
        pesos=[] if all(p == 1 for p in pesos) else [str(p) for p in pesos],
        **datos_de(cifra),
    )


Leido = tuple[str, Totales, Sequence[Celda], Sequence[tuple[int, Decimal]]]


def _leer_entera(acta: _Acta, regla: Indicador, periodo: Periodo) -> Leido:
    """La clase de lo contado, sus totales, su reparto y su lista, cuando los tres coinciden; lo nuevo queda en el acta."""
    clase = regla.fuente.clase
    for _ in range(INTENTOS):
        celdas, pares = regla.fuente.celdas(periodo), regla.fuente.pesos(periodo)
        if any((clase, pk) not in acta.lugares for pk, _ in pares):
            acta.anotar(regla.fuente.renglones(periodo))
        totales = Totales(len(pares), sum((peso for _, peso in pares), Decimal(0)))
        if Totales.de(celdas) == totales and all((clase, pk) in acta.lugares for pk, _ in pares):
            return clase, totales, celdas, pares
    raise CorteImposible(
        f"Los documentos de {regla.clave} están cambiando mientras se cuentan. Espere a que termine la carga en curso y repita el corte."
    )


def datos_de(cifra: Cifra) -> dict[str, Any]:
    """Los campos de una cifra congelada que no son su lista."""
    regla = cifra.indicador
    partes = {
        nombre: [
            {"clave": p.clave, "rotulo": p.rotulo, "valor": None if p.valor is None else str(p.valor.quantize(CENTESIMOS)),
             "elementos": p.elementos} for p in porciones
        ]
        for nombre, porciones in desgloses(cifra).items()
    }  # fmt: skip
    return {
        "clave": cifra.clave, "nombre": cifra.nombre, "unidad": cifra.unidad, "semantica": str(regla.semantica),
        "medida": str(regla.medida), "regla": regla.regla(), "valor": cifra.valor, "anterior": cifra.anterior,
        "anterior_capturado": cifra.anterior_capturado, "numerador": cifra.numerador, "denominador": cifra.denominador,
        "elementos": cifra.elementos, "capturada": cifra.capturada, "nota": cifra.nota, "desgloses": partes,
    }  # fmt: skip


@transaction.atomic
def _guardar(acta: _Acta, periodo: Periodo, actor: Usuario | None, motivo: str) -> Corte:
    corte = Corte(
        periodo=periodo.clave, desde=periodo.desde, hasta=periodo.hasta, momento=timezone.now(), motivo=motivo[:300],
        actor=actor, elementos_total=len(acta.elementos),
    )  # fmt: skip
    corte.hash = huella(corte, acta.cifras, enumerate(acta.elementos))
    corte.save()
    for cifra in acta.cifras:
        cifra.corte = corte
    CifraDeCorte.objects.bulk_create(acta.cifras)
    _guardar_elementos(corte, acta.elementos)
    detalle = {"periodo": periodo.clave, "hash": corte.hash, "elementos": corte.elementos_total}
    registrar(SucesoNuevo("memoria.corte", f"corte:{corte.pk}", actor, motivo[:300], detalle))
    return corte


def _guardar_elementos(corte: Corte, elementos: Sequence[Renglon]) -> None:
    """Una fila por elemento, de una vez: por el ORM, cien mil tardan más que contarlos."""
    nombres = ["corte_id", "n", *_HECHOS]
    tabla = connection.ops.quote_name(ElementoDeCorte._meta.db_table)
    orden = f"INSERT INTO {tabla} ({', '.join(nombres)}) VALUES ({', '.join(['%s'] * len(nombres))})"  # noqa: S608 - nombres del modelo
    fecha = connection.ops.adapt_datefield_value
    filas = (
        [corte.pk, n, *(fecha(r.fecha) if h == "fecha" else getattr(r, h) for h in _HECHOS)] for n, r in enumerate(elementos)
    )
    with connection.cursor() as cursor:
        for lote in batched(filas, LOTE):
            cursor.executemany(orden, lote)


def verificar(corte: Corte) -> list[str]:
    """Lo que de un corte no cuadra con su huella o consigo mismo; vacía, nadie lo ha tocado."""
    cifras = list(corte.cifras.order_by("orden"))
    elementos = corte.elementos.order_by("n")
    fallas = list(_sin_cuadrar(cifras, corte.elementos_total))
    if huella(corte, cifras, ((e.n, e) for e in elementos.iterator(chunk_size=LOTE))) != corte.hash:
        fallas.append(f"El corte {corte.pk} no da la huella con que se guardó: alguna de sus filas cambió.")
    return fallas


def _sin_cuadrar(cifras: Iterable[CifraDeCorte], total: int) -> Iterable[str]:
    for c in cifras:
        if len(c.lista) != c.elementos:
            yield f"{c.clave} dice {c.elementos} y su lista tiene {len(c.lista)}."
        if any(not 0 <= n < total for n in c.lista):
            yield f"{c.clave} nombra algo que el corte no guardó."


def elementos_de(cifra: CifraDeCorte, desde: int = 0, hasta: int | None = None) -> list[ElementoDeCorte]:
    """La lista congelada de una cifra, en su orden, o un tramo de ella. Una consulta por cada dos mil."""
    lugares = cifra.lista[desde:hasta]
    por_lugar: dict[int, ElementoDeCorte] = {}
    for inicio in range(0, len(lugares), LOTE):
        tramo = lugares[inicio : inicio + LOTE]
        por_lugar |= {e.n: e for e in ElementoDeCorte.objects.filter(corte_id=cifra.corte_id, n__in=tramo)}
    return [por_lugar[n] for n in lugares]
