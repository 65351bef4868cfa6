"""Recibir una solicitud, su canasta, sus pasos y quién sabe quién la hizo."""

import pytest
from django.db import IntegrityError, connection, transaction

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import ANONIMO, DemasiadosIntentos, lector_de
from certificaciones.solicitudes.puerta import (
    AL_SEGUIR,
    QuienPide,
    Solicitante,
    Solicitud,
    SolicitudNueva,
    SolicitudRechazada,
    agregar,
    dar_paso,
    documento_para,
    elementos_visibles,
    escribir_paginas,
    leer_paginas,
    pasos_para,
    pedido_de,
    quien_pide,
    quitar,
    recibir,
    referencia_de,
    seguir,
    solicitante_de,
    solicitudes_para,
)
from tests.fabricas import boletin, persona, publico

CANARIO = "Zenobia Xochipilli"


@pytest.fixture
def ut(db):
    return persona("unidad_transparencia", nombre="ut")


def nueva(*documentos, quien=None, actor=None, **cambios):
    datos = {"finalidad": "un trámite"} | cambios
    return recibir(SolicitudNueva(Solicitud(**datos), quien or QuienPide(), documentos), actor)


def del_juzgado(**cambios):
    datos = {"tipo": "requerimiento_autoridad", "autoridad": "Juzgado Segundo de lo Civil", "referencia": "oficio 1234/2026"}
    return nueva(**(datos | cambios))


def test_cada_solicitud_recibe_el_folio_que_sigue_y_un_codigo_propio(ut):
    una, otra = nueva(), nueva()
    assert una.solicitud.folio[:8] == otra.solicitud.folio[:8]
    assert int(otra.solicitud.folio[-4:]) == int(una.solicitud.folio[-4:]) + 1
    assert una.codigo != otra.codigo
    assert una.codigo not in str(vars(una.solicitud))


def test_se_sigue_con_folio_y_codigo_aunque_se_escriba_distinto(ut):
    hecha = nueva()
    folio, codigo = hecha.solicitud.folio, hecha.codigo
    assert seguir(f" {folio.lower()} ", codigo.replace("-", " ").lower()) == hecha.solicitud
    assert seguir(folio, nueva().codigo) is None
    assert seguir("SI-2026-9999", codigo) is None


def test_un_requerimiento_lleva_autoridad_y_oficio(ut):
    with pytest.raises(SolicitudRechazada) as falla:
        del_juzgado(autoridad="", referencia=" ", finalidad="")
    assert len(falla.value.faltas) == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        Solicitud.objects.create(folio="X", tipo="requerimiento_autoridad", finalidad="x", huella_codigo="x")


def test_un_folio_de_la_pnt_no_se_repite(ut):
    nueva(folio_pnt="330024")
    with pytest.raises(SolicitudRechazada, match="folio de la PNT"):
        nueva(folio_pnt="330024")


def test_quien_pide_solo_lo_sabe_la_unidad_de_transparencia(ut):
    solicitud = nueva(quien=QuienPide(nombre=CANARIO), actor=ut).solicitud
    assert solicitante_de(solicitud, ut).nombre == CANARIO
    for rol in ("certificacion", "cotejo", "titular", "archivo_tramite", "auditoria", "administracion"):
        assert solicitante_de(solicitud, persona(rol)) is None
    assert CANARIO not in str(vars(solicitud)) + str(solicitud) + str(Solicitante.objects.get())
    assert not [s for s in Suceso.objects.all() if CANARIO in f"{s.objeto} {s.motivo} {s.detalle} {s.actor_nombre}"]


def test_las_solicitudes_las_ve_quien_las_atiende_y_nadie_mas(ut):
    nueva()
    assert solicitudes_para(lector_de(ut)).count() == 1
    for quien in (persona("redaccion"), persona("monitoreo"), persona("administracion")):
        assert not solicitudes_para(lector_de(quien)).exists()
    assert not solicitudes_para(ANONIMO).exists()


def test_como_se_nombra_a_quien_pide_en_el_papel(ut):
    privada = nueva(quien=QuienPide(nombre=CANARIO)).solicitud
    oficial = del_juzgado().solicitud
    assert (quien_pide(privada), quien_pide(oficial)) == ("la parte interesada", "Juzgado Segundo de lo Civil")
    assert referencia_de(privada) == f"la solicitud {privada.folio}"
    assert referencia_de(oficial) == "oficio 1234/2026"


