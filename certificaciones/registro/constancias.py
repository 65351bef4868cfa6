"""Lo que el registro prueba a quien no confía en él: puntos de control, inclusión y continuidad."""

import base64

from certificaciones.registro import arbol
from certificaciones.registro.errores import ErrorDeRegistro
from certificaciones.registro.models import Asiento, PuntoDeControl, SelloDeTiempo
from verificador.nota import camino_en_texto
from verificador.prueba import Prueba, Sello


def punto_de_control(registro: str) -> PuntoDeControl | None:
    """El último punto de control firmado; nada si el registro está vacío."""
    return PuntoDeControl.objects.filter(registro=registro).order_by("-tamano").first()


def cadena_de_sellos(punto: PuntoDeControl) -> list[SelloDeTiempo]:
    """El sello del punto y los que lo renovaron, en orden; vacía si no se ha sellado."""
    sello = SelloDeTiempo.objects.filter(punto=punto).order_by("id").first()
    cadena = []
    while sello is not None:
        cadena.append(sello)
        sello = SelloDeTiempo.objects.filter(renueva__anterior=sello).first()
    return cadena


def punto_que_prueba(registro: str, indice: int) -> tuple[PuntoDeControl | None, SelloDeTiempo | None]:
    """El punto con que se prueba un asiento y su sello: el primero sellado que lo contiene; sin sellos, el de su asiento."""
    de_puntos = SelloDeTiempo.objects.filter(registro=registro, punto__isnull=False)
    sello = None
    if de_puntos.exists():
        posteriores = de_puntos.filter(punto__tamano__gt=indice).select_related("punto")
        sello = posteriores.order_by("punto__tamano", "pk").first()
    if sello is not None:
        return sello.punto, sello
    return PuntoDeControl.objects.filter(registro=registro, tamano__gt=indice).order_by("tamano").first(), None


def prueba_de(asiento: Asiento) -> str:
    """La prueba `tlog-proof` del asiento: con ella y la llave pública se comprueba sin red (`python -m verificador`)."""
    punto, _ = punto_que_prueba(asiento.registro, asiento.indice)
    if punto is None:
        raise ErrorDeRegistro(f"El asiento {asiento.indice} no tiene punto de control. Corra «registro verificar».")
    camino = arbol.resolver(asiento.registro, arbol.camino_de_inclusion(asiento.indice, punto.tamano))
    sellos = tuple(Sello(sello.texto, base64.b64decode(sello.token)) for sello in cadena_de_sellos(punto))
    return Prueba(asiento.hoja.encode(), asiento.indice, tuple(camino), punto.nota, sellos).como_texto()


def prueba_de_continuidad(registro: str, antes: int, despues: int) -> str:
    """Las huellas, una por renglón en base64, que prueban que con `despues` asientos los primeros `antes` son los mismos.

    `ErrorDeRegistro` si los tamaños no van en orden o el registro no ha llegado ahí.
    """
    ultimo = punto_de_control(registro)
    tamano = ultimo.tamano if ultimo else 0
    if not 0 < antes <= despues <= tamano:
        raise ErrorDeRegistro(f"El registro tiene {tamano} asientos: pida dos tamaños en orden, de 1 a {tamano}.")
    return camino_en_texto(arbol.resolver(registro, arbol.camino_de_continuidad(antes, despues)))


def asientos_desde(registro: str, desde: int, cuantos: int) -> list[Asiento]:
    """Hasta `cuantos` asientos a partir del lugar `desde`, en orden."""
    return list(Asiento.objects.filter(registro=registro, indice__gte=desde).order_by("indice")[:cuantos])
