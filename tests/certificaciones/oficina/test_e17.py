"""E17: copias certificadas de 55 fojas, desde el oficio de la autoridad hasta la constancia de recibo, por las pantallas."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from certificaciones.actos.puerta import Certificacion
from certificaciones.reglas.puerta import FacultadCertificacion, PoliticaDeCertificacion, Tabulador
from certificaciones.solicitudes.puerta import Solicitud, orden_vigente
from tests import fabricas
from tests.certificaciones.actos.mundo import oficina, pdf

OFICIO = {
    "tipo": "requerimiento_autoridad",
    "medio": "oficina",
    "autoridad": "Juzgado Segundo de lo Civil",
    "referencia": "oficio 1234/2026 del 20 de noviembre de 2026",
    "finalidad": "el juicio ordinario 55/2026",
    "modalidad": "papel",
    "ejemplares": "1",
}
PARTICULAR = OFICIO | {"tipo": "copia_certificada_directa", "autoridad": "", "referencia": "", "nombre": "Zenobia Xochipilli"}
ACTO = {
    "soporte": "original_autografo", "finalidad": "el juicio ordinario 55/2026", "referencia": OFICIO["referencia"],
    "peticionario": OFICIO["autoridad"], "a_autoridad": "on", "lugar": "Alcaldía Ejemplo", "ejemplares": "1", "elaboro": "RAT",
    "firma_tipo": "autografa", "consulta": "sin_consulta", "papel": "foja", "adjuntar_originales": "on",
}  # fmt: skip


class Escena:
    """La oficina, la Unidad de Transparencia y un documento de 55 fojas en un expediente de CCS."""

    def __init__(self, client):
        self.client, self.casa = client, oficina()
        self.ut = fabricas.persona("unidad_transparencia")
        self.documento = self.casa.documento(55, titulo="Licitación del pozo 14")
        PoliticaDeCertificacion.objects.create(
            vigente_desde=timezone.localdate() - timedelta(days=30), tabulador=Tabulador.objects.get(clave="LFD-2025")
        )

    def como(self, quien, direccion, datos=None, **mas):
        """La página, o lo que responde a lo enviado, para esa persona."""
        self.client.force_login(quien)
        if datos is None:
            return self.client.get(direccion, follow=True)
        return self.client.post(direccion, datos, follow=True, **mas)

    def solicitud(self, datos=OFICIO):
        """Recibida y con su canasta cerrada."""
        self.como(self.ut, "/admin/solicitudes/nueva/", datos)
        solicitud = Solicitud.objects.latest("id")
        base = f"/admin/solicitudes/{solicitud.folio}/"
        self.como(self.ut, f"{base}canasta/", {"elemento": self.documento.clave})
        self.como(self.ut, f"{base}localizar/", {})
        solicitud.refresh_from_db()
        return solicitud

    def preparada(self):
        """De un oficio exento, con su borrador en cotejo."""
        solicitud = self.solicitud()
        self.como(
            self.ut,
            f"/admin/solicitudes/{solicitud.folio}/exencion/",
            {"causa": "autoridad", "motivo": "petición oficial de autoridad judicial (LFD, art. 5)"},
        )
        self.como(self.casa.tramite, f"/admin/certificaciones/preparar/?solicitud={solicitud.folio}", ACTO)
        certificacion = Certificacion.objects.latest("id")
        self.como(self.casa.tramite, f"/admin/certificaciones/{certificacion.clave}/paso/mandar_a_cotejo/", {})
        certificacion.refresh_from_db()
        return solicitud, certificacion

    def cotejada(self):
        """Comparada foja por foja por otra persona."""
        solicitud, certificacion = self.preparada()
        mesa = f"/admin/cotejo/{certificacion.clave}/"
        self.como(self.casa.cotejadora, mesa, {"modo": "foja", "contra": "original"})
        self.client.force_login(self.casa.cotejadora)
        for n in range(1, 56):
            self.client.post(mesa, {"foja": n, "concuerda": "si"})
        self.client.post(mesa, {"foja": 55, "terminar": "1"})
        certificacion = Certificacion.objects.get(pk=certificacion.pk)
        return solicitud, certificacion

    def en_firma(self):
        """Enviada a la certificadora."""
        solicitud, certificacion = self.cotejada()
        direccion = f"/admin/certificaciones/{certificacion.clave}/firma/"
        self.como(self.casa.tramite, direccion, {"certificador": self.casa.certificadora.pk})
        return solicitud, Certificacion.objects.get(pk=certificacion.pk)


@pytest.fixture
def escena(db, client):
    return Escena(client)


def test_a_un_particular_55_hojas_le_cuestan_1436(escena):
    solicitud = escena.solicitud(PARTICULAR)
    escena.como(escena.ut, f"/admin/solicitudes/{solicitud.folio}/orden/", {"paginas": "55"})
    orden = orden_vigente(solicitud)
    assert (float(orden.suma), orden.total) == (1436.05, 1436)
    negada = escena.como(escena.casa.tramite, f"/admin/certificaciones/preparar/?solicitud={solicitud.folio}", ACTO)
    assert "Falta registrar el pago" in negada.content.decode()
    pago = {"recibo": "A-77", "monto": "1436", "fecha": timezone.localdate().isoformat()}
    pagada = escena.como(escena.ut, f"/admin/solicitudes/{solicitud.folio}/pago/", pago)
    assert "Recibo A-77 por $1,436.00" in pagada.content.decode()


def test_quien_la_pide_no_lo_ve_quien_la_prepara(escena):
    solicitud = escena.solicitud(PARTICULAR)
    direccion = f"/admin/solicitudes/{solicitud.folio}/"
    assert "Zenobia" in escena.como(escena.ut, direccion).content.decode()
    for quien in (escena.casa.tramite, escena.casa.cotejadora, escena.casa.certificadora):
        assert "Zenobia" not in escena.como(quien, direccion).content.decode()
    assert escena.como(fabricas.persona("redaccion"), direccion).status_code == 404


def test_el_oficio_de_una_autoridad_no_paga_y_queda_el_motivo(escena):
    solicitud, certificacion = escena.preparada()
    assert solicitud.exencion.motivo == "petición oficial de autoridad judicial (LFD, art. 5)"
    assert certificacion.derechos == f"exento, {solicitud.exencion.motivo}"
    assert (certificacion.estado, certificacion.fojas) == ("en_cotejo", 55)


def test_quien_certifica_no_puede_ser_quien_cotejo(escena):
    _, certificacion = escena.preparada()
    mesa = f"/admin/cotejo/{certificacion.clave}/"
    escena.como(escena.casa.certificadora, mesa, {"modo": "documento", "contra": "original"})
    escena.client.post(mesa, {"foja": 1, "concuerda": "si"})
    escena.client.post(mesa, {"foja": 1, "terminar": "1"})
    certificacion = Certificacion.objects.get(pk=certificacion.pk)
    assert certificacion.estado == "cotejada"
    datos = {"certificador": escena.casa.certificadora.pk}
    negada = escena.como(escena.casa.tramite, f"/admin/certificaciones/{certificacion.clave}/firma/", datos)
    assert negada.status_code == 422
    assert "Usted cotejó esta copia" in negada.content.decode()


def test_la_facultad_vencida_ayer_no_expide_y_dice_por_que(escena):
    _, certificacion = escena.en_firma()
    FacultadCertificacion.objects.update(vigente_hasta=timezone.localdate() - timedelta(days=1))
    base = f"/admin/certificaciones/{certificacion.clave}/"
    ficha = escena.como(escena.casa.certificadora, base).content.decode()
    negada = escena.como(escena.casa.certificadora, f"{base}expedir/", {}).content.decode()
    assert "Su facultad para certificar venció el" in ficha
    assert "Su facultad para certificar venció el" in negada
    assert not Certificacion.objects.get(pk=certificacion.pk).folio


def test_el_camino_completo_deja_folio_texto_libro_y_constancia(escena):
    solicitud, certificacion = escena.en_firma()
    base = f"/admin/certificaciones/{certificacion.clave}/"
    escena.como(escena.casa.certificadora, f"{base}expedir/", {})
    certificacion = Certificacion.objects.get(pk=certificacion.pk)
    assert certificacion.folio == f"CC/00001/{timezone.localdate().year}"
    assert "cincuenta y cinco (55) fojas útiles" in certificacion.texto
    assert "fue cotejada con su original" in certificacion.texto
    assert certificacion.fecha_letra in certificacion.texto
    assert "Alcaldía Ejemplo" in certificacion.texto
    solicitud.refresh_from_db()
    assert solicitud.estado == "en_reproduccion"
    _entregar(escena, base)
    solicitud.refresh_from_db()
    assert solicitud.estado == "entregada"
    libro = escena.como(escena.casa.certificadora, f"/admin/libro/{certificacion.libro_id}/").content.decode()
    assert certificacion.folio in libro
    csv = escena.client.get(f"/admin/libro/{certificacion.libro_id}/libro.csv")
    assert certificacion.folio in b"".join(csv.streaming_content).decode()


def _entregar(escena, base):
    """Descarga para firmar, agrega el ejemplar firmado y entrega con constancia."""
    assert b"".join(escena.client.get(f"{base}copia/descargar/").streaming_content).startswith(b"%PDF")
    sin_firmar = escena.client.post(f"{base}entrega/", {"recibe": "Actuario", "identificacion": "Gafete", "ejemplares": 1})
    assert "Falta el ejemplar firmado" in sin_firmar.content.decode()
    firmado = io.BytesIO(pdf(56, "firmado"))
    firmado.name = "firmado.pdf"
    assert escena.client.post(f"{base}ejemplar/", {"archivo": firmado}).status_code == 302
    recibo = escena.como(
        escena.casa.tramite, f"{base}entrega/", {"recibe": "Actuario", "identificacion": "Gafete", "ejemplares": 1}
    )
    assert "CONSTANCIA DE RECIBO" in recibo.content.decode()
    assert "cincuenta y cinco (55)" in recibo.content.decode()


def test_las_55_fojas_llevan_su_franja(escena):
    _, certificacion = escena.preparada()
    from_borrador = escena.como(escena.casa.tramite, f"/admin/certificaciones/{certificacion.clave}/borrador/descargar/")
    assert b"".join(from_borrador.streaming_content).startswith(b"%PDF")
    mesa = f"/admin/cotejo/{certificacion.clave}/"
    escena.como(escena.casa.cotejadora, mesa, {"modo": "foja", "contra": "original"})
    ultima = escena.como(escena.casa.cotejadora, f"{mesa}?foja=55").content.decode()
    assert "foja 55 de 55" in ultima
    assert "La máquina no nota diferencias" in ultima
    for de in ("original", "copia"):
        imagen = escena.client.get(f"{mesa}{de}/55-1.webp")
        assert b"".join(imagen.streaming_content)[8:12] == b"WEBP"
    assert escena.client.get(f"{mesa}copia/56-1.webp").status_code == 404


def test_una_discrepancia_se_dice_y_devuelve_el_borrador(escena):
    _, certificacion = escena.preparada()
    mesa = f"/admin/cotejo/{certificacion.clave}/"
    escena.como(escena.casa.cotejadora, mesa, {"modo": "foja", "contra": "original"})
    muda = escena.client.post(mesa, {"foja": 2, "concuerda": "no"})
    assert "escriba qué" in muda.content.decode()
    escena.client.post(mesa, {"foja": 2, "concuerda": "no", "observacion": "Falta el sello"})
    escena.client.post(mesa, {"foja": 2, "devolver": "1"})
    certificacion = Certificacion.objects.get(pk=certificacion.pk)
    assert certificacion.estado == "con_discrepancia"
    assert "Falta el sello" in certificacion.cotejos.first().motivo


def test_si_otra_persona_la_coteja_se_dice_quien(escena):
    _, certificacion = escena.preparada()
    mesa = f"/admin/cotejo/{certificacion.clave}/"
    escena.como(escena.casa.cotejadora, mesa, {"modo": "foja", "contra": "original"})
    otra = fabricas.persona("cotejo", en=escena.casa.area)
    assert f"La está cotejando <strong>{escena.casa.cotejadora}" in escena.como(otra, mesa).content.decode()


def test_los_asuntos_llegan_a_quien_tocan(escena):
    solicitud, certificacion = escena.en_firma()
    por_firmar = escena.como(escena.casa.certificadora, "/admin/bandeja/").content.decode()
    assert f"/admin/certificaciones/{certificacion.clave}/" in por_firmar
    nueva = escena.solicitud(PARTICULAR)
    assert f"/admin/solicitudes/{nueva.folio}/" in escena.como(escena.ut, "/admin/bandeja/").content.decode()
    assert nueva.folio not in escena.como(escena.casa.cotejadora, "/admin/bandeja/").content.decode()
    assert solicitud.folio != nueva.folio
