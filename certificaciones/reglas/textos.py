"""Modelos de texto: lo que deben decir y cómo se redactan."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificaciones.reglas import plantillas
from certificaciones.reglas.errores import TextoRechazado
from certificaciones.reglas.models import TextoDeCertificacion, TipoDeSoporte

VARIABLES: dict[str, str] = {
    "certificador": "nombre de quien certifica",
    "cargo": "cargo de quien certifica",
    "suplencia": "«en suplencia por ausencia de…»",
    "institucion": "nombre de la institución",
    "fundamento": "fundamento de la facultad",
    "fojas_letra": "fojas con letra",
    "fojas_numero": "fojas con número",
    "nombre_de_fojas": "«foja útil» o «fojas útiles»",
    "ambos_lados": "«N se encuentran impresas por ambos lados»",
    "en_las_que_se_cuenta": "«en las que se cuenta esta certificación»",
    "rango": "«fojas 12 a 37 del legajo 2 de 3»",
    "descripcion": "en qué consiste el documento",
    "expediente": "código del expediente",
    "area": "área productora",
    "solicitante": "quién la pide",
    "referencia": "oficio o solicitud que se atiende",
    "finalidad": "para qué se expide",
    "lugar": "lugar",
    "fecha_letra": "fecha con letra",
    "folio": "folio de la certificación",
    "derechos": "recibo de pago o exención",
    "elaboro": "iniciales de quien la elaboró",
    "cotejador": "quien cotejó",
    "url": "dirección para verificarla",
    "codigo": "código de verificación",
    "sha256": "huella del original",
    "emisor": "quién expidió la copia que obra en el archivo",
    "fecha_emision": "fecha de esa copia",
    "fundamento_vp": "fundamento de la versión pública",
    "clasificacion": "tipo de clasificación",
    "acta_comite": "acta del Comité de Transparencia",
    "medio": "medio de comunicación",
    "fecha_medio": "fecha de publicación o transmisión",
    "lugar_en_medio": "sección y página, o programa y hora",
    "soporte": "disco o memoria que se entrega",
    "archivos": "cuántos archivos contiene",
    "fojas_anexo": "fojas del anexo de huellas",
    "autor": "autor de la toma",
    "lugar_toma": "lugar de la toma",
    "momento_toma": "fecha y hora de la toma",
    "evento": "motivo de la toma",
    "url_portal": "dirección de la página",
    "momento_consulta": "fecha y hora de la consulta",
}
"""Las variables que puede llevar un modelo, con lo que dicen."""

PARTES: tuple[tuple[str, str], ...] = (
    ("fundamento", "el fundamento"),
    ("fojas_letra", "las fojas con letra"),
    ("fojas_numero", "las fojas con número"),
    ("expediente", "el expediente"),
    ("lugar", "el lugar"),
    ("fecha_letra", "la fecha con letra"),
    ("folio", "el folio"),
    ("certificador", "el nombre de quien certifica"),
    ("cargo", "su cargo"),
)
"""Lo que todo modelo debe decir fuera de los tramos que se omiten (dominio de certificación y criterio PRODECON 89/2021)."""

PIDEN_COTEJO = frozenset(
    {
        TipoDeSoporte.ORIGINAL_AUTOGRAFO,
        TipoDeSoporte.ORIGINAL_ELECTRONICO,
        TipoDeSoporte.COPIA_CERTIFICADA,
        TipoDeSoporte.VERSION_PUBLICA,
    }
)
SIN_ORIGINAL = frozenset({TipoDeSoporte.COPIA_SIMPLE})
_CERTIFICA = re.compile(r"\b(?:certifican?|certificamos|c e r t i f i c a)\b")
_COTEJO = re.compile(r"\b(?:fue|fueron) cotejad[ao]s? con\b|\bcon (?:el|la|los|las) que (?:fue|fueron) cotejad[ao]s?\b")
_CON_SU_ORIGINAL = re.compile(r"\b(?:cotejad[ao]s?|concuerdan?)\b[^.;]{0,60}\bcon (?:su|el) original\b")


@dataclass(frozen=True)
class TextoRedactado:
    """Una certificación redactada: sus párrafos, y el modelo y las variables con que se hizo."""

    parrafos: tuple[str, ...]
    modelo: dict[str, Any]
    variables: dict[str, str]


def faltas_del_texto(cuerpo: str, soporte: str) -> list[str]:
    """Lo que a un modelo le falta o le sobra; vacía, si sirve."""
    if forma := plantillas.falta_de_forma(cuerpo):
        return [forma]
    faltas = [f"No conocemos la variable «{v}»." for v in sorted(plantillas.variables_de(cuerpo) - VARIABLES.keys())]
    siempre = plantillas.indispensables_de(cuerpo)
    faltas += [f"Falta {que}: escriba {{{{ {v} }}}} fuera de [[ ]]." for v, que in PARTES if v not in siempre]
    llano = _llano(plantillas.VARIABLE.sub("x", plantillas.TRAMO.sub("", cuerpo)))
    if not _CERTIFICA.search(llano):
        faltas.append("Falta la palabra CERTIFICA.")
    if soporte in PIDEN_COTEJO and not _COTEJO.search(llano):
        faltas.append("Falta decir que la copia «fue cotejada con» el original o la copia certificada.")
    if soporte in SIN_ORIGINAL and _CON_SU_ORIGINAL.search(llano):
        faltas.append("De una copia simple no puede decirse que concuerda con su original: no se tiene.")
    return faltas


def textos_para(soporte: str, dia: date) -> list[TextoDeCertificacion]:
    """Los modelos en uso para ese tipo de soporte ese día; de cada clave, el más reciente."""
    por_clave: dict[str, TextoDeCertificacion] = {}
    for texto in TextoDeCertificacion.objects.para(soporte).vigentes(dia):
        por_clave.setdefault(texto.clave, texto)
    return sorted(por_clave.values(), key=lambda t: t.clave)


def redactar(modelo: TextoDeCertificacion, variables: Mapping[str, object]) -> TextoRedactado:
    """El texto listo para imprimirse. Las variables que el modelo no usa se ignoran.

    Raises:
        TextoRechazado: al modelo le falta una parte, o una variable indispensable viene vacía.
    """
    if faltas := faltas_del_texto(modelo.cuerpo, modelo.tipo_soporte):
        raise TextoRechazado(f"El modelo «{modelo.nombre}» no sirve para certificar.", *faltas)
    usadas = plantillas.variables_de(modelo.cuerpo)
    valores = {v: str(variables.get(v) or "").strip() for v in sorted(usadas)}
    vacias = [v for v in sorted(plantillas.indispensables_de(modelo.cuerpo)) if not valores[v]]
    if vacias:
        raise TextoRechazado(*(f"Falta {VARIABLES[v]}." for v in vacias))
    parrafos = plantillas.parrafos_de(plantillas.llenar(modelo.cuerpo, valores))
    return TextoRedactado(parrafos, modelo.instantanea(), valores)


def _llano(texto: str) -> str:
    sin_acentos = "".join(c for c in unicodedata.normalize("NFD", texto.lower()) if not unicodedata.combining(c))
    return " ".join(sin_acentos.replace("*", "").split())
