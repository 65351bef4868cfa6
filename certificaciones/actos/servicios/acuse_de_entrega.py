"""La constancia de recibo en papel: qué copia se entregó, de qué consta y con qué huella."""

from collections.abc import Iterable

from certificaciones.actos.models import Certificacion, DocumentoCertificado
from certificaciones.actos.servicios.redaccion import direccion_de
from certificaciones.reglas.puerta import fojas_utiles
from certificaciones.solicitudes.puerta import AcuseImpreso, acuse_en_pdf, momento_escrito

NOTA = "Lo entregado se comprueba con su huella o su código en la página de verificación. La constancia queda en el archivo con la certificación."


def acuse_de_entrega_pdf(certificacion: Certificacion, documentos: Iterable[DocumentoCertificado], *, nombra: bool) -> bytes:
    """La constancia de una certificación entregada; con `nombra`, dice quién recibe y lleva lugar para firmar.

    `documentos`: los suyos, ya callado lo que no deba leer quien la pide (`ocultar_lo_ajeno`). Lanza `ComposicionImposible`; `Entrega.DoesNotExist` si no se ha entregado.
    """
    entrega, acto = certificacion.entrega, certificacion
    hoja = AcuseImpreso(
        tipo="Constancia de recibo",
        folio=acto.folio or "",
        titulo=f"Constancia de recibo de la copia certificada {acto.folio}",
        intro=f"Se entregó {momento_escrito(entrega.momento)}, lo que sigue:",
        renglones=_renglones(acto, nombra=nombra),
        columnas=("Documento", "Expediente", "Fojas"),
        documentos=[(d.titulo, d.expediente_codigo or "—", str(d.fojas)) for d in documentos],
        nota=NOTA,
        momento=entrega.momento,
        firmas=(f"Entrega: {entrega.entregada_por}", f"Recibe: {entrega.recibe}") if nombra else (),
    )
    return acuse_en_pdf(hoja)


def _renglones(acto: Certificacion, *, nombra: bool) -> tuple[tuple[str, str], ...]:
    entrega, firmados = acto.entrega, acto.ejemplares_firmados.values_list("sha256", flat=True)
    return (
        ("Ejemplares", str(entrega.ejemplares)),
        ("Consta de", fojas_utiles(acto.fojas)),
        ("En atención a", acto.referencia),
        ("Certificó", f"{acto.certificador_nombre}, {acto.cargo}"),
        ("Recibió", entrega.recibe if nombra else ""),
        ("Se tuvo a la vista", entrega.identificacion if nombra else ""),
        ("Observaciones", entrega.nota if nombra else ""),
        ("Huella SHA-256 de la copia", ", ".join(o.sha256 for o in acto.objetos_de_tomos())),
        ("Huella SHA-256 del ejemplar firmado", ", ".join(firmados)),
        ("Verificación", direccion_de(acto.codigo or "")),
    )
