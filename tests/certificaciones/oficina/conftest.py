"""Lo común a las pruebas de la oficina de certificaciones."""

from tests.certificaciones.oficina.efirma_de_prueba import carpeta_de_pki, efirma, pki

__all__ = ["carpeta_de_pki", "efirma", "pki"]
