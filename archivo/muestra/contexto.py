"""El contexto de un elemento: lugar, calle, fechas en palabras y cifras que concuerdan con el relato."""

from datetime import date, timedelta
from random import Random

from .gramatica import numero
from .vocabulario import Relato, nombre_de_area, titular_de_area, vocabulario

MESES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_ESTACIONES = ("invierno", "primavera", "verano", "otoño")


def en_palabras(fecha: date) -> str:
    """«el martes 24 de noviembre»."""
    return f"el {DIAS[fecha.weekday()]} {fecha.day} de {MESES[fecha.month - 1]}"


def _horas(azar: Random) -> dict[str, str]:
    hora = azar.randint(6, 20)
    minuto = azar.choice((0, 5, 10, 20, 30, 40, 50))
    parte = "mañana" if hora < 12 else "tarde" if hora < 19 else "noche"
    despues = f"{hora + azar.randint(1, 2)}:{azar.choice((5, 15, 25, 45)):02d}"
    return {"hora": f"{hora}:{minuto:02d}", "hora2": despues, "parte_del_dia": parte}


def _fechas(azar: Random, fecha: date) -> dict[str, str]:
    return {
        "dia": f"este {DIAS[fecha.weekday()]}",
        "dia_largo": en_palabras(fecha),
        "fecha_corta": f"{fecha.day} de {MESES[fecha.month - 1]}",
        "futuro": en_palabras(fecha + timedelta(days=azar.randint(3, 34))),
        "mes": MESES[(fecha.month - 2) % 12],
        "anio": str(fecha.year),
        "estacion": _ESTACIONES[(fecha.month % 12) // 3],
    }


def cifras_al_azar(azar: Random, margenes: dict[str, tuple[int, int, int]]) -> dict[str, str]:
    """Cada cifra dentro de su margen (mínimo, máximo, paso), ya escrita."""
    return {hueco: numero(azar.randrange(minimo, maximo + 1, paso)) for hueco, (minimo, maximo, paso) in margenes.items()}


def contexto_de(azar: Random, fecha: date, area: str, relato: Relato | None = None) -> dict[str, str]:
    """Los huecos de un elemento, todos en texto."""
    nombres = vocabulario()
    uno, otro = azar.sample(sorted(nombres["lugares"]), 2)
    base = {
        "corto": uno,
        "lugar": nombres["lugares"][uno],
        "corto2": otro,
        "lugar2": nombres["lugares"][otro],
        "calle": azar.choice(nombres["calles"]),
        "mercado": azar.choice(nombres["mercados"]),
        "producto": azar.choice(nombres["productos"]),
        "area": nombre_de_area(area),
        "cargo": titular_de_area(area),
    }
    propias = cifras_al_azar(azar, relato.cifras) if relato else {}
    return base | _fechas(azar, fecha) | _horas(azar) | propias
