"""Lo que hace falta para cobrar: reglas de muestra, y una política con tabulador y calendario."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from certificaciones.reglas.puerta import Calendario, PoliticaDeCertificacion, Tabulador, cargar_reglas_de_muestra
from certificaciones.solicitudes.puerta import ReciboNuevo, Solicitud, SolicitudNueva, dar_paso, pedido_de, recibir
from tests.fabricas import persona, publico


def quien_atiende(calendario="LFT-74"):
    """La Unidad de Transparencia de una institución que ya dijo cómo cobra y con qué calendario cuenta los plazos."""
    cargar_reglas_de_muestra()
    PoliticaDeCertificacion.objects.create(
        vigente_desde=date(2025, 1, 1),
        tabulador=Tabulador.objects.get(clave="LFD-2025"),
        calendario=Calendario.objects.get(clave=calendario),
    )
    return persona("unidad_transparencia", nombre="ut")


def localizada(ut, **cambios):
    """Una solicitud con su documento y la canasta cerrada."""
    solicitud = recibir(
        SolicitudNueva(Solicitud(finalidad="un juicio", **cambios), documentos=[pedido_de(publico())]), ut
    ).solicitud
    return dar_paso(solicitud, "localizar", ut)


def recibo(monto="1436", **cambios):
    """El recibo de cincuenta y cinco hojas, pagado hoy."""
    return ReciboNuevo(**({"recibo": "A-77", "monto": Decimal(monto), "fecha": timezone.localdate()} | cambios))
