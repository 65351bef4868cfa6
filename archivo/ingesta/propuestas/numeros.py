"""El número con que el documento se llama a sí mismo."""

import re

_CLASE = (
    r"bolet[ií]n(?:\s+(?:de\s+prensa|informativo))?|comunicado(?:\s+(?:de\s+prensa|conjunto))?|tarjeta\s+informativa|gaceta(?:\s+oficial)?"
    r"|versi[oó]n\s+estenogr[aá]fica|oficio|circular|folio|acuerdo|invitaci[oó]n|bando|folleto|revista|informe"
)
_MARCA = r"(?:n[uú]m(?:ero)?s?\b\.?|no\s?\.|n\s?[.°º]+|#|nro\.?)"
_VALOR = r"(?P<n>(?:[A-Z]{1,8}[-/. ]?){0,4}\d{1,6}(?:\s?(?:bis|ter|[A-Z]))?(?:\s?[-/]\s?(?:[A-Z]{1,6}[-/])?\d{2,4})?)(?![\d%])"

_CON_CLASE = re.compile(rf"\b(?:{_CLASE})\s*(?:{_MARCA})?\s*:?\s*{_VALOR}", re.IGNORECASE)
_SOLO_MARCA = re.compile(rf"(?<!\w){_MARCA}\s*:?\s*{_VALOR}", re.IGNORECASE)
_SIN_NUMERO = re.compile(r"(?<!\w)S\s?/\s?N(?!\w)")
LARGO = 60


def proponer_numero(texto: str) -> tuple[str, str]:
    """El número tal como está escrito y su cita; dos cadenas vacías si no hay.

    «Boletín No. 123/2026» → `123/2026`; «Núm. 45» → `45`; «Gaceta 12 bis» → `12 bis`. Prefiere el que va con el nombre de la
    clase de documento.
    """
    for patron in (_CON_CLASE, _SOLO_MARCA):
        if hallazgo := patron.search(texto):
            numero = re.sub(r"\s*([-/])\s*", r"\1", " ".join(hallazgo["n"].split()))
            return numero[:LARGO], " ".join(hallazgo[0].split())[:120]
    hallazgo = _SIN_NUMERO.search(texto[:600])
    return ("S/N", hallazgo[0]) if hallazgo else ("", "")
