"""De una regla y un periodo, la cifra: su valor, el de un año antes, sus partes y la lista que la forma."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from archivo.identidad.puerta import Area
from memoria_anual.indicadores.captura import De, nota_de_captura, tecleado
from memoria_anual.indicadores.catalogo import indicador, indicadores
from memoria_anual.indicadores.declaracion import Cifra, Desglose, Indicador, Medida, Origen, Porcion, Renglon
from memoria_anual.indicadores.escogidas import FuenteDescontada
from memoria_anual.indicadores.lectura import Lectura, Totales
from memoria_anual.indicadores.periodos import Periodo

CENTESIMA = Decimal("0.01")
MESES_A_LA_VISTA = 60
SIN_NOMBRE = {"area": "Sin área", "mes": "Sin fecha"}
_MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


def cifras(periodo: Periodo, claves: Collection[str] | None = None) -> list[Cifra]:
    """Las cifras de todos los indicadores en uso (o de esos), en su orden. Dos consultas por indicador, o tres."""
    return [calcular(i, periodo) for i in indicadores() if claves is None or i.clave in claves]


def cifra(clave: str, periodo: Periodo) -> Cifra:
    """La cifra de un indicador.

    Raises:
        IndicadorDesconocido: no hay uno con esa clave.
    """
    return calcular(indicador(clave), periodo)


def lista(clave: str, periodo: Periodo, desde: int = 0, hasta: int | None = None) -> list[Renglon]:
    """La lista exacta de lo que cuenta esa cifra, por fecha; o un tramo de ella."""
    regla = indicador(clave)
    if (desde, hasta) == (0, None):
        return list(regla.fuente.renglones(periodo))
    return _hojear(regla, periodo, desde, hasta)


def _hojear(regla: Indicador, periodo: Periodo, desde: int, hasta: int | None) -> list[Renglon]:
    filas = [p[0] for p in islice(regla.fuente.recorrer(periodo), desde, hasta)]
    return list(regla.fuente.renglones(periodo, filas))


def hojear(de: Cifra, desde: int, hasta: int) -> list[Renglon]:
    """Los renglones `desde`…`hasta` de su lista, sin leer los que siguen: para una página que no la reparte."""
    return _hojear(de.indicador, de.periodo, desde, hasta)


def tramo(de: Cifra, desde: int, hasta: int) -> list[Renglon]:
    """Los renglones `desde`…`hasta` de la lista de una cifra, que se lee una sola vez para su valor, su reparto y sus tramos."""
    return list(de.indicador.fuente.renglones(de.periodo, list(de.lectura.filas[desde:hasta])))


def calcular_leida(regla: Indicador, periodo: Periodo, lectura: Lectura | None = None) -> Cifra:
    """La cifra de esa regla con su lista leída: su valor, su reparto y sus filas salen de los mismos renglones."""
    if lectura is None:
        regla = _de_una_lectura(regla, periodo)
        lectura = regla.leer(periodo)
    hecha = calcular(regla, periodo, lectura.totales)
    hecha.__dict__["lectura"] = lectura
    return hecha


def _de_una_lectura(regla: Indicador, periodo: Periodo) -> Indicador:
    """La misma regla, que averigua una sola vez lo que descuentan el periodo y el de un año antes."""
    fuente = regla.fuente
    if not isinstance(fuente, FuenteDescontada):
        return regla
    return replace(regla, fuente=fuente.de_una_lectura(periodo, periodo.anterior))


def calcular(regla: Indicador, periodo: Periodo, totales: Totales | None = None) -> Cifra:
    """La cifra de esa regla. `totales`: los del periodo, si ya se tienen."""
    if totales is None:
        regla = _de_una_lectura(regla, periodo)
        totales = regla.fuente.totales(periodo)
    anterior, es_tecleado = _anterior(regla, periodo.anterior)
    con_entre = regla.medida in {Medida.PORCENTAJE, Medida.PROMEDIO}
    return Cifra(
        indicador=regla,
        periodo=periodo,
        valor=valor_de(regla, totales, periodo),
        elementos=totales.elementos,
        anterior=anterior,
        anterior_capturado=es_tecleado,
        capturada=regla.origen is Origen.CAPTURA,
        nota=nota_de_captura(regla, periodo, totales),
        numerador=totales.peso if con_entre else None,
        denominador=Decimal(_entre(regla, totales, periodo)) if con_entre else None,
    )


def _anterior(regla: Indicador, antes: Periodo) -> tuple[Decimal | None, bool]:
    """Lo tecleado de un informe de ese periodo exacto es lo que entonces se publicó: va antes que recontar."""
    informe = tecleado(regla.clave, antes, De.INFORME)
    if informe is not None:
        return informe, True
    return valor_de(regla, regla.fuente.totales(antes), antes), regla.origen is Origen.CAPTURA


def _entre(regla: Indicador, totales: Totales, periodo: Periodo) -> int:
    return regla.denominador(periodo) if regla.denominador else totales.elementos


def valor_de(regla: Indicador, totales: Totales, periodo: Periodo) -> Decimal | None:
    """El valor que hacen esos totales; None si no hay de qué (nada capturado, nada entre qué dividir)."""
    if regla.medida is Medida.CUENTA:
        return Decimal(totales.elementos)
    if regla.medida is Medida.SUMA:
        return None if regla.origen is Origen.CAPTURA and not totales.elementos else _al_centesimo(totales.peso / regla.divisor)
    entre = _entre(regla, totales, periodo)
    if not entre:
        return None
    veces = 100 if regla.medida is Medida.PORCENTAJE else 1
    return _al_centesimo(veces * totales.peso / entre)


def _al_centesimo(numero: Decimal) -> Decimal:
    return numero.quantize(CENTESIMA, ROUND_HALF_UP)


def desglose(de: Cifra, nombre: str) -> list[Porcion]:
    """Las porciones de una cifra por `mes`, `area` o uno de los desgloses propios de su indicador.

    Raises:
        KeyError: el indicador no se reparte así.
    """
    regla = de.indicador
    if nombre not in regla.desgloses:
        raise KeyError(nombre)
    juntas = de.lectura.partes[nombre]
    if nombre == "mes":
        return [_mensual(regla, de.periodo, mes, juntas.get(mes, Totales())) for mes in meses_de(de.periodo) or sorted(juntas)]
    rotulos = _rotulos(nombre, juntas, regla.fuente.grupos)
    porciones = [
        _porcion(regla, de.periodo, (c, rotulos.get(c) or c or SIN_NOMBRE.get(nombre, "Sin dato")), juntas[c]) for c in juntas
    ]
    return sorted(porciones, key=lambda p: (-(p.valor or Decimal(-1)), p.rotulo))


def desgloses(de: Cifra) -> dict[str, list[Porcion]]:
    """Todos los de esa cifra."""
    return {nombre: desglose(de, nombre) for nombre in de.indicador.desgloses}


def _porcion(regla: Indicador, periodo: Periodo, dicho: tuple[str, str], totales: Totales) -> Porcion:
    if regla.denominador and regla.medida is not Medida.CUENTA:
        return Porcion(*dicho, None, totales.elementos)
    return Porcion(*dicho, valor_de(regla, totales, periodo), totales.elementos)


def _mensual(regla: Indicador, periodo: Periodo, mes: str, totales: Totales) -> Porcion:
    anio, numero = int(mes[:4]), int(mes[5:7])
    primero = date(anio, numero, 1)
    ultimo = (primero + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    del_mes = Periodo(max(primero, periodo.desde), min(ultimo, periodo.hasta), mes)
    return Porcion(mes, f"{_MESES[numero - 1]} de {anio}", valor_de(regla, totales, del_mes), totales.elementos)


def meses_de(periodo: Periodo) -> list[str]:
    """Los meses que toca, en orden; ninguno si son demasiados para enseñarlos uno por uno."""
    meses = list(_recorrer_meses(periodo))
    return meses if len(meses) <= MESES_A_LA_VISTA else []


def _recorrer_meses(periodo: Periodo) -> Iterator[str]:
    anio, mes = periodo.desde.year, periodo.desde.month
    while (anio, mes) <= (periodo.hasta.year, periodo.hasta.month):
        yield f"{anio:04d}-{mes:02d}"
        anio, mes = (anio, mes + 1) if mes < 12 else (anio + 1, 1)


def _rotulos(nombre: str, claves: Collection[str], propios: Sequence[Desglose]) -> dict[str, str]:
    if nombre == "area":
        llaves = [int(c) for c in claves if c]
        return {str(pk): titulo for pk, titulo in Area.objects.filter(pk__in=llaves).values_list("pk", "nombre")}
    declarado = next(d for d in propios if d.clave == nombre)
    return dict(declarado.rotulos(claves))


@dataclass(frozen=True)
class Serie:
    """Una cifra a lo largo de varios años, para compararla: `(año, valor, se tecleó)`."""

    indicador: Indicador
    puntos: tuple[tuple[int, Decimal | None, bool], ...]


def serie(clave: str, anios: Sequence[int]) -> Serie:
    """El valor de cada año: el tecleado de su informe, si lo hay; si no, el contado."""
    regla = indicador(clave)
    periodos = [Periodo(date(a, 1, 1), date(a, 12, 31), f"{a:04d}") for a in anios]
    return Serie(regla, tuple((p.anio, *_anterior(regla, p)) for p in periodos))
