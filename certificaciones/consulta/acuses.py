"""El acuse de una remisión: un PDF con quién recibió qué, cuándo, y la huella del paquete."""

from django.utils import timezone

from archivo.identidad.puerta import institucion as la_institucion
from archivo.salidas import Institucion, Recursos, componer, datos_de_institucion
from certificaciones.actos.puerta import direccion_de
from certificaciones.consulta.models import AcuseDeRemision


def acuse_pdf(acuse: AcuseDeRemision) -> bytes:
    """PDF/A-3a y PDF/UA-1 del acuse, con los mismos bytes para los mismos datos. Lanza `ComposicionImposible`."""
    remision, acto, casa = acuse.remision, acuse.remision.certificacion, la_institucion()
    recursos, recibida = Recursos(), timezone.localtime(acuse.momento)
    impresa = Institucion(casa.nombre, casa.oficina, casa.domicilio, casa.sitio, casa.identidad)
    hoja = {
        "documento": {"titulo": f"Acuse de recibo de la copia certificada {acto.folio}", "descripcion": str(remision)},
        "institucion": datos_de_institucion(impresa, recursos),
        "folio": acto.folio,
        "clave": remision.clave,
        "recibida": recibida.isoformat(timespec="seconds"),
        "renglones": [
            ["Destinatario", remision.destinatario],
            ["Oficio o expediente del destinatario", remision.referencia or "No se indicó"],
            ["Recibió", f"{acuse.recibe}, {acuse.cargo}"],
            ["Copia certificada", f"{acto.folio}, {acto.fojas} fojas"],
            ["Certificó", f"{acto.certificador_nombre}, {acto.cargo}"],
            ["Huella SHA-256 de la copia", ", ".join(o.sha256 for o in acto.objetos_de_tomos())],
            ["Huella SHA-256 del paquete", remision.sha256],
            ["Remitió", f"{remision.remitida_por_nombre}, {timezone.localtime(remision.momento):%Y-%m-%d %H:%M:%S}"],
            ["Verificación", direccion_de(acto.codigo or "")],
        ],
    }
    return componer("acuse_de_remision", hoja, recursos, recibida.date())
