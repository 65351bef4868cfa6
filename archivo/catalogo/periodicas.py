"""Lo que el catálogo hace solo, con el reloj."""

from datetime import timedelta

from archivo.catalogo.servicios.ciclo import publicar_programados
from archivo.catalogo.servicios.derechos import revisar_vigencias
from archivo.catalogo.servicios.estadisticas import actualizar_estadisticas
from archivo.catalogo.servicios.veda import aplicar_vedas
from archivo.tareas.puerta import periodica


@periodica(cada=timedelta(seconds=15))
def abrir_embargos() -> None:
    """Publica lo programado cuya hora llegó."""
    publicar_programados()


@periodica(cada=timedelta(days=1))
def estadisticas_de_la_base() -> None:
    """La base elige bien sus índices aunque el archivo crezca."""
    actualizar_estadisticas()


@periodica(cada=timedelta(hours=1))
def licencias_vencidas() -> None:
    """Una obra cuya licencia terminó deja de ser pública."""
    revisar_vigencias()


@periodica(cada=timedelta(minutes=1))
def vedas_electorales() -> None:
    """El material de campañas se retira y se repone con las fechas de la veda."""
    aplicar_vedas()
