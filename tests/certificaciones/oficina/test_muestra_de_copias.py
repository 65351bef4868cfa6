"""El archivo de muestra llega listo para certificar, y repetirlo no agrega nada."""

from certificaciones.actos.puerta import Certificacion, LibroCertificacion
from certificaciones.oficina.muestra import sembrar
from certificaciones.reglas.puerta import FacultadCertificacion, PoliticaDeCertificacion
from certificaciones.solicitudes.puerta import Solicitud
from tests import fabricas
from tests.archivo.archivistica import mundo
from tests.certificaciones.actos.mundo import con_pdf


def test_la_muestra_trae_facultad_libro_y_una_solicitud_por_cotejar(db):
    dichos = []
    item = con_pdf(3, area=fabricas.area("Comunicación"))
    expediente = mundo.expediente(item.area, None, soporte="digital")
    mundo.integrar(expediente, [mundo.Documento(item)], None)
    sembrar(dichos.append)
    sembrar(dichos.append)
    assert len(dichos) == 1
    assert FacultadCertificacion.objects.get().es_muestra
    politica = PoliticaDeCertificacion.objects.get()
    assert (politica.tabulador.clave, politica.calendario.clave) == ("LFD-2025", "LFT-74")
    assert LibroCertificacion.objects.abiertos().count() == 1
    assert (Solicitud.objects.get().estado, Certificacion.objects.get().estado) == ("en_reproduccion", "en_cotejo")


def test_sin_expedientes_no_siembra_nada(db):
    sembrar(lambda _: None)
    assert not Solicitud.objects.exists()
