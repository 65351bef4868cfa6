"""Cortar: congelar las cifras de un periodo con la lista exacta de lo que las forma, y comprobar que nadie las cambió."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import Lector, PermisoNegado, Usuario, lector_de
from archivo.tareas.puerta import Trabajo, avanzar, encargar
from memoria_anual.cortes.canonico import CENTESIMOS, huella, linea_de_elemento
from memoria_anual.cortes.lecturas import leer_entera
from memoria_anual.cortes.models import CifraDeCorte, Corte, ElementoDeCorte
from memoria_anual.indicadores.puerta import (
    Cifra,
    Indicador,
    Periodo,
    Renglon,
    calcular_leida,
    desgloses,
    indicadores,
)

CORTAN = ("titular", "redaccion")
LOTE = 2_000
_HECHOS = ("n", "clase", "objeto_id", "clave", "tipo", "titulo", "folio", "fecha", "estado", "area", "acceso")


@dataclass
class _Acta:
    """Lo que se va juntando: las cifras, y cada cosa contada una sola vez, en su lugar.

    De lo contado sólo queda en memoria qué fila es; su renglón canónico espera en `papel`, un archivo pasajero.
    """

    papel: IO[bytes]
    cifras: list[CifraDeCorte] = field(default_factory=list)
    lugares: dict[tuple[str, int], int] = field(default_factory=dict)

    def anotar(self, renglones: Iterable[Renglon]) -> None:
        """Agrega lo que aún no estaba."""
        for renglon in renglones:
            llave = (renglon.clase, renglon.objeto_id)
            if llave not in self.lugares:
                lugar = self.lugares[llave] = len(self.lugares)
                self.papel.write(linea_de_elemento(lugar, renglon) + b"\n")

    def lineas(self) -> Iterator[bytes]:
        """Los renglones de lo contado, en su orden."""
        self.papel.seek(0)
        return (linea.removesuffix(b"\n") for linea in self.papel)


def puede_cortar(lector: Lector) -> bool:
    """¿Congela cifras? Quien edita la memoria (COMSOC) y quien la autoriza."""
    return lector.tiene(*CORTAN)


def cortar(periodo: Periodo, actor: Usuario | None = None, motivo: str = "") -> Corte:
    """Congela las cifras del periodo. Lee sin bloquear a nadie; el valor de cada cifra, su reparto y su lista son de una lectura.

    Raises:
        PermisoNegado: no le toca cortar.
        CorteImposible: el archivo cambia tanto que una cifra no se deja leer entera.
    """
    exigir_permiso(actor)
    reglas = indicadores()
    with closing(TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)) as papel:
        acta = _Acta(papel)
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
    lectura = leer_entera(regla, periodo, acta.lugares, acta.anotar)
    cifra = calcular_leida(regla, periodo, lectura)
    return CifraDeCorte(
        orden=orden,
        lista=[acta.lugares[regla.fuente.clase, fila] for fila in lectura.filas],
        pesos=[str(p) for p in lectura.pesos],
        **datos_de(cifra),
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
        actor=actor, elementos_total=len(acta.lugares),
    )  # fmt: skip
    corte.hash = huella(corte, acta.cifras, acta.lineas())
    corte.save()
    for cifra in acta.cifras:
        cifra.corte = corte
    CifraDeCorte.objects.bulk_create(acta.cifras)
    _guardar_elementos(corte, acta.lineas())
    detalle = {"periodo": periodo.clave, "hash": corte.hash, "elementos": corte.elementos_total}
    registrar(SucesoNuevo("memoria.corte", f"corte:{corte.pk}", actor, motivo[:300], detalle))
    return corte


def _guardar_elementos(corte: Corte, lineas: Iterable[bytes]) -> None:
    """Una fila por renglón canónico, por lotes: por el ORM, cien mil tardan más que contarlos."""
    nombres = ["corte_id", *_HECHOS]
    tabla = connection.ops.quote_name(ElementoDeCorte._meta.db_table)
    orden = f"INSERT INTO {tabla} ({', '.join(nombres)}) VALUES ({', '.join(['%s'] * len(nombres))})"  # noqa: S608 - nombres del modelo
    filas = ([corte.pk, *_como_fila(json.loads(linea))] for linea in lineas)
    with connection.cursor() as cursor:
        for lote in batched(filas, LOTE):
            cursor.executemany(orden, lote)


def _como_fila(dicho: dict[str, Any]) -> list[Any]:
    fecha = date.fromisoformat(dicho["fecha"]) if dicho["fecha"] else None
    return [dicho[h] if h != "fecha" else connection.ops.adapt_datefield_value(fecha) for h in _HECHOS]


def verificar(corte: Corte) -> list[str]:
    """Lo que de un corte no cuadra con su huella o consigo mismo; vacía, nadie lo ha tocado."""
    cifras = list(corte.cifras.order_by("orden"))
    elementos = corte.elementos.order_by("n")
    fallas = list(_sin_cuadrar(cifras, corte.elementos_total))
    if huella(corte, cifras, (linea_de_elemento(e.n, e) for e in elementos.iterator(chunk_size=LOTE))) != corte.hash:
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
