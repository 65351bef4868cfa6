"""Redactar un aviso por correo con el texto que la institución tiene en vigor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certificaciones.reglas.models import TextoDeAviso
from certificaciones.reglas.muestra import avisos_de_muestra
from certificaciones.reglas.plantillas import falta_de_forma, llenar, variables_de

VARIABLES_DE_AVISO = {
    "folio": "el folio de la solicitud",
    "enlace": "la página de la solicitud, que se abre sin escribir el código",
    "total": "lo que suman los derechos",
    "dias": "los días hábiles del plazo para pagar",
    "vence": "el día en que vence el plazo para pagar",
    "fecha": "el día de hoy",
    "institucion": "el nombre de la institución",
    "domicilio": "dónde se recogen las copias en papel; vacío si la copia es electrónica",
}


@dataclass(frozen=True)
class Carta:
    """Un correo listo para mandarse."""

    asunto: str
    cuerpo: str


def texto_de_aviso(clase: str, dia: date) -> TextoDeAviso:
    """El que rige ese día o, si la institución no ha registrado ninguno, el de muestra."""
    vigente = TextoDeAviso.objects.filter(clase=clase).vigentes(dia).first()
    return vigente or next(a for a in avisos_de_muestra() if a.clase == clase)


def faltas_del_aviso(asunto: str, cuerpo: str) -> list[str]:
    """Por qué ese texto no sirve, una razón por renglón; vacía si sirve."""
    todo = f"{asunto}\n{cuerpo}"
    if forma := falta_de_forma(todo):
        return [forma]
    ajenas = sorted(variables_de(todo) - VARIABLES_DE_AVISO.keys())
    faltas = [f"No hay una variable «{v}». Las que hay: {', '.join(VARIABLES_DE_AVISO)}." for v in ajenas]
    if "enlace" not in variables_de(cuerpo):
        faltas.append("Falta {{ enlace }}: es como quien pidió llega a su solicitud.")
    return faltas


def redactar_aviso(clase: str, dia: date, valores: Mapping[str, str]) -> Carta:
    """El correo de esa clase con sus variables puestas; el asunto, en un renglón."""
    texto = texto_de_aviso(clase, dia)
    return Carta(" ".join(llenar(texto.asunto, valores).split()), f"{llenar(texto.cuerpo, valores).strip()}\n")
