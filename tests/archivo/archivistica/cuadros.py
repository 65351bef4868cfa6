"""Cuadros de prueba, hechos por los servicios."""

from datetime import date
from decimal import Decimal

from archivo.archivistica.arbol import DatosDeClase
from archivo.archivistica.models import CuadroClasificacion, FichaValoracion, NivelClasificacion
from archivo.archivistica.servicios import ciclo, fichas, versiones
from archivo.archivistica.servicios.clases import crear_clase
from tests import fabricas

COMPLETA = {
    "identificacion": "Serie de la sección 9C.",
    "contexto": "Función de comunicación social.",
    "contenido": "Boletines y sus anexos.",
    "valoracion": "Prueba el ejercicio de la función.",
    "condiciones_acceso": "Pública.",
    "ubicacion": "Archivo de trámite.",
    "responsable_custodia": "Responsable del archivo de trámite.",
    "valor_administrativo": True,
    "plazo_tramite": Decimal(2),
    "plazo_concentracion": Decimal(3),
    "destino_final": "baja",
    "fundamento": "Reglamento interior.",
}


def clase(cuadro, madre, nivel, clave, nombre="", **datos):
    return crear_clase(cuadro, madre, DatosDeClase(nivel, clave, nombre or f"Clase {clave}", **datos), None)


def ficha_completa(serie, area, **cambios):
    ficha = FichaValoracion.objects.get(nivel=serie)
    for campo, valor in (COMPLETA | cambios).items():
        setattr(ficha, campo, valor)
    return fichas.guardar_ficha(ficha, [area], None)


def borrador(area=None, series=("9C.7", "9C.10")):
    """Un cuadro propio en borrador: fondo AE, sección 9C y esas series con ficha completa."""
    area = area or fabricas.area()
    cuadro = versiones.abrir_cuadro("Cuadro de prueba", None)
    seccion = clase(cuadro, clase(cuadro, None, "fondo", "AE", "Alcaldía Ejemplo"), "seccion", "9C", "Comunicación social")
    for clave in series:
        ficha_completa(clase(cuadro, seccion, "serie", clave), area)
    return cuadro


def validado(cuadro, area):
    """El cuadro, ya validado por sus áreas y por el grupo."""
    ciclo.enviar_a_areas(cuadro, fabricas.persona("coordinacion_archivos"))
    ciclo.validar_por_area(cuadro, area, fabricas.persona("titular", en=area), conforme=True)
    return ciclo.validar_por_grupo(cuadro, fabricas.persona("grupo_interdisciplinario"))


def vigente(series=("9C.7", "9C.10"), desde=date(2024, 1, 1)):
    """Un cuadro en vigor."""
    area = fabricas.area()
    cuadro = validado(borrador(area, series), area)
    return ciclo.poner_en_vigor(cuadro, desde, "Acta 1/2024", fabricas.persona("coordinacion_archivos"))


def de(cuadro, clave) -> NivelClasificacion:
    """La clase con esa clave."""
    return NivelClasificacion.objects.get(cuadro=cuadro, clave=clave)


def recibido():
    """Un cuadro que llegó con un fondo de otra institución."""
    return CuadroClasificacion.objects.create(clase="recibido", estado="recibido", nombre="Fondo del antiguo ayuntamiento")
