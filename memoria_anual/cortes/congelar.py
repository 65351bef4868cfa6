"""Cortar: congelar las cifras de un periodo con la lista exacta de lo que las forma, y comprobar que nadie las cambió."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
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
    """Lo que se va juntando: las cifras, y cada cosa contada una sola vez con su lugar."""

    cifras: list[CifraDeCorte] = field(default_factory=list)
    elementos: list[ElementoDeCorte] = field(default_factory=list)
    lugares: dict[tuple[str, int], int] = field(default_factory=dict)

    def lugar_de(self, renglon: Renglon) -> int:
        """El lugar de lo contado; la primera vez, lo agrega."""
        llave = (renglon.clase, renglon.objeto_id)
        n = self.lugares.get(llave)
        if n is None:
            n = self.lugares[llave] = len(self.elementos)
            self.elementos.append(ElementoDeCorte(n=n, **{h: getattr(renglon, h) for h in _HECHOS}))
        return n


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
    celdas, renglones = _leer_entera(regla, periodo)
    cifra = calcular(regla, periodo, celdas)
    pesos = [r.peso for r in renglones]
    return CifraDeCorte(
        orden=orden,
        lista=[acta.lugar_de(r) for r in renglones],
        pesos=[] if all(p == 1 for p in pesos) else [str(p) for p in pesos],
        **datos_de(cifra),
    )


def _leer_entera(regla: Indicador, periodo: Periodo) -> tuple[Sequence[Celda], Sequence[Renglon]]:
    for _ in range(INTENTOS):
        celdas, renglones = regla.fuente.celdas(periodo), regla.fuente.renglones(periodo)
        if Totales.de(celdas) == Totales(len(renglones), sum((r.peso for r in renglones), Decimal(0))):
            return celdas, renglones
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
    corte.hash = huella(corte, acta.cifras, acta.elementos)
    corte.save()
    for fila in (*acta.cifras, *acta.elementos):
        fila.corte = corte
    CifraDeCorte.objects.bulk_create(acta.cifras)
    ElementoDeCorte.objects.bulk_create(acta.elementos, batch_size=LOTE)
    detalle = {"periodo": periodo.clave, "hash": corte.hash, "elementos": corte.elementos_total}
    registrar(SucesoNuevo("memoria.corte", f"corte:{corte.pk}", actor, motivo[:300], detalle))
    return corte


def verificar(corte: Corte) -> list[str]:
    """Lo que de un corte no cuadra con su huella o consigo mismo; vacía, nadie lo ha tocado."""
    cifras = list(corte.cifras.order_by("orden"))
    elementos = corte.elementos.order_by("n")
    fallas = list(_sin_cuadrar(cifras, corte.elementos_total))
    if huella(corte, cifras, elementos.iterator(chunk_size=LOTE)) != corte.hash:
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
