"""Lo que los expedientes aportan a los pisos de junto, conectado una vez al arrancar."""

from archivo.archivistica.expedientes.aportes import cuidar_lo_cerrado, niveles_de
from archivo.archivistica.expedientes.reglas import asegurar_regla
from archivo.catalogo.puerta import elementos_cambiados, registrar_aporte_de_acceso
from archivo.identidad.puerta import conceder
from archivo.registros import instrumento

_LEEN = (
    "titular", "redaccion", "monitoreo", "fotografia_video", "diseno", "archivo_tramite", "archivo_concentracion", "archivo_historico",
    "coordinacion_archivos", "grupo_interdisciplinario", "unidad_transparencia", "comite_transparencia", "auditoria",
)  # fmt: skip


def conectar() -> None:
    """El nivel del expediente limita el de sus documentos; lo cerrado se cuida; la regla base es un instrumento."""
    registrar_aporte_de_acceso(niveles_de)
    elementos_cambiados.connect(cuidar_lo_cerrado, dispatch_uid="archivistica_cuidar_lo_cerrado")
    instrumento(orden=60)(asegurar_regla)
    for rol in _LEEN:
        conceder(rol, "archivistica.view_expediente")
    conceder("archivo_tramite", "archivistica.add_expediente", "archivistica.change_expediente")
    conceder("coordinacion_archivos", *(f"archivistica.{verbo}_regladeexpedientes" for verbo in ("view", "add", "change")))
