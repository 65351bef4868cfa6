"""Una oficina que certifica: áreas, personas con su rol y facultad, textos de muestra, libro abierto y documentos en expediente."""

import io
from dataclasses import dataclass
from datetime import timedelta

import pikepdf
from django.utils import timezone

from archivo.archivistica.puerta import Documento, integrar
from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.identidad.puerta import Area, Institucion, Usuario
from archivo.objetos.puerta import guardar
from certificaciones.actos.models import LibroCertificacion
from certificaciones.actos.puerta import (
    DatosDelActo,
    DocumentoPedido,
    FojaCotejada,
    abrir_libro,
    concluir_cotejo,
    enviar_a_firma,
    iniciar_cotejo,
    mandar_a_cotejo,
    marcar,
    preparar,
)
from certificaciones.reglas.puerta import FacultadCertificacion, cargar_reglas_de_muestra
from tests import fabricas
from tests.archivo.archivistica import mundo

AYER = timedelta(days=1)


def pdf(paginas=1, marca=""):
    """Un PDF de páginas en blanco; `marca` lo hace distinto de otro."""
    documento = pikepdf.new()
    for _ in range(paginas):
        documento.add_blank_page(page_size=(612, 792))
    documento.docinfo["/Subject"] = marca
    salida = io.BytesIO()
    documento.save(salida, deterministic_id=True)
    return salida.getvalue()


def con_pdf(paginas=1, **campos):
    """Un boletín publicado cuyo original es un PDF."""
    item = fabricas.publico(**campos)
    objeto = guardar(io.BytesIO(pdf(paginas, item.clave)), mime="application/pdf", paginas=paginas)
    adjuntar(item, AdjuntoNuevo(objeto, "boletin.pdf", paginas=[""] * paginas), None)
    item.refresh_from_db()
    return item


@dataclass
class Oficina:
    """Las personas y el lugar de una prueba."""

    area: Area
    tramite: Usuario
    cotejadora: Usuario
    certificadora: Usuario
    libro: LibroCertificacion

    def documento(self, paginas=1, ejemplar="original", **campos):
        """Un documento integrado en un expediente del área."""
        item = con_pdf(paginas, area=self.area, **campos)
        self.integrar(item, ejemplar)
        return item

    def integrar(self, item, ejemplar="original", area=None):
        """Lo integra en un expediente nuevo de esa área (o de la suya)."""
        expediente = mundo.expediente(area or self.area, None, soporte="digital")
        integrar(expediente, [Documento(item, ejemplar=ejemplar)], None)
        return expediente

    def borrador(self, *items, paginas=None, **datos):
        """Un borrador de esos documentos, con el pago acreditado."""
        pedidos = [DocumentoPedido(i, i.adjuntos.first(), paginas) for i in items or [self.documento()]]
        propios = {"pago_acreditado": True, "derechos": "exento, por petición de autoridad", "lugar": "la Ciudad de México"}
        return preparar(pedidos, DatosDelActo(**propios | datos), self.tramite)

    def cotejada(self, *items, **datos):
        """Ya cotejada foja por foja."""
        acto = mandar_a_cotejo(self.borrador(*items, **datos), self.tramite)
        cotejo = iniciar_cotejo(acto, self.cotejadora)
        marcar(cotejo, [FojaCotejada(n) for n in range(1, acto.fojas + 1)], self.cotejadora)
        return concluir_cotejo(cotejo, self.cotejadora)

    def en_firma(self, *items, **datos):
        """Lista para expedirse."""
        return enviar_a_firma(self.cotejada(*items, **datos), self.tramite, self.certificadora)


def facultar(persona, area, **campos):
    """Una facultad propia vigente sobre esa área."""
    propios = {
        "cargo": "Directora de Información",
        "fundamento": "el artículo 15 del Reglamento",
        "documento_soporte": "Nombramiento",
    }
    propios |= {"vigente_desde": timezone.localdate() - 30 * AYER}
    facultad = FacultadCertificacion.objects.create(persona=persona, **propios | campos)
    facultad.areas.add(area)
    return facultad


def oficina() -> Oficina:
    """Todo lo que hace falta para expedir."""
    Institucion.objects.get_or_create(clave="AE", defaults={"nombre": "Alcaldía Ejemplo"})
    cargar_reglas_de_muestra()
    area = fabricas.area("Comunicación Social")
    certificadora = fabricas.persona("certificacion", en=area)
    facultar(certificadora, area)
    libro = abrir_libro(timezone.localdate().year, "CC", certificadora)
    return Oficina(area, fabricas.persona("archivo_tramite", en=area), fabricas.persona("cotejo", en=area), certificadora, libro)
