"""El acuse de una remisión: un PDF con quién recibió qué, cuándo, y la huella del paquete."""

from django.utils import timezone

from certificaciones.actos.puerta import direccion_de
from certificaciones.consulta.models import AcuseDeRemision
from certificaciones.solicitudes.puerta import AcuseImpreso, acuse_en_pdf, momento_escrito

NOTA = (
    "La copia se entregó en un paquete BagIt con su índice, la prueba de su registro y un verificador que funciona sin red. "
    "Este acuse se genera en el momento de recibir y queda en el archivo; su huella se asienta con él."
)


def acuse_pdf(acuse: AcuseDeRemision) -> bytes:
    """PDF/A-3a y PDF/UA-1 del acuse, con los mismos bytes para los mismos datos. Lanza `ComposicionImposible`."""
    remision, acto = acuse.remision, acuse.remision.certificacion
    hoja = AcuseImpreso(
        tipo="Acuse de recibo",
        folio=acto.folio or "",
        titulo=f"Acuse de recibo de la copia certificada {acto.folio}",
        intro=f"Se recibió por medio electrónico {momento_escrito(acuse.momento)}, lo que sigue:",
        renglones=(
            ("Remisión", remision.clave),
            ("Destinatario", remision.destinatario),
            ("Oficio o expediente del destinatario", remision.referencia or "No se indicó"),
            ("Recibió", f"{acuse.recibe}, {acuse.cargo}"),
            ("Copia certificada", f"{acto.folio}, {acto.fojas} fojas"),
            ("Certificó", f"{acto.certificador_nombre}, {acto.cargo}"),
            ("Huella SHA-256 de la copia", ", ".join(o.sha256 for o in acto.objetos_de_tomos())),
            ("Huella SHA-256 del paquete", remision.sha256),
            ("Remitió", f"{remision.remitida_por_nombre}, {timezone.localtime(remision.momento):%Y-%m-%d %H:%M:%S}"),
            ("Verificación", direccion_de(acto.codigo or "")),
        ),
        nota=NOTA,
        momento=acuse.momento,
    )
    return acuse_en_pdf(hoja)
