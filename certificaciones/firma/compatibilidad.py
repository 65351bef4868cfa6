"""Los tres arreglos sin los que las bibliotecas no admiten una e.firma del SAT. Se aplican al importar el paquete.

1. El SAT pone el RFC (2.5.4.45) como PrintableString y X.520 pide BIT STRING: asn1crypto falla al leer el nombre
   (wbond/asn1crypto#228, abierto desde 2022).
2. Ñ y acentos van en T61String con bytes Latin-1, como en casi todo certificado: asn1crypto aplica la tabla T.61 y falla.
3. El certificado del SAT no dice dónde se pregunta por su estado: pyhanko-certvalidator no mira la respuesta OCSP que ya se
   le dio. Con el arreglo, a un certificado final sin direcciones se le exige esa respuesta.

Cada arreglo tiene pruebas que fallan si la biblioteca cambia (`tests/certificaciones/firma/test_compatibilidad.py`).
"""

import logging
from typing import Any

from asn1crypto import core, x509
from pyhanko_certvalidator import validate

declaradas_de_la_biblioteca = validate.get_declared_revinfo


def declaradas(cert: Any) -> tuple[bool, bool]:
    """Si hay lista de revocación y si hay OCSP que consultar; un certificado final que calla, por OCSP."""
    con_lista, con_ocsp = declaradas_de_la_biblioteca(cert)
    if isinstance(cert, x509.Certificate) and not (con_lista or con_ocsp or cert.ca):
        con_ocsp = True
    return con_lista, con_ocsp


def aplicar() -> None:
    """Pone los tres arreglos; repetirlo no cambia nada."""
    x509.NameTypeAndValue._oid_specs["unique_identifier"] = x509.DirectoryString
    core.TeletexString._encoding = "latin-1"
    validate.get_declared_revinfo = declaradas
    # Advierte en cada firma que no baja nada de la red (es lo que se quiere) y en cada copia alterada, con su traza.
    logging.getLogger("pyhanko").setLevel(logging.ERROR)


aplicar()