def test_el_publico_solo_puede_pedir_lo_que_puede_saber_que_existe(ut):
    visible, borrador = publico(), boletin(actor=ut)
    interno = publico(acceso="interno")
    assert documento_para(ANONIMO, visible.clave) == visible
    assert documento_para(ANONIMO, borrador.clave) is None
    assert documento_para(ANONIMO, interno.clave) is None


def test_la_canasta_muestra_a_cada_quien_lo_que_puede_ver(ut):
    visible, reservado = publico(), publico(acceso="reservado")
    solicitud = nueva(pedido_de(visible), pedido_de(reservado)).solicitud
    certificadora = persona("certificacion")
    assert [e.item for e in elementos_visibles(solicitud, lector_de(ut))] == [visible, reservado]
    assert [e.item for e in elementos_visibles(solicitud, lector_de(certificadora))] == [visible]


def test_un_documento_entra_una_vez_y_sale_mientras_la_canasta_esta_abierta(ut):
    item = publico()
    solicitud = nueva(pedido_de(item, "1-3, 7"), actor=ut).solicitud
    with pytest.raises(SolicitudRechazada, match="ya está en la canasta"):
        agregar(solicitud, pedido_de(item, "7, 1-3"), ut)
    otro = agregar(solicitud, pedido_de(item), ut)
    quitar(otro, ut)
    dar_paso(solicitud, "localizar", ut)
    with pytest.raises(SolicitudRechazada, match="está cerrada"):
        agregar(solicitud, pedido_de(item), ut)


def test_una_canasta_vacia_no_se_cierra(ut):
    with pytest.raises(SolicitudRechazada, match="canasta está vacía"):
        dar_paso(nueva().solicitud, "localizar", ut)


def test_cada_paso_lo_da_su_rol(ut):
    solicitud = nueva(pedido_de(publico())).solicitud
    cotejadora = persona("cotejo")
    assert pasos_para(solicitud, cotejadora) == []
    assert {p.accion for p in pasos_para(solicitud, ut)} == {"localizar", "no_procede", "desistir"}
    with pytest.raises(SolicitudRechazada, match="le toca a otra persona"):
        dar_paso(solicitud, "localizar", cotejadora)


def test_lo_que_no_procede_se_contesta_con_motivo(ut):
    solicitud = nueva().solicitud
    with pytest.raises(SolicitudRechazada, match="Escriba el motivo"):
        dar_paso(solicitud, "no_procede", ut)
    dar_paso(solicitud, "no_procede", ut, "No obra en nuestros archivos.")
    assert (solicitud.estado, solicitud.respuesta) == ("no_procede", "No obra en nuestros archivos.")


@pytest.mark.parametrize(
    ("texto", "paginas", "escrito"),
    [("", None, ""), ("1-3, 7", (1, 2, 3, 7), "1-3, 7"), ("7;1 a 3", (1, 2, 3, 7), "1-3, 7"), ("2–2", (2,), "2")],
)
def test_las_paginas_se_leen_como_las_escribe_una_persona(texto, paginas, escrito):
    assert leer_paginas(texto, 10) == paginas
    assert escribir_paginas(paginas or ()) == escrito


@pytest.mark.parametrize("texto", ["todas", "3-1", "0", "1-11", "1--2", "5-"])
def test_unas_paginas_que_no_hay_se_rechazan(texto):
    with pytest.raises(SolicitudRechazada):
        leer_paginas(texto, 10)


def test_probar_codigos_se_frena():
    for _ in range(AL_SEGUIR.tope):
        AL_SEGUIR.exigir("10.0.0.9")
        AL_SEGUIR.contar("10.0.0.9")
    with pytest.raises(DemasiadosIntentos):
        AL_SEGUIR.exigir("10.0.0.9")
    AL_SEGUIR.exigir("10.0.0.10")


def test_quien_la_hizo_no_esta_en_la_tabla_de_la_solicitud(ut):
    nueva(quien=QuienPide(nombre=CANARIO, correo="z@ejemplo.mx", telefono="5512345678", domicilio="Calle 1"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM solicitudes_solicitud")
        assert CANARIO not in str(cursor.fetchall())
