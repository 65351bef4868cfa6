"""La oficina ve en qué fecha vence el pago, lo vencido y los correos que no salieron; y lleva calendarios y textos."""

import io
from datetime import date

import pytest
from django.core import mail

from archivo.auditoria.puerta import Suceso, sucesos_de
from archivo.identidad.puerta import Institucion, lector_de
from archivo.registros import aportaciones
from archivo.tareas.puerta import drenar
from certificaciones.oficina.models import CopiaDeSolicitud
from certificaciones.reglas.puerta import (
    Calendario,
    TextoDeAviso,
)
from certificaciones.solicitudes.models import Aviso
from certificaciones.solicitudes.puerta import (
    Plazo,
    QuienPide,
    Solicitud,
    SolicitudNueva,
    dar_paso,
    emitir_orden,
    eximir,
    pedido_de,
    plazo_de_pago,
    recibir,
)
from tests.certificaciones.actos.mundo import oficina, pdf
from tests.certificaciones.solicitudes.mundo import quien_atiende
from tests.fabricas import persona, publico


@pytest.fixture
def ut(db):
    Institucion.objects.get_or_create(clave="AE", defaults={"nombre": "Alcaldía Ejemplo"})
    return quien_atiende()


@pytest.fixture
def cobrada(ut):
    nueva = SolicitudNueva(Solicitud(finalidad="un juicio"), QuienPide("Z", "z@ejemplo.mx"), [pedido_de(publico())])
    solicitud = dar_paso(recibir(nueva, ut).solicitud, "localizar", ut)
    emitir_orden(solicitud, 5, ut)
    return solicitud


def pendientes(modulo, quien):
    """Los títulos que ese módulo deja en la bandeja de la persona."""
    return [a.titulo for a in aportaciones.asuntos[modulo].decir(lector_de(quien), quien, [quien.pk])]


def vencer():
    Plazo.objects.update(inicio=date(2026, 1, 5), vencimiento=date(2026, 2, 17))


def test_la_ficha_y_la_lista_dicen_la_fecha(client, ut, cobrada):
    client.force_login(ut)
    vence = plazo_de_pago(cobrada).vencimiento
    ficha = client.get(f"/admin/solicitudes/{cobrada.folio}/").content.decode()
    assert "Puede pagar hasta el" in ficha
    assert "Descansos obligatorios" in ficha
    lista = client.get("/admin/solicitudes/?estado=en_espera_pago").content.decode()
    assert f"{vence:%d/%m/%Y}" in lista
    assert "para pagar" in lista


def test_lo_vencido_esta_en_la_bandeja_de_quien_atiende_y_de_nadie_mas(ut, cobrada):
    assert pendientes("pagos_vencidos", ut) == []
    vencer()
    assert pendientes("pagos_vencidos", ut) == [f"{cobrada.folio} · el plazo para pagar venció el 17/02/2026"]
    assert pendientes("pagos_vencidos", persona("certificacion")) == []


def test_antes_de_que_venza_el_boton_de_concluir_dice_que_espere(client, ut, cobrada):
    client.force_login(ut)
    direccion = f"/admin/solicitudes/{cobrada.folio}/concluir_sin_pago/"
    assert "espere a que venza el plazo" in client.post(direccion, {"motivo": "x"}, follow=True).content.decode()
    vencer()
    client.post(direccion, {"motivo": "Venció el plazo"})
    cobrada.refresh_from_db()
    assert cobrada.estado == "concluida_sin_pago"


def test_un_correo_que_no_salio_se_ve_y_se_manda_otra_vez(client, ut, cobrada, settings):
    buzon, settings.MAILERS = settings.MAILERS, {}
    drenar()
    assert pendientes("avisos_sin_salir", ut) == [f"{cobrada.folio} · Hay una orden de pago"]
    client.force_login(ut)
    assert "ACERVO_CORREO" in client.get(f"/admin/solicitudes/{cobrada.folio}/").content.decode()
    settings.MAILERS = buzon
    client.post(f"/admin/solicitudes/{cobrada.folio}/avisos/{Aviso.objects.get().pk}/")
    drenar()
    assert len(mail.outbox) == 1
    assert pendientes("avisos_sin_salir", ut) == []


def test_quien_no_atiende_no_ve_los_correos_ni_los_repite(client, ut, cobrada):
    client.force_login(persona("certificacion"))
    assert "cer-avisos" not in client.get(f"/admin/solicitudes/{cobrada.folio}/").content.decode()
    assert client.post(f"/admin/solicitudes/{cobrada.folio}/avisos/{Aviso.objects.get().pk}/").status_code == 404


def test_el_acuse_tambien_lo_da_la_oficina(client, ut, cobrada):
    client.force_login(ut)
    respuesta = client.get(f"/admin/solicitudes/{cobrada.folio}/acuse.pdf")
    assert respuesta.content.startswith(b"%PDF")
    client.force_login(persona("redaccion"))
    assert client.get(f"/admin/solicitudes/{cobrada.folio}/acuse.pdf").status_code == 404


