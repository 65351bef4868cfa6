"""Los estados de una memoria y de una aportación: una clase por estado, con sus salidas y quién puede darlas.

Memoria: planeada → en_integracion → en_edicion → en_revision ⇄ con_observaciones; en_revision → autorizada → publicada → archivada.
Aportación: solicitada → en_captura → entregada ⇄ con_observaciones; entregada → aceptada; lo que no llega es no_entregada.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from archivo.identidad.puerta import ConPasos, Paso

EDITAN = ("titular", "redaccion")
"""Integran y escriben la memoria, en el área que la lleva (dominio b.4: edita comunicación social, aprueba su titular)."""
AUTORIZAN = ("titular",)
APORTAN = ("titular", "redaccion", "archivo_tramite")
"""Entregan lo de su dependencia."""


class EstadoDeMemoria(ConPasos):
    """Un estado de la memoria. `se_escribe`: sus capítulos, su corte y sus ajustes aún cambian."""

    se_escribe: ClassVar[bool] = True


ENVIAR = Paso("enviar_a_revision", "Enviar a revisión", "en_revision", EDITAN)
OBSERVAR = Paso("observar", "Devolver con observaciones", "con_observaciones", AUTORIZAN, pide_motivo=True)


class Planeada(EstadoDeMemoria):
    """Se sabe qué periodo abarca y quién la lleva."""

    clave, nombre = "planeada", "Planeada"
    salidas = (Paso("integrar", "Empezar a integrar", "en_integracion", EDITAN),)


class EnIntegracion(EstadoDeMemoria):
    """Se piden y reciben las aportaciones."""

    clave, nombre = "en_integracion", "En integración"
    salidas = (Paso("editar", "Pasar a edición", "en_edicion", EDITAN),)


class EnEdicion(EstadoDeMemoria):
    """Se escriben sus capítulos sobre un corte."""

    clave, nombre = "en_edicion", "En edición"
    salidas = (ENVIAR,)


class EnRevision(EstadoDeMemoria):
    """Espera a quien autoriza; mientras, no se escribe."""

    clave, nombre, se_escribe = "en_revision", "En revisión", False
    salidas = (Paso("autorizar", "Autorizar", "autorizada", AUTORIZAN, exige_otra_persona=True), OBSERVAR)


class ConObservaciones(EstadoDeMemoria):
    """Volvió a quien la escribe, con lo que hay que corregir."""

    clave, nombre = "con_observaciones", "Con observaciones"
    salidas = (ENVIAR,)


class Autorizada(EstadoDeMemoria):
    """Nadie la cambia; falta publicarla."""

    clave, nombre, se_escribe = "autorizada", "Autorizada", False
    salidas = (Paso("publicar", "Publicar", "publicada", AUTORIZAN), OBSERVAR)


class Publicada(EstadoDeMemoria):
    """Congelada entera: lo que dice no vuelve a cambiar."""

    clave, nombre, se_escribe = "publicada", "Publicada", False
    salidas = (Paso("archivar", "Archivar", "archivada", EDITAN),)


class Archivada(EstadoDeMemoria):
    """Terminó su ciclo; sigue a la vista."""

    clave, nombre, se_escribe = "archivada", "Archivada", False


class EstadoDeAportacion(ConPasos):
    """Un estado de la aportación. `se_captura`: el área aún la escribe; `llego`: cuenta como entregada."""

    se_captura: ClassVar[bool] = False
    llego: ClassVar[bool] = False


ENTREGAR = Paso("entregar", "Entregar", "entregada", APORTAN)
DAR_POR_NO_ENTREGADA = Paso("dar_por_no_entregada", "Dar por no entregada", "no_entregada", EDITAN)


class Solicitada(EstadoDeAportacion):
    """Se pidió y el área no ha empezado."""

    clave, nombre, se_captura = "solicitada", "Solicitada", True
    salidas = (Paso("capturar", "Empezar a capturar", "en_captura", APORTAN), ENTREGAR, DAR_POR_NO_ENTREGADA)


class EnCaptura(EstadoDeAportacion):
    """El área la escribe."""

    clave, nombre, se_captura = "en_captura", "En captura", True
    salidas = (ENTREGAR, DAR_POR_NO_ENTREGADA)


class Entregada(EstadoDeAportacion):
    """Espera a que quien integra la acepte."""

    clave, nombre, llego = "entregada", "Entregada", True
    salidas = (
        Paso("aceptar", "Aceptar", "aceptada", EDITAN, exige_otra_persona=True),
        Paso("devolver", "Devolver con observaciones", "con_observaciones", EDITAN, pide_motivo=True),
    )


class AportacionConObservaciones(EstadoDeAportacion):
    """Volvió al área con lo que le falta."""

    clave, nombre, se_captura = "con_observaciones", "Con observaciones", True
    salidas = (ENTREGAR, DAR_POR_NO_ENTREGADA)


class Aceptada(EstadoDeAportacion):
    """Entra a la memoria."""

    clave, nombre, llego = "aceptada", "Aceptada", True


class NoEntregada(EstadoDeAportacion):
    """No llegó: la memoria lo dice."""

    clave, nombre = "no_entregada", "No entregada"


ESTADOS_DE_MEMORIA: Mapping[str, type[EstadoDeMemoria]] = MappingProxyType(
    {e.clave: e for e in (Planeada, EnIntegracion, EnEdicion, EnRevision, ConObservaciones, Autorizada, Publicada, Archivada)}
)
ESTADOS_DE_APORTACION: Mapping[str, type[EstadoDeAportacion]] = MappingProxyType(
    {e.clave: e for e in (Solicitada, EnCaptura, Entregada, AportacionConObservaciones, Aceptada, NoEntregada)}
)
