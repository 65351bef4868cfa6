"""Copias preparadas, cotejadas y enviadas a firma por los servicios del producto, y la casa que las firma con autoridades de ensayo."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from archivo.archivistica.puerta import Documento, integrar
from archivo.identidad.puerta import Usuario
from certificaciones.actos.puerta import (
    Certificacion,
    DatosDelActo,
    FojaCotejada,
    abrir_libro,
    concluir_cotejo,
    enviar_a_firma,
    iniciar_cotejo,
    mandar_a_cotejo,
    marcar,
    pedidos_de,
    preparar,
)
from certificaciones.firma import PkiDeEnsayo
from certificaciones.reglas.puerta import FacultadCertificacion, cargar_reglas_de_muestra
from tests import fabricas
from tests.archivo.archivistica import mundo
from tests.certificaciones.firma.test_servicios import autoridad


@dataclass(frozen=True)
class Mesa:
    """Quien certifica, y las copias que esperan su firma."""

    certificadora: Usuario
    copias: list[Certificacion]


def _una(texto: str, expediente: Any, gente: tuple[Usuario, Usuario, Usuario]) -> Certificacion:
    prepara, coteja, certifica = gente
    item = fabricas.publico(titulo=f"Boletín sobre {texto}", texto=f"La alcaldía informó sobre {texto}.", dia=date(2026, 2, 3))
    integrar(expediente, [Documento(item)], None)
    datos = DatosDelActo(
        soporte="original_electronico",
        firma_tipo=Certificacion.Firma.EFIRMA,
        pago_acreditado=True,
        finalidad="los fines legales que convengan",
        lugar="Ciudad Ejemplo",
        elaboro="PP",
    )
    copia = mandar_a_cotejo(preparar(pedidos_de(item), datos, prepara), prepara)
    cotejo = iniciar_cotejo(copia, coteja)
    marcar(cotejo, [FojaCotejada(foja=n) for n in range(1, copia.fojas + 1)], coteja)
    return enviar_a_firma(concluir_cotejo(cotejo, coteja), coteja, certifica)


def poner_mesa(cuantas: int) -> Mesa:
    """Esas copias de boletines de un expediente, en firma de una persona con facultad."""
    cargar_reglas_de_muestra()
    area = fabricas.area("Comunicación social")
    gente = tuple(fabricas.persona(rol, en=area) for rol in ("unidad_transparencia", "cotejo", "certificacion"))
    certificadora = gente[2]
    certificadora.first_name, certificadora.last_name = "Josefina", "Peña Güemes"
    certificadora.save()
    facultad = FacultadCertificacion.objects.create(
        persona=certificadora,
        cargo="Directora de Archivo",
        fundamento="el artículo 101-H del reglamento",
        documento_soporte="Nombramiento 12/2025",
        vigente_desde=date(2026, 1, 1),
    )
    facultad.areas.set([area])
    abrir_libro(timezone.localdate().year, "CC", fabricas.persona("titular"))
    expediente = mundo.expediente(area)
    temas = ("bacheo", "vacunación", "alumbrado", "limpia", "deporte")
    return Mesa(certificadora, [_una(temas[n % 5], expediente, gente) for n in range(cuantas)])


@contextmanager
def casa_con_autoridades(settings: Any, pki: PkiDeEnsayo, carpeta: Path):
    """La institución con anclas, sellos y estados de ensayo, atendidos en este equipo."""
    for nombre in ("raices", "intermedias", "listas"):
        (carpeta / "anclas" / nombre).mkdir(parents=True)
        for n, archivo in enumerate(getattr(pki.confianza, nombre)):
            (carpeta / "anclas" / nombre / f"{n}.der").write_bytes(archivo.dump())
    settings.ACERVO_ANCLAS = str(carpeta / "anclas")
    with autoridad(pki.sellos.responder) as (tsa, _), autoridad(pki.estados.responder) as (estados, _):
        settings.ACERVO_TSA, settings.ACERVO_OCSP = tsa, estados
        yield