def test_de_una_autografa_se_avisa_cuando_ya_esta_firmada_y_no_antes(client, db):
    casa = oficina()
    item = casa.documento(1)
    ut = persona("unidad_transparencia")
    nueva = SolicitudNueva(Solicitud(finalidad="un juicio"), QuienPide("Z", "z@ejemplo.mx"), [pedido_de(item)])
    solicitud = dar_paso(recibir(nueva, ut).solicitud, "localizar", ut)
    eximir(solicitud, "socioeconomica", "estudio 4/2026", ut)
    acto = casa.en_firma(item)
    CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=acto)
    base = f"/admin/certificaciones/{acto.clave}/"
    client.force_login(casa.certificadora)
    client.post(f"{base}expedir/")
    solicitud.refresh_from_db()
    assert (solicitud.estado, Aviso.objects.count()) == ("en_reproduccion", 0)
    firmado = io.BytesIO(pdf(2, "firmado"))
    firmado.name = "firmado.pdf"
    client.post(f"{base}ejemplar/", {"archivo": firmado})
    solicitud.refresh_from_db()
    assert (solicitud.estado, Aviso.objects.get().clase) == ("disponible", "copia_lista")


def test_dentro_del_plazo_no_se_ofrece_concluir_por_falta_de_pago(client, ut, cobrada):
    client.force_login(ut)
    ficha = client.get(f"/admin/solicitudes/{cobrada.folio}/").content.decode()
    assert "Concluir por falta de pago" not in ficha
    assert "regístrelo en Derechos" in ficha
    vencer()
    assert "Concluir por falta de pago" in client.get(f"/admin/solicitudes/{cobrada.folio}/").content.decode()


def _calendario(**inhabil):
    """Lo que manda la pantalla de un calendario, con un día inhábil nuevo."""
    calendario = Calendario.objects.get(clave="LFT-74")
    descansos = list(calendario.descansos.all())
    datos = {
        "clave": calendario.clave, "nombre": calendario.nombre, "descansa_sabado": "on", "descansa_domingo": "on",
        "fundamento": calendario.fundamento, "inhabiles-TOTAL_FORMS": "1", "inhabiles-INITIAL_FORMS": "0",
        "descansos-TOTAL_FORMS": str(len(descansos)), "descansos-INITIAL_FORMS": str(len(descansos)),
    }  # fmt: skip
    datos |= {f"inhabiles-0-{c}": v for c, v in inhabil.items()} | {"inhabiles-0-ORDER": "1"}
    for n, d in enumerate(descansos):
        campos = ("id", "motivo", "mes", "dia", "cual", "dia_de_semana", "cada_anios", "fundamento", "vigente_desde")
        datos |= {f"descansos-{n}-{c}": "" if getattr(d, c) is None else str(getattr(d, c)) for c in campos}
        datos |= {f"descansos-{n}-ORDER": str(n + 1)}
    return calendario, datos


def test_un_acuerdo_nuevo_en_el_calendario_mueve_lo_que_corre_y_lo_dice(client, ut, cobrada):
    plazo = plazo_de_pago(cobrada)
    client.force_login(persona("administracion"))
    calendario, datos = _calendario(desde=plazo.vencimiento.isoformat(), motivo="Suspensión", publicacion="Gaceta 9")
    respuesta = client.post(f"/admin/calendarios/edit/{calendario.pk}/", datos, follow=True)
    assert "Se movió la fecha de 1 plazo que corría" in respuesta.content.decode()
    assert plazo_de_pago(cobrada).vencimiento > plazo.vencimiento
    suceso = sucesos_de(f"solicitud:{cobrada.folio}").get(clase="solicitud.plazo_recontado")
    assert "Suspensión" in suceso.motivo
    assert Suceso.objects.filter(clase="calendario.cambiada").exists()


@pytest.mark.parametrize(
    ("cuerpo", "dice"),
    [
        ("Son {{ total }}", "Falta {{ enlace }}"),
        ("{{ enlace }} para {{ nombre }}", "No hay una variable «nombre»"),
        ("{{ enlace }} y {% x %}", "que no abre ni cierra una variable"),
    ],
)
def test_un_texto_de_aviso_que_no_sirve_no_se_guarda(client, ut, cuerpo, dice):
    client.force_login(persona("titular"))
    datos = {"clase": "orden_de_pago", "asunto": "Pague", "cuerpo": cuerpo, "vigente_desde": "2026-01-01"}
    antes = TextoDeAviso.objects.count()
    assert dice in client.post("/admin/avisos_por_correo/new/", datos).content.decode()
    assert TextoDeAviso.objects.count() == antes


def test_quien_lee_reglas_no_las_cambia(client, ut):
    client.force_login(ut)
    assert client.get("/admin/calendarios/").status_code == 200
    assert client.get("/admin/calendarios/new/").status_code == 302
